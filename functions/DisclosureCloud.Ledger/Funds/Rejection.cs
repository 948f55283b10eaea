using System.Globalization;

namespace DisclosureCloud.Ledger;

/// <summary>Why the rules refuse a fact: a caller's mistake, named, with the figures that disagree.</summary>
/// <param name="Code">The rejection's name for programs, stable.</param>
/// <param name="Pointer">The member of the posting that it is about.</param>
/// <param name="Detail">For people.</param>
public abstract record Rejection(string Code, string Pointer, string Detail)
{
    public string? Found { get; private init; }

    public string? Wanted { get; private init; }

    /// <summary>The same, of what takes an entry's place: that lies within the correction which was sent.</summary>
    public Rejection Within() => this with { Pointer = $"/{Correction.ReplacementName}{Pointer}" };

    public Finding ToFinding() => new(Pointer, Code, Detail, Found, Wanted);

    /// <summary>There is a fund of that id already.</summary>
    public sealed record FundExists(FundId Fund) : Rejection("fund-exists", "/fund", $"There is a fund '{Fund}' already.");

    /// <summary>There is a notice of that id already; corrections are the way to change what it says.</summary>
    public sealed record NoticeExists(NoticeId Notice)
        : Rejection("notice-exists", "/id", $"The notice '{Notice}' is in the ledger with other content. Corrections are the way to change it.");

    public sealed record NoSuchFund(FundId Fund) : Rejection("no-such-fund", "/fund", $"There is no fund '{Fund}'.");

    /// <summary>A sum would be over 2^53-1 fen.</summary>
    public sealed record TotalTooLarge : Rejection
    {
        public TotalTooLarge(Money total, Money amount, string field = "amount")
            : base("total-too-large", $"/{field}", $"The total of {total} cannot take another {amount}.") =>
            (Found, Wanted) = (Fen(amount), $"at most {Fen(new Money(Money.FenMax - total.Fen, total.Currency))}");
    }

    /// <summary>More than the fund has free (design section 4, rule 1).</summary>
    public sealed record ExceedsFree : Rejection
    {
        public ExceedsFree(Money free, Money wanted, string field = "amount")
            : base("exceeds-free", $"/{field}", $"The fund has {free} free; {wanted} is more.") =>
            (Found, Wanted) = (Fen(wanted), $"at most {Fen(free)}");
    }

    /// <summary>More than the project costs as a whole, where that is stated.</summary>
    public sealed record ExceedsInvestment : Rejection
    {
        public ExceedsInvestment(Money left, Money wanted, string field = "amount")
            : base("exceeds-investment", $"/{field}", $"The project's whole cost leaves {left} to be given; {wanted} is more.") =>
            (Found, Wanted) = (Fen(wanted), $"at most {Fen(left)}");
    }

    /// <summary>More than is left of the allocation that is cited.</summary>
    public sealed record ExceedsAllocated : Rejection
    {
        public ExceedsAllocated(Money left, Money wanted, string field = "amount")
            : base("exceeds-allocated", $"/{field}", $"The allocation has {left} left; {wanted} is more.") =>
            (Found, Wanted) = (Fen(wanted), $"at most {Fen(left)}");
    }

    /// <summary>More stated as paid over, or acknowledged, than is passed down.</summary>
    public sealed record ExceedsPassedDown : Rejection
    {
        public ExceedsPassedDown(Money left, Money stated, string field)
            : base("exceeds-passed-down", $"/{field}", $"Of the pass-down there is {left}; {stated} is more.") =>
            (Found, Wanted) = (Fen(stated), $"at most {Fen(left)}");
    }

    public sealed record ProjectExists(ProjectId Project)
        : Rejection("project-exists", "/project", $"The fund has a project '{Project}' already.");

    /// <summary>An id of the form that a notice gives its projects belongs to the fund of that notice, also before there is one.</summary>
    public sealed record ProjectIdOfOtherFund(ProjectId Project, FundId Fund)
        : Rejection("project-id-of-other-fund", "/project", $"'{Project}' has the form of a project of another fund's notice; this fund is '{Fund}'.");

    public sealed record NoSuchProject(ProjectId Project)
        : Rejection("no-such-project", "/project", $"The fund has no project '{Project}'. Register it first.");

