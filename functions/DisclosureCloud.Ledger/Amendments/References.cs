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
        Entry[] others = [.. live.Where(other => other.Id != entry.Id)];
        object? key = others.Any(other => IsSame(entry.Fact, other.Fact)) ? null : KeyOf(entry.Fact);
        return [.. others.Where(other => Names(other.Fact, entry.Id, IsOfSame(entry.Fact, other.Fact) ? key : null)).Select(other => other.Id)];
    }

    private static object? KeyOf(Fact fact) => KindSchema.Of(fact).Key?.Value(fact);

    // A later state of the same asset makes what the first one made: what names the asset hangs upon either.
    private static bool IsSame(Fact one, Fact other) => one.GetType() == other.GetType() && KeyOf(one) is { } key && key.Equals(KeyOf(other)) && IsOfSame(one, other);

    // A project is known by its id within the fund that registers it, and an asset within its project.
    private static bool IsOfSame(Fact one, Fact other) => (one, other) switch
    {
        (Asset asset, IOfProject ofProject) => ofProject.ProjectId == asset.ProjectId,
        (Project project, IOfFund ofFund) => ofFund.FundId == project.FundId,
        _ => true,
    };

    /// <summary>True where other fields than amounts, dates and words differ: those by which entries hang together.</summary>
    /// <remarks>
    /// What was not stated may be added, such as the contract of a payment or the source of an allocation: what depends on the entry means
    /// the same as before. What was stated stays: another contract, or none, would be another payment to those who rest upon it.
    /// </remarks>
    public static bool Differ(Fact before, Fact after) => KindSchema.Of(before).Fields
        .Where(field => IsReference(field.ValueType) && field.Values(before).Any())
        .Any(field => !Equals(field.Value(before), field.Value(after)));

    // A department that stands in an entry's header is not in its fields; ids of regions and codes tie nothing together.
    private static bool Names(Fact fact, EntryId id, object? key) => KindSchema.Of(fact).Fields
        .Where(field => IsReference(field.ValueType))
        .SelectMany(field => field.Values(fact))
        .Any(value => value.Equals(id) || value.Equals(key));

    private static bool IsReference(Type type) => type == typeof(EntryId) || type == typeof(FundId) || type == typeof(ProjectId)
        || type == typeof(PlanItemId) || type == typeof(AssetId) || type == typeof(NoticeId);
}
