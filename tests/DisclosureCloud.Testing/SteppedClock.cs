namespace DisclosureCloud.Testing;

/// <summary>A clock whose timers, too, stand still until a test moves it: time, timestamps and timers go together.</summary>
/// <remarks>
/// A step is a jump, as for a process that was frozen that long: first it is later, then everything that is due happens, the earliest
/// first, on the thread of whoever moves the clock.
/// </remarks>
public sealed class SteppedClock : TimeProvider
{
    private readonly Lock gate = new();
    private readonly List<SteppedTimer> armed = [];
    private DateTimeOffset now = new(2026, 3, 2, 12, 0, 0, TimeSpan.Zero);

    public override long TimestampFrequency => TimeSpan.TicksPerSecond;

    public override DateTimeOffset GetUtcNow()
    {
        lock (gate)
        {
            return now;
        }
    }

    public override long GetTimestamp() => GetUtcNow().UtcTicks;

    public override ITimer CreateTimer(TimerCallback callback, object? state, TimeSpan dueTime, TimeSpan period)
    {
        var timer = new SteppedTimer(this, () => callback(state));
        timer.Change(dueTime, period);
        return timer;
    }

    public void Advance(TimeSpan by)
    {
        lock (gate)
        {
            now += by;
        }

        while (TakeDue() is { } timer)
        {
            timer.Fire();
        }
    }

    /// <summary>Moves on in steps until something has happened that a test waits for.</summary>
    /// <param name="done">What is waited for. Between two steps whoever was woken gets a moment to go on.</param>
    /// <exception cref="TimeoutException">It did not happen in an hour of this clock.</exception>
    public async Task AdvanceUntilAsync(Func<bool> done, TimeSpan step, CancellationToken cancellationToken)
    {
        DateTimeOffset end = GetUtcNow() + TimeSpan.FromHours(1);
        while (!done())
        {
            if (GetUtcNow() > end)
            {
                throw new TimeoutException("An hour has passed on the stepped clock, and what was waited for has not happened.");
            }

            Advance(step);
            await Task.Delay(TimeSpan.FromMilliseconds(2), cancellationToken);
        }
    }

    private SteppedTimer? TakeDue()
    {
        lock (gate)
        {
            SteppedTimer? first = armed.Where(timer => timer.Due <= now).MinBy(timer => timer.Due);
            first?.Rearm();
            return first;
        }
    }

    private sealed class SteppedTimer(SteppedClock clock, Action fire) : ITimer
    {
        private TimeSpan every = Timeout.InfiniteTimeSpan;

        public DateTimeOffset Due { get; private set; }

        public void Fire() => fire();

        public bool Change(TimeSpan dueTime, TimeSpan period)
        {
            lock (clock.gate)
            {
                every = period;
                clock.armed.Remove(this);
                if (dueTime != Timeout.InfiniteTimeSpan)
                {
                    Due = clock.now + dueTime;
                    clock.armed.Add(this);
                }
            }

            // Due at once, and not only when the clock moves next.
            if (dueTime == TimeSpan.Zero)
            {
                ThreadPool.QueueUserWorkItem(_ => clock.Advance(TimeSpan.Zero));
            }

            return true;
        }

        /// <summary>Called within the gate.</summary>
        public void Rearm()
        {
            if (every == Timeout.InfiniteTimeSpan || every == TimeSpan.Zero)
            {
                clock.armed.Remove(this);
            }
            else
            {
                Due += every;
            }
        }

        public void Dispose() => Change(Timeout.InfiniteTimeSpan, Timeout.InfiniteTimeSpan);

        public ValueTask DisposeAsync()
        {
            Dispose();
            return ValueTask.CompletedTask;
        }
    }
}
