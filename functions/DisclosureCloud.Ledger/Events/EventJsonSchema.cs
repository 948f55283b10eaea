using System.Text.Json.Nodes;

namespace DisclosureCloud.Ledger;

/// <summary>The JSON Schema (2020-12) of a whole event as subscribers receive it: CloudEvents 1.0 around data of our own.</summary>
/// <remarks>
/// The envelope takes further attributes, because CloudEvents lets whoever forwards an event add them, such as <c>traceparent</c>. The data
/// takes none.
/// </remarks>
public static class EventJsonSchema
{
    public static JsonObject Of(EventType type)
    {
        ArgumentNullException.ThrowIfNull(type);
        return new JsonObject
        {
            ["$schema"] = KindJsonSchema.Dialect,
            ["title"] = $"{type.Chinese} / {type.English}",
            ["type"] = "object",
            ["required"] = new JsonArray("specversion", "id", "source", "type", "subject", "time", "data"),
            ["properties"] = new JsonObject
            {
                ["specversion"] = new JsonObject { ["const"] = "1.0" },
                ["id"] = Text($"^{Literal(type.Name)}/{Form(type.About)}$", "同一件事不变；按它和 source 去掉重复 / Stays the same: drop repeats by it and the source"),
                ["source"] = new JsonObject
                {
                    ["type"] = "string",
                    ["format"] = "uri-reference",
                    ["minLength"] = 1,
                    ["description"] = "发出事件的部署 / The deployment that sends it",
                },
                ["type"] = new JsonObject { ["const"] = type.Name },
                ["subject"] = Text($"^{type.Subject.Replace($"{{{type.About.Name}}}", Form(type.About), StringComparison.Ordinal)}$", "所说的是什么 / What it is about"),
                ["time"] = new JsonObject { ["type"] = "string", ["format"] = "date-time", ["description"] = "记入台账的时刻 / When the ledger recorded it" },
                ["datacontenttype"] = new JsonObject { ["const"] = "application/json" },
                ["data"] = Data(type),
            },
            ["additionalProperties"] = true,
        };
    }

    private static JsonObject Data(EventType type) => new()
    {
        ["type"] = "object",
        ["additionalProperties"] = false,
        ["required"] = new JsonArray([.. type.Fields.Where(field => field.IsAlwaysThere).Select(field => (JsonNode)field.Name)]),
        ["properties"] = new JsonObject(type.Fields.Select(field => KeyValuePair.Create(field.Name, (JsonNode?)Field(field)))),
    };

    private static JsonObject Field(EventField field)
    {
        JsonObject schema = Value(field.Type);
        schema["description"] = $"{field.Chinese} / {field.English}";
        return schema;
    }

    private static JsonObject Value(Type type) => type switch
    {
        _ when type == typeof(StreamName) => Text(StreamName.Pattern),

        // The form and no list: a subscriber's copy of the schema may be older than a kind.
        _ when type == typeof(KindSchema) => Text("^[a-z]+(-[a-z]+)*$"),
        _ => FieldType.Of(type).Schema(),
    };

    private static JsonObject Text(string pattern, string? description = null)
    {
        var schema = new JsonObject { ["type"] = "string", ["pattern"] = pattern };
        if (description is not null)
        {
            schema["description"] = description;
        }

        return schema;
    }

    // An id's pattern without its anchors, to stand within another.
    private static string Form(EventField field) => Value(field.Type)["pattern"]!.GetValue<string>()[1..^1];

    private static string Literal(string text) => text.Replace(".", "[.]", StringComparison.Ordinal);
}
