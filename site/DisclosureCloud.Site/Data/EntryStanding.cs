using DisclosureCloud.Ledger;

namespace DisclosureCloud.Site.Data;

/// <summary>What became of an entry as it was recorded: whether what it says still counts, what ended that, and whose place it took.</summary>
/// <param name="Status">Whether it counts.</param>
/// <param name="AmendedBy">The correction or withdrawal that ended it.</param>
/// <param name="StandsFor">The entry in whose place it stands.</param>
internal sealed record EntryStanding(EntryStatus Status, EntryId? AmendedBy, EntryId? StandsFor)
{
    public static EntryStanding Current { get; } = new(EntryStatus.Current, null, null);

    /// <summary>The entries of which there is something to say.</summary>
    public static Dictionary<EntryId, EntryStanding> Of(History history)
    {
        var standings = new Dictionary<EntryId, EntryStanding>();
        var latest = new Dictionary<EntryId, EntryId>();
        foreach (Amendment amendment in history.Amendments)
        {
            EntryId root = amendment.Before.Id;
            EntryId ended = latest.GetValueOrDefault(root, root);
            EntryId? standsFor = ended == root ? null : root;
            standings[ended] = new EntryStanding(amendment.After is null ? EntryStatus.Withdrawn : EntryStatus.Corrected, amendment.By.Id, standsFor);
            if (amendment.Replacement is { } replacement)
            {
                latest[root] = replacement;
                standings[replacement] = new EntryStanding(EntryStatus.Current, null, root);
            }
        }

        return standings;
    }
}

/// <summary>Whether what an entry says counts.</summary>
internal enum EntryStatus
{
    Current,
    Corrected,
    Withdrawn,
}
