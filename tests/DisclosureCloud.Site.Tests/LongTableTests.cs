using System.Collections.Immutable;
using AngleSharp.Dom;
using AngleSharp.Html.Dom;
using DisclosureCloud.Ledger;
using DisclosureCloud.Testing;

namespace DisclosureCloud.Site.Tests;

/// <summary>A thing with thousands of rows has pages of a bounded size, with each row on one of them and a way to each.</summary>
public sealed class LongTableTests
{
    private const int FurtherBytesMax = 60 * 1024; // With the stylesheet, as for any page.

    // The page of a thing of which every table is long: ten tables with some of their rows and their lists of pages.
    private const int PageBytesMax = 200 * 1024;

    private static readonly TestSite Fund = TestSite.Of(TestSite.SnapshotOf(LongWorld.Projects(300)));
    private static readonly TestSite Town = TestSite.Of(TestSite.SnapshotOf(LongWorld.Projects(150, inTownship: true)));

    public static TheoryData<string> Tables =>
        ["interest", "uses", "shares", "contracts", "adjustments", "refunds", "movements", "payments"];

    [Theory]
    [InlineData(59)]
    [InlineData(60)]
    [InlineData(61)]
    [InlineData(121)]
    [InlineData(3_000)]
    public void Movements_OfAnyCount_StandOnceEachOnPagesThatLeadToOneAnother(int count)
    {
        ImmutableArray<Entry> entries = LongWorld.Payments(count);
        string[] ids = [.. entries.Where(entry => entry.Fact is Appropriation or Allocation or Disbursement).Select(entry => entry.Id.Value)];
        TestSite site = TestSite.Of(TestSite.SnapshotOf(entries));

        foreach (string root in (string[])["", "en/"])
        {
            List<string> pages = Turned(site, root, LongWorld.FundPath, "movements-table");

            pages.Count.ShouldBe(Paging.NewestFirst(60).Of(count).Count);
            pages.SelectMany(page => site.Page(page).QuerySelectorAll("#movements-table tbody tr").Select(row => row.Id!)).Order(StringComparer.Ordinal)
                .ShouldBe(ids.Order(StringComparer.Ordinal));
            site.Page(pages[0]).QuerySelectorAll("#movements-table tbody tr")[^1].Id.ShouldBe(ids[^1], "the newest stand on the fund's own page");
        }
    }

    [Fact]
    public void Payments_OfALongProject_AreTurnedOnItsOwnPages()
    {
        TestSite site = TestSite.Of(TestSite.SnapshotOf(LongWorld.Payments(502)));

        List<string> pages = Turned(site, "", "projects/project-0/", "payments-long-2020-table");

        pages.Sum(page => site.Page(page).QuerySelectorAll("#payments-long-2020-table tbody tr").Length).ShouldBe(500);
        TestSite.Fen(site.Page(pages[0]).QuerySelector("#payments-long-2020-table tfoot")!).First().ShouldBe(50_000, "the total is of all payments");
        site.Page(pages[0]).QuerySelector("#payments-long-2020-table tfoot th")!.TextContent.ShouldBe("全部500行合计");
        pages.Skip(1).ShouldAllBe(page => site.Page(page).QuerySelector("tfoot") == null);
    }

    [Theory]
    [MemberData(nameof(Tables))]
    public void Table_OfALongFund_HasEachRowOnceAndTheTotalOfAll(string table)
    {
        List<string> pages = Turned(Fund, "", LongWorld.FundPath, $"{table}-table");
        IElement[] rows = [.. pages.SelectMany(page => Fund.Page(page).QuerySelectorAll($"#{table}-table tbody tr"))];

        pages.Count.ShouldBeGreaterThan(2);
        rows.Length.ShouldBe(table switch { "movements" => 1_798, "interest" or "uses" or "shares" => 300, _ => 299 });
        foreach (IElement total in Fund.Page(pages[0]).QuerySelectorAll($"#{table}-table tfoot td.n"))
        {
            int last = total.ParentElement!.Children.Length - total.Index(); // From the end: the head of the total spans several columns.
            TestSite.Fen(total).FirstOrDefault().ShouldBe(rows.Sum(row => TestSite.Fen(row.Children[^last]).FirstOrDefault()), $"column {last} from the end");
        }
    }

