using System.Collections.Immutable;
using DisclosureCloud.Ledger;

namespace DisclosureCloud.Functions.Hosting.Entries;

/// <summary>Which segments are sealed, from the first on without a gap, by the ledger's stream of seals.</summary>
/// <remarks>What was read once is kept: a seal never changes.</remarks>
internal sealed class ArchiveSeals(ILedgerStore ledger)
{
    private ImmutableArray<ArchiveSeal> _known = [];

    /// <summary>The seal of segment n stands at place n.</summary>
    /// <exception cref="InvalidDataException">The stream does not seal segment by segment.</exception>
    public async Task<ImmutableArray<ArchiveSeal>> ReadAsync(CancellationToken cancellationToken)
    {
        ImmutableArray<ArchiveSeal> known = _known;
        ImmutableArray<ArchiveSeal>.Builder all = known.ToBuilder();
        await foreach (Commit commit in ledger.ReadStreamAsync(StreamName.Archive, known.Length, cancellationToken))
        {
            var seal = (ArchiveSeal)SealedFact.Of(commit.Entries.Single().Json).Open(_ => null);
            bool isNext = seal.Segment == all.Count && seal.FirstLeaf == seal.Segment * Segment.LeavesMax && seal.Leaves == Segment.LeavesMax;
            all.Add(isNext ? seal : throw new InvalidDataException($"The seal {commit.Entries[0].Id} is not that of segment {all.Count}."));
        }

        // Of two that read at once, either is right: the next one reads what is missing.
        return _known = all.ToImmutable();
    }
}
