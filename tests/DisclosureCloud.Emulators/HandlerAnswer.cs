using System.Text.Json;
using System.Text.Json.Nodes;

namespace DisclosureCloud.Emulators;

/// <summary>What the handler answered to one invocation.</summary>
/// <param name="Status">The HTTP status, or <see cref="None"/>.</param>
/// <param name="MediaType">The content type without its parameters; null where there was none.</param>
/// <param name="Body">The body; without an answer, what broke.</param>
public sealed record HandlerAnswer(int Status, string? MediaType, string Body)
{
    /// <summary>In place of a status: the connection broke before an answer was there, as when the handler dies.</summary>
    public const int None = 0;

    /// <summary>Whether the host takes it: a 2xx with a JSON object.</summary>
    /// <remarks>
    /// At an empty body or <c>null</c> the host waits until the function times out, and then kills the handler; at another content type, or
    /// JSON of another shape, it fails at once. Here all of them fail at once.
    /// </remarks>
    public bool IsTaken => Read() is not null;

    /// <summary>The lines that the function wrote to its log; none where the host does not take the answer.</summary>
    public IReadOnlyList<string> Logs => [.. Read()?[nameof(Logs)]?.AsArray().Select(line => (string)line!) ?? []];

    private JsonObject? Read()
    {
        if (Status is < 200 or > 299 || !string.Equals(MediaType, "application/json", StringComparison.OrdinalIgnoreCase))
        {
            return null;
        }

        try
        {
            return JsonNode.Parse(Body) is JsonObject answer
                && answer["Outputs"] is null or JsonObject
                && (answer[nameof(Logs)] is null || (answer[nameof(Logs)] is JsonArray lines && lines.All(line => line?.GetValueKind() == JsonValueKind.String)))
                    ? answer
                    : null;
        }
        catch (JsonException)
        {
            return null;
        }
    }
}
