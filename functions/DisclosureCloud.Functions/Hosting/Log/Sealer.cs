using System.Globalization;
using DisclosureCloud.Ledger;

namespace DisclosureCloud.Functions.Hosting.Log;

/// <summary>Puts every 4,096 leaves of the log into a segment of the archive, and seals it by an entry that a later segment will hold.</summary>
/// <remarks>
/// First the file, then the entry: what is sealed is there. The stream of seals numbers them, so that of two sealers one writes the entry.
/// A segment that was put and not sealed, because the process died in between, is put again with the same bytes.
/// </remarks>
internal sealed class Sealer(ILedgerStore ledger, IArchiveFiles archive, LogFiles log, TimeProvider clock)
{
    private static readonly DepartmentId Department = Id.Parse<DepartmentId>("archive");

    private long _sealed = -1;

    /// <summary>Seals the next segment, where the log has all its leaves.</summary>
    /// <param name="size">The tree size; all its leaves are in the log's files.</param>
    /// <returns>False where there is none to seal yet.</returns>
    /// <exception cref="Following.ArchiveException">The archive holds something else under the segment's name.</exception>
    public async Task<bool> TrySealAsync(long size, CancellationToken cancellationToken)
    {
        if (_sealed < 0)
        {
            _sealed = await CountAsync(cancellationToken);
        }

        if (size < (_sealed + 1) * Segment.LeavesMax)
        {
            return false;
        }

        long number = await CountAsync(cancellationToken); // Another process may have sealed meanwhile.
        if (number == _sealed)
        {
            await SealAsync(number, size, cancellationToken);
        }

        _sealed = Math.Max(number, _sealed + 1);
        return true;
    }

    /// <summary>True for a file that is a segment of this log: its name is that of its bytes, and its leaves are those of the log.</summary>
    /// <param name="size">The tree size.</param>
    public async Task<bool> IsOursAsync(string path, long size, CancellationToken cancellationToken)
    {
        if (NumberOf(path) is not { } number
            || size < (number + 1) * Segment.LeavesMax
            || await archive.ReadAsync(path, cancellationToken) is not { } bytes
            || Segment.PathOf(number, Sha256Hex.Of(bytes)) != path)
        {
            return false;
        }

        try
        {
            IReadOnlyList<ReadOnlyMemory<byte>> found = Segment.Read(bytes, Sha256Hex.Of(bytes)).Leaves;
            IReadOnlyList<ReadOnlyMemory<byte>> wanted = await LeavesAsync(number, size, cancellationToken);
            return found.Zip(wanted).All(pair => pair.First.Span.SequenceEqual(pair.Second.Span));
        }
        catch (FormatException)
        {
            return false;
        }
    }

    /// <summary>Holds the seals against the archive: a sealed segment that is not there is put again from the log.</summary>
    /// <returns>The paths of those that were not there.</returns>
    public async Task<IReadOnlyList<string>> CheckAsync(long size, CancellationToken cancellationToken)
    {
        var missing = new List<string>();
        await foreach (Commit commit in ledger.ReadStreamAsync(StreamName.Archive, 0, cancellationToken))
        {
            var seal = (ArchiveSeal)SealedFact.Of(commit.Entries[0].Json).Open(_ => null);
            string path = Segment.PathOf(seal.Segment, seal.Sha256);
            if (await archive.ReadRangeAsync(path, 0, 1, cancellationToken) is null)
            {
                missing.Add(path);
                byte[] bytes = Segment.Write(seal.Segment, await LeavesAsync(seal.Segment, size, cancellationToken));
                if (Sha256Hex.Of(bytes) == seal.Sha256) // Another version of the framework may pack otherwise: then only a copy brings it back.
                {
                    await archive.PutAsync(path, bytes, cancellationToken);
                }
            }
        }

        return missing;
    }

    private static long? NumberOf(string path) =>
        path.StartsWith(Segment.Folder, StringComparison.Ordinal)
        && path.IndexOf('-', StringComparison.Ordinal) is var dash && dash > Segment.Folder.Length
        && long.TryParse(path.AsSpan(Segment.Folder.Length, dash - Segment.Folder.Length), NumberStyles.None, CultureInfo.InvariantCulture, out long number)
        && number < Segment.NumberMax
            ? number
            : null;

    private async Task<long> CountAsync(CancellationToken cancellationToken) =>
        (await ledger.ReadLastAsync(StreamName.Archive, cancellationToken))?.Version + 1 ?? 0;

    private async Task SealAsync(long number, long size, CancellationToken cancellationToken)
    {
        byte[] bytes = Segment.Write(number, await LeavesAsync(number, size, cancellationToken));
        var sha256 = Sha256Hex.Of(bytes);
        string path = Segment.PathOf(number, sha256);
        if (await archive.PutAsync(path, bytes, cancellationToken) == PutOutcome.Conflict)
        {
            throw new Following.ArchiveException($"The archive holds something else at {path} than the segment of its name. Nothing after it is sealed.");
        }

        DateTimeOffset now = Instant.Now(clock);
        PostingId posting = PostingId.Of(Department, number.ToString(CultureInfo.InvariantCulture));
        var fact = new ArchiveSeal(number, number * Segment.LeavesMax, Segment.LeavesMax, sha256);
        Leaf leaf = SealedFact.Seal(fact, DateOnly.FromDateTime(now.UtcDateTime), NoSalts.Instance, posting, []).ToLeaf(EntryId.Of(posting, 1), now, Department, Channel.Publisher);

        // A conflict is another sealer's entry for the same segment, which is as good.
        await ledger.AppendAsync(new Commit(StreamName.Archive, number, posting.Value, now, [leaf], []), cancellationToken);
    }

    private async Task<IReadOnlyList<ReadOnlyMemory<byte>>> LeavesAsync(long number, long size, CancellationToken cancellationToken)
    {
        var leaves = new List<ReadOnlyMemory<byte>>(Segment.LeavesMax);
        await foreach ((long _, ReadOnlyMemory<byte> bytes) in log.LeavesAsync(number * Segment.LeavesMax, (number + 1) * Segment.LeavesMax, size, cancellationToken))
        {
            leaves.Add(bytes);
        }

        return leaves;
    }
}
