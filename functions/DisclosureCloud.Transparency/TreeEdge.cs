using System.Runtime.InteropServices;

namespace DisclosureCloud.Transparency;

/// <summary>The right edge of a tree: the partial tiles, at most one a level. All that is needed to append, and to know the root.</summary>
/// <remarks>
/// It does not change: appending gives the next edge beside the tiles to write. Where the writing fails, the old edge still stands for
/// what is stored.
/// </remarks>
public sealed class TreeEdge
{
    // A list for each level, of the hashes in its partial tile: 0 to 255.
    private readonly TreeHash[][] levels;

    private TreeEdge(long size, TreeHash[][] levels)
    {
        this.levels = levels;
        Head = size == 0 ? TreeHead.Empty : new TreeHead(size, RootOf(levels));
    }

    /// <summary>The edge of the tree without leaves.</summary>
    public static TreeEdge Empty { get; } = new(0, [.. Enumerable.Repeat<TreeHash[]>([], TileCoordinate.LevelMax + 1)]);

    public TreeHead Head { get; }

    /// <summary>Reads the edge of a stored tree. It asks for <see cref="Tiling.PartialTiles"/>, and for nothing else.</summary>
    /// <param name="head">From the checkpoint of that tree.</param>
    /// <exception cref="FormatException">
    /// A tile has the wrong length, or the tiles have another root: appending to them would fork the log.
    /// </exception>
    public static TreeEdge Read(TreeHead head, TileReader read)
    {
        TreeHash[][] stored = [.. Empty.levels];
        foreach (TileCoordinate coordinate in Tiling.PartialTiles(head.Size))
        {
            var tile = new Tile(coordinate, read(coordinate));
            stored[coordinate.Level] = [.. Enumerable.Range(0, coordinate.Width).Select(i => tile[i])];
        }

        var edge = new TreeEdge(head.Size, stored);
        return edge.Head == head
            ? edge
            : throw new FormatException($"The tiles have the root {edge.Head.Root} at {head.Size} leaves; the checkpoint has {head.Root}.");
    }

    /// <summary>The tree with these leaves more.</summary>
    /// <param name="leafHashes">The new leaves' hashes in their order; none gives the same tree and no tiles.</param>
    /// <exception cref="ArgumentOutOfRangeException">The tree would be larger than <see cref="TreeHead.SizeMax"/>.</exception>
    public TreeGrowth Append(ReadOnlySpan<TreeHash> leafHashes)
    {
        if (leafHashes.Length > TreeHead.SizeMax - Head.Size)
        {
            throw new ArgumentOutOfRangeException(
                nameof(leafHashes), leafHashes.Length, $"A tree of {Head.Size} leaves takes {TreeHead.SizeMax - Head.Size} more.");
        }

        long size = Head.Size + leafHashes.Length;
        var next = new TreeHash[levels.Length][];
        var tiles = new List<Tile>();
        TreeHash[] added = leafHashes.ToArray();
        for (int level = 0; level < levels.Length; level++)
        {
            TreeHash[] hashes = [.. levels[level], .. added];
            if (added.Length > 0)
            {
                AddTiles(tiles, level, Tiling.HashesAt(level, Head.Size) / TileCoordinate.WidthMax, hashes);
            }

            // A full tile is one hash of the level above, and is no longer of the edge.
            added = new TreeHash[hashes.Length / TileCoordinate.WidthMax];
            for (int i = 0; i < added.Length; i++)
            {
                added[i] = Rfc6962.PerfectTreeHash(hashes.AsSpan(i * TileCoordinate.WidthMax, TileCoordinate.WidthMax));
            }

            next[level] = hashes[(added.Length * TileCoordinate.WidthMax)..];
        }

        return new TreeGrowth(new TreeEdge(size, next), tiles);
    }

    private static void AddTiles(List<Tile> tiles, int level, long firstIndex, ReadOnlySpan<TreeHash> hashes)
    {
        for (long index = firstIndex; !hashes.IsEmpty; index++)
        {
            ReadOnlySpan<TreeHash> tile = hashes[..Math.Min(hashes.Length, TileCoordinate.WidthMax)];
            tiles.Add(new Tile(new TileCoordinate(level, index, tile.Length), MemoryMarshal.AsBytes(tile).ToArray()));
            hashes = hashes[tile.Length..];
        }
    }

    /// <summary>Hashes the edge together from the right: the perfect subtrees of each level, the smallest first.</summary>
    private static TreeHash RootOf(TreeHash[][] levels)
    {
        TreeHash? root = null;
        foreach (TreeHash[] hashes in levels)
        {
            int end = hashes.Length;
            for (int count = 1; end > 0; count *= 2)
            {
                if ((end & count) != 0)
                {
                    end -= count;
                    TreeHash subtree = Rfc6962.PerfectTreeHash(hashes.AsSpan(end, count));
                    root = root is { } right ? Rfc6962.NodeHash(subtree, right) : subtree;
                }
            }
        }

        return root!.Value;
    }
}

/// <summary>What appending gives: the tree after it, and the tiles that it has and the tree before had not.</summary>
/// <param name="Edge">The edge of the tree after it.</param>
/// <param name="Tiles">In the order of <see cref="Tiling.NewTiles"/>. Write them before the checkpoint.</param>
public sealed record TreeGrowth(TreeEdge Edge, IReadOnlyList<Tile> Tiles);
