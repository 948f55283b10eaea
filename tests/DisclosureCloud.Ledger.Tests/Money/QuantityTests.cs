namespace DisclosureCloud.Ledger.Tests;

public sealed class QuantityTests
{
    [Theory]
    [InlineData("0", 0, "0")]
    [InlineData("12", 12_000, "12")]
    [InlineData("12.5", 12_500, "12.5")]
    [InlineData("12.500", 12_500, "12.5")]
    [InlineData("0.001", 1, "0.001")]
    [InlineData("1.05", 1_050, "1.05")]
    [InlineData("1e2", 100_000, "100")]
    [InlineData("9007199254740.991", 9_007_199_254_740_991, "9007199254740.991")]
    public void TryRead_OfANumber_IsExactAndWrittenInOneWay(string number, long thousandths, string text)
    {
        Quantity.TryRead(number, out Quantity quantity).ShouldBeTrue();

        quantity.Thousandths.ShouldBe(thousandths);
        quantity.ToString().ShouldBe(text);
        Quantity.Parse(text).ShouldBe(quantity);
    }

    [Theory]
    [InlineData("0.0001")]
    [InlineData("-0.001")]
    [InlineData("-1")]
    [InlineData("9007199254740.992")]
    [InlineData("1e400")]
    [InlineData("")]
    public void TryRead_OfWhatIsFinerBelowZeroOrTooLarge_IsFalse(string number) => Quantity.TryRead(number, out _).ShouldBeFalse();

    [Theory]
    [InlineData("12.50")]
    [InlineData("1e2")]
    [InlineData("x")]
    [InlineData(null)]
    public void Parse_OfAnyOtherText_Throws(string? text) => Should.Throw<FormatException>(() => Quantity.Parse(text));

    [Fact]
    public void Arithmetic_IsCheckedAtBothEnds()
    {
        var one = Quantity.OfThousandths(1);
        var most = Quantity.OfThousandths(Money.FenMax);

        (most - one + one).ShouldBe(most);
        Should.Throw<ArgumentOutOfRangeException>(() => most + one);
        Should.Throw<ArgumentOutOfRangeException>(() => one - most);
        Should.Throw<ArgumentOutOfRangeException>(() => Quantity.OfThousandths(-1));
        (one < most).ShouldBeTrue();
        (one > most).ShouldBeFalse();
        (one <= most).ShouldBeTrue();
        (one >= most).ShouldBeFalse();
        one.CompareTo(most).ShouldBeLessThan(0);
        (one - one).IsZero.ShouldBeTrue();
    }

    [Fact]
    public void ToString_InAnyCulture_IsTheSame() => Seeded.In("de-DE", () => Quantity.OfThousandths(12_500).ToString().ShouldBe("12.5"));
}
