using System.Collections.Immutable;
using DisclosureCloud.Ledger;
using DisclosureCloud.Site.Data;

namespace DisclosureCloud.Site;

/// <summary>A snapshot, read once and arranged as the pages need it. It does not change, and any thread may read it.</summary>
internal sealed class World
{
    private readonly Dictionary<string, FundView> _funds = new(StringComparer.Ordinal);
    private readonly Dictionary<(FundId, ProjectId), ProjectView> _projects = [];
    private readonly Dictionary<ProjectId, ProjectView> _firstProjects = [];
    private readonly Dictionary<RegionCode, Region> _regions = [];
    private readonly Dictionary<RegionCode, FormerPlace> _formerPlaces = [];
    private readonly Dictionary<(ProjectId, AssetId), AssetView> _assets = [];
    private readonly Dictionary<PlanItemId, PlanView> _plans = [];
    private readonly IReadOnlyDictionary<FundId, FundBooks> _books;
    private readonly List<Posted<Notice>> _notices = [];
    private readonly ILookup<EntryId, AmendmentView> _amendments;
    private readonly ILookup<NoticeId, Posted<Fact>> _printed;

    private readonly Dictionary<EntryId, string> _listed;
    private readonly ILookup<EntryId, (FundView Fund, Money Amount)> _acknowledged;
    private readonly Receipts _receipts;
    private readonly RegionTree _tree;
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
        RegionTree tree = _tree = RegionTree.Of(History.Live);
        _regions.Add(RegionCode.Country, new Region(tree.Country, parent: null));
        foreach (RegionNode node in tree.All.Where(node => tree.Now(node.Code) == node.Code || node.Children.Any()))
        {
            // What a renamed place was renamed to may be renamed again: nothing counts there any more, and it is a former place itself.
            Region? parent = node.Parent is null || node.Parent.Code == RegionCode.Country ? null : _regions[node.Parent.Code];
            var region = new Region(node, parent);
            parent?.Children.Add(region);
            _regions.Add(node.Code, region);
        }

