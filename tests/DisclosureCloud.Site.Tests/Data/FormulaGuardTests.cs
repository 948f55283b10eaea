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

    public static TheoryData<string> Hostile => ["=", "+", "-", "@", "＝", "＋", "－", "＠", "﹢", "−"];

    [Theory]
    [MemberData(nameof(Hostile))]
    public void Csv_OfWordsThatBeginAsAFormula_GuardsEveryTextCellOfEveryTableAndCanBeUndone(string sign)
    {
        string hostile = $"{sign}cmd|' /C calc'!A0";
        Dictionary<string, byte[]> files = DataWorld.Render(DataWorld.Of(DataWorld.Entries(() => FreeText.Of(hostile))));
        int guarded = 0;
        foreach ((string path, byte[] _) in files.Where(file => file.Key.EndsWith(".csv", StringComparison.Ordinal)))
        {
            foreach (string cell in DataWorld.ReadCsv(files[path]).SelectMany(row => row.Values))
            {
                // A number may be below zero; nothing else begins so.
                (FormulaGuard.Guard(cell) != cell && !cell.StartsWith('\'') && !long.TryParse(cell, System.Globalization.CultureInfo.InvariantCulture, out _))
                    .ShouldBeFalse($"{path}: {cell}");
                guarded += FormulaGuard.Unguard(cell) == hostile ? 1 : 0;
            }
        }

        guarded.ShouldBeGreaterThan(DataTables.All.Length);
    }

    [Fact]
    public void Csv_OfHostileWords_GuardsTextsAndNoNumber()
    {
        Dictionary<string, byte[]> files = DataWorld.Render(DataWorld.Of(DataWorld.Entries(() => FreeText.Of("=HYPERLINK(\"x\")"))));

        DataWorld.ReadCsv(files["data/projects.csv"])[0]["name"].ShouldBe("'=HYPERLINK(\"x\")");
        DataWorld.ReadCsv(files["data/appropriations.csv"])[0]["amountFen"].ShouldBe("1000");
        DataWorld.ReadNdjson(files["data/projects.ndjson"])[0]["name"]!.ToString().ShouldBe("=HYPERLINK(\"x\")");
    }
}
