using System.Collections.Immutable;

namespace DisclosureCloud.Ledger;

/// <summary>What entries say now, and what they said before: corrections and withdrawals applied, nothing lost.</summary>
/// <remarks>
/// An entry keeps its id for ever. A corrected one says what the entry after its correction says; others go on citing it by its own id.
/// A withdrawn one counts for nothing and stays to be read.
/// </remarks>
public sealed class History
{
    private readonly Dictionary<EntryId, EntryHistory> _entries = [];
    private readonly Dictionary<EntryId, EntryId> _replacements = [];
    private readonly Dictionary<EntryId, Fact> _amending = [];

    private History()
    {
    }

    /// <summary>Every entry that counts, as it now stands, in the order of the ledger. Amendments themselves are not among them.</summary>
    public ImmutableArray<Entry> Live { get; private set; } = [];

    /// <summary>Every correction and withdrawal, in the order of the ledger.</summary>
    public ImmutableArray<Amendment> Amendments { get; private set; } = [];

    /// <summary>Every redaction, with the entry that it names as that was recorded, in the order of the ledger. What an entry says still counts.</summary>
    public ImmutableArray<Amendment> Redactions { get; private set; } = [];

    /// <summary>Those withdrawn, as they stood last, in the order of the ledger.</summary>
    public IEnumerable<EntryHistory> Withdrawn => _entries.Values.Where(entry => entry.IsWithdrawn);

    /// <param name="entries">Those of one stream in their order; the order of the streams makes no difference.</param>
    public static History Of(IEnumerable<Entry> entries)
    {
        ArgumentNullException.ThrowIfNull(entries);
        Entry[] all = [.. entries];
        var history = new History();
        var amendments = ImmutableArray.CreateBuilder<Amendment>();
        Dictionary<EntryId, Entry> byId = all.ToDictionary(entry => entry.Id);
        HashSet<EntryId> replacements = [.. all.Where(entry => entry.Fact is Correction).Select(entry => ReplacementOf(entry.Id))];
        foreach (Entry entry in all.Where(entry => entry.Fact is not IAmendment && !replacements.Contains(entry.Id)))
        {
            history._entries.Add(entry.Id, new EntryHistory(entry));
        }

        foreach (Entry entry in all)
        {
            if (entry.Fact is IAmendment)
            {
                history._amending.Add(entry.Id, entry.Fact);
            }

            switch (entry.Fact)
            {
                case Correction one when byId.TryGetValue(ReplacementOf(entry.Id), out Entry? replacement):
                    amendments.Add(history.Amend(one.Corrected, entry, replacement));
                    break;
                case Withdrawal one:
                    amendments.Add(history.Amend(one.Withdrawn, entry, replacement: null));
                    break;
                default:
                    break;
            }
        }

        history.Live = [.. all.Select(entry => history._entries.GetValueOrDefault(entry.Id)).OfType<EntryHistory>().Where(one => !one.IsWithdrawn).Select(one => one.Now)];
        history.Amendments = amendments.ToImmutable();
        history.Redactions = [.. all.Where(entry => entry.Fact is Redaction).Select(by => Forgotten(by, byId))];
        return history;
    }

    /// <summary>What became of an entry, by its id or by the id of an entry that replaced it; null where there is no such entry.</summary>
    public EntryHistory? Find(EntryId id) => _entries.GetValueOrDefault(_replacements.GetValueOrDefault(id, id));

    /// <summary>What a fact is about: itself or, of an amendment, what the entry that it amends first said.</summary>
    public Fact SubjectOf(Fact fact)
    {
        // A redaction may name a correction, whose reason said too much: then it is about what that corrects.
        Fact subject = fact;
        while (subject is IAmendment one)
        {
            if ((Find(one.Amended)?.First.Fact ?? _amending.GetValueOrDefault(one.Amended)) is not { } amended)
            {
                break;
            }

            subject = amended;
        }

        return subject;
    }

    /// <summary>The entry that stands after a correction and says what should have been said.</summary>
    public static EntryId ReplacementOf(EntryId correction) => EntryId.Of(correction.Posting, correction.Number + 1);

    private static Amendment Forgotten(Entry by, Dictionary<EntryId, Entry> entries) =>
        entries.GetValueOrDefault(((Redaction)by.Fact).Redacted) is { } entry
            ? new Amendment(by, entry, entry, Replacement: null)
            : throw new InvalidOperationException($"{by.Id} redacts {((Redaction)by.Fact).Redacted}, which is not among the entries.");

    private Amendment Amend(EntryId id, Entry by, Entry? replacement)
    {
        EntryHistory entry = Find(id) ?? throw new InvalidOperationException($"{by.Id} amends {id}, which is not among the entries.");
        if (replacement is not null)
        {
            _replacements.Add(replacement.Id, entry.Id);
        }

        return entry.Amend(by, replacement);
    }
}

/// <summary>One entry through time.</summary>
public sealed class EntryHistory
{
    private readonly List<Amendment> _amendments = [];

    internal EntryHistory(Entry first) => (First, Now) = (first, first);

    /// <summary>The id by which it is known for ever.</summary>
    public EntryId Id => First.Id;

    /// <summary>As it was first recorded.</summary>
    public Entry First { get; }

    /// <summary>As it stands now, or stood when it was withdrawn: its own id, and what it says.</summary>
    public Entry Now { get; private set; }

    public IReadOnlyList<Amendment> Amendments => _amendments;

    public bool IsWithdrawn => _amendments is [.., { After: null }];

    internal Amendment Amend(Entry by, Entry? replacement)
    {
        Entry? after = replacement is null ? null : First with { Fact = replacement.Fact, Date = replacement.Date };
        var amendment = new Amendment(by, Now, after, replacement?.Id);
        _amendments.Add(amendment);
        Now = after ?? Now;
        return amendment;
    }
}

/// <summary>One correction, withdrawal or redaction: what the entry said before and, unless it was withdrawn, after.</summary>
/// <param name="By">The correction, withdrawal or redaction, with its reason.</param>
/// <param name="Before">The entry as it stood, under its own id.</param>
/// <param name="After">The entry as it stands from then on, under its own id; null where it is withdrawn.</param>
/// <param name="Replacement">The entry in the ledger that says so; null where it is withdrawn.</param>
public sealed record Amendment(Entry By, Entry Before, Entry? After, EntryId? Replacement);
