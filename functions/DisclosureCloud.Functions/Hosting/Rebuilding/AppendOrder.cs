namespace DisclosureCloud.Functions.Hosting.Rebuilding;

/// <summary>In which order a ledger is made again: one in which it may have come to be.</summary>
/// <remarks>
/// Within a stream by version; entries in the order of the log; a posting's effect after its approval, and what became of it after its
/// effect. Where that leaves a choice, by when they were recorded. A process that dies on the way leaves a ledger as a crash might have.
/// </remarks>
internal sealed class AppendOrder
{
    private readonly Dictionary<ArchivedCommit, ArchivedCommit> _next = [];
    private readonly PriorityQueue<ArchivedCommit, (bool IsNewer, DateTimeOffset RecordedAt, int Number)> _ready = new();
    private readonly Dictionary<long, ArchivedCommit> _byLeaf = [];
    private readonly Dictionary<PostingStep, List<ArchivedCommit>> _byStep = [];
    private readonly HashSet<PostingStep> _there = [];
    private long _leaf;
    private int _turns;

    private AppendOrder()
    {
    }

    /// <summary>The commits of all streams, each stream given by version.</summary>
    public static IEnumerable<ArchivedCommit> Of(IReadOnlyCollection<IReadOnlyList<ArchivedCommit>> streams)
    {
        var order = new AppendOrder();
        foreach (IReadOnlyList<ArchivedCommit> stream in streams)
        {
            for (int i = 1; i < stream.Count; i++)
            {
                order._next.Add(stream[i - 1], stream[i]);
            }
        }

        foreach (IReadOnlyList<ArchivedCommit> stream in streams)
        {
            order.Offer(stream[0]);
        }

        return order.Take(streams.Sum(stream => stream.Count));
    }

    private IEnumerable<ArchivedCommit> Take(int count)
    {
        while (_ready.TryDequeue(out ArchivedCommit? commit, out _))
        {
            yield return commit;
            if (commit.FirstLeaf is not null)
            {
                _leaf += commit.Entries;
                Release(_byLeaf, _leaf);
            }

            if (commit.Gives is { } step && _there.Add(step) && _byStep.Remove(step, out List<ArchivedCommit>? waiting))
            {
                waiting.ForEach(Offer);
            }

            if (_next.Remove(commit, out ArchivedCommit? next))
            {
                Offer(next);
            }
        }

        // The check of the archive has seen to it that nothing waits for what is not there.
        if (_turns != count)
        {
            throw new InvalidOperationException($"Of {count} commits of the archive {count - _turns} wait for each other.");
        }
    }

    private void Release(Dictionary<long, ArchivedCommit> waiting, long leaf)
    {
        if (waiting.Remove(leaf, out ArchivedCommit? commit))
        {
            Offer(commit);
        }
    }

    private void Offer(ArchivedCommit commit)
    {
        if (commit.Needs is { } step && !_there.Contains(step))
        {
            if (!_byStep.TryGetValue(step, out List<ArchivedCommit>? waiting))
            {
                _byStep.Add(step, waiting = []);
            }

            waiting.Add(commit);
        }
        else if (commit.FirstLeaf is { } leaf && leaf != _leaf)
        {
            _byLeaf.Add(leaf, commit);
        }
        else
        {
            // What is not in the log yet comes after all that is: the log goes on where it ended.
            bool isNewer = commit.Entries > 0 && commit.FirstLeaf is null;
            _ready.Enqueue(commit, (isNewer, commit.RecordedAt, _turns++));
        }
    }
}
