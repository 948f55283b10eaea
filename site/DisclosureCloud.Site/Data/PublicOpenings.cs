using System.Collections.Immutable;
using System.Text.Json.Nodes;
using DisclosureCloud.Ledger;
using DisclosureCloud.Site.Suppression;

namespace DisclosureCloud.Site.Data;

/// <summary>Which values of an entry are opened to everybody: those that the site shows.</summary>
/// <remarks>
/// A commitment whose opening is published can be read by anyone. What is too small to be given, or would turn an amount into such a count,
/// therefore has none, and neither has what was forgotten.
/// </remarks>
public static class PublicOpenings
{
    /// <param name="leaf">The entry's leaf.</param>
    /// <param name="entry">The same entry, opened with <paramref name="openings"/>.</param>
    /// <param name="openings">Every opening that is kept.</param>
    /// <returns>In the order in which the leaf has the commitments.</returns>
    public static ImmutableArray<Opening> Of(SealedFact leaf, Entry entry, IReadOnlyDictionary<Commitment, Opening> openings)
    {
        ArgumentNullException.ThrowIfNull(leaf);
        ArgumentNullException.ThrowIfNull(entry);
        ArgumentNullException.ThrowIfNull(openings);
        Fact shown = PublicFact.Of(entry.Fact);
        HashSet<Commitment> visible = [.. Visible(KindSchema.Of(shown).Fields, shown, leaf.Fields)];
        return [.. leaf.Commitments().Where(visible.Contains).Select(openings.GetValueOrDefault).OfType<Opening>()];
    }

    private static IEnumerable<Commitment> Visible(ImmutableArray<FieldSchema> fields, object owner, JsonObject form)
    {
        foreach (FieldSchema field in fields)
        {
            object[] values = [.. field.Values(owner)];
            JsonNode?[] nodes = form[field.LeafName] switch
            {
                null => [],
                JsonArray items => [.. items],
                JsonNode node => [node],
            };

            foreach (Commitment one in values.Zip(nodes).SelectMany(pair => VisibleIn(field, pair.First, pair.Second!)))
            {
                yield return one;
            }
        }
    }

    private static IEnumerable<Commitment> VisibleIn(FieldSchema field, object value, JsonNode node) => value switch
    {
        _ when field.Group is { } group => Visible(group.Fields, value, node.AsObject()),
        IForgettable { Plain: not null } => [SealedFact.CommitmentIn(node)],
        _ => [],
    };
}
