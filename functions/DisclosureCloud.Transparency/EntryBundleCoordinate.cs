using System.Runtime.InteropServices;

namespace DisclosureCloud.Transparency;

/// <summary>Which bundle of entries: it lies beside the level-0 tile of the same index and width (tlog-tiles, "Log entries").</summary>
[StructLayout(LayoutKind.Auto)]
public readonly record struct EntryBundleCoordinate
{
    private const string Root = "tile/entries/";

    /// <param name="index">Of the bundle, from 0: its first entry has the leaf index 256 times that.</param>
    /// <param name="width">In entries, from 1 to 256.</param>
    /// <exception cref="ArgumentOutOfRangeException">One of them is out of its range, or no tree is as large as the bundle says.</exception>
    public EntryBundleCoordinate(long index, int width = TileCoordinate.WidthMax) => Tile = new TileCoordinate(0, index, width);

    /// <summary>The tile with the leaf hashes of these entries.</summary>
    public TileCoordinate Tile { get; }

    public long Index => Tile.Index;

    /// <summary>The width in entries, from 1 to 256.</summary>
    public int Width => Tile.Width;

    /// <summary>The leaf index of the bundle's first entry.</summary>
    public long FirstLeafIndex => Index * TileCoordinate.WidthMax;

    /// <summary>Where the bundle is served below the log's prefix: <c>tile/entries/&lt;N&gt;[.p/&lt;W&gt;]</c>.</summary>
    public string Path => Root + TilePath.Format(Index, Width);

    /// <summary>Reads a <see cref="Path"/>, and nothing that is written otherwise.</summary>
    /// <exception cref="FormatException">Not a bundle's path, or of a bundle that no tree has.</exception>
    public static EntryBundleCoordinate Parse(string path)
    {
        if (path.StartsWith(Root, StringComparison.Ordinal)
            && TilePath.TryParse(path[Root.Length..], out long index, out int width)
            && TileCoordinate.IsInATree(0, index, width))
        {
            return new EntryBundleCoordinate(index, width);
        }

        throw new FormatException($"An entry bundle's path is tile/entries/<N>[.p/<W>]; found '{path}'.");
    }

    public override string ToString() => Path;
}
