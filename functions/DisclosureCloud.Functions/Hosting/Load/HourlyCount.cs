using System.Collections.Concurrent;

namespace DisclosureCloud.Functions.Hosting.Load;

/// <summary>Counts what each department did in the last hour, by the minute.</summary>
internal sealed class HourlyCount(int max, TimeProvider clock)
{
    private const int Minutes = 60;

    private readonly ConcurrentDictionary<string, Hour> _hours = new(StringComparer.Ordinal);

    /// <summary>Counts one more, where the hour has room for it.</summary>
    /// <returns>Null where it was counted; else how long it takes until there is room.</returns>
    public TimeSpan? Take(string who) => HourOf(who).Take(clock.GetUtcNow(), max);

    /// <summary>Counts one more, whether or not there is room.</summary>
    public void Note(string who) => HourOf(who).Take(clock.GetUtcNow(), int.MaxValue);

    private Hour HourOf(string who) => _hours.GetOrAdd(who, _ => new Hour());

    private sealed class Hour
    {
        private readonly Lock _lock = new();

        /// <summary>Of each minute that was counted last, by its number modulo <see cref="Minutes"/>: which minute it was, and how many.</summary>
        private readonly (long Minute, int Count)[] _minutes = new (long, int)[Minutes];

        public TimeSpan? Take(DateTimeOffset now, int max)
        {
            long minute = now.Ticks / TimeSpan.TicksPerMinute;
            lock (_lock)
            {
                long sum = 0;
                long oldest = minute;
                foreach ((long at, int count) in _minutes)
                {
                    if (count > 0 && at > minute - Minutes)
                    {
                        sum += count;
                        oldest = Math.Min(oldest, at);
                    }
                }

                if (sum >= max)
                {
                    return new DateTimeOffset((oldest + Minutes) * TimeSpan.TicksPerMinute, TimeSpan.Zero) - now.ToUniversalTime();
                }

                ref (long Minute, int Count) own = ref _minutes[minute % Minutes];
                own = own.Minute == minute ? (minute, own.Count + 1) : (minute, 1);
                return null;
            }
        }
    }
}
