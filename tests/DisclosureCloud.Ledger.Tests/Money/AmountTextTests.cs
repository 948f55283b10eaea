using System.Globalization;
using System.Numerics;
using FsCheck;
using FsCheck.Fluent;

namespace DisclosureCloud.Ledger.Tests;

public sealed class AmountTextTests
{
    // Written, its unit, and the fen or the fault that it must give.
    private const string Table = """
        2947.76                                   wan-yuan  2947760000
        1.10                                      yuan      110
        1.1                                       yuan      110
        0.01                                      yuan      1
        0.000001                                  wan-yuan  1
        1                                         fen       1
        0                                         yuan      0
        -0                                        yuan      0
        -0.00                                     yuan      0
        0e99999                                   yuan      0
        -3.05                                     yuan      -305
        0.1e1                                     yuan      100
        1E2                                       yuan      10000
        100e-2                                    yuan      100
        1e+0002                                   fen       100
        1000000e-6                                fen       1
        9007199254740991                          fen       9007199254740991
        90071992547409.91                         yuan      9007199254740991
        9007199254.740991                         wan-yuan  9007199254740991
        9007199254740991.0                        fen       9007199254740991
        9007199254740992                          fen       TooLarge
        90071992547409.92                         yuan      TooLarge
        9999999999999999                          fen       TooLarge
        -9007199254740992                         fen       TooLarge
        0.005                                     yuan      NotWholeFen
        0.0000001                                 wan-yuan  NotWholeFen
        0.5                                       fen       NotWholeFen
        2.999                                     yuan      NotWholeFen
        1e-3                                      yuan      NotWholeFen
        1e400                                     yuan      TooLarge
        1E400                                     fen       TooLarge
        1e-400                                    yuan      NotWholeFen
        1e99999999999999999999                    yuan      TooLarge
        1e-99999999999999999999                   yuan      NotWholeFen
        1234567890123456789012345678901234567890  fen       TooLarge
        0.1234567890123456789012345678901234567890  yuan    NotWholeFen
        1.0000000000000000000000000000000000000000  yuan    100
        1e                                        yuan      NotANumber
        1e+                                       yuan      NotANumber
        .                                         yuan      NotANumber
        -                                         yuan      NotANumber
        1.2.3                                     yuan      NotANumber
        1,000                                     yuan      NotANumber
        NaN                                       yuan      NotANumber
        ١٢                                        yuan      NotANumber
        １２                                      yuan      NotANumber
        """;

    public static TheoryData<string, string, string> Rows()
    {
        var rows = new TheoryData<string, string, string>();
        foreach (string line in Table.Split('\n'))
        {
            string[] cells = line.Split(' ', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries);
            rows.Add(cells[0], cells[1], cells[2]);
        }

        return rows;
    }

    [Theory]
    [MemberData(nameof(Rows))]
    public void AmountText_AsWritten_GivesFenOrFault(string text, string unit, string wanted)
    {
        AmountFault fault = AmountText.TryRead(text, Code.Parse<AmountUnit>(unit), out long fen);

        (fault == AmountFault.None ? fen.ToString(CultureInfo.InvariantCulture) : fault.ToString()).ShouldBe(wanted);
        if (fault != AmountFault.None)
        {
            fen.ShouldBe(0);
        }
    }

    [Fact]
    public void AmountText_LongerThanItsLimit_IsRefusedUnread() =>
        AmountText.TryRead("1." + new string('0', AmountText.LengthMax), AmountUnit.Yuan, out _).ShouldBe(AmountFault.TooLarge);

    [Fact]
    public void AmountText_AnyAmountInAnySpelling_ReadsBackExactly()
    {
        Gen<(long Fen, AmountUnit Unit, int Zeros, int Power)> spellings =
            from fen in Gen.OneOf(
                Gen.Choose(-100_000, 100_000).Select(small => (long)small),
                from high in Gen.Choose(0, (1 << 22) - 1)
                from low in Gen.Choose(0, int.MaxValue)
                select ((long)high << 31) | (uint)low,
                Gen.Constant(Money.FenMax))
            from unit in Gen.Elements(AmountUnit.Fen, AmountUnit.Yuan, AmountUnit.WanYuan)
            from zeros in Gen.Choose(0, 8)
            from power in Gen.Choose(-12, 12)
            select (fen, unit, zeros, power);

        Prop.ForAll(spellings.ToArbitrary(), one =>
        {
            string text = Spell(one.Fen, Scale(one.Unit), one.Zeros, one.Power);
            return (AmountText.TryRead(text, one.Unit, out long read) == AmountFault.None && read == one.Fen)
                .Label($"{one.Fen} fen, written {text} {one.Unit}, read {read}");
        }).Check(Seeded.Runs(3_000));
    }

