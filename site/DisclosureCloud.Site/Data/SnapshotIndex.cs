using System.Collections.Frozen;
using DisclosureCloud.Ledger;

namespace DisclosureCloud.Site.Data;

/// <summary>Finds what an entry names: its fund and its books, its project, the places. Made once a snapshot, read by any thread.</summary>
internal sealed class SnapshotIndex
{
    private readonly FrozenDictionary<FundId, Fund> _funds;
    private readonly FrozenDictionary<(FundId, ProjectId), Project> _projects;
    private readonly FrozenDictionary<ProjectId, Project> _firstProjects;
    private readonly FrozenDictionary<PlanItemId, PlanItem> _planItems;
    private readonly IReadOnlyDictionary<FundId, FundBooks> _books;
    private readonly Dictionary<EntryId, EntryStanding> _standings;

    public SnapshotIndex(IReadOnlyCollection<Entry> entries)
    {
        History = History.Of(entries);
        _standings = EntryStanding.Of(History);
        var funds = new Dictionary<FundId, Fund>();
        var projects = new Dictionary<(FundId, ProjectId), Project>();
        var first = new Dictionary<ProjectId, Project>();
        var items = new Dictionary<PlanItemId, PlanItem>();
        foreach (Fact fact in History.Live.Select(entry => entry.Fact))
        {
            switch (fact)
            {
                case Fund fund:
                    funds.TryAdd(fund.FundId, fund);
                    break;
                case Project project:
                    projects.TryAdd((project.FundId, project.ProjectId), project);
                    first.TryAdd(project.ProjectId, project);
                    break;
                case PlanItem item:
                    items.TryAdd(item.PlanItemId, item);
                    break;
            }
        }

        _funds = funds.ToFrozenDictionary();
        _projects = projects.ToFrozenDictionary();
        _firstProjects = first.ToFrozenDictionary();
        _planItems = items.ToFrozenDictionary();
        _books = FundBooks.Fold(History.Live);
        Regions = RegionTree.Of(History.Live);
        Receipts = Receipts.Of(History.Live);
    }

    /// <summary>What the entries say now, and said before.</summary>
    public History History { get; }

    /// <summary>What became of an entry as it was recorded.</summary>
    public EntryStanding Standing(EntryId entry) => _standings.GetValueOrDefault(entry, EntryStanding.Current);

    public RegionTree Regions { get; }

    /// <summary>Which appropriations are the receipts of which pass-downs, and as far as what amount.</summary>
    public Receipts Receipts { get; }

    public Fund? Fund(FundId? fund) => fund is { } id ? _funds.GetValueOrDefault(id) : null;

    /// <summary>The project as this fund registered it: two funds may pay for one project and name it differently.</summary>
    public Project? Project(FundId? fund, ProjectId? project) => (fund, project) switch
    {
        ({ } fundId, { } projectId) => _projects.GetValueOrDefault((fundId, projectId)),
        (null, { } projectId) => Project(projectId),
        _ => null,
    };

    /// <summary>The project as it was first registered, for what is said of it without naming a fund.</summary>
    public Project? Project(ProjectId project) => _firstProjects.GetValueOrDefault(project);

    public PlanItem? PlanItem(PlanItemId? item) => item is { } id ? _planItems.GetValueOrDefault(id) : null;

    /// <summary>The books of a fund; empty ones where it was withdrawn.</summary>
    public FundBooks Books(FundId fund) => _books.GetValueOrDefault(fund) ?? new FundBooks { Fund = fund };

    /// <summary>What a project has of this fund.</summary>
    public ProjectAccount Account(FundId fund, ProjectId project) => Books(fund).Projects.GetValueOrDefault(project) ?? new ProjectAccount();

    /// <summary>Where a fact counts now: the place that it names itself, else its project's, else its fund's region, each as what it goes on.</summary>
    public RegionCode? Now(Fact fact, Project? project, Fund? fund)
    {
        RegionCode? ofProject = fact is IOfProject one
            ? Regions.PlaceOf(one.FundId, one.ProjectId)
            : project is null ? null : Regions.PlaceOf(project.FundId, project.ProjectId);
        RegionCode? place = (fact is IOfProject ? ofProject : null) ?? fact.PlaceOf() ?? ofProject ?? project?.Place ?? fund?.Region;
        return place is { } code ? Regions.Now(code) : null;
    }

    public string? RegionName(RegionCode region) => Regions.Find(region)?.Name;
}
