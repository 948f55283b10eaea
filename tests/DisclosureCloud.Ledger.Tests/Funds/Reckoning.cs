namespace DisclosureCloud.Ledger.Tests;

/// <summary>What stands: one entry, and when it happened.</summary>
internal sealed record Row(EntryId Id, Fact Fact, DateOnly Date);

/// <summary>A fund's accounts reckoned anew from a plain list of what stands, each figure summed for itself; it shares no code with the rules.</summary>
/// <remarks>
/// It also says whether such a list may stand at all: what is cited is there, each entry agrees with itself, every balance of design section 4
/// is nought or more, and every total can be written. A posting is right exactly if the list with it may stand.
/// </remarks>
/// <param name="rows">What stands, in the order of the ledger, amendments applied.</param>
/// <param name="sent">What other funds passed down.</param>
internal sealed class Reckoning(IReadOnlyList<Row> rows, IReadOnlyDictionary<EntryId, PassDown> sent)
{
    private const long Max = (1L << 53) - 1;

    private IEnumerable<Fact> Facts => rows.Select(row => row.Fact);

    public Int128 Appropriated => Sum<Appropriation>(one => one.Amount) + Sum<OpeningBalance>(one => one.Appropriated);

    public Int128 Interest => Sum<Interest>(one => one.Amount) + Sum<OpeningBalance>(one => one.Interest);

    public Int128 Fees => Sum<Repayment>(one => one.Fee);

    public Int128 Returned => Sum<ReturnToSource>(one => one.Amount) + Sum<OpeningBalance>(one => one.Returned);

    public Int128 PassedDown => Sum<PassDown>(one => one.Amount) + Sum<OpeningBalance>(one => one.PassedDown);

    public Int128 Lent => Sum<Loan>(one => one.Amount);

    public Int128 Repaid => Sum<Repayment>(one => one.Principal);

    public Int128 WrittenOff => Sum<WriteOff>(one => one.Amount);

    public Int128 Free => Appropriated + Interest + Fees - Returned - PassedDown - (Allocated(_ => true) - Reduced(_ => true)) - Lent + Repaid;

    public Int128 Cash => Appropriated + Interest + Fees - Returned - PassedDown - (Disbursed(_ => true) - Refunded(_ => true)) - Lent + Repaid;

    public IEnumerable<EntryId> Shares => Ids(fact => fact is Allocation or OpeningBalance { ProjectId: not null });

    public Int128 Allocated(Func<EntryId, bool> share) => Over<Allocation>(share, one => one.Amount) + Over<OpeningBalance>(share, one => one.Allocated);

    public Int128 Reduced(Func<EntryId, bool> share) =>
        Sum<AllocationReduction>(one => one.OldAmount, one => share(one.Allocation)) - Sum<AllocationReduction>(one => one.NewAmount, one => share(one.Allocation));

    public Int128 Committed(Func<EntryId, bool> share) => Sum<ContractCommitment>(one => one.Amount, one => share(one.Allocation));

    public Int128 Disbursed(Func<EntryId, bool> share) => Sum<Disbursement>(one => one.Amount, one => share(one.Allocation))
        + Sum<HouseholdTransfer>(one => one.Amount, one => share(one.Allocation))
        + Over<OpeningBalance>(share, one => one.Disbursed);

    public Int128 Refunded(Func<EntryId, bool> share) => Sum<HouseholdTransfer>(one => one.Returned, one => share(one.Allocation))
        + Sum<Refund>(one => one.Amount, one => ShareOf(one.Disbursement) is { } of && share(of));

    /// <summary>True for the shares of a project.</summary>
    public Func<EntryId, bool> Of(ProjectId project) => id => At(id) switch
    {
        Allocation one => one.ProjectId == project,
        OpeningBalance one => one.ProjectId == project,
        _ => false,
    };

    /// <summary>Transferred to units and neither come back nor accounted for.</summary>
    public Int128 Moved(ProjectId project) => rows.Where(row => row.Fact is Disbursement { Nature: DisbursementNature.TransferToUnit } paid && paid.ProjectId == project)
        .Aggregate((Int128)0, (sum, row) => sum + LeftOfPayment(row.Id));

    public int Payments(ProjectId project) =>
        Facts.Count(fact => fact is Disbursement or HouseholdTransfer && ((IOfProject)fact).ProjectId == project)
        + Facts.Count(fact => fact is OpeningBalance { Disbursed: not null } opening && opening.ProjectId == project);

    public Int128 LeftOfPayment(EntryId id) => At(id) switch
    {
        Disbursement one => one.Amount.Fen,
        HouseholdTransfer one => one.Amount.Fen - (one.Returned?.Fen ?? 0),
        _ => (Int128)0,
    } - Sum<Refund>(one => one.Amount, one => one.Disbursement == id) - Sum<Claim>(one => one.Amount, one => one.Transfer == id);

    public Int128 LeftOfAppropriation(EntryId id) => ((At(id) as Appropriation)?.Amount.Fen ?? 0)
        - rows.Where(row => row.Fact is Allocation { Appropriation: { } from } && from == id)
            .Aggregate((Int128)0, (sum, row) => sum + Allocated(share => share == row.Id) - Reduced(share => share == row.Id))
        - Sum<ReturnToSource>(one => one.Amount, one => one.Appropriation == id);

