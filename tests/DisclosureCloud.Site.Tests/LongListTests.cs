using System.Collections.Immutable;
using System.Globalization;
using System.Text;
using System.Text.Json.Nodes;
using AngleSharp.Dom;
using DisclosureCloud.Ledger;
using DisclosureCloud.Testing;

namespace DisclosureCloud.Site.Tests;

/// <summary>Lists grow; their pages do not.</summary>
public sealed class LongListTests
{
    private const int Rows = 65;
    private const int NoticeCount = 140;
    private const int PageBytesMax = 60 * 1024;

    private static readonly TestSite Site = TestSite.Of(TestSite.SnapshotOf(
        [.. Enumerable.Range(0, NoticeCount).SelectMany(number => SampleWorld.EntriesOf(NoticeOf(number, number == 0 ? Rows : 1)))]));

    [Theory]
    [InlineData("projects/", "ul.items strong a", Rows + NoticeCount - 1)]
    [InlineData("funds/", "tbody th a", NoticeCount)]
    [InlineData("notices/", "ul.cards a", NoticeCount)]
    public void Index_OfALongList_HasEachThingOnceOverPagesThatStaySmall(string folder, string links, int count)
    {
        var found = new List<string>();
        string? address = $"/{folder}";
        int pages = 0;
        while (address is not null)
        {
            string path = $"{address[1..]}index.html";
            Site.Files[path].Length.ShouldBeLessThan(PageBytesMax - Site.Files["assets/site.css"].Length, path);
            found.AddRange(Site.Page(path).QuerySelectorAll(links).Select(link => link.GetAttribute("href")!));
            address = Site.Page(path).QuerySelector("a[rel=next]")?.GetAttribute("href");
            pages++;
        }

        pages.ShouldBe((count + ListPage.ItemsMax - 1) / ListPage.ItemsMax);
        found.Count.ShouldBe(count);
        found.Distinct(StringComparer.Ordinal).Count().ShouldBe(count);
    }

    [Theory]
    [InlineData("index.html")]
    [InlineData("en/index.html")]
    [InlineData("regions/index.html")]
    public void Page_OfManyPlaces_StaysSmall(string path) =>
        Site.Files[path].Length.ShouldBeLessThan(PageBytesMax - Site.Files["assets/site.css"].Length);

    [Fact]
    public void Index_OfManyPlaces_EndsWithTheCounties()
    {
        Names(Site, "regions/index.html", ".tree a").Contains("村0-0").ShouldBeFalse();
        Names(TestSite.Sample, "regions/index.html", ".tree a").Contains("田江村").ShouldBeTrue();
        Names(Site, "regions/410503/index.html", "a").Contains("村0-0").ShouldBeTrue();
    }

    [Fact]
    public void Home_WithManyPlaces_FindsTheirCounties()
    {
        HashSet<string> places = Names(Site, "index.html", "#places a");

        places.ShouldBe(["北关区", "安阳市"], ignoreOrder: true);
        TestSite.Fen(Site.Page("index.html").QuerySelector("#places li")!).ShouldBe([(Rows + NoticeCount - 1) * 100L]);
    }

    private static HashSet<string> Names(TestSite site, string path, string links) =>
        [.. site.Page(path).QuerySelectorAll(links).Select(link => link.TextContent)];

    private static byte[] NoticeOf(int number, int rows) => Encoding.UTF8.GetBytes(new JsonObject
    {
        ["id"] = string.Create(CultureInfo.InvariantCulture, $"long-{number:D3}"),
        ["kind"] = "gonggao",
        ["authority"] = "甲区财政局",
        ["region"] = new JsonArray("河南省", "安阳市", "北关区"),
        ["regionCode"] = "410503",
        ["title"] = string.Create(CultureInfo.InvariantCulture, $"公告第{number}号"),
        ["fiscalYear"] = 2020,
        ["currency"] = "CNY",
        ["unit"] = "yuan",
        ["total"] = rows,
        ["sources"] = new JsonArray(new JsonObject { ["level"] = "central", ["name"] = "中央资金", ["amount"] = rows, ["nature"] = "earmarked" }),
        ["allocations"] = new JsonArray([.. Enumerable.Range(0, rows).Select(row => (JsonNode)new JsonObject
        {
            ["no"] = row + 1,
            ["project"] = string.Create(CultureInfo.InvariantCulture, $"道路{row}"),
            ["place"] = string.Create(CultureInfo.InvariantCulture, $"村{number}-{row}"),
            ["amount"] = 1,
        })]),
    }.ToJsonString());
}
