namespace DisclosureCloud.Ledger.Tests;

public sealed class TextRulesTests
{
    [Theory]
    [InlineData("", "empty-text")]
    [InlineData("  \u3000", "empty-text")]
    [InlineData("a\nb", "forbidden-character")]
    [InlineData("a\tb", "forbidden-character")]
    [InlineData("a\0b", "forbidden-character")]
    [InlineData("a\u007fb", "forbidden-character")]
    [InlineData("a\u0085b", "forbidden-character")]
    [InlineData("a\u2028b", "forbidden-character")]
    [InlineData("a\u202Eb", "forbidden-character")]
    [InlineData("a\u2066b", "forbidden-character")]
    [InlineData("a\u200Bb", "forbidden-character")]
    [InlineData("a\u200Eb", "forbidden-character")]
    [InlineData("\uFEFFab", "forbidden-character")]
    [InlineData("a\u00ADb", "forbidden-character")]
    [InlineData("a\uFFFEb", "forbidden-character")]
    [InlineData("a\U0001FFFFb", "forbidden-character")]
    [InlineData("a\U000E0041b", "forbidden-character")] // A tag character: it shows nowhere, and two texts would look the same.
    [InlineData("<b>&\"' ;=1+1 邱村村〔2018〕", null)]
    [InlineData("\U00020BB7野家", null)]
    [InlineData("葛\U000E0100城", null)] // A variation selector: it chooses how a character of a name is drawn.
    [InlineData("\U0001F468\u200D\U0001F469", null)]
    public void TextRules_OfAText_GiveItsFault(string text, string? code) => (TextRules.Fault(text)?.Code).ShouldBe(code);

    [Fact]
    public void TextRules_OfTheLongestText_TakeItAndOneMoreNot()
    {
        TextRules.Fault(new string('村', FreeText.LengthMax)).ShouldBeNull();
        (TextRules.Fault(new string('村', FreeText.LengthMax + 1))?.Code).ShouldBe("text-too-long");
    }
}
