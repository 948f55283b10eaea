using DisclosureCloud.Functions.Hosting.Entries;
using DisclosureCloud.Ledger;
using DisclosureCloud.Transparency;

namespace DisclosureCloud.Functions.Hosting.Log;

/// <summary>A tree as the site's <c>/log/</c> has it, all of it held against a root before any of it is believed.</summary>
/// <remarks>It keeps the tiles, 32 bytes a leaf, and reads the bundles a second time where they are copied: each is held against its tile again.</remarks>
internal sealed class PublishedTree
{
    private readonly ISiteFiles _site;
    private readonly Dictionary<TileCoordinate, Tile> _tiles;

    private PublishedTree(ISiteFiles site, TreeHead head, IEnumerable<Tile> tiles) =>
        (_site, Head, _tiles) = (site, head, tiles.ToDictionary(tile => tile.Coordinate));

    public TreeHead Head { get; }

    /// <summary>Every tile and bundle of the tree, by its path in a log.</summary>
    public IEnumerable<string> Paths => _tiles.Keys.Select(tile => tile.Path).Concat(Tiling.EntryBundles(Head.Size).Select(bundle => bundle.Path));

    /// <exception cref="LogRefusedException">A tile or bundle is missing, or is not of this tree; the message names it.</exception>
    public static async Task<PublishedTree> ReadAsync(ISiteFiles site, TreeHead head, CancellationToken cancellationToken)
    {
        var hashes = new List<TreeHash>();
        foreach (EntryBundleCoordinate bundle in Tiling.EntryBundles(head.Size))
        {
            (_, TreeHash[] leaves) = await ReadAsync(site, bundle, cancellationToken);
            hashes.AddRange(leaves);
        }

        TreeGrowth all = TreeEdge.Empty.Append([.. hashes]);
        foreach (Tile tile in all.Tiles)
        {
            string path = PublishedLog.Folder + tile.Coordinate.Path;
            byte[] found = await site.ReadAsync(path, cancellationToken) ?? throw Refused($"{path} is not there.");
            if (!found.AsSpan().SequenceEqual(tile.Bytes.Span))
            {
                throw Refused($"{path} has not the hashes of what lies below it.");
            }
        }

        return all.Edge.Head == head
            ? new PublishedTree(site, head, all.Tiles)
            : throw Refused($"its entry bundles have the root {all.Edge.Head.Root} at {head.Size} leaves; the signed one is {head.Root}.");
    }

    /// <summary>The head that the tree had when it was smaller.</summary>
    /// <param name="size">In leaves, at most its own.</param>
    public TreeHead HeadAt(long size) => new TiledTree(Head.Size, tile => _tiles[tile].Bytes).Head(size);

    /// <summary>Puts bundles and tiles into a log's own files. What is there already is left.</summary>
    /// <exception cref="LogRefusedException">Something else is there, or the site was altered meanwhile.</exception>
    public async Task CopyAsync(LogFiles files, CancellationToken cancellationToken)
    {
        foreach (EntryBundleCoordinate bundle in Tiling.EntryBundles(Head.Size))
        {
            (byte[] bytes, TreeHash[] hashes) = await ReadAsync(_site, bundle, cancellationToken);
            Tile tile = _tiles[bundle.Tile];
            if (!hashes.Select((hash, i) => hash == tile[i]).All(same => same))
            {
                throw Refused($"{PublishedLog.Folder}{bundle.Path} was altered a moment ago.");
            }

            await files.PutAsync(bundle, bytes, cancellationToken);
        }

        foreach (Tile tile in _tiles.Values)
        {
            await files.PutAsync(tile, cancellationToken);
        }
    }

    private static async Task<(byte[] Bytes, TreeHash[] Hashes)> ReadAsync(ISiteFiles site, EntryBundleCoordinate bundle, CancellationToken cancellationToken)
    {
        string path = PublishedLog.Folder + bundle.Path;
        byte[] bytes = await site.ReadAsync(path, cancellationToken) ?? throw Refused($"{path} is not there.");
        try
        {
            return (bytes, [.. EntryBundle.Decode(bytes, bundle.Width).Select(leaf => Rfc6962.LeafHash(leaf.Span))]);
        }
        catch (FormatException fault)
        {
            throw Refused($"{path}: {fault.Message}", fault);
        }
    }

    private static LogRefusedException Refused(string what, Exception? cause = null) => new($"The site's log is not what was signed: {what}", cause);
}
