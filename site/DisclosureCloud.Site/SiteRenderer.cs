using DisclosureCloud.Ledger;

namespace DisclosureCloud.Site;

/// <summary>Makes the site from a snapshot: every page in Chinese and in English, and the site's own files.</summary>
/// <remarks>
/// The same snapshot gives the same files with the same bytes, whatever the machine, its culture, its time zone or the order in which
/// the files are rendered: nothing here asks for the time, and numbers and dates are written in one way alone.
/// </remarks>
public static class SiteRenderer
{
    /// <summary>All files of the site but its data, in the order of their stages, then of their paths.</summary>
    public static IReadOnlyList<SiteFile> Plan(Snapshot snapshot)
    {
        ArgumentNullException.ThrowIfNull(snapshot);
        var world = new World(snapshot);
        List<SiteFile> files = [.. Assets.All.Files.Select(file => new SiteFile(file.Key, SiteStage.Asset, () => file.Value))];
        foreach (Language language in Language.All)
        {
            var context = new PageContext(world, language, Assets.All);
            files.AddRange(Pages(world).Select(page => new SiteFile(
                FilePath(language, page.Path), page.Stage, () => PageWriter.Render(writer => page.Write(writer, context)))));
        }

        return [.. files.OrderBy(file => file.Stage).ThenBy(file => file.Path, StringComparer.Ordinal)];
    }

    /// <summary>Every page by its address below a language's root.</summary>
    private static IEnumerable<PagePlan> Pages(World world) =>
    [
        .. world.Funds.Select(fund => new FundTables(world, fund)).SelectMany(tables => WithFurther(tables.Thing, (page, c) => FundPage.Write(page, c, tables), tables.All)),
        .. world.Projects.GroupBy(project => project.Id, StringComparer.Ordinal).Select(ofOne => new ProjectTables(world, [.. ofOne]))
            .SelectMany(tables => WithFurther(tables.Thing, (page, c) => ProjectPage.Write(page, c, tables), tables.All)),
        .. WithdrawnPages(world),
        .. world.Plans.Select(plan => new PagePlan($"plans/{plan.Id}/", SiteStage.Detail, (page, c) => PlanPage.Write(page, c, plan))),
        .. world.FormerPlaces.Select(place => new PagePlan($"regions/{place.Code.Value}/", SiteStage.Detail, (page, c) => FormerPlacePage.Write(page, c, place))),
        .. world.Regions.Select(region => new RegionTables(region)).SelectMany(tables => WithFurther(tables.Thing, (page, c) => RegionPage.Write(page, c, tables), tables.All)),
        .. world.Notices.Select(notice => (Notice: notice, Rows: NoticeTable.Of(world, notice.Fact)))
            .SelectMany(one => WithFurther(one.Rows.Thing, (page, c) => NoticePage.Write(page, c, one.Notice, one.Rows), [one.Rows])),
        .. world.Departments.SelectMany(department => ListPage.Of(DepartmentPage.PathOf(department.Id), department.Entries).Select(list =>
            new PagePlan(list.Path, SiteStage.Detail, (page, c) => DepartmentPage.Write(page, c, department, list)))),
        .. Lists("funds/", world.Funds, FundIndex.Write),
        .. Lists("projects/", world.Projects, ProjectIndex.Write),
        .. Lists("notices/", world.Notices, NoticeIndex.Write),
        .. Lists("departments/", world.Departments, DepartmentIndex.Write),
        .. Lists(PlanIndex.Folder, world.Plans, PlanIndex.Write),
        .. Lists(AmendmentView.Folder, world.Amendments, CorrectionIndex.Write, AmendmentView.ItemsMax),
        .. Lists(AssetIndex.Folder, world.Assets, AssetIndex.Write, AssetIndex.ItemsMax),
        .. Lists(AdjustmentIndex.Folder, [.. world.Funds.SelectMany(Adjustment.Of)], AdjustmentIndex.Write, AdjustmentIndex.ItemsMax),
        new("regions/", SiteStage.Index, RegionIndex.Write),
        new("data/", SiteStage.Index, DataPage.Write),
        new(DictionaryIndex.Path, SiteStage.Index, DictionaryIndex.Write),
        .. KindSchema.All.Select(kind => new PagePlan(DictionaryPage.PathOf(kind), SiteStage.Index, (page, c) => DictionaryPage.Write(page, c, kind))),
        new("glossary/", SiteStage.Index, GlossaryPage.Write),
        new("about/", SiteStage.Index, AboutPage.Write),
        new("status/", SiteStage.Index, StatusPage.Write),
        new(VerifyPage.Path, SiteStage.Index, VerifyPage.Write),
        new("404.html", SiteStage.Index, NotFoundPage.Write),
        new("", SiteStage.Home, HomePage.Write),
    ];

    // An identifier that was public never vanishes: what was withdrawn keeps its address, unless it was recorded again.
    private static IEnumerable<PagePlan> WithdrawnPages(World world)
    {
        HashSet<string> projects = [.. world.Projects.Select(project => project.Id)];
        return world.Withdrawn.Select(thing => (Thing: thing, Address: Address(thing.Fact))).Where(pair => pair.Address is not null && !(pair.Address.Value.Folder == "projects" && projects.Contains(pair.Address.Value.Id)))
            .GroupBy(pair => pair.Address!.Value, pair => pair.Thing)
            .Select(ofOne => new PagePlan($"{ofOne.Key.Folder}/{ofOne.Key.Id}/", SiteStage.Detail, (page, c) => WithdrawnPage.Write(page, c, ofOne.Key.Folder, ofOne.Key.Id, [.. ofOne])));

        static (string Folder, string Id)? Address(Fact fact) => fact switch
        {
            Fund fund => ("funds", fund.FundId.Value),
            Project project => ("projects", project.ProjectId.Value),
            PlanItem item => ("plans", item.PlanItemId.Value),
            _ => null,
        };
    }

    /// <summary>The page of a thing, and those with what its tables have besides.</summary>
    private static IEnumerable<PagePlan> WithFurther(Thing thing, Action<PageWriter, PageContext> write, IEnumerable<LongTable> tables) =>
    [
        new(thing.Path, SiteStage.Detail, write),
        .. tables.SelectMany(table => table.Further).Select(further => new PagePlan(further.Path, SiteStage.Detail, further.Write)),
    ];

    private static IEnumerable<PagePlan> Lists<T>(
        string folder, IReadOnlyList<T> items, Action<PageWriter, PageContext, ListPage<T>> write, int max = ListPage.ItemsMax) =>
        ListPage.Of(folder, items, max).Select(list => new PagePlan(list.Path, SiteStage.Index, (page, c) => write(page, c, list)));

    private static string FilePath(Language language, string path)
    {
        string address = language.Link(path)[1..];
        return address.Length == 0 || address.EndsWith('/') ? address + "index.html" : address;
    }

    private sealed record PagePlan(string Path, SiteStage Stage, Action<PageWriter, PageContext> Write);
}
