using System.Text.RegularExpressions;
using DisclosureCloud.Ledger;

namespace DisclosureCloud.Storage;

/// <summary>The form of an archive's paths: point 1 of <see cref="IArchiveFiles"/>.</summary>
internal static partial class ArchivePath
{
    /// <exception cref="ArgumentException">It is of another form.</exception>
    public static void Check(string path)
    {
        ArgumentNullException.ThrowIfNull(path);
        if (path.Length > IArchiveFiles.PathMax || !Form.IsMatch(path))
        {
            throw new ArgumentException(
                $"A path of the archive has at most {IArchiveFiles.PathMax} characters, a-z 0-9 . _ - between '/', each part beginning with a letter or digit and not ending with a point; found '{path}'.",
                nameof(path));
        }
    }

    public static void CheckSize(long size)
    {
        if (size > IArchiveFiles.SizeMax)
        {
            throw new ArgumentException($"A file of the archive has at most {IArchiveFiles.SizeMax} bytes; found {size}.", nameof(size));
        }
    }

    public static void CheckRange(long offset, int length)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(offset);
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(length);
    }

    [GeneratedRegex(@"\A[a-z0-9]([a-z0-9._-]*[a-z0-9_-])?(/[a-z0-9]([a-z0-9._-]*[a-z0-9_-])?)*\z", RegexOptions.ExplicitCapture | RegexOptions.CultureInvariant, 1000)]
    private static partial Regex Form { get; }
}
