namespace DisclosureCloud.Ledger;

/// <summary>A sum over many funds, in fen. Each amount of it is bounded (<see cref="Money.FenMax"/>); the sum may be more.</summary>
/// <remarks>Nobody can refuse a sum over funds, since each fund is decided for itself: it must never fail for its size.</remarks>
public readonly record struct Total(long Fen)
{
    public bool IsZero => Fen == 0;

    public static Total operator +(Total total, Money amount) => new(checked(total.Fen + amount.Fen));
}
