namespace DisclosureCloud.Ledger;

/// <content>What a fund is asked for, and what comes in and goes out of it as a whole.</content>
public abstract partial record Rejection
{
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

    /// <summary>More totals than one commit can carry.</summary>
    public sealed record TooManyAccounts(int CountMax)
        : Rejection("too-many-accounts", "/fund", $"A fund has at most {CountMax} projects and as many allocations. Open another fund.");

    /// <summary>A code of a list that was not in force in the fund's budget year.</summary>
    public sealed record CodeNotInForce : Rejection
    {
        public CodeNotInForce(string field, string code, BudgetYear year, CodeYears years)
            : base("code-not-in-force", $"/{field}", $"The code '{code}' was not in force in {year}.") => (Found, Wanted) = (code, years.ToString());
    }

    /// <summary>A project for what the fund may not pay.</summary>
    public sealed record OutsidePurpose : Rejection
    {
        public OutsidePurpose(string found, IEnumerable<string> wanted)
            : base("outside-purpose", "/project", $"The fund may not pay for '{found}'. An integration plan can widen its purposes.") =>
            (Found, Wanted) = (found, string.Join(", ", wanted));
    }

    /// <summary>Money that is older than the fund's budget allows: it belongs to another fund, or is an opening balance.</summary>
    public sealed record DateBeforeBudgetYear : Rejection
    {
        public DateBeforeBudgetYear(DateOnly date, BudgetYear year)
            : base("date-before-budget-year", "/date", $"The fund's money is of {year}; it may be notified the year before, no earlier.") =>
            (Found, Wanted) = (SealedFact.DateText(date), $"{year.Value - 1}-01-01 or later");
    }

    public sealed record NoSuchAppropriation(EntryId Entry)
        : Rejection("no-such-appropriation", "/cites", $"The fund has no appropriation '{Entry}'.");

    /// <summary>More than is left of the appropriation that is cited.</summary>
    public sealed record ExceedsAppropriation : Rejection
    {
        public ExceedsAppropriation(Money left, Money wanted)
            : base("exceeds-appropriation", "/amount", $"The appropriation has {left} left; {wanted} is more.") =>
            (Found, Wanted) = (Fen(wanted), $"at most {Fen(left)}");
    }
}
