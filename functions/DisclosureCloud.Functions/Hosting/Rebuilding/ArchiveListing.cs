using System.Globalization;
using DisclosureCloud.Functions.Hosting.Following;
using DisclosureCloud.Ledger;

namespace DisclosureCloud.Functions.Hosting.Rebuilding;

/// <summary>What lies in the auditors' part of the archive, by stream and version. Names alone; nothing was read.</summary>
internal static class ArchiveListing
{
    /// <param name="without">Files that the operator has looked at and does not take for the ledger's.</param>
    /// <returns>The streams in ordinal order, each by version.</returns>
    public static async Task<SortedDictionary<string, List<ArchivedCommit>>> ReadAsync(
        IArchiveFiles archive, IReadOnlyCollection<string> without, RebuildFindings findings, CancellationToken cancellationToken)
    {
        var streams = new SortedDictionary<string, List<ArchivedCommit>>(StringComparer.Ordinal);
        HashSet<string> leftOut = new(without, StringComparer.Ordinal);
        await foreach (string path in archive.ListAsync(Archiver.Folder, cancellationToken))
        {
            if (leftOut.Remove(path))
            {
                continue;
            }

            if (Archiver.Parse(path) is not var (stream, version))
            {
                findings.Add($"{path} is no file that the archiver writes. If it is none of ours, leave it out with --without.");
                continue;
            }

            if (!streams.TryGetValue(stream.Value, out List<ArchivedCommit>? commits))
            {
                streams.Add(stream.Value, commits = []);
            }

            // One text for all commits of a stream: there are many of them.
            commits.Add(new ArchivedCommit(commits.Count > 0 ? commits[0].Stream : stream, version, path));
        }

        foreach (string path in leftOut)
        {
            findings.Add($"{path} is to be left out, and is not there.");
        }

        foreach (List<ArchivedCommit> commits in streams.Values)
        {
            commits.Sort((x, y) => x.Version != y.Version ? x.Version.CompareTo(y.Version) : string.CompareOrdinal(x.Path, y.Path));
            Check(commits, findings);
        }

        return streams;
    }

    private static void Check(List<ArchivedCommit> commits, RebuildFindings findings)
    {
        long next = 0;
        foreach (ArchivedCommit commit in commits)
        {
            if (commit.Version < next)
            {
                findings.Add($"{commit} is there twice; the second is {commit.Path}. If you know which is none of ours, leave it out with --without.");
                continue;
            }

            if (commit.Version > next)
            {
                findings.Add(string.Create(CultureInfo.InvariantCulture, $"{commit.Stream} lacks {commit.Version - next} commits before {commit.Version}, from {next} on."));
            }

            next = commit.Version + 1;
        }
    }
}
