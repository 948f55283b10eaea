namespace DisclosureCloud.Ledger;

/// <summary>What a fund and its projects had come to before the log began, stated before anything else moves.</summary>
internal static class OpeningRules
{
    public static Rejection? Check(FundBooks books, OpeningBalance opening) =>
        opening.ProjectId is { } project ? CheckProject(books, opening, project) : CheckFund(books, opening);

    /// <summary>A fund's figures are stated of the fund, and a project's of the project.</summary>
    public static Rejection? CheckForm(OpeningBalance opening)
    {
        if (opening.ProjectId is not null)
        {
            return opening is { Appropriated: not null } or { Interest: not null } or { Returned: not null } or { PassedDown: not null }
                ? new Rejection.OpeningMixed("project", "fund")
                : opening.Allocated is null ? new Rejection.NothingStated("allocated", "allocated") : null;
        }

        if (opening is { Allocated: not null } or { Disbursed: not null })
        {
            return new Rejection.OpeningMixed(opening.Allocated is null ? "disbursed" : "allocated", "project");
        }

        return opening.Appropriated is null ? new Rejection.NothingStated("appropriated", "appropriated") : null;
    }

    private static Rejection? CheckFund(FundBooks books, OpeningBalance opening)
    {
        if (books.HasOpening)
        {
            return new Rejection.OpeningExists(books.Fund);
        }

        if (books.AccountCount > 0 || !books.Interest.IsZero || !books.PassedDown.IsZero || !books.Returned.IsZero)
        {
            return new Rejection.OpeningAfterMovements(books.Fund);
        }

        if (CheckForm(opening) is { } rejection)
        {
            return rejection;
        }

        Money given = opening.Appropriated!.Value;
        if (!given.TryAdd(opening.Interest ?? default, out Money whole))
        {
            return new Rejection.TotalTooLarge(given, opening.Interest ?? default, "interest");
        }

        Money gone = (opening.Returned ?? default).TryAdd(opening.PassedDown ?? default, out Money sum) ? sum : new Money(Money.FenMax);
        return gone > whole ? new Rejection.ExceedsFree(whole, gone, "passedDown") : null;
    }

    private static Rejection? CheckProject(FundBooks books, OpeningBalance opening, ProjectId id)
    {
        if (!books.HasOpening)
        {
            return new Rejection.NoOpening(books.Fund);
        }

        if (!books.Projects.TryGetValue(id, out ProjectAccount? project))
        {
            return new Rejection.NoSuchProject(id);
        }

        if (CheckForm(opening) is { } rejection)
        {
            return rejection;
        }

        Money allocated = opening.Allocated!.Value;

        if (!project.Allocated.IsZero)
        {
            return new Rejection.OpeningAfterMovements(books.Fund);
        }

        if (allocated > books.Free)
        {
            return new Rejection.ExceedsFree(books.Free, allocated, "allocated");
        }

        if (project.TotalInvestment is { } whole && allocated > whole)
        {
            return new Rejection.ExceedsInvestment(whole, allocated, "allocated");
        }

        if (opening.Disbursed is { } paid && paid > allocated)
        {
            return new Rejection.ExceedsAllocated(allocated, paid, "disbursed");
        }

        return FundRules.Room(books) ?? FundRules.Fits(books.Allocated, allocated, "allocated") ?? FundRules.Fits(books.Disbursed, opening.Disbursed ?? default, "disbursed");
    }
}
