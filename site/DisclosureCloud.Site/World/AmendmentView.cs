using DisclosureCloud.Ledger;

namespace DisclosureCloud.Site;

/// <summary>A correction or withdrawal, and where it is shown.</summary>
/// <param name="Place">Its place in the list, from 0, the newest first.</param>
internal sealed record AmendmentView(Amendment Amendment, int Place)
{
    public const string Folder = "corrections/";

    /// <summary>Each shows every field that changed, so that fewer fit on a page than of other lists.</summary>
    public const int ItemsMax = 25;

    public string Id => Amendment.By.Id.Value;

    /// <summary>The entry that it is about: under its own id, whatever it says now.</summary>
    public EntryId Of => Amendment.Before.Id;

    public Fact Fact => Amendment.Before.Fact;

    public bool IsWithdrawal => Amendment.After is null;

    public FreeText Reason => Amendment.By.Fact is Correction correction ? correction.Reason : ((Withdrawal)Amendment.By.Fact).Reason;

    public FreeText? DocumentNumber => Amendment.By.Fact is Correction correction ? correction.DocumentNumber : ((Withdrawal)Amendment.By.Fact).DocumentNumber;

    /// <summary>Its address, on whichever page of the list it stands.</summary>
    public string Path => $"{ListPage.PathOf(Folder, (Place / ItemsMax) + 1)}#{Id}";
}
