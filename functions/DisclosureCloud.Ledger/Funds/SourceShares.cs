using System.Collections.Immutable;

namespace DisclosureCloud.Ledger;

/// <summary>Which sources pay for each allocation of a fund: as recorded, or computed where nothing is. Design section 4, rule 10.</summary>
/// <remarks>
/// A source is an appropriation, interest, or what was there before the log. What cites a source is taken off it first: that is recorded.
/// The others draw, one after the other in the order of the ledger, on what is then left of the sources recorded before them, in proportion;
/// the fen that no proportion gives go to the largest remainders, and of equal ones to the source recorded first. So money that comes later
/// changes no share that was computed before, and no source ever pays more than it has. What an earlier source does not explain is, as far
/// as loans brought in fees before, such fees; only what is then still open, because entries were amended or a later citation took an
/// earlier source, is drawn from the sources recorded after it.
/// </remarks>
public static class SourceShares
{
    /// <param name="live">The entries of one fund as they now stand, in the order of the ledger.</param>
    /// <returns>By allocation, or by the opening balance that stands for one: what it is made up of. What was reduced to nothing is made up of nothing, and is not among them.</returns>
    public static IReadOnlyDictionary<EntryId, AllocationSources> Of(IEnumerable<Entry> live)
    {
        ArgumentNullException.ThrowIfNull(live);
        Entry[] all = [.. live];
        List<(EntryId Id, Money Given)> sources = [.. all.Select(SourceIn).OfType<(EntryId, Money)>()];
        long[] left = [.. sources.Select(source => source.Given.Fen)];
        Dictionary<EntryId, Money> reduced = all.Select(entry => entry.Fact).OfType<AllocationReduction>().GroupBy(one => one.Allocation)
            .ToDictionary(ofOne => ofOne.Key, ofOne => ofOne.Select(one => one.OldAmount - one.NewAmount).Aggregate((sum, one) => sum + one));
        foreach (ReturnToSource back in all.Select(entry => entry.Fact).OfType<ReturnToSource>().Where(one => one.Appropriation is not null))
        {
            Take(back.Appropriation!.Value, back.Amount.Fen);
        }

        (EntryId Id, Money Net, EntryId? Cites)[] shares = [.. all.Select(ShareIn).OfType<(EntryId, Money, EntryId?)>().Where(one => !one.Item2.IsZero)];
        var result = new Dictionary<EntryId, AllocationSources>();
        foreach ((EntryId id, Money net, EntryId? cites) in shares.Where(one => one.Cites is not null))
        {
            Take(cites!.Value, net.Fen);
            result.Add(id, new AllocationSources([new SourceShare(cites.Value, net)], IsRecorded: true, Money.Zero(net.Currency)));
        }

        var drawn = new List<(EntryId Id, Money Net, long[] Parts, long Fees)>();
        long fees = 0;
        int known = 0;
        foreach (Entry entry in all)
        {
            known += SourceIn(entry) is null ? 0 : 1;
            fees += entry.Fact is Repayment { Fee: { } fee } ? fee.Fen : 0;
            if (ShareIn(entry) is (_, { IsZero: false } net, null))
            {
                long[] parts = Draw(net.Fen, known);
                long ofFees = Math.Min(fees, net.Fen - parts.Sum());
                fees -= ofFees;
                drawn.Add((entry.Id, net, parts, ofFees));
            }
        }

        foreach ((EntryId id, Money net, long[] before, long ofFees) in drawn)
        {
            long[] after = Draw(net.Fen - before.Sum() - ofFees, sources.Count);
            long[] parts = [.. before.Zip(after, (one, other) => one + other)];
            result.Add(id, new AllocationSources(
                [.. sources.Zip(parts, (source, part) => new SourceShare(source.Id, new Money(part, net.Currency))).Where(share => !share.Amount.IsZero)],
                IsRecorded: false,
                new Money(net.Fen - parts.Sum(), net.Currency)));
        }

        return result;

        // From the first so many sources, as far as they go.
        long[] Draw(long wanted, int count)
        {
            long[] weights = [.. left.Select((fen, at) => at < count ? fen : 0)];
            long[] parts = Apportion(Math.Min(wanted, weights.Sum()), weights);
            left = [.. left.Zip(parts, (have, part) => have - part)];
            return parts;
        }

        (EntryId, Money, EntryId?)? ShareIn(Entry entry) => entry.Fact switch
        {
            Allocation one => (entry.Id, one.Amount - reduced.GetValueOrDefault(entry.Id, Money.Zero(one.Amount.Currency)), one.Appropriation),
            OpeningBalance { ProjectId: not null, Allocated: { } before } => (entry.Id, before - reduced.GetValueOrDefault(entry.Id, Money.Zero(before.Currency)), null),
            _ => null,
        };

        void Take(EntryId source, long fen)
        {
            int at = sources.FindIndex(one => one.Id == source);
            if (at >= 0)
            {
                left[at] = Math.Max(0, left[at] - fen);
            }
        }
    }

    /// <summary>Divides a whole number in proportion to whole weights, by the largest remainder; equal remainders in the order of the weights.</summary>
    /// <param name="amount">At most the sum of the weights; then no part is larger than its weight.</param>
    /// <exception cref="ArgumentOutOfRangeException">The amount or a weight is below zero, or the amount is above the sum of the weights.</exception>
    public static long[] Apportion(long amount, IReadOnlyList<long> weights)
    {
        ArgumentNullException.ThrowIfNull(weights);
        ArgumentOutOfRangeException.ThrowIfNegative(amount);
        Int128 whole = weights.Aggregate((Int128)0, (sum, weight) => sum + weight);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(amount, whole);
        if (weights.Any(weight => weight < 0))
        {
            throw new ArgumentOutOfRangeException(nameof(weights), "A weight is not below zero.");
        }

        if (amount == 0)
        {
            return new long[weights.Count];
        }

        // Two factors of at most 2^53 fit into 128 bits.
        long[] parts = [.. weights.Select(weight => (long)((Int128)amount * weight / whole))];
        Int128[] remainders = [.. weights.Select(weight => (Int128)amount * weight % whole)];
        long rest = amount - parts.Sum();
        foreach (int at in Enumerable.Range(0, parts.Length).OrderByDescending(at => remainders[at]).ThenBy(at => at).Take((int)rest))
        {
            parts[at]++;
        }

        return parts;
    }

    private static (EntryId, Money)? SourceIn(Entry entry) => entry.Fact switch
    {
        Appropriation one => (entry.Id, one.Amount),
        Interest one => (entry.Id, one.Amount),
        OpeningBalance { ProjectId: null, Appropriated: { } given } one => (entry.Id, Left(given, one)),
        _ => null,
    };

    private static Money Left(Money given, OpeningBalance before) =>
        given + (before.Interest ?? default) - (before.Returned ?? default) - (before.PassedDown ?? default);
}

/// <summary>What one allocation is made up of.</summary>
/// <param name="Shares">In the order in which the sources were recorded; none of nothing.</param>
/// <param name="IsRecorded">True where the allocation itself names its source; else the shares are computed.</param>
/// <param name="Unexplained">What no source here explains, such as fees that loans brought in.</param>
public sealed record AllocationSources(ImmutableArray<SourceShare> Shares, bool IsRecorded, Money Unexplained);

/// <summary>What one source pays of an allocation.</summary>
/// <param name="Source">The appropriation, the interest, or the opening balance of the fund.</param>
public sealed record SourceShare(EntryId Source, Money Amount);