        Dictionary<EntryId, int> places = snapshot.Entries.Select((entry, index) => (entry.Id, index)).ToDictionary(pair => pair.Id, pair => pair.index);
        Amendments = [.. History.Amendments.OrderByDescending(one => one.By.RecordedAt).ThenByDescending(one => places[one.By.Id]).Select((one, place) => new AmendmentView(one, place))];
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
            .. snapshot.Entries.Select((entry, index) => new Posted<Fact>(entry, entry.Fact, index)).Where(posted => posted.Fact is not Publication)
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
        IsAllCopied = snapshot.Entries.All(entry => entry.Fact is Publication || (entry.Channel == Channel.Import && entry.Fact.NoticeOf() is not null));
        Withdrawn = [.. History.Withdrawn.OrderBy(one => places[one.Id]).Select(one => new WithdrawnThing(one, AmendmentsOf(one.Id).First()))];
        TakeFormerPlaces(snapshot);
    }

    public Snapshot Snapshot { get; }

    /// <summary>What the entries say now, and said before.</summary>
    public History History { get; }

    public DateOnly AsOf => Snapshot.AsOf;

    /// <summary>The latest budget year first, then by id.</summary>
    public ImmutableArray<FundView> Funds { get; }

    /// <summary>In the order of their funds, then of the ledger.</summary>
    public ImmutableArray<ProjectView> Projects { get; }

    /// <summary>The latest first; those without a date last.</summary>
    public ImmutableArray<Posted<Notice>> Notices { get; }

    /// <summary>In the order of their codes, so that a place stands before those below it.</summary>
    public ImmutableArray<Region> Regions { get; }

    /// <summary>The places that have none above them here: the provinces.</summary>
    public ImmutableArray<Region> Roots { get; }

    /// <summary>Those that posted something, by their ids.</summary>
    public ImmutableArray<DepartmentView> Departments { get; }

    /// <summary>The latest year first, within it by how far they have come, then by id.</summary>
    public ImmutableArray<PlanView> Plans { get; }

    /// <summary>By their projects, then by their ids.</summary>
    public ImmutableArray<AssetView> Assets { get; }

    /// <summary>Every correction and withdrawal, the newest first.</summary>
    public ImmutableArray<AmendmentView> Amendments { get; }

    /// <summary>Every entry that was withdrawn, in the order of the ledger.</summary>
    public ImmutableArray<WithdrawnThing> Withdrawn { get; }

    /// <summary>Places for which nothing counts any more, by their codes.</summary>
    public IEnumerable<FormerPlace> FormerPlaces => _formerPlaces.Values.OrderBy(place => place.Code.Value, StringComparer.Ordinal);

    /// <summary>True where at least one notice was copied from a public page.</summary>
    public bool HasCopies { get; }

    /// <summary>True where nothing was posted: all of it came with copied notices.</summary>
    public bool IsAllCopied { get; }

    /// <summary>What places and departments go on as.</summary>
    public Successions Successions { get; }

    /// <summary>How many pass-downs wait for their receipt.</summary>
    public int Awaiting => Regions.Sum(region => region.Received.Count);

    /// <summary>All places together, each fen once.</summary>
    public Stages Stages { get; }

    /// <summary>公示 whose period is running on the as-of date.</summary>
    public IEnumerable<Posted<Notice>> Open => Notices.Where(notice => PeriodOf(notice.Fact) is { } period && period.IsOpenOn(AsOf));

    /// <summary>The place in which what was recorded for a code counts now.</summary>
    public Region RegionOf(RegionCode code) => _regions[_tree.Now(code)];

    /// <summary>Whether an entry is a notice that was copied, rather than posted by its department.</summary>
    public static bool IsCopy(Entry entry) => entry is { Fact: Notice, Channel: Channel.Import };

    public FundView FundOf(FundId id) => _funds[id.Value];

    /// <summary>The project as that fund registered it.</summary>
    public ProjectView ProjectOf(FundId fund, ProjectId id) => _projects[(fund, id)];

    /// <summary>The place in which what was recorded for a code counts now; null where there is none.</summary>
    public Region? FindRegion(RegionCode? code) => code is { } known ? _regions.GetValueOrDefault(_tree.Now(known)) : null;

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

    /// <summary>The place under a code for which nothing counts any more; null where something does, or no entry names it.</summary>
    public FormerPlace? FindFormer(RegionCode code) => _formerPlaces.GetValueOrDefault(code);

    /// <summary>The places that went on as this one, by their own codes; those below them are not among them.</summary>
    public IEnumerable<FormerPlace> FormerOf(Region region) => FormerPlaces.Where(place => place.Now == region && place.Change?.Place == place.Code);

    public bool HasPage(RegionCode place) => _regions.ContainsKey(place) || _formerPlaces.ContainsKey(place);

    /// <summary>What a place is called, whether or not anything counts there now; null where no entry says.</summary>
    public FreeText? NameOf(RegionCode code) => _regions.TryGetValue(code, out Region? region) ? region.Name : _formerPlaces.GetValueOrDefault(code)?.Name;

    /// <summary>The period of a notice, or null where it states none or has none by its form.</summary>
    public static Period? PeriodOf(Notice notice) => notice.PeriodFrom is { } from && notice.Form != NoticeForm.Gonggao
        ? new Period(from, notice.PeriodTo)
        : null; // A 公告 states what was decided: there is nothing left to object to.

    /// <summary>How far the money for a place, and all places below it, has got. Each fen counts once.</summary>
    /// <remarks>
    /// Money passed down whose receipt is posted counts as what the lower fund does with it; without a receipt it counts as passed
    /// down. What was given counts only where the place's books are closed: where its funds pay for its own projects and nothing else.
    /// </remarks>
    public Stages StagesOf(IReadOnlyCollection<Region> places)
    {
        FundView[] funds = [.. places.SelectMany(place => place.Funds)];
        ProjectView[] projects = [.. places.SelectMany(place => place.Projects)];
        Posted<PassDown>[] received = [.. places.SelectMany(place => place.Received)];
        var inside = funds.ToHashSet();
        bool closed = projects.All(project => inside.Contains(project.Fund)) && received.All(sent => inside.Contains(FundOf(sent.Fact.FundId)))
            && funds.Sum(fund => fund.Projects.Count) == projects.Length;
        return new Stages
        {
            Appropriated = closed ? funds.Sum(GivenFromOutside) : 0,
            Interest = closed ? funds.Sum(fund => fund.Stages.Interest) : 0,
            Returned = closed ? funds.Sum(fund => fund.Stages.Returned) : 0,
            Lent = closed ? funds.Sum(fund => fund.Stages.Lent) : 0,
            Repaid = closed ? funds.Sum(fund => fund.Stages.Repaid) : 0,
            PassedDown = received.Sum(AwaitingOf),
            Allocated = projects.Sum(project => project.AllocatedFen),
            Committed = projects.Sum(project => project.Account.Committed.Fen),
            Paid = projects.Sum(project => project.PaidFen ?? 0),
            Moved = projects.Sum(project => project.Account.Moved.Fen),
            Placed = projects.Where(project => project.Fact.Type == ProjectType.RiskDeposit).Sum(project => (project.PaidFen ?? 0) - project.Account.Moved.Fen),
            Reported = projects.Where(project => project.PaidFen is not null).Sum(project => project.AllocatedFen),
            PaymentsStated = projects.Any(project => project.PaidFen is not null),
            Awaiting = received.Sum(AwaitingOf),
        };

        long GivenFromOutside(FundView fund) => fund.Books.Appropriated.Fen - fund.Appropriations.Sum(given =>
            _receipts.Of(given.Entry.Id) is { } receipt && inside.Contains(FundOf(receipt.Sender)) ? receipt.Amount.Fen : 0);
    }

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

    private void Take(Entry entry, int index)
    {
        TakeMoney(entry, index);
        switch (entry.Fact)
        {
            case Fund fact:
                _funds.Add(fact.FundId.Value, new FundView(new(entry, fact, index), _books[fact.FundId]));
                RegionOf(fact.Region).Funds.Add(_funds[fact.FundId.Value]);
                break;
            case Project fact:
                TakeProject(new(entry, fact, index));
                break;
            case ProjectChange fact:
                ProjectOf(fact.FundId, fact.ProjectId).Change(new(entry, fact, index));
                break;
            case PlanItem fact:
                _plans.Add(fact.PlanItemId, new PlanView(new(entry, fact, index), Snapshot.Settings.Rules));
                break;
            case PlanApproval fact:
                FindPlan(fact.PlanItemId)?.Said.Add(new(entry, fact, index));
                break;
            case Progress fact:
                FindProject(fact.FundId, fact.ProjectId)?.Progress.Add(new(entry, fact, index));
                break;
            case Acceptance fact:
                FindProject(fact.FundId, fact.ProjectId)?.Acceptances.Add(new(entry, fact, index));
                break;
            case Asset fact:
                TakeAsset(new(entry, fact, index));
                break;
            case IncomeDistribution fact:
                _assets.GetValueOrDefault((fact.ProjectId, fact.AssetId))?.Incomes.Add(new(entry, fact, index));
                break;
            case CreditReport fact:
                RegionOf(fact.Place).CreditReports.Add(new(entry, fact, index));
                break;
            case Notice fact:
                _notices.Add(new(entry, fact, index));
                FundOf(fact.FundId).Notices.Add(_notices[^1]);
                break;
            default:
                break; // Money is taken above; publications no page shows.
        }
    }

    private void TakeMoney(Entry entry, int index)
    {
        if (entry.Fact is IOfFund and not (Fund or Project or Notice) && FundBooks.IsOfStream(entry.Fact))
        {
            FundOf(((IOfFund)entry.Fact).FundId).Entries.Add(new(entry, entry.Fact, index));
        }

        if ((entry.Fact is IOfProject one and not Project ? one.ProjectId : entry.Fact is Evaluation evaluation ? evaluation.ProjectId : null) is { } project)
        {
            FindProject(((IOfFund)entry.Fact).FundId, project)?.Entries.Add(new(entry, entry.Fact, index));
        }

        switch (entry.Fact)
        {
            case Appropriation fact:
                FundOf(fact.FundId).Appropriations.Add(new(entry, fact, index));
                break;
            case Allocation fact:
                FundOf(fact.FundId).Allocations.Add(new(entry, fact, index));
                ProjectOf(fact.FundId, fact.ProjectId).Allocations.Add(new(entry, fact, index));
                break;
            case PassDown fact:
                TakePassDown(new(entry, fact, index));
                break;
            case Disbursement fact:
                FundOf(fact.FundId).Disbursements.Add(new(entry, fact, index));
                ProjectOf(fact.FundId, fact.ProjectId).Disbursements.Add(new(entry, fact, index));
                break;
            default:
                break;
        }
    }

    // Once its receipt is posted, the money is shown with the fund that got it.
    private void TakePassDown(Posted<PassDown> sent)
    {
        FundView fund = FundOf(sent.Fact.FundId);
        fund.PassDowns.Add(sent);
        if (AwaitingOf(sent) > 0)
        {
            fund.AwaitingFen += AwaitingOf(sent);
            RegionOf(sent.Fact.Place).Received.Add(sent);
        }
    }

    private void TakeProject(Posted<Project> posted)
    {
        var project = new ProjectView(posted, FundOf(posted.Fact.FundId));
        _projects.Add((posted.Fact.FundId, posted.Fact.ProjectId), project);
        _firstProjects.TryAdd(posted.Fact.ProjectId, project);
        project.Fund.Projects.Add(project);
        RegionOf(_tree.PlaceOf(posted.Fact.FundId, posted.Fact.ProjectId) ?? posted.Fact.Place).Projects.Add(project);
    }

    private void TakeAsset(Posted<Asset> posted)
    {
        if (FindProject(posted.Fact.FundId, posted.Fact.ProjectId) is not { } project)
        {
            return;
        }

        (ProjectId, AssetId) key = (posted.Fact.ProjectId, posted.Fact.AssetId);
        if (!_assets.TryGetValue(key, out AssetView? asset))
        {
            asset = new AssetView(project);
            _assets.Add(key, asset);
            project.Assets.Add(asset);
        }

        asset.States.Add(posted);
    }

    // What a notice printed stays as it was printed: its entries as they were first recorded, whatever became of them.
    private ILookup<NoticeId, Posted<Fact>> Printed(Snapshot snapshot, Dictionary<EntryId, int> places) => snapshot.Entries
        .Where(entry => History.Find(entry.Id) is { } history && history.Id == entry.Id)
        .Select(entry => (Notice: NoticeOf(entry.Fact), Posted: new Posted<Fact>(entry, entry.Fact, places[entry.Id])))
        .Where(pair => pair.Notice is not null)
        .ToLookup(pair => pair.Notice!.Value, pair => pair.Posted);

    private static NoticeId? NoticeOf(Fact fact) => fact switch
    {
        Appropriation one => one.Notice,
        Project one => one.Notice,
        Allocation one => one.Notice,
        PassDown one => one.Notice,
        Disbursement one => one.Notice,
        _ => null,
    };

    // Every place that an entry ever named had a page, and so had the places above it. Those pages stay.
    private void TakeFormerPlaces(Snapshot snapshot)
    {
        RegionCode[] gone =
        [
            .. snapshot.Entries.SelectMany(entry => KindSchema.Of(entry.Fact).Fields.Where(field => field.ValueType == typeof(RegionCode)).SelectMany(field => field.Values(entry.Fact)))
                .Cast<RegionCode>().Distinct().SelectMany(WithThoseAbove).Distinct().Where(code => !_regions.ContainsKey(code)),
        ];
        if (gone.Length == 0)
        {
            return;
        }

        PlaceNames names = PlaceNames.Of(History.Live.Concat(snapshot.Entries)); // What counts goes before what was corrected or withdrawn.
        foreach (RegionCode code in gone)
        {
            RegionCode now = _tree.Now(code);
            RegionChange? change = WithThoseAbove(code).Select(Successions.Of).FirstOrDefault(one => one is not null);
            _formerPlaces.Add(code, new FormerPlace(
                code,
                names.Find(code) is { } name ? FreeText.Of(name) : null,
                now == code ? null : _regions.GetValueOrDefault(now),
                change,
                change is null ? null : History.Live.First(entry => ReferenceEquals(entry.Fact, change)).Date));
        }
    }

    private static IEnumerable<RegionCode> WithThoseAbove(RegionCode place)
    {
        for (RegionCode? at = place; at is { } code && code != RegionCode.Country; at = code.Parent)
        {
            yield return code;
        }
    }
}

/// <summary>The days on which objections to a notice are taken, both included.</summary>
/// <param name="To">Null where it is open for ever.</param>
[System.Runtime.InteropServices.StructLayout(System.Runtime.InteropServices.LayoutKind.Auto)]
internal readonly record struct Period(DateOnly From, DateOnly? To)
{
    public bool IsOpenOn(DateOnly day) => From <= day && (To is null || day <= To);

    /// <summary>The days left, today included; null where it is open for ever.</summary>
    public int? DaysLeft(DateOnly day) => To is { } to ? to.DayNumber - day.DayNumber + 1 : null;
}
