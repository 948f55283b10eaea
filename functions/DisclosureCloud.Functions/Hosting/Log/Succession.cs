using System.Globalization;
using DisclosureCloud.Functions.Hosting.Entries;
using DisclosureCloud.Ledger;
using DisclosureCloud.Transparency;

namespace DisclosureCloud.Functions.Hosting.Log;

/// <summary>Begins a log with the leaves of the one that it follows: the tree of that size has the root that the other log ended with.</summary>
/// <remarks>
/// <para>The site's <c>/log/</c> is read and held against the keys of the log that ended, and against what it ended with. Then bundles, tiles and
/// the three files of each log before are copied into the log's own place, and its first checkpoint is put into its lock row, which did not
/// exist: from then on it is a log as any other. Whatever dies before that, the next start copies on; until then nothing can be appended.</para>
/// <para>Of two that begin it at once, both put the same bytes, and the row takes one of two checkpoints of the same tree.</para>
/// </remarks>
/// <param name="predecessor">Null for a log that follows none: it begins empty.</param>
internal sealed class Succession(Predecessor? predecessor, LogFiles files, CheckpointCell row, CheckpointSigner signer, ISiteFiles site)
{
    /// <summary>Where the files of ended logs lie, in the log's own place and below <c>/log/</c>: <c>before/1/</c> is the oldest.</summary>
    public const string Folder = "before/";

    /// <summary>A log lasts for years.</summary>
    private const int LogsMax = 32;

    public Predecessor? Predecessor => predecessor;

    /// <summary>Gives the log its first leaves, where it has no lock row yet and follows another.</summary>
    /// <exception cref="LogRefusedException">What the site has is no log that ended and named this one; or the row is gone and was there.</exception>
    public async Task BeginAsync(CancellationToken cancellationToken)
    {
        if (predecessor is null || await row.ReadAsync(cancellationToken) is not null)
        {
            return;
        }

        IReadOnlyList<EndedLog> before = await ReadChainAsync(predecessor, cancellationToken);
        var tree = await PublishedTree.ReadAsync(site, before[^1].End.Head, cancellationToken);
        foreach (EndedLog log in before.Where(log => tree.HeadAt(log.End.Head.Size) != log.End.Head))
        {
            throw Refused($"'{log.End.Origin}' ended with {log.End.Head.Size} leaves and the root {log.End.Head.Root}; the log after it does not begin with them.");
        }

        (string Path, byte[] Bytes)[] ended = [.. before.SelectMany((log, i) => log.Files.Select(file => (Path(i + 1, file.Name), file.Bytes)))];
        await RefuseOthersAsync([.. tree.Paths, .. ended.Select(file => file.Path)], cancellationToken);
        await tree.CopyAsync(files, cancellationToken);
        foreach ((string path, byte[] bytes) in ended)
        {
            if (await files.Full.PutAsync(path, bytes, cancellationToken) == PutOutcome.Conflict)
            {
                throw Refused($"{path} in the log's own place is another than the site's.");
            }
        }

        await row.ReplaceAsync(last: null, signer.Sign(tree.Head), cancellationToken); // Where another was faster, it has the same leaves.
    }

    /// <summary>True while the site still shows the log before, as its keys signed it, and that it has ended.</summary>
    public async Task<bool> IsStillShownAsync(CancellationToken cancellationToken)
    {
        try
        {
            return predecessor is not null && (await ReadLastAsync(predecessor, cancellationToken)).End.Origin == predecessor.Origin;
        }
        catch (LogRefusedException)
        {
            return false;
        }
    }

    /// <summary>The files of the logs before, as they lie below <c>/log/</c>.</summary>
    public async Task<IReadOnlyList<(string Path, byte[] Bytes)>> BeforeAsync(CancellationToken cancellationToken)
    {
        var found = new List<(string, byte[])>();
        if (predecessor is not null)
        {
            await foreach (string path in files.Full.ListAsync(Folder, cancellationToken))
            {
                found.Add((path, await files.Full.ReadAsync(path, cancellationToken) ?? throw new MissingFromLogException(path)));
            }
        }

        return found;
    }

    // The oldest first. Each names the next, the last one this log.
    private async Task<IReadOnlyList<EndedLog>> ReadChainAsync(Predecessor keys, CancellationToken cancellationToken)
    {
        var chain = new List<EndedLog>();
        for (int i = 1; i <= LogsMax && await site.ReadAsync(PublishedLog.Folder + Path(i, EndedLog.FrozenName), cancellationToken) is not null; i++)
        {
            string where = $"{PublishedLog.Folder}{Path(i, "")}";
            chain.Add(await EndedLog.ReadAsync(name => site.ReadAsync(where + name, cancellationToken), where, keys));
        }

        chain.Add(await ReadLastAsync(keys, cancellationToken));
        if (chain[^1].End.Origin != keys.Origin)
        {
            throw Refused($"the site's log is '{chain[^1].End.Origin}'; {Predecessor.OriginSetting} is '{keys.Origin}'.");
        }

        string[] origins = [.. chain.Select(log => log.End.Origin), signer.Origin];
        foreach ((EndedLog log, string next) in chain.Zip(origins.Skip(1)))
        {
            if (log.End.Successor != next)
            {
                throw Refused($"{LogFreezing.Sentence(log.End)} It does not name '{next}'.");
            }
        }

        // Whoever took an older log's files away from the site would take its end away from the readers who still hold its keys.
        if (keys.Keys.FirstOrDefault(key => !origins.Contains(key.Name, StringComparer.Ordinal)) is { } lost)
        {
            throw Refused($"{Predecessor.KeysSetting} has a key of '{lost.Name}', and {PublishedLog.Folder}{Folder} of the site has no such log.");
        }

        return origins.Distinct(StringComparer.Ordinal).Count() == origins.Length && chain.Zip(chain.Skip(1)).All(pair => pair.First.End.Head.Size <= pair.Second.End.Head.Size)
            ? chain
            : throw Refused("of the logs before, one comes twice, or one has fewer leaves than the one before it.");
    }

    private Task<EndedLog> ReadLastAsync(Predecessor keys, CancellationToken cancellationToken) =>
        EndedLog.ReadAsync(name => site.ReadAsync(PublishedLog.Folder + name, cancellationToken), PublishedLog.Folder, keys);

    // A copy that was cut off has some of what is to be copied. What else is there, the log itself has made: it had a row.
    private async Task RefuseOthersAsync(HashSet<string> wanted, CancellationToken cancellationToken)
    {
        foreach ((IArchiveFiles store, string folder) in new (IArchiveFiles, string)[] { (files.Full, LogFiles.TileFolder), (files.Edge, LogFiles.TileFolder), (files.Full, Folder), (files.Edge, StagedLeaves.Folder) })
        {
            await foreach (string path in store.ListAsync(folder, cancellationToken))
            {
                if (!wanted.Contains(path) && await row.ReadAsync(cancellationToken) is null)
                {
                    throw Refused(string.Create(
                        CultureInfo.InvariantCulture, $"its lock row is gone, and {path} is there, which is not of the {wanted.Count} files that it begins with. Restore the row from the newest checkpoint that anybody has."));
                }
            }
        }
    }

    private static string Path(int number, string name) => string.Create(CultureInfo.InvariantCulture, $"{Folder}{number}/{name}");

    private static LogRefusedException Refused(string what) => new($"The log refuses to start: {what}");
}
