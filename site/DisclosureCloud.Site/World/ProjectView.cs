using DisclosureCloud.Ledger;

namespace DisclosureCloud.Site;

/// <summary>A project or programme as one fund registered it, with everything that the ledger says about it, in the order of the ledger.</summary>
/// <remarks>Several funds may register one project. Its page stands under its id and shows each of them; each fen belongs to one.</remarks>
internal sealed class ProjectView(Posted<Project> project, FundView fund)
{
    private readonly List<ChangeView> _changes = [];
    private ProjectAccount? _account; // The books are folded before there is a view.

    public Posted<Project> Posted { get; } = project;

    /// <summary>As it stands now, with every change.</summary>
    public Project Fact { get; private set; } = project.Fact;

    public string Id => Fact.ProjectId.Value;

    /// <summary>The project that a fact is about; null where it is about none.</summary>
    public static ProjectId? IdOf(Fact fact) => fact switch
    {
        IOfProject one => one.ProjectId,
        OpeningBalance one => one.ProjectId,
        Evaluation one => one.ProjectId,
        _ => null,
    };

    public FundView Fund { get; } = fund;

    /// <summary>All that counts and is about it but its registration.</summary>
    public List<Posted<Fact>> Entries { get; } = [];

    public List<Posted<Allocation>> Allocations { get; } = [];

    public List<Posted<Disbursement>> Disbursements { get; } = [];

    public List<Posted<Progress>> Progress { get; } = [];

    public List<Posted<Acceptance>> Acceptances { get; } = [];

    public List<AssetView> Assets { get; } = [];

    public IReadOnlyList<ChangeView> Changes => _changes;

    /// <summary>What it has of this fund.</summary>
    public ProjectAccount Account => _account ??= Fund.Books.Projects[Fact.ProjectId];

    /// <summary>Allocated and not reduced, in fen.</summary>
    public long AllocatedFen => Account.NetAllocated.Fen;

    /// <summary>What was paid and did not come back, in fen; null where nobody has said.</summary>
    public long? PaidFen => Account.Disbursements == 0 ? null : Account.NetDisbursed.Fen;

    /// <summary>Those of one kind.</summary>
    public IReadOnlyList<Posted<TFact>> Of<TFact>()
        where TFact : Fact => [.. Entries.Where(one => one.Fact is TFact).Select(one => new Posted<TFact>(one.Entry, (TFact)one.Fact, one.Index))];

    /// <summary>The projects that went on as this one, among others perhaps.</summary>
    public IEnumerable<ProjectView> Predecessors => Fund.PredecessorsOf(Fact.ProjectId);

    public void Change(Posted<ProjectChange> change)
    {
        ProjectChange to = change.Fact;
        Project before = Fact;
        Fact = before with
        {
            Name = to.Name ?? before.Name,
            Content = to.Content ?? before.Content,
            Place = to.Place ?? before.Place,
            PlaceName = to.PlaceName ?? before.PlaceName,
            ResponsibleUnit = to.ResponsibleUnit ?? before.ResponsibleUnit,
            ImplementingUnit = to.ImplementingUnit ?? before.ImplementingUnit,
            TotalInvestment = to.TotalInvestment ?? before.TotalInvestment,
            Due = to.Due ?? before.Due,
            Targets = to.Targets.IsEmpty ? before.Targets : to.Targets,
            Milestones = to.Milestones.IsEmpty ? before.Milestones : to.Milestones,
        };
        _changes.Add(new ChangeView(change, before, Fact));
    }

    /// <summary>What a target has come to, as the latest report of progress says; null where none does.</summary>
    /// <param name="number">From 1, among the targets as they stand now.</param>
    public (Quantity Value, DateOnly? Date)? ActualOf(int number)
    {
        // Reports that are older than the targets speak of those that stood before.
        DateOnly? since = _changes.LastOrDefault(change => !change.Posted.Fact.Targets.IsEmpty)?.Posted.Entry.Date;
        foreach (Posted<Progress> report in Progress.AsEnumerable().Reverse().Where(report => since is null || report.Entry.Date is null || report.Entry.Date >= since))
        {
            if (report.Fact.Actuals.LastOrDefault(actual => actual.Target == number) is { } actual)
            {
                return (actual.Value, report.Entry.Date);
            }
        }

        return null;
    }

    /// <summary>When a milestone was reached: the first report that says so; null where none does.</summary>
    /// <param name="number">From 1, among the milestones as they stand now.</param>
    public Posted<Progress>? ReachedAt(int number)
    {
        DateOnly? since = _changes.LastOrDefault(change => !change.Posted.Fact.Milestones.IsEmpty)?.Posted.Entry.Date;
        return Progress.FirstOrDefault(report => report.Fact.Milestone == number && (since is null || report.Entry.Date is null || report.Entry.Date >= since));
    }
}

/// <summary>A change of a project: what it was before and after.</summary>
internal sealed record ChangeView(Posted<ProjectChange> Posted, Project Before, Project After);
