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
            TreeHash[][] chunks = [.. levels[level].Concat(added).Chunk(TileCoordinate.WidthMax)];
            if (added.Length > 0)
            {
                long firstIndex = Tiling.HashesAt(level, Head.Size) / TileCoordinate.WidthMax;
                tiles.AddRange(chunks.Select((chunk, i) => TileOf(level, firstIndex + i, chunk)));
            }

            // A full tile is one hash of the level above, and is no longer of the edge.
            added = [.. chunks.Where(IsFull).Select(chunk => HashOf(chunk))];
            next[level] = chunks.Length > added.Length ? chunks[^1] : [];
        }

        return new TreeGrowth(new TreeEdge(size, next), tiles);
    }

    private static bool IsFull(TreeHash[] hashes) => hashes.Length == TileCoordinate.WidthMax;

    private static Tile TileOf(int level, long index, TreeHash[] hashes) =>
        new(new TileCoordinate(level, index, hashes.Length), MemoryMarshal.AsBytes(hashes.AsSpan()).ToArray());

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
                    TreeHash subtree = HashOf(hashes.AsSpan(end, count));
                    root = root is { } right ? Rfc6962.NodeHash(subtree, right) : subtree;
                }
            }
        }

        return root!.Value;
    }

    private static TreeHash HashOf(ReadOnlySpan<TreeHash> hashes) => hashes.Length == 1
        ? hashes[0]
        : Rfc6962.NodeHash(HashOf(hashes[..(hashes.Length / 2)]), HashOf(hashes[(hashes.Length / 2)..]));
}

/// <summary>What appending gives: the tree after it, and the tiles that it has and the tree before had not.</summary>
/// <param name="Edge">The edge of the tree after it.</param>
/// <param name="Tiles">In the order of <see cref="Tiling.NewTiles"/>. Write them before the checkpoint.</param>
public sealed record TreeGrowth(TreeEdge Edge, IReadOnlyList<Tile> Tiles);
