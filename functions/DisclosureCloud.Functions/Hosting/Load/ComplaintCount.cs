namespace DisclosureCloud.Functions.Hosting.Load;

/// <summary>Counts the complaints of the last hour, of each source and of all, in memory alone.</summary>
/// <remarks>
/// Only those that were let in are remembered, and of these there are no more than the hour has room for: however many addresses there are,
/// what is kept of them is bounded. Whoever is turned away leaves no trace here.
/// </remarks>
/// <param name="maxOfSource">How many of one source.</param>
/// <param name="maxOfAll">How many of all, so that nobody with many addresses fills the store.</param>
internal sealed class ComplaintCount(int maxOfSource, int maxOfAll, TimeProvider clock)
{
    private static readonly TimeSpan Hour = TimeSpan.FromHours(1);

    private readonly Lock _lock = new();
    private readonly Queue<(DateTimeOffset At, string Source)> _last = new();
    private readonly Dictionary<string, int> _bySource = new(StringComparer.Ordinal);

    /// <summary>How many sources are remembered.</summary>
    public int Sources
    {
        get
        {
            lock (_lock)
            {
                return _bySource.Count;
            }
        }
    }

    /// <summary>Counts one more, where the hour has room for it.</summary>
    /// <returns>Null where it was counted; else how long it takes until there is room.</returns>
    public TimeSpan? Take(string source)
    {
        DateTimeOffset now = clock.GetUtcNow();
        lock (_lock)
        {
            while (_last.TryPeek(out (DateTimeOffset At, string Source) oldest) && now - oldest.At >= Hour)
            {
                Forget(_last.Dequeue().Source);
            }

            int own = _bySource.GetValueOrDefault(source);
            if (own >= maxOfSource)
            {
                return _last.First(one => one.Source == source).At + Hour - now;
            }

            if (_last.Count >= maxOfAll)
            {
                return _last.Peek().At + Hour - now;
            }

            _last.Enqueue((now, source));
            _bySource[source] = own + 1;
            return null;
        }
    }

    private void Forget(string source)
    {
        if (_bySource[source] > 1)
        {
            _bySource[source]--;
        }
        else
        {
            _bySource.Remove(source);
        }
    }
}
