namespace DisclosureCloud.Functions.Tests.Running;

/// <summary>A clock that stands still until a test moves it, and whose timers go off only then: nobody waits for real.</summary>
/// <remarks>Each timer goes off once at most in a move, which is all that waiting with a limit asks for.</remarks>
public sealed class TimerClock : TimeProvider
{
    private readonly Lock _changing = new();
    private readonly List<Timer> _timers = [];
    private DateTimeOffset _now = new(2026, 3, 2, 12, 0, 0, TimeSpan.Zero);

    /// <summary>How many timers are set.</summary>
    public int Waiting
    {
        get
        {
            lock (_changing)
            {
                return _timers.Count(timer => timer.Due is not null);
            }
        }
    }

    public override DateTimeOffset GetUtcNow()
    {
        lock (_changing)
        {
            return _now;
        }
    }

    public override ITimer CreateTimer(TimerCallback callback, object? state, TimeSpan dueTime, TimeSpan period)
    {
        var timer = new Timer(this, () => callback(state));
        lock (_changing)
        {
            _timers.Add(timer);
        }

        timer.Change(dueTime, period);
        return timer;
    }

    public void Advance(TimeSpan by)
    {
        Timer[] due;
        lock (_changing)
        {
            _now += by;
            due = [.. _timers.Where(timer => timer.Due <= _now)];
            foreach (Timer timer in due)
            {
                timer.Due = timer.Period is { } period ? _now + period : null;
            }
        }

        foreach (Timer timer in due)
        {
            timer.GoOff();
        }
    }

    private sealed class Timer(TimerClock clock, Action goOff) : ITimer
    {
        /// <summary>When it goes off next; null where it is not set.</summary>
        public DateTimeOffset? Due { get; set; }

        public TimeSpan? Period { get; private set; }

        public void GoOff() => goOff();

        public bool Change(TimeSpan dueTime, TimeSpan period)
        {
            lock (clock._changing)
            {
                Due = dueTime == Timeout.InfiniteTimeSpan ? null : clock._now + dueTime;
                Period = period == Timeout.InfiniteTimeSpan || period == TimeSpan.Zero ? null : period;
            }

            return true;
        }

        public void Dispose()
        {
            lock (clock._changing)
            {
                clock._timers.Remove(this);
            }
        }

        public ValueTask DisposeAsync()
        {
            Dispose();
            return ValueTask.CompletedTask;
        }
    }
}
