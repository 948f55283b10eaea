using DisclosureCloud.Ledger;

namespace DisclosureCloud.Functions.Hosting.Complaints;

/// <summary>Forgets complaints that were closed long ago, and those that nobody ever closed.</summary>
/// <remarks>
/// It reads the keys alone, which say when each complaint came and when it was closed: no text is opened for it. What comes back with a restored
/// store goes again on the next day.
/// </remarks>
internal sealed class ComplaintSweep(ComplaintVault vault, TimeProvider clock)
{
    /// <summary>So long whoever complained can read the answer: within six months of it a suit may be brought (Administrative Litigation Law, Art. 46).</summary>
    public static readonly TimeSpan ClosedMax = TimeSpan.FromDays(180);

    /// <summary>Three years. Who waits for longer is owed an answer by other ways.</summary>
    public static readonly TimeSpan OpenMax = TimeSpan.FromDays((3 * 365) + 1);

    /// <summary>Files that are older by this much than any complaint are deleted, whatever is known of them: a sweep was cut off between keys and files.</summary>
    private static readonly TimeSpan Grace = TimeSpan.FromDays(1);

    /// <summary>To forget rewrites a store, so that many go at once; their keys are in memory meanwhile.</summary>
    private const int BatchSize = 500;

    /// <summary>Sweeps once; returns how many complaints were forgotten.</summary>
    public async Task<int> SweepAsync(CancellationToken cancellationToken)
    {
        DateTimeOffset now = clock.GetUtcNow();
        var due = new HashSet<ComplaintId>();
        await foreach (ComplaintKey key in vault.ReadPutBeforeAsync(now - ClosedMax, cancellationToken))
        {
            if (!due.Contains(key.Id) && await IsDueAsync(key, now, cancellationToken))
            {
                due.Add(key.Id);
            }
        }

        foreach (ComplaintId[] batch in due.Chunk(BatchSize))
        {
            await vault.ForgetAsync(batch, cancellationToken);
        }

        await vault.RemoveReceivedBeforeAsync(now - OpenMax - Grace, cancellationToken);
        return due.Count;
    }

    private async Task<bool> IsDueAsync(ComplaintKey key, DateTimeOffset now, CancellationToken cancellationToken) =>
        key.ReceivedAt < now - OpenMax || (key.Closes && key.At < now - ClosedMax && await vault.IsStoredAsync(key, cancellationToken));
}
