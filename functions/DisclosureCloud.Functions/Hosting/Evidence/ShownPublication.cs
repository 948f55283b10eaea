using System.Collections.Immutable;
using System.Text.Json;
using DisclosureCloud.Functions.Hosting.Entries;
using DisclosureCloud.Functions.Hosting.Publishing;
using DisclosureCloud.Ledger;
using DisclosureCloud.Site.Data;

namespace DisclosureCloud.Functions.Hosting.Evidence;

/// <summary>The publication that the site shows, with what leads from its checkpoint to its pages.</summary>
/// <remarks>
/// A publish may put files while these are read, and no reader waits for it. So nothing is taken for having been read at the right moment,
/// only for fitting: <c>status.json</c> has the checkpoint's tree, it names the publication's leaf, that leaf has the hash of the manifest,
/// and the manifest that of each page.
/// </remarks>
internal sealed class ShownPublication
{
    private readonly ISiteFiles _site;
    private readonly ImmutableSortedDictionary<string, string> _hashes;

    private ShownPublication(ISiteFiles site, ImmutableSortedDictionary<string, string> hashes) => (_site, _hashes) = (site, hashes);

    public required PublishedCheckpoint Checkpoint { get; init; }

    /// <summary>The log's keys, a verifier key a line.</summary>
    public required ReadOnlyMemory<byte> Vkey { get; init; }

    public required ReadOnlyMemory<byte> Status { get; init; }

    public required ReadOnlyMemory<byte> Manifest { get; init; }

    /// <summary>Of the publication's leaf: the newest publication in the checkpoint's tree.</summary>
    public required long LeafIndex { get; init; }

    /// <summary>Reads it; null where nothing is published yet.</summary>
    /// <exception cref="MidPublishException">The files are of two publications.</exception>
    /// <exception cref="InvalidDataException">A file is not of its form, or the leaf that is named is no publication.</exception>
    public static async Task<ShownPublication?> ReadAsync(ISiteFiles site, PublishedLog log, CancellationToken cancellationToken)
    {
        PublishedCheckpoint? checkpoint = await log.CheckpointAsync(cancellationToken);
        byte[]? status = await site.ReadAsync(Publisher.StatusPath, cancellationToken);
        if (status is null && checkpoint is null)
        {
            return null;
        }

        byte[]? manifest = await site.ReadAsync(Site.Data.Manifest.Path, cancellationToken);
        byte[]? vkey = await site.ReadAsync(PublishedLog.VkeyPath, cancellationToken);
        if (checkpoint is null || status is null || manifest is null || vkey is null)
        {
            throw new MidPublishException("The site does not have all of its checkpoint, keys, manifest and status.");
        }

        var said = SiteStatus.Read(status);
        if (said.TreeSize != checkpoint.Head.Size || said.RootHash != checkpoint.Head.Root.ToBase64())
        {
            throw new MidPublishException($"{Publisher.StatusPath} is of a tree of {said.TreeSize} leaves, and {PublishedLog.CheckpointPath} of one of {checkpoint.Head.Size}.");
        }

        if (said.ManifestSha256 != Sha256Hex.Of(manifest).Value)
        {
            throw new MidPublishException($"{Site.Data.Manifest.Path} is not the one that {Publisher.StatusPath} names.");
        }

        await CheckLeafAsync(log, said, cancellationToken);
        return new ShownPublication(site, HashesIn(manifest)) { Checkpoint = checkpoint, Vkey = vkey, Status = status, Manifest = manifest, LeafIndex = said.LeafIndex };
    }

    /// <summary>The paths of the notices' pages in both languages, and of what they are shown with, in ordinal order.</summary>
    public ImmutableArray<string> PagesOf(IEnumerable<string> notices)
    {
        string[] folders = [.. notices.SelectMany(notice => new[] { $"notices/{notice}/", $"en/notices/{notice}/" })];
        return [.. _hashes.Keys.Where(path => IsOf(path, folders))];
    }

    /// <summary>A file that the manifest lists.</summary>
    /// <exception cref="MidPublishException">It is not there, or not the one that the manifest lists.</exception>
    public async Task<byte[]> ReadAsync(string path, CancellationToken cancellationToken) =>
        await _site.ReadAsync(path, cancellationToken) is { } bytes && Sha256Hex.Of(bytes).Value == _hashes[path]
            ? bytes
            : throw new MidPublishException($"The site's {path} is not the one that its manifest lists.");

    // Status and checkpoint are of one tree here, and a leaf of it never changes: what does not fit is no matter of the moment.
    private static async Task CheckLeafAsync(PublishedLog log, SiteStatus said, CancellationToken cancellationToken)
    {
        if (said.LeafIndex < 0 || said.LeafIndex >= said.TreeSize)
        {
            throw new InvalidDataException($"{Publisher.StatusPath} names leaf {said.LeafIndex} of {said.TreeSize}.");
        }

        IReadOnlyList<ReadOnlyMemory<byte>> leaves = await log.LeavesAsync(said.LeafIndex, said.LeafIndex + 1, new ReadCount(), cancellationToken);
        using JsonDocument leaf = JsonDocument.Parse(leaves[0]);
        if (!leaf.RootElement.GetProperty("id").ValueEquals(said.Publication)
            || !leaf.RootElement.TryGetProperty("manifestSha256", out JsonElement manifest)
            || !manifest.ValueEquals(said.ManifestSha256))
        {
            throw new InvalidDataException($"Leaf {said.LeafIndex} is not the publication {said.Publication} that {Publisher.StatusPath} names.");
        }
    }

    private static ImmutableSortedDictionary<string, string> HashesIn(byte[] manifest)
    {
        try
        {
            return Site.Data.Manifest.Parse(manifest).Files.ToImmutableSortedDictionary(file => file.Path, file => file.Hash.Value, StringComparer.Ordinal);
        }
        catch (FormatException fault)
        {
            throw new InvalidDataException($"{Site.Data.Manifest.Path}: {fault.Message}", fault);
        }
    }

    private static bool IsOf(string path, string[] folders) =>
        path.StartsWith("assets/", StringComparison.Ordinal) && (path.EndsWith(".css", StringComparison.Ordinal) || path.EndsWith(".svg", StringComparison.Ordinal))
        || (path.EndsWith(".html", StringComparison.Ordinal) && folders.Any(folder => path.StartsWith(folder, StringComparison.Ordinal)));

    /// <summary>What <c>status.json</c> says of the publication and its tree.</summary>
    private sealed record SiteStatus(string Publication, long LeafIndex, long TreeSize, string RootHash, string ManifestSha256)
    {
        public static SiteStatus Read(byte[] bytes)
        {
            try
            {
                var json = JsonElement.Parse(bytes);
                return new SiteStatus(
                    json.GetProperty("publication").GetString()!,
                    json.GetProperty("leafIndex").GetInt64(),
                    json.GetProperty("treeSize").GetInt64(),
                    json.GetProperty("rootHash").GetString()!,
                    json.GetProperty("manifestSha256").GetString()!);
            }
            catch (Exception fault) when (fault is JsonException or InvalidOperationException or KeyNotFoundException or FormatException)
            {
                throw new InvalidDataException($"{Publisher.StatusPath} is not of its form: {fault.Message}", fault);
            }
        }
    }
}

/// <summary>The site's files are of two publications: one is being put just now, or was cut off, and the next publish mends it.</summary>
internal sealed class MidPublishException(string message) : Exception(message)
{
    /// <summary>Putting the files of a publication takes seconds. What was cut off is mended by the next publish, within a minute.</summary>
    public static readonly TimeSpan RetryAfter = TimeSpan.FromSeconds(10);
}
