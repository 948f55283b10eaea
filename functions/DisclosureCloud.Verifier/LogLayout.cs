using DisclosureCloud.Transparency;

namespace DisclosureCloud.Verifier;

/// <summary>Where a site has its log, and how large its files may be.</summary>
internal static class LogLayout
{
    public const string Folder = "log/";
    public const string Checkpoint = Folder + "checkpoint";
    public const string Keys = Folder + "vkey";
    public const string Frozen = Folder + "frozen";
    public const string Manifest = "data/manifest.json";
    public const string Status = "status.json";

    /// <summary>A bundle in bytes: 256 entries of the longest length, each with the two bytes that say it.</summary>
    public const int BundleSizeMax = TileCoordinate.WidthMax * (EntryBundle.EntrySizeMax + sizeof(ushort));

    /// <summary>The folder of a log that ended before this one; 1 is the oldest.</summary>
    public static string Before(int number) => string.Create(System.Globalization.CultureInfo.InvariantCulture, $"{Folder}before/{number}/");

    public static string PathOf(TileCoordinate tile) => Folder + tile.Path;

    public static string PathOf(EntryBundleCoordinate bundle) => Folder + bundle.Path;

    /// <summary>The tile of an index in a tree: full, or as wide as the tree has it; null where the tree has none.</summary>
    public static TileCoordinate? TileOf(int level, long index, long size)
    {
        long hashes = size >> (TileCoordinate.Height * level);
        long before = index * TileCoordinate.WidthMax;
        return before < hashes ? new TileCoordinate(level, index, (int)Math.Min(TileCoordinate.WidthMax, hashes - before)) : null;
    }
}
