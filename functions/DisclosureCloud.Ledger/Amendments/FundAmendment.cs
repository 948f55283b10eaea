using System.Collections.Immutable;

namespace DisclosureCloud.Ledger;

/// <summary>One amendment of a fund's entries: its books as they would then stand, or why they may not.</summary>
/// <param name="Before">The books before.</param>
/// <param name="Old">The entry as it stands before.</param>
/// <param name="Replacement">What takes its place; null where it is withdrawn.</param>
/// <param name="About">Who amends, and the date of what takes its place.</param>
/// <param name="Was">The fund's entries as they stand before, in the order of the ledger.</param>
/// <param name="Live">The fund's entries as they would stand, in the order of the ledger.</param>
internal sealed record FundAmendment(FundBooks Before, Entry Old, Fact? Replacement, About About, ImmutableArray<Entry> Was, ImmutableArray<Entry> Live)
{
    public (FundBooks? Books, Rejection? Rejection) Decide()
    {
        (FundBooks? books, Rejection? rejection) = Judge();
        return (books, rejection is Rejection.AmendmentOverdraws broken ? Overdraft.Explain(this, broken) : rejection);
    }

    /// <summary>The same amendment with another fact in the entry's place.</summary>
    public FundAmendment With(Fact replacement) => this with
    {
        Replacement = replacement,
        Live = [.. Live.Select(one => one.Id == Old.Id ? one with { Fact = replacement } : one)],
    };

    /// <summary>The books as they would stand. Their balances may be below zero.</summary>
    public FundBooks Fold() => FundMovements.Fold(Live, Live.ToDictionary(one => one.Id, one => one.Fact)) with { Notice = Before.Notice };

    /// <summary>True where nothing speaks against it.</summary>
    public bool IsAllowed() => Judge().Rejection is null;

    private (FundBooks? Books, Rejection? Rejection) Judge()
    {
        if (!Live.Any(one => one.Fact is Fund))
        {
            return (Before with { IsWithdrawn = true }, null); // Nothing depended on it: there is nothing in its books.
        }

        if ((Blame(FundCitations.Check(Live)) ?? Blame(ReductionChain.Check(this)) ?? FundSizes.Check(Live, Old.Id)?.Within()) is { } impossible)
        {
            return (null, impossible);
        }

        FundBooks after = Fold();
        Rejection? broken = FundRecheck.Check(this, after)?.Within() ?? FundIdentities.Check(after) ?? FundStanding.Check(this, after);
        return broken is null ? (after, null) : (null, broken);
    }

    /// <summary>The entries of the fund that stand before the amended one.</summary>
    public IEnumerable<Entry> Earlier => Live.TakeWhile(one => one.Id != Old.Id);

    /// <summary>The entries of the fund that stand after the amended one.</summary>
    public IEnumerable<Entry> Later => Live.SkipWhile(one => one.Id != Old.Id).Skip(1);

    // What takes an entry's place is told what is wrong with it. What others say was right, and rests on what was amended.
    private Rejection? Blame(IReadOnlyList<(EntryId Entry, Rejection Rejection)> hanging)
    {
        if (hanging.Count == 0)
        {
            return null;
        }

        Rejection? own = hanging.Where(one => one.Entry == Old.Id).Select(one => one.Rejection).FirstOrDefault();
        return own?.Within() ?? new Rejection.HasDependents([.. hanging.Select(one => one.Entry)]);
    }
}
