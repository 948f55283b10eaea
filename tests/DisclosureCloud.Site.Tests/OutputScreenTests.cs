using System.Collections.Immutable;
using System.Text;
using DisclosureCloud.Ledger;
using DisclosureCloud.Testing;

namespace DisclosureCloud.Site.Tests;

/// <summary>What is published is screened once more: nothing of a person passes, and nothing else stops a publish.</summary>
public sealed class OutputScreenTests
{
    // Nobody's: a prefix that was never given out.
    private const string Mobile = "154" + "00000000";

    private static readonly (string Path, string Text)[] Caught =
    [
        ("index.html", $"<p>{Mobile}</p>"),
        ("index.html", $"<p>15&#52;00000000</p>"),
        ("index.html", $"<a title=\"{Mobile}\" href=\"/\">x</a>"),
        ("index.html", "<tr><td>张小明</td><td>男</td><td>45岁</td></tr>"),
        ("index.html", "<th>姓名</th><th>性别</th><th>年龄</th>"),
        ("a/picture.svg", $"<svg><text>{Mobile}</text></svg>"),
        ("data/x.csv", $"id,note\n1,{Mobile} 联系\n"),
        ("data/x.csv", $"id,note\n1,\"{Mobile},x\"\n"),
        ("data/x.csv", "id,name,sex,age\n1,张小明,男,45岁\n"),
        ("data/x.json", $$"""{"note":"{{Mobile}}"}"""),
        ("data/x.json", $$"""{"{{Mobile}}":1}"""),
        ("data/x.ndjson", $$"""{"a":1}{{"\n"}}{"note":["家住大王村三组15号"]}{{"\n"}}"""),
        ("data/x.txt", Mobile),
    ];

    [Fact]
    public void Rule_OfAFileWithDataOfAPerson_IsNamed()
    {
        foreach ((string path, string text) in Caught)
        {
            OutputScreen.Rule(path, Encoding.UTF8.GetBytes(text)).ShouldNotBeNull($"{path}: case {Array.IndexOf(Caught, (path, text))}");
        }
    }

    [Theory]
    [InlineData("index.html", "<data value=\"15400000000\">154,000,000.00</data>")]
    [InlineData("data/x.csv", "id,amountFen\nx,15400000000\n")]
    [InlineData("data/x.json", """{"amountFen":15400000000}""")]
    [InlineData("data/x.json", """{"sha256":"00015400000000abcdef15400000000abcdef15400000000abcdef1540000000"}""")]
    [InlineData("a.css", "15400000000")]
    public void Rule_OfAnAmountOrAHash_IsNone(string path, string text) => OutputScreen.Rule(path, Encoding.UTF8.GetBytes(text)).ShouldBeNull();

    [Fact]
    public void Rule_OfATypeThatIsNotKnown_IsAnError() => Should.Throw<ArgumentException>(() => OutputScreen.Rule("a.docx", [1]));

    /// <summary>Long tables are looked through in pieces: what is found is what is found in the whole, wherever it stands and however rows part it.</summary>
    [Fact]
    public void Rule_OfRowsInPieces_IsThatOfTheWhole()
    {
        string[] words =
        [
            "张小明", "男", "45岁", "户主", "姓名", "性别", "家住大王村", "三组15号", "一卡通", "154", "0000", "00000000", "2026-01-02", "1 2 3 4 5", "贫困户", "修路", "entry", "fund", "a1", "邮编", "七", "。", " ", "-", ",", "\u200d",
        ];
        int caught = 0;
        for (int seed = 0; seed < 2_000; seed++)
        {
            var random = new Random(seed);
            var rows = new StringBuilder();
            for (int row = 0; row < 60; row++)
            {
                // Most of what stands side by side is nothing: else every text would be caught at its beginning.
                rows.Append(random.Next(4) == 0 ? "" : "row").Append('|');
                bool isAny = random.Next(6) == 0;
                for (int cell = random.Next(5); cell > 0; cell--)
                {
                    rows.Append(isAny ? words[random.Next(words.Length)] : words[^random.Next(1, 12)]).Append(random.Next(3) == 0 ? "" : "|");
                }

                rows.Append('\n');
            }

            string text = rows.ToString();
            bool whole = PersonalDataGuard.Rule(text) is not null;
            (OutputScreen.RuleOfRows(text, length: 300, overlap: 200) is not null).ShouldBe(whole, $"seed {seed}");
            caught += whole ? 1 : 0;
        }

        caught.ShouldBeInRange(200, 1_800);
    }

    /// <summary>Some rules ask what comes after: where a piece ends is not where the text ends.</summary>
    [Fact]
    public void Rule_OfARowAtTheEndOfAPiece_IsThatOfTheWhole()
    {
        const string First = "张小明|男\n";
        const string Rows = First + "row|修路\n";
        PersonalDataGuard.Rule(Rows).ShouldBeNull();
        PersonalDataGuard.Rule(First).ShouldNotBeNull("else the cut would do no harm");
        OutputScreen.RuleOfRows(Rows, First.Length, overlap: 0).ShouldBeNull();
        OutputScreen.RuleOfRows(First, First.Length, overlap: 0).ShouldNotBeNull();
    }

    [Fact]
    public void Sites_OfEveryWorldOfTheTests_Pass()
    {
        ImmutableArray<Entry>[] worlds =
        [
            SampleWorld.Entries.AddRange(MoneyWorld.Entries).AddRange(LongWorld.Payments(130)),
            .. Enumerable.Range(1, 10).Select(seed => RandomWorld.Entries(seed, steps: 150)),
        ];
        foreach (ImmutableArray<Entry> world in worlds)
        {
            TestSite site = TestSite.Of(TestSite.Logged(TestSite.SnapshotOf(world)));
            foreach ((string path, byte[] bytes) in site.Files)
            {
                OutputScreen.Rule(path, bytes).ShouldBeNull(path);
            }
        }
    }
}
