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
        public TotalTooLarge(Money total, Money amount)
            : base("total-too-large", "/amount", $"The fund's total of {total} cannot take another {amount}.") =>
            (Found, Wanted) = (Fen(amount), $"at most {Fen(new Money(Money.FenMax - total.Fen, total.Currency))}");
    }

    /// <summary>More than the fund has free: appropriated less passed down less allocated.</summary>
    public sealed record ExceedsFree : Rejection
    {
        public ExceedsFree(Money free, Money wanted)
            : base("exceeds-free", "/amount", $"The fund has {free} free; {wanted} is more.") =>
            (Found, Wanted) = (Fen(wanted), $"at most {Fen(free)}");
    }

    /// <summary>More than the project costs as a whole, where that is stated.</summary>
    public sealed record ExceedsInvestment : Rejection
    {
        public ExceedsInvestment(Money left, Money wanted)
            : base("exceeds-investment", "/amount", $"The project's whole cost leaves {left} to be given; {wanted} is more.") =>
            (Found, Wanted) = (Fen(wanted), $"at most {Fen(left)}");
    }

    /// <summary>More than is left of the allocation that is cited.</summary>
    public sealed record ExceedsAllocated : Rejection
    {
        public ExceedsAllocated(Money left, Money wanted)
            : base("exceeds-allocated", "/amount", $"The allocation has {left} left; {wanted} is more.") =>
            (Found, Wanted) = (Fen(wanted), $"at most {Fen(left)}");
    }

    /// <summary>More stated as paid over than is passed down.</summary>
    public sealed record ExceedsPassedDown : Rejection
    {
        public ExceedsPassedDown(Money amount, Money transferred)
            : base("exceeds-passed-down", "/transferred", $"{amount} is passed down; {transferred} stated as paid over is more.") =>
            (Found, Wanted) = (Fen(transferred), $"at most {Fen(amount)}");
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

    private static string Fen(Money amount) => string.Create(CultureInfo.InvariantCulture, $"{amount.Fen} fen");
}
