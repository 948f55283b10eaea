namespace DisclosureCloud.Ledger;

/// <summary>The identities of a fund's books, as a whole: what no correction may break.</summary>
/// <remarks>
/// Design section 4, rule 1. Single facts are decided by <see cref="FundRules"/>, whose ladders say the same one fact at a time. After a
/// correction a balance may lie further below zero than an amount can say, so that whole numbers are compared here.
/// </remarks>
public static class FundIdentities
{
    /// <summary>The first identity that is broken, with how much is short; null where all hold.</summary>
    public static Rejection? Check(FundBooks books)
    {
        ArgumentNullException.ThrowIfNull(books);
        return Short(Balances(books), (what, missing) => new Rejection.AmendmentOverdraws(what, new Money(missing, books.Appropriated.Currency)))
            ?? Short(Goods(books), (what, missing) => new Rejection.AmendmentOverdraws(what, Quantity.OfThousandths(missing)));
    }

    private static Rejection? Short(IEnumerable<(string What, long Left)> balances, Func<string, long, Rejection> rejection) => balances
        .Where(one => one.Left < 0)
        .Select(one => rejection(one.What, Math.Min(-one.Left, Money.FenMax)))
        .FirstOrDefault();

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
