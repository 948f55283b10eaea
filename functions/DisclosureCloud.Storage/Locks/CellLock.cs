using DisclosureCloud.Ledger;

namespace DisclosureCloud.Storage;

/// <summary>A lock between machines, in one cell: a lease that its holder renews, and that others take over when it stands still.</summary>
/// <remarks>
/// <para>Machines' clocks are never compared. A holder writes the cell anew every <see cref="HeldCell.RenewalPeriod"/>, each time with
/// another tag. Whoever sees one tag for <see cref="TakeoverAfter"/>, by its own monotonic clock, replaces it; the cell's
/// compare-and-swap lets one of them through, and refuses the holder's next renewal.</para>
/// <para>A holder counts from before its request, a contender from after its answer, and a holder gives up after
/// <see cref="HeldCell.SilenceMax"/>: by the time another has taken over, it has known for at least five seconds, unless it was frozen.
/// When it wakes it learns at once, or at its first renewal; what it wrote in between, the store that it writes to must refuse.</para>
/// </remarks>
/// <param name="cells">Where the cell is; <see cref="TableCells"/> in Azure.</param>
/// <param name="key">The lock's name.</param>
/// <param name="clock">Measures all waiting, by its timestamps alone.</param>
public sealed class CellLock(ICellStore cells, CellKey key, TimeProvider clock) : IExclusiveLock
{
    /// <summary>How long a tag must stand still before another takes over.</summary>
    internal static readonly TimeSpan TakeoverAfter = TimeSpan.FromSeconds(20);

    /// <summary>Between two looks at a lock that another has: a few reads a second, and only while someone waits.</summary>
    internal static readonly TimeSpan LookPeriod = TimeSpan.FromMilliseconds(250);

    public async Task<IHeldLock> AcquireAsync(TimeSpan wait, CancellationToken cancellationToken)
    {
        var cell = new LeaseCell(cells, key, clock);
        var seen = new SeenTag(clock);
        long began = clock.GetTimestamp();
        while (true)
        {
            cancellationToken.ThrowIfCancellationRequested();
            try
            {
                if (await TryAsync(cell, seen, cancellationToken) is { } held)
                {
                    return await ThisOrCancelledAsync(held, cancellationToken);
                }

                TimeSpan waited = clock.GetElapsedTime(began);
                if (waited >= wait)
                {
                    throw new TimeoutException($"The lock '{key}' is held by another; waited {waited:c}, wanted at most {wait:c}.");
                }
            }
            catch (StoreBusyException) when (clock.GetElapsedTime(began) < wait)
            {
                // There is time to ask again.
            }

            await Task.Delay(LookPeriod, clock, cancellationToken);
        }
    }

    /// <summary>Looks once, and takes the lock where it is free or has stood still.</summary>
    private async Task<HeldCell?> TryAsync(LeaseCell cell, SeenTag seen, CancellationToken cancellationToken)
    {
        Cell? there = await cell.ReadAsync(cancellationToken);
        if (there is not null && !cell.IsMine(there) && seen.StoodFor(there.Tag) < TakeoverAfter)
        {
            return null;
        }

        try
        {
            return await TakeAsync(cell, there?.Tag);
        }
        catch (Exception)
        {
            // Done or not? If it was, the cell has our id, and writing it once more says since when we have it.
            if (await cell.ReadAsync(CancellationToken.None) is { } now && cell.IsMine(now))
            {
                return await TakeAsync(cell, now.Tag);
            }

            throw;
        }
    }

    private async Task<HeldCell?> TakeAsync(LeaseCell cell, CellTag? last)
    {
        long start = clock.GetTimestamp();

        // The caller's token does not cut it off: that could leave a lock that nobody holds.
        return await cell.WriteAsync(last, CancellationToken.None) is { } tag ? new HeldCell(cell, tag, start, clock) : null;
    }

    private static async Task<HeldCell> ThisOrCancelledAsync(HeldCell held, CancellationToken cancellationToken)
    {
        if (cancellationToken.IsCancellationRequested)
        {
            await held.DisposeAsync();
            cancellationToken.ThrowIfCancellationRequested();
        }

        return held;
    }

    /// <summary>For how long one tag has been there, from the end of the first request that saw it.</summary>
    private sealed class SeenTag(TimeProvider clock)
    {
        private CellTag? _tag;
        private long _since;

        public TimeSpan StoodFor(CellTag tag)
        {
            if (_tag != tag)
            {
                (_tag, _since) = (tag, clock.GetTimestamp());
            }

            return clock.GetElapsedTime(_since);
        }
    }
}
