using System.Text;

namespace DisclosureCloud.Ledger.Tests.Queries;

public sealed class PublishedOpeningsTests
{
    private const string Entry = "abc-1";

    private static readonly byte[] Salt = [.. Enumerable.Range(0, Commitment.SaltLength).Select(i => (byte)i)];

    [Theory]
    [InlineData("道路")]
    [InlineData("a \"quoted\" text\\\n")]
    [InlineData("")]
    public void Openings_OfALine_AreItsValues(string value)
    {
        PublishedOpening opening = Read(Line(value)).AllOf(7, Entry).ShouldHaveSingleItem();
        opening.Value.ShouldBe(value);
        opening.Commitment.ShouldBe(Commitment.Of(Salt, value));
        opening.Salt.ToArray().ShouldBe(Salt);
    }

    [Fact]
    public void Openings_OfALongValue_AreItsValue()
    {
        string value = new('长', 2_000);
        Read(Line(value)).AllOf(7, Entry).ShouldHaveSingleItem().Value.ShouldBe(value);
    }

    [Fact]
    public void Openings_OfAnotherLeaf_AreNone() => Read(Line("x")).AllOf(8, Entry).ShouldBeEmpty();

    [Fact]
    public void Openings_OfOneLeafTwice_AreRefused() => Should.Throw<FormatException>(() => Read($"{Line("x")}\n{Line("y")}\n"));

    [Theory]
    [InlineData("\"abc-1\"", "\"abc-2\"", "are of another entry")]
    [InlineData("\"entry\"", "\"other\"", "are of another entry")]
    [InlineData("\"openings\":[", "\"more\":[", "not of their form")]
    [InlineData("[{", "[1,{", "not of their form")]
    [InlineData("\"value\":\"road\"", "\"value\":\"Road\"", "does not fit it")]
    [InlineData("\"value\":\"road\"", "\"value\":5", "not of their form")]
    [InlineData(",\"value\":\"road\"", "", "not of their form")]
    [InlineData("\"salt\":\"00", "\"salt\":\"01", "does not fit it")]
    [InlineData("\"salt\":\"00", "\"salt\":\"", "does not fit it")]
    [InlineData("\"salt\":\"00", "\"salt\":\"0", "hex")]
    [InlineData("\"commitment\":\"", "\"commitment\":\"A", "64 lower-case")]
    [InlineData("}]}", "}]", "not of their form")]
    [InlineData("}]}", "}]}}", "not of their form")]
    public void Openings_OfALineThatIsWrong_AreRefused(string right, string wrong, string wanted)
    {
        string line = Line("road");
        line.ShouldContain(right, Case.Sensitive);
        PublishedOpenings openings = Read(line.Replace(right, wrong, StringComparison.Ordinal));
        Should.Throw<FormatException>(() => openings.AllOf(7, Entry)).Message.ShouldContain(wanted, Case.Sensitive);
    }

    private static PublishedOpenings Read(string lines) => PublishedOpenings.Read(Encoding.UTF8.GetBytes(lines));

    private static string Line(string value) => Encoding.UTF8.GetString(CanonicalJson.Write(new System.Text.Json.Nodes.JsonObject
    {
        ["entry"] = Entry,
        ["leafIndex"] = 7,
        ["openings"] = new System.Text.Json.Nodes.JsonArray(new System.Text.Json.Nodes.JsonObject
        {
            ["commitment"] = Commitment.Of(Salt, value).Hex, ["salt"] = Convert.ToHexStringLower(Salt), ["value"] = value,
        }),
    }));
}
