using System.Text.Json;

namespace DisclosureCloud.Ledger;

/// <summary>Finds data of persons in what is sent, before anything of it is stored or logged.</summary>
/// <remarks>
/// Identity numbers of 18 digits (GB 11643-1999, with its check digit) and of 15, bank cards (ISO/IEC 7812 with its check digit), private
/// mobile numbers, names of households beside what is told of them, and addresses of households; also split, in full-width digits, in
/// Chinese numerals and as base64. A finding names the field and the rule, never the value. How much of it is found, and how often it is
/// wrong, is measured by <c>GuardCorpusTests</c>.
/// </remarks>
public static class PersonalDataGuard
{
    public const string Code = "personal-data";

    /// <summary>Screens a whole body: every string, every name of a member, and every number long enough to be an identity.</summary>
    public static void Screen(JsonElement json, string pointer, Findings findings)
    {
        ArgumentNullException.ThrowIfNull(findings);
        switch (json.ValueKind)
        {
            case JsonValueKind.Object:
                foreach (JsonProperty member in json.EnumerateObject())
                {
                    // A name that is itself such a number must not come back in the pointer.
                    bool told = Report(member.Name, pointer, findings);
                    Screen(member.Value, told ? pointer : JsonPointer.Down(pointer, member.Name), findings);
                }

                break;
            case JsonValueKind.Array:
                int index = 0;
                foreach (JsonElement item in json.EnumerateArray())
                {
                    Screen(item, JsonPointer.Down(pointer, index++), findings);
                }

                break;
            case JsonValueKind.String:
                Report(json.GetString()!, pointer, findings);
                break;
            case JsonValueKind.Number when json.GetRawText() is { Length: >= 15 } raw:
                Report(raw, pointer, findings);
                break;
            default:
                break;
        }
    }

    /// <summary>
    /// The rule that a text breaks, or null: <c>identity-number</c>, <c>bank-card</c>, <c>mobile-number</c>, <c>household-roster</c>,
    /// <c>household-address</c>.
    /// </summary>
    public static string? Rule(string text)
    {
        ArgumentNullException.ThrowIfNull(text);
        string plain = Disguises.Plain(text);
        return RuleOf(plain) ?? Disguises.Encoded(plain).Select(hidden => RuleOf(Disguises.Plain(hidden))).FirstOrDefault(rule => rule is not null);
    }

    private static string? RuleOf(string plain) =>
        NumberRuns.Rule(plain)
        ?? (Disguises.Read(plain) is { } read ? NumberRuns.Rule(read) : null)
        ?? HouseholdData.Rule(plain);

    private static bool Report(string text, string pointer, Findings findings)
    {
        if (Rule(text) is not { } rule)
        {
            return false;
        }

        findings.Add(pointer, Code, $"This looks like data of a person ({rule}). Nothing of it was stored. Leave it out.");
        return true;
    }
}
