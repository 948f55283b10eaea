using DisclosureCloud.Functions.Hosting.Entries;
using DisclosureCloud.Ledger;

namespace DisclosureCloud.Functions.Hosting.Evidence;

/// <summary>Which leaves a pack holds: those that were asked for, and what corrects or withdraws them.</summary>
/// <remarks>A correction names the entry that it corrects and not its fund: without it, a pack would show as standing what no longer stands.</remarks>
internal sealed class EvidenceSelection
{
    /// <summary>More are a matter for the whole log, which is public: a pack of these is some hundred megabytes.</summary>
    public const int EntriesMax = 20_000;

    private static readonly string[] Amending = [Correction.KindName, Withdrawal.KindName];

    private readonly SortedDictionary<long, EntryId> _leaves = [];
    private readonly HashSet<string> _entries = new(StringComparer.Ordinal);
    private readonly SortedSet<string> _notices = new(StringComparer.Ordinal);
    private readonly HashSet<string> _amended = new(StringComparer.Ordinal);

    private readonly int _entriesMax;

    private EvidenceSelection(int entriesMax) => _entriesMax = entriesMax;

    /// <summary>In rising order.</summary>
    public IReadOnlyCollection<long> LeafIndexes => _leaves.Keys;

    /// <summary>The notices that any of them came by, in ordinal order.</summary>
    public IReadOnlyCollection<string> Notices => _notices;

    /// <summary>True for an entry that another one of the pack corrects or withdraws.</summary>
    public bool IsAmended(EntryId entry) => _amended.Contains(entry.Value);

    /// <returns>Null where there are more than <paramref name="entriesMax"/>.</returns>
    public static async Task<EvidenceSelection?> FindAsync(EntrySearch search, EntryQuery query, long treeSize, int entriesMax, CancellationToken cancellationToken)
    {
        var selection = new EvidenceSelection(entriesMax);
        if (!await selection.AddAsync(search, query, treeSize, _ => true, cancellationToken))
        {
            return null;
        }

        // An amendment may be amended itself, and the other kind is looked at later: until nothing comes in any more.
        for (int before = -1; before != selection._leaves.Count;)
        {
            before = selection._leaves.Count;
            foreach (string kind in Amending)
            {
                if (!await selection.AddAsync(search, new EntryQuery { Kind = kind }, treeSize, selection.Amends, cancellationToken))
                {
                    return null;
                }
            }
        }

        return selection;
    }

    private async Task<bool> AddAsync(EntrySearch search, EntryQuery query, long treeSize, Func<FoundEntry, bool> isWanted, CancellationToken cancellationToken)
    {
        var request = new EntryRequest(query, treeSize, EntryRequest.LimitMax, Cursor: null, Format: null, Filters: "");
        while (true)
        {
            (EntryPage? page, Finding? fault) = await search.PageAsync(request, cancellationToken);
            foreach (FoundEntry entry in (page ?? throw new InvalidDataException(fault!.Detail)).Entries.Where(isWanted))
            {
                Add(entry);
            }

            if (_leaves.Count > _entriesMax || page.Next is null)
            {
                return _leaves.Count <= _entriesMax;
            }

            request = request with { Cursor = EntryCursor.TryParse(page.Next, "", out EntryCursor? next) ? next : throw new InvalidOperationException("Our own cursor cannot be read.") };
        }
    }

    private void Add(FoundEntry entry)
    {
        _leaves[entry.LeafIndex] = entry.Entry;
        _entries.Add(entry.Entry.Value);
        if (entry.Says.Json["notice"] is { } notice)
        {
            _notices.Add(notice.ToString());
        }
    }

    private bool Amends(FoundEntry entry)
    {
        if (entry.Says.Json["cites"]?.ToString() is not { } cited || !_entries.Contains(cited))
        {
            return false;
        }

        _amended.Add(cited);
        return true;
    }
}
