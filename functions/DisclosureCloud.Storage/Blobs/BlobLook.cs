using System.Collections.Concurrent;
using System.Runtime.InteropServices;
using Azure;
using DisclosureCloud.Ledger;

namespace DisclosureCloud.Storage;

/// <summary>What the hashes of blobs were when they were read: a blob that still has its tag need not be read again.</summary>
/// <remarks>The service gives a blob another tag with every write, whoever wrote, and nobody can choose one.</remarks>
internal sealed class BlobHashes
{
    private readonly ConcurrentDictionary<string, HashAt> _known = new(StringComparer.Ordinal);

    /// <param name="now">The tag that the blob has.</param>
    /// <param name="read">Reads it; null where it is gone.</param>
    public async Task<Sha256Hex?> OfAsync(string path, ETag now, Func<Task<TaggedBytes?>> read)
    {
        if (_known.TryGetValue(path, out HashAt known) && known.Tag == TextOf(now))
        {
            return known.Hash;
        }

        if (await read() is not { } found)
        {
            return null;
        }

        var hash = Sha256Hex.Of(found.Bytes);
        _known[path] = new HashAt(TextOf(found.Tag), hash);
        return hash;
    }

    // The service writes it without quotes in a list and with quotes in a header.
    private static string TextOf(ETag tag) => tag.ToString("H");

    [StructLayout(LayoutKind.Auto)]
    private readonly record struct HashAt(string Tag, Sha256Hex Hash);
}

/// <summary>The blobs of a site with the tags that they had at one look.</summary>
/// <param name="tags">Of every blob, by its name.</param>
/// <param name="read">Reads a blob with the tag that it has by then.</param>
internal sealed class BlobLook(IReadOnlyDictionary<string, ETag> tags, BlobHashes hashes, Func<string, CancellationToken, Task<TaggedBytes?>> read) : ISiteLook
{
    public IReadOnlyList<string> Paths { get; } = [.. tags.Keys.Order(StringComparer.Ordinal)]; // The service goes by UTF-8, which differs where a name has an emoji.

    public async Task<Sha256Hex?> HashAsync(string path, CancellationToken cancellationToken)
    {
        SitePath.Check(path);
        return tags.TryGetValue(path, out ETag now) ? await hashes.OfAsync(path, now, () => read(path, cancellationToken)) : null;
    }
}
