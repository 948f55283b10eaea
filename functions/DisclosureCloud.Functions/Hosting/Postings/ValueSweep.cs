using DisclosureCloud.Ledger;

namespace DisclosureCloud.Functions.Hosting.Postings;

/// <summary>Removes values whose commit never came: the process died between the two, or another copy of the posting was faster.</summary>
internal sealed class ValueSweep(ILedgerStore ledger, IValueStore values, TimeProvider clock)
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
            orphans.AddRange(ofPosting.Select(opening => opening.Key).Where(value => !kept.Contains(value.Commitment)));
        }

        // Forgetting rewrites the store's file, which is dear; mostly there is nothing to forget.
        if (orphans.Count > 0)
        {
            await values.ForgetAsync(orphans, cancellationToken);
        }

        return orphans.Count;
    }
}
