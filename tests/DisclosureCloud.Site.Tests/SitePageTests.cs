using System.Collections.Immutable;
using System.Globalization;
using AngleSharp.Dom;
using AngleSharp.Html.Dom;
using DisclosureCloud.Ledger;
using DisclosureCloud.Testing;

namespace DisclosureCloud.Site.Tests;

public sealed class SitePageTests
{
    private const int PageSizeMax = 60 * 1024;

    private static TestSite Site => TestSite.Sample;

    public static TheoryData<string> Pages => [.. Site.Pages];

    [Fact]
    public void Pages_EachLanguage_HasTheOthersTwins()
    {
        string[] english = [.. Site.Pages.Where(page => page.StartsWith("en/", StringComparison.Ordinal)).Select(page => page[3..])];
        string[] chinese = [.. Site.Pages.Where(page => !page.StartsWith("en/", StringComparison.Ordinal))];

        english.Order(StringComparer.Ordinal).ShouldBe(chinese.Order(StringComparer.Ordinal));
    }

    [Theory]
    [MemberData(nameof(Pages))]
    public void Page_EveryLinkAndAsset_IsAFileOfTheSite(string path)
    {
        foreach (IElement element in Site.Page(path).QuerySelectorAll("[href], [src]"))
        {
            string address = element.GetAttribute("href") ?? element.GetAttribute("src")!;
            if (address.StartsWith('#'))
            {
                Site.Page(path).GetElementById(address[1..]).ShouldNotBeNull();
            }
            else if (address.StartsWith('/'))
            {
                FileOf(address).ShouldSatisfyAllConditions(file => (Site.Files.ContainsKey(file) || IsPublishers(file)).ShouldBeTrue($"{path} links {address}"));
            }
            else
            {
                Source.IsGovernment(address).ShouldBeTrue($"{path} links {address}");
            }
        }
    }

    [Theory]
    [MemberData(nameof(Pages))]
    public void Page_EveryFigure_ShowsItsValue(string path)
    {
        foreach (IElement figure in Site.Page(path).QuerySelectorAll("data"))
        {
            long fen = long.Parse(figure.GetAttribute("value")!, CultureInfo.InvariantCulture);
            decimal.Parse(figure.TextContent.Replace('\u2212', '-'), NumberStyles.Number, CultureInfo.InvariantCulture).ShouldBe(fen / 100m);
        }
    }

    [Theory]
    [MemberData(nameof(Pages))]
    public void Page_Markup_KeepsTheHouseForm(string path)
    {
        IHtmlDocument page = Site.Page(path);

        page.QuerySelectorAll("h1").Length.ShouldBe(1);
        page.QuerySelectorAll("main").Length.ShouldBe(1);
        page.QuerySelectorAll("[style], style, script:not([src]), [onclick], [onload], iframe, form").ShouldBeEmpty();
        page.QuerySelectorAll("[id]").Select(element => element.Id).ShouldBeUnique(StringComparer.Ordinal);
        page.QuerySelectorAll("table").ShouldAllBe(table => table.QuerySelector("caption") != null);
        page.QuerySelectorAll("table thead th, table tbody th, table tfoot th").ShouldAllBe(head => head.HasAttribute("scope"));
        page.QuerySelectorAll("[aria-labelledby], [aria-describedby]").ShouldAllBe(element =>
            $"{element.GetAttribute("aria-labelledby")} {element.GetAttribute("aria-describedby")}".Split(' ', StringSplitOptions.RemoveEmptyEntries).All(id => page.GetElementById(id) != null));
        page.QuerySelectorAll("svg:not([aria-hidden])").Where(svg => svg.ParentElement!.LocalName != "svg").ShouldAllBe(svg => svg.GetAttribute("role") == "img");
        page.DocumentElement.GetAttribute("lang").ShouldBe(path.StartsWith("en/", StringComparison.Ordinal) ? "en" : "zh-Hans");
        page.QuerySelector("meta[http-equiv=Content-Security-Policy]").ShouldNotBeNull();
        page.QuerySelector(".whose").ShouldNotBeNull("every page of a trial says whose site it is not");
    }

    [Theory]
    [MemberData(nameof(Pages))]
    public void Page_WithItsStylesheets_IsAtMost60KiB(string path) => Site.Weight(path).ShouldBeLessThanOrEqualTo(PageSizeMax);