    public sealed record NoSuchAllocation(EntryId Entry)
        : Rejection("no-such-allocation", "/cites", $"The fund has no allocation '{Entry}'. A disbursement cites the allocation it draws on.");

    public sealed record AllocationOfOtherProject : Rejection
    {
        public AllocationOfOtherProject(EntryId entry, ProjectId found, ProjectId wanted)
            : base("allocation-of-other-project", "/project", $"The allocation '{entry}' is for another project.") =>
            (Found, Wanted) = (found.Value, wanted.Value);
    }

    /// <summary>A project is in the project library, or a published notice is its evidence.</summary>
    public sealed record NoPlanItem(ProjectId Project)
        : Rejection("no-plan-item", "/planItem", $"The project '{Project}' cites no item of the project library.");

    /// <summary>A code of a list that was not in force in the fund's budget year.</summary>
    public sealed record CodeNotInForce : Rejection
    {
        public CodeNotInForce(string field, string code, BudgetYear year, CodeYears years)
            : base("code-not-in-force", $"/{field}", $"The code '{code}' was not in force in {year}.") => (Found, Wanted) = (code, years.ToString());
    }

    /// <summary>A whole cost below what the fund gives, or parts that exceed it.</summary>
    public sealed record InvestmentTooSmall : Rejection
    {
        public InvestmentTooSmall(Money investment, Money parts)
            : base("investment-below-amount", "/totalInvestment", $"The whole cost of {investment} is below its parts of {parts}.") =>
            (Found, Wanted) = (Fen(investment), $"at least {Fen(parts)}");
    }

    /// <summary>More totals than one commit can carry.</summary>
    public sealed record TooManyAccounts(int CountMax)
        : Rejection("too-many-accounts", "/fund", $"A fund has at most {CountMax} projects and as many allocations. Open another fund.");

    /// <summary>More than is left of the appropriation that is cited.</summary>
    public sealed record ExceedsAppropriation : Rejection
    {
        public ExceedsAppropriation(Money left, Money wanted)
            : base("exceeds-appropriation", "/amount", $"The appropriation has {left} left; {wanted} is more.") =>
            (Found, Wanted) = (Fen(wanted), $"at most {Fen(left)}");
    }

    /// <summary>More under contract than the allocation comes to.</summary>
    public sealed record ExceedsUncommitted : Rejection
    {
        public ExceedsUncommitted(Money left, Money wanted)
            : base("exceeds-uncommitted", "/amount", $"The allocation has {left} that is not under contract; {wanted} is more.") =>
            (Found, Wanted) = (Fen(wanted), $"at most {Fen(left)}");
    }

    /// <summary>More released than the contract retained.</summary>
    public sealed record ExceedsRetention : Rejection
    {
        public ExceedsRetention(Money left, Money wanted)
            : base("exceeds-retention", "/amount", $"The contract retains {left} still; {wanted} is more.") =>
            (Found, Wanted) = (Fen(wanted), $"at most {Fen(left)}");
    }

    /// <summary>More back or accounted for than is left of the payment.</summary>
    public sealed record ExceedsPayment : Rejection
    {
        public ExceedsPayment(Money left, Money wanted)
            : base("exceeds-payment", "/amount", $"Of the payment {left} is left; {wanted} is more.") =>
            (Found, Wanted) = (Fen(wanted), $"at most {Fen(left)}");
    }

    /// <summary>More failed than was sent, or more returned than failed.</summary>
    public sealed record ExceedsBatch : Rejection
    {
        public ExceedsBatch(Money left, Money wanted, string field)
            : base("exceeds-batch", $"/{field}", $"There is {left}; {wanted} is more.") =>
            (Found, Wanted) = (Fen(wanted), $"at most {Fen(left)}");
    }

    /// <summary>More for managing projects than the rules of the place allow.</summary>
    public sealed record ExceedsManagementFee : Rejection
    {
        public ExceedsManagementFee(Money left, Money wanted)
            : base("exceeds-management-fee", "/amount", $"The cap on management fees leaves {left}; {wanted} is more.") =>
            (Found, Wanted) = (Fen(wanted), $"at most {Fen(left)}");
    }

