namespace DisclosureCloud.Ledger;

/// <content>Money given on, and its receipt by the lower side.</content>
public abstract partial record Rejection
{
    /// <summary>More stated as paid over, or acknowledged, than is passed down.</summary>
    public sealed record ExceedsPassedDown : Rejection
    {
        public ExceedsPassedDown(Money left, Money stated, string field)
            : base("exceeds-passed-down", $"/{field}", $"Of the pass-down there is {left}; {stated} is more.") =>
            (Found, Wanted) = (Fen(stated), $"at most {Fen(left)}");
    }

    public sealed record NoSuchPassDown(EntryId Entry)
        : Rejection("no-such-pass-down", "/passDown", $"There is no pass-down '{Entry}'.");

    public sealed record ReceiptOfOwnFund(EntryId Entry)
        : Rejection("receipt-of-own-fund", "/passDown", $"'{Entry}' is a pass-down of this very fund.");

    /// <summary>Money acknowledged by a place that it was not sent to.</summary>
    public sealed record ReceiptOfOtherPlace : Rejection
    {
        public ReceiptOfOtherPlace(RegionCode sent, RegionCode region)
            : base("receipt-of-other-place", "/passDown", "The pass-down went to another place than the fund's.") => (Found, Wanted) = (sent.Value, region.Value);
    }

    /// <summary>Less than the receiving side has acknowledged.</summary>
    public sealed record BelowReceived : Rejection
    {
        public BelowReceived(Money received, Money wanted)
            : base("below-received", "/amount", $"{received} of it is acknowledged already; {wanted} is less.") =>
            (Found, Wanted) = (Fen(wanted), $"at least {Fen(received)}");
    }
}
