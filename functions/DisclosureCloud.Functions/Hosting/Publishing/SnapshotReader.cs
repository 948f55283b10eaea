using System.Collections.Immutable;
using DisclosureCloud.Ledger;
using DisclosureCloud.Site;

namespace DisclosureCloud.Functions.Hosting.Publishing;

/// <summary>Reads the ledger up to a position into a snapshot. A position counts entries of facts; publications are not among them.</summary>
internal sealed class SnapshotReader(ILedgerStore ledger, IValueStore values)
{
    /// <returns>The snapshot, and up to which version of which stream it shows the ledger.</returns>
    /// <exception cref="PositionException">The ledger has no commit that ends at the position.</exception>
    public async Task<(Snapshot Snapshot, IReadOnlyDictionary<StreamName, long> Versions)> ReadAsync(long? at, DateOnly asOf, SiteSettings settings, CancellationToken cancellationToken)
    {
        var leaves = new List<Leaf>();
        var ends = new List<long> { 0 };
        var versions = new Dictionary<StreamName, long>();
        await foreach (CommitAt read in ledger.ReadAllAsync(Cursor.Start, cancellationToken))
        {
            if (at == leaves.Count)
            {
                break;
            }

            if (read.Commit.Stream.HoldsFacts && read.Commit.Entries.Length > 0)
            {
                leaves.AddRange(read.Commit.Entries);
                ends.Add(leaves.Count);
                versions[read.Commit.Stream] = read.Commit.Version;
            }
        }

        if (at is { } wanted && wanted != leaves.Count)
        {
            throw new PositionException(wanted, ends.LastOrDefault(end => end < wanted), leaves.Count);
        }

        return (new Snapshot(leaves.Count, asOf, await OpenAsync(leaves, cancellationToken), settings), versions);
    }

    private async Task<ImmutableArray<Entry>> OpenAsync(List<Leaf> leaves, CancellationToken cancellationToken)
    {
        SealedFact[] facts = [.. leaves.Select(leaf => SealedFact.Of(leaf.Json))];
        HashSet<Commitment> wanted = [.. facts.SelectMany(fact => fact.Commitments())];
        var plain = new Dictionary<Commitment, string>();

        // Nearly all of them are wanted: they are read in one go and not posting by posting. Put before their commits, none is missed.
        await foreach (Opening opening in values.ReadPutBeforeAsync(DateTimeOffset.MaxValue, cancellationToken))
        {
            if (!wanted.Contains(opening.Commitment))
            {
                continue;
            }

            // A value that no longer fits its commitment was altered in its store: to show it would be to publish what nobody approved.
            plain[opening.Commitment] = opening.IsTrue
                ? opening.Value
                : throw new InvalidDataException($"The value of commitment {opening.Commitment} was altered in its store. Nothing was published.");
        }

        return [.. facts.Zip(leaves, (fact, leaf) => Entry.Of(leaf.Id, fact, plain.GetValueOrDefault))];
    }
}

/// <summary>A position that lies inside a commit, or beyond the ledger: nothing can be shown as of it.</summary>
internal sealed class PositionException(long wanted, long before, long last)
    : Exception(string.Create(
        System.Globalization.CultureInfo.InvariantCulture,
        $"No commit ends at position {wanted}. The nearest below is {before}; the ledger goes on to {last} or further."));