    /// <summary>More than is outstanding.</summary>
    public sealed record ExceedsOutstanding : Rejection
    {
        public ExceedsOutstanding(Money left, Money wanted, string field)
            : base("exceeds-outstanding", $"/{field}", $"{left} is outstanding; {wanted} is more.") =>
            (Found, Wanted) = (Fen(wanted), $"at most {Fen(left)}");
    }

    /// <summary>More distributed than came in.</summary>
    public sealed record ExceedsIncome : Rejection
    {
        public ExceedsIncome(Money left, Money wanted)
            : base("exceeds-income", "/distributed", $"{left} of the income is left; {wanted} is more.") =>
            (Found, Wanted) = (Fen(wanted), $"at most {Fen(left)}");
    }

    /// <summary>More stated as left at the end of the year than ever came in.</summary>
    public sealed record ExceedsReceived : Rejection
    {
        public ExceedsReceived(Money left, Money wanted)
            : base("exceeds-received", "/carriedOver", $"{left} ever came in; {wanted} is more.") =>
            (Found, Wanted) = (Fen(wanted), $"at most {Fen(left)}");
    }

    /// <summary>More goods than are outstanding.</summary>
    public sealed record ExceedsGoods : Rejection
    {
        public ExceedsGoods(Quantity left, Quantity wanted)
            : base("exceeds-goods", "/quantity", $"{left} are outstanding; {wanted} is more.") => (Found, Wanted) = ($"{wanted}", $"at most {left}");
    }

    public sealed record NoSuchAppropriation(EntryId Entry)
        : Rejection("no-such-appropriation", "/cites", $"The fund has no appropriation '{Entry}'.");

    public sealed record NoSuchPassDown(EntryId Entry)
        : Rejection("no-such-pass-down", "/passDown", $"There is no pass-down '{Entry}'.");

    public sealed record ReceiptOfOwnFund(EntryId Entry)
        : Rejection("receipt-of-own-fund", "/passDown", $"'{Entry}' is a pass-down of this very fund.");

    /// <summary>Money acknowledged by a place that it was not sent to.</summary>
    public sealed record ReceiptOfOtherPlace : Rejection
    {
        public ReceiptOfOtherPlace(RegionCode sent, RegionCode region)
            : base("receipt-of-other-place", "/passDown", "The pass-down went to another place than the fund's.") => (Found, Wanted) = (sent.Value, region.Value);
    }

    public sealed record NoSuchCommitment(EntryId Entry)
        : Rejection("no-such-commitment", "/commitment", $"The fund has no contract '{Entry}'.");

    public sealed record CommitmentOfOtherAllocation : Rejection
    {
        public CommitmentOfOtherAllocation(EntryId contract, EntryId found, EntryId wanted)
            : base("commitment-of-other-allocation", "/commitment", $"The contract '{contract}' draws on another allocation.") => (Found, Wanted) = (found.Value, wanted.Value);
    }

    public sealed record NoSuchPayment(EntryId Entry)
        : Rejection("no-such-payment", "/cites", $"The fund has no payment '{Entry}'.");

    public sealed record PaymentOfOtherProject : Rejection
    {
        public PaymentOfOtherProject(EntryId payment, ProjectId found, ProjectId wanted)
            : base("payment-of-other-project", "/project", $"The payment '{payment}' was for another project.") => (Found, Wanted) = (found.Value, wanted.Value);
    }

    /// <summary>Only money that was transferred to a unit is accounted for afterwards.</summary>
    public sealed record NotATransfer : Rejection
    {
        public NotATransfer(EntryId payment, DisbursementNature? nature)
            : base("not-a-transfer", "/cites", $"The payment '{payment}' was no transfer to a unit: it is spent already.") =>
            (Found, Wanted) = (nature is { } one ? Ledger.Code.Text(one) : "not stated", Ledger.Code.Text(DisbursementNature.TransferToUnit));
    }

    /// <summary>A payee that is one of many individuals has no name here.</summary>
    public sealed record IndividualsNamed(string Field)
        : Rejection("individuals-named", $"/{Field}", "Individuals are paid in aggregate and never named.");

