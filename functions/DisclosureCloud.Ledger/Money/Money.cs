using System.Globalization;

namespace DisclosureCloud.Ledger;

/// <summary>An amount of money: a whole number of fen (hundredths) and its currency.</summary>
/// <remarks>
/// At most 2^53-1 fen either way, so that every reader of JSON can hold it exactly (RFC 8259, section 6). Arithmetic is checked and
/// there is no floating point. Amounts of different currencies do not add up.
/// </remarks>
public readonly record struct Money : IComparable<Money>
{
    /// <summary>The largest amount: 2^53-1 fen, about 90 trillion yuan.</summary>
    public const long FenMax = (1L << 53) - 1;

    /// <exception cref="OverflowException">More than <see cref="FenMax"/> either way.</exception>
    public Money(long fen, Currency currency = default)
    {
        if (fen is > FenMax or < -FenMax)
        {
            throw new OverflowException($"An amount is at most {FenMax} fen; found {fen}.");
        }

        Fen = fen;
        Currency = currency;
    }

    /// <summary>The amount in fen, one hundredth of a yuan.</summary>
    public long Fen { get; }

    public Currency Currency { get; }

    public bool IsZero => Fen == 0;

    public static Money Zero(Currency currency) => new(0, currency);

    /// <summary>Adds without throwing on size: false where the sum is over <see cref="FenMax"/>.</summary>
    /// <exception cref="InvalidOperationException">The currencies differ.</exception>
    public bool TryAdd(Money other, out Money sum)
    {
        long fen = Fen + other.Fen; // Two numbers under 2^53 cannot overflow a long.
        bool fits = fen is <= FenMax and >= -FenMax;
        sum = fits ? new Money(fen, SameCurrency(this, other)) : default;
        return fits;
    }

    public int CompareTo(Money other)
    {
        _ = SameCurrency(this, other);
        return Fen.CompareTo(other.Fen);
    }

    /// <summary>For messages and diagnostics: yuan with two decimals and the currency, in the invariant culture.</summary>
    public override string ToString()
    {
        string sign = Fen < 0 ? "-" : "";
        long fen = Math.Abs(Fen);
        return string.Create(CultureInfo.InvariantCulture, $"{sign}{fen / 100}.{fen % 100:D2} {Currency.Code}");
    }

    public static Money operator +(Money left, Money right) => new(left.Fen + right.Fen, SameCurrency(left, right));

    public static Money operator -(Money left, Money right) => new(left.Fen - right.Fen, SameCurrency(left, right));

    public static bool operator <(Money left, Money right) => left.CompareTo(right) < 0;

    public static bool operator >(Money left, Money right) => left.CompareTo(right) > 0;

    public static bool operator <=(Money left, Money right) => left.CompareTo(right) <= 0;

    public static bool operator >=(Money left, Money right) => left.CompareTo(right) >= 0;

    private static Currency SameCurrency(Money left, Money right) => left.Currency == right.Currency
        ? left.Currency
        : throw new InvalidOperationException($"{left.Currency} and {right.Currency} do not add up.");
}
