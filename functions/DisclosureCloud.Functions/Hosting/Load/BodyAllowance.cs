using System.Collections.Frozen;
using DisclosureCloud.Functions.Hosting.Http;

namespace DisclosureCloud.Functions.Hosting.Load;

/// <summary>How much room all bodies have together that are in memory, and how long each may take to come.</summary>
/// <remarks>
/// Room is taken as bytes arrive and not as they are announced: whoever announces a megabyte and sends nothing holds nothing. A body that
/// comes slowly therefore costs its sender its time and us a few bytes, and holds up nobody. Files have room of their own, so do files of
/// many postings and complaints, so that a department that sends its scans or its year, or anybody without a token, leaves everybody's postings theirs.
/// </remarks>
internal sealed class BodyAllowance(LoadLimits limits, TimeProvider clock)
{
    private readonly FrozenDictionary<BodyPool, Room> _rooms = Enum.GetValues<BodyPool>().ToFrozenDictionary(pool => pool, pool => new Room(limits.Bytes(pool)));

    /// <summary>Ends when the body's time is over.</summary>
    public CancellationTokenSource Deadline(TimeSpan timeMax) => new(timeMax, clock);

    /// <summary>Room for one body, which grows with it and is given back when the request is over.</summary>
    public Share Begin(BodyForm form) => new(_rooms[form.Pool]);

    internal sealed class Share(Room all) : IDisposable
    {
        private long _own;

        /// <summary>Makes the share that large; false where all others leave no room for it.</summary>
        public bool TryGrow(long length)
        {
            long more = length - _own;
            if (all.Add(more) > all.Max)
            {
                all.Add(-more);
                return false;
            }

            _own = length;
            return true;
        }

        public void Dispose() => all.Add(-Interlocked.Exchange(ref _own, 0));
    }

    /// <param name="max">In bytes.</param>
    internal sealed class Room(long max)
    {
        private long _taken;

        public long Max => max;

        /// <returns>How much is taken then.</returns>
        public long Add(long bytes) => Interlocked.Add(ref _taken, bytes);
    }
}
