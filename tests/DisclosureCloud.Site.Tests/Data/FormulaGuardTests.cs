using DisclosureCloud.Ledger;
using DisclosureCloud.Site.Data;

namespace DisclosureCloud.Site.Tests.Data;

public sealed class FormulaGuardTests
{
    public static TheoryData<string> Formulas =>
    [
        "=1+1", "=cmd|' /C calc'!A0", "+86", "-1", "@SUM(A1)", "\t=1", "\r=1", "\n1", "\ttext", "  =1", "\u3000=1", "\u00a0+1", "\u200b=1",
        "\ufeff=1", "\u202e=1", "＝1", "＋1", "－1", "＠A", " ＝1", "﹦1", "−1", "'=1", "''@x", "' =1", "=", "'\t",
    ];

    public static TheoryData<string> Texts =>
    [
        "灌溉设施", "2018年", "1-2", "a=b", "'tis", "''", "'", "🙂=", "(=1)", "“=1”", "\"=1\"", "1+1", ".=", "0",
    ];

    [Theory]
    [MemberData(nameof(Formulas))]
    public void Guard_OfAFormula_PutsOneApostropheInFrontAndCanBeUndone(string text)
    {
        FormulaGuard.Guard(text).ShouldBe("'" + text);
        FormulaGuard.Unguard(FormulaGuard.Guard(text)).ShouldBe(text);
    }

    [Theory]
    [MemberData(nameof(Texts))]
    public void Guard_OfAnotherText_LeavesIt(string text)
    {
        FormulaGuard.Guard(text).ShouldBe(text);
        FormulaGuard.Unguard(text).ShouldBe(text);
    }

    [Fact]
    public void Csv_OfHostileWords_GuardsEveryTextCellAndNoNumber()
    {
        Dictionary<string, byte[]> files = DataWorld.Render(DataWorld.Of(DataWorld.Entries(() => FreeText.Of("=HYPERLINK(\"x\")"))));
        foreach (DataTable table in DataTables.All)
        {
            foreach (Dictionary<string, string> row in DataWorld.ReadCsv(files[table.CsvPath]))
            {
                row.Values.ShouldAllBe(cell => !cell.StartsWith('='));
            }
        }

        DataWorld.ReadCsv(files["data/projects.csv"])[0]["name"].ShouldBe("'=HYPERLINK(\"x\")");
        DataWorld.ReadCsv(files["data/appropriations.csv"])[0]["amountFen"].ShouldBe("1000");
        DataWorld.ReadNdjson(files["data/projects.ndjson"])[0]["name"]!.ToString().ShouldBe("=HYPERLINK(\"x\")");
    }
}
