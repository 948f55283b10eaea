using System.Globalization;
using System.Text;
using System.Text.Json;

namespace DisclosureCloud.Ledger;

/// <summary>Finds data of persons in what is sent, before anything of it is stored or logged.</summary>
/// <remarks>
/// Identity numbers of 18 digits (GB 11643-1999, with its check digit) and of 15, bank cards (ISO/IEC 7812 with its check digit), and
/// private mobile numbers; also in full-width digits and split by spaces, hyphens or points. A finding names the field and the rule,
/// never the value.
/// </remarks>
public static class PersonalDataGuard
{
    public const string Code = "personal-data";

    // The longest of these numbers, a bank card, has 19 digits.
    private const int DigitsMax = 19;

    // The shortest, a mobile number, has 11; its groups may be split by two separators each.
    private const int DigitsMin = 11;
    private const int SeparatorsMax = 2;

    // Within a longer run, shorter groups are days, months and small amounts that happen to stand side by side.
    private const int GroupMin = 3;

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

    /// <summary>The rule that a text breaks, or null: <c>identity-number</c>, <c>bank-card</c>, <c>mobile-number</c>.</summary>
    public static string? Rule(string text)
    {
        ArgumentNullException.ThrowIfNull(text);
        string plain = Plain(text);
        bool isAddress = IsAddress(plain);
        for (int at = 0; NextRun(plain, ref at) is { } pieces;)
        {
            // The parts of a web address are numbers of their own: .../t20190112_1301234.html is no identity.
            if ((isAddress ? pieces.Select(PersonalNumber.RuleOf).FirstOrDefault(rule => rule is not null) : RuleOf(pieces)) is { } found)
            {
                return found;
            }
        }

        return null;
    }

    // Digits with at most two separators between them, eleven or more, as the pieces between the separators; null where there are no more.
    // By hand, since a regular expression has a time limit, and what is sent must never throw.
    private static List<string>? NextRun(string text, ref int at)
    {
        while (at < text.Length)
        {
            if (!char.IsAsciiDigit(text[at]))
            {
                at++;
                continue;
            }

            var pieces = new List<string>();
            int digits = 0;
            for (int next = at; next < text.Length && char.IsAsciiDigit(text[next]); next = SkipSeparators(text, at))
            {
                for (at = next; at < text.Length && char.IsAsciiDigit(text[at]); at++)
                {
                    digits++;
                }

                pieces.Add(text[next..at]);
            }

            // The last may be the X of an identity number, if no word begins with it.
            int last = SkipSeparators(text, at);
            if (last < text.Length && text[last] is 'X' or 'x' && !(last + 1 < text.Length && char.IsAsciiLetterOrDigit(text[last + 1])))
            {
                if (last == at)
                {
                    pieces[^1] += "X";
                }
                else
                {
                    pieces.Add("X");
                }

                at = last + 1;
            }

            if (digits >= DigitsMin)
            {
                return pieces;
            }
        }

        return null;
    }

    private static int SkipSeparators(string text, int at)
    {
        for (int i = 0; i < SeparatorsMax && at < text.Length && IsSeparator(text[at]); i++)
        {
            at++;
        }

        return at;
    }

    private static bool IsSeparator(char c) =>
        c is ' ' or '.' or '·' or '_' or '\u2212' || CharUnicodeInfo.GetUnicodeCategory(c) == UnicodeCategory.DashPunctuation;

    private static bool IsAddress(string text) =>
        (text.StartsWith("http://", StringComparison.OrdinalIgnoreCase) || text.StartsWith("https://", StringComparison.OrdinalIgnoreCase))
        && !text.Any(char.IsWhiteSpace);

    // Full-width digits become digits, and characters that do not show do not part them.
    private static string Plain(string text)
    {
        // U+FFFE stands for no character, and Normalize throws on it. The rules for texts refuse it later, by its own name.
        string plain = text.Replace('\uFFFE', ' ').Normalize(NormalizationForm.FormKC);
        plain = plain.Any(IsInvisible) ? string.Concat(plain.Where(c => !IsInvisible(c))) : plain;
        return plain.Any(char.IsAsciiDigit) ? WithoutOrganisations(plain) : plain;
    }

    // Unified social credit codes are public, and one in ten of those that are all digits looks like a bank card.
    private static string WithoutOrganisations(string text)
    {
        var rest = new StringBuilder(text.Length);
        for (int at = 0; at < text.Length;)
        {
            int end = at;
            while (end < text.Length && char.IsAsciiLetterOrDigit(text[end]))
            {
                end++;
            }

            end = Math.Max(end, at + 1);
            string word = text[at..end];
            rest.Append(PersonalNumber.IsOrganisation(word) ? "," : word);
            at = end;
        }

        return rest.ToString();
    }

    private static bool IsInvisible(char c) => CharUnicodeInfo.GetUnicodeCategory(c) == UnicodeCategory.Format;

    // The whole run, or any pieces that stand side by side in it: "138 0013 8000" after a date is still a number to call.
    private static string? RuleOf(List<string> pieces)
    {
        if (PersonalNumber.RuleOf(string.Concat(pieces)) is { } whole)
        {
            return whole;
        }

        for (int first = 0; first < pieces.Count; first++)
        {
            string joined = "";
            bool grouped = true;
            for (int last = first; last < pieces.Count && joined.Length + pieces[last].Length <= DigitsMax; last++)
            {
                joined += pieces[last];
                grouped &= pieces[last].Length >= GroupMin || pieces[last] is "86" or "X";
                if (grouped && PersonalNumber.RuleOf(joined) is { } rule)
                {
                    return rule;
                }
            }
        }

        return null;
    }

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
