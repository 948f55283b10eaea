using DisclosureCloud.Ledger;

namespace DisclosureCloud.Site;

/// <summary>A fund with everything that the ledger says about it, each list in the order of the ledger.</summary>
internal sealed class FundView(Posted<Fund> fund, FundBooks books)
{
    // Whichever thread computes them computes the same, once everything is there.
    private IReadOnlyDictionary<EntryId, AllocationSources>? _sources;
    private Dictionary<ProjectId, ProjectView>? _projectsById;
    private Dictionary<EntryId, Fact>? _factsById;
    private ILookup<ProjectId?, Posted<Fact>>? _entriesByProject;
    private ILookup<ProjectId, ProjectView>? _predecessors;
    private Stages? _stages;
    private Dictionary<EntryId, long>? _refunded;

    public Posted<Fund> Posted { get; } = fund;

    public Fund Fact => Posted.Fact;

    public string Id => Fact.FundId.Value;

    /// <summary>All that counts of its stream but the fund itself, its projects and its notices.</summary>
    public List<Posted<Fact>> Entries { get; } = [];

    public List<Posted<Appropriation>> Appropriations { get; } = [];

    public List<Posted<PassDown>> PassDowns { get; } = [];

    public List<Posted<Allocation>> Allocations { get; } = [];

    public List<Posted<Disbursement>> Disbursements { get; } = [];

    public List<ProjectView> Projects { get; } = [];

    public List<Posted<Notice>> Notices { get; } = [];

    /// <summary>Passed down, and its receipt not posted.</summary>
    public long AwaitingFen { get; set; }

    public FundBooks Books => books;

    public bool IsRevolving => books.Type == FundType.Revolving;

    /// <summary>Those of one kind.</summary>
    public IReadOnlyList<Posted<TFact>> Of<TFact>()
        where TFact : Fact => [.. Entries.Where(one => one.Fact is TFact).Select(one => new Posted<TFact>(one.Entry, (TFact)one.Fact, one.Index))];

    /// <summary>What it registered as a project.</summary>
    public ProjectView ProjectOf(ProjectId id) => (_projectsById ??= Projects.ToDictionary(project => project.Fact.ProjectId))[id];

    /// <summary>Those of its projects that went on as another, among others perhaps.</summary>
    public IEnumerable<ProjectView> PredecessorsOf(ProjectId id) => (_predecessors ??= Projects
        .SelectMany(project => project.Account.Successors.Select(next => (Next: next, Project: project))).ToLookup(one => one.Next, one => one.Project))[id];

    /// <summary>What an entry of it says; null where it has none of that id.</summary>
    public Fact? FactOf(EntryId id) => (_factsById ??= Entries.ToDictionary(one => one.Entry.Id, one => one.Fact)).GetValueOrDefault(id);

    /// <summary>All of its entries that are about one of its projects, in the order of the ledger.</summary>
    public IEnumerable<Posted<Fact>> EntriesOf(ProjectId project) => (_entriesByProject ??= Entries.ToLookup(one => ProjectView.IdOf(one.Fact)))[project];

    /// <summary>What came back of a payment, in fen.</summary>
    public long RefundedOf(EntryId payment) => (_refunded ??= Of<Refund>().GroupBy(refund => refund.Fact.Disbursement)
        .ToDictionary(back => back.Key, back => back.Sum(refund => refund.Fact.Amount.Fen))).GetValueOrDefault(payment);

    /// <summary>Which sources pay for each allocation.</summary>
    public IReadOnlyDictionary<EntryId, AllocationSources> Sources => _sources ??= SourceShares.Of(Entries.Select(one => one.Entry));

    public IReadOnlyList<LoanView> Loans
    {
        get
        {
            var repayments = Of<Repayment>().ToLookup(back => back.Fact.Loan);
            var losses = Of<WriteOff>().ToLookup(loss => loss.Fact.Loan);
            return [.. Of<Loan>().Select(loan => new LoanView(loan, books.Loans[loan.Entry.Id], [.. repayments[loan.Entry.Id]], [.. losses[loan.Entry.Id]]))];
        }
    }

    public Stages Stages => _stages ??= new()
    {
        Appropriated = books.Appropriated.Fen,
        Interest = books.Interest.Fen,
        Returned = books.Returned.Fen,
        PassedDown = books.PassedDown.Fen,
        Lent = books.Lent.Fen,
        Repaid = books.PrincipalRepaid.Fen + books.Fees.Fen,
        Allocated = books.NetAllocated.Fen,
        Committed = books.Committed.Fen,
        Paid = books.NetDisbursed.Fen,
        Moved = books.Moved.Fen,
        Placed = books.Placed.Fen,
        Reported = books.Projects.Values.Where(project => project.Disbursements > 0).Sum(project => project.NetAllocated.Fen),
        PaymentsStated = books.Projects.Values.Any(project => project.Disbursements > 0),
        Awaiting = AwaitingFen,
    };
}
