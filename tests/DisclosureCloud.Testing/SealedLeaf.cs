using System.Collections.Immutable;
using DisclosureCloud.Ledger;

namespace DisclosureCloud.Testing;

/// <summary>An entry as the log has it, and what opens it.</summary>
/// <param name="Openings">In the order in which the leaf has their commitments.</param>
public sealed record SealedLeaf(Leaf Leaf, ImmutableArray<Opening> Openings)
{
    /// <summary>Seals an entry; null where it holds a withheld value, which has no commitment that anybody could make again.</summary>
    public static SealedLeaf? Of(Entry entry, ISaltSource salts)
    {
        ArgumentNullException.ThrowIfNull(entry);
        if (IsWithheld(KindSchema.Of(entry.Fact).Fields, entry.Fact))
        {
            return null;
        }

        var openings = new List<Opening>();
        Leaf leaf = SealedFact.Seal(entry.Fact, entry.Date, salts, entry.Id.Posting, openings)
            .ToLeaf(entry.Id, entry.RecordedAt, entry.Department, entry.Channel);
        Dictionary<Commitment, Opening> byCommitment = openings.ToDictionary(opening => opening.Commitment);
        return new SealedLeaf(leaf, [.. SealedFact.Of(leaf.Json).Commitments().Select(commitment => byCommitment[commitment])]);
    }

    /// <summary>Those of the entries that can be sealed.</summary>
    public static ImmutableArray<SealedLeaf> Of(IEnumerable<Entry> entries, ISaltSource salts) =>
        [.. entries.Select(entry => Of(entry, salts)).OfType<SealedLeaf>()];

    private static bool IsWithheld(ImmutableArray<FieldSchema> fields, object owner) => fields.Any(field => field.Values(owner).Any(value =>
        value is IForgettable { Plain: null } || (field.Group is { } group && IsWithheld(group.Fields, value))));
}
