using DisclosureCloud.Ledger;

namespace DisclosureCloud.Functions.Hosting.Postings;

/// <summary>Lets one request at a time store a posting; another one of the same department and key waits for it, some seconds at most.</summary>
/// <remarks>
/// A courtesy within one process: copies sent at once are spared a race, and whoever would wait too long is told so. That a posting is
/// recorded once rests on its stream alone, whose first version is appended once, however many processes try.
/// </remarks>
internal sealed class InFlight(TimeProvider clock)
{
    /// <summary>A posting is stored in milliseconds. Where five seconds are not enough the store is in trouble, and its sender had better come back.</summary>
    public static readonly TimeSpan WaitMax = TimeSpan.FromSeconds(5);

    private readonly Lock _changing = new();
    private readonly Dictionary<PostingId, Gate> _gates = [];

    /// <summary>How many postings somebody stores or waits for.</summary>
    public int Count
    {
        get
        {
            lock (_changing)
            {
                return _gates.Count;
            }
        }
    }

    /// <summary>Waits for its turn. The turn ends when it is disposed of, whatever came of it.</summary>
    /// <returns>The turn; null where the one before was not done in time.</returns>
    public async Task<Turn?> EnterAsync(PostingId posting, CancellationToken cancellationToken)
    {
        Gate gate = Join(posting);
        bool entered = false;
        try
        {
            using var enough = new CancellationTokenSource(WaitMax, clock);
            using var either = CancellationTokenSource.CreateLinkedTokenSource(enough.Token, cancellationToken);
            await gate.One.WaitAsync(either.Token);
            entered = true;
            return new Turn(this, posting, gate);
        }
        catch (OperationCanceledException) when (!cancellationToken.IsCancellationRequested)
        {
            return null;
        }
        finally
        {
            if (!entered)
            {
                Leave(posting, gate);
            }
        }
    }

    private Gate Join(PostingId posting)
    {
        lock (_changing)
        {
            if (!_gates.TryGetValue(posting, out Gate? gate))
            {
                gate = new Gate();
                _gates.Add(posting, gate);
            }

            gate.Users++;
            return gate;
        }
    }

    // The last one takes the gate away: a process that runs for months keeps none of the keys it has seen.
    private void Leave(PostingId posting, Gate gate)
    {
        lock (_changing)
        {
            gate.Users--;
            if (gate.Users == 0)
            {
                _gates.Remove(posting);
                gate.Dispose();
            }
        }
    }

    /// <summary>The time in which a posting is one request's alone.</summary>
    public sealed class Turn : IDisposable
    {
        private readonly InFlight _all;
        private readonly PostingId _posting;
        private readonly Gate _gate;

        internal Turn(InFlight all, PostingId posting, Gate gate) => (_all, _posting, _gate) = (all, posting, gate);

        public void Dispose()
        {
            _gate.One.Release();
            _all.Leave(_posting, _gate);
        }
    }

    /// <summary>Who stores a posting, and who waits for it.</summary>
    internal sealed class Gate : IDisposable
    {
        public SemaphoreSlim One { get; } = new(1, 1);

        public int Users { get; set; }

        public void Dispose() => One.Dispose();
    }
}