    public sealed record NoSuchLoan(EntryId Entry)
        : Rejection("no-such-loan", "/cites", $"The fund has no loan '{Entry}'.");

    public sealed record NotRevolving(FundId Fund)
        : Rejection("not-revolving", "/fund", $"'{Fund}' is no revolving fund: its money is paid out, not lent.");

    /// <summary>A loan that would be due after the last date that makes sense.</summary>
    public sealed record TermTooLong : Rejection
    {
        public TermTooLong(int found, int left)
            : base("term-too-long", "/term", "A loan is due before the last date that a posting may state.") =>
            (Found, Wanted) = (found.ToString(CultureInfo.InvariantCulture), string.Create(CultureInfo.InvariantCulture, $"at most {left}"));
    }

    /// <summary>A loan is of money or of goods, and comes back as what it was.</summary>
    public sealed record MoneyOrGoods(string Field)
        : Rejection("money-or-goods", $"/{Field}", "A loan is either of money or of goods with their unit, and comes back as what it was.");

    /// <summary>Something that the posting needs, given what else it says.</summary>
    public sealed record NothingStated : Rejection
    {
        public NothingStated(string field, string wanted)
            : base("nothing-stated", $"/{field}", $"With what else it says, the posting must state {wanted}.") => Wanted = wanted;
    }

    /// <summary>No target, no money.</summary>
    public sealed record NoTarget(ProjectId Project)
        : Rejection("no-target", "/project", $"'{Project}' states no target: indicator, unit, baseline, target and due date come before money.");

    /// <summary>A project for what the fund may not pay.</summary>
    public sealed record OutsidePurpose : Rejection
    {
        public OutsidePurpose(string found, IEnumerable<string> wanted)
            : base("outside-purpose", "/project", $"The fund may not pay for '{found}'. An integration plan can widen its purposes.") =>
            (Found, Wanted) = (found, string.Join(", ", wanted));
    }

    public sealed record ProjectClosed(ProjectId Project)
        : Rejection("project-closed", "/project", $"'{Project}' was cancelled or goes on as another: it takes nothing more.");

    /// <summary>What is stated as the old amount is not what the books say: somebody else changed it meanwhile.</summary>
    public sealed record OldAmountDiffers : Rejection
    {
        public OldAmountDiffers(Money wanted, Money found)
            : base("old-amount-differs", "/oldAmount", $"The books say {wanted}, not {found}.") => (Found, Wanted) = (Fen(found), Fen(wanted));
    }

    public sealed record NoReduction : Rejection
    {
        public NoReduction(Money old, Money wanted)
            : base("no-reduction", "/newAmount", $"{wanted} is no less than {old}. More is a further allocation.") => (Found, Wanted) = (Fen(wanted), $"less than {Fen(old)}");
    }

    /// <summary>Less than was paid already.</summary>
    public sealed record BelowDisbursed : Rejection
    {
        public BelowDisbursed(Money paid, Money wanted)
            : base("below-disbursed", "/newAmount", $"{paid} was paid of it already; {wanted} is less.") => (Found, Wanted) = (Fen(wanted), $"at least {Fen(paid)}");
    }

    /// <summary>Less than the receiving side has acknowledged.</summary>
    public sealed record BelowReceived : Rejection
    {
        public BelowReceived(Money received, Money wanted)
            : base("below-received", "/amount", $"{received} of it is acknowledged already; {wanted} is less.") =>
            (Found, Wanted) = (Fen(wanted), $"at least {Fen(received)}");
    }

    /// <summary>Less than is under contract.</summary>
    public sealed record BelowCommitted : Rejection
    {
        public BelowCommitted(Money committed, Money wanted)
            : base("below-committed", "/newAmount", $"{committed} of it is under contract; {wanted} is less. Correct or withdraw the contract first.") =>
            (Found, Wanted) = (Fen(wanted), $"at least {Fen(committed)}");
    }

    /// <summary>A change that goes back to the body that approved.</summary>
    public sealed record TierTooLow : Rejection
    {
        public TierTooLow(Tier found, Tier wanted)
            : base("tier-too-low", "/tier", "A change of this size or sort goes back to the tier that decided.") =>
            (Found, Wanted) = (Ledger.Code.Text(found), Ledger.Code.Text(wanted));
    }