    [Theory]
    [InlineData(59)]
    [InlineData(60)]
    [InlineData(61)]
    [InlineData(121)]
    [InlineData(2_000)] // The most that intake takes.
    public void Notice_OfAnyLength_HasItsRowsInTheirOrder(int count)
    {
        TestSite site = TestSite.Of(TestSite.SnapshotOf(LongWorld.Notice(count)));

        List<string> pages = Turned(site, "en/", "notices/long/", "rows-table");

        pages.Count.ShouldBe(((count - 1) / 60) + 1);
        pages.SelectMany(page => site.Page(page).QuerySelectorAll("#rows-table tbody .no").Select(cell => cell.TextContent))
            .ShouldBe(Enumerable.Range(1, count).Select(number => new Count(number).Text.Replace(",", "", StringComparison.Ordinal)));
        TestSite.Fen(site.Page(pages[0]).QuerySelector("#rows-table tfoot")!).ShouldBe([count * 100L]);
        foreach (string page in pages)
        {
            Weigh(site, page).ShouldBeLessThan(page == pages[0] ? PageBytesMax : FurtherBytesMax, page);
        }
    }

    [Fact]
    public void Places_OfALongCounty_StandByNameAndAddUpOnItsPage()
    {
        List<string> pages = Turned(Fund, "", "regions/410503/", "regions-table");
        string[] names = [.. pages.SelectMany(page => Fund.Page(page).QuerySelectorAll("#regions-table tbody th a").Select(link => link.TextContent))];

        names.ShouldBe(Enumerable.Range(1, 299).Select(LongWorld.VillageOf).Order(Comparer<string>.Create(ChineseOrder.Compare)));
        names.Select(name => name[0]).Distinct().ShouldBe("安北陈大方高");
        TestSite.Fen(Fund.Page(pages[0]).QuerySelector("#regions-table tfoot")!).First().ShouldBe(299 * 9_000 + 10_000);
        TestSite.Fen(Fund.Page(pages[0]).QuerySelectorAll("#regions-table tbody tr")[^1]).First().ShouldBe(10_000, "what no village has alone");
        Fund.Page(pages[0]).QuerySelector(".pages li")!.TextContent.ShouldContain(" – ");
    }

    [Fact]
    public void Projects_OfOnePlace_StandOnceEach()
    {
        TestSite site = TestSite.Of(TestSite.SnapshotOf([.. LongWorld.Notice(40).Select(entry => entry.Fact is Project project ? entry with { Fact = project with { Place = Id.Parse<RegionCode>("410503") } } : entry)]));

        List<string> pages = Turned(site, "", "regions/410503/", "projects-table");

        pages.Count.ShouldBe(4);
        pages.SelectMany(page => site.Page(page).QuerySelectorAll(".project h3 a").Select(link => link.GetAttribute("href"))).Distinct(StringComparer.Ordinal).Count().ShouldBe(40);
    }

    [Fact]
    public void Home_WithManyVillagesBelowATownship_ShowsTheTownshipAndItsPageTheRest()
    {
        Town.Page("index.html").QuerySelectorAll("#places li").Length.ShouldBe(1);
        Town.Page("index.html").QuerySelector("#places li a")!.TextContent.ShouldBe("白沙镇");
        TestSite.Fen(Town.Page("index.html").QuerySelector("#places li")!).ShouldBe([149 * 9_000 + 10_000]);
    }

    [Fact]
    public void Home_WithFewVillagesBelowATownship_NamesItAndStandsByName()
    {
        TestSite site = TestSite.Of(TestSite.SnapshotOf(LongWorld.Projects(6, inTownship: true)));

        site.Page("index.html").QuerySelectorAll("#places li a").Select(link => link.TextContent).ShouldBe(["白沙镇", "北1村", "陈2村", "大3村", "方4村", "高5村"]);
        site.Page("index.html").QuerySelectorAll("#places li small").Select(town => town.TextContent).ShouldBe(Enumerable.Repeat("白沙镇", 5));
    }

