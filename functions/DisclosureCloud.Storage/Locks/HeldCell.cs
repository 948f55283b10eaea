using DisclosureCloud.Ledger;

namespace DisclosureCloud.Storage;

/// <summary>A lease while it is held: renewed in the background until it is given up, or lost.</summary>
internal sealed class HeldCell : IHeldLock
{
    public static readonly TimeSpan RenewalPeriod = TimeSpan.FromSeconds(5);

    /// <summary>After this long without a renewal the holder gives up: five seconds before anybody may take over.</summary>
    public static readonly TimeSpan SilenceMax = TimeSpan.FromSeconds(15);

    /// <summary>After a renewal of which it is not known whether it was done.</summary>
    private static readonly TimeSpan RetryDelay = TimeSpan.FromSeconds(1);

    private const int ReleasesMax = 3;

    private readonly LeaseCell _cell;
    private readonly TimeProvider _clock;
    private readonly CancellationTokenSource _lost;
    private readonly CancellationTokenSource _stop;
    private readonly Task _renewing;
    private CellTag? _tag;
    private int _disposed;

    /// <param name="start">The timestamp before the write that took the lease was sent: from then on it is sure to be ours.</param>
    public HeldCell(LeaseCell cell, CellTag tag, long start, TimeProvider clock)
    {
        (_cell, _tag, _clock) = (cell, tag, clock);
        _lost = new CancellationTokenSource(Left(SilenceMax, start), clock);
        Lost = _lost.Token;
        _stop = CancellationTokenSource.CreateLinkedTokenSource(Lost);
        _renewing = RenewAsync(start, _stop.Token);
    }

    public CancellationToken Lost { get; }

    public async ValueTask DisposeAsync()
    {
        if (Interlocked.Exchange(ref _disposed, 1) == 1)
        {
            return;
        }

        await _stop.CancelAsync();
        await _renewing;
        await ReleaseAsync();
        _stop.Dispose();
        _lost.Dispose();
    }

    private async Task RenewAsync(long start, CancellationToken stop)
    {
        TimeSpan delay = Left(RenewalPeriod, start);
        while (true)
        {
            await Task.Delay(delay, _clock, stop).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
            if (stop.IsCancellationRequested)
            {
                return;
            }

            delay = await RenewOnceAsync(stop);
        }
    }

    /// <returns>How long to wait before the next renewal.</returns>
    private async Task<TimeSpan> RenewOnceAsync(CancellationToken stop)
    {
        long start = _clock.GetTimestamp();
        try
        {
            if (_tag is { } last && await _cell.WriteAsync(last, stop) is { } next)
            {
                _tag = next;
                _lost.CancelAfter(Left(SilenceMax, start));
                return Left(RenewalPeriod, start);
            }

            // Refused, or an earlier answer was lost: a write of ours may have come late, and then the lease is still ours.
            Cell? there = await _cell.ReadAsync(stop);
            if (there is not null && _cell.IsMine(there))
            {
                _tag = there.Tag;
                return TimeSpan.Zero;
            }

            await _lost.CancelAsync();
            return TimeSpan.Zero;
        }
        catch (Exception)
        {
            // Whatever it was: it is tried again until the silence has lasted too long, and then the holder is told. One that was cut
            // off because the lease ends may still arrive: the release looks for it, and once the cell is gone it is refused.
            _tag = null;
            return RetryDelay;
        }
    }

    private async Task ReleaseAsync()
    {
        for (int attempt = 0; attempt < ReleasesMax; attempt++)
        {
            try
            {
                await _cell.DeleteAsync();
                return;
            }
            catch (Exception)
            {
                // The work under the lock is done and must not look failed. Left alone, the lease ends when it has stood still.
            }
        }
    }

    private TimeSpan Left(TimeSpan whole, long start)
    {
        TimeSpan left = whole - _clock.GetElapsedTime(start);
        return left > TimeSpan.Zero ? left : TimeSpan.Zero;
    }
}
