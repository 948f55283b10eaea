namespace DisclosureCloud.Ledger;

/// <summary>Each reduction of an allocation begins where the one before it ended, and the first where the allocation stands.</summary>
/// <remarks>
/// An allocation that was too low in the books can nevertheless be raised under its reductions, and an allocation so raised be lowered again
/// as far: each took away what it took away, and its old amount was right by what was then known. No amendment else may move the figure at
/// which another's reduction begins, and what takes a reduction's place states the figure that is now right.
/// </remarks>
internal static class ReductionChain
{
    /// <summary>The reductions that would not follow, in the order of the ledger. All that is cited must be there.</summary>
    public static IReadOnlyList<(EntryId Entry, Rejection Rejection)> Check(FundAmendment amendment)
    {
        Dictionary<EntryId, Money> before = Beginnings(amendment.Was);
        Dictionary<EntryId, Money> after = Beginnings(amendment.Live);
        return
        [
            .. amendment.Live.Where(entry => entry.Fact is AllocationReduction)
                .Select(entry => (entry.Id, Rejection: Check((AllocationReduction)entry.Fact, entry.Id)!))
                .Where(one => one.Rejection is not null),
        ];

        Rejection? Check(AllocationReduction one, EntryId id)
        {
            bool isOwn = id == amendment.Old.Id;
            bool follows = one.OldAmount == after[id] || (!isOwn && (after[id] == before[id] || (IsRaised(amendment.Old.Fact) && one.OldAmount < after[id])));
            if (!follows)
            {
                return new Rejection.OldAmountDiffers(after[id], one.OldAmount);
            }

            return isOwn && one.NewAmount >= one.OldAmount ? new Rejection.NoReduction(one.OldAmount, one.NewAmount) : null;
        }
    }

    private static bool IsRaised(Fact amended) => amended is Allocation or OpeningBalance;

    // What was left of its allocation when each reduction came.
    private static Dictionary<EntryId, Money> Beginnings(IReadOnlyCollection<Entry> live)
    {
        Dictionary<EntryId, Money> left = live
            .Select(entry => (entry.Id, Amount: entry.Fact switch
            {
                Allocation one => one.Amount,
                OpeningBalance one => one.Allocated,
                _ => null,
            }))
            .Where(one => one.Amount is not null)
            .ToDictionary(one => one.Id, one => one.Amount!.Value);
        var beginnings = new Dictionary<EntryId, Money>();
        foreach ((EntryId id, AllocationReduction one) in live.Where(entry => entry.Fact is AllocationReduction).Select(entry => (entry.Id, (AllocationReduction)entry.Fact)))
        {
            Money begins = left.GetValueOrDefault(one.Allocation);
            beginnings.Add(id, begins);
            left[one.Allocation] = begins - (one.OldAmount - one.NewAmount);
        }

        return beginnings;
    }
}
