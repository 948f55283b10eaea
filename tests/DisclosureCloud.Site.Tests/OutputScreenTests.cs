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
