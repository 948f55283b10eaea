using System.Collections.Immutable;
using System.Globalization;
using AngleSharp.Dom;
using AngleSharp.Html.Dom;
using DisclosureCloud.Ledger;
using DisclosureCloud.Testing;

namespace DisclosureCloud.Site.Tests;

/// <summary>What a department posted and how late, against a count that shares no code with the pages.</summary>
public sealed class DepartmentTests
{
    private static readonly DepartmentId Finance = Id.Parse<DepartmentId>("finance");
    private static readonly DepartmentId Transport = Id.Parse<DepartmentId>("transport");

    public static TheoryData<int> Seeds => [1, 2, 3, 4, 5];

    [Theory]
    [MemberData(nameof(Seeds))]
    public void Department_OfAnyWorld_HasItsEntriesOnceNewestFirst(int seed)
    {
        ImmutableArray<Entry> entries = Shared(seed);
        TestSite site = TestSite.Of(TestSite.SnapshotOf(entries));
        foreach (IGrouping<DepartmentId, Entry> own in entries.GroupBy(entry => entry.Department))
        {
            var found = new List<string>();
            for (string? address = $"/departments/{own.Key}/"; address is not null;)
            {
                IHtmlDocument page = site.Page($"{address[1..]}index.html");
                found.AddRange(page.QuerySelectorAll("#entries-table tbody tr").Select(row => row.Id!));
                address = page.QuerySelector("a[rel=next]")?.GetAttribute("href");
            }

            found.Order(StringComparer.Ordinal).ShouldBe(own.Select(entry => entry.Id.Value).Order(StringComparer.Ordinal), $"seed {seed}");
            var at = own.ToDictionary(entry => entry.Id.Value, entry => entry.RecordedAt, StringComparer.Ordinal);
            found.Select(id => at[id]).ShouldBe(found.Select(id => at[id]).OrderDescending(), $"seed {seed}");
        }
    }

    [Theory]
    [MemberData(nameof(Seeds))]
    public void Figures_OfAnyWorld_AgreeWithACountByHand(int seed)
    {
        ImmutableArray<Entry> entries = Shared(seed);
        TestSite site = TestSite.Of(TestSite.SnapshotOf(entries));
        foreach (IGrouping<DepartmentId, Entry> own in entries.GroupBy(entry => entry.Department))
        {
            IHtmlDocument page = site.Page($"en/departments/{own.Key}/index.html");
            foreach (IElement row in page.QuerySelectorAll("#kinds-table tbody tr"))
            {
                string kind = row.QuerySelector("a")!.GetAttribute("href")!.Split('/')[^2];
                Number(row.QuerySelector("td")!).ShouldBe(own.Count(entry => KindSchema.Of(entry.Fact).Name == kind), $"seed {seed}, {kind}");
            }

            Number(page.QuerySelector("#kinds-table tfoot td")!).ShouldBe(own.Count());
            int index = 0;
            foreach (IGrouping<bool, Entry> way in own.GroupBy(entry => entry.Channel == Channel.Import).OrderBy(way => way.Key))
            {
                int column = index++;
                IElement[] cells = [.. page.QuerySelectorAll("#late-table tbody tr").Select(row => row.QuerySelectorAll("td")[column])];
                int[] days =
                [
                    .. way.Where(entry => entry.Date is not null).Select(entry => (entry.RecordedAt.ToOffset(TimeSpan.FromHours(8)).Date - entry.Date!.Value.ToDateTime(default)).Days).Order(),
                ];
                Number(cells[0]).ShouldBe(way.Count());
                Number(cells[1]).ShouldBe(way.Count(entry => entry.Date is null));
                int half = Number(cells[2]);
                (days.Count(day => day <= half) * 2).ShouldBeGreaterThanOrEqualTo(days.Length, $"seed {seed}");
                (days.Count(day => day < half) * 2).ShouldBeLessThan(days.Length, $"seed {seed}");
                Number(cells[3]).ShouldBe(days.Max(), $"seed {seed}");
            }
        }
    }

    [Fact]
    public void Index_OfSeveralDepartments_LinksEachWithItsFigures()
    {
        ImmutableArray<Entry> entries = Shared(1);
        IHtmlDocument page = TestSite.Of(TestSite.SnapshotOf(entries)).Page("departments/index.html");

        page.QuerySelectorAll("tbody th a").Select(link => link.GetAttribute("href")).ShouldBe(["/departments/finance/", "/departments/transport/"]);
        foreach (IElement row in page.QuerySelectorAll("tbody tr"))
        {
            Entry[] own = [.. entries.Where(entry => entry.Department.Value == row.QuerySelector("a")!.TextContent)];
            Number(row.QuerySelectorAll("td")[0]).ShouldBe(own.Length);
            Number(row.QuerySelectorAll("td")[1]).ShouldBe(own.Count(entry => entry.Channel == Channel.Import));
        }
    }

