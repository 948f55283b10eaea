using System.Numerics;

namespace DisclosureCloud.Transparency;

/// <summary>A tree of a size, read from its tiles: root hashes and proofs. It asks for the tiles that are needed, and for each once.</summary>
/// <remarks>
/// The tiles are believed. Whoever has them from elsewhere compares <see cref="Head()"/> with a checkpoint's, or verifies the proof. A caller
/// whose reader has to wait asks first which tiles are needed, fetches those, and reads from what it has. Not for use by several threads.
/// </remarks>
public sealed class TiledTree
{
    private readonly Dictionary<TileCoordinate, Tile> tiles = [];

    // Each tile brings at most 511 nodes here; without them, each proof would hash its tiles anew.
    private readonly Dictionary<LeafRange, TreeHash> known = [];
    private readonly TileReader read;

    /// <param name="size">The tree size in leaves.</param>
    /// <exception cref="ArgumentOutOfRangeException">The size is below 0 or above <see cref="TreeHead.SizeMax"/>.</exception>
    public TiledTree(long size, TileReader read)
    {
        TreeHead.CheckSize(size);
        ArgumentNullException.ThrowIfNull(read);
        Size = size;
        this.read = read;
    }

    /// <summary>The tree size in leaves.</summary>
    public long Size { get; }

    /// <summary>The tiles that <see cref="Head()"/> needs.</summary>
    /// <exception cref="ArgumentOutOfRangeException">The size is below 0 or above <see cref="TreeHead.SizeMax"/>.</exception>
    public static IReadOnlyList<TileCoordinate> TilesForHead(long size) => Tiling.PartialTiles(size);

    /// <summary>The tiles that <see cref="InclusionProof"/> needs, in a tree of <paramref name="size"/> leaves.</summary>
    /// <exception cref="ArgumentOutOfRangeException">The size is out of range, or the leaf is not in the tree.</exception>
    public static IReadOnlyList<TileCoordinate> TilesForInclusionProof(long leafIndex, long size)
    {
        CheckLeaf(leafIndex, size);
        return TilesOf(ProofPath.OfInclusion(leafIndex, size), size);
    }

    /// <summary>The tiles that <see cref="ConsistencyProof"/> needs, in a tree of <paramref name="size"/> leaves.</summary>
    /// <exception cref="ArgumentOutOfRangeException">A size is out of range, or the older tree is the larger one.</exception>
    public static IReadOnlyList<TileCoordinate> TilesForConsistencyProof(long oldSize, long size)
    {
        CheckOlder(oldSize, size);
        return TilesOf(ProofPath.OfConsistency(oldSize, size), size);
    }

    /// <summary>The head of the whole tree.</summary>
    /// <exception cref="FormatException">A tile has the wrong length.</exception>
    public TreeHead Head() => Head(Size);

    /// <summary>The head that the tree had when it was smaller.</summary>
    /// <param name="size">In leaves, to <see cref="Size"/>.</param>
    /// <exception cref="ArgumentOutOfRangeException">Below 0, or larger than the tree.</exception>
    /// <exception cref="FormatException">A tile has the wrong length.</exception>
    public TreeHead Head(long size)
    {
        CheckOlder(size, Size);
        return size == 0 ? TreeHead.Empty : new TreeHead(size, HashOf(new LeafRange(0, size)));
    }

    /// <summary>The proof that the tree has a leaf (RFC 6962, section 2.1.1).</summary>
    /// <param name="leafIndex">The leaf's index, from 0.</param>
    /// <exception cref="ArgumentOutOfRangeException">The leaf is not in the tree.</exception>
    /// <exception cref="FormatException">A tile has the wrong length.</exception>
    public InclusionProof InclusionProof(long leafIndex)
    {
        CheckLeaf(leafIndex, Size);
        return new InclusionProof(leafIndex, [.. ProofPath.OfInclusion(leafIndex, Size).Select(HashOf)]);
    }

    /// <summary>The proof that the tree begins with an older one (RFC 6962, section 2.1.2).</summary>
    /// <param name="oldSize">The older tree's size in leaves.</param>
    /// <exception cref="ArgumentOutOfRangeException">Below 0, or larger than the tree.</exception>
    /// <exception cref="FormatException">A tile has the wrong length.</exception>
    public ConsistencyProof ConsistencyProof(long oldSize)
    {
        CheckOlder(oldSize, Size);
        return new ConsistencyProof([.. ProofPath.OfConsistency(oldSize, Size).Select(HashOf)]);
    }

    private static void CheckLeaf(long leafIndex, long size)
    {
        TreeHead.CheckSize(size);
        ArgumentOutOfRangeException.ThrowIfNegative(leafIndex);
        ArgumentOutOfRangeException.ThrowIfGreaterThanOrEqual(leafIndex, size);
    }

    private static void CheckOlder(long oldSize, long size)
    {
        TreeHead.CheckSize(size);
        ArgumentOutOfRangeException.ThrowIfNegative(oldSize);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(oldSize, size);
    }

    private static List<TileCoordinate> TilesOf(IReadOnlyList<LeafRange> nodes, long size) =>
        [.. nodes.SelectMany(node => node.PerfectParts()).Select(part => TileBelow(part, size)).Distinct()];

    /// <summary>The tile that has the hashes under a perfect subtree: neighbours, and of one tile, whose width divides evenly.</summary>
    private static TileCoordinate TileBelow(LeafRange subtree, long size)
    {
        int level = BitOperations.Log2((ulong)subtree.Count) / TileCoordinate.Height;
        long place = Tiling.HashesAt(level, subtree.Start);
        return Tiling.TileAt(level, place / TileCoordinate.WidthMax, Tiling.HashesAt(level, size));
    }

    private TreeHash HashOf(LeafRange node)
    {
        if (!known.TryGetValue(node, out TreeHash hash))
        {
            if (node.IsPerfect && BitOperations.Log2((ulong)node.Count) % TileCoordinate.Height == 0)
            {
                TileCoordinate tile = TileBelow(node, Size);
                hash = Read(tile)[(int)(Tiling.HashesAt(tile.Level, node.Start) % TileCoordinate.WidthMax)];
            }
            else
            {
                (LeafRange left, LeafRange right) = node.Split();
                hash = Rfc6962.NodeHash(HashOf(left), HashOf(right));
            }

            known.Add(node, hash);
        }

        return hash;
    }

    private Tile Read(TileCoordinate coordinate)
    {
        if (!tiles.TryGetValue(coordinate, out Tile? tile))
        {
            tile = new Tile(coordinate, read(coordinate));
            tiles.Add(coordinate, tile);
        }

        return tile;
    }
}
