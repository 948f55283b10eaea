namespace DisclosureCloud.Ledger;

/// <summary>The identities of a fund's books, as a whole: what no correction may break.</summary>
/// <remarks>
/// Design section 4, rule 1. Single facts are decided by <see cref="FundRules"/>, whose ladders say the same one fact at a time. After a
/// correction a balance may lie further below zero than an amount can say, so that whole numbers are compared here.
/// </remarks>
public static class FundIdentities
{
    /// <summary>The first identity that is broken, with how much is short; null where all hold.</summary>
    public static Rejection.AmendmentOverdraws? Check(FundBooks books)
    {
        ArgumentNullException.ThrowIfNull(books);
        if (Short(Balances(books)) is [var (what, missing), ..])
        {
            return new Rejection.AmendmentOverdraws(what, new Money(missing, books.Appropriated.Currency));
        }

        return Short(Goods(books)) is [var (goods, many), ..] ? new Rejection.AmendmentOverdraws(goods, Quantity.OfThousandths(many)) : null;
    }

    /// <summary>How much the balance that is furthest below zero is short, in fen; 0 where none is.</summary>
    internal static long MoneyShort(FundBooks books) => Short(Balances(books)).Select(one => one.Missing).DefaultIfEmpty().Max();

    /// <summary>The same of goods, in thousandths of their unit.</summary>
    internal static long GoodsShort(FundBooks books) => Short(Goods(books)).Select(one => one.Missing).DefaultIfEmpty().Max();

    private static (string What, long Missing)[] Short(IEnumerable<(string What, long Left)> balances) =>
        [.. balances.Where(one => one.Left < 0).Select(one => (one.What, Math.Min(-one.Left, Money.FenMax)))];

    // Sums of a few amounts of at most 2^53: none leaves the range of a long.
    private static IEnumerable<(string What, long Left)> Balances(FundBooks books) =>
    [
        ("free", books.Appropriated.Fen + books.Interest.Fen + books.Fees.Fen - books.Returned.Fen - books.PassedDown.Fen
            - (books.Allocated.Fen - books.Reduced.Fen) - (books.Lent.Fen - books.PrincipalRepaid.Fen)),
        .. books.Allocations.SelectMany(pair => Balances(pair.Key, pair.Value)),
        .. books.Appropriations.Select(pair => ($"left of appropriation {pair.Key}", pair.Value.Amount.Fen - pair.Value.Allocated.Fen - pair.Value.Returned.Fen)),
        .. books.Projects.Where(pair => pair.Value.TotalInvestment is not null)
            .Select(pair => ($"cost of project {pair.Key} not given", pair.Value.TotalInvestment!.Value.Fen - pair.Value.Allocated.Fen + pair.Value.Reduced.Fen)),
        .. books.Projects.Select(pair => ($"moved for project {pair.Key}", pair.Value.Moved.Fen)),
        .. books.Commitments.Select(pair => ($"retained by contract {pair.Key}", pair.Value.Retention.Fen - pair.Value.Released.Fen)),
        .. books.Payments.Select(pair => ($"left of payment {pair.Key}", pair.Value.Amount.Fen - pair.Value.Refunded.Fen - pair.Value.Claimed.Fen)),
        .. books.Loans.Select(pair => ($"outstanding of loan {pair.Key}", pair.Value.Amount.Fen - pair.Value.Repaid.Fen - pair.Value.WrittenOff.Fen)),
    ];

    // Goods are no money: they are counted in thousandths of their own unit.
    private static IEnumerable<(string What, long Left)> Goods(FundBooks books) => books.Loans.Select(pair => (
        $"goods outstanding of loan {pair.Key}",
        pair.Value.Quantity.Thousandths - pair.Value.QuantityRepaid.Thousandths - pair.Value.QuantityWrittenOff.Thousandths));

    private static IEnumerable<(string What, long Left)> Balances(EntryId id, AllocationAccount one) =>
    [
        ($"left of allocation {id}", one.Amount.Fen - one.Reduced.Fen - one.Disbursed.Fen + one.Refunded.Fen),
        ($"allocation {id} not under contract", one.Amount.Fen - one.Reduced.Fen - one.Committed.Fen),
        ($"paid of allocation {id}", one.Disbursed.Fen - one.Refunded.Fen),
    ];
}
