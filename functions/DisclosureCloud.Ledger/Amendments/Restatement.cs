using System.Collections.Immutable;

namespace DisclosureCloud.Ledger;

/// <summary>Whether one fact says again exactly what another says.</summary>
/// <remarks>
/// Values are compared as they were sent: their commitments always differ, since each has a salt of its own. A value that is withheld on
/// either side cannot be known and counts as changed, so that a correction is never refused for a value that was forgotten.
/// </remarks>
public static class Restatement
{
    /// <summary>True where both facts are of one kind and every field states the same.</summary>
    public static bool Is(Fact before, Fact after)
    {
        ArgumentNullException.ThrowIfNull(before);
        ArgumentNullException.ThrowIfNull(after);
        return before.GetType() == after.GetType() && AreSame(KindSchema.Of(before).Fields, before, after);
    }

    private static bool AreSame(ImmutableArray<FieldSchema> fields, object before, object after) => fields.All(field => AreSame(field, before, after));

    private static bool AreSame(FieldSchema field, object before, object after)
    {
        object[] old = [.. field.Values(before)];
        object[] now = [.. field.Values(after)];
        return old.Length == now.Length && old.Zip(now).All(pair => IsSame(field, pair.First, pair.Second));
    }

    private static bool IsSame(FieldSchema field, object before, object after) => (before, after) switch
    {
        _ when field.Group is { } group => AreSame(group.Fields, before, after),
        (IForgettable { Plain: var old }, IForgettable { Plain: var now }) => old is not null && now is not null && string.Equals(old, now, StringComparison.Ordinal),
        _ => before.Equals(after),
    };
}
