using System.Text;

namespace DisclosureCloud.Verifier.Tests;

/// <summary>Tables and pages that were published and logged, and do not say what the leaves say.</summary>
public sealed class RowTests
{
    [Fact]
    public async Task Verify_OfAnEntryWithoutItsRow_NamesTheTableAndTheLeaf()
    {
        using SignedSite site = SmallWorld.Site();
        site.Publish(SmallWorld.Files(SmallWorld.Facts, without: 7));
        (await site.VerifyAsync()).Findings.ShouldHaveSingleItem().ToString().ShouldBe("data/entries.ndjson: has 299 rows; the position is 300. Leaf 7 has none.");
    }

    [Theory]
    [InlineData("data/entries.ndjson", "\"amountFen\":107", "\"amountFen\":9107", "row 8 says another kind, date, amount or recorder than leaf 7.")]
    [InlineData("data/entries.csv", ",107,", ",9107,", "row 8 says another kind, date, amount or recorder than leaf 7.")]
    [InlineData("data/entries.csv", "e7-1,appropriation,2026-01-02", "e7-1,appropriation,2026-01-03", "row 8 says another kind, date, amount or recorder than leaf 7.")]
    [InlineData("data/entries.csv", "e7-1,appropriation", "e7-1,interest", "row 8 says another kind, date, amount or recorder than leaf 7.")]
    [InlineData("data/entries.csv", "e7-1,", "e9007-1,", "row 8 is of the entry 'e9007-1', of which there is no leaf.")]
    [InlineData("data/entries.csv", "e7-1,appropriation,2026-01-02,107", "e6-1,appropriation,2026-01-02,106", "row 8 is of the entry 'e6-1', which has a row before.")]
    [InlineData("data/entries.csv", "amountFen", "amount", "row 0 has no column amountFen.")]
    [InlineData("data/entries.ndjson", "\"entry\":\"e7-1\"", "\"entry\":7", "row 7 is no row of an entry.")]
    [InlineData("data/entries.ndjson", "{\"entry\":\"e7-1\"", "\"entry\":\"e7-1\"", "row 7 is no JSON.")]
    public async Task Verify_OfARowThatSaysAnotherThing_NamesIt(string path, string right, string wrong, string wanted)
    {
        using SignedSite site = SmallWorld.Site();
        Dictionary<string, byte[]> files = SmallWorld.Files(SmallWorld.Facts);
        string text = Encoding.UTF8.GetString(files[path]);
        text.ShouldContain(right, Case.Sensitive);
        files[path] = SmallWorld.Utf8(text.Replace(right, wrong, StringComparison.Ordinal));
        site.Publish(files);
        (await site.VerifyAsync()).Findings.ShouldHaveSingleItem().ToString().ShouldBe($"{path}: {wanted}");
    }

    [Fact]
    public async Task Verify_OfEntriesLoggedAfterThePosition_SaysHowMany()
    {
        using var site = new SignedSite();
        for (int i = 0; i < 20; i++)
        {
            site.Add(SmallWorld.Leaf(i));
        }

        site.Publish(SmallWorld.Files(15), position: 15);
        VerifyReport report = await site.VerifyAsync();
        report.Findings.ShouldBeEmpty();
        report.Unproven.ShouldContain("5 entries were logged before the site was made and are not shown in it: they were recorded after its position.", StringComparer.Ordinal);
    }

    [Theory]
    [InlineData("<data value=\"12\">0.13</data>", "shows '0.13' for 12 fen.")]
    [InlineData("<data value=\"1 2\">0.12</data>", "shows '0.12' for 1 2 fen.")]
    [InlineData("<data value=\"123456789\">1,234,567.8</data>", "shows '1,234,567.8' for 123456789 fen.")]
    [InlineData("<data value=\"100\" data-of=\"fund/f1/appropriated\">1</data>", "shows 100 fen as fund/f1/appropriated; the leaves come to 74351.")]
    [InlineData("<data value=\"100\" data-of=\"fund/f2/appropriated\">1</data>", "shows 100 fen as fund/f2/appropriated; the leaves come to none.")]
    [InlineData("<data value=\"100\" data-of=\"all/nonsense\">1</data>", "shows 100 fen as all/nonsense; the leaves come to none.")]
    [InlineData("<data value=\"100\">1</data>", "does not show fund/f1/appropriated.")]
    public async Task Verify_OfAFigureThatIsNotTheLeaves_NamesThePage(string html, string wanted)
    {
        using SignedSite site = SmallWorld.Site();
        Dictionary<string, byte[]> files = SmallWorld.Files(SmallWorld.Facts);
        files["funds/f1/index.html"] = SmallWorld.Utf8(html);
        site.Publish(files);
        (await site.VerifyAsync()).Findings.ShouldHaveSingleItem().ToString().ShouldBe($"funds/f1/index.html: {wanted}");
    }
}
