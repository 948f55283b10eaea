namespace DisclosureCloud.Ledger;

/// <summary>The turn of the year: what finance confirms. Design section 4, rule 8.</summary>
internal static class YearRules
{
    /// <summary>Money that is unused at the end of so many successive years is surplus (Budget Law, article 42).</summary>
    public const int UnusedYearsMax = 2;

    public static Rejection? Check(FundBooks books, CarryOver stated, About about)
    {
        if (books.YearEnds is [.., var last] && stated.Year.Value <= last.Year.Value)
        {
            return new Rejection.YearStatedBefore(stated.Year, last.Year);
        }

        return CheckYear(books, stated, about);
    }

    public static Rejection? CheckYear(FundBooks books, CarryOver stated, About about)
    {
        if (CheckFirst(books, stated) is { } early)
        {
            return early;
        }

        // Carry-over and surplus are the state at the end of the year (rule 8): before its last day nobody can confirm them.
        if (about.Date is { } date && date < stated.Year.LastDay)
        {
            return new Rejection.YearNotOver(date, stated.Year);
        }

        // The fund's own year is the first; what is still there at the end of the second is surplus.
        if (stated.Year.Value - books.Year.Value + 1 >= UnusedYearsMax && !stated.CarriedOver.IsZero)
        {
            return new Rejection.UnusedTooLong(stated.CarriedOver, UnusedYearsMax);
        }

        return CheckReceived(books, stated);
    }

    /// <summary>A fund has years before its own only where it began before the log.</summary>
    public static Rejection? CheckFirst(FundBooks books, CarryOver stated) => stated.Year.Value < books.Year.Value && !books.HasOpening
        ? new Rejection.YearBeforeFund(stated.Year, books.Year)
        : null;

    public static Rejection? CheckReceived(FundBooks books, CarryOver stated)
    {
        // What payments nobody has posted yet cannot be told from here; more than ever came in there cannot be.
        Money whole = books.Received;
        Money parts = stated.CarriedOver.TryAdd(stated.Surplus, out Money sum) ? sum : new Money(Money.FenMax);
        return parts > whole ? new Rejection.ExceedsReceived(whole, parts) : null;
    }

    public static Rejection? CheckPeriod(Interest interest) => interest is { From: { } from, To: { } to } && to < from
        ? new Rejection.PeriodEndsBeforeItBegins(from, to)
        : null;
}
