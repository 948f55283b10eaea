namespace DisclosureCloud.Ledger;

/// <summary>Which appropriations are the receipts of which pass-downs: the same money, told by the fund that sent it and the one that got it.</summary>
/// <remarks>
/// Theirs are two streams, so that either may be read first and neither rules the other. An appropriation is the receipt of the pass-down
/// that it names if the amounts are the same and no earlier one named it; any other counts as money from elsewhere, and the pass-down
/// stays "sent, receipt not posted".
/// </remarks>
public sealed class Receipts
{
    private readonly Dictionary<EntryId, FundId> _senders = [];
    private readonly HashSet<EntryId> _posted = [];

    private Receipts()
    {
    }

    public static Receipts Of(IReadOnlyCollection<Entry> entries)
    {
        ArgumentNullException.ThrowIfNull(entries);
        Dictionary<EntryId, PassDown> sent = entries.Where(entry => entry.Fact is PassDown).ToDictionary(entry => entry.Id, entry => (PassDown)entry.Fact);
        var receipts = new Receipts();
        foreach (Entry entry in entries)
        {
            if (entry.Fact is Appropriation { PassDown: { } named } received
                && sent.TryGetValue(named, out PassDown? passDown)
                && passDown.Amount == received.Amount
                && passDown.FundId != received.FundId
                && receipts._posted.Add(named))
            {
                receipts._senders.Add(entry.Id, passDown.FundId);
            }
        }

        return receipts;
    }

    /// <summary>The fund that sent what this appropriation is the receipt of; null where it is no receipt.</summary>
    public FundId? SenderOf(EntryId appropriation) => _senders.TryGetValue(appropriation, out FundId sender) ? sender : null;

    /// <summary>True where the receipt of this pass-down is posted.</summary>
    public bool IsPosted(EntryId passDown) => _posted.Contains(passDown);
}
