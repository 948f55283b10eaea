using System.Collections.Concurrent;
using System.Runtime.InteropServices;
using DisclosureCloud.Functions.Hosting.Bulk;
using DisclosureCloud.Functions.Hosting.Complaints;
using DisclosureCloud.Functions.Hosting.EvidenceFiles;
using DisclosureCloud.Functions.Hosting.Following;
using DisclosureCloud.Functions.Hosting.Log;
using DisclosureCloud.Functions.Hosting.Messages;
using DisclosureCloud.Functions.Hosting.Postings;
using DisclosureCloud.Ledger;

namespace DisclosureCloud.Functions.Hosting.Publishing;

/// <summary>What has to be done again and again beside following: finish what was left half done, sweep, and look for trouble.</summary>
/// <remarks>Each may be done at any time and by any number at once. In embedded mode a loop calls them, in Azure timers do.</remarks>
internal sealed class KeepUp(
    PositionFollower follower,
    PostingDesk desk,
    ValueSweep sweep,
    Forgetting forgetting,
    EvidenceSweep evidence,
    BulkShelf bulk,
    ComplaintSweep complaints,
    ArchiveAudit audit,
    Sequencer sequencer,
    PoisonWatch poison,
    LogStands stands,
    Deployment deployment,
    TimeProvider clock,
    ILogger<KeepUp> diagnostics)
{
    private static readonly TimeSpan SweepEvery = TimeSpan.FromHours(1);

    private DateTimeOffset _sweptAt = DateTimeOffset.MinValue;

    /// <summary>On which day each part of the day's work was last done.</summary>
    private readonly ConcurrentDictionary<string, DateOnly> _doneOn = new(StringComparer.Ordinal);


    /// <summary>Brings approved postings to their end, each for itself: one that cannot be finished keeps no other from it.</summary>
    /// <returns>How many were brought to their end, and how many could not be.</returns>
    public async Task<(int Finished, int Stuck)> FinishAsync(CancellationToken cancellationToken)
    {
        (int finished, int stuck) = (0, 0);
        foreach (PostingId posting in await follower.UnsettledAsync(cancellationToken))
        {
            if (await diagnostics.TryAsync(() => desk.FinishAsync(posting, cancellationToken), cancellationToken))
            {
                finished++;
            }
            else
            {
                stuck++;
            }
        }

        return (finished, stuck);
    }

    /// <summary>Removes values whose posting never came, where an hour has gone since this process last did.</summary>
    public async Task SweepAsync(CancellationToken cancellationToken)
    {
        if (clock.GetUtcNow() - _sweptAt > SweepEvery)
        {
            _sweptAt = clock.GetUtcNow();
            await sweep.SweepAsync(cancellationToken);
        }
    }

    /// <summary>How far the log is, for whoever watches that it moves.</summary>
    public Task<LogStand> LogStandAsync(CancellationToken cancellationToken) => stands.LookAsync(cancellationToken);

    /// <summary>Raises an alarm where messages were set aside since this process last looked.</summary>
    public Task WatchAsync(CancellationToken cancellationToken) => poison.LookAsync(cancellationToken);

    /// <summary>
    /// Once a day of the deployment's zone: counts the ledger anew and holds archive and log against it, so that nothing rests on cursors for
    /// longer than a day; forgets again what was redacted, should a restored store have brought it back; removes evidence files that no posting names; and
    /// forgets files of many postings that were done long ago, and complaints whose time is over.
    /// </summary>
    /// <remarks>
    /// Each part is done for itself: one that fails keeps no other from it, and is tried again at the next call, while what was done today is
    /// not done again. Evidence files alone wait for the log: a ledger that lacks its end names no file of the postings there, and what is
    /// removed does not come back.
    /// </remarks>
    /// <returns>What was done by this call.</returns>
    public async Task<DayTurned> TurnDayAsync(CancellationToken cancellationToken)
    {
        DateOnly today = deployment.Today(clock);
        long? position = null;
        int failed = 0;
        await DoAsync("count", async () => position = await follower.CountAnewAsync(cancellationToken));
        bool isLogGood = await DoAsync("log", () => sequencer.CheckAsync(cancellationToken));
        await DoAsync("forgetting", () => forgetting.ForgetAllAsync(cancellationToken));
        if (isLogGood)
        {
            await DoAsync("evidence", () => evidence.SweepAsync(cancellationToken));
        }

        await DoAsync("bulk", () => bulk.SweepAsync(cancellationToken));
        await DoAsync("complaints", () => complaints.SweepAsync(cancellationToken));
        await DoAsync("audit", () => audit.CheckAsync(sequencer.IsSegmentAsync, cancellationToken));
        return new DayTurned(position, failed);

        async Task<bool> DoAsync(string part, Func<Task> step)
        {
            if (_doneOn.TryGetValue(part, out DateOnly done) && done == today)
            {
                return true;
            }

            if (!await diagnostics.TryAsync(step, cancellationToken))
            {
                failed++;
                return false;
            }

            _doneOn[part] = today;
            return true;
        }
    }
}

/// <summary>What came of one call for the day's work.</summary>
/// <param name="Position">How far the ledger was counted; null where it was not counted by this call.</param>
/// <param name="Failed">How many parts failed, which the next call tries again.</param>
[StructLayout(LayoutKind.Auto)]
internal readonly record struct DayTurned(long? Position, int Failed);
