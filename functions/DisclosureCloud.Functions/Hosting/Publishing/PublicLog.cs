using System.Text;
using DisclosureCloud.Functions.Hosting.Entries;
using DisclosureCloud.Functions.Hosting.Log;
using DisclosureCloud.Ledger;
using DisclosureCloud.Transparency;

namespace DisclosureCloud.Functions.Hosting.Publishing;

/// <summary>The log's copy in the site, <c>/log/</c>: its tiles and bundles, its keys, and a checkpoint. Nothing is signed here.</summary>
/// <remarks>
/// A reader may have an earlier checkpoint. Its partial tiles therefore stay until the full ones are there (c2sp.org/tlog-tiles, "Partial
/// Tiles"). Of the logs before, the last files lie in <c>/log/before/</c>. What else lies below <c>/log/</c> is nobody's, and goes.
/// </remarks>
internal sealed class PublicLog(
    ISiteFiles site, LogFiles files, Sequencer sequencer, CheckpointSigner signer, LogKeys keys, Succession succession, WitnessClient witnesses, WitnessPolicy policy)
{
    private const string Folder = PublishedLog.Folder;
    private const string VkeyPath = PublishedLog.VkeyPath;

    private const int ReadsMax = 3;

    // Full tiles never change: each is compared with the log's own once in a process, so that one that was altered is mended.
    private readonly HashSet<string> _compared = new(StringComparer.Ordinal);

    /// <summary>The checkpoint that the site shows, where it is one of this log and covers a leaf; else null.</summary>
    public async Task<SignedCheckpoint?> ShownAsync(long leafIndex, CancellationToken cancellationToken)
    {
        byte[]? bytes = await site.ReadAsync(Sequencer.PublicPath, cancellationToken);
        return bytes is not null && signer.TryOpen(bytes) is { } shown && shown.Head.Size > leafIndex && shown.Head.Size <= sequencer.Known.Size ? shown : null;
    }

    /// <summary>The checkpoint with the cosignatures of the witnesses that answer in time.</summary>
    public async Task<SignedCheckpoint> CosignedAsync(SignedCheckpoint newest, CancellationToken cancellationToken) =>
        newest with { Note = await witnesses.CosignAsync(newest.Note, (oldSize, token) => ProveAsync(oldSize, newest.Head.Size, token), cancellationToken) };

    /// <summary>Which witnesses cosigned it, and whether they are the quorum; null where none are configured.</summary>
    public (bool IsWitnessed, IReadOnlyList<string> By)? Witnesses(SignedCheckpoint shown) => policy.Witnesses.Count == 0
        ? null
        : (policy.IsWitnessed(shown.Note), [.. policy.Witnesses.Where(witness => witness.FindOn(shown.Note) is not null).Select(witness => witness.Name)]);

    /// <summary>Stages what the site lacks of the log up to a checkpoint, and the checkpoint last.</summary>
    /// <param name="present">What the site has.</param>
    public async Task<PublicLogFiles> StageAsync(SignedCheckpoint shown, IReadOnlyList<string> present, CancellationToken cancellationToken)
    {
        long size = shown.Head.Size;
        HashSet<string> there = [.. present.Where(path => path.StartsWith(Folder, StringComparison.Ordinal))];
        HashSet<string> kept = [VkeyPath, Sequencer.PublicPath];
        var puts = new List<string>();
        foreach ((string path, byte[] bytes) in await succession.BeforeAsync(cancellationToken))
        {
            kept.Add(Folder + path);
            await site.StageChangedAsync(Folder + path, bytes, puts, cancellationToken);
        }

        foreach ((string path, Func<Task<byte[]>> read) in FilesOf(size, cancellationToken).Concat(EarlierOf(there, size, cancellationToken)))
        {
            kept.Add(path);
            if (!there.Contains(path) || _compared.Add(path))
            {
                await site.StageChangedAsync(path, await read(), puts, cancellationToken);
                _compared.Add(path);
            }
        }

        await site.StageChangedAsync(VkeyPath, keys.VkeyBytesOf(shown.Note), puts, cancellationToken);
        await site.StageChangedAsync(Sequencer.PublicPath, shown.Note.ToBytes(), puts, cancellationToken);
        return new PublicLogFiles(puts, kept);
    }

    private IEnumerable<(string Path, Func<Task<byte[]>> Read)> FilesOf(long size, CancellationToken cancellationToken) =>
    [
        .. Tiling.EntryBundles(size).Select(bundle => FileOf(bundle, cancellationToken)),
        .. Tiling.Tiles(size).Select(tile => FileOf(tile, cancellationToken)),
    ];

    // Partial ones of a smaller tree whose full one the tree does not have yet. They too must be what the log has.
    private IEnumerable<(string Path, Func<Task<byte[]>> Read)> EarlierOf(IEnumerable<string> there, long size, CancellationToken cancellationToken)
    {
        foreach (string below in there.Select(path => path[Folder.Length..]))
        {
            if (Earlier(below, EntryBundleCoordinate.Parse, bundle => bundle.Tile, size) is { } bundle)
            {
                yield return FileOf(bundle, cancellationToken);
            }
            else if (Earlier(below, TileCoordinate.Parse, tile => tile, size) is { } tile)
            {
                yield return FileOf(tile, cancellationToken);
            }
        }
    }

    private (string Path, Func<Task<byte[]>> Read) FileOf(EntryBundleCoordinate bundle, CancellationToken cancellationToken) =>
        (Folder + bundle.Path, () => AgainAsync(now => ReadAsync(bundle, now, cancellationToken), cancellationToken));

    private (string Path, Func<Task<byte[]>> Read) FileOf(TileCoordinate tile, CancellationToken cancellationToken) =>
        (Folder + tile.Path, () => AgainAsync(now => ReadAsync(tile, now, cancellationToken), cancellationToken));

    private async Task<ConsistencyProof> ProveAsync(long oldSize, long size, CancellationToken cancellationToken)
    {
        var tiles = new Dictionary<TileCoordinate, byte[]>();
        foreach (TileCoordinate tile in TiledTree.TilesForConsistencyProof(oldSize, size))
        {
            tiles[tile] = await AgainAsync(now => ReadAsync(tile, now, cancellationToken), cancellationToken);
        }

        return new TiledTree(size, tile => tiles[tile]).ConsistencyProof(oldSize);
    }

    // The log may have grown past what is shown: then a wider bundle begins with what this one holds, and so does a tile.
    private async Task<byte[]> ReadAsync(EntryBundleCoordinate bundle, long now, CancellationToken cancellationToken)
    {
        var entries = new List<ReadOnlyMemory<byte>>();
        await foreach ((long _, ReadOnlyMemory<byte> bytes) in files.LeavesAsync(bundle.FirstLeafIndex, bundle.FirstLeafIndex + bundle.Width, now, cancellationToken))
        {
            entries.Add(bytes);
        }

        return EntryBundle.Encode(entries);
    }

    private async Task<byte[]> ReadAsync(TileCoordinate tile, long now, CancellationToken cancellationToken) =>
        (await files.ReadAsync(tile, now, cancellationToken)).ToArray();

    // Another sequencer may append just now, and take away what is wider then.
    private async Task<byte[]> AgainAsync(Func<long, Task<byte[]>> read, CancellationToken cancellationToken)
    {
        for (int attempt = 1; ; attempt++)
        {
            try
            {
                return await read(sequencer.Known.Size);
            }
            catch (MissingFromLogException) when (attempt < ReadsMax)
            {
                await sequencer.LogAsync(cancellationToken);
            }
        }
    }

    private static T? Earlier<T>(string path, Func<string, T> parse, Func<T, TileCoordinate> tileOf, long size)
        where T : struct
    {
        try
        {
            T found = parse(path);
            TileCoordinate tile = tileOf(found);
            return !tile.IsFull && Tiling.PartialTiles(size).Any(edge => edge.Level == tile.Level && edge.Index == tile.Index && edge.Width > tile.Width) ? found : null;
        }
        catch (FormatException)
        {
            return null;
        }
    }
}

/// <summary>What of the log is to be put, in its order, and what of it the site has afterwards.</summary>
internal sealed record PublicLogFiles(IReadOnlyList<string> Puts, IReadOnlySet<string> Kept);
