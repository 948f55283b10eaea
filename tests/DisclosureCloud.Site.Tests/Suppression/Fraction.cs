using System.Numerics;
using System.Runtime.InteropServices;

namespace DisclosureCloud.Site.Tests.Suppression;

/// <summary>An exact number: what an attacker concludes must not rest on a rounding.</summary>
[StructLayout(LayoutKind.Auto)]
internal readonly struct Fraction
{
    private readonly BigInteger _over;

    private Fraction(BigInteger top, BigInteger under)
    {
        BigInteger common = BigInteger.GreatestCommonDivisor(top, under) * under.Sign;
        (Top, _over) = (top / common, (under / common) - 1); // The default is nought over one.
    }

    public BigInteger Top { get; }

    public BigInteger Under => _over + 1;

    public int Sign => Top.Sign;

    public bool IsZero => Top.IsZero;

    public static implicit operator Fraction(long whole) => new(whole, 1);

    public static Fraction operator +(Fraction a, Fraction b) => new((a.Top * b.Under) + (b.Top * a.Under), a.Under * b.Under);

    public static Fraction operator -(Fraction a, Fraction b) => new((a.Top * b.Under) - (b.Top * a.Under), a.Under * b.Under);

    public static Fraction operator *(Fraction a, Fraction b) => new(a.Top * b.Top, a.Under * b.Under);

    public static Fraction operator /(Fraction a, Fraction b) => new(a.Top * b.Under, a.Under * b.Top);

    /// <summary>The greatest whole number that is no more.</summary>
    public long Floor() => (long)(Top >= 0 ? Top / Under : -((-Top + Under - 1) / Under));
}
