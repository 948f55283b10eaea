using DisclosureCloud.Ledger;

namespace DisclosureCloud.Site;

/// <summary>One entry of a fund's money, and what the fund has left to share out and in its account afterwards. In the order of the ledger.</summary>
/// <param name="AmountFen">What the entry states; null where it moves goods alone.</param>
/// <param name="FreeChange">What it adds to what is left to share out.</param>
/// <param name="CashChange">What it adds to the account.</param>
internal sealed record Movement(Posted<Fact> Posted, long? AmountFen, long FreeChange, long CashChange, long Free, long Cash)
{
    public static IReadOnlyList<Movement> Of(FundView fund)
    {
        var moves = new List<Movement>();
        long free = 0;
        long cash = 0;
        foreach (Posted<Fact> posted in fund.Entries)
        {
            if (Effect(posted.Fact) is (var amount, var toFree, var toCash))
            {
                free = checked(free + toFree);
                cash = checked(cash + toCash);
                moves.Add(new Movement(posted, amount, toFree, toCash, free, cash));
            }
        }

        return moves;
    }

    /// <summary>What the entry states, in a sentence or list: money with its unit, goods with theirs.</summary>
    public Fragment Amount(PageContext c) => Fragment.Of(page =>
    {
        if (AmountFen is { } fen)
        {
            page.Write($"{c.Sum(fen)}");
        }

        if (Goods.Of(c.World, Posted.Fact) is { } goods)
        {
            page.Write($" {goods.Say(c)}");
        }
    });

    public string Name(PageContext c) => Posted.Fact switch
    {
        Appropriation => c.Texts.Given,
        PassDown => c.Texts.PassedDown,
        Allocation { OldAmount: not null } => c.Say(MoneyWords.Increase),
        Allocation => c.Texts.Allocated,
        AllocationReduction => c.Say(MoneyWords.Reduction),
        Interest => c.Say(MoneyWords.Interest),
        OpeningBalance => c.Say(MoneyWords.BeforeLog),
        ReturnToSource => c.Say(MoneyWords.Return),
        ContractCommitment => c.Say(MoneyWords.Contract),
        Disbursement { Nature: { } nature } => c.Texts.PaymentOf(nature),
        Disbursement => c.Texts.Paid,
        HouseholdTransfer => c.Say(MoneyWords.HouseholdBatch),
        Claim => c.Say(MoneyWords.Claim),
        Refund => c.Say(MoneyWords.Refund),
        Loan => c.Say(MoneyWords.Lent),
        Repayment => c.Say(MoneyWords.Repayment),
        WriteOff => c.Say(MoneyWords.WriteOff),
        _ => KindSchema.Of(Posted.Fact).Name,
    };

    public Fragment About(PageContext c) => Posted.Fact switch
    {
        Appropriation given => Fragment.Of(page => c.Name(given.SourceName).WriteTo(page)),
        PassDown sent => c.PlaceLink(sent.Place),
        IOfProject one => c.ProjectLink(c.World.ProjectOf(one.FundId, one.ProjectId)),
        OpeningBalance { ProjectId: { } project } before => c.ProjectLink(c.World.ProjectOf(before.FundId, project)),
        OpeningBalance before => Fragment.Of(page => c.Name(before.Books).WriteTo(page)),
        ReturnToSource back => Fragment.Of(page => c.Name(back.Reason).WriteTo(page)),
        Loan loan => Fragment.Of(page => c.Name(loan.Purpose).WriteTo(page)),
        WriteOff loss => Fragment.Of(page => c.Name(loss.Reason).WriteTo(page)),
        _ => Fragment.None,
    };

    // Null for what moves no money and promises none: plans, changes, evaluations, what finance confirmed.
    private static (long? Amount, long Free, long Cash)? Effect(Fact fact) => fact switch
    {
        Appropriation one => In(one.Amount),
        Interest one => In(one.Amount),
        ReturnToSource one => Out(one.Amount),
        PassDown one => Out(one.Amount),
        OpeningBalance { ProjectId: null } one => In((one.Appropriated ?? default) + (one.Interest ?? default) - (one.Returned ?? default) - (one.PassedDown ?? default)),
        OpeningBalance one => (one.Allocated?.Fen ?? 0, -(one.Allocated?.Fen ?? 0), -(one.Disbursed?.Fen ?? 0)),
        Allocation one => (one.Amount.Fen, -one.Amount.Fen, 0),
        AllocationReduction one => ((one.OldAmount - one.NewAmount).Fen, (one.OldAmount - one.NewAmount).Fen, 0),
        ContractCommitment one => (one.Amount.Fen, 0, 0),
        Disbursement one => (one.Amount.Fen, 0, -one.Amount.Fen),
        HouseholdTransfer one => (one.Amount.Fen, 0, -(one.Amount - (one.Returned ?? default)).Fen),
        Claim one => (one.Amount.Fen, 0, 0),
        Refund one => (one.Amount.Fen, 0, one.Amount.Fen),
        Loan { Amount: { } lent } => Out(lent),
        Repayment one when (one.Principal ?? one.Fee) is not null => In((one.Principal ?? default) + (one.Fee ?? default)),
        WriteOff { Amount: { } lost } => (lost.Fen, 0, 0),
        Loan or Repayment or WriteOff => (null, 0, 0), // In kind: counted by number, and in no total of money.
        _ => null,
    };

    private static (long?, long, long) In(Money amount) => (amount.Fen, amount.Fen, amount.Fen);

    private static (long?, long, long) Out(Money amount) => (amount.Fen, -amount.Fen, -amount.Fen);
}
