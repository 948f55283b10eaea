namespace DisclosureCloud.Functions.Hosting.Load;

/// <summary>How much room all bodies have together that are in memory, and how long each may take to come.</summary>
/// <remarks>
/// Room is taken as bytes arrive and not as they are announced: whoever announces a megabyte and sends nothing holds nothing. A body that
/// comes slowly therefore costs its sender its time and us a few bytes, and holds up nobody.
/// </remarks>
internal sealed class BodyAllowance(LoadLimits limits, TimeProvider clock)
{
    /// <summary>A minimal rate alone would let a megabyte trickle for more than an hour.</summary>
    public static readonly TimeSpan TimeMax = TimeSpan.FromSeconds(30);

    private long _taken;

    /// <summary>Ends when the body's time is over.</summary>
    public CancellationTokenSource Deadline() => new(TimeMax, clock);

    /// <summary>Room for one body, which grows with it and is given back when the request is over.</summary>
    public Share Begin() => new(this);

    internal sealed class Share(BodyAllowance all) : IDisposable
    {
        private long _own;

        /// <summary>Makes the share that large; false where all others leave no room for it.</summary>
        public bool TryGrow(long length)
        {
            long more = length - _own;
            if (Interlocked.Add(ref all._taken, more) > all.Limits.BodyBytes)
            {
                Interlocked.Add(ref all._taken, -more);
                return false;
            }

            _own = length;
            return true;
        }

        public void Dispose() => Interlocked.Add(ref all._taken, -Interlocked.Exchange(ref _own, 0));
    }

    private LoadLimits Limits => limits;
}
