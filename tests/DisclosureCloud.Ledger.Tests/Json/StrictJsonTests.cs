using System.Text;
using System.Text.Json;
using DisclosureCloud.Testing.Persons;

namespace DisclosureCloud.Ledger.Tests;

public sealed class StrictJsonTests
{
    public static TheoryData<string, string, string> Refused() => new()
    {
        { "", "", "not-json" },
        { " ", "", "not-json" },
        { "{", "", "not-json" },
        { "{\"a\":1,}", "", "not-json" },
        { "[1,]", "", "not-json" },
        { "{\"a\":1} {}", "", "not-json" },
        { "{'a':1}", "", "not-json" },
        { "{a:1}", "", "not-json" },
        { "// c\n{}", "", "not-json" },
        { "{\"a\":/* c */1}", "", "not-json" },
        { "{\"a\":01}", "", "not-json" },
        { "{\"a\":+1}", "", "not-json" },
        { "{\"a\":.5}", "", "not-json" },
        { "{\"a\":1.}", "", "not-json" },
        { "{\"a\":NaN}", "", "not-json" },
        { "{\"a\":Infinity}", "", "not-json" },
        { "{\"a\":0x1}", "", "not-json" },
        { "{\"a\":\"\n\"}", "", "not-json" },
        { "{\"a\":\"\0\"}", "", "not-json" },
        { "{\"a\":1}\0", "", "not-json" },
        { "{\"a\":\"\\x\"}", "", "not-json" },
        { "\uFEFF{}", "", "byte-order-mark" },
        { "{\"a\":1,\"a\":1}", "", "duplicate-key" },
        { "{\"a\":1,\"\\u0061\":1}", "", "duplicate-key" },
        { "{\"x\":[{},{\"a\":1,\"b\":2,\"a\":1}]}", "/x/1", "duplicate-key" },
        { "{\"a/b\":{\"~\":{\"c\":1,\"c\":2}}}", "/a~1b/~0", "duplicate-key" },
        { "{\"x\":[1,\"a\",[{\"a\":1,\"a\":1}]]}", "/x/2/0", "duplicate-key" },
        { "{\"x\":{\"y\":\"\\ud800\"}}", "/x", "lone-surrogate" },
        { "{\"x\":\"\\udc00\\ud800\"}", "", "lone-surrogate" },
        { "{\"x\":[\"\\ud800a\"]}", "/x", "lone-surrogate" },
        { "{\"\\udfff\":1}", "", "lone-surrogate" },
        { "\"\\ud800\"", "", "lone-surrogate" },
        { "{\"" + new string('n', StrictJson.NameLengthMax + 1) + "\":1}", "", "name-too-long" },
        { new string('[', 17) + new string(']', 17), string.Concat(Enumerable.Repeat("/0", 15)), "too-deep" },
        { new string('[', 100_000), string.Concat(Enumerable.Repeat("/0", 15)), "too-deep" },
    };

    [Theory]
    [MemberData(nameof(Refused))]
    public void StrictJson_OfABodyThatIsNotGood_GivesOneFindingAtItsPlace(string body, string pointer, string code)
    {
        var findings = new Findings();

        StrictJson.Parse(Encoding.UTF8.GetBytes(body), findings).ShouldBeNull();

        findings.All.Count.ShouldBe(1);
        findings.All[0].Pointer.ShouldBe(pointer);
        findings.All[0].Code.ShouldBe(code);
    }

    [Theory]
    [InlineData(new byte[] { 0x22, 0xFF, 0x22 })]
    [InlineData(new byte[] { 0x22, 0xC0, 0x80, 0x22 })] // Overlong.
    [InlineData(new byte[] { 0x22, 0xED, 0xA0, 0x80, 0x22 })] // Half a surrogate pair.
    [InlineData(new byte[] { 0x22, 0xE4, 0xB8 })] // Cut off.
    [InlineData(new byte[] { 0xFF, 0xFE, 0x7B, 0x00 })] // UTF-16.
    public void StrictJson_OfBytesThatAreNotUtf8_SaysSo(byte[] body)
    {
        var findings = new Findings();

        StrictJson.Parse(body, findings).ShouldBeNull();

        findings.All.ShouldHaveSingleItem().Code.ShouldBe("not-utf8");
    }

    [Theory]
    [InlineData("null")]
    [InlineData("{\"a\":-0,\"A\":1e400,\"b\":\"\\ud83d\\ude00\"}")]
    [InlineData("{\"a\":{\"a\":{\"a\":1}}}")]
    [InlineData("[[[[[[[[[[[[[[[[1]]]]]]]]]]]]]]]]")]
    public void StrictJson_OfAGoodBody_GivesIt(string body)
    {
        var findings = new Findings();

        using JsonDocument? document = StrictJson.Parse(Encoding.UTF8.GetBytes(body), findings);

        document.ShouldNotBeNull();
        findings.Any.ShouldBeFalse();
    }

    [Fact]
    public void StrictJson_OfMisleadingText_TellsThePlaceAndNotTheText()
    {
        var findings = new Findings();

        StrictJson.Parse("{\"name\":\n secret-word}"u8.ToArray(), findings).ShouldBeNull();

        findings.All.ShouldHaveSingleItem().ToString().ShouldNotContain("secret");
        findings.All[0].Detail.ShouldContain("line 2");
    }

    [Fact]
    public void Findings_OfManyFaultsBelowALongName_StayShort()
    {
        string name = new('n', StrictJson.NameLengthMax);
        string body = $"{{\"{name}\":[{string.Join(',', Enumerable.Repeat($"\"{SyntheticNumbers.Mobile}\"", 50_000))}]}}";
        var findings = new Findings();

        PostingReader.ReadPosting(Encoding.UTF8.GetBytes(body), new DateOnly(2026, 1, 1), findings).ShouldBeNull();

        findings.All.Count.ShouldBe(Findings.CountMax);
        findings.All.Sum(finding => finding.Pointer.Length + finding.Detail.Length).ShouldBeLessThan(100_000);
    }
}