    public Int128 Released(EntryId contract) => rows.Where(row => row.Fact is Disbursement { Nature: DisbursementNature.RetentionRelease } paid && paid.Commitment == contract)
        .Aggregate((Int128)0, (sum, row) => sum + ((Disbursement)row.Fact).Amount.Fen - Sum<Refund>(one => one.Amount, one => one.Disbursement == row.Id));

    public Int128 Outstanding(EntryId loan) => ((At(loan) as Loan)?.Amount?.Fen ?? 0)
        - Sum<Repayment>(one => one.Principal, one => one.Loan == loan) - Sum<WriteOff>(one => one.Amount, one => one.Loan == loan);

    public Int128 GoodsOutstanding(EntryId loan) => Goods((At(loan) as Loan)?.Quantity)
        - Facts.OfType<Repayment>().Where(one => one.Loan == loan).Aggregate((Int128)0, (sum, one) => sum + Goods(one.Quantity))
        - Facts.OfType<WriteOff>().Where(one => one.Loan == loan).Aggregate((Int128)0, (sum, one) => sum + Goods(one.Quantity));

    public Int128 Received(EntryId passDown) => Sum<Appropriation>(one => one.Amount, one => one.PassDown == passDown);

    public IEnumerable<EntryId> Ids(Func<Fact, bool> which) => rows.Where(row => which(row.Fact)).Select(row => row.Id);

    /// <summary>True where such a list may stand.</summary>
    public bool MayStand() => Facts.All(IsCited) && Facts.All(AgreesWithItself) && Years() && rows.All(IsInDate) && Balances().All(balance => balance >= 0) && Totals().All(total => total <= Max);

    private IEnumerable<Int128> Balances() =>
    [
        Free,
        .. Shares.Select(id => Allocated(share => share == id) - Reduced(share => share == id) - Disbursed(share => share == id) + Refunded(share => share == id)),
        .. Shares.Select(id => Allocated(share => share == id) - Reduced(share => share == id) - Committed(share => share == id)),
        .. Ids(fact => fact is Appropriation).Select(LeftOfAppropriation),
        .. Ids(fact => fact is Disbursement or HouseholdTransfer).Select(LeftOfPayment),
        .. rows.Where(row => row.Fact is ContractCommitment).Select(row => Retained((ContractCommitment)row.Fact) - Released(row.Id)),
        .. Ids(fact => fact is Loan).Select(Outstanding),
        .. Ids(fact => fact is Loan).Select(GoodsOutstanding),
        .. sent.Select(one => one.Value.Amount.Fen - Received(one.Key)),
        .. Facts.OfType<Project>().Where(one => one.TotalInvestment is not null)
            .Select(one => one.TotalInvestment!.Value.Fen - Allocated(Of(one.ProjectId)) + Reduced(Of(one.ProjectId))),
        .. Facts.OfType<CarryOver>().Select(one => Appropriated + Interest + Fees - one.CarriedOver.Fen - one.Surplus.Fen),
    ];

    private IEnumerable<Int128> Totals() =>
    [
        Appropriated + Interest + Fees, Allocated(_ => true), Reduced(_ => true), Committed(_ => true), Disbursed(_ => true), Refunded(_ => true), Lent, Repaid, WrittenOff,
    ];

    private bool IsCited(Fact fact) => (fact is not IOfProject of || fact is Project || Facts.Any(other => other is Project project && project.ProjectId == of.ProjectId)) && fact switch
    {
        Appropriation { PassDown: { } id } => sent.ContainsKey(id),
        Allocation { Appropriation: { } id } => At(id) is Appropriation,
        ReturnToSource { Appropriation: { } id } => At(id) is Appropriation,
        AllocationReduction one => IsShare(one.Allocation, one.ProjectId),
        ContractCommitment one => IsShare(one.Allocation, one.ProjectId),
        HouseholdTransfer one => IsShare(one.Allocation, one.ProjectId),
        Disbursement one => IsShare(one.Allocation, one.ProjectId)
            && (one.Commitment is not { } contract || (At(contract) is ContractCommitment with && with.Allocation == one.Allocation)),
        Refund one => At(one.Disbursement) is Disbursement or HouseholdTransfer && ((IOfProject)At(one.Disbursement)!).ProjectId == one.ProjectId,
        Claim one => At(one.Transfer) is Disbursement { Nature: DisbursementNature.TransferToUnit } paid && paid.ProjectId == one.ProjectId,
        Repayment one => At(one.Loan) is Loan,
        WriteOff one => At(one.Loan) is Loan,
        OpeningBalance { ProjectId: { } project } => Facts.Any(other => other is OpeningBalance { ProjectId: null })
            && Facts.Any(other => other is Project registered && registered.ProjectId == project),
        Project one => Facts.Count(other => other is Project project && project.ProjectId == one.ProjectId) == 1,
        _ => true,
    };

