namespace DisclosureCloud.Ledger;

/// <summary>Whether all that a fund's entries cite is there, of the right sort and of the right project.</summary>
internal sealed class FundCitations
{
    private readonly Dictionary<EntryId, Fact> _facts;
    private readonly HashSet<ProjectId> _projects;
    private readonly bool _hasOpening;

    private FundCitations(IReadOnlyCollection<Entry> live)
    {
        _facts = live.ToDictionary(entry => entry.Id, entry => entry.Fact);
        _projects = [.. _facts.Values.OfType<Project>().Select(project => project.ProjectId)];
        _hasOpening = _facts.Values.Any(fact => fact is OpeningBalance { ProjectId: null });
    }

    /// <summary>What hangs in the air, and why, in the order of the ledger.</summary>
    public static IReadOnlyList<(EntryId Entry, Rejection Rejection)> Check(IReadOnlyCollection<Entry> live)
    {
        var citations = new FundCitations(live);
        return [.. live.Select(entry => (entry.Id, Rejection: citations.Check(entry.Fact)!)).Where(one => one.Rejection is not null)];
    }

    private Rejection? Check(Fact fact)
    {
        if (fact is IOfProject ofProject && fact is not Project && !_projects.Contains(ofProject.ProjectId))
        {
            return new Rejection.NoSuchProject(ofProject.ProjectId);
        }

        return fact switch
        {
            Project { PlanItem: null, Notice: null } one when !_hasOpening => new Rejection.NoPlanItem(one.ProjectId),
            OpeningBalance { ProjectId: not null } one when !_hasOpening => new Rejection.NoOpening(one.FundId),
            OpeningBalance { ProjectId: { } project } when !_projects.Contains(project) => new Rejection.NoSuchProject(project),
            Allocation { Appropriation: { } id } when At(id) is not Appropriation => new Rejection.NoSuchAppropriation(id),
            ReturnToSource { Appropriation: { } id } when At(id) is not Appropriation => new Rejection.NoSuchAppropriation(id),
            AllocationReduction one => OfAllocation(one.Allocation, one.ProjectId),
            ContractCommitment one => OfAllocation(one.Allocation, one.ProjectId),
            HouseholdTransfer one => OfAllocation(one.Allocation, one.ProjectId),
            Disbursement one => OfAllocation(one.Allocation, one.ProjectId) ?? OfCommitment(one),
            Refund one => OfPayment(one.Disbursement, one.ProjectId),
            Claim one => OfPayment(one.Transfer, one.ProjectId) ?? OfTransfer(one.Transfer),
            Repayment one when At(one.Loan) is not Loan => new Rejection.NoSuchLoan(one.Loan),
            WriteOff one when At(one.Loan) is not Loan => new Rejection.NoSuchLoan(one.Loan),
            _ => null,
        };
    }

    private Fact? At(EntryId id) => _facts.GetValueOrDefault(id);

    private Rejection? OfAllocation(EntryId id, ProjectId project) => At(id) switch
    {
        Allocation one => one.ProjectId == project ? null : new Rejection.AllocationOfOtherProject(id, project, one.ProjectId),
        OpeningBalance { ProjectId: { } of } => of == project ? null : new Rejection.AllocationOfOtherProject(id, project, of),
        _ => new Rejection.NoSuchAllocation(id),
    };

    private Rejection? OfCommitment(Disbursement paid)
    {
        if (paid.Commitment is not { } id)
        {
            return paid.Nature == DisbursementNature.RetentionRelease ? new Rejection.NothingStated("commitment", "commitment") : null;
        }

        return At(id) switch
        {
            ContractCommitment contract => contract.Allocation == paid.Allocation ? null : new Rejection.CommitmentOfOtherAllocation(id, paid.Allocation, contract.Allocation),
            _ => new Rejection.NoSuchCommitment(id),
        };
    }

    private Rejection? OfPayment(EntryId id, ProjectId project) => PaymentAccount.Of(At(id)) switch
    {
        null => new Rejection.NoSuchPayment(id),
        { } paid => paid.Project == project ? null : new Rejection.PaymentOfOtherProject(id, project, paid.Project),
    };

    private Rejection? OfTransfer(EntryId id) => PaymentAccount.Of(At(id)) is { Nature: not DisbursementNature.TransferToUnit } paid
        ? new Rejection.NotATransfer(id, paid.Nature)
        : null;
}
