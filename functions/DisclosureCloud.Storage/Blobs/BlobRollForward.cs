using Azure;
using Azure.Storage.Blobs;
using Azure.Storage.Blobs.Models;
using DisclosureCloud.Ledger;

namespace DisclosureCloud.Storage;

/// <summary>Does what a journal says, from the beginning or once more, and never over what another publisher has made public since.</summary>
/// <remarks>
/// Each put and each removal asks the service to refuse where the blob is not as the journal's writer saw it. A refusal is looked into:
/// the same bytes, or no blob where it was to go, were done before, by this publisher or by one that rolled the journal forward. All else
/// is another's newer site. A journal without tags is of an older program and is done without conditions.
/// </remarks>
/// <param name="staged">Reads a staged file; null where there is none.</param>
internal sealed class BlobRollForward(BlobContainerClient site, StorageCall call, Func<string, CancellationToken, Task<byte[]?>> staged)
{
    /// <summary>So many staged files are read ahead, and in memory, while they are written one by one.</summary>
    private const int ReadAhead = 16;

    /// <exception cref="PublisherOvertakenException">Another publisher is past this journal.</exception>
    /// <exception cref="InvalidDataException">A file to be put is not staged.</exception>
    public async Task RunAsync(SiteJournal planned, CancellationToken cancellationToken)
    {
        await PutAsync(planned, planned.Puts.SkipLast(1), cancellationToken);
        await BlobSite.ForEachAsync(planned.Removals, (path, token) => RemoveAsync(planned, path, token), cancellationToken);
        await PutAsync(planned, planned.Puts.TakeLast(1), cancellationToken); // All else is done: the last file tells of a whole site.
    }

    private async Task PutAsync(SiteJournal planned, IEnumerable<string> paths, CancellationToken cancellationToken)
    {
        foreach (string[] some in paths.Chunk(ReadAhead))
        {
            byte[]?[] files = await Task.WhenAll(some.Select(path => staged(path, cancellationToken)));
            foreach ((string path, byte[]? bytes) in some.Zip(files))
            {
                await PutAsync(planned, path, bytes, cancellationToken);
            }
        }
    }

    private async Task PutAsync(SiteJournal planned, string path, byte[]? bytes, CancellationToken cancellationToken)
    {
        if (bytes is null)
        {
            throw new InvalidDataException($"The journal puts '{path}', which is not staged: someone removed it. Remove the journal and publish anew.");
        }

        BlobClient blob = site.GetBlobClient(path);
        var options = new BlobUploadOptions
        {
            Conditions = planned.Tags is null ? null : BlobWrite.If(TagOf(planned, path)),
            HttpHeaders = new BlobHttpHeaders { ContentType = FileTypes.Of(path), CacheControl = BlobSite.CacheControl },
        };
        try
        {
            await call.SendAsync(bytes.Length, token => blob.UploadAsync(BinaryData.FromBytes(bytes), options, token), cancellationToken);
        }
        catch (RequestFailedException refused) when (BlobWrite.IsRefused(refused))
        {
            byte[]? there = await BlobRead.WholeAsync(blob, call, cancellationToken);
            if (there is null || !bytes.AsSpan().SequenceEqual(there))
            {
                throw Overtaken(path);
            }
        }
    }

    private async Task RemoveAsync(SiteJournal planned, string path, CancellationToken cancellationToken)
    {
        BlobClient blob = site.GetBlobClient(path);
        if (planned.Tags is null)
        {
            await BlobSite.RemoveAsync(blob, call, conditions: null, cancellationToken);
        }
        else if (TagOf(planned, path) is { } tag
            && !await BlobSite.RemoveAsync(blob, call, BlobWrite.If(tag), cancellationToken)
            && await call.SendAsync(token => blob.ExistsAsync(token), cancellationToken))
        {
            throw Overtaken(path);
        }
    }

    private static ETag? TagOf(SiteJournal planned, string path) => planned.Tags!.TryGetValue(path, out string? tag) ? new ETag(tag) : null;

    private static PublisherOvertakenException Overtaken(string path) => new(
        $"'{path}' of the site is not as this publish found it: another publisher has gone past it. Nothing more was changed.");
}
