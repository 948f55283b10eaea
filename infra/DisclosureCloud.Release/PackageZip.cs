using System.IO.Compression;

namespace DisclosureCloud.Release;

/// <summary>Writes a zip whose bytes depend on nothing but the files: no clock, no order of a file system, no modes of this machine.</summary>
internal static class PackageZip
{
    // Unix modes of regular files, as a zip has them: in the upper half of the attributes.
    private const int FileMode = 0b1_000_000_110_100_100 << 16; // 100644
    private const int ExecutableMode = 0b1_000_000_111_101_101 << 16; // 100755

    // The earliest that a zip can state.
    private static readonly DateTimeOffset Written = new(1980, 1, 1, 0, 0, 0, TimeSpan.Zero);

    /// <exception cref="ReleaseException">This machine cannot write Unix modes: without them Azure does not start the app.</exception>
    public static async Task WriteAsync(string file, IReadOnlyList<PackagedFile> files, CancellationToken cancellationToken)
    {
        if (OperatingSystem.IsWindows())
        {
            throw new ReleaseException("A zip that is made on Windows states no Unix modes, and Azure would not start the app. Make it on Linux.");
        }

        await using var stream = new FileStream(file, System.IO.FileMode.Create);
        using var zip = new ZipArchive(stream, ZipArchiveMode.Create);
        foreach (PackagedFile one in files)
        {
            ZipArchiveEntry entry = zip.CreateEntry(one.Path, CompressionLevel.Optimal);
            entry.LastWriteTime = Written;
            entry.ExternalAttributes = one.IsExecutable ? ExecutableMode : FileMode;
            await using Stream to = entry.Open();
            await using FileStream from = File.OpenRead(one.Source);
            await from.CopyToAsync(to, cancellationToken);
        }
    }
}
