using System.Net;
using System.Runtime.CompilerServices;
using Azure;
using Azure.Storage.Blobs;
using Azure.Storage.Blobs.Models;

namespace DisclosureCloud.Storage;

/// <summary>Reads of blobs and of their names, each within the bound of its store.</summary>
internal static class BlobRead
{
    /// <summary>The whole blob, or null where there is none.</summary>
    public static async Task<byte[]?> WholeAsync(BlobClient blob, StorageCall call, CancellationToken cancellationToken) =>
        (await TaggedAsync(blob, call, cancellationToken))?.Bytes;

    /// <summary>The whole blob with its tag, or null where there is none.</summary>
    public static Task<TaggedBytes?> TaggedAsync(BlobClient blob, StorageCall call, CancellationToken cancellationToken) =>
        ReadAsync(blob, call, new BlobDownloadOptions(), cancellationToken);

    /// <summary>A part of a blob, empty where the blob ends before it, or null where there is none.</summary>
    public static async Task<byte[]?> RangeAsync(BlobClient blob, StorageCall call, HttpRange range, CancellationToken cancellationToken)
    {
        try
        {
            return (await ReadAsync(blob, call, new BlobDownloadOptions { Range = range }, cancellationToken))?.Bytes;
        }
        catch (RequestFailedException beyond) when (beyond.Status == (int)HttpStatusCode.RequestedRangeNotSatisfiable)
        {
            return [];
        }
    }

    /// <summary>Names of blobs by prefix, a request a page. The service gives them by their bytes, which is ordinal for ASCII.</summary>
    public static async IAsyncEnumerable<string> NamesAsync(
        BlobContainerClient container, StorageCall call, string prefix, int? pageSize, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        await foreach (BlobItem blob in ItemsAsync(container, call, prefix, pageSize, cancellationToken))
        {
            yield return blob.Name;
        }
    }

    /// <summary>The tag of every blob by its name.</summary>
    public static async Task<Dictionary<string, ETag>> TagsAsync(BlobContainerClient container, StorageCall call, string prefix, CancellationToken cancellationToken)
    {
        var tags = new Dictionary<string, ETag>(StringComparer.Ordinal);
        await foreach (BlobItem blob in ItemsAsync(container, call, prefix, pageSize: null, cancellationToken))
        {
            tags[blob.Name] = blob.Properties.ETag ?? throw new InvalidDataException($"'{blob.Name}' was listed without a tag.");
        }

        return tags;
    }

    private static async IAsyncEnumerable<BlobItem> ItemsAsync(
        BlobContainerClient container, StorageCall call, string prefix, int? pageSize, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        string? next = null;
        do
        {
            Page<BlobItem> page = await call.SendAsync(token => PageAsync(container, prefix, next, pageSize, token), cancellationToken);
            foreach (BlobItem blob in page.Values)
            {
                yield return blob;
            }

            next = page.ContinuationToken;
        }
        while (!string.IsNullOrEmpty(next));
    }

    private static async Task<Page<BlobItem>> PageAsync(BlobContainerClient container, string prefix, string? next, int? pageSize, CancellationToken cancellationToken)
    {
        AsyncPageable<BlobItem> blobs = container.GetBlobsAsync(prefix: prefix.Length == 0 ? null : prefix, cancellationToken: cancellationToken);
        await foreach (Page<BlobItem> page in blobs.AsPages(next, pageSize))
        {
            return page;
        }

        throw new InvalidDataException($"The container '{container.Name}' gave no page of names.");
    }

    // First what it is, then its bytes, for which there is then as much time as they need.
    private static async Task<TaggedBytes?> ReadAsync(BlobClient blob, StorageCall call, BlobDownloadOptions options, CancellationToken cancellationToken)
    {
        try
        {
            using BlobDownloadStreamingResult found = await call.SendAsync(
                async token => (await blob.DownloadStreamingAsync(options, token)).Value, cancellationToken);
            byte[] bytes = new byte[found.Details.ContentLength];
            await call.SendAsync(
                bytes.Length,
                async token =>
                {
                    await found.Content.ReadExactlyAsync(bytes, token);
                    return bytes.Length;
                },
                cancellationToken);
            return new TaggedBytes(bytes, found.Details.ETag);
        }
        catch (RequestFailedException missing) when (missing.ErrorCode == BlobErrorCode.BlobNotFound)
        {
            return null;
        }
    }
}

/// <summary>A blob as it was read: its bytes, and the tag that it then had.</summary>
internal sealed record TaggedBytes(byte[] Bytes, ETag Tag);
