namespace DisclosureCloud.Ledger;

/// <summary>The rules of a fund's money, one ladder a kind: the checks stand in the order in which a reader would make them.</summary>
/// <remarks>Pure: the books and one fact in; the new books, or one named rejection, out. Design section 4.</remarks>
public static class FundRules
{
    /// <param name="books">The fund's books; null where it has none yet.</param>
    /// <param name="fact">What is to be recorded.</param>
    /// <param name="about">Its id, date and sender, and what it cites elsewhere.</param>
    /// <returns>The books after it, or the rejection; never both.</returns>
    public static Decision Decide(FundBooks? books, Fact fact, About about)
    {
        ArgumentNullException.ThrowIfNull(about);
        if (fact is Fund fund)
        {
            return books is null ? FundBooks.Open(fund) : new Rejection.FundExists(fund.FundId);
        }

        if (books is null or { IsWithdrawn: true })
        {
            return new Rejection.NoSuchFund(((IOfFund)fact).FundId);
        }

        Rejection? rejection = CheckDate(books, fact, about) ?? Check(books, fact, about);
        return rejection is null ? (FundBooks)books.With(fact, about) : rejection;
    }

    private static Rejection? Check(FundBooks books, Fact fact, About about) => fact switch
    {
        Appropriation one => AppropriationRules.Check(books, one, about),
        Interest one => Fits(books.Received, one.Amount) ?? YearRules.CheckPeriod(one),
        IntegrationPlan one => AllocationRules.Check(books, one, about),
        OpeningBalance one => OpeningRules.Check(books, one),
        ReturnToSource one => AppropriationRules.Check(books, one),
        PassDown one => AppropriationRules.Check(books, one),
        CarryOver one => YearRules.Check(books, one, about),
        Project one => ProjectRegistrationRules.Check(books, one, about),
        ProjectChange one => ProjectRegistrationRules.CheckChange(books, one, about),
        Allocation one => AllocationRules.Check(books, one, about),
        AllocationReduction one => AllocationRules.Check(books, one, about),
        ContractCommitment one => PaymentRules.Check(books, one),
        Disbursement one => PaymentRules.Check(books, one),
        HouseholdTransfer one => PaymentRules.Check(books, one),
        Claim one => PaymentRules.Check(books, one, about),
        Refund one => PaymentRules.Check(books, one, about),
        Loan one => LoanRules.Check(books, one, about),
        Repayment one => LoanRules.Check(books, one),
        WriteOff one => LoanRules.Check(books, one),
        Evaluation or Notice => null,
        _ => throw new InvalidOperationException($"A {KindSchema.Of(fact).Name} is no fact of a fund's stream."),
    };

    /// <summary>Room for another account.</summary>
    internal static Rejection? Room(FundBooks books) =>
        books.AccountCount >= FundBooks.AccountsMax ? new Rejection.TooManyAccounts(FundBooks.AccountsMax) : null;

    /// <summary>Room in a total that only grows: also what is lent and repaid again and again stays a number that can be written.</summary>
    internal static Rejection? Fits(Money total, Money amount, string field = "amount") =>
        total.TryAdd(amount, out _) ? null : new Rejection.TotalTooLarge(total, amount, field);

    // Money may be notified in advance, in the year before; what is older belongs to another budget year, or is an opening balance.
    internal static Rejection? CheckDate(FundBooks books, Fact fact, About about) =>
        about.Date is { } date && KindSchema.Of(fact).HasMoney && fact is not OpeningBalance && !books.HasOpening && date.Year < books.Year.Value - 1
            ? new Rejection.DateBeforeBudgetYear(date, books.Year)
            : null;
}

/// <summary>What the rules say: the books after the fact, or why not.</summary>
public sealed record Decision
{
    private Decision(FundBooks? books, Rejection? rejection) => (Books, Rejection) = (books, rejection);

    public FundBooks? Books { get; }

    public Rejection? Rejection { get; }

    public static Decision FromFundBooks(FundBooks books) => new(books, null);

    public static Decision FromRejection(Rejection rejection) => new(null, rejection);

    public static implicit operator Decision(FundBooks books) => FromFundBooks(books);

    public static implicit operator Decision(Rejection rejection) => FromRejection(rejection);
}
