using System.Text.Json;

namespace DisclosureCloud.Verifier;

/// <summary>A file as <c>data/manifest.json</c> lists it.</summary>
internal sealed record ListedFile(string Path, string Sha256, long Bytes);

/// <summary>The list of a site's files: it lists every one but itself, the log and the status.</summary>
internal sealed class SiteManifest
{
    // Some 150 bytes a file: a site of a few million pages.
    public const long SizeMax = 512L * 1024 * 1024;

    private const int Format = 1;

    private SiteManifest(Dictionary<string, ListedFile> files) => Files = files;

    public IReadOnlyDictionary<string, ListedFile> Files { get; }

    /// <exception cref="FormatException">Not a manifest; the message says where.</exception>
    public static SiteManifest Parse(ReadOnlyMemory<byte> bytes)
    {
        int fault = CanonicalForm.FirstFault(bytes.Span);
        if (fault >= 0)
        {
            throw new FormatException($"is not canonical JSON (RFC 8785) at its byte {fault}.");
        }

        using var document = JsonDocument.Parse(bytes);
        JsonElement root = document.RootElement;
        if (root.ValueKind != JsonValueKind.Object || root.NumberOf("format"u8) != Format
            || !root.TryGetProperty("files", out JsonElement list) || list.ValueKind != JsonValueKind.Array)
        {
            throw new FormatException($"is no manifest of format {Format}.");
        }

        var files = new Dictionary<string, ListedFile>(list.GetArrayLength(), StringComparer.Ordinal);
        string before = "";
        foreach (JsonElement item in list.EnumerateArray())
        {
            ListedFile file = Read(item);
            if (string.CompareOrdinal(before, file.Path) >= 0)
            {
                throw new FormatException($"lists '{file.Path}' after '{before}': paths are sorted, and each stands there once.");
            }

            before = file.Path;
            files.Add(file.Path, file);
        }

        return new SiteManifest(files);
    }

    /// <summary>True for the files that no manifest lists, since they are written after it.</summary>
    public static bool IsBeside(string path) =>
        path is LogLayout.Manifest or LogLayout.Status || path.StartsWith(LogLayout.Folder, StringComparison.Ordinal);

    private static ListedFile Read(JsonElement item)
    {
        if (item.ValueKind != JsonValueKind.Object || item.TextOf("path"u8) is not { } path || item.TextOf("sha256"u8) is not { } hash || item.NumberOf("bytes"u8) is not (>= 0 and var length))
        {
            throw new FormatException("lists something without path, sha256 or bytes.");
        }

        return SitePath.IsGood(path) && !IsBeside(path)
            ? new ListedFile(path, hash, length)
            : throw new FormatException($"lists '{path}', which is no path of a listed file.");
    }
}
