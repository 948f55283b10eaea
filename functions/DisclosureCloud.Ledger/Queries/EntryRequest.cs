namespace DisclosureCloud.Ledger;

/// <summary>A page of entries as somebody asks for it.</summary>
/// <param name="AsOf">The size of the tree whose entries are wanted; the newest published one where null.</param>
/// <param name="Limit">How many entries the page has at most.</param>
/// <param name="Cursor">Where it begins; at the first leaf where null.</param>
/// <param name="Format">The form of the answer; null where it is not said.</param>
/// <param name="Filters">All filters as one text, to which cursors are bound.</param>
public sealed record EntryRequest(EntryQuery Query, long? AsOf, int Limit, EntryCursor? Cursor, EntryFormat? Format, string Filters)
{
    /// <summary>A page of this size is read within seconds, and held in memory.</summary>
    public const int LimitMax = 1_000;

    public const int LimitDefault = 100;
}

/// <summary>The forms of an answer.</summary>
public enum EntryFormat
{
    Json,
    Ndjson,
    Csv,
}