    [Fact]
    public void Entries_NamedElsewhere_AreLinkedWhereTheyStand()
    {
        string[] links = [.. Turned(Fund, "", LongWorld.FundPath, LaterTable).SelectMany(page => Fund.Page(page).QuerySelectorAll($"#{LaterTable} a").Select(link => link.GetAttribute("href")!))];

        links.Length.ShouldBe(300);
        links.Select(link => link.Split('#')[0]).Distinct(StringComparer.Ordinal).Count().ShouldBeGreaterThan(3);
        links.ShouldAllBe(link => IsThere(Fund, link));
    }

    [Fact]
    public void Pages_OfALongFund_LinkNothingThatIsNotThere()
    {
        foreach (string path in Fund.Pages.Where(page => page.Contains("/_", StringComparison.Ordinal) || page.StartsWith("funds/long", StringComparison.Ordinal) || page.StartsWith("en/regions/410503/", StringComparison.Ordinal)))
        {
            Fund.Page(path).QuerySelectorAll("a[href^='/'], link[rel=prev], link[rel=next], link[rel=canonical], link[rel=alternate]").Select(link => link.GetAttribute("href")!)
                .ShouldAllBe(link => IsThere(Fund, link), path);
        }
    }

    [Fact]
    public void Pages_WithFurtherRows_SayWhereTheyAreAndStayWithinBounds()
    {
        string[] further = [.. Fund.Pages.Where(path => path.StartsWith($"en/{LongWorld.FundPath}", StringComparison.Ordinal) && path.Contains("/_", StringComparison.Ordinal))];

        further.Length.ShouldBeGreaterThan(60);
        further.Select(path => Fund.Page(path).Title).ShouldBeUnique(StringComparer.Ordinal);
        foreach (string path in further)
        {
            IHtmlDocument page = Fund.Page(path);
            string address = $"/{path[..^"index.html".Length]}";
            page.QuerySelector("link[rel=canonical]")!.GetAttribute("href").ShouldBe(address);
            page.QuerySelector("link[hreflang=zh-Hans]")!.GetAttribute("href").ShouldBe(address[3..]);
            page.QuerySelector("link[rel=prev]")!.GetAttribute("href").ShouldBe(page.QuerySelector("a[rel=prev]")!.GetAttribute("href"));
            page.QuerySelector("link[rel=next]")?.GetAttribute("href").ShouldBe(page.QuerySelector("a[rel=next]")?.GetAttribute("href"));
            page.QuerySelector("caption .rows")!.TextContent.ShouldStartWith("Rows ");
            page.QuerySelectorAll(".whole a").Select(link => link.GetAttribute("href")).ShouldBe(["/data/funds/long-2020.csv", "/data/funds/long-2020.json"]);
            page.QuerySelectorAll("[id]").Select(element => element.Id).ShouldBeUnique(StringComparer.Ordinal);
            page.QuerySelectorAll("h1").Length.ShouldBe(1);
        }
    }

    [Fact]
    public void LargestPage_OfAFundWith5000Movements_IsBounded()
    {
        ImmutableArray<Entry> entries = LongWorld.Projects(850);
        entries.Length.ShouldBeGreaterThan(5_000 + 850);
        IReadOnlyList<SiteFile> files = [.. SiteRenderer.Plan(TestSite.SnapshotOf(entries)).Where(file => file.Path.EndsWith(".html", StringComparison.Ordinal))];
        int style = Fund.Files["assets/site.css"].Length;

        foreach (SiteFile file in files.Where(file => !file.Path.Contains("projects/project-", StringComparison.Ordinal)))
        {
            file.Render().Length.ShouldBeLessThan(file.Path.Contains("/_", StringComparison.Ordinal) ? FurtherBytesMax - style : PageBytesMax, file.Path);
        }
    }

