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
    private readonly long size;

    // Hashed when it is asked for: who appends bundle by bundle wants the last one alone. Two who ask at once hash the same.
    private TreeHead? head;

    private TreeEdge(long size, TreeHash[][] levels) => (this.size, this.levels) = (size, levels);

    /// <summary>The edge of the tree without leaves.</summary>
    public static TreeEdge Empty { get; } = new(0, [.. Enumerable.Repeat<TreeHash[]>([], TileCoordinate.LevelMax + 1)]);

    public TreeHead Head => head ??= size == 0 ? TreeHead.Empty : new TreeHead(size, RootOf(levels));

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
        if (leafHashes.Length > TreeHead.SizeMax - size)
        {
            throw new ArgumentOutOfRangeException(
                nameof(leafHashes), leafHashes.Length, $"A tree of {size} leaves takes {TreeHead.SizeMax - size} more.");
        }

        var next = new TreeHash[levels.Length][];
        var tiles = new List<Tile>();
        ReadOnlySpan<TreeHash> added = leafHashes;
        for (int level = 0; level < levels.Length; level++)
        {
            // A full tile is one hash of the level above, and is no longer of the edge.
            (next[level], added) = added.IsEmpty ? (levels[level], []) : Fill(level, added, tiles);
        }

        return new TreeGrowth(new TreeEdge(size + leafHashes.Length, next), tiles);
    }

    /// <summary>Puts hashes into a level's tiles, one tile after the other: what is hashed next is what was copied last.</summary>
    /// <returns>What the last tile holds where it is partial, and the hashes of those that are full.</returns>
    private (TreeHash[] Edge, TreeHash[] Full) Fill(int level, ReadOnlySpan<TreeHash> added, List<Tile> tiles)
    {
        ReadOnlySpan<TreeHash> kept = levels[level];
        var full = new TreeHash[(kept.Length + added.Length) / TileCoordinate.WidthMax];
        long first = Tiling.HashesAt(level, size) / TileCoordinate.WidthMax;
        for (int i = 0; !added.IsEmpty; i++)
        {
            var hashes = new TreeHash[Math.Min(kept.Length + added.Length, TileCoordinate.WidthMax)];
            kept.CopyTo(hashes);
            added[..(hashes.Length - kept.Length)].CopyTo(hashes.AsSpan(kept.Length));
            added = added[(hashes.Length - kept.Length)..];
            tiles.Add(new Tile(new TileCoordinate(level, first + i, hashes.Length), MemoryMarshal.AsBytes(hashes.AsSpan()).ToArray()));
            if (i == full.Length)
            {
                return (hashes, full);
            }

            full[i] = Rfc6962.PerfectTreeHash(hashes);
            kept = [];
        }

        return ([], full);
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
