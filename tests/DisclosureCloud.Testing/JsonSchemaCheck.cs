using System.Globalization;
using System.Text.Json;
using System.Text.RegularExpressions;

namespace DisclosureCloud.Testing;

/// <summary>Checks a value against a JSON Schema (2020-12), for the keywords that our documents use. A keyword that it does not know is an error.</summary>
/// <remarks>
/// Stricter than the standard in one thing: where a schema lists properties, a member that it does not list is a fault, unless the
/// schema says <c>additionalProperties: true</c>. An answer thus has nothing in it that its description leaves out.
/// </remarks>
public sealed class JsonSchemaCheck(JsonElement document)
{
    private static readonly string[] Annotations = ["$schema", "title", "description", "examples", "default", "discriminator"];

    /// <summary>What is wrong, each fault with the place in the value; empty where nothing is.</summary>
    public string[] Faults(JsonElement schema, JsonElement value, string at = "") => [.. Check(schema, value, at)];

    /// <summary>What a reference within the document points to.</summary>
    public JsonElement Resolve(string reference)
    {
        if (!reference.StartsWith("#/", StringComparison.Ordinal))
        {
            throw new InvalidOperationException($"'{reference}' does not point into the document.");
        }

        JsonElement found = document;
        foreach (string step in reference[2..].Split('/'))
        {
            found = found.TryGetProperty(step.Replace("~1", "/", StringComparison.Ordinal).Replace("~0", "~", StringComparison.Ordinal), out JsonElement next)
                ? next
                : throw new InvalidOperationException($"'{reference}' points to nothing.");
        }

        return found;
    }

    private IEnumerable<string> Check(JsonElement schema, JsonElement value, string at) =>
        schema.EnumerateObject().SelectMany(keyword => Keyword(keyword, schema, value, at));

    private IEnumerable<string> Keyword(JsonProperty keyword, JsonElement schema, JsonElement value, string at)
    {
        JsonElement wanted = keyword.Value;
        return keyword.Name switch
        {
            _ when Annotations.Contains(keyword.Name, StringComparer.Ordinal) => [],
            "$ref" => Check(Resolve(wanted.GetString()!), value, at),
            "oneOf" => Some(wanted, value, at, matches => matches == 1),
            "anyOf" => Some(wanted, value, at, matches => matches >= 1),
            "type" => Fault(IsOfType(wanted, value), at, $"is no {wanted}"),
            "const" => Fault(JsonElement.DeepEquals(wanted, value), at, $"is not {wanted}"),
            "enum" => Fault(wanted.EnumerateArray().Any(one => JsonElement.DeepEquals(one, value)), at, $"is none of {wanted}"),
            "pattern" => Fault(!IsText(value) || Matches(value, wanted.GetString()!), at, $"has not the form {wanted}"),
            "minLength" => Fault(!IsText(value) || Length(value) >= wanted.GetInt32(), at, "is too short"),
            "maxLength" => Fault(!IsText(value) || Length(value) <= wanted.GetInt32(), at, "is too long"),
            "format" => Fault(!IsText(value) || HasFormat(value, wanted.GetString()!), at, $"is no {wanted}"),
            "minimum" => Fault(!IsNumber(value) || value.GetDecimal() >= wanted.GetDecimal(), at, $"is less than {wanted}"),
            "exclusiveMinimum" => Fault(!IsNumber(value) || value.GetDecimal() > wanted.GetDecimal(), at, $"is not more than {wanted}"),
            "maximum" => Fault(!IsNumber(value) || value.GetDecimal() <= wanted.GetDecimal(), at, $"is more than {wanted}"),
            "items" => Items(wanted, value, at),
            "minItems" => Fault(value.ValueKind != JsonValueKind.Array || value.GetArrayLength() >= wanted.GetInt32(), at, "has too few items"),
            "maxItems" => Fault(value.ValueKind != JsonValueKind.Array || value.GetArrayLength() <= wanted.GetInt32(), at, "has too many items"),
            "minProperties" => Fault(value.ValueKind != JsonValueKind.Object || value.EnumerateObject().Count() >= wanted.GetInt32(), at, "has too few members"),
            "maxProperties" => Fault(value.ValueKind != JsonValueKind.Object || value.EnumerateObject().Count() <= wanted.GetInt32(), at, "has too many members"),
            "required" => Required(wanted, value, at),
            "dependentRequired" => Dependent(wanted, value, at),
            "properties" => Properties(wanted, schema, value, at),
            "additionalProperties" when wanted.ValueKind is JsonValueKind.True or JsonValueKind.False => [], // Looked at with the properties.
            _ => throw new InvalidOperationException($"Teach {nameof(JsonSchemaCheck)} the keyword {keyword}."),
        };
    }

