using System.Text.Json;
using System.Text.Json.Nodes;

namespace DisclosureCloud.Ledger;

/// <summary>Reads what those who handle a complaint did about it: <c>{"state": "answered", "answer": "…"}</c>.</summary>
public static class ComplaintReplyReader
{
    private static readonly string[] States = [.. Code.Texts(typeof(ComplaintState)).Where(text => text != Code.Text(ComplaintState.Received))];

    /// <summary>The reply; null with findings. What closes a complaint has an answer: whoever complained is owed one.</summary>
    public static ComplaintReply? Read(JsonElement json, Findings findings)
    {
        ArgumentNullException.ThrowIfNull(findings);
        PersonalDataGuard.Screen(json, "", findings);
        if (findings.Any)
        {
            return null;
        }

        var root = new ObjectReader(json, "", findings);
        ComplaintState? state = root.Take("state", required: true) is { } code ? ReadState(code, findings) : null;
        FreeText? answer = root.Take("answer", required: state?.Closes() ?? false) is { } text ? JsonValues.Text(text, "/answer", findings) : null;
        root.RefuseOthers();
        return findings.Any ? null : new ComplaintReply(state!.Value, answer);
    }

    public static JsonObject Schema() => new()
    {
        ["$schema"] = KindJsonSchema.Dialect,
        ["title"] = "投诉办理 / What was done about a complaint",
        ["type"] = "object",
        ["additionalProperties"] = false,
        ["required"] = new JsonArray("state"),
        ["properties"] = new JsonObject
        {
            ["state"] = new JsonObject
            {
                ["enum"] = new JsonArray([.. States.Select(text => (JsonNode)text)]),
                ["description"] = "办理状态 / How far it has come; all but in-hand are the last word, and need an answer",
            },
            ["answer"] = new JsonObject
            {
                ["type"] = "string",
                ["minLength"] = 1,
                ["maxLength"] = FreeText.LengthMax,
                ["description"] = "答复,投诉人凭查询码可见 / What whoever complained reads",
            },
        },
    };

    private static ComplaintState? ReadState(JsonElement json, Findings findings)
    {
        if (json.ValueKind == JsonValueKind.String && json.GetString() == Code.Text(ComplaintState.Received))
        {
            findings.Add("/state", "unknown-code", "Nobody takes a complaint back to where it began.", wanted: string.Join(", ", States));
            return null;
        }

        return JsonValues.Code<ComplaintState>(json, "/state", findings);
    }
}
