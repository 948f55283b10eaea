namespace DisclosureCloud.Ledger;

/// <summary>Whether all that a fund's entries cite is there, of the right sort and of the right project.</summary>
internal static class FundCitations
{
    /// <summary>The first thing that hangs in the air; null where nothing does.</summary>
    public static Rejection? Check(IReadOnlyCollection<Entry> live)
    {
        Dictionary<EntryId, Fact> facts = live.ToDictionary(entry => entry.Id, entry => entry.Fact);
        HashSet<ProjectId> projects = [.. facts.Values.OfType<Project>().Select(project => project.ProjectId)];
        return CheckOnce(live) ?? live.Select(entry => Check(entry.Fact, facts, projects)).FirstOrDefault(rejection => rejection is not null);
    }

    // What is stated once stays stated once, and what rests on an opening balance keeps it.
    private static Rejection? CheckOnce(IReadOnlyCollection<Entry> live)
    {
        FundId fund = live.Select(entry => entry.Fact).OfType<Fund>().Single().FundId;
        OpeningBalance[] openings = [.. live.Select(entry => entry.Fact).OfType<OpeningBalance>()];
        int whole = openings.Count(opening => opening.ProjectId is null);
        if (whole > 1)
        {
            return new Rejection.OpeningExists(fund);
        }

        if (whole == 0 && openings.Length > 0)
        {
            return new Rejection.NoOpening(fund);
        }

        if (whole == 0 && live.Select(entry => entry.Fact).OfType<Project>().FirstOrDefault(project => project is { PlanItem: null, Notice: null }) is { } unplanned)
        {
            return new Rejection.NoPlanItem(unplanned.ProjectId);
        }

        BudgetYear[] years = [.. live.Select(entry => entry.Fact).OfType<CarryOver>().Select(stated => stated.Year)];
        return years.GroupBy(year => year).FirstOrDefault(same => same.Count() > 1) is { } twice ? new Rejection.YearStatedBefore(twice.Key, twice.Key) : null;
    }

    private static Rejection? Check(Fact fact, Dictionary<EntryId, Fact> facts, HashSet<ProjectId> projects)
    {
        if (fact is IOfProject ofProject && !projects.Contains(ofProject.ProjectId))
        {
            return new Rejection.NoSuchProject(ofProject.ProjectId);
        }

        return fact switch
        {
            Allocation { Appropriation: { } id } when At(id) is not Appropriation => new Rejection.NoSuchAppropriation(id),
            ReturnToSource { Appropriation: { } id } when At(id) is not Appropriation => new Rejection.NoSuchAppropriation(id),
            AllocationReduction one => OfAllocation(one.Allocation, one.ProjectId),
            ContractCommitment one => OfAllocation(one.Allocation, one.ProjectId),
            HouseholdTransfer one => OfAllocation(one.Allocation, one.ProjectId),
            Disbursement one => OfAllocation(one.Allocation, one.ProjectId) ?? OfCommitment(one),
            Refund one when PaymentAccount.Of(At(one.Disbursement)) is null => new Rejection.NoSuchPayment(one.Disbursement),
            Refund one => OfPayment(one.Disbursement, one.ProjectId),
            Claim one when PaymentAccount.Of(At(one.Transfer)) is null => new Rejection.NoSuchPayment(one.Transfer),
            Claim one when PaymentAccount.Of(At(one.Transfer)) is { Nature: not DisbursementNature.TransferToUnit } paid => new Rejection.NotATransfer(one.Transfer, paid.Nature),
            Claim one => OfPayment(one.Transfer, one.ProjectId),
            Repayment one when At(one.Loan) is not Loan => new Rejection.NoSuchLoan(one.Loan),
            WriteOff one when At(one.Loan) is not Loan => new Rejection.NoSuchLoan(one.Loan),
            _ => null,
        };

        Fact? At(EntryId id) => facts.GetValueOrDefault(id);

        Rejection? OfAllocation(EntryId id, ProjectId project) => At(id) switch
        {
            Allocation one => one.ProjectId == project ? null : new Rejection.AllocationOfOtherProject(id, project, one.ProjectId),
            OpeningBalance { ProjectId: { } of } => of == project ? null : new Rejection.AllocationOfOtherProject(id, project, of),
            _ => new Rejection.NoSuchAllocation(id),
        };

        Rejection? OfCommitment(Disbursement paid) => paid.Commitment is not { } id
            ? null
            : At(id) is not ContractCommitment contract
                ? new Rejection.NoSuchCommitment(id)
                : contract.Allocation == paid.Allocation ? null : new Rejection.CommitmentOfOtherAllocation(id, paid.Allocation, contract.Allocation);

        Rejection? OfPayment(EntryId id, ProjectId project)
        {
            PaymentAccount paid = PaymentAccount.Of(At(id))!;
            return paid.Project == project ? null : new Rejection.PaymentOfOtherProject(id, project, paid.Project);
        }
    }
}