    private IEnumerable<string> Some(JsonElement schemas, JsonElement value, string at, Func<int, bool> isGood)
    {
        string[][] faults = [.. schemas.EnumerateArray().Select(one => Faults(one, value, at))];
        int matches = faults.Count(one => one.Length == 0);

        // Of many that do not match, the nearest one says most.
        return isGood(matches) ? [] : [$"{at}: matches {matches} of {faults.Length}", .. faults.MinBy(one => one.Length) ?? []];
    }

    private IEnumerable<string> Items(JsonElement schema, JsonElement value, string at) => value.ValueKind == JsonValueKind.Array
        ? value.EnumerateArray().SelectMany((item, index) => Check(schema, item, string.Create(CultureInfo.InvariantCulture, $"{at}/{index}")))
        : [];

    private static IEnumerable<string> Required(JsonElement names, JsonElement value, string at) => value.ValueKind == JsonValueKind.Object
        ? names.EnumerateArray().Where(name => !value.TryGetProperty(name.GetString()!, out _)).Select(name => $"{at}: lacks '{name}'")
        : [];

    private static IEnumerable<string> Dependent(JsonElement dependents, JsonElement value, string at) => value.ValueKind == JsonValueKind.Object
        ? dependents.EnumerateObject().Where(one => value.TryGetProperty(one.Name, out _)).SelectMany(one => Required(one.Value, value, at))
        : [];

    private IEnumerable<string> Properties(JsonElement properties, JsonElement schema, JsonElement value, string at)
    {
        if (value.ValueKind != JsonValueKind.Object)
        {
            return [];
        }

        bool open = schema.TryGetProperty("additionalProperties", out JsonElement more) && more.ValueKind == JsonValueKind.True;
        return value.EnumerateObject().SelectMany(member => properties.TryGetProperty(member.Name, out JsonElement below)
            ? Check(below, member.Value, $"{at}/{member.Name}")
            : Fault(open, $"{at}/{member.Name}", "is not described"));
    }

    private static IEnumerable<string> Fault(bool isGood, string at, string fault) => isGood ? [] : [$"{at}: {fault}"];

    private static bool IsOfType(JsonElement type, JsonElement value) => type.ValueKind == JsonValueKind.Array
        ? type.EnumerateArray().Any(one => IsOfType(one, value))
        : type.GetString() switch
        {
            "object" => value.ValueKind == JsonValueKind.Object,
            "array" => value.ValueKind == JsonValueKind.Array,
            "string" => IsText(value),
            "number" => IsNumber(value),
            "integer" => IsNumber(value) && decimal.IsInteger(value.GetDecimal()),
            "boolean" => value.ValueKind is JsonValueKind.True or JsonValueKind.False,
            "null" => value.ValueKind == JsonValueKind.Null,
            var other => throw new InvalidOperationException($"There is no type '{other}'."),
        };

    private static bool HasFormat(JsonElement value, string format) => format switch
    {
        "date" => DateOnly.TryParseExact(value.GetString(), "yyyy-MM-dd", CultureInfo.InvariantCulture, DateTimeStyles.None, out _),
        "date-time" => Matches(value, "^[0-9]{4}-[0-9]{2}-[0-9]{2}T[0-9]{2}:[0-9]{2}:[0-9]{2}([.][0-9]+)?Z$") && value.TryGetDateTimeOffset(out _),
        "uri" => Uri.TryCreate(value.GetString(), UriKind.Absolute, out _),
        "uri-reference" => Uri.IsWellFormedUriString(value.GetString(), UriKind.RelativeOrAbsolute),
        _ => throw new InvalidOperationException($"Teach {nameof(JsonSchemaCheck)} the format '{format}'."),
    };

    // ECMA-262 has no line feed before its end; .NET's dollar has.
    private static bool Matches(JsonElement value, string pattern) =>
        Regex.IsMatch(value.GetString()!, pattern, RegexOptions.ECMAScript, TimeSpan.FromSeconds(1)) && !value.GetString()!.EndsWith('\n');

    private static int Length(JsonElement value) => value.GetString()!.EnumerateRunes().Count();

    private static bool IsText(JsonElement value) => value.ValueKind == JsonValueKind.String;

    private static bool IsNumber(JsonElement value) => value.ValueKind == JsonValueKind.Number;
}
