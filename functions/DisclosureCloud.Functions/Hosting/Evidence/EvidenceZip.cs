using System.IO.Compression;
using System.Runtime.InteropServices;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json.Nodes;
using DisclosureCloud.Ledger;

namespace DisclosureCloud.Functions.Hosting.Evidence;

/// <summary>A zip that is written to a stream file by file, with the hash of each. The same files make the same bytes.</summary>
/// <remarks>It is finished by <see cref="FinishAsync"/> alone: one that broke off has no directory, and no tool takes it for a whole one.</remarks>
internal sealed class EvidenceZip
{
    public const string ManifestPath = "manifest.json";
    public const string SumsPath = "SHA256SUMS";

    /// <summary>The earliest that a zip can say. When a pack was made is nothing about what is in it.</summary>
    private static readonly DateTimeOffset Written = new(1980, 1, 1, 0, 0, 0, TimeSpan.Zero);

    private readonly ZipArchive _zip;
    private readonly HeldStream _held;
    private readonly Stream _output;
    private readonly List<PackedFile> _files = [];

    private EvidenceZip(ZipArchive zip, HeldStream held, Stream output) => (_zip, _held, _output) = (zip, held, output);

    public static async Task<EvidenceZip> BeginAsync(Stream output, CancellationToken cancellationToken)
    {
        var held = new HeldStream();
        return new EvidenceZip(await ZipArchive.CreateAsync(held, ZipArchiveMode.Create, leaveOpen: true, Encoding.UTF8, cancellationToken), held, output);
    }

    public Task AddAsync(string path, ReadOnlyMemory<byte> bytes, CancellationToken cancellationToken) =>
        AddAsync(path, new[] { bytes }.ToAsyncEnumerable(), cancellationToken);

    public Task AddAsync(string path, string text, CancellationToken cancellationToken) => AddAsync(path, Encoding.UTF8.GetBytes(text), cancellationToken);

    public async Task AddAsync(string path, IAsyncEnumerable<ReadOnlyMemory<byte>> parts, CancellationToken cancellationToken)
    {
        ZipArchiveEntry entry = _zip.CreateEntry(path, CompressionLevel.Optimal);
        entry.LastWriteTime = Written;
        using var hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        long length = 0;
        await using (Stream content = await entry.OpenAsync(cancellationToken))
        {
            await foreach (ReadOnlyMemory<byte> part in parts.WithCancellation(cancellationToken))
            {
                hash.AppendData(part.Span);
                length += part.Length;
                await content.WriteAsync(part, cancellationToken);
                await _held.PassOnAsync(_output, cancellationToken);
            }
        }

        await _held.PassOnAsync(_output, cancellationToken);

        _files.Add(new PackedFile(path, Convert.ToHexStringLower(hash.GetHashAndReset()), length));
    }

    /// <summary>Writes the hashes of all that was added, and the zip's directory. The sums are the last file, and are of every other.</summary>
    /// <param name="about">What the manifest says beside the files.</param>
    public async Task FinishAsync(JsonObject about, CancellationToken cancellationToken)
    {
        about["files"] = new JsonArray([.. _files.Select(file => (JsonNode)new JsonObject { ["path"] = file.Path, ["sha256"] = file.Sha256, ["bytes"] = file.Bytes })]);
        await AddAsync(ManifestPath, CanonicalJson.Write(about), cancellationToken);
        await AddAsync(SumsPath, string.Concat(_files.Select(file => $"{file.Sha256}  {file.Path}\n")), cancellationToken);
        await _zip.DisposeAsync();
        await _held.PassOnAsync(_output, cancellationToken);
    }

    [StructLayout(LayoutKind.Auto)]
    private readonly record struct PackedFile(string Path, string Sha256, long Bytes);
}
