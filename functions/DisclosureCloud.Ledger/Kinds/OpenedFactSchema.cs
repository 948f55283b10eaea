using System.Collections.Immutable;
using System.Text.Json.Nodes;

namespace DisclosureCloud.Ledger;

/// <summary>The JSON Schema (2020-12) of a fact as its department reads it again: fields by leaf name, with what was committed to in clear.</summary>
public static class OpenedFactSchema
{
    public static JsonObject Of(KindSchema kind)
    {
        ArgumentNullException.ThrowIfNull(kind);
        JsonObject schema = Fields([.. kind.Fields.Where(field => field.ValueType != typeof(Fingerprint))]);
        var properties = (JsonObject)schema["properties"]!;
        var required = (JsonArray)schema["required"]!;
        properties["kind"] = new JsonObject { ["const"] = kind.Name };
        required.Add("kind");
        properties["date"] = FieldType.Of(typeof(DateOnly)).Schema();
        if (kind.HasMoney)
        {
            properties["currency"] = new JsonObject { ["type"] = "string", ["pattern"] = "^[A-Z]{3}$" };
        }

        schema["title"] = $"{kind.Chinese} / {kind.English}";
        return schema;
    }

    private static JsonObject Fields(ImmutableArray<FieldSchema> fields) => new()
    {
        ["type"] = "object",
        ["required"] = new JsonArray([.. fields.Where(field => field.IsRequired).Select(field => (JsonNode)field.LeafName)]),
        ["properties"] = new JsonObject(fields.Select(field => KeyValuePair.Create(field.LeafName, (JsonNode?)Field(field)))),
    };

    private static JsonObject Field(FieldSchema field)
    {
        JsonObject schema = field.Group is { } group ? Fields(group.Fields) : Value(field.Type!);
        if (field.IsArray)
        {
            schema = new JsonObject { ["type"] = "array", ["items"] = schema };
        }

        schema["description"] = $"{field.Chinese} / {field.English}";
        return schema;
    }

    // What may be forgotten was committed to as text, numbers of heads too, and is null once it was.
    private static JsonObject Value(FieldType type) => type.IsForgettable
        ? new JsonObject { ["type"] = new JsonArray("string", "null") }
        : (type.Written ?? type.Schema)();
}