    [Fact]
    public void Index_OfAnEmptyLedger_SaysThatNobodyPosted()
    {
        TestSite site = TestSite.Of(TestSite.SnapshotOf([]));

        site.Text("en/departments/index.html").ShouldContain("0 departments posted 0 entries.");
        site.Page("departments/index.html").QuerySelector("table").ShouldBeNull();
    }

    [Fact]
    public void Department_OfImportedNoticesAlone_IsNotCalledLate()
    {
        IHtmlDocument page = TestSite.Sample.Page("en/departments/import/index.html");

        page.QuerySelector(".answer")!.TextContent.ShouldBe("This department imported 94 entries, the latest recorded on 22 November 2026.");
        page.QuerySelectorAll("#late-table thead th").Single().TextContent.ShouldBe("Imported");
        page.QuerySelectorAll("#entries-table tbody tr").ShouldAllBe(row => row.QuerySelector("small")!.TextContent == "imported");
        page.Body!.TextContent.ShouldContain("do not mean that anybody was late");
        TestSite.Sample.Page("departments/index.html").QuerySelectorAll("tbody td")[^1].TextContent.ShouldBe("–");
    }

    [Fact]
    public void Department_WithoutAnyDate_SaysNotStated()
    {
        ImmutableArray<Entry> entries =
            [.. SampleWorld.Entries.Select(entry => entry with { Date = null, Channel = Channel.Http })];
        IHtmlDocument page = TestSite.Of(TestSite.SnapshotOf(entries)).Page("en/departments/import/index.html");

        page.QuerySelectorAll("#late-table tbody td").Select(cell => cell.TextContent).ShouldBe(["94", "94", "not stated", "not stated"]);
        page.QuerySelector(".facts dd")!.TextContent.ShouldBe("not stated");
        page.QuerySelectorAll("#entries-table tbody tr").ShouldAllBe(row => row.LastElementChild!.TextContent == "not stated");
    }

    [Fact]
    public void Entry_RecordedInTheMorningOfItsDay_IsNotLate()
    {
        DateTimeOffset morning = new(2026, 11, 21, 23, 0, 0, TimeSpan.Zero); // Seven o'clock of the 22nd in China.

        TimeZoneInfo china = SiteSettings.Trial.Zone;
        DepartmentView.DaysLate(SampleWorld.Entries[0] with { Date = new(2026, 11, 22), RecordedAt = morning }, china).ShouldBe(0);
        DepartmentView.DaysLate(SampleWorld.Entries[0] with { Date = new(2026, 11, 20), RecordedAt = morning }, china).ShouldBe(2);
        DepartmentView.DaysLate(SampleWorld.Entries[0] with { Date = new(2026, 11, 20), RecordedAt = morning }, TimeZoneInfo.Utc).ShouldBe(1);
        DepartmentView.DaysLate(SampleWorld.Entries[0] with { Date = new(2026, 11, 24), RecordedAt = morning }, china).ShouldBe(0);
        DepartmentView.DaysLate(SampleWorld.Entries[0] with { Date = null, RecordedAt = morning }, china).ShouldBeNull();
    }

    [Fact]
    public void Fund_OnItsPage_LinksTheDepartmentThatPostedIt()
    {
        TestSite.Sample.Page("funds/beiguan-2018/index.html").QuerySelector(".margin a[href='/departments/import/']").ShouldNotBeNull();
        TestSite.Sample.Page("en/projects/beiguan-2018-p01/index.html").QuerySelector(".margin a[href='/en/departments/import/']").ShouldNotBeNull();
        TestSite.Sample.Page("index.html").QuerySelector("footer a[href='/departments/']").ShouldNotBeNull();
    }

    [Fact]
    public void FindProject_WithOrWithoutItsFund_IsTheOneThatIsMeant()
    {
        var world = new World(TestSite.SampleSnapshot());
        ProjectView project = world.Projects[0];

        world.FindProject(project.Fact.FundId, project.Fact.ProjectId).ShouldBe(project);
        world.FindProject(fund: null, project.Fact.ProjectId).ShouldBe(project);
        world.FindProject(Id.Parse<FundId>("no-fund"), project.Fact.ProjectId).ShouldBe(project); // Its page stands under its id, whoever pays.
        world.FindProject(project.Fact.FundId, Id.Parse<ProjectId>("no-project")).ShouldBeNull();
        world.FindProject(project.Fact.FundId, id: null).ShouldBeNull();
        world.FindFund(id: null).ShouldBeNull();
        world.FindRegion(project.Fact.Place).ShouldNotBeNull();
        world.FindRegion(code: null).ShouldBeNull();
    }