    private bool AgreesWithItself(Fact fact) => fact switch
    {
        Fund => Facts.Count(other => other is Fund) == 1,
        Disbursement { Nature: DisbursementNature.RetentionRelease } one => one.Commitment is not null,
        AllocationReduction one => one.NewAmount.Fen < one.OldAmount.Fen,
        HouseholdTransfer one => (one.Failed?.Fen ?? 0) <= one.Amount.Fen && (one.Returned?.Fen ?? 0) <= (one.Failed?.Fen ?? 0),
        Loan one => Facts.OfType<Fund>().Single().Type == FundType.Revolving && one.Amount is null == (one.Quantity is not null) && Goods(one.Quantity) > 0 == one.Quantity is not null,
        Repayment one => (one.Principal ?? one.Fee) is not null || one.Quantity is not null
            ? InKind(one.Loan) ? one.Principal is null : one.Quantity is null
            : false,
        WriteOff one => InKind(one.Loan) ? one.Amount is null && one.Quantity is not null : one.Amount is not null && one.Quantity is null,
        OpeningBalance { ProjectId: null } one => one.Appropriated is not null && Facts.Count(other => other is OpeningBalance { ProjectId: null }) == 1,
        OpeningBalance one => one.Allocated is not null && Facts.Count(other => other is OpeningBalance of && of.ProjectId == one.ProjectId) == 1,
        _ => true,
    };

    /// <summary>What each reduction says was there, and what was there of its allocation when it came.</summary>
    public IEnumerable<(EntryId Id, long Said, long Was)> Reductions()
    {
        foreach ((Row row, AllocationReduction one) in rows.Where(row => row.Fact is AllocationReduction).Select(row => (row, (AllocationReduction)row.Fact)))
        {
            long taken = rows.TakeWhile(other => other != row).Select(other => other.Fact).OfType<AllocationReduction>()
                .Where(other => other.Allocation == one.Allocation)
                .Sum(other => other.OldAmount.Fen - other.NewAmount.Fen);
            yield return (row.Id, one.OldAmount.Fen, (long)Allocated(share => share == one.Allocation) - taken);
        }
    }

    /// <summary>True where the reductions may stand so after a change of one entry: it states what is there, and the others find what they found, or an allocation was raised.</summary>
    public bool Follows(Reckoning before, EntryId changed)
    {
        Dictionary<EntryId, long> was = before.Reductions().ToDictionary(one => one.Id, one => one.Was);
        return Reductions().All(one => one.Said == one.Was
            || (one.Id != changed && one.Was == was[one.Id])
            || (one.Said < one.Was && At(changed) is Allocation or OpeningBalance));
    }

    private bool Years()
    {
        int own = Facts.OfType<Fund>().Single().BudgetYear.Value;
        int last = 0;
        foreach ((CarryOver one, DateOnly date) in rows.Where(row => row.Fact is CarryOver).Select(row => ((CarryOver)row.Fact, row.Date)))
        {
            // The thirty-first of December is the first day on which the year can be closed.
            bool open = date.Year < one.Year.Value || (date.Year == one.Year.Value && (date.Month, date.Day) != (12, 31));
            bool early = one.Year.Value < own && !Facts.Any(fact => fact is OpeningBalance { ProjectId: null });
            if (open || early || one.Year.Value <= last || (one.Year.Value > own && one.CarriedOver.Fen > 0))
            {
                return false;
            }

            last = one.Year.Value;
        }

        return true;
    }

    // Money is notified in the year before at the earliest, unless the fund began before the log.
    private bool IsInDate(Row row) => row.Fact is Fund || row.Date.Year >= Facts.OfType<Fund>().Single().BudgetYear.Value - 1
        || Facts.Any(fact => fact is OpeningBalance { ProjectId: null });

    private static Int128 Retained(ContractCommitment one) => (Int128)one.Amount.Fen * (one.RetentionRate?.Value ?? 0) / 100;

    private static long Goods(Quantity? quantity) => quantity?.Thousandths ?? 0;

    private bool InKind(EntryId loan) => At(loan) is Loan { Quantity: not null };

    private bool IsShare(EntryId id, ProjectId project) => Shares.Contains(id) && Of(project)(id);

    private EntryId? ShareOf(EntryId payment) => At(payment) switch
    {
        Disbursement one => one.Allocation,
        HouseholdTransfer one => one.Allocation,
        _ => null,
    };

    private Fact? At(EntryId id) => rows.Where(row => row.Id == id).Select(row => row.Fact).SingleOrDefault();

    private Int128 Over<TFact>(Func<EntryId, bool> which, Func<TFact, Money?> amount)
        where TFact : Fact => rows.Where(row => row.Fact is TFact && which(row.Id)).Aggregate((Int128)0, (sum, row) => sum + (amount((TFact)row.Fact)?.Fen ?? 0));

    private Int128 Sum<TFact>(Func<TFact, Money?> amount, Func<TFact, bool>? which = null)
        where TFact : Fact => Facts.OfType<TFact>().Where(which ?? (_ => true)).Aggregate((Int128)0, (sum, fact) => sum + (amount(fact)?.Fen ?? 0));
}
