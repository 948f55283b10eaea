using System.Collections.Immutable;
using System.Runtime.InteropServices;
using DisclosureCloud.Functions.Hosting.Log;
using DisclosureCloud.Ledger;
using DisclosureCloud.Site;
using DisclosureCloud.Site.Data;

namespace DisclosureCloud.Functions.Hosting.Publishing;

/// <summary>Reads the ledger up to a position into a snapshot. A position counts entries of facts; publications are not among them.</summary>
/// <remarks>
/// The order is the log's: a ledger that was made again from the archive, or one whose store gives commits in another order today, has the
/// same positions. What was not in the log when reading began is not shown: the log may grow meanwhile, and of what comes then some
/// would be seen and some not. A value that a redaction names is closed, whether or not it is still stored, and at every position: what was
/// forgotten is not shown again because somebody asks for an earlier day.
/// </remarks>
internal sealed class SnapshotReader(ILedgerStore ledger, IValueStore values, KnownLog log, string origin)
{
    private readonly HashSet<Commitment> _missing = [];

    /// <summary>What no redaction forgets and the value store does not have: asked after <see cref="ReadAsync"/>.</summary>
    public IReadOnlySet<Commitment> Missing => _missing;

    /// <returns>The snapshot, up to which version of which stream it shows the ledger, and the size of the tree that it was made from.</returns>
    /// <exception cref="PositionException">The ledger has no commit that ends at the position.</exception>
    public async Task<(Snapshot Snapshot, IReadOnlyDictionary<StreamName, long> Versions, long TreeSize)> ReadAsync(
        long? at, DateOnly asOf, SiteSettings settings, CancellationToken cancellationToken)
    {
        long treeSize = log.Size;
        var redactions = new Redactions();
        (List<LoggedCommit> commits, SortedSet<long> checkpoints) = await ReadCommitsAsync(treeSize, redactions, cancellationToken);
        IReadOnlyList<LoggedCommit> shown = Cut(commits, at);
        var versions = new Dictionary<StreamName, long>();
        foreach (LoggedCommit commit in shown)
        {
            versions[commit.Stream] = commit.Version;
        }

        Leaf[] leaves = [.. shown.SelectMany(commit => commit.Leaves)];
        (ImmutableArray<Entry> entries, ImmutableArray<ImmutableArray<Opening>> openings) = await OpenAsync(leaves, redactions, cancellationToken);
        var place = new LogView(
            origin, [.. shown.SelectMany(commit => Enumerable.Range(0, commit.Leaves.Length).Select(i => commit.Index + i))], [.. checkpoints], openings);
        return (new Snapshot(leaves.Length, asOf, entries, settings) { Log = place }, versions, treeSize);
    }

    private static IReadOnlyList<LoggedCommit> Cut(List<LoggedCommit> commits, long? at)
    {
        long end = 0;
        int count = 0;
        while (count < commits.Count && end + commits[count].Leaves.Length <= (at ?? long.MaxValue))
        {
            end += commits[count++].Leaves.Length;
        }

        return at is null || at == end
            ? commits[..count]
            : throw new PositionException(at.Value, end, commits.Sum(commit => (long)commit.Leaves.Length));
    }

    private async Task<(List<LoggedCommit> Commits, SortedSet<long> Checkpoints)> ReadCommitsAsync(
        long treeSize, Redactions redactions, CancellationToken cancellationToken)
    {
        var commits = new Dictionary<long, LoggedCommit>(); // A store may give a commit twice.
        var checkpoints = new SortedSet<long> { treeSize };
        await foreach (CommitAt read in ledger.ReadAllAsync(Cursor.Start, cancellationToken))
        {
            Commit commit = read.Commit;
            if (commit.Entries.Length == 0 || log.IndexOf(commit.Entries[0]) is not { } index || index >= treeSize)
            {
                continue;
            }

            if (commit.Stream == StreamName.Site && ((Publication)SealedFact.Of(commit.Entries[0].Json).Open(_ => null)).TreeSize is { } size)
            {
                checkpoints.Add(size);
            }

            if (commit.Stream.HoldsFacts)
            {
                redactions.Take(commit);
                commits[index] = new LoggedCommit(index, commit.Stream, commit.Version, commit.Entries);
            }
        }

        return ([.. commits.Values.OrderBy(commit => commit.Index)], checkpoints);
    }

    private async Task<(ImmutableArray<Entry> Entries, ImmutableArray<ImmutableArray<Opening>> Openings)> OpenAsync(
        Leaf[] leaves, Redactions redactions, CancellationToken cancellationToken)
    {
        SealedFact[] facts = [.. leaves.Select(leaf => SealedFact.Of(leaf.Json))];
        HashSet<Commitment> wanted = [.. facts.SelectMany(fact => fact.Commitments())];
        wanted.ExceptWith(leaves.Zip(facts).SelectMany(one => redactions.Forgotten(one.First.Id, one.Second)));
        var plain = new Dictionary<Commitment, Opening>();

        // Nearly all of them are wanted: they are read in one go and not posting by posting. Put before their commits, none is missed.
        await foreach (Opening opening in values.ReadPutBeforeAsync(DateTimeOffset.MaxValue, cancellationToken))
        {
            if (!wanted.Contains(opening.Commitment))
            {
                continue;
            }

            // A value that no longer fits its commitment was altered in its store: to show it would be to publish what nobody approved.
            plain[opening.Commitment] = opening.IsTrue
                ? opening
                : throw new InvalidDataException($"The value of commitment {opening.Commitment} was altered in its store. Nothing was published.");
        }

        await FindMissingAsync(wanted.Where(commitment => !plain.ContainsKey(commitment)), leaves, facts, cancellationToken);
        Entry[] entries = [.. facts.Zip(leaves, (fact, leaf) => Entry.Of(leaf.Id, fact, commitment => plain.GetValueOrDefault(commitment)?.Value))];
        return ([.. entries], [.. facts.Zip(entries, (fact, entry) => PublicOpenings.Of(fact, entry, plain))]);
    }

    // What a redaction names is forgotten as soon as the ledger has it, which may be after it was read here and before the log has it.
    private async Task FindMissingAsync(IEnumerable<Commitment> missing, Leaf[] leaves, SealedFact[] facts, CancellationToken cancellationToken)
    {
        _missing.UnionWith(missing);
        if (_missing.Count == 0)
        {
            return;
        }

        var redactions = new Redactions();
        await foreach (CommitAt read in ledger.ReadAllAsync(Cursor.Start, cancellationToken))
        {
            redactions.Take(read.Commit);
        }

        _missing.ExceptWith(leaves.Zip(facts).SelectMany(one => redactions.Forgotten(one.First.Id, one.Second)));
    }

    [StructLayout(LayoutKind.Auto)]
    private readonly record struct LoggedCommit(long Index, StreamName Stream, long Version, ImmutableArray<Leaf> Leaves);
}

/// <summary>A position that lies inside a commit, or beyond the ledger: nothing can be shown as of it.</summary>
internal sealed class PositionException(long wanted, long before, long last)
    : Exception(string.Create(
        System.Globalization.CultureInfo.InvariantCulture,
        $"No commit ends at position {wanted}. The nearest below is {before}; the ledger goes on to {last} or further."));
