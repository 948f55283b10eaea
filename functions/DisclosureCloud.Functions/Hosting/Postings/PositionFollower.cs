using DisclosureCloud.Ledger;

namespace DisclosureCloud.Functions.Hosting.Postings;

/// <summary>Follows all commits: how many entries of facts there are, and which approved postings nobody has finished.</summary>
internal sealed class PositionFollower(ILedgerStore ledger) : IDisposable
{
    private readonly SemaphoreSlim _one = new(1, 1);
    private readonly HashSet<PostingId> _unsettled = [];
    private readonly Dictionary<StreamName, long> _counted = [];
    private Cursor _cursor = Cursor.Start;
    private long _position;

    /// <summary>Reads what is new and gives the position.</summary>
    public Task<long> ReadAsync(CancellationToken cancellationToken) => ReadAsync(fromStart: false, cancellationToken);

    /// <summary>Counts anew from the first commit.</summary>
    /// <remarks>A store whose clocks went further apart than it bears may have kept a commit from whoever follows by a cursor.</remarks>
    public Task<long> CountAnewAsync(CancellationToken cancellationToken) => ReadAsync(fromStart: true, cancellationToken);

    /// <summary>Postings that were approved and not settled when last read: a crash, or somebody just at it.</summary>
    public async Task<IReadOnlyList<PostingId>> UnsettledAsync(CancellationToken cancellationToken)
    {
        await ReadAsync(cancellationToken);
        await _one.WaitAsync(cancellationToken);
        try
        {
            return [.. _unsettled];
        }
        finally
        {
            _one.Release();
        }
    }

    public void Dispose() => _one.Dispose();

    private async Task<long> ReadAsync(bool fromStart, CancellationToken cancellationToken)
    {
        await _one.WaitAsync(cancellationToken);
        try
        {
            if (fromStart)
            {
                _unsettled.Clear();
                _counted.Clear();
                (_cursor, _position) = (Cursor.Start, 0);
            }

            await foreach (CommitAt read in ledger.ReadAllAsync(_cursor, cancellationToken))
            {
                Follow(read.Commit);
                _cursor = read.Cursor;
            }

            return _position;
        }
        finally
        {
            _one.Release();
        }
    }

    private void Follow(Commit commit)
    {
        if (commit.Stream.HoldsFacts)
        {
            // A store may give a commit twice, and an entry counts once.
            if (commit.Version > _counted.GetValueOrDefault(commit.Stream, -1))
            {
                _counted[commit.Stream] = commit.Version;
                _position += commit.Entries.Length;
            }
        }
        else if (commit.Stream.Posting is { } posting)
        {
            _ = PostingRecord.StateOf(commit) == PostingState.Approved
                ? _unsettled.Add(posting)
                : _unsettled.Remove(posting);
        }
    }
}
