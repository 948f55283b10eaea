using System.Diagnostics.CodeAnalysis;
using System.Globalization;

namespace DisclosureCloud.Ledger;

/// <summary>A measured number of something that is not money: kilometres, sheep, percent. Exact, to three decimal places.</summary>
/// <remarks>A leaf holds integers and texts alone (decision 0004), so that a quantity is written as its shortest decimal text.</remarks>
public readonly record struct Quantity : IComparable<Quantity>
{
    private const int Places = 3;
    private const long One = 1_000;

    private Quantity(long thousandths) => Thousandths = thousandths;

    /// <summary>The number times a thousand, from 0 to 2^53-1.</summary>
    public long Thousandths { get; }

    public bool IsZero => Thousandths == 0;

    /// <exception cref="ArgumentOutOfRangeException">Below zero, or more than 2^53-1 thousandths.</exception>
    public static Quantity OfThousandths(long thousandths)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(thousandths);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(thousandths, Money.FenMax);
        return new Quantity(thousandths);
    }

    /// <summary>Reads the very characters of a JSON number; false where it is below zero, too large, or finer than a thousandth.</summary>
    public static bool TryRead(ReadOnlySpan<char> number, out Quantity quantity)
    {
        bool good = AmountText.TryRead(number, Places, out long thousandths) == AmountFault.None && thousandths >= 0;
        quantity = good ? new Quantity(thousandths) : default;
        return good;
    }

    /// <exception cref="FormatException">Not a text that <see cref="ToString"/> wrote.</exception>
    public static Quantity Parse([NotNull] string? text) => text is not null && TryRead(text, out Quantity quantity) && quantity.ToString() == text
        ? quantity
        : throw new FormatException($"'{text}' is no quantity.");

    public int CompareTo(Quantity other) => Thousandths.CompareTo(other.Thousandths);

    /// <summary>The shortest decimal text, in the invariant culture: <c>12.5</c>.</summary>
    public override string ToString()
    {
        string whole = (Thousandths / One).ToString(CultureInfo.InvariantCulture);
        string rest = (Thousandths % One).ToString("D3", CultureInfo.InvariantCulture).TrimEnd('0');
        return rest.Length == 0 ? whole : $"{whole}.{rest}";
    }

    public static Quantity operator +(Quantity left, Quantity right) => OfThousandths(left.Thousandths + right.Thousandths);

    /// <exception cref="ArgumentOutOfRangeException">The result would be below zero.</exception>
    public static Quantity operator -(Quantity left, Quantity right) => OfThousandths(left.Thousandths - right.Thousandths);

    public static bool operator <(Quantity left, Quantity right) => left.Thousandths < right.Thousandths;

    public static bool operator >(Quantity left, Quantity right) => left.Thousandths > right.Thousandths;

    public static bool operator <=(Quantity left, Quantity right) => left.Thousandths <= right.Thousandths;

    public static bool operator >=(Quantity left, Quantity right) => left.Thousandths >= right.Thousandths;
}