    [Fact]
    public void AmountText_AnyDecimal_AgreesWithWholeNumberArithmetic()
    {
        Gen<(int Digits, int Point, int Power, AmountUnit Unit)> numbers =
            from digits in Gen.Choose(0, int.MaxValue)
            from point in Gen.Choose(0, 9)
            from power in Gen.Choose(-9, 9)
            from unit in Gen.Elements(AmountUnit.Fen, AmountUnit.Yuan, AmountUnit.WanYuan)
            select (digits, point, power, unit);

        Prop.ForAll(numbers.ToArbitrary(), one =>
        {
            string digits = one.Digits.ToString("D10", CultureInfo.InvariantCulture);
            string text = $"{Trimmed(digits[..^one.Point])}{(one.Point > 0 ? "." : "")}{digits[^one.Point..]}e{one.Power.ToString(CultureInfo.InvariantCulture)}";

            // digits * 10^(power - point + scale) fen, as a fraction of two whole numbers.
            int exponent = one.Power - one.Point + Scale(one.Unit);
            BigInteger above = one.Digits * BigInteger.Pow(10, Math.Max(exponent, 0));
            BigInteger fen = BigInteger.DivRem(above, BigInteger.Pow(10, Math.Max(-exponent, 0)), out BigInteger rest);
            AmountFault wanted = !rest.IsZero ? AmountFault.NotWholeFen : fen > Money.FenMax ? AmountFault.TooLarge : AmountFault.None;

            AmountFault fault = AmountText.TryRead(text, one.Unit, out long read);
            return (fault == wanted && (fault != AmountFault.None || read == (long)fen)).Label($"{text} {one.Unit}: {fault} {read}, wanted {wanted} {fen}");
        }).Check(Seeded.Runs(3_000));
    }

    [Fact]
    public void Money_OverItsLimit_Throws()
    {
        Should.Throw<OverflowException>(() => new Money(Money.FenMax + 1));
        Should.Throw<OverflowException>(() => new Money(Money.FenMax) + new Money(1));
        Should.Throw<OverflowException>(() => new Money(long.MinValue));
        new Money(Money.FenMax).TryAdd(new Money(1), out _).ShouldBeFalse();
        new Money(Money.FenMax - 1).TryAdd(new Money(1), out Money sum).ShouldBeTrue();
        sum.Fen.ShouldBe(9_007_199_254_740_991);
    }

    [Fact]
    public void Money_OfTwoCurrencies_DoesNotAddUp()
    {
        var dollar = new Money(1, new Currency("USD"));

        Should.Throw<InvalidOperationException>(() => dollar + new Money(1));
        Should.Throw<InvalidOperationException>(() => dollar.TryAdd(new Money(1), out _));
        Should.Throw<InvalidOperationException>(() => dollar > new Money(0));
        new Money(0, new Currency("CNY")).ShouldBe(default);
    }

    [Theory]
    [InlineData("tr-TR")]
    [InlineData("ar-SA")]
    [InlineData("sv-SE")]
    public void Money_InAnyCulture_WritesTheSame(string culture) => Seeded.In(culture, () =>
    {
        new Money(-123_456_705).ToString().ShouldBe("-1234567.05 CNY");
        Code.Text(SourceNature.Integrated).ShouldBe("integrated");
        Code.Parse<SourceLevel>("higher-unspecified").ShouldBe(SourceLevel.HigherUnspecified);
    });

    private static int Scale(AmountUnit unit) => unit switch { AmountUnit.Fen => 0, AmountUnit.Yuan => 2, _ => 6 };

    // fen = digits * 10^(scale) * unit, with the point moved by a power of ten and zeros put after it.
    private static string Spell(long fen, int scale, int zeros, int power)
    {
        string sign = fen < 0 ? "-" : "";
        int point = scale + power;
        string digits = BigInteger.Abs(fen).ToString(CultureInfo.InvariantCulture) + new string('0', Math.Max(-point, 0));
        digits = digits.PadLeft(Math.Max(point, 0) + 1, '0');
        int whole = digits.Length - Math.Max(point, 0);
        string fraction = digits[whole..] + new string('0', zeros);
        return $"{sign}{digits[..whole]}{(fraction.Length > 0 ? "." : "")}{fraction}{(power == 0 ? "" : $"e{power.ToString(CultureInfo.InvariantCulture)}")}";
    }

    private static string Trimmed(string digits) => digits.TrimStart('0') is { Length: > 0 } rest ? rest : "0";
}
