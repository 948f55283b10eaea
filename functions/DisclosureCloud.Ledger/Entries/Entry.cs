namespace DisclosureCloud.Ledger;

/// <summary>One immutable fact in the ledger, read back: its header, and its fact with what has not been forgotten.</summary>
/// <param name="Id">The posting and the place in it.</param>
/// <param name="Date">When it happened; null where a notice does not say.</param>
/// <param name="RecordedAt">When the ledger took it, in UTC, to the millisecond.</param>
/// <param name="Department">Who posted it, from the token.</param>
/// <param name="Channel">By which way it came.</param>
public sealed record Entry(EntryId Id, DateOnly? Date, DateTimeOffset RecordedAt, DepartmentId Department, Channel Channel, Fact Fact);
