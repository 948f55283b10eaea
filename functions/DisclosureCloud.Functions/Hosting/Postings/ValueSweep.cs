using DisclosureCloud.Functions.Hosting.Following;
using DisclosureCloud.Ledger;

namespace DisclosureCloud.Functions.Hosting.Postings;

/// <summary>Removes values whose commit never came: the process died between the two, or another copy of the posting was faster.</summary>
/// <remarks>
/// A ledger that was restored from an old copy lacks commits that did come, and their values are nowhere else. So what the archive has of a
/// posting counts too: where that goes further than the ledger, nothing of the posting is removed.
/// </remarks>
internal sealed class ValueSweep(ILedgerStore ledger, IValueStore values, IArchiveFiles archive, TimeProvider clock)
{
    /// <summary>A value this old whose commit is not there has none coming: a request ends in seconds.</summary>
    private static readonly TimeSpan AgeMin = TimeSpan.FromHours(1);

    /// <summary>Those of one posting stay together, since its stream is read for them, and a store may keep them as one.</summary>
    private const int BatchSize = 500;

    /// <summary>Sweeps once; returns how many values were forgotten.</summary>
    public async Task<int> SweepAsync(CancellationToken cancellationToken)
    {
        int swept = 0;
        var batch = new List<Opening>();
        await foreach (Opening opening in values.ReadPutBeforeAsync(clock.GetUtcNow() - AgeMin, cancellationToken))
        {
            if (batch.Count >= BatchSize && batch[^1].Posting != opening.Posting)
            {
                swept += await SweepAsync(batch, cancellationToken);
                batch.Clear();
            }

            batch.Add(opening);
        }

        return swept + await SweepAsync(batch, cancellationToken);
    }

    private async Task<int> SweepAsync(List<Opening> batch, CancellationToken cancellationToken)
    {
        var orphans = new List<ValueKey>();
        foreach (IGrouping<PostingId, Opening> ofPosting in batch.GroupBy(opening => opening.Posting))
        {
            HashSet<Commitment> kept = [.. (await ledger.FateOfAsync(ofPosting.Key, cancellationToken))?.Commitments ?? []];
            ValueKey[] unknown = [.. ofPosting.Select(opening => opening.Key).Where(value => !kept.Contains(value.Commitment))];
            if (unknown.Length > 0 && !await IsBehindAsync(StreamName.Of(ofPosting.Key), cancellationToken))
            {
                orphans.AddRange(unknown);
            }
        }

        // Forgetting rewrites the store's file, which is dear; mostly there is nothing to forget.
        if (orphans.Count > 0)
        {
            await values.ForgetAsync(orphans, cancellationToken);
        }

        return orphans.Count;
    }

    // The archive has a file a commit, in the order of their versions.
    private async Task<bool> IsBehindAsync(StreamName posting, CancellationToken cancellationToken)
    {
        long last = -1;
        await foreach (string path in archive.ListAsync($"{Archiver.Folder}{posting.Value}/", cancellationToken))
        {
            last = Math.Max(last, Archiver.Parse(path)?.Version ?? -1);
        }

        return last >= 0 && await ledger.ReadAsync(posting, last, cancellationToken) is null;
    }
}
