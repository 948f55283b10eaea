using System.Globalization;
using System.Runtime.InteropServices;

namespace DisclosureCloud.Transparency;

/// <summary>Which tile: its level, its index within the level, and how many hashes wide it is (tlog-tiles, "Merkle Tree").</summary>
/// <remarks>
/// A tile of level 0 holds leaf hashes; at level l each hash is that of a full tile below, and spans 256^l leaves. A tile with fewer than
/// 256 hashes is partial. The specification has levels to 63; here there are those that a tree of <see cref="TreeHead.SizeMax"/> leaves
/// has, 0 to 7, and no coordinate beyond that tree.
/// </remarks>
[StructLayout(LayoutKind.Auto)]
public readonly record struct TileCoordinate
{
    /// <summary>A tile spans eight levels of the tree.</summary>
    public const int Height = 8;

    /// <summary>The hashes in a full tile, and the entries in a full bundle: 256.</summary>
    public const int WidthMax = 1 << Height;

    /// <summary>The level of the top tile of the largest tree.</summary>
    public const int LevelMax = 7;

    private const string Root = "tile/";

    private readonly int partialWidth;

    /// <param name="level">From 0 to <see cref="LevelMax"/>.</param>
    /// <param name="index">Of the tile within its level, from 0.</param>
    /// <param name="width">In hashes, from 1 to <see cref="WidthMax"/>.</param>
    /// <exception cref="ArgumentOutOfRangeException">One of them is out of its range, or no tree is as large as the tile says.</exception>
    public TileCoordinate(int level, long index, int width = WidthMax)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(level);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(level, LevelMax);
        ArgumentOutOfRangeException.ThrowIfLessThan(width, 1);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(width, WidthMax);
        ArgumentOutOfRangeException.ThrowIfNegative(index);
        if (!IsInATree(level, index, width))
        {
            throw new ArgumentOutOfRangeException(nameof(index), index, $"No tree has such a tile of {width} hashes at level {level}.");
        }

        Level = level;
        Index = index;
        partialWidth = width % WidthMax;
    }

    public int Level { get; }

    /// <summary>The tile's index within its level, from 0.</summary>
    public long Index { get; }

    /// <summary>The width in hashes, from 1 to 256.</summary>
    public int Width => IsFull ? WidthMax : partialWidth; // Kept so that the default value is a tile too: the first one, full.

    /// <summary>A full tile never changes; a partial one is given up for a wider one as the tree grows.</summary>
    public bool IsFull => partialWidth == 0;

    /// <summary>The length of the tile: 32 bytes a hash.</summary>
    public int SizeBytes => Width * TreeHash.Size;

    /// <summary>Where the tile is served below the log's prefix: <c>tile/&lt;L&gt;/&lt;N&gt;[.p/&lt;W&gt;]</c>.</summary>
    public string Path => string.Create(CultureInfo.InvariantCulture, $"{Root}{Level}/{TilePath.Format(Index, Width)}");

    /// <summary>Reads a <see cref="Path"/>, and nothing that is written otherwise.</summary>
    /// <exception cref="FormatException">Not a tile's path, or of a tile that no tree has.</exception>
    public static TileCoordinate Parse(string path)
    {
        string[] parts = path.Split('/', 3);
        if (parts.Length == 3
            && parts[0] + "/" == Root
            && TilePath.TryParseNumber(parts[1], LevelMax, out int level)
            && TilePath.TryParse(parts[2], out long index, out int width)
            && IsInATree(level, index, width))
        {
            return new TileCoordinate(level, index, width);
        }

        throw new FormatException($"A tile's path is tile/<L>/<N>[.p/<W>], with a level to {LevelMax}; found '{path}'.");
    }

    public override string ToString() => Path;

    /// <summary>Whether the largest tree has the tile. The level and the width are in their ranges, and the index is not negative.</summary>
    internal static bool IsInATree(int level, long index, int width)
    {
        long hashes = TreeHead.SizeMax >> (Height * level);
        return index <= hashes / WidthMax && (index * WidthMax) + width <= hashes;
    }
}