    [Fact]
    public void Department_ThatSaidItsNameAndGoesOn_IsCalledByItAndLeadsOn()
    {
        FreeText reason = FreeText.Of("机构改革");
        ImmutableArray<Entry> entries =
        [
            Made(1, Finance, new DateOnly(2020, 5, 1), new Department(Finance, FreeText.Of("某县财政局"), null, null, FreeText.Of("0372-0000000"), [])),
            Made(2, Finance, new DateOnly(2019, 5, 1), new Department(Finance, FreeText.Of("旧名"), null, null, null, [])),
            Made(3, Finance, new DateOnly(2021, 1, 1), new UnitChange(Finance, SuccessionType.Merged, [Transport], reason, reason)),
            Made(4, Transport, new DateOnly(2021, 1, 2), new Department(Transport, FreeText.Of("某县综合局"), null, null, null, [])),
        ];

        TestSite site = TestSite.Of(TestSite.SnapshotOf(entries));

        IHtmlDocument page = site.Page("departments/finance/index.html");
        page.QuerySelector("h1")!.TextContent.ShouldBe("某县财政局"); // As of the latest date, whichever was recorded last.
        page.QuerySelector("link[rel=canonical]")!.GetAttribute("href").ShouldBe("/departments/transport/");
        page.QuerySelector(".notice a")!.TextContent.ShouldBe("某县综合局");
        page.QuerySelector(".notice")!.TextContent.ShouldContain("机构改革");
        site.Page("departments/transport/index.html").QuerySelector("link[rel=canonical]").ShouldBeNull();
        site.Page("departments/index.html").QuerySelectorAll("tbody th").Select(cell => cell.TextContent).ShouldBe(["某县财政局", "某县综合局"]);
    }

    [Fact]
    public void Department_ThatNamedItsAccounts_SaysHowManyActAndNotWhich()
    {
        RegisteredPerson[] two = [Account("a", DepartmentRole.Poster), Account("b", DepartmentRole.Approver)];
        RegisteredPerson[] three = [Account("a", DepartmentRole.Poster), Account("b", DepartmentRole.Approver, DepartmentRole.Poster), Account("c", DepartmentRole.Poster)];
        FreeText name = FreeText.Of("某县财政局");
        TestSite site = TestSite.Of(TestSite.SnapshotOf(
        [
            Made(1, Finance, new DateOnly(2021, 5, 1), new Department(Finance, name, null, null, null, [.. two])),
            Made(2, Finance, new DateOnly(2020, 5, 1), new Department(Finance, name, null, null, null, [.. three])),
            Made(3, Transport, new DateOnly(2021, 1, 2), new Department(Transport, name, null, null, null, [])),
        ]));

        // What counts is what was recorded last, whatever date it has.
        site.Page("departments/finance/index.html").Body!.TextContent.ShouldContain("可填报的3个，可审核的1个");
        site.Page("en/departments/finance/index.html").Body!.TextContent.ShouldContain("3 can post, 1 can approve");
        site.Page("departments/transport/index.html").Body!.TextContent.ShouldNotContain("经办账号");
        site.Page("departments/finance/index.html").DocumentElement.OuterHtml.ShouldNotContain("account-a");
    }

    private static RegisteredPerson Account(string name, params DepartmentRole[] roles) => new(Id.Parse<PersonId>($"account-{name}"), [.. roles], null);

    private static Entry Made(int number, DepartmentId department, DateOnly date, Fact fact) =>
        new(EntryId.Of(PostingId.Of(department, "made"), number), date, SampleWorld.RecordedAt, department, Channel.Http, fact);

    /// <summary>A random world whose entries two departments posted at different times and ways.</summary>
    private static ImmutableArray<Entry> Shared(int seed)
    {
        var random = new Random(seed);
        return
        [
            .. RandomWorld.Entries(seed, steps: 300).Select(entry => entry with
            {
                Department = random.Next(3) == 0 ? Transport : Finance,
                Channel = random.Next(4) == 0 ? Channel.Import : Channel.Http,
                RecordedAt = SampleWorld.RecordedAt.AddMinutes(random.Next(1_000_000)),
            }),
        ];
    }

    private static int Number(IElement cell) => int.Parse(cell.TextContent, NumberStyles.Number, CultureInfo.InvariantCulture);
}
