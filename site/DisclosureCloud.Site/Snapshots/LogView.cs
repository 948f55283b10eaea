using System.Collections.Immutable;
using DisclosureCloud.Ledger;

namespace DisclosureCloud.Site;

/// <summary>Where the entries of a snapshot stand in the log, and what opens their commitments to everybody.</summary>
/// <param name="Origin">Which log.</param>
/// <param name="LeafIndexes">The leaf index of each entry, in the snapshot's order: ascending.</param>
/// <param name="Checkpoints">Tree sizes of the checkpoints that publications were made from, ascending.</param>
/// <param name="Openings">For each entry what is published of its commitments, in the order in which its leaf has them.</param>
public sealed record LogView(
    string Origin, ImmutableArray<long> LeafIndexes, ImmutableArray<long> Checkpoints, ImmutableArray<ImmutableArray<Opening>> Openings)
{
    /// <summary>The tree size of the first checkpoint that covers a leaf.</summary>
    /// <exception cref="InvalidOperationException">None does: the snapshot shows an entry that is not in the log.</exception>
    public long FirstCheckpoint(long leafIndex)
    {
        int place = Checkpoints.BinarySearch(leafIndex + 1);
        int first = place < 0 ? ~place : place;
        return first < Checkpoints.Length
            ? Checkpoints[first]
            : throw new InvalidOperationException($"No checkpoint covers leaf {leafIndex}.");
    }
}

/// <summary>An entry's place in the log.</summary>
/// <param name="LeafIndex">From 0.</param>
/// <param name="TreeSize">Of the first checkpoint that covered it.</param>
public sealed record LogPlace(long LeafIndex, long TreeSize);
