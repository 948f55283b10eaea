using System.Globalization;

namespace DisclosureCloud.Ledger;

/// <content>A revolving fund.</content>
public abstract partial record Rejection
{
    public sealed record NoSuchLoan(EntryId Entry)
        : Rejection("no-such-loan", "/cites", $"The fund has no loan '{Entry}'.");

    public sealed record NotRevolving(FundId Fund)
        : Rejection("not-revolving", "/fund", $"'{Fund}' is no revolving fund: its money is paid out, not lent.");

    /// <summary>A loan that would be due after the last date that makes sense.</summary>
    public sealed record TermTooLong : Rejection
    {
        public TermTooLong(int found, int left)
            : base("term-too-long", "/term", "A loan is due before the last date that a posting may state.") =>
            (Found, Wanted) = (found.ToString(CultureInfo.InvariantCulture), string.Create(CultureInfo.InvariantCulture, $"at most {left}"));
    }

    /// <summary>A loan is of money or of goods, and comes back as what it was.</summary>
    public sealed record MoneyOrGoods(string Field)
        : Rejection("money-or-goods", $"/{Field}", "A loan is either of money or of goods with their unit, and comes back as what it was.");

    /// <summary>More than is outstanding.</summary>
    public sealed record ExceedsOutstanding : Rejection
    {
        public ExceedsOutstanding(Money left, Money wanted, string field)
            : base("exceeds-outstanding", $"/{field}", $"{left} is outstanding; {wanted} is more.") =>
            (Found, Wanted) = (Fen(wanted), $"at most {Fen(left)}");
    }

    /// <summary>More goods than are outstanding.</summary>
    public sealed record ExceedsGoods : Rejection
    {
        public ExceedsGoods(Quantity left, Quantity wanted)
            : base("exceeds-goods", "/quantity", $"{left} are outstanding; {wanted} is more.") => (Found, Wanted) = ($"{wanted}", $"at most {left}");
    }
}
