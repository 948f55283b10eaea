using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;
using DisclosureCloud.Testing;

namespace DisclosureCloud.Ledger.Tests;

public sealed class CanonicalJsonTests
{
    [Fact]
    public void CanonicalJson_OfTheNamesInRfc8785_SortsThemByUtf16()
    {
        // RFC 8785, section 3.2.3: a carriage return, a digit, a control, a Latin letter, the euro, an emoji, and a Hebrew letter.
        string json = """{"\u20ac":"Euro Sign","\r":"Carriage Return","\ufb33":"Hebrew Letter Dalet With Dagesh","1":"One","\ud83d\ude00":"Emoji: Grinning Face","\u0080":"Control","\u00f6":"Latin Small Letter O With Diaeresis"}""";

        string[] order = [.. JsonDocument.Parse(Write(json)).RootElement.EnumerateObject().Select(member => member.Value.GetString()!)];

        order.ShouldBe(
        [
            "Carriage Return", "One", "Control", "Latin Small Letter O With Diaeresis", "Euro Sign", "Emoji: Grinning Face",
            "Hebrew Letter Dalet With Dagesh",
        ]);
    }

    [Fact]
    public void CanonicalJson_OfTheStringInRfc8785_EscapesAsLittleAsItMay() =>
        // RFC 8785, section 3.2.2.
        Write("""{"string":"\u20ac$\u000F\u000aA'\u0042\u0022\u005c\\\"\/","literals":[null,true,false]}""")
            .ShouldBe("""{"literals":[null,true,false],"string":"€$\u000f\nA'B\"\\\\\"/"}""");

    [Fact]
    public void CanonicalJson_OfControls_WritesTheShortForms() =>
        Write("\"\\b\\f\\n\\r\\t\\u0000\\u001f\\u007f<>&+'\"").ShouldBe("\"\\b\\f\\n\\r\\t\\u0000\\u001f\u007f<>&+'\"");

    [Theory]
    [InlineData("0", "0")]
    [InlineData("-0", "0")]
    [InlineData("-1", "-1")]
    [InlineData("9007199254740991", "9007199254740991")]
    [InlineData("-9007199254740991", "-9007199254740991")]
    [InlineData(" [ 1 , { } , [ ] ] ", "[1,{},[]]")]
    [InlineData("null", "null")]
    public void CanonicalJson_OfWholeNumbersAndEmptyThings_IsPlain(string json, string wanted) => Write(json).ShouldBe(wanted);

    [Theory]
    [InlineData("1.5")]
    [InlineData("1e3")]
    [InlineData("1.0")]
    [InlineData("9007199254740992")]
    [InlineData("-9007199254740992")]
    [InlineData("1e400")]
    [InlineData("123456789012345678901234567890")]
    public void CanonicalJson_OfANumberThatNoRecordHolds_Throws(string json) => Should.Throw<ArgumentException>(() => Write(json));

    // As ECMAScript writes each of these numbers: looked at in Node, JSON.stringify(JSON.parse(…)).
    [Theory]
    [InlineData("0", "0")]
    [InlineData("-0.0", "0")]
    [InlineData("1.0", "1")]
    [InlineData("1e3", "1000")]
    [InlineData("12.50", "12.5")]
    [InlineData("-0.125", "-0.125")]
    [InlineData("0.1", "0.1")]
    [InlineData("1.25E+2", "125")]
    [InlineData("0.000001", "0.000001")]
    [InlineData("123456789.012345", "123456789.012345")]
    [InlineData("9007199254740991", "9007199254740991")]
    public void ForeignJson_OfNumbersWithFractions_IsAsEcmaScriptWritesThem(string json, string wanted) =>
        Encoding.UTF8.GetString(CanonicalJson.WriteForeign(JsonNode.Parse(json))).ShouldBe(wanted);

