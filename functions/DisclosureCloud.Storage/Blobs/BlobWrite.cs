using System.Net;
using System.Security.Cryptography;
using Azure;
using Azure.Storage.Blobs;
using Azure.Storage.Blobs.Models;

namespace DisclosureCloud.Storage;

/// <summary>Writes a blob where it is as the writer last saw it, and knows its own blob again when the answer was lost.</summary>
/// <remarks>
/// The client repeats a request whose answer did not come, and the repeat meets the first one's blob. Each write therefore leaves a
/// number of its own with the blob (16 random bytes, in its metadata). The bytes would not do: two pages may be the same.
/// </remarks>
internal static class BlobWrite
{
    private const string Number = "creation";
    private const int NumberLength = 16;

    /// <summary>True where this call made the blob, false where there was one; then nothing changes.</summary>
    public static async Task<bool> CreateAsync(BlobClient blob, StorageCall call, ReadOnlyMemory<byte> bytes, CancellationToken cancellationToken) =>
        await ReplaceAsync(blob, call, bytes, last: null, cancellationToken) is not null;

    /// <summary>The blob's new tag, or null where it has another than the one given; then nothing changes.</summary>
    /// <param name="last">The tag that the blob has; null where there is no blob.</param>
    public static async Task<ETag?> ReplaceAsync(BlobClient blob, StorageCall call, ReadOnlyMemory<byte> bytes, ETag? last, CancellationToken cancellationToken)
    {
        string number = Convert.ToHexStringLower(RandomNumberGenerator.GetBytes(NumberLength));
        var options = new BlobUploadOptions
        {
            Conditions = If(last),
            Metadata = new Dictionary<string, string>(StringComparer.Ordinal) { [Number] = number },
        };
        try
        {
            return (await call.SendAsync(bytes.Length, token => blob.UploadAsync(BinaryData.FromBytes(bytes), options, token), cancellationToken)).Value.ETag;
        }
        catch (RequestFailedException refused) when (IsRefused(refused))
        {
            return await TagOfAsync(blob, call, number, cancellationToken);
        }
    }

    /// <summary>The condition that a blob is as it was last seen; null for that there was none.</summary>
    public static BlobRequestConditions If(ETag? last) => last is { } tag
        ? new BlobRequestConditions { IfMatch = tag }
        : new BlobRequestConditions { IfNoneMatch = ETag.All };

    /// <summary>The service says it in the one way for a blob sent whole, and in the other for one sent in blocks.</summary>
    public static bool IsTaken(RequestFailedException refused) =>
        refused.ErrorCode == BlobErrorCode.BlobAlreadyExists || refused.Status == (int)HttpStatusCode.PreconditionFailed;

    /// <summary>A blob is not as it was last seen: it is there and was not, is another, or is gone.</summary>
    public static bool IsRefused(RequestFailedException refused) => IsTaken(refused) || refused.ErrorCode == BlobErrorCode.BlobNotFound;

    private static async Task<ETag?> TagOfAsync(BlobClient blob, StorageCall call, string number, CancellationToken cancellationToken)
    {
        try
        {
            BlobProperties there = (await call.SendAsync(token => blob.GetPropertiesAsync(cancellationToken: token), cancellationToken)).Value;
            return there.Metadata.TryGetValue(Number, out string? found) && found == number ? there.ETag : null;
        }
        catch (RequestFailedException missing) when (missing.Status == (int)HttpStatusCode.NotFound)
        {
            return null;
        }
    }
}
