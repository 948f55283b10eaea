using DisclosureCloud.Ledger;

namespace DisclosureCloud.Site.Data;

/// <summary>Columns that several tables have, with the same name and meaning in each.</summary>
internal static class Common
{
    public static Column Entry { get; } = Required("entry", "记录编号", "The entry's id", row => DataCell.Of(row.Entry.Id.Value));

    public static Column Kind { get; } =
        Required("kind", "记录种类", "The kind of entry", row => DataCell.Of(KindSchema.Of(row.Fact).Name)) with
    {
        Codes = [.. KindParts.Public.Select(kind => kind.Name)],
    };

    public static Column Department { get; } =
        Required("department", "填报部门", "The department that posted it", row => DataCell.Of(row.Entry.Department.Value));

    public static Column Channel { get; } =
        Required("channel", "填报方式", "The way by which it came", row => DataCell.Of(row.Entry.Channel)) with
        {
            Codes = [.. Code.Texts(typeof(Channel))],
        };

    public static Column RecordedAt { get; } =
        Required(
            "recordedAt", "入账时间(UTC)", "When the ledger took it, in UTC", row => DataCell.Of(row.Entry.RecordedAt), ColumnType.Datetime);

    public static Column Date { get; } =
        Optional(
            "date", "发生日期;未载明则空", "When it happened; empty where that is not stated", row => DataCell.Of(row.Entry.Date), ColumnType.Date);

    public static Column Fund { get; } = Optional("fund", "专账编号", "The fund", row => DataCell.Of(row.Subject.FundOf()?.Value));

    public static Column FundName { get; } = Optional("fundName", "专账名称", "The fund's name", row => DataCell.Of(row.Fund?.Name));

    public static Column BudgetYear { get; } = Optional(
        "budgetYear",
        "预算年度",
        "The year whose budget the fund belongs to",
        row => DataCell.Of(row.Fund?.BudgetYear.Value),
        ColumnType.Integer);

    public static Column Project { get; } =
        Optional("project", "项目编号", "The project or programme", row => DataCell.Of(row.Subject.ProjectOf()?.Value));

    public static Column ProjectName { get; } =
        Optional("projectName", "项目名称", "The name of the project or programme", row => DataCell.Of(row.Project?.Name));

    public static Column PlanItem { get; } = Optional(
        "planItem",
        "入库项目编号",
        "The item of the project library that the entry speaks of, or that the project carries out",
        row => DataCell.Of(row.PlanItemId?.Value));

    public static Column PlanItemName { get; } =
        Optional("planItemName", "入库项目名称", "The name of that item", row => DataCell.Of(row.PlanItem?.Name));

    public static Column Notice { get; } =
        Optional("notice", "来源公示编号", "The notice that states it", row => DataCell.Of(row.Fact.NoticeOf()?.Value));

    public static Column Region { get; } = Optional(
        "region",
        "地区代码(GB/T 2260;无代码的地方为上级代码加八位十六进制)",
        "Where it counts: a code of GB/T 2260, or the code above and eight hexadecimal digits for a place without one",
        row => DataCell.Of(row.Region?.Value));

    public static Column RegionName { get; } =
        Optional("regionName", "地区名称", "The name of that region", row => DataCell.Of(row.RegionName));

    /// <summary>Of an amendment alone.</summary>
    public static Column AmendedKind { get; } =
        Optional("citesKind", "所更正、撤销或隐去记录的种类", "The kind of the entry that was corrected, withdrawn or redacted", row => ReferenceEquals(row.Subject, row.Fact) ? DataCell.Missing : DataCell.Of(KindSchema.Of(row.Subject).Name)) with
        {
            Codes = [.. KindParts.Public.Select(kind => kind.Name)],
        };

    public static Column Amount { get; } =
        Optional("amountFen", "金额(分)", "The amount, in fen (0.01 yuan)", row => DataCell.Of(row.Fact.AmountOf()), ColumnType.Integer);

    public static Column Currency { get; } =
        Optional("currency", "币种", "The currency of the amount", row => DataCell.Of(row.Fact.AmountOf()?.Currency.Code));

    public static Column Cites { get; } = Optional(
        "cites",
        "所依据的记录",
        "The entry that this one rests on: the allocation of a disbursement, the pass-down of a receipt",
        row => DataCell.Of(row.Fact.CitesOf()?.Value));

    public static Column AmendedBy { get; } = Optional(
        "amendedBy",
        "最后一次更正或撤销的记录",
        "The last correction or withdrawal of the entry; its reason stands there",
        row => DataCell.Of(row.Index.History.Find(row.Entry.Id)?.Amendments is [.., var last] ? last.By.Id.Value : null));

    /// <summary>What every entry has; it stands at the end of each table.</summary>
    public static ReadOnlySpan<Column> Recorded => new[] { Date, RecordedAt, Department, Channel, AmendedBy };

    /// <summary>A column in which every row has a value.</summary>
    public static Column Required(
        string name, string chinese, string english, Func<Row, DataCell> value, ColumnType type = ColumnType.String) =>
        new(name, type, chinese, english, Required: true, value);

    /// <summary>A column that is empty where nothing is stated.</summary>
    public static Column Optional(
        string name, string chinese, string english, Func<Row, DataCell> value, ColumnType type = ColumnType.String) =>
        new(name, type, chinese, english, Required: false, value);
}
