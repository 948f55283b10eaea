using System.Text.Json;
using System.Text.Json.Nodes;

namespace DisclosureCloud.Ledger;

/// <summary>Reads what a second person says when deciding a posting: <c>{"checked": "…"}</c>.</summary>
public static class DecisionReader
{
    /// <summary>The word on what was checked (secrecy, privacy, business secrets); null with a finding.</summary>
    public static FreeText? Read(JsonElement json, Findings findings)
    {
        ArgumentNullException.ThrowIfNull(findings);
        PersonalDataGuard.Screen(json, "", findings);
        if (findings.Any)
        {
            return null;
        }

        var root = new ObjectReader(json, "", findings);
        FreeText? word = root.Take("checked", required: true) is { } text ? JsonValues.Text(text, "/checked", findings) : null;
        root.RefuseOthers();
        return findings.Any ? null : word;
    }

    public static JsonObject Schema() => new()
    {
        ["$schema"] = KindJsonSchema.Dialect,
        ["title"] = "决定说明 / The word of a decision",
        ["type"] = "object",
        ["additionalProperties"] = false,
        ["required"] = new JsonArray("checked"),
        ["properties"] = new JsonObject
        {
            ["checked"] = new JsonObject
            {
                ["type"] = "string",
                ["minLength"] = 1,
                ["maxLength"] = FreeText.LengthMax,
                ["description"] = "审核内容 / What was checked: secrecy, privacy, business secrets",
            },
        },
    };
}
