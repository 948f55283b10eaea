namespace DisclosureCloud.Ledger;

/// <summary>Which appropriations are the receipts of which pass-downs: the same money, told by the fund that sent it and the one that got it.</summary>
/// <remarks>
/// Theirs are two streams, so that either may be read first and neither rules the other. An appropriation is a receipt of the pass-down
/// that it names as far as that is not acknowledged yet, those recorded first going first; what is more counts as money from elsewhere.
/// What nobody has acknowledged stays "sent, receipt not posted". Decision 0008.
/// </remarks>
public sealed class Receipts
{
    private readonly Dictionary<EntryId, Receipt> _receipts = [];
    private readonly Dictionary<EntryId, Money> _received = [];

    private Receipts()
    {
    }

    /// <param name="live">The entries as they now stand, in any order.</param>
    public static Receipts Of(IReadOnlyCollection<Entry> live)
    {
        ArgumentNullException.ThrowIfNull(live);
        Dictionary<EntryId, PassDown> sent = live.Where(entry => entry.Fact is PassDown).ToDictionary(entry => entry.Id, entry => (PassDown)entry.Fact);
        var receipts = new Receipts();
        foreach (Entry entry in live.Where(entry => entry.Fact is Appropriation { PassDown: not null })
            .OrderBy(entry => entry.RecordedAt)
            .ThenBy(entry => entry.Id.Value, StringComparer.Ordinal))
        {
            var received = (Appropriation)entry.Fact;
            if (sent.TryGetValue(received.PassDown!.Value, out PassDown? passDown) && passDown.FundId != received.FundId)
            {
                receipts.Take(entry.Id, received, passDown);
            }
        }

        return receipts;
    }

    /// <summary>What of an appropriation another fund here sent; null where nothing of it is a receipt.</summary>
    public Receipt? Of(EntryId appropriation) => _receipts.GetValueOrDefault(appropriation);

    /// <summary>The fund that sent what this appropriation is the receipt of; null where it is no receipt.</summary>
    public FundId? SenderOf(EntryId appropriation) => Of(appropriation)?.Sender;

    /// <summary>How much of a pass-down is acknowledged.</summary>
    public Money Received(EntryId passDown) => _received.GetValueOrDefault(passDown);

    private void Take(EntryId id, Appropriation received, PassDown sent)
    {
        EntryId passDown = received.PassDown!.Value;
        Money before = _received.GetValueOrDefault(passDown, Money.Zero(sent.Amount.Currency));
        Money left = sent.Amount - before;
        Money part = received.Amount < left ? received.Amount : left;
        if (!part.IsZero)
        {
            _receipts.Add(id, new Receipt(sent.FundId, part));
            _received[passDown] = before + part;
        }
    }
}

/// <summary>That part of an appropriation which another fund sent.</summary>
public sealed record Receipt(FundId Sender, Money Amount);
