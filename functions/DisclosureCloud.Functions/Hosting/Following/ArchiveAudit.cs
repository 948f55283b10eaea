using System.Collections.Concurrent;
using System.Globalization;
using DisclosureCloud.Ledger;

namespace DisclosureCloud.Functions.Hosting.Following;

/// <summary>Holds the whole ledger and the whole archive against each other, byte for byte: what is missing is put, and what is not ours is told.</summary>
/// <remarks>
/// Every file is read: a container that never forgets keeps its files as they are, and a folder, or a copy of one, does not. Memory: a path
/// a commit.
/// </remarks>
internal sealed class ArchiveAudit(ILedgerStore ledger, IArchiveFiles archive, Archiver archiver, Alarms alarms)
{
    /// <summary>A store in the cloud answers in milliseconds; one after another, a million files would take hours.</summary>
    private const int ReadsAtOnce = 16;

    /// <param name="isSegment">Whether a file is a segment of the log, leaf by leaf: that is not the ledger's to know.</param>
    /// <returns>What was found, and told as alarms.</returns>
    public async Task<ArchiveFindings> CheckAsync(Func<string, CancellationToken, Task<bool>> isSegment, CancellationToken cancellationToken)
    {
        var expected = new HashSet<string>(StringComparer.Ordinal);
        await foreach (CommitAt read in ledger.ReadAllAsync(Cursor.Start, cancellationToken))
        {
            expected.Add(Archiver.PathOf(read.Commit));
        }

        await archiver.FollowAsync(cancellationToken); // Whatever was in the ledger by then is in the archive now, or was taken out of it.
        var there = new HashSet<string>(StringComparer.Ordinal);
        await foreach (string path in archive.ListAsync("", cancellationToken))
        {
            there.Add(path);
        }

        var strange = new ConcurrentBag<string>();
        var reading = new ParallelOptions { MaxDegreeOfParallelism = ReadsAtOnce, CancellationToken = cancellationToken };
        await Parallel.ForEachAsync(there.Where(path => !IsSegmentPath(path)), reading, async (path, cancel) =>
        {
            if (!await IsCommitAsync(path, expected.Contains(path), cancel))
            {
                strange.Add(path);
            }
        });
        foreach (string path in there.Where(IsSegmentPath)) // One in memory at a time.
        {
            if (!await isSegment(path, cancellationToken))
            {
                strange.Add(path);
            }
        }

        expected.ExceptWith(there);
        foreach (string path in expected)
        {
            (StreamName stream, long version) = Archiver.Parse(path)!.Value;
            await archiver.PutAgainAsync((await ledger.ReadAsync(stream, version, cancellationToken))!, cancellationToken);
        }

        var findings = new ArchiveFindings([.. expected.Order(StringComparer.Ordinal)], [.. strange.Order(StringComparer.Ordinal)]);
        Tell(Alarm.MissingFromArchive, findings.Missing, "not in the archive, where they should have been, and were put there from the ledger");
        Tell(Alarm.ForeignBlob, findings.Foreign, "in the archive and not what ledger and log have");
        return findings;
    }

    private static bool IsSegmentPath(string path) => path.StartsWith(Segment.Folder, StringComparison.Ordinal);

    // The name of a file that the ledger expects holds the hash of the ledger's bytes. Any other may be newer than what was expected.
    private async Task<bool> IsCommitAsync(string path, bool isExpected, CancellationToken cancellationToken) => isExpected
        ? await archive.ReadAsync(path, cancellationToken) is { } bytes && Archiver.IsNameOf(path, bytes)
        : await archiver.IsOursAsync(path, cancellationToken);

    private void Tell(Alarm alarm, IReadOnlyList<string> paths, string what)
    {
        if (paths.Count > 0)
        {
            alarms.Raise(alarm, string.Create(CultureInfo.InvariantCulture, $"Files that are {what}: {paths.Count}, the first {Alarms.NameOf(paths[0])}."));
        }
    }
}

/// <summary>What an audit of the archive found.</summary>
/// <param name="Missing">Paths of commits that it lacked; they are there now.</param>
/// <param name="Foreign">Paths of files that are not what ledger and log have: altered, cut, or never ours.</param>
internal sealed record ArchiveFindings(IReadOnlyList<string> Missing, IReadOnlyList<string> Foreign);
