using Azure;
using Azure.Storage.Blobs;
using Azure.Storage.Blobs.Models;
using DisclosureCloud.Ledger;

namespace DisclosureCloud.Storage;

/// <summary>Does what a journal says, from the beginning or once more, and never over what another publisher has made public since.</summary>
/// <remarks>
/// <para>Each put and each removal asks the service to refuse where the blob is not as the journal's writer saw it. A refusal is looked
/// into. The same bytes, or no blob where it was to go, were done before, by this publisher or by one that rolled the same journal
/// forward. Otherwise the journal tells: where it has changed, another publisher has finished it, and what is there is newer.</para>
/// <para>Where it has not, someone changed the file by hand, and it is put right under the tag that it has now. That is as safe: whoever
/// finishes this journal writes this file first, and so changes its tag.</para>
/// <para>A journal without tags is of an older program and is done without conditions.</para>
/// </remarks>
/// <param name="staged">Reads a staged file; null where there is none.</param>
internal sealed class BlobRollForward(BlobContainerClient site, StorageCall call, Func<string, CancellationToken, Task<byte[]?>> staged)
{
    /// <summary>So many staged files are read ahead, and in memory, while they are written one by one.</summary>
    private const int ReadAhead = 16;

    /// <summary>A file that is changed by hand this often while it is being put is changed by a program that should not.</summary>
    private const int AttemptsMax = 3;

    /// <param name="isCurrent">Whether the journal is still the one that was read or written.</param>
    /// <exception cref="PublisherOvertakenException">Another publisher is past this journal.</exception>
    /// <exception cref="InvalidDataException">A file to be put is not staged, or is changed by others again and again.</exception>
    public async Task RunAsync(SiteJournal planned, Func<Task<bool>> isCurrent, CancellationToken cancellationToken)
    {
        await PutAsync(planned, isCurrent, planned.Puts.SkipLast(1), cancellationToken);
        await BlobSite.ForEachAsync(planned.Removals, (path, token) => RemoveAsync(planned, isCurrent, path, token), cancellationToken);
        await PutAsync(planned, isCurrent, planned.Puts.TakeLast(1), cancellationToken); // All else is done: the last file tells of a whole site.
    }

    private async Task PutAsync(SiteJournal planned, Func<Task<bool>> isCurrent, IEnumerable<string> paths, CancellationToken cancellationToken)
    {
        foreach (string[] some in paths.Chunk(ReadAhead))
        {
            byte[]?[] files = await Task.WhenAll(some.Select(path => staged(path, cancellationToken)));
            foreach ((string path, byte[]? bytes) in some.Zip(files))
            {
                await PutAsync(planned, isCurrent, path, bytes, cancellationToken);
            }
        }
    }

    private async Task PutAsync(SiteJournal planned, Func<Task<bool>> isCurrent, string path, byte[]? bytes, CancellationToken cancellationToken)
    {
        if (bytes is null)
        {
            await StopIfOvertakenAsync(isCurrent, path);
            throw new InvalidDataException($"The journal puts '{path}', which is not staged: someone removed it. Remove the journal and publish anew.");
        }

        BlobClient blob = site.GetBlobClient(path);
        ETag? last = TagOf(planned, path);
        for (int attempt = 0; attempt < AttemptsMax; attempt++)
        {
            var options = new BlobUploadOptions
            {
                Conditions = planned.Tags is null ? null : BlobWrite.If(last),
                HttpHeaders = new BlobHttpHeaders { ContentType = FileTypes.Of(path), CacheControl = BlobSite.CacheControl },
            };
            try
            {
                await call.SendAsync(bytes.Length, token => blob.UploadAsync(BinaryData.FromBytes(bytes), options, token), cancellationToken);
                return;
            }
            catch (RequestFailedException refused) when (BlobWrite.IsRefused(refused))
            {
                TaggedBytes? there = await BlobRead.TaggedAsync(blob, call, cancellationToken);
                if (there is not null && bytes.AsSpan().SequenceEqual(there.Bytes))
                {
                    return;
                }

                await StopIfOvertakenAsync(isCurrent, path);
                last = there?.Tag;
            }
        }

        throw ChangedAgain(path);
    }

    private async Task RemoveAsync(SiteJournal planned, Func<Task<bool>> isCurrent, string path, CancellationToken cancellationToken)
    {
        BlobClient blob = site.GetBlobClient(path);
        if (planned.Tags is null)
        {
            await BlobSite.RemoveAsync(blob, call, conditions: null, cancellationToken);
            return;
        }

        ETag? last = TagOf(planned, path);
        for (int attempt = 0; last is not null; attempt++)
        {
            if (attempt == AttemptsMax)
            {
                throw ChangedAgain(path);
            }

            if (await BlobSite.RemoveAsync(blob, call, BlobWrite.If(last), cancellationToken))
            {
                return;
            }

            last = (await BlobRead.TaggedAsync(blob, call, cancellationToken))?.Tag;
            if (last is not null)
            {
                await StopIfOvertakenAsync(isCurrent, path);
            }
        }
    }

    private static async Task StopIfOvertakenAsync(Func<Task<bool>> isCurrent, string path)
    {
        if (!await isCurrent())
        {
            throw new PublisherOvertakenException(
                $"'{path}' is not as this publish found it: another publisher has gone past it. Nothing more of the site was changed.");
        }
    }

    private static InvalidDataException ChangedAgain(string path) => new(
        $"'{path}' of the site was changed {AttemptsMax} times while it was being published. Find out who writes there, and recover.");

    private static ETag? TagOf(SiteJournal planned, string path) =>
        planned.Tags is not null && planned.Tags.TryGetValue(path, out string? tag) ? new ETag(tag) : null;
}
