namespace DisclosureCloud.Functions.Hosting.Load;

/// <summary>Counts what each source sends as a complaint, good or not, so that reading and refusing does not go on without end.</summary>
/// <remarks>
/// Each source has an hour that begins with its first attempt; after it nothing of the source is remembered. Of more sources than are
/// remembered at once, the one that began first is forgotten before its time: to turn away all others for it would shut out the village.
/// How many complaints are kept is counted apart (<see cref="ComplaintCount"/>), and no such forgetting changes that.
/// </remarks>
/// <param name="maxOfSource">How many in an hour of one source.</param>
internal sealed class ComplaintAttempts(int maxOfSource, TimeProvider clock)
{
    /// <summary>Each takes some two hundred bytes: two megabytes in all.</summary>
    public const int SourcesMax = 10_000;

    private static readonly TimeSpan Hour = TimeSpan.FromHours(1);

    private readonly Lock _lock = new();
    private readonly Queue<(DateTimeOffset Began, string Source)> _hours = new();
    private readonly Dictionary<string, (DateTimeOffset Began, int Count)> _bySource = new(StringComparer.Ordinal);

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

    /// <summary>Counts one more, where the source's hour has room for it.</summary>
    /// <returns>Null where it was counted; else how long it takes until its next hour may begin.</returns>
    public TimeSpan? Take(string source)
    {
        DateTimeOffset now = clock.GetUtcNow();
        lock (_lock)
        {
            while (_hours.TryPeek(out (DateTimeOffset Began, string Source) oldest) && now - oldest.Began >= Hour)
            {
                _bySource.Remove(_hours.Dequeue().Source);
            }

            if (_bySource.TryGetValue(source, out (DateTimeOffset Began, int Count) own))
            {
                if (own.Count >= maxOfSource)
                {
                    return own.Began + Hour - now;
                }

                _bySource[source] = (own.Began, own.Count + 1);
                return null;
            }

            if (_hours.Count >= SourcesMax)
            {
                _bySource.Remove(_hours.Dequeue().Source);
            }

            _hours.Enqueue((now, source));
            _bySource[source] = (now, 1);
            return null;
        }
    }
}
