using System.Globalization;
using System.Text.Json.Nodes;
using DisclosureCloud.Ledger;

namespace DisclosureCloud.Functions.Tests.Fuzzing;

/// <summary>Makes a body that a JSON Schema of ours describes. Of a new kind it knows the schema, and needs no more.</summary>
internal static class SchemaSample
{
    private const int ListMax = 4;

    private static readonly string[] Words = ["村道硬化", "水果基地", "安全饮水", "危房改造", "北塔区财政局", "A road, 3 km", "<b>第二批</b>", "é ñ ü"];

    /// <summary>An object with all that is required and some of the rest.</summary>
    public static JsonObject Object(JsonObject schema, Random random)
    {
        JsonObject properties = schema["properties"]!.AsObject();
        HashSet<string> chosen = [.. Required(schema)];
        chosen.UnionWith(properties.Select(property => property.Key).Where(_ => random.Next(2) == 0));
        foreach ((string name, JsonNode? needed) in schema["dependentRequired"]?.AsObject() ?? [])
        {
            chosen.UnionWith(chosen.Contains(name) ? needed!.AsArray().Select(one => one!.GetValue<string>()) : []);
        }

        return new JsonObject(properties.Where(property => chosen.Contains(property.Key))
            .Select(property => KeyValuePair.Create(property.Key, (JsonNode?)Value(property.Value!.AsObject(), random))));
    }

    private static JsonObject Posting(Random random)
    {
        KindSchema[] kinds = [.. KindSchema.All.Where(kind => kind.IsCorrectable)];
        return Object(KindJsonSchema.Of(kinds[random.Next(kinds.Length)]), random);
    }

    public static IEnumerable<string> Required(JsonObject schema) => schema["required"]!.AsArray().Select(name => name!.GetValue<string>());

    private static JsonNode Value(JsonObject schema, Random random)
    {
        if (schema["const"] is { } constant)
        {
            return constant.DeepClone();
        }

        if (schema["enum"] is JsonArray codes)
        {
            return codes[random.Next(codes.Count)]!.DeepClone();
        }

        if (schema["oneOf"] is not null)
        {
            return Posting(random); // What takes an entry's place is a posting of any kind that can be corrected.
        }

        return schema["type"]?.GetValue<string>() switch
        {
            "object" => Object(schema, random),
            "array" => new JsonArray([.. Enumerable.Range(0, random.Next(schema["minItems"]?.GetValue<int>() ?? 0, ListMax)).Select(_ => Value(schema["items"]!.AsObject(), random))]),
            "boolean" => random.Next(2) == 0,
            "integer" or "number" => Number(schema, random),
            "string" => Text(schema, random),
            _ => throw new InvalidOperationException($"Say what a sample of {schema.ToJsonString()} is."),
        };
    }

    private static long Number(JsonObject schema, Random random)
    {
        long min = Bound("exclusiveMinimum") + 1 ?? Bound("minimum") ?? 0;
        return random.NextInt64(min, Math.Min(Bound("maximum") ?? long.MaxValue, min + 1_000_000) + 1);

        long? Bound(string name) => schema[name] is { } bound ? long.Parse(bound.ToJsonString(), CultureInfo.InvariantCulture) : null;
    }

    private static string Text(JsonObject schema, Random random) => (schema["pattern"]?.GetValue<string>(), schema["format"]?.GetValue<string>()) switch
    {
        ({ } pattern, _) when pattern == OrganisationCode.Pattern => "91350100M000100Y43", // Its last character checks the others.
        ({ } pattern, _) => PatternSample.Of(pattern, random),
        (_, "date") => new DateOnly(2016, 1, 1).AddDays(random.Next(1_500)).ToString("yyyy-MM-dd", CultureInfo.InvariantCulture),
        _ => Words[random.Next(Words.Length)],
    };
}
