namespace DisclosureCloud.Ledger;

/// <summary>The identities of a fund's books, as a whole: what no correction may break.</summary>
/// <remarks>Design section 4, rule 1. Single facts are decided by <see cref="FundRules"/>, whose ladders say the same one fact at a time.</remarks>
public static class FundIdentities
{
    /// <summary>The first identity that is broken, with how much is short; null where all hold.</summary>
    public static Rejection? Check(FundBooks books)
    {
        ArgumentNullException.ThrowIfNull(books);
        return Shortfalls(books).Select(one => new Rejection.AmendmentOverdraws(one.What, one.Short)).FirstOrDefault();
    }

    private static IEnumerable<(string What, Money Short)> Shortfalls(FundBooks books) => Balances(books)
        .Where(one => one.Left.Fen < 0)
        .Select(one => (one.What, new Money(-one.Left.Fen, one.Left.Currency)));

    private static IEnumerable<(string What, Money Left)> Balances(FundBooks books) =>
    [
        ("free", books.Free),
        .. books.Allocations.Select(pair => ($"left of allocation {pair.Key}", pair.Value.Left)),
        .. books.Allocations.Select(pair => ($"allocation {pair.Key} not under contract", pair.Value.Uncommitted)),
        .. books.Allocations.Select(pair => ($"paid of allocation {pair.Key}", pair.Value.Disbursed - pair.Value.Refunded)),
        .. books.Appropriations.Select(pair => ($"left of appropriation {pair.Key}", pair.Value.Left)),
        .. books.Projects.Where(pair => pair.Value.TotalInvestment is not null)
            .Select(pair => ($"cost of project {pair.Key} not given", pair.Value.TotalInvestment!.Value - pair.Value.NetAllocated)),
        .. books.Commitments.Select(pair => ($"retained by contract {pair.Key}", pair.Value.Retention - pair.Value.Released)),
        .. books.Payments.Select(pair => ($"left of payment {pair.Key}", pair.Value.Left)),
        .. books.Loans.Select(pair => ($"outstanding of loan {pair.Key}", pair.Value.Outstanding)),
        .. books.Loans.Select(pair => ($"goods outstanding of loan {pair.Key}, in thousandths", Goods(pair.Value))),
    ];

    // Goods are no money; only whether they fall below zero is asked here.
    private static Money Goods(LoanAccount loan) =>
        new(loan.Quantity.Thousandths - loan.QuantityRepaid.Thousandths - loan.QuantityWrittenOff.Thousandths);
}
