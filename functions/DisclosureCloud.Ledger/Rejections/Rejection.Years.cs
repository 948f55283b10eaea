namespace DisclosureCloud.Ledger;

/// <content>Periods, the turn of the year, and what was before the log.</content>
public abstract partial record Rejection
{
    public sealed record PeriodEndsBeforeItBegins : Rejection
    {
        public PeriodEndsBeforeItBegins(DateOnly from, DateOnly to)
            : base("period-ends-before-it-begins", "/to", "The period ends before it begins.") => (Found, Wanted) = (SealedFact.DateText(to), $"{SealedFact.DateText(from)} or later");
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

    /// <summary>More stated as left at the end of the year than ever came in.</summary>
    public sealed record ExceedsReceived : Rejection
    {
        public ExceedsReceived(Money left, Money wanted)
            : base("exceeds-received", "/carriedOver", $"{left} ever came in; {wanted} is more.") =>
            (Found, Wanted) = (Fen(wanted), $"at most {Fen(left)}");
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
}
