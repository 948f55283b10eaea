using System.Collections.Immutable;

namespace DisclosureCloud.Ledger;

/// <summary>Who depends on whom: an entry that cites another, or names what the other made.</summary>
public static class References
{
    /// <summary>The most dependents that an answer lists.</summary>
    public const int ListedMax = 20;

    /// <summary>Those entries that would be left hanging without this one: they cite it, or name by its key what it made.</summary>
    /// <param name="live">The entries to look among, as they now stand.</param>
    public static ImmutableArray<EntryId> To(Entry entry, IEnumerable<Entry> live)
    {
        ArgumentNullException.ThrowIfNull(entry);
        ArgumentNullException.ThrowIfNull(live);
        Entry[] all = [.. live];
        FieldSchema? field = KindSchema.Of(entry.Fact).Key;
        object? key = field?.Value(entry.Fact);

        // A thing of which several entries speak, such as an asset, is still there without one of them.
        bool isLast = !all.Any(other => other.Id != entry.Id && other.Fact.GetType() == entry.Fact.GetType() && Equals(field?.Value(other.Fact), key) && key is not null);
        return [.. all.Where(other => other.Id != entry.Id && Names(other.Fact, entry.Id, isLast ? key : null)).Select(other => other.Id)];
    }

    /// <summary>True where other fields than amounts, dates and words differ: those by which entries hang together.</summary>
    public static bool Differ(Fact before, Fact after) => KindSchema.Of(before).Fields
        .Where(field => IsReference(field.ValueType))
        .Any(field => !Equals(field.Value(before), field.Value(after)));

    // A department that stands in an entry's header is not in its fields; ids of regions and codes tie nothing together.
    private static bool Names(Fact fact, EntryId id, object? key) => KindSchema.Of(fact).Fields
        .Where(field => IsReference(field.ValueType))
        .SelectMany(field => field.Values(fact))
        .Any(value => value.Equals(id) || value.Equals(key));

    private static bool IsReference(Type type) => type == typeof(EntryId) || type == typeof(FundId) || type == typeof(ProjectId)
        || type == typeof(PlanItemId) || type == typeof(AssetId) || type == typeof(NoticeId);
}
