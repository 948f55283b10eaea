using System.Globalization;
using DisclosureCloud.Ledger;

namespace DisclosureCloud.Functions.Hosting.Sheets;

/// <summary>What a template says to whoever fills it in, in both languages.</summary>
internal static class TemplateWords
{
    /// <summary>The header: what people read, and in parentheses what counts.</summary>
    public static string Header(KindColumn column) => $"{column.Chinese} ({column.Name})";

    /// <summary>What stands below the header: whether the column has to be filled in, and with what.</summary>
    public static string Comment(KindColumn column) =>
        $"{Needed(column)}。{Form(column)}{(column.IsList ? "；多项用分号“;”分隔 / several are parted by ;" : "")}。{column.English}.";

    /// <summary>How the template is filled in and sent.</summary>
    public static IEnumerable<string> Explanation(KindSchema kind) =>
    [
        $"{kind.Chinese} / {kind.English}: {kind.Name}",
        $"在工作表“{kind.Name}”第三行起填写，一行一条填报。工作表名称和括号中的列名不要改动；列的次序可以改，不用的列可以删。",
        "以“# ”（井号后加空格）开头的行是说明，不会读取。空单元格表示“未载明”，不是零。",
        "金额以“金额单位”列所选的单位填写，须恰为整数分。数字按原样显示，不用百分号，也不以千、万缩放显示。日期写作 2018-06-01。编号列为文本格式，请勿改为数字。",
        "隐藏的行、列、工作表，合并的单元格，以及错误值，都不予接收。公式只取其已算出的值。",
        "需要更多目标或里程碑时，照样增加列，如 targets/4/indicator。",
        "任何单元格都不得含有个人信息。",
        "填好后另存为 .xlsx 或“CSV UTF-8”，发送到 /api/bulk；先加 ?dryRun=true 可只校验、不保存，错误逐格指出。",
        "",
        $"Fill in from the third row of the sheet \"{kind.Name}\", one posting a row. Leave the name of the sheet and the names in parentheses as they are; columns may be moved, and those that are not needed may go.",
        "A row that begins with # and a blank explains, and is not read. An empty cell means not stated, never zero.",
        "Amounts are in the unit of the row, and a whole number of fen exactly. Numbers are shown as they are: no percent signs, no thousands or ten thousands by format. Dates are written 2018-06-01. Columns of ids have the format Text: leave it, or digits are lost.",
        "Hidden rows, columns and sheets, merged cells and errors are refused. Of a formula the value counts that it has.",
        "Where more targets or milestones are needed, add columns alike, such as targets/4/indicator.",
        "No cell may hold data of a person.",
        "Save it as .xlsx or as \"CSV UTF-8\" and send it to /api/bulk; with ?dryRun=true it is only checked, nothing is stored, and what is wrong is told cell by cell.",
    ];

    private static string Needed(KindColumn column) =>
        column.IsRequired ? "必填 required"
        : column.IsRequiredInGroup ? "填写本组时必填 required where the group is stated"
        : "可不填 optional";

    private static string Form(KindColumn column) => column.ValueType switch
    {
        { IsEnum: true } type => "代码之一 one of: " + string.Join(", ", Code.Texts(type)),
        { } type when type == typeof(DateOnly) => "日期 date: yyyy-MM-dd",
        { } type when type == typeof(Money) => "金额 amount, in the unit of the column unit",
        { } type when type == typeof(Quantity) => "数值，至多三位小数 number, at most three decimals",
        { } type when type == typeof(Percent) => "整数 whole number, 0-100",
        { } type when type == typeof(BudgetYear) => string.Create(CultureInfo.InvariantCulture, $"年度 year, {BudgetYear.First}-{BudgetYear.Last}"),
        _ when column.HoldsNumber => "整数 whole number",
        { } type when type == typeof(FreeText) => "文字 text",
        { } type when type == typeof(RegionCode) => "行政区划代码 region code",
        _ when column.Name == KindColumns.KindName => "类别代码 name of the kind",
        _ => "编号 id",
    };
}