    [Fact]
    public void Pages_EnglishNames_AreMarkedAsChinese()
    {
        foreach (string path in Site.Pages.Where(page => page.StartsWith("en/", StringComparison.Ordinal)))
        {
            Site.Page(path).QuerySelectorAll("main bdi, svg text").Where(name => name.TextContent.Any(c => c is >= '\u4E00' and <= '\u9FFF'))
                .ShouldAllBe(name => name.GetAttribute("lang") == "zh-Hans", path);
        }
    }

    [Fact]
    public void Sums_OfHomeFundsAndRegions_AgreeToTheFen()
    {
        const long Appropriated = 6_572_800_000;

        TestSite.Fen(Site.Page("index.html").QuerySelector(".answer")!).ShouldContain(Appropriated);
        TestSite.Fen(Site.Page("index.html").QuerySelector("#levels tfoot")!).ShouldBe([Appropriated]);
        TestSite.Fen(Site.Page("index.html").QuerySelector("#natures tfoot")!).ShouldBe([Appropriated]);
        TestSite.Fen(Site.Page("index.html").QuerySelector("#regions-table tfoot")!).First().ShouldBe(Appropriated);
        TestSite.Fen(Site.Page("funds/index.html").QuerySelector("tfoot")!).First().ShouldBe(Appropriated);
        TestSite.Fen(Site.Page("regions/index.html").QuerySelector("tfoot")!).First().ShouldBe(Appropriated);
        Details("notices/").Sum(path => TestSite.Fen(Site.Page(path).QuerySelector(".sheet tfoot")!).First()).ShouldBe(Appropriated);
        Details("funds/").Sum(path => TestSite.Fen(Site.Page(path).QuerySelector("#uses-table tfoot")!).Single()).ShouldBe(Appropriated);
    }

    [Fact]
    public void RegionTables_Rows_AddUpToTheirTotal()
    {
        foreach (string path in Details("regions/").Where(path => Site.Page(path).QuerySelector("#regions-table") is not null))
        {
            IElement table = Site.Page(path).QuerySelector("#regions-table")!;
            long rows = table.QuerySelectorAll("tbody tr").Sum(row => TestSite.Fen(row).First());
            TestSite.Fen(table.QuerySelector("tfoot")!).First().ShouldBe(rows, path);
        }
    }

    [Fact]
    public void World_Totals_AgreeWithTheLedgersRegionTree()
    {
        var world = new World(TestSite.SampleSnapshot());
        RegionTree tree = RegionTree.Of(SampleWorld.Entries);

        foreach (Region region in world.Regions)
        {
            Stages stages = world.StagesOf([.. region.All]);
            RegionNode node = tree.Find(region.Code)!;
            stages.Allocated.ShouldBe(node.Allocated.Fen, region.Id);
            stages.PassedDown.ShouldBe(node.PassedDownWithin.Fen + node.PassedDownIn.Fen, region.Id);
        }
    }

    private static string FileOf(string address)
    {
        string file = address.Split('?')[0].Split('#')[0][1..];
        return file.Length == 0 || file.EndsWith('/') ? file + "index.html" : file;
    }

    // These two are made by the publisher, when all else is: they speak of the whole site.
    private static bool IsPublishers(string file) => file is "data/manifest.json" or "status.json";

    private static IEnumerable<string> Details(string folder) =>
        Site.Pages.Where(path => path.StartsWith(folder, StringComparison.Ordinal) && path != $"{folder}index.html");

    [Fact]
    public void Page_OfEveryKind_LinksItsDataAsCsvAndJson()
    {
        // What the program says of itself is in no table: the site has in status.json what the log has of it.
        string[] without = ["404.html", "/publication/index.html", "/archive-seal/index.html"];
        foreach (string path in TestSite.Sample.Pages.Where(path => !without.Any(ending => path.EndsWith(ending, StringComparison.Ordinal))))
        {
            string[] links = [.. TestSite.Sample.Page(path).QuerySelectorAll("main a").Select(link => link.GetAttribute("href")!)];
            links.ShouldContain(link => link.StartsWith("/data/", StringComparison.Ordinal) && link.EndsWith(".csv", StringComparison.Ordinal), path);
            links.ShouldContain(link => link.StartsWith("/data/", StringComparison.Ordinal) && link.EndsWith(".json", StringComparison.Ordinal), path);
        }
    }
}