    public sealed record BadSuccessors(string Why) : Rejection("bad-successors", "/successors", Why);

    public sealed record NoSuchSuccessor(int Index, ProjectId Project)
        : Rejection("no-such-successor", string.Create(CultureInfo.InvariantCulture, $"/successors/{Index}"), $"The fund has no project '{Project}'. Register it first.");

    public sealed record SucceededBefore(string Subject)
        : Rejection("succeeded-before", "", $"'{Subject}' goes on as others already.");

    /// <summary>A department speaks of itself alone.</summary>
    public sealed record OfOtherDepartment : Rejection
    {
        public OfOtherDepartment(DepartmentId found, DepartmentId wanted)
            : base("of-other-department", "/departmentId", "A department says its name and what it goes on as itself.") => (Found, Wanted) = (found.Value, wanted.Value);
    }

    public sealed record NamesDoNotMatch : Rejection
    {
        public NamesDoNotMatch(int found, int wanted)
            : base("names-do-not-match", "/successorNames", "There is one name for each successor, in the same order.") =>
            (Found, Wanted) = (found.ToString(CultureInfo.InvariantCulture), wanted.ToString(CultureInfo.InvariantCulture));
    }

    public sealed record PeriodEndsBeforeItBegins : Rejection
    {
        public PeriodEndsBeforeItBegins(DateOnly from, DateOnly to)
            : base("period-ends-before-it-begins", "/to", "The period ends before it begins.") => (Found, Wanted) = (SealedFact.DateText(to), $"{SealedFact.DateText(from)} or later");
    }

    /// <summary>Money that is older than the fund's budget allows: it belongs to another fund, or is an opening balance.</summary>
    public sealed record DateBeforeBudgetYear : Rejection
    {
        public DateBeforeBudgetYear(DateOnly date, BudgetYear year)
            : base("date-before-budget-year", "/date", $"The fund's money is of {year}; it may be notified the year before, no earlier.") =>
            (Found, Wanted) = (SealedFact.DateText(date), $"{year.Value - 1}-01-01 or later");
    }

    public sealed record YearBeforeFund : Rejection
    {
        public YearBeforeFund(BudgetYear found, BudgetYear wanted)
            : base("year-before-fund", "/year", "The fund had no money in that year.") => (Found, Wanted) = ($"{found}", $"{wanted} or later");
    }

    public sealed record YearStatedBefore : Rejection
    {
        public YearStatedBefore(BudgetYear found, BudgetYear last)
            : base("year-stated-before", "/year", $"What was left at the end of {last} is stated already. A correction is the way to change it.") =>
            (Found, Wanted) = ($"{found}", $"after {last}");
    }

    /// <summary>What is left at the end of a year, stated before its last day.</summary>
    public sealed record YearNotOver : Rejection
    {
        public YearNotOver(DateOnly date, BudgetYear year)
            : base("year-not-over", "/date", $"What is left at the end of {year} cannot be stated before its last day.") =>
            (Found, Wanted) = (SealedFact.DateText(date), $"{SealedFact.DateText(year.LastDay)} or later");
    }

    /// <summary>Two successive years unused is surplus, to be reclaimed.</summary>
    public sealed record UnusedTooLong : Rejection
    {
        public UnusedTooLong(Money carried, int years)
            : base("unused-too-long", "/carriedOver", $"What is unused after {years} successive years is surplus and is not carried over.") =>
            (Found, Wanted) = (Fen(carried), Fen(Money.Zero(carried.Currency)));
    }

    public sealed record OpeningExists(FundId Fund)
        : Rejection("opening-exists", "/fund", $"The opening balance of '{Fund}' is stated already.");

    public sealed record NoOpening(FundId Fund)
        : Rejection("no-opening", "/fund", $"State the opening balance of '{Fund}' as a whole first.");

    public sealed record OpeningAfterMovements(FundId Fund)
        : Rejection("opening-after-movements", "/fund", $"Money of '{Fund}' has moved already: what was before comes first.");

    /// <summary>An opening balance is of a fund or of a project of it, never of both.</summary>
    public sealed record OpeningMixed(string Field, string Whose)
        : Rejection("opening-mixed", $"/{Field}", $"Such figures are those of a {Whose}: state the fund and each project apart.");

