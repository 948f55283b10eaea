using DisclosureCloud.Ledger;

namespace DisclosureCloud.Site;

/// <summary>A correction, withdrawal or redaction, and where it is shown.</summary>
/// <param name="Of">The entry that it is about: under its own id, whatever it says now.</param>
/// <param name="Place">Its place in the list, from 0, the newest first.</param>
internal sealed record AmendmentView(Amendment Amendment, EntryId Of, int Place)
{
    public const string Folder = "corrections/";

    /// <summary>Each shows every field that changed, so that fewer fit on a page than of other lists.</summary>
    public const int ItemsMax = 25;

    public string Id => Amendment.By.Id.Value;

    public Fact Fact => Amendment.Before.Fact;

    public bool IsWithdrawal => Amendment.After is null;

    /// <summary>What it forgets; null for a correction or withdrawal.</summary>
    public Redaction? Redaction => Amendment.By.Fact as Redaction;

    public FreeText Reason => ((IAmendment)Amendment.By.Fact).Reason;

    public FreeText? DocumentNumber => ((IAmendment)Amendment.By.Fact).DocumentNumber;

    /// <summary>Its address, on whichever page of the list it stands.</summary>
    public string Path => $"{ListPage.PathOf(Folder, (Place / ItemsMax) + 1)}#{Id}";
}
