using System.Net;
using System.Security.Cryptography;
using Azure;
using Azure.Storage.Blobs;
using Azure.Storage.Blobs.Models;

namespace DisclosureCloud.Storage;

/// <summary>Creates a blob where there is none, and knows its own blob again when the answer was lost.</summary>
/// <remarks>
/// The client repeats a request whose answer did not come, and the repeat meets the first one's blob. Each creation therefore leaves a
/// number of its own with the blob (16 random bytes, in its metadata). The bytes would not do: two pages may be the same.
/// </remarks>
internal static class BlobCreation
{
    private const string Number = "creation";
    private const int NumberLength = 16;

    /// <summary>True where this call made the blob, false where there was one; then nothing changes.</summary>
    public static async Task<bool> CreateAsync(BlobClient blob, StorageCall call, ReadOnlyMemory<byte> bytes, CancellationToken cancellationToken)
    {
        string number = Convert.ToHexStringLower(RandomNumberGenerator.GetBytes(NumberLength));
        var options = new BlobUploadOptions
        {
            Conditions = new BlobRequestConditions { IfNoneMatch = ETag.All },
            Metadata = new Dictionary<string, string>(StringComparer.Ordinal) { [Number] = number },
        };
        try
        {
            await call.SendAsync(bytes.Length, token => blob.UploadAsync(BinaryData.FromBytes(bytes), options, token), cancellationToken);
            return true;
        }
        catch (RequestFailedException taken) when (IsTaken(taken))
        {
            Response<BlobProperties> there = await call.SendAsync(token => blob.GetPropertiesAsync(cancellationToken: token), cancellationToken);
            return there.Value.Metadata.TryGetValue(Number, out string? found) && found == number;
        }
    }

    /// <summary>The service says it in the one way for a blob sent whole, and in the other for one sent in blocks.</summary>
    public static bool IsTaken(RequestFailedException refused) =>
        refused.ErrorCode == BlobErrorCode.BlobAlreadyExists || refused.Status == (int)HttpStatusCode.PreconditionFailed;
}