    [Theory]
    [InlineData("0.0000001")]
    [InlineData("9007199254740993")]
    [InlineData("1234567890.1234567")]
    [InlineData("1e21")]
    [InlineData("1e400")]
    public void ForeignJson_OfANumberWhoseDigitsADoubleWouldChange_Throws(string json) => Should.Throw<ArgumentException>(() => CanonicalJson.WriteForeign(JsonNode.Parse(json)));

    [Fact]
    public void CanonicalJson_OfALoneSurrogate_Throws()
    {
        Should.Throw<ArgumentException>(() => CanonicalJson.Write(JsonValue.Create("a\ud800")));
        Should.Throw<ArgumentException>(() => CanonicalJson.Write(JsonValue.Create("\udc00a")));
        Should.Throw<ArgumentException>(() => CanonicalJson.Write(JsonValue.Create("\ud800\ud800\udc00")));
        Should.Throw<ArgumentException>(() => CanonicalJson.Write(new JsonObject { ["\udc00"] = 1 }));
        CanonicalJson.Write(JsonValue.Create("\ud800\udc00")).Length.ShouldBe(6);
    }

    [Theory]
    [InlineData("tr-TR")]
    [InlineData("ar-SA")]
    [InlineData("sv-SE")]
    public void CanonicalJson_InAnyCulture_GivesTheSameBytes(string culture)
    {
        string json = """{"I":-1,"i":1,"ı":2,"İ":3,"z":4,"ä":5,"A":6,"a":7}""";
        string before = Write(json);

        Seeded.In(culture, () => Write(json).ShouldBe(before));
        before.ShouldBe("""{"A":6,"I":-1,"a":7,"i":1,"z":4,"ä":5,"İ":3,"ı":2}""");
    }

    [Fact]
    public void CanonicalJson_OfRandomValues_ReadsBackEqualAndStaysAsItIs()
    {
        var random = new Random(8785);
        for (int i = 0; i < 2_000; i++)
        {
            JsonNode? value = RandomValue(random, depth: 4);
            byte[] once = CanonicalJson.Write(value);
            var read = JsonNode.Parse(once);

            JsonNode.DeepEquals(read, value).ShouldBeTrue($"case {i} of seed 8785");
            CanonicalJson.Write(read).ShouldBe(once);
        }
    }

    [Fact]
    public void CanonicalJson_OfLeaves_IsTheirBytes()
    {
        var openings = new List<Opening>();
        foreach (Entry entry in SampleWorld.Entries)
        {
            Leaf leaf = SealedFact.Seal(entry.Fact, entry.Date, new SeededSalts(1), entry.Id.Posting, openings)
                .ToLeaf(entry.Id, entry.RecordedAt, entry.Department, entry.Channel);
            CanonicalJson.Write(leaf.Json).ShouldBe(leaf.Bytes.ToArray());
        }
    }

    private static string Write(string json) => Encoding.UTF8.GetString(CanonicalJson.Write(JsonNode.Parse(json)));

    private static JsonNode? RandomValue(Random random, int depth)
    {
        switch (random.Next(depth > 0 ? 7 : 5))
        {
            case 0:
                return null;
            case 1:
                return random.Next(2) == 0;
            case 2:
                return random.NextInt64(-Money.FenMax, Money.FenMax + 1);
            case 3 or 4:
                return RandomText(random);
            case 5:
                return new JsonArray([.. Enumerable.Range(0, random.Next(4)).Select(_ => RandomValue(random, depth - 1))]);
            default:
                var members = new JsonObject();
                for (int i = random.Next(5); i > 0; i--)
                {
                    members[RandomText(random)] = RandomValue(random, depth - 1);
                }

                return members;
        }
    }

    private static string RandomText(Random random) => string.Concat(Enumerable.Range(0, random.Next(6)).Select(_ => random.Next(5) switch
    {
        0 => ((char)random.Next(0x20)).ToString(),
        1 => ((char)random.Next(0x20, 0x7F)).ToString(),
        2 => ((char)random.Next(0x4E00, 0x9FFF)).ToString(),
        3 => "\"",
        _ => char.ConvertFromUtf32(random.Next(0x10000, 0x10FFFF)),
    }));
}
