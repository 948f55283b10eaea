namespace DisclosureCloud.Ledger;

/// <summary>What other entries of a fund rest upon and no identity says: purposes, targets, caps, the sort of fund, what was closed since.</summary>
/// <remarks>
/// Only what an amendment breaks is held against it: what did not hold before, because the rules of the place have changed since, stays as
/// it is. Those that would be left without ground are named, to be amended first.
/// </remarks>
internal static class FundStanding
{
    public static Rejection? Check(FundAmendment amendment, FundBooks after)
    {
        EntryId[] left =
        [
            .. amendment.Live.Where(one => one.Id != amendment.Old.Id && IsLeft(one, amendment.Before, after, amendment.About)).Select(one => one.Id),
            .. AfterClosing(amendment),
        ];
        return left.Length == 0 ? null : new Rejection.HasDependents([.. left.Distinct()]);
    }

    private static bool IsLeft(Entry entry, FundBooks before, FundBooks after, About about)
    {
        // What is older than the budget allows rests upon the opening balance.
        return Breaks(books => FundRules.CheckDate(books, entry.Fact, about with { Date = entry.Date })) || entry.Fact switch
        {
            Allocation one => Breaks(books => AllocationRules.CheckPurpose(books, one.ProjectId)) || (IsFee(one, after) && Breaks(books => AllocationRules.CheckFees(books, about))),
            Loan => after.Type != FundType.Revolving,
            CarryOver one => Breaks(books => YearRules.CheckFirst(books, one) ?? YearRules.CheckReceived(books, one)),
            _ => false,
        };

        bool Breaks(Func<FundBooks, Rejection?> rule) => rule(after) is not null && rule(before) is null;
    }

    private static bool IsFee(Allocation one, FundBooks after) => after.Projects[one.ProjectId].Type == ProjectType.ManagementFee;

    // A project that is closed takes nothing more, and is changed no more.
    private static IEnumerable<EntryId> AfterClosing(FundAmendment amendment) =>
        amendment.Replacement is ProjectChange { Change: ProjectChangeType.Cancelled or ProjectChangeType.Merged or ProjectChangeType.Split } closing
            ? amendment.Later.Where(one => one.Fact is Allocation or ProjectChange && ((IOfProject)one.Fact).ProjectId == closing.ProjectId).Select(one => one.Id)
            : [];
}
