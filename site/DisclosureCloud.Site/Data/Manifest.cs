using System.Collections.Immutable;
using System.Text.Json;
using System.Text.Json.Nodes;
using DisclosureCloud.Ledger;

namespace DisclosureCloud.Site.Data;

/// <summary>A file of the site as the manifest lists it.</summary>
/// <param name="Path">Relative, with <c>/</c>.</param>
/// <param name="Hash">SHA-256 over its bytes.</param>
/// <param name="Bytes">Its length in bytes.</param>
public sealed record ManifestFile(string Path, Sha256Hex Hash, long Bytes);

/// <summary>Every file of the site with its hash and length: what the publication entry, and so the log, vouches for.</summary>
/// <remarks>
/// It does not list itself, nor what is written after it: the log and <c>status.json</c>. In canonical JSON, sorted by path in ordinal
/// order, so that the same site has one manifest only.
/// </remarks>
public sealed class Manifest
{
    /// <summary>Where it lies in the site.</summary>
    public const string Path = "data/manifest.json";

    private const int Format = 1;

    private Manifest(ImmutableArray<ManifestFile> files) => Files = files;

    /// <summary>Sorted by path.</summary>
    public ImmutableArray<ManifestFile> Files { get; }

    /// <summary>True for the paths that the manifest must list: every file but itself, the log and the status.</summary>
    public static bool Lists(string path)
    {
        ArgumentNullException.ThrowIfNull(path);
        return path is not (Path or "status.json") && !path.StartsWith("log/", StringComparison.Ordinal);
    }

    /// <exception cref="ArgumentException">A path is there twice, is none of the site's form, or is one that the manifest does not
    /// list.</exception>
    public static Manifest Of(IEnumerable<(string Path, Sha256Hex Hash, long Bytes)> files)
    {
        ArgumentNullException.ThrowIfNull(files);
        ImmutableArray<ManifestFile> sorted =
        [
            .. files.Select(file => new ManifestFile(file.Path, file.Hash, file.Bytes)).OrderBy(file => file.Path, StringComparer.Ordinal),
        ];
        for (int i = 0; i < sorted.Length; i++)
        {
            Check(sorted[i]);
            if (i > 0 && sorted[i].Path == sorted[i - 1].Path)
            {
                throw new ArgumentException($"'{sorted[i].Path}' is there twice; a file has one hash.", nameof(files));
            }
        }

        return new Manifest(sorted);
    }

    /// <exception cref="FormatException">Not the bytes that <see cref="ToBytes"/> writes.</exception>
    public static Manifest Parse(ReadOnlySpan<byte> bytes)
    {
        Manifest manifest;
        try
        {
            JsonNode files = JsonNode.Parse(bytes)?["files"] ?? throw new FormatException("A manifest has 'files'.");
            manifest = Of(files.AsArray().Select(Read));
        }
        catch (Exception error) when (error is JsonException or InvalidOperationException or ArgumentException)
        {
            throw new FormatException($"Not a manifest: {error.Message}", error);
        }

        // One comparison stands for all that a strict reader would ask: order, spaces, unknown or repeated names, the format.
        return manifest.ToBytes().AsSpan().SequenceEqual(bytes)
            ? manifest
            : throw new FormatException($"Not a manifest of format {Format} in canonical JSON, sorted by path.");
    }

    public byte[] ToBytes() => CanonicalJson.Write(new JsonObject
    {
        ["files"] = new JsonArray([.. Files.Select(file => new JsonObject
        {
            ["bytes"] = file.Bytes,
            ["path"] = file.Path,
            ["sha256"] = file.Hash.Value,
        })]),
        ["format"] = Format,
    });

    private static (string Path, Sha256Hex Hash, long Bytes) Read(JsonNode? file) => (
        file?["path"]?.GetValue<string>() ?? throw new FormatException("A file of a manifest has 'path'."),
        Id.Parse<Sha256Hex>(file["sha256"]?.GetValue<string>() ?? ""),
        file["bytes"]?.GetValue<long>() ?? throw new FormatException("A file of a manifest has 'bytes'."));

    private static void Check(ManifestFile file)
    {
        string[] parts = file.Path.Split('/');
        if (parts.Any(part => part is "" or "." or "..") || file.Path.Any(c => c is '\\' or ':' || char.IsControl(c)))
        {
            throw new ArgumentException(
                $"A path is relative, with '/', without empty, '.' or '..' parts; found '{file.Path}'.", nameof(file));
        }

        if (!Lists(file.Path))
        {
            throw new ArgumentException($"The manifest does not list '{file.Path}': it is written after the manifest.", nameof(file));
        }

        if (file.Hash.Value is null || file.Bytes < 0)
        {
            throw new ArgumentException($"'{file.Path}' needs a hash and a length of 0 or more; found {file.Bytes} bytes.", nameof(file));
        }
    }
}
