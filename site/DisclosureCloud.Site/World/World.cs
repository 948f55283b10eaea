using System.Collections.Immutable;
using DisclosureCloud.Ledger;
using DisclosureCloud.Site.Data;
using DisclosureCloud.Site.Suppression;

namespace DisclosureCloud.Site;

/// <summary>A snapshot, read once and arranged as the pages need it. It does not change, and any thread may read it.</summary>
internal sealed partial class World
{
    private readonly Dictionary<string, FundView> _funds = new(StringComparer.Ordinal);
    private readonly Dictionary<(FundId, ProjectId), ProjectView> _projects = [];
    private readonly Dictionary<ProjectId, ProjectView> _firstProjects = [];
    private readonly Dictionary<(ProjectId, AssetId), AssetView> _assets = [];
    private readonly Dictionary<PlanItemId, PlanView> _plans = [];
    private readonly IReadOnlyDictionary<FundId, FundBooks> _books;
    private readonly List<Posted<Notice>> _notices = [];
    private readonly ILookup<EntryId, AmendmentView> _amendments;
    private readonly ILookup<NoticeId, Posted<Fact>> _printed;
    private readonly Dictionary<EntryId, string> _listed;
    private readonly ILookup<EntryId, (FundView Fund, Money Amount)> _acknowledged;
    private readonly Receipts _receipts;
    private readonly Dictionary<DepartmentId, Department> _registered;

    public World(Snapshot snapshot)
    {
        Snapshot = snapshot;
        History = History.Of(snapshot.Entries);
        Successions = Successions.Of(History.Live);
        _registered = History.Live.Where(entry => entry.Fact is Department).OrderBy(entry => entry.Date)
            .GroupBy(entry => ((Department)entry.Fact).DepartmentId).ToDictionary(ofOne => ofOne.Key, ofOne => (Department)ofOne.Last().Fact);
        _books = FundBooks.Fold(History.Live);
        _receipts = Receipts.Of(History.Live);
        _tree = RegionTree.Of(History.Live);
        AddRegions();

        Dictionary<EntryId, int> places = snapshot.Entries.Select((entry, index) => (entry.Id, index)).ToDictionary(pair => pair.Id, pair => pair.index);
        Amendments =
        [
            .. History.Amendments.Concat(History.Redactions).OrderByDescending(one => one.By.RecordedAt).ThenByDescending(one => places[one.By.Id])
                .Select((one, place) => new AmendmentView(one, History.Find(one.Before.Id)?.Id ?? one.Before.Id, place)),
        ];
        _amendments = Amendments.ToLookup(one => one.Of);
        _printed = Printed(snapshot, places);

        // Nothing orders one stream against another: what stands alone is taken before what names it.
        foreach (Func<Fact, bool> isNext in (Func<Fact, bool>[])[fact => fact is Fund, fact => fact is Project or PlanItem, fact => fact is Asset, fact => fact is not (Fund or Project or PlanItem or Asset)])
        {
            foreach (Entry entry in History.Live.Where(entry => isNext(entry.Fact)))
            {
                Take(entry, places[entry.Id]);
            }
        }

        Funds = [.. _funds.Values.OrderByDescending(fund => fund.Fact.BudgetYear.Value).ThenBy(fund => fund.Id, StringComparer.Ordinal)];
        Notices = [.. _notices.OrderByDescending(notice => notice.Fact.Published ?? DateOnly.MinValue)
            .ThenByDescending(notice => notice.Fact.FiscalYear.Value)
            .ThenBy(notice => notice.Fact.NoticeId.Value, StringComparer.Ordinal)];
        Projects = [.. Funds.SelectMany(fund => fund.Projects)];
        _acknowledged = Funds.SelectMany(fund => fund.Appropriations.Select(given => (fund, given, Receipt: _receipts.Of(given.Entry.Id)))).Where(one => one.Receipt is not null)
            .ToLookup(one => one.given.Fact.PassDown!.Value, one => (one.fund, one.Receipt!.Amount));
        if (_regions[RegionCode.Country] is { Funds: [], Projects: [], Received: [] })
        {
            _regions.Remove(RegionCode.Country); // A place of last resort: it has a page only where an entry knows of no province.
        }

        Regions = [.. _regions.Values.OrderBy(region => region.Id, StringComparer.Ordinal)];
        Roots = [.. Regions.Where(region => region.Parent is null)];
        Stages = StagesOf(Regions);
        Departments =
        [
            .. snapshot.Entries.Select((entry, index) => new Posted<Fact>(entry, entry.Fact, index)).Where(posted => posted.Fact is not IOfProgram)
                .GroupBy(posted => posted.Entry.Department).Select(entries => new DepartmentView(entries.Key, [.. entries], snapshot.Settings.Zone, DepartmentOf(entries.Key), Successions.Of(entries.Key)))
                .OrderBy(department => department.Id, StringComparer.Ordinal),
        ];
        _listed = Departments.SelectMany(department => department.Entries.Select((posted, place) => (posted.Entry.Id, Path: department.PathOf(place, posted.Entry.Id))))
            .ToDictionary(pair => pair.Id, pair => pair.Path);
        Plans = [.. _plans.Values.OrderByDescending(plan => plan.Fact.Year.Value).ThenBy(plan => plan.State).ThenBy(plan => plan.Id, StringComparer.Ordinal)];
        Assets = [.. _assets.Values.OrderBy(asset => asset.Project.Id, StringComparer.Ordinal).ThenBy(asset => asset.Id, StringComparer.Ordinal)];
        foreach (ProjectView project in Projects.Where(project => project.Fact.PlanItem is not null))
        {
            FindPlan(project.Fact.PlanItem!.Value)?.Projects.Add(project);
        }

        HasCopies = snapshot.Entries.Any(IsCopy);
        IsAllCopied = snapshot.Entries.All(entry => entry.Fact is IOfProgram || (entry.Channel == Channel.Import && entry.Fact.NoticeOf() is not null));
        Withdrawn = [.. History.Withdrawn.OrderBy(one => places[one.Id]).Select(one => new WithdrawnThing(one, AmendmentsOf(one.Id).First(by => by.IsWithdrawal)))];
        Log = LogPlaces.Of(snapshot, History);
        TakeFormerPlaces(snapshot);
        Headcounts = new HeadcountTotals(History, _tree, snapshot.Shown.Pools);
    }