    public sealed record PlanItemExists(PlanItemId Item)
        : Rejection("plan-item-exists", "/planItem", $"There is an item '{Item}' already.");

    public sealed record NoSuchPlanItem(PlanItemId Item)
        : Rejection("no-such-plan-item", "/planItem", $"The project library has no item '{Item}'.");

    public sealed record PlanItemRemoved(PlanItemId Item)
        : Rejection("plan-item-removed", "/planItem", $"The item '{Item}' was taken out of the project library.");

    /// <summary>An item that the tiers have not approved as far as money needs.</summary>
    public sealed record PlanItemNotApproved : Rejection
    {
        public PlanItemNotApproved(PlanItemId item, IReadOnlyCollection<Tier> done, Tier wanted)
            : base("plan-item-not-approved", "/planItem", $"The item '{item}' is not in the annual plan yet.") =>
            (Found, Wanted) = (done.Count == 0 ? "no tier" : string.Join(", ", done.Select(one => Ledger.Code.Text(one))), Ledger.Code.Text(wanted));
    }

    public sealed record TierNotInRules : Rejection
    {
        public TierNotInRules(Tier found, IReadOnlyCollection<Tier> wanted)
            : base("tier-not-in-rules", "/tier", "The rules of the place know no such tier.") =>
            (Found, Wanted) = (Ledger.Code.Text(found), string.Join(", ", wanted.Select(one => Ledger.Code.Text(one))));
    }

    public sealed record TierActedBefore(Tier Tier)
        : Rejection("tier-acted-before", "/tier", $"The tier '{Ledger.Code.Text(Tier)}' has approved it already.");

    public sealed record TierOutOfOrder : Rejection
    {
        public TierOutOfOrder(Tier found, Tier wanted)
            : base("tier-out-of-order", "/tier", "The tiers speak from below, one after the other.") =>
            (Found, Wanted) = (Ledger.Code.Text(found), Ledger.Code.Text(wanted));
    }

    /// <summary>Nobody acts for two tiers.</summary>
    public sealed record BodyActedForOtherTier : Rejection
    {
        public BodyActedForOtherTier(Tier before, Tier now)
            : base("body-acted-for-other-tier", "/tier", "Your department has spoken for another tier: nobody acts for two.") =>
            (Found, Wanted) = (Ledger.Code.Text(now), Ledger.Code.Text(before));
    }

    public sealed record NoSuchMilestone : Rejection
    {
        public NoSuchMilestone(int found, int count)
            : base("no-such-milestone", "/milestone", "The project has no such milestone.") =>
            (Found, Wanted) = (found.ToString(CultureInfo.InvariantCulture), string.Create(CultureInfo.InvariantCulture, $"at most {count}"));
    }

    public sealed record NoSuchTarget : Rejection
    {
        public NoSuchTarget(int index, int found, int count)
            : base("no-such-target", string.Create(CultureInfo.InvariantCulture, $"/actuals/{index}/target"), "The project has no such target.") =>
            (Found, Wanted) = (found.ToString(CultureInfo.InvariantCulture), string.Create(CultureInfo.InvariantCulture, $"at most {count}"));
    }

    public sealed record NoSuchAsset(AssetId Asset)
        : Rejection("no-such-asset", "/asset", $"The project has no asset '{Asset}'.");

    public sealed record AssetDisposed(AssetId Asset)
        : Rejection("asset-disposed", "/asset", $"The asset '{Asset}' was disposed of.");

    public sealed record DisposalNotStated(AssetId Asset)
        : Rejection("disposal-not-stated", "/disposal", $"Say how the asset '{Asset}' was disposed of.");

    public sealed record NoSuchEntry(EntryId Entry)
        : Rejection("no-such-entry", "/cites", $"There is no entry '{Entry}' where the posting belongs.");

    public sealed record EntryWithdrawn(EntryId Entry)
        : Rejection("entry-withdrawn", "/cites", $"The entry '{Entry}' was withdrawn already.");

