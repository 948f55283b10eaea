using System.Collections.Frozen;
using System.Collections.Immutable;
using System.Text.Json;

namespace DisclosureCloud.Ledger;

/// <summary>Gathers what the index of a segment says, leaf by leaf.</summary>
internal sealed class SegmentSurvey
{
    private readonly Dictionary<Term, SortedSet<string>> _lists = Enum.GetValues<Term>().ToDictionary(term => term, _ => new SortedSet<string>(StringComparer.Ordinal));
    private readonly List<EntryId> _block = [];
    private (string From, string To)? _dates;
    private (string From, string To)? _recordedAt;
    private (long Min, long Max)? _amounts;

    /// <exception cref="FormatException">Not an entry of a kind that there is.</exception>
    public void Add(ReadOnlyMemory<byte> leaf)
    {
        using JsonDocument document = JsonDocument.Parse(leaf);
        var terms = new LeafTerms(document.RootElement);
        _block.Add(Id.Parse<EntryId>(terms.Id));
        foreach ((Term term, SortedSet<string> list) in _lists)
        {
            list.UnionWith(terms.Of(term));
        }

        _dates = terms.Date is { } date ? Widened(_dates, date) : _dates;
        _recordedAt = Widened(_recordedAt, terms.RecordedAt);
        foreach (long amount in terms.AmountsFen)
        {
            _amounts = _amounts is { } known ? (Math.Min(known.Min, amount), Math.Max(known.Max, amount)) : (amount, amount);
        }
    }

    /// <summary>The keys of the leaves since this was last asked.</summary>
    public byte[] TakeKeys()
    {
        byte[] keys = EntryKeys.Of(_block);
        _block.Clear();
        return keys;
    }

    public SegmentIndex ToIndex(long segment, ImmutableArray<SegmentBlock> blocks) => new()
    {
        Segment = segment,
        Blocks = blocks,
        Dates = _dates,
        RecordedAt = _recordedAt ?? throw new InvalidOperationException("A segment has leaves."),
        AmountsFen = _amounts,
        Lists = _lists.Where(pair => pair.Value.Count <= SegmentIndex.ListMax).ToFrozenDictionary(pair => pair.Key, pair => pair.Value.ToImmutableArray()),
    };

    private static (string From, string To) Widened((string From, string To)? range, string text) => range is not { } known
        ? (text, text)
        : (string.CompareOrdinal(text, known.From) < 0 ? text : known.From, string.CompareOrdinal(text, known.To) > 0 ? text : known.To);
}
