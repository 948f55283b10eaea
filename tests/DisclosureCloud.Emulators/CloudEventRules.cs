using System.Globalization;
using System.Text.Json;
using System.Text.Json.Nodes;

namespace DisclosureCloud.Emulators;

/// <summary>What CloudEvents 1.0 asks of an event in JSON.</summary>
internal static class CloudEventRules
{
    private static readonly string[] Required = ["id", "source", "specversion", "type"];

    // Where they are there, they are not empty.
    private static readonly string[] Optional = ["subject", "datacontenttype", "dataschema"];

    private static readonly string[] Times = ["yyyy-MM-dd'T'HH:mm:ss.FFFFFFFK", "yyyy-MM-dd'T'HH:mm:ssK"];

    /// <summary>The first thing that is wrong, or null.</summary>
    public static string? WrongWith(JsonNode? node)
    {
        if (node is not JsonObject one)
        {
            return "an event is a JSON object";
        }

        if (one.Select(attribute => attribute.Key).FirstOrDefault(name => name != "data_base64" && !IsName(name)) is { } odd)
        {
            return $"'{odd}' is no attribute's name: a-z and 0-9";
        }

        if (Required.FirstOrDefault(name => Text(one, name) is null or "") is { } missing)
        {
            return $"'{missing}' is missing or empty";
        }

        if (Optional.FirstOrDefault(name => one.ContainsKey(name) && Text(one, name) is null or "") is { } empty)
        {
            return $"'{empty}' is empty";
        }

        return Text(one, "specversion") != "1.0" ? "the specversion is not 1.0"
            : !Uri.IsWellFormedUriString(Text(one, "source"), UriKind.RelativeOrAbsolute) ? "the source is no URI reference"
            : one.ContainsKey("time") && !IsTime(Text(one, "time")) ? "the time is not of RFC 3339"
            : one.ContainsKey("data") && one.ContainsKey("data_base64") ? "there are data twice"
            : null;
    }

    private static bool IsName(string name) => name.Length > 0 && name.All(c => char.IsAsciiLetterLower(c) || char.IsAsciiDigit(c));

    private static bool IsTime(string? text) => text is not null
        && (text.EndsWith('Z') || text.LastIndexOfAny(['+', '-']) > text.IndexOf('T', StringComparison.Ordinal))
        && DateTimeOffset.TryParseExact(text, Times, CultureInfo.InvariantCulture, DateTimeStyles.None, out _);

    private static string? Text(JsonObject one, string name) =>
        one[name] is JsonValue value && value.GetValueKind() == JsonValueKind.String ? value.GetValue<string>() : null;
}
