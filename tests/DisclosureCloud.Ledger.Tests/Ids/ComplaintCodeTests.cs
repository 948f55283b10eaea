using DisclosureCloud.Testing;

namespace DisclosureCloud.Ledger.Tests.Ids;

/// <summary>A code is read as people write it down, and nobody gets from a complaint's id back to it.</summary>
public sealed class ComplaintCodeTests
{
    [Fact]
    public void New_OfTheSameBits_IsTheirBase32InGroups()
    {
        // RFC 4648, section 10: "foobar" is mzxw6ytboi; here ten bytes.
        ComplaintCode.New(new Fixed("foobarfoob"u8.ToArray())).Value.ShouldBe("mzxw-6ytb-ojtg-633c");
        ComplaintCode.New(new Fixed(new byte[10])).Value.ShouldBe("aaaa-aaaa-aaaa-aaaa");
        ComplaintCode.New(new Fixed([.. Enumerable.Repeat((byte)0xff, 10)])).Value.ShouldBe("7777-7777-7777-7777");
    }

    [Fact]
    public void New_OfTwoHundred_AreAllOfTheFormAndDifferent()
    {
        var salts = new SeededSalts(20261123);
        ComplaintCode[] codes = [.. Enumerable.Range(0, 200).Select(_ => ComplaintCode.New(salts))];
        codes.ShouldAllBe(code => System.Text.RegularExpressions.Regex.IsMatch(code.Value, ComplaintCode.Pattern, System.Text.RegularExpressions.RegexOptions.NonBacktracking));
        codes.ShouldBeUnique();
        codes.Select(ComplaintId.Of).ShouldBeUnique();
    }

    [Theory]
    [InlineData("mzxw-6ytb-ojtg-633c")]
    [InlineData("mzxw6ytbojtg633c")]
    [InlineData("MZXW-6YTB-OJTG-633C")]
    [InlineData("m-zxw6ytbOJTG633c-")]
    public void TryParse_HoweverItIsWritten_IsTheSameCode(string text)
    {
        ComplaintCode.TryParse(text, out ComplaintCode code).ShouldBeTrue();
        code.ShouldBe(Id.Parse<ComplaintCode>("mzxw-6ytb-ojtg-633c"));
        code.Value.ShouldBe("mzxw-6ytb-ojtg-633c");
    }

    [Theory]
    [InlineData(null)]
    [InlineData("")]
    [InlineData("mzxw-6ytb-ojtg-633")]
    [InlineData("mzxw-6ytb-ojtg-633ca")]
    [InlineData("mzxw-6ytb-ojtg-6331")]
    [InlineData("mzxw 6ytb ojtg 633c")]
    [InlineData("mzxw-6ytb-ojtg-633c\n")]
    [InlineData("ｍzxw-6ytb-ojtg-633c")]
    public void TryParse_OfAnotherForm_IsNone(string? text) => ComplaintCode.TryParse(text, out _).ShouldBeFalse();

    [Fact]
    public void TryParse_OfAVeryLongText_IsNone() => ComplaintCode.TryParse(new string('-', 100_000) + "mzxw6ytbojtg633c", out _).ShouldBeFalse();

    [Fact]
    public void Code_AsText_IsNotTold() => $"{Id.Parse<ComplaintCode>("mzxw-6ytb-ojtg-633c")}".ShouldBe("(code)");

    [Fact]
    public void Id_OfACode_IsTheHashThatTheFormatSays()
    {
        // printf 'complaint\0mzxw6ytbojtg633c' | sha256sum | xxd -r -p | base32, its first 26 characters.
        ComplaintId.Of(Id.Parse<ComplaintCode>("MZXW-6YTB-OJTG-633C")).Value.ShouldBe("svm4bxht6k2kodg4puegielong");
    }

    private sealed class Fixed(byte[] bytes) : ISaltSource
    {
        public void Fill(Span<byte> salt) => bytes.AsSpan(0, salt.Length).CopyTo(salt);
    }
}