    public Snapshot Snapshot { get; }

    /// <summary>What the entries say now, and said before.</summary>
    public History History { get; }

    /// <summary>Where the entries stand in the log; null where there is none.</summary>
    public LogPlaces? Log { get; }

    public DateOnly AsOf => Snapshot.AsOf;

    /// <summary>The latest budget year first, then by id.</summary>
    public ImmutableArray<FundView> Funds { get; }

    /// <summary>In the order of their funds, then of the ledger.</summary>
    public ImmutableArray<ProjectView> Projects { get; }

    /// <summary>The latest first; those without a date last.</summary>
    public ImmutableArray<Posted<Notice>> Notices { get; }

    /// <summary>Those that posted something, by their ids.</summary>
    public ImmutableArray<DepartmentView> Departments { get; }

    /// <summary>The latest year first, within it by how far they have come, then by id.</summary>
    public ImmutableArray<PlanView> Plans { get; }

    /// <summary>By their projects, then by their ids.</summary>
    public ImmutableArray<AssetView> Assets { get; }

    /// <summary>Every correction, withdrawal and redaction, the newest first.</summary>
    public ImmutableArray<AmendmentView> Amendments { get; }

    public int Corrections => Amendments.Length - Withdrawals - Redactions;

    public int Withdrawals => Amendments.Count(one => one.IsWithdrawal);

    public int Redactions => Amendments.Count(one => one.Redaction is not null);

    /// <summary>Every entry that was withdrawn, in the order of the ledger.</summary>
    public ImmutableArray<WithdrawnThing> Withdrawn { get; }

    /// <summary>True where at least one notice was copied from a public page.</summary>
    public bool HasCopies { get; }

    /// <summary>True where nothing was posted: all of it came with copied notices.</summary>
    public bool IsAllCopied { get; }

    /// <summary>What places and departments go on as.</summary>
    public Successions Successions { get; }

