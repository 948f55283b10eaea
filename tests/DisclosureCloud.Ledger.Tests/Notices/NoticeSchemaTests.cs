using System.Text;
using System.Text.Json.Nodes;
using DisclosureCloud.Testing;

namespace DisclosureCloud.Ledger.Tests;

/// <summary>The schema that others write notices by, and the reader that takes them, walked side by side.</summary>
public sealed class NoticeSchemaTests
{
    [Fact]
    public void Reader_OfEveryPropertyInTheSchema_ReadsIt()
    {
        Read(Full()).ShouldBeEmpty();
        foreach ((string pointer, _) in Properties())
        {
            // A property that the reader did not know would be an unknown field; one that it knows and does not look at would take an object.
            JsonObject body = Full();
            Set(body, pointer, new JsonObject { ["x"] = 1 });
            Finding[] findings = Read(body);
            findings.ShouldContain(one => one.Pointer.StartsWith(pointer, StringComparison.Ordinal), pointer);
            findings.ShouldNotContain(one => one.Pointer == pointer && one.Code == "unknown-field", pointer);
        }
    }

    [Fact]
    public void Reader_OfEveryRequiredProperty_MissesIt()
    {
        foreach ((string pointer, bool required) in Properties())
        {
            JsonObject body = Full();
            Remove(body, pointer);
            Read(body).Any(one => one.Code == "missing" && one.Pointer == pointer).ShouldBe(required, pointer);
        }
    }

    [Fact]
    public void Reader_OfANullWhereTheSchemaHasNone_RefusesIt()
    {
        foreach ((string pointer, _) in Properties())
        {
            JsonObject body = Full();
            Set(body, pointer, null);
            bool nullable = SchemaOf(pointer)["type"] is JsonArray types && types.Any(type => type!.GetValue<string>() == "null");
            (Read(body).Length == 0).ShouldBe(nullable, pointer);
        }
    }

    [Fact]
    public void Reader_OfEveryCodeInTheSchema_TakesItAndNoOther()
    {
        foreach ((string pointer, _) in Properties().Where(one => SchemaOf(one.Pointer)["enum"] is not null))
        {
            foreach (JsonNode? code in SchemaOf(pointer)["enum"]!.AsArray())
            {
                JsonObject body = Full();
                Set(body, pointer, code!.DeepClone());
                Read(body).ShouldNotContain(one => one.Pointer == pointer, $"{pointer} {code}");
            }

            JsonObject other = Full();
            Set(other, pointer, "central ");
            Read(other).ShouldContain(one => one.Pointer == pointer && one.Code == "unknown-code", pointer);
        }
    }

    [Fact]
    public void Reader_OfAnUnknownFieldInAnyObject_RefusesIt()
    {
        foreach (string holder in Properties().Select(one => one.Pointer[..one.Pointer.LastIndexOf('/')]).Distinct(StringComparer.Ordinal))
        {
            JsonObject body = Full();
            Set(body, $"{holder}/surprise~1", 1);
            Read(body).ShouldContain(one => one.Pointer == $"{holder}/surprise~01" && one.Code == "unknown-field", holder);
        }
    }

    // Every property of the schema by the pointer of its place in a body, lists at their first item.
    private static IEnumerable<(string Pointer, bool Required)> Properties() => Walk(KindJsonSchema.OfNotice(), "");

    private static IEnumerable<(string Pointer, bool Required)> Walk(JsonObject schema, string pointer)
    {
        string[] required = [.. (schema["required"]?.AsArray() ?? []).Select(one => one!.GetValue<string>())];
        foreach ((string name, JsonNode? property) in schema["properties"]!.AsObject())
        {
            string at = $"{pointer}/{name}";
            yield return (at, required.Contains(name, StringComparer.Ordinal));
            JsonObject inner = (JsonObject)(property!["items"] ?? property);
            if (inner["properties"] is not null)
            {
                foreach ((string, bool) below in Walk(inner, property["items"] is null ? at : $"{at}/0"))
                {
                    yield return below;
                }
            }
        }
    }

    private static JsonObject SchemaOf(string pointer) => pointer[1..].Split('/').Aggregate(
        KindJsonSchema.OfNotice(), (schema, step) => (JsonObject)(step == "0" ? schema["items"] : schema["properties"]![step])!);

    // A notice that states every property that the schema has; made by walking it.
    private static JsonObject Full()
    {
        var body = (JsonObject)Sample(KindJsonSchema.OfNotice(), "");
        body["regionCode"] = "350526";
        body["region"] = new JsonArray("福建省", "泉州市", "德化县");
        body["sourceUrl"] = "http://example.gov.cn/";
        body["total"] = 200;
        body["sources"]![0]!["amount"] = 200;
        body["allocations"]![0]!["amount"] = 100;
        body["allocations"]![0]!["totalInvestment"] = 200;
        body["unallocated"] = 100;
        return body;
    }

    private static JsonNode Sample(JsonObject schema, string name)
    {
        if (schema["const"] is { } constant)
        {
            return constant.DeepClone();
        }

        if (schema["enum"] is JsonArray codes)
        {
            return codes[0]!.DeepClone();
        }

        string type = schema["type"] is JsonArray types ? types[0]!.GetValue<string>() : schema["type"]!.GetValue<string>();
        return type switch
        {
            "object" => new JsonObject(schema["properties"]!.AsObject().Select(one => KeyValuePair.Create(one.Key, (JsonNode?)Sample((JsonObject)one.Value!, one.Key)))),
            "array" => new JsonArray(Sample((JsonObject)schema["items"]!, name)),
            "integer" => schema["minimum"]!.GetValue<int>(),
            "number" => 100,
            _ when schema["format"]?.GetValue<string>() == "date" => "2020-01-01",
            _ when name == "supervisionPhones" => "12317",
            _ => "sample-1",
        };
    }

    private static Finding[] Read(JsonObject body)
    {
        var findings = new Findings();
        Draft? draft = PostingReader.ReadNotice(Encoding.UTF8.GetBytes(body.ToJsonString()), SampleWorld.Today, findings);
        (draft is null).ShouldBe(findings.Any);
        return [.. findings.All];
    }

    private static void Set(JsonObject body, string pointer, JsonNode? value) => Holder(body, pointer)[Last(pointer)] = value;

    private static void Remove(JsonObject body, string pointer) => Holder(body, pointer).Remove(Last(pointer));

    private static string Last(string pointer) => pointer[(pointer.LastIndexOf('/') + 1)..];

    private static JsonObject Holder(JsonObject body, string pointer) => (JsonObject)pointer.Split('/')[1..^1]
        .Aggregate((JsonNode)body, (node, step) => node is JsonArray items ? items[0]! : node[step]!);
}
