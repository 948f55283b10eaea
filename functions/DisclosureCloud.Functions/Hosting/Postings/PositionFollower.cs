using System.Collections.Immutable;
using DisclosureCloud.Ledger;

namespace DisclosureCloud.Functions.Hosting.Postings;

/// <summary>Follows all commits: how many entries of facts there are, and which approved postings nobody has finished.</summary>
internal sealed class PositionFollower(ILedgerStore ledger) : IDisposable
{
    private readonly SemaphoreSlim _one = new(1, 1);
    private readonly HashSet<PostingId> _unsettled = [];
    private ImmutableDictionary<StreamName, long> _counted = ImmutableDictionary<StreamName, long>.Empty;
    private Cursor _cursor = Cursor.Start;
    private long _position;
    private long _ofProgram;

    /// <summary>Reads what is new and gives the position.</summary>
    public async Task<long> ReadAsync(CancellationToken cancellationToken) => (await ReadAsync(fromStart: false, cancellationToken)).Position;

    /// <summary>Reads what is new, and says how far the ledger has come.</summary>
    public Task<LedgerPosition> LookAsync(CancellationToken cancellationToken) => ReadAsync(fromStart: false, cancellationToken);

    /// <summary>Counts anew from the first commit.</summary>
    /// <remarks>A store whose clocks went further apart than it bears may have kept a commit from whoever follows by a cursor.</remarks>
    public async Task<long> CountAnewAsync(CancellationToken cancellationToken) => (await ReadAsync(fromStart: true, cancellationToken)).Position;

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

    private async Task<LedgerPosition> ReadAsync(bool fromStart, CancellationToken cancellationToken)
    {
        await _one.WaitAsync(cancellationToken);
        try
        {
            if (fromStart)
            {
                _unsettled.Clear();
                (_counted, _cursor, _position, _ofProgram) = (_counted.Clear(), Cursor.Start, 0, 0);
            }

            await foreach (CommitAt read in ledger.ReadAllAsync(_cursor, cancellationToken))
            {
                Follow(read.Commit);
                _cursor = read.Cursor;
            }

            return new LedgerPosition(_position, _position + _ofProgram, _counted.Remove(StreamName.Site).Remove(StreamName.Archive));
        }
        finally
        {
            _one.Release();
        }
    }

    private void Follow(Commit commit)
    {
        if (commit.Entries.Length > 0)
        {
            // A store may give a commit twice, and an entry counts once.
            if (commit.Version > _counted.GetValueOrDefault(commit.Stream, -1))
            {
                _counted = _counted.SetItem(commit.Stream, commit.Version);
                _position += commit.Stream.HoldsFacts ? commit.Entries.Length : 0;
                _ofProgram += commit.Stream.HoldsFacts ? 0 : commit.Entries.Length;
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

/// <summary>How far the ledger has come.</summary>
/// <param name="Position">How many entries of facts it holds.</param>
/// <param name="Entries">How many entries of any sort it holds: those that the log has, or will have.</param>
/// <param name="Versions">The last version of each stream of facts.</param>
internal sealed record LedgerPosition(long Position, long Entries, ImmutableDictionary<StreamName, long> Versions);
