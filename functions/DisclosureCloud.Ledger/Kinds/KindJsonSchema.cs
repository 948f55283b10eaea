using System.Text.Json.Nodes;

namespace DisclosureCloud.Ledger;

/// <summary>The JSON Schema (2020-12) of a kind's postings, read off its record.</summary>
public static class KindJsonSchema
{
    public const string Dialect = "https://json-schema.org/draft/2020-12/schema";

    /// <param name="reference">
    /// Where the schema of another kind is, by its name; null for a file beside this one, which is where interface and site have it.
    /// </param>
    public static JsonObject Of(KindSchema kind, Func<string, string>? reference = null)
    {
        ArgumentNullException.ThrowIfNull(kind);
        var properties = new JsonObject
        {
            ["kind"] = new JsonObject { ["const"] = kind.Name },
            ["date"] = new JsonObject { ["type"] = "string", ["format"] = "date", ["description"] = "发生日期，不晚于今天 / When it happened, today at the latest" },
        };
        JsonArray required = ["kind", "date"];
        if (kind.HasMoney)
        {
            properties["unit"] = new JsonObject
            {
                ["enum"] = new JsonArray([.. Code.Texts(typeof(AmountUnit)).Select(text => (JsonNode)text)]),
                ["description"] = "金额单位 / The unit of every amount of the posting",
            };
            if (kind.Fields.Any(field => field.ValueType == typeof(Money) && field.IsRequired))
            {
                required.Add("unit");
            }
        }

        foreach (FieldSchema field in kind.Fields.Where(field => field.IsPosted))
        {
            properties[field.Name] = Field(field);
            if (field.IsRequired)
            {
                required.Add(field.Name);
            }
        }

        if (kind.Name == Correction.KindName)
        {
            properties[Correction.ReplacementName] = new JsonObject
            {
                ["oneOf"] = AnyCorrectable(reference ?? (name => $"{name}.json")),
                ["description"] = "更正后的完整填报，类别与所更正的记录相同 / The whole posting as it should have been, of the kind of the entry that was wrong",
            };
            required.Add(Correction.ReplacementName);
        }

        var schema = new JsonObject
        {
            ["$schema"] = Dialect,
            ["title"] = $"{kind.Chinese} / {kind.English}",
            ["type"] = "object",
            ["additionalProperties"] = false,
            ["required"] = required,
            ["properties"] = properties,
        };
        FieldSchema[] optionalAmounts = [.. kind.Fields.Where(field => field is { IsPosted: true, IsRequired: false } && field.ValueType == typeof(Money))];
        if (optionalAmounts.Length > 0)
        {
            schema["dependentRequired"] = new JsonObject(
                optionalAmounts.Select(field => KeyValuePair.Create(field.Name, (JsonNode?)new JsonArray("unit"))));
        }

        return schema;
    }

    /// <summary>What every schema of a kind is, for those who are given one.</summary>
    public static JsonObject OfItself() => new()
    {
        ["type"] = "object",
        ["required"] = new JsonArray("$schema", "title", "type", "properties"),
        ["properties"] = new JsonObject
        {
            ["$schema"] = new JsonObject { ["const"] = Dialect },
            ["title"] = new JsonObject { ["type"] = "string" },
            ["type"] = new JsonObject { ["const"] = "object" },
            ["properties"] = new JsonObject { ["type"] = "object", ["additionalProperties"] = true },
        },
        ["additionalProperties"] = true,
    };

    /// <summary>The schema of a notice, as it lies in the repository.</summary>
    public static JsonObject OfNotice()
    {
        using Stream stream = typeof(KindJsonSchema).Assembly.GetManifestResourceStream("notice.schema.json")!;
        return JsonNode.Parse(stream)!.AsObject();
    }

    // Each kind's schema states its own name, so that 'kind' tells which one it is.
    private static JsonArray AnyCorrectable(Func<string, string> reference) =>
        [.. KindSchema.All.Where(kind => kind.IsCorrectable).Select(kind => (JsonNode)new JsonObject { ["$ref"] = reference(kind.Name) })];

    private static JsonObject Field(FieldSchema field)
    {
        JsonObject schema = field.Group is { } group ? Group(group) : field.Type!.Schema();
        if (field.ZeroAllowed)
        {
            schema.Remove("exclusiveMinimum");
            schema["minimum"] = 0;
        }

        if (field.IsArray)
        {
            schema = new JsonObject { ["type"] = "array", ["items"] = schema, ["maxItems"] = field.CountMax };
            if (field.IsRequired)
            {
                schema["minItems"] = 1;
            }
        }

        schema["description"] = $"{field.Chinese} / {field.English}";
        return schema;
    }

    private static JsonObject Group(GroupSchema group) => new()
    {
        ["type"] = "object",
        ["additionalProperties"] = false,
        ["required"] = new JsonArray([.. group.Fields.Where(field => field.IsRequired).Select(field => (JsonNode)field.Name)]),
        ["properties"] = new JsonObject(group.Fields.Select(field => KeyValuePair.Create(field.Name, (JsonNode?)Field(field)))),
    };
}
