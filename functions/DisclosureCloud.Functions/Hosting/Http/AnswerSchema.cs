using System.ComponentModel;
using System.Reflection;
using System.Text.Json.Nodes;
using System.Text.Json.Serialization;
using System.Text.Json.Serialization.Metadata;

namespace DisclosureCloud.Functions.Hosting.Http;

/// <summary>The JSON Schemas (2020-12) of answers, from the very type information by which they are written.</summary>
/// <remarks>Records and what has a converter stand once each, under the name of their type.</remarks>
internal sealed class AnswerSchema(JsonObject schemas)
{
    /// <summary>A schema for a type. What it refers to is put among the schemas.</summary>
    public JsonObject Of(Type type)
    {
        JsonTypeInfo info = AnswerJson.Options.GetTypeInfo(Nullable.GetUnderlyingType(type) ?? type);
        return info switch
        {
            { Converter: INamedSchema described } => Named(info.Type, described.Schema),
            { Converter: IDescribed described } => described.Schema(),
            { Kind: JsonTypeInfoKind.Enumerable } => new JsonObject { ["type"] = "array", ["items"] = Of(info.ElementType!) },
            { Kind: JsonTypeInfoKind.Object } => Named(info.Type, () => Record(info)),
            _ when info.Type == typeof(string) => new JsonObject { ["type"] = "string" },
            _ when info.Type == typeof(bool) => new JsonObject { ["type"] = "boolean" },
            _ when info.Type == typeof(int) || info.Type == typeof(long) => new JsonObject { ["type"] = "integer" },
            _ => throw new InvalidOperationException($"Say what a {info.Type} is in an answer."),
        };
    }

    public static JsonObject Reference(string name) => new() { ["$ref"] = $"#/components/schemas/{name}" };

    private JsonObject Named(Type type, Func<JsonObject> make)
    {
        if (!schemas.ContainsKey(type.Name))
        {
            schemas[type.Name] = new JsonObject(); // Stands here already while it is made, so that a type may hold its own kind.
            schemas[type.Name] = make();
        }

        return Reference(type.Name);
    }

    private JsonObject Record(JsonTypeInfo info)
    {
        var properties = new JsonObject();
        JsonArray required = [];
        foreach (JsonPropertyInfo property in info.Properties)
        {
            JsonObject schema = Of(property.PropertyType);
            bool isWrittenAsNull = property.AttributeProvider!.GetCustomAttributes(typeof(JsonIgnoreAttribute), inherit: false)
                .OfType<JsonIgnoreAttribute>().Any(one => one.Condition == JsonIgnoreCondition.Never);
            if (!property.IsGetNullable || isWrittenAsNull)
            {
                required.Add(property.Name);
            }

            if (property.IsGetNullable && isWrittenAsNull)
            {
                schema["type"] = new JsonArray(schema["type"]!.DeepClone(), "null");
            }

            if (property.AttributeProvider.GetCustomAttributes(typeof(DescriptionAttribute), inherit: false) is [DescriptionAttribute description])
            {
                schema["description"] = description.Description;
            }

            properties[property.Name] = schema;
        }

        return new JsonObject { ["type"] = "object", ["required"] = required, ["properties"] = properties };
    }
}
