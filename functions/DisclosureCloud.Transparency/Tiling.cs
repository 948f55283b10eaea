namespace DisclosureCloud.Transparency;

/// <summary>Which tiles and entry bundles a tree of a size has (tlog-tiles, "Merkle Tree" and "Partial Tiles").</summary>
public static class Tiling
{
    /// <summary>All tiles of a tree, level by level from the leaves, each level from the left. None for the empty tree.</summary>
    /// <param name="size">The tree size in leaves.</param>
    /// <exception cref="ArgumentOutOfRangeException">The size is below 0 or above <see cref="TreeHead.SizeMax"/>.</exception>
    public static IEnumerable<TileCoordinate> Tiles(long size) => NewTiles(0, size);

    /// <summary>The tiles of the larger tree that the smaller one lacks: those to write before the larger one's checkpoint.</summary>
    /// <remarks>The same order as <see cref="Tiles"/>. Partial tiles of sizes in between are not among them: no checkpoint has those.</remarks>
    /// <exception cref="ArgumentOutOfRangeException">
    /// A size is below 0 or above <see cref="TreeHead.SizeMax"/>, or the tree shrinks: a log never does.
    /// </exception>
    public static IEnumerable<TileCoordinate> NewTiles(long oldSize, long newSize)
    {
        CheckGrowth(oldSize, newSize);
        return Enumerable.Range(0, TileCoordinate.LevelMax + 1).SelectMany(level => NewTilesAt(level, oldSize, newSize));
    }

    /// <summary>All entry bundles of a tree, from the left.</summary>
    /// <param name="size">The tree size in leaves.</param>
    /// <exception cref="ArgumentOutOfRangeException">The size is below 0 or above <see cref="TreeHead.SizeMax"/>.</exception>
    public static IEnumerable<EntryBundleCoordinate> EntryBundles(long size) => NewEntryBundles(0, size);

    /// <summary>The entry bundles of the larger tree that the smaller one lacks, from the left.</summary>
    /// <exception cref="ArgumentOutOfRangeException">As for <see cref="NewTiles"/>.</exception>
    public static IEnumerable<EntryBundleCoordinate> NewEntryBundles(long oldSize, long newSize)
    {
        CheckGrowth(oldSize, newSize);
        return NewTilesAt(0, oldSize, newSize).Select(tile => new EntryBundleCoordinate(tile.Index, tile.Width));
    }

    /// <summary>The partial tiles of a tree, one a level at most, from the leaves up: they alone give its root hash, and let it grow.</summary>
    /// <param name="size">The tree size in leaves.</param>
    /// <exception cref="ArgumentOutOfRangeException">The size is below 0 or above <see cref="TreeHead.SizeMax"/>.</exception>
    public static IReadOnlyList<TileCoordinate> PartialTiles(long size)
    {
        TreeHead.CheckSize(size);
        var tiles = new List<TileCoordinate>();
        for (int level = 0; level <= TileCoordinate.LevelMax; level++)
        {
            long hashes = HashesAt(level, size);
            if (hashes % TileCoordinate.WidthMax > 0)
            {
                tiles.Add(TileAt(level, hashes / TileCoordinate.WidthMax, hashes));
            }
        }

        return tiles;
    }

    /// <summary>The complete hashes that a tree of a size has at a level: one for each 256^level leaves.</summary>
    internal static long HashesAt(int level, long size) => size >> (TileCoordinate.Height * level);

    /// <summary>The tile of an index in a level of so many hashes: full, or as wide as it has become.</summary>
    internal static TileCoordinate TileAt(int level, long index, long hashes) =>
        new(level, index, (int)Math.Min(TileCoordinate.WidthMax, hashes - (index * TileCoordinate.WidthMax)));

    private static IEnumerable<TileCoordinate> NewTilesAt(int level, long oldSize, long newSize)
    {
        long oldHashes = HashesAt(level, oldSize);
        long newHashes = HashesAt(level, newSize);
        if (oldHashes == newHashes)
        {
            yield break;
        }

        // The tile that was partial, or not yet there, is the first to differ.
        for (long index = oldHashes / TileCoordinate.WidthMax; index * TileCoordinate.WidthMax < newHashes; index++)
        {
            yield return TileAt(level, index, newHashes);
        }
    }

    private static void CheckGrowth(long oldSize, long newSize)
    {
        TreeHead.CheckSize(oldSize);
        TreeHead.CheckSize(newSize);
        ArgumentOutOfRangeException.ThrowIfLessThan(newSize, oldSize);
    }
}