    [Fact]
    public void OnePaymentMore_LeavesThePagesOfOlderRowsAsTheyWere()
    {
        ImmutableArray<Entry> entries = LongWorld.Payments(333);
        TestSite before = TestSite.Of(TestSite.SnapshotOf(entries));
        TestSite after = TestSite.Of(TestSite.SnapshotOf([.. entries, LongWorld.OneMore(entries)]));

        string[] changed = [.. after.Pages.Where(path => !before.Files.TryGetValue(path, out byte[]? old) || !old.AsSpan().SequenceEqual(after.Files[path]))];

        changed.ShouldContain($"{LongWorld.FundPath}index.html", StringComparer.Ordinal);
        changed.ShouldContain("projects/project-0/index.html", StringComparer.Ordinal);
        changed.ShouldAllBe(path => !path.Contains("/movements/", StringComparison.Ordinal) && !path.Contains("/payments", StringComparison.Ordinal));
        after.Pages.Count(path => path.Contains("/movements/_", StringComparison.Ordinal)).ShouldBe(12);
    }

    [Fact]
    public void LongTables_BesideWhatAPageIsAbout_AreFoldedForPhones()
    {
        IHtmlDocument page = Fund.Page("funds/long-2020/index.html");

        page.QuerySelectorAll("details.fold table").Select(table => table.Id).ShouldContain("shares-table", StringComparer.Ordinal);
        page.QuerySelectorAll("details.fold table").Select(table => table.Id).Contains("movements-table", StringComparer.Ordinal).ShouldBeFalse();
        Folds(12).ShouldBe(0);
        Folds(13).ShouldBe(1);

        static int Folds(int rows) => TestSite.Of(TestSite.SnapshotOf(LongWorld.Payments(rows + 2))).Page("funds/long-2020/index.html").QuerySelectorAll("details.fold").Length;
    }

    private static string LaterTable => Fund.Page($"{LongWorld.FundPath}index.html").QuerySelector("[id^=later-]")!.Id!;

    private static int Weigh(TestSite site, string path) => site.Files[path].Length + site.Files["assets/site.css"].Length;

    private static bool IsThere(TestSite site, string address)
    {
        string[] parts = address.Split('#');
        string file = parts[0].Split('?')[0][1..];
        file = file.Length == 0 || file.EndsWith('/') ? file + "index.html" : file;
        return file is "data/manifest.json" or "status.json" || (site.Files.ContainsKey(file) && (parts.Length == 1 || site.Page(file).GetElementById(parts[1]) is not null));
    }

    /// <summary>The pages of a table, as a reader turns them from the page of its thing to the last, each of which leads back to the one before.</summary>
    private static List<string> Turned(TestSite site, string root, string home, string table)
    {
        var pages = new List<string>();
        string? address = $"/{root}{home}";
        while (address is not null)
        {
            string path = $"{address[1..]}index.html";
            pages.Contains(path, StringComparer.Ordinal).ShouldBeFalse(path);
            IElement? turn = TurnOf(site.Page(path), table);
            if (pages.Count > 0)
            {
                turn!.QuerySelector("a[rel=prev]")!.GetAttribute("href").ShouldBe($"/{pages[^1][..^"index.html".Length]}{(pages.Count == 1 ? $"#{table}" : "")}");
            }

            pages.Add(path);
            address = turn?.QuerySelector("a[rel=next]")?.GetAttribute("href");
        }

        return pages;
    }

    // The next one behind the table, before any other.
    private static IElement? TurnOf(IHtmlDocument page, string table)
    {
        IElement[] both = [.. page.QuerySelectorAll("main table, #projects-table, nav.turn")];
        int at = Array.FindIndex(both, one => one.Id == table);
        at.ShouldBeGreaterThanOrEqualTo(0, table);
        return at + 1 < both.Length && both[at + 1].LocalName == "nav" ? both[at + 1] : null;
    }
}