    /// <summary>Who spoke puts it right.</summary>
    public sealed record EntryOfOtherDepartment(EntryId Entry)
        : Rejection("entry-of-other-department", "/cites", $"The entry '{Entry}' was posted by another department: it alone can amend it.");

    public sealed record NotAmendable(string Kind)
        : Rejection("not-amendable", "/cites", $"A {Kind} is not amended as a whole; amend the entries of its table.");

    public sealed record ReplacementOfOtherKind : Rejection
    {
        public ReplacementOfOtherKind(string found, string wanted)
            : base("replacement-of-other-kind", "/replacement/kind", "What takes an entry's place is of the same kind. Withdraw the entry and post the other.") =>
            (Found, Wanted) = (found, wanted);
    }

    /// <summary>A correction that says what the entry says already. The past is not amended without a change.</summary>
    public sealed record NothingChanged(EntryId Entry)
        : Rejection("nothing-changed", "/replacement", $"The entry '{Entry}' says exactly this already: there is nothing to correct.");

    /// <summary>The id under which others know it never changes.</summary>
    public sealed record KeyChanged : Rejection
    {
        public KeyChanged(string field, string found, string wanted)
            : base("key-changed", $"/replacement/{field}", "The id under which others know it never changes. Withdraw the entry and post the other.") =>
            (Found, Wanted) = (found, wanted);
    }

    public sealed record BudgetYearFixed : Rejection
    {
        public BudgetYearFixed(BudgetYear found, BudgetYear wanted)
            : base("budget-year-fixed", "/replacement/budgetYear", "A fund keeps its budget year for ever.") => (Found, Wanted) = ($"{found}", $"{wanted}");
    }

    /// <summary>What others depend on is not withdrawn before them.</summary>
    public sealed record HasDependents : Rejection
    {
        public HasDependents(IReadOnlyCollection<EntryId> dependents)
            : base("has-dependents", "/cites", dependents.Count == 1
                ? "1 entry depends on it: amend that one first."
                : string.Create(CultureInfo.InvariantCulture, $"{dependents.Count} entries depend on it: amend them first.")) =>
            Found = string.Join(", ", dependents.Take(References.ListedMax).Select(one => one.Value)) + (dependents.Count > References.ListedMax ? ", …" : "");
    }

    /// <summary>A correction or withdrawal after which a balance would be below zero.</summary>
    public sealed record AmendmentOverdraws : Rejection
    {
        public AmendmentOverdraws(string what, Money missing)
            : this(what, $"{missing}", Fen(missing), "0 fen or more")
        {
        }

        public AmendmentOverdraws(string what, Quantity missing)
            : this(what, $"{missing}", $"{missing}", "0 or more")
        {
        }

        private AmendmentOverdraws(string what, string missing, string found, string wanted)
            : base("amendment-overdraws", "/cites", $"The balance '{what}' would fall {missing} below zero.") => (Found, Wanted) = ($"-{found}", wanted);

        /// <summary>The same, of the field of the replacement at which it lies, where no value of it alone would put it right.</summary>
        public AmendmentOverdraws At(string field) => this with { Pointer = $"/{Correction.ReplacementName}/{field}" };

        /// <summary>The same, of the field of the replacement at which it lies, with the last value of it that fits.</summary>
        /// <param name="stated">An amount, a quantity or a rate.</param>
        /// <param name="isMost">True where more does not fit; false where less does not.</param>
        public AmendmentOverdraws At(string field, object stated, object fits, bool isMost) => At(field) with
        {
            Detail = $"{Detail} {char.ToUpperInvariant(field[0])}{field[1..]} is {Text(stated)}; {(isMost ? "at most" : "at least")} {Text(fits)} fits.",
            Found = Data(stated),
            Wanted = $"{(isMost ? "at most" : "at least")} {Data(fits)}",
        };

        private static string Text(object value) => value is Percent rate ? string.Create(CultureInfo.InvariantCulture, $"{rate.Value}%") : $"{value}";

        private static string Data(object value) => value switch
        {
            Money money => Fen(money),
            Percent rate => rate.Value.ToString(CultureInfo.InvariantCulture),
            _ => $"{value}",
        };
    }

    private static string Fen(Money amount) => string.Create(CultureInfo.InvariantCulture, $"{amount.Fen} fen");
}
