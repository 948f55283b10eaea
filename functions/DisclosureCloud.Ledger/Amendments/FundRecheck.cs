using System.Collections.Immutable;

namespace DisclosureCloud.Ledger;

/// <summary>What takes an entry's place must satisfy what the entry had to, beside the identities of the books that already hold it.</summary>
/// <remarks>
/// Figures that it states of the books before it are held against the entries that stand before it. Balances may be below zero here: the
/// identities are asked next, so that what is wrong with the posting itself is said first.
/// </remarks>
internal static class FundRecheck
{
    public static Rejection? Check(FundAmendment amendment, FundBooks after) => amendment.Replacement is { } fact
        ? FundRules.CheckDate(after, fact, amendment.About) ?? Check(amendment, after, fact, amendment.About)
        : null;

    private static Rejection? Check(FundAmendment amendment, FundBooks after, Fact fact, About about) => fact switch
    {
        Appropriation one => AppropriationRules.CheckReceipt(Without(after, one), one, about),
        PassDown one => AppropriationRules.CheckParts(one),
        IntegrationPlan one => AllocationRules.Check(after, one, about),
        OpeningBalance one => CheckOpening(amendment, one),
        Project one => ProjectRegistrationRules.CheckForm(after, one, about, planned: ((Project)amendment.Old.Fact).PlanItem != one.PlanItem),
        ProjectChange one => ProjectRegistrationRules.CheckChangeAgain(after, one, InvestmentBefore(amendment, one.ProjectId), about),
        Allocation one => AllocationRules.CheckIncrease(after, one, AllocatedBefore(amendment, one.ProjectId), about)
            ?? AllocationRules.CheckPurpose(after, one, about, afterwards: true),
        AllocationReduction one => AllocationRules.CheckTier(after, one.OldAmount, one.NewAmount, one.Tier, about),
        Disbursement one => PaymentRules.CheckContractStated(one) ?? PaymentRules.CheckPayee(one.PayeeType, one.Payee, one.PayeeCode),
        Claim one => PaymentRules.CheckPayee(one.PayeeType, one.Payee, code: null),
        HouseholdTransfer one => PaymentRules.CheckBatch(one),
        Loan one => LoanRules.CheckForm(after, one, about),
        Repayment one => LoanRules.CheckForm(after.Loans[one.Loan], one),
        WriteOff one => LoanRules.CheckForm(after.Loans[one.Loan], one),
        CarryOver one => CheckOrder(amendment, one) ?? YearRules.CheckYear(after, one, about),
        Interest one => YearRules.CheckPeriod(one),
        _ => null,
    };

    // What others acknowledged of the same pass-down stays acknowledged.
    private static FundBooks Without(FundBooks after, Appropriation one) => one.PassDown is { } id
        ? after with { Receipts = after.Receipts.SetItem(id, after.Receipts[id] - one.Amount) }
        : after;

    private static Rejection? CheckOpening(FundAmendment amendment, OpeningBalance opening)
    {
        IEnumerable<Entry> others = amendment.Live.Where(one => one.Id != amendment.Old.Id);
        if (others.Any(one => one.Fact is OpeningBalance other && other.ProjectId == opening.ProjectId))
        {
            return new Rejection.OpeningExists(opening.FundId);
        }

        bool moved = opening.ProjectId is { } project && ((OpeningBalance)amendment.Old.Fact).ProjectId != project
            && others.Any(one => one.Fact is Allocation money && money.ProjectId == project);
        return moved ? new Rejection.OpeningAfterMovements(opening.FundId) : OpeningRules.CheckForm(opening);
    }

    private static Rejection? CheckOrder(FundAmendment amendment, CarryOver stated)
    {
        CarryOver[] before = [.. amendment.Earlier.Select(one => one.Fact).OfType<CarryOver>()];
        CarryOver[] after = [.. amendment.Later.Select(one => one.Fact).OfType<CarryOver>()];
        if (before is [.., var last] && stated.Year.Value <= last.Year.Value)
        {
            return new Rejection.YearStatedBefore(stated.Year, last.Year);
        }

        return after is [var next, ..] && stated.Year.Value >= next.Year.Value ? new Rejection.YearStatedBefore(stated.Year, next.Year) : null;
    }

    private static Money AllocatedBefore(FundAmendment amendment, ProjectId project) => amendment.Earlier.Select(one => one.Fact switch
    {
        Allocation money when money.ProjectId == project => money.Amount,
        OpeningBalance { Allocated: { } money } opening when opening.ProjectId == project => money,
        AllocationReduction less when less.ProjectId == project => less.NewAmount - less.OldAmount,
        _ => default,
    }).Aggregate((sum, one) => sum + one);

    private static Money? InvestmentBefore(FundAmendment amendment, ProjectId project) => amendment.Earlier.Select(one => one.Fact switch
    {
        Project registered when registered.ProjectId == project => registered.TotalInvestment,
        ProjectChange change when change.ProjectId == project => change.TotalInvestment,
        _ => null,
    }).LastOrDefault(stated => stated is not null);
}
