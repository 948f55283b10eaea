using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;
using DisclosureCloud.Ledger;

namespace DisclosureCloud.Verifier.Tests;

/// <summary>What is taken from a leaf while its form is checked is what a reader of JSON finds in it.</summary>
public sealed class LeafFieldsTests
{
    // Fields, and names that begin or end as they do, or come in another order than their bytes.
    private static readonly string[] Names =
    [
        .. Enum.GetValues<LeafField>().Select(NameOf), "a", "amountFe", "amountFens", "amount\nx", "amount\"", "kin", "kinds", "passedDo", "passDowns", "z", "commitment", "é", "甲", "id𠮷", "id\uffee", "",
    ];

    [Fact]
    public void Fields_OfAnyCanonicalObject_AreThoseThatAReaderOfJsonFinds()
    {
        var fields = new LeafFields();
        int commitments = 0;
        for (int seed = 0; seed < 1_000; seed++)
        {
            byte[] json = CanonicalJson.Write(AnyObject(new Random(seed), depth: 3));
            fields.Read(json).ShouldBe(-1, $"seed {seed}");
            using var document = JsonDocument.Parse(json);
            foreach (LeafField field in Enum.GetValues<LeafField>())
            {
                byte[] name = SmallWorld.Utf8(NameOf(field));
                fields.TextOf(field).ShouldBe(document.RootElement.TextOf(name), $"seed {seed}: {field}");
                fields.NumberOf(field).ShouldBe(document.RootElement.NumberOf(name), $"seed {seed}: {field}");
                SmallWorld.Utf8(document.RootElement.TextOf(name) ?? "").ShouldBe(fields.Utf8Of(field).ToArray(), $"seed {seed}: {field}");
            }

            string[] wanted = [.. CommitmentsIn(document.RootElement)];
            fields.Commitments().Select(commitment => Encoding.UTF8.GetString(commitment.Span)).ShouldBe(wanted, $"seed {seed}");
            commitments += wanted.Length;
        }

        commitments.ShouldBeGreaterThan(100, "else this test would see none");
    }

    [Theory]
    [InlineData("[1]")]
    [InlineData("1")]
    [InlineData("\"id\"")]
    public void Fields_OfWhatIsNoObject_AreNone(string json)
    {
        var fields = new LeafFields();
        fields.Read(SmallWorld.Utf8("{\"id\":\"x\"}")).ShouldBe(-1);
        fields.TextOf(LeafField.Id).ShouldBe("x");
        fields.Read(SmallWorld.Utf8(json)).ShouldBe(-1);
        fields.IsObject.ShouldBeFalse();
        fields.TextOf(LeafField.Id).ShouldBeNull("nothing is left of the leaf before");
    }

    [Theory]
    [InlineData("finance")]
    [InlineData("a \"quoted\" name\\")]
    [InlineData("扶贫办")]
    [InlineData(null)]
    [InlineData(512)]
    [InlineData(70)]
    public void Digest_OfALeafAndOfItsRow_AreOne(object? department)
    {
        // About the length at which a row no longer fits on the stack, too.
        string? name = department is int length ? new string('x', length) : (string?)department;
        foreach (int more in name is null ? [0] : Enumerable.Range(0, 12))
        {
            var leaf = new JsonObject { ["amountFen"] = -5, ["channel"] = "http", ["date"] = "2026-01-02", ["id"] = "x-1", ["kind"] = "interest", ["recordedAt"] = "2026-01-02T00:00:00.000Z" };
            if (name is not null)
            {
                leaf["department"] = string.Concat(Enumerable.Repeat(name, name.Length is 70 ? 6 : 1)) + new string('y', more);
            }

            var row = (JsonObject)leaf.DeepClone();
            row.Remove("id");
            row["entry"] = "x-1";
            var fields = new LeafFields();
            fields.Read(CanonicalJson.Write(leaf)).ShouldBe(-1);
            EntryRow.DigestOf(fields).ShouldBe(EntryRow.OfJson(CanonicalJson.Write(row)).Digest);
            leaf["channel"] = "file";
            fields.Read(CanonicalJson.Write(leaf));
            EntryRow.DigestOf(fields).ShouldNotBe(EntryRow.OfJson(CanonicalJson.Write(row)).Digest);
        }
    }

    [Fact]
    public void Fields_ArePutInTheOrderOfTheirNames() =>
        Enum.GetValues<LeafField>().Select(NameOf).ShouldBe(Enum.GetValues<LeafField>().Select(NameOf).Order(StringComparer.Ordinal), StringComparer.Ordinal);

    private static string NameOf(LeafField field) => JsonNamingPolicy.CamelCase.ConvertName(field.ToString());

    private static IEnumerable<string> CommitmentsIn(JsonElement value) => value.ValueKind switch
    {
        JsonValueKind.Array => value.EnumerateArray().SelectMany(CommitmentsIn),
        JsonValueKind.Object => value.EnumerateObject().SelectMany(member =>
            member.Name == "commitment" && member.Value.ValueKind == JsonValueKind.String && value.GetPropertyCount() == 1
                ? [member.Value.GetString()!]
                : CommitmentsIn(member.Value)),
        _ => [],
    };

    private static JsonObject AnyObject(Random random, int depth) => new(
        random.Next(3) == 0
            ? [KeyValuePair.Create("commitment", Any(random, depth - 1))]
            : Names.Where(_ => random.Next(4) == 0).Select(name => KeyValuePair.Create(name, Any(random, depth - 1))));

    private static JsonNode? Any(Random random, int depth) => random.Next(depth <= 0 ? 4 : 6) switch
    {
        0 => null,
        1 => random.Next(2) == 0,
        2 => random.NextInt64(-(1L << 53) + 1, 1L << 53),
        3 => new[] { "", "commitment", "a\"b\\\n", "甲", "plain" }[random.Next(5)],
        4 => new JsonArray([.. Enumerable.Range(0, random.Next(4)).Select(_ => Any(random, depth - 1))]),
        _ => AnyObject(random, depth),
    };
}
