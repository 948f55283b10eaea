using System.Globalization;

namespace DisclosureCloud.Verifier;

/// <summary>What counts of all movements: corrections put in place, and what was withdrawn left out. Each stands under its own id for ever.</summary>
/// <remarks>Only what was amended is kept beside the facts: it is little.</remarks>
internal sealed class LiveMovements
{
    private readonly LoggedFacts _facts;
    private readonly int _rows;
    private readonly HashSet<EntryKey> _replacements;
    private readonly Dictionary<EntryKey, Movement?> _amended = [];

    /// <param name="rows">How many rows a fact has that is shown; the others do not count.</param>
    /// <exception cref="FormatException">The id of a correction ends in no number.</exception>
    public LiveMovements(LoggedFacts facts, int rows)
    {
        _facts = facts;
        _rows = rows;
        Movement[] amendments = [.. Shown().Where(IsAmendment)];
        _replacements = [.. amendments.Where(one => one.Kind == "correction").Select(ReplacementOf)];
        var roots = new Dictionary<EntryKey, EntryKey>();
        foreach (Movement one in amendments)
        {
            EntryKey root = roots.GetValueOrDefault(one.Cites, one.Cites);
            if (one.Kind == "withdrawal")
            {
                _amended[root] = null; // What moves no money was never there.
            }
            else if (ShownAt(_facts.Find(ReplacementOf(one))) is { } now && Find(root) is { } first)
            {
                roots[now.Entry] = root;
                _amended[root] = now.InPlaceOf(first);
            }
        }
    }

    /// <summary>The movements that count, in the order of the leaves of the first of each.</summary>
    public IEnumerable<Movement> All() =>
        from one in Shown()
        where IsOriginal(one)
        let live = _amended.TryGetValue(one.Entry, out Movement? amended) ? amended : one
        where live is not null
        select live.Value;

    /// <summary>What now stands under an id; null where nothing that counts does.</summary>
    public Movement? Find(EntryKey entry) => ShownAt(_facts.Find(entry)) is not { } one || !IsOriginal(one) ? null : _amended.TryGetValue(entry, out Movement? amended) ? amended : one;

    private static bool IsAmendment(Movement one) => one.Kind is "correction" or "withdrawal";

    private bool IsOriginal(in Movement one) => !IsAmendment(one) && !_replacements.Contains(one.Entry);

    private IEnumerable<Movement> Shown() => Enumerable.Range(0, _facts.Count).Select(place => ShownAt(place)).OfType<Movement>();

    private Movement? ShownAt(int? place) => place is { } at && _facts[at].Rows == _rows ? _facts.MovementAt(at) : null;

    // A correction's posting has its replacement as the next entry.
    private static EntryKey ReplacementOf(Movement correction)
    {
        int dash = correction.Details.Id.LastIndexOf('-');
        return dash > 0 && int.TryParse(correction.Details.Id.AsSpan(dash + 1), CultureInfo.InvariantCulture, out int number)
            ? EntryKey.Of($"{correction.Details.Id[..dash]}-{JsonFields.Text(number + 1L)}")
            : throw new FormatException($"The id '{correction.Details.Id}' of a correction ends in no number.");
    }
}
