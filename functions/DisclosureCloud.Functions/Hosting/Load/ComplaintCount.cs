namespace DisclosureCloud.Functions.Hosting.Load;

/// <summary>Counts the complaints that were kept in the last hour, of each source and of all, in memory alone.</summary>
/// <remarks>
/// Only those that were kept are remembered, and of these there are no more than the hour has room for: however many addresses there are,
/// what is kept of them is bounded. Whoever is turned away leaves no trace here.
/// </remarks>
/// <param name="maxOfSource">How many of one source.</param>
/// <param name="maxOfSite">How many of all sources of one IPv6 site.</param>
/// <param name="maxOfAll">How many of all, so that nobody with many addresses fills the store.</param>
internal sealed class ComplaintCount(int maxOfSource, int maxOfSite, int maxOfAll, TimeProvider clock)
{
    private static readonly TimeSpan Hour = TimeSpan.FromHours(1);

    private readonly Lock _lock = new();
    private readonly Queue<(DateTimeOffset At, string Source)> _last = new();
    private readonly Dictionary<string, int> _bySource = new(StringComparer.Ordinal);

    /// <summary>How many sources and sites are remembered.</summary>
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

    /// <summary>How long it takes until there is room for one more; null where there is. Counts nothing.</summary>
    public TimeSpan? Look(string source)
    {
        lock (_lock)
        {
            return Wait(source, SourceAddress.SiteOf(source), clock.GetUtcNow());
        }
    }

    /// <summary>Counts one more, where the hour has room for it: just before it is written, so that those who come at once are no more than may.</summary>
    /// <remarks>
    /// The place is not given back where writing fails. Whoever breaks off may have been written down all the same, and would fill the store uncounted.
    /// </remarks>
    /// <returns>Null where it was counted; else how long it takes until there is room.</returns>
    public TimeSpan? Take(string source)
    {
        DateTimeOffset now = clock.GetUtcNow();
        string? site = SourceAddress.SiteOf(source);
        lock (_lock)
        {
            if (Wait(source, site, now) is { } later)
            {
                return later;
            }

            _last.Enqueue((now, source));
            _bySource[source] = _bySource.GetValueOrDefault(source) + 1;
            if (site is not null)
            {
                _bySource[site] = _bySource.GetValueOrDefault(site) + 1;
            }

            return null;
        }
    }

    // The longest of all waits, so that whoever comes again when it is over is let in if nobody else came.
    private TimeSpan? Wait(string source, string? site, DateTimeOffset now)
    {
        while (_last.TryPeek(out (DateTimeOffset At, string Source) oldest) && now - oldest.At >= Hour)
        {
            string over = _last.Dequeue().Source;
            Forget(over);
            if (SourceAddress.SiteOf(over) is { } itsSite)
            {
                Forget(itsSite);
            }
        }

        DateTimeOffset[] oldestOfFull =
        [
            .. _bySource.GetValueOrDefault(source) >= maxOfSource ? [_last.First(one => one.Source == source).At] : Array.Empty<DateTimeOffset>(),
            .. site is not null && _bySource.GetValueOrDefault(site) >= maxOfSite ? [_last.First(one => SourceAddress.SiteOf(one.Source) == site).At] : Array.Empty<DateTimeOffset>(),
            .. _last.Count >= maxOfAll ? [_last.Peek().At] : Array.Empty<DateTimeOffset>(),
        ];
        return oldestOfFull.Length == 0 ? null : oldestOfFull.Max() + Hour - now;
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
