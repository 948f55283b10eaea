using System.Runtime.CompilerServices;
using System.Text;
using DisclosureCloud.Ledger;

namespace DisclosureCloud.Functions.Hosting.Following;

/// <summary>Reads the ledger commit by commit for one follower, and keeps where it has come to for the next process.</summary>
/// <remarks>
/// A store may give commits again when it is asked to go on (Cosmos DB always gives those of the last seconds): what this process has
/// done is left out. After a restart some come again, and so may what another process has done; whoever follows does twice what is the
/// same as once.
/// </remarks>
/// <param name="name">The follower's name, under which its place is kept.</param>
internal sealed class LedgerReader(ILedgerStore ledger, ICellStore cells, string name)
{
    /// <summary>Far more than what a store gives again: ten seconds of a county.</summary>
    private const int RememberedMax = 10_000;

    private readonly CellKey _key = KeyOf(name);
    private readonly Lock _lock = new();
    private readonly Queue<(StreamName, long)> _order = new();
    private readonly HashSet<(StreamName, long)> _done = [];

    private CellTag? _tag;

    /// <summary>Where a follower's place is kept. Without it the follower begins anew.</summary>
    public static CellKey KeyOf(string name) => CellKey.Parse($"followed/{name}");

    /// <summary>The commits that this process has not done yet.</summary>
    public async IAsyncEnumerable<CommitAt> ReadAsync([EnumeratorCancellation] CancellationToken cancellationToken)
    {
        // Read each time: another process may have gone on meanwhile, and what it has done is not done again.
        await foreach (CommitAt read in ledger.ReadAllAsync(await PlaceAsync(cancellationToken), cancellationToken))
        {
            if (!HasDone(read.Commit))
            {
                yield return read;
            }
        }
    }

    /// <summary>True where this process is known to have done it. False says nothing. May be asked while another reads.</summary>
    public bool HasDone(Commit commit)
    {
        lock (_lock)
        {
            return _done.Contains((commit.Stream, commit.Version));
        }
    }

    /// <summary>Says that commits are done, in the order in which they were read, with all before them.</summary>
    public async Task DoneAsync(IReadOnlyList<CommitAt> commits, CancellationToken cancellationToken)
    {
        if (commits.Count == 0)
        {
            return;
        }

        foreach (CommitAt done in commits)
        {
            Remember((done.Commit.Stream, done.Commit.Version));
        }

        byte[] value = Encoding.UTF8.GetBytes(commits[^1].Cursor.Value ?? "");
        _tag = _tag is { } tag
            ? await cells.ReplaceAsync(_key, value, tag, cancellationToken)
            : await cells.CreateAsync(_key, value, cancellationToken);
    }

    private async Task<Cursor> PlaceAsync(CancellationToken cancellationToken)
    {
        Cell? cell = await cells.GetAsync(_key, cancellationToken);
        _tag = cell?.Tag;
        return cell is null || cell.Value.IsEmpty ? Cursor.Start : new Cursor(Encoding.UTF8.GetString(cell.Value.Span));
    }

    private void Remember((StreamName, long) commit)
    {
        lock (_lock)
        {
            if (_done.Add(commit))
            {
                _order.Enqueue(commit);
            }

            while (_order.Count > RememberedMax)
            {
                _done.Remove(_order.Dequeue());
            }
        }
    }
}
