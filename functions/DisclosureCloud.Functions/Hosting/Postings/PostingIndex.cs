using System.Collections.Immutable;
using System.Runtime.InteropServices;
using DisclosureCloud.Ledger;

namespace DisclosureCloud.Functions.Hosting.Postings;

/// <summary>What each department has sent and how far it has come: an index in memory, which follows the ledger by its cursor.</summary>
/// <remarks>
/// Nothing of it is kept: it reads the ledger once after a start, when it is first asked, and then what is new each time, so that whoever
/// has sent something finds it. Postings stand by the moment of their receipt and by id within it, which is the same order in every
/// process; the moment alone would let a page end between two of them.
/// </remarks>
internal sealed class PostingIndex(ILedgerStore ledger) : IDisposable
{
    private static readonly IComparer<Place> Order = Comparer<Place>.Create((x, y) =>
        x.ReceivedAt != y.ReceivedAt ? x.ReceivedAt.CompareTo(y.ReceivedAt) : string.CompareOrdinal(x.Id.Value, y.Id.Value));

    private readonly SemaphoreSlim _one = new(1, 1);
    private readonly Dictionary<PostingId, PostingLine> _lines = [];
    private readonly Dictionary<DepartmentId, List<Place>> _places = [];
    private Cursor _cursor = Cursor.Start;

    /// <summary>A page of a department's postings, the newest first.</summary>
    /// <param name="reader">Whose: those of their department, as far as they lie in their region.</param>
    /// <param name="state">Only those in this state; null for all.</param>
    /// <param name="after">The posting after which the page begins, that is with the next older one; null for the newest.</param>
    /// <param name="limit">How many at most.</param>
    /// <returns>The page; null where the reader sees no posting <paramref name="after"/>.</returns>
    public async Task<PostingPage?> ReadAsync(
        Sender reader, PostingState? state, PostingId? after, int limit, CancellationToken cancellationToken)
    {
        await _one.WaitAsync(cancellationToken);
        try
        {
            await foreach (CommitAt read in ledger.ReadAllAsync(_cursor, cancellationToken))
            {
                Follow(read.Commit);
                _cursor = read.Cursor;
            }

            return Page(reader, state, after, limit);
        }
        finally
        {
            _one.Release();
        }
    }

    public void Dispose() => _one.Dispose();

    private void Follow(Commit commit)
    {
        if (commit.Stream.Posting is not { } id)
        {
            return;
        }

        if (_lines.TryGetValue(id, out PostingLine? line))
        {
            // The ledger may give a commit twice; a state is not taken back.
            _lines[id] = commit.Version > line.Version ? line with { State = PostingRecord.StateOf(commit), Version = commit.Version } : line;
            return;
        }

        PostingFate fate = PostingFate.Fold([commit])!;
        _lines.Add(id, LineOf(fate, commit));
        if (!_places.TryGetValue(fate.Department, out List<Place>? places))
        {
            places = [];
            _places.Add(fate.Department, places);
        }

        // Mostly at the end. Where two processes write, one that was received before may come after.
        var place = new Place(fate.ReceivedAt, id);
        places.Insert(~places.BinarySearch(place, Order), place);
    }

    private static PostingLine LineOf(PostingFate fate, Commit first)
    {
        PostingState state = PostingRecord.StateOf(first);
        return fate is PostingRecord record
            ? new PostingLine(record.Id, record.Department, record.Kind, state, record.ReceivedAt, record.Fund?.Value, record.Poster, record.NeedsApproval, fate.Region, first.Version)
            : new PostingLine(fate.Id, fate.Department, ((TurnedAway)fate).Kind, state, fate.ReceivedAt, Fund: null, fate.Poster, NeedsApproval: false, fate.Region, first.Version);
    }

    private PostingPage? Page(Sender reader, PostingState? state, PostingId? after, int limit)
    {
        List<Place> places = _places.GetValueOrDefault(reader.Department) ?? [];
        int end = places.Count;
        if (after is { } last)
        {
            if (!_lines.TryGetValue(last, out PostingLine? line) || line.Department != reader.Department || !reader.ActsFor(line.Region))
            {
                return null;
            }

            end = places.BinarySearch(new Place(line.ReceivedAt, last), Order);
        }

        // One more than wanted tells whether there is a next page.
        PostingLine[] found = [.. Enumerable.Range(1, end)
            .Select(back => _lines[places[end - back].Id])
            .Where(line => (state is null || line.State == state) && reader.ActsFor(line.Region))
            .Take(limit + 1)];
        return new PostingPage([.. found.Take(limit)], found.Length > limit ? found[limit - 1].Id : null);
    }

    /// <summary>Where a posting stands among those of its department.</summary>
    [StructLayout(LayoutKind.Auto)]
    private readonly record struct Place(DateTimeOffset ReceivedAt, PostingId Id);
}

/// <summary>A posting as a list has it.</summary>
/// <param name="Kind">Null where a message was refused that could not be read.</param>
/// <param name="Fund">The fund that it is about; null where it is about none.</param>
/// <param name="Version">The last version of its stream that was read.</param>
internal sealed record PostingLine(
    PostingId Id,
    DepartmentId Department,
    string? Kind,
    PostingState State,
    DateTimeOffset ReceivedAt,
    string? Fund,
    PersonId Poster,
    bool NeedsApproval,
    RegionCode Region,
    long Version);

/// <summary>A page of postings.</summary>
/// <param name="Next">After which posting the next page begins; null where this is the last one.</param>
internal sealed record PostingPage(ImmutableArray<PostingLine> Lines, PostingId? Next);