    /// <summary>How many households and persons benefit, by place and year, as far as that can be told.</summary>
    public HeadcountTotals Headcounts { get; }

    /// <summary>How many pass-downs wait for their receipt.</summary>
    public int Awaiting => Regions.Sum(region => region.Received.Count);

    /// <summary>All places together, each fen once.</summary>
    public Stages Stages { get; }

    /// <summary>公示 whose period is running on the as-of date.</summary>
    public IEnumerable<Posted<Notice>> Open => Notices.Where(notice => PeriodOf(notice.Fact) is { } period && period.IsOpenOn(AsOf));

    public FundView FundOf(FundId id) => _funds[id.Value];

    /// <summary>The project as that fund registered it.</summary>
    public ProjectView ProjectOf(FundId fund, ProjectId id) => _projects[(fund, id)];

    /// <summary>What a department says of itself, as of the latest date; null where it has said nothing.</summary>
    public Department? DepartmentOf(DepartmentId id) => _registered.GetValueOrDefault(id);

    /// <summary>The civil day on which an entry was recorded.</summary>
    public DateOnly RecordedOn(Entry entry) => DepartmentView.RecordedOn(entry, Snapshot.Settings.Zone);

    /// <summary>Where an entry stands in its department's list, below a language's root; null where it is not here.</summary>
    public string? PathOf(EntryId id) => _listed.GetValueOrDefault(id);

    public FundView? FindFund(FundId? id) => id is { } known ? _funds.GetValueOrDefault(known.Value) : null;

    /// <summary>The project as that fund registered it; where it did not, as it was first registered; null where its registration is not there, or not any more.</summary>
    public ProjectView? FindProject(FundId? fund, ProjectId? id) => id is not { } known
        ? null
        : fund is { } of && _projects.TryGetValue((of, known), out ProjectView? own) ? own : _firstProjects.GetValueOrDefault(known);

    public PlanView? FindPlan(PlanItemId id) => _plans.GetValueOrDefault(id);

    /// <summary>What was corrected or withdrawn of an entry, the newest first.</summary>
    public IEnumerable<AmendmentView> AmendmentsOf(EntryId id) => _amendments[id];

    /// <summary>What a notice printed, as it was first recorded, in the order of the ledger.</summary>
    public IEnumerable<Posted<Fact>> PrintedIn(NoticeId notice) => _printed[notice];

    /// <summary>What of a pass-down nobody has acknowledged, in fen.</summary>
    public long AwaitingOf(Posted<PassDown> sent) => sent.Fact.Amount.Fen - _receipts.Received(sent.Entry.Id).Fen;

    /// <summary>What of an appropriation another fund here sent; null where nothing of it is a receipt.</summary>
    public Receipt? ReceiptOf(EntryId appropriation) => _receipts.Of(appropriation);

    /// <summary>Who acknowledged a pass-down, each with as much as counts as its receipt, in the order of the funds.</summary>
    public IEnumerable<(FundView Fund, Money Amount)> AcknowledgedBy(EntryId passDown) => _acknowledged[passDown];

    /// <summary>What the funds were given, without what another fund here passed down to them: each fen once.</summary>
    public IEnumerable<Given> Given => Funds.SelectMany(fund =>
        fund.Appropriations.Select(given => new Given(
                fund, given.Fact.Level, given.Fact.Nature, given.Fact.Amount.Fen - (_receipts.Of(given.Entry.Id)?.Amount.Fen ?? 0)))
            .Concat(fund.Of<OpeningBalance>().Select(before => new Given(fund, null, null, before.Fact.Appropriated?.Fen ?? 0))))
        .Where(given => given.Fen > 0);

    /// <summary>Whether an entry is a notice that was copied, rather than posted by its department.</summary>
    public static bool IsCopy(Entry entry) => entry is { Fact: Notice, Channel: Channel.Import };

    /// <summary>The period of a notice, or null where it states none or has none by its form.</summary>
    public static Period? PeriodOf(Notice notice) => notice.PeriodFrom is { } from && notice.Form != NoticeForm.Gonggao
        ? new Period(from, notice.PeriodTo)
        : null; // A 公告 states what was decided: there is nothing left to object to.
}
