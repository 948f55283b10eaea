namespace DisclosureCloud.Ledger;

/// <summary>One immutable fact in the ledger, read back: its header, and its fact with what has not been forgotten.</summary>
/// <param name="Id">The posting and the place in it.</param>
/// <param name="Date">When it happened; null where a notice does not say.</param>
/// <param name="RecordedAt">When the ledger took it, in UTC, to the millisecond.</param>
/// <param name="Department">Who posted it, from the token.</param>
/// <param name="Channel">By which way it came.</param>
public sealed record Entry(EntryId Id, DateOnly? Date, DateTimeOffset RecordedAt, DepartmentId Department, Channel Channel, Fact Fact)
{
    /// <summary>The entry of a leaf.</summary>
    /// <param name="open">Gives the value of a commitment; null where it is withheld.</param>
    public static Entry Of(Leaf leaf, Func<Commitment, string?> open)
    {
        ArgumentNullException.ThrowIfNull(leaf);
        return Of(leaf.Id, SealedFact.Of(leaf.Json), open);
    }

    /// <summary>The entry of a leaf that was read before.</summary>
    public static Entry Of(EntryId id, SealedFact leaf, Func<Commitment, string?> open)
    {
        ArgumentNullException.ThrowIfNull(leaf);
        return new Entry(
            id,
            leaf.Date,
            Instant.Parse(leaf.Fields["recordedAt"]!.GetValue<string>()),
            Ledger.Id.Parse<DepartmentId>(leaf.Fields["department"]!.GetValue<string>()),
            Code.Parse<Channel>(leaf.Fields["channel"]!.GetValue<string>()),
            leaf.Open(open));
    }
}
