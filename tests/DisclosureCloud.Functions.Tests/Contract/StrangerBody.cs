using System.Globalization;
using System.Text.Json;
using System.Text.Json.Nodes;
using DisclosureCloud.Functions.Tests.Fuzzing;

namespace DisclosureCloud.Functions.Tests.Contract;

/// <summary>A body as somebody writes it who has read the OpenAPI document, and nothing else: the least that each schema allows.</summary>
/// <param name="everything">True for all that a schema lists; false for what it requires.</param>
internal sealed class StrangerBody(ServedDocument document, bool everything, Random random)
{
    public JsonNode Of(JsonElement schema)
    {
        if (schema.TryGetProperty("$ref", out JsonElement reference))
        {
            return Of(document.Check.Resolve(reference.GetString()!));
        }

        if (schema.TryGetProperty("oneOf", out JsonElement several))
        {
            return Of(several[random.Next(several.GetArrayLength())]);
        }

        if (schema.TryGetProperty("const", out JsonElement constant))
        {
            return JsonNode.Parse(constant.GetRawText())!;
        }

        foreach (string some in new[] { "enum", "examples" })
        {
            if (schema.TryGetProperty(some, out JsonElement values))
            {
                return JsonNode.Parse(values[0].GetRawText())!;
            }
        }

        return schema.GetProperty("type").GetString() switch
        {
            "object" => Object(schema),
            "array" => new JsonArray([.. Enumerable.Range(0, Math.Max(everything ? 1 : 0, Number(schema, "minItems") ?? 0)).Select(_ => Of(schema.GetProperty("items")))]),
            "boolean" => false,
            "integer" or "number" => Number(schema, "exclusiveMinimum") + 1 ?? Number(schema, "minimum") ?? 0,
            "string" => Text(schema),
            var type => throw new InvalidOperationException($"Say what a stranger makes of {type}."),
        };
    }

    private JsonObject Object(JsonElement schema)
    {
        HashSet<string> names = [.. Names(schema, "required")];
        if (everything)
        {
            names.UnionWith(schema.GetProperty("properties").EnumerateObject().Select(property => property.Name));
        }

        return new JsonObject(names.Select(name => KeyValuePair.Create(name, (JsonNode?)Of(schema.GetProperty("properties").GetProperty(name)))));
    }

    private string Text(JsonElement schema) => schema.TryGetProperty("pattern", out JsonElement pattern)
        ? PatternSample.Of(pattern.GetString()!, random)
        : schema.TryGetProperty("format", out JsonElement format)
            ? format.GetString() switch
            {
                "date" => new DateOnly(2020, 1, 1).ToString("yyyy-MM-dd", CultureInfo.InvariantCulture),
                "uri" => "https://www.example.gov.cn/",
                var other => throw new InvalidOperationException($"Say what a stranger makes of a {other}."),
            }
            : new string('x', Number(schema, "minLength") ?? 1);

    private static IEnumerable<string> Names(JsonElement schema, string list) =>
        schema.TryGetProperty(list, out JsonElement names) ? names.EnumerateArray().Select(name => name.GetString()!) : [];

    private static int? Number(JsonElement schema, string bound) => schema.TryGetProperty(bound, out JsonElement number) ? number.GetInt32() : null;
}
