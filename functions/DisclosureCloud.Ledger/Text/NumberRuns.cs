using System.Globalization;
using System.Runtime.InteropServices;

namespace DisclosureCloud.Ledger;

/// <summary>Finds the numbers of persons in a text: digits as they stand, and in groups that separators part.</summary>
internal static class NumberRuns
{
    // The longest of these numbers, a bank card, has 19 digits.
    private const int DigitsMax = 19;

    // The shortest, a mobile number, has 11; its groups may be split by three separators each.
    private const int DigitsMin = 11;
    private const int SeparatorsMax = 3;

    // Within a longer run, shorter groups are days, months and small amounts that happen to stand side by side.
    private const int GroupMin = 3;

    // A number whose digits stand one by one may have so many others before or after it: of a list, or a code.
    private const int StrayMax = 2;

    /// <summary>The rule that a number in the text breaks, or null.</summary>
    /// <param name="text">Without disguise: see <see cref="Disguises"/>.</param>
    public static string? Rule(string text)
    {
        bool isAddress = IsAddress(text);
        for (int at = 0; NextRun(text, ref at) is { } pieces;)
        {
            // The parts of a web address are numbers of their own: .../t20190112_1301234.html is no identity.
            if ((isAddress ? pieces.Select(PersonalNumber.RuleOf).FirstOrDefault(rule => rule is not null) : RuleOf(pieces)) is { } found)
            {
                return found;
            }
        }

        return null;
    }

    // Digits with at most three separators between them, eleven or more, as the pieces between the separators; null where there are no more.
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

    // The whole run, or any pieces that stand side by side in it: "138 0013 8000" after a date is still a number to call.
    private static string? RuleOf(List<string> pieces)
    {
        if (PersonalNumber.RuleOf(string.Concat(pieces)) is { } whole)
        {
            return whole;
        }

        if (OneByOne(pieces) is { } spread)
        {
            return spread;
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

    // "1 3 8 0 0 ...": each piece a digit, from the first such piece to the last, but for a few strays.
    private static string? OneByOne(List<string> pieces)
    {
        int first = pieces.FindIndex(piece => piece.Length == 1);
        int last = pieces.FindLastIndex(piece => piece.Length == 1);
        if (last - first + 1 < DigitsMin || pieces.FindIndex(first, last - first + 1, piece => piece.Length > 1) >= 0)
        {
            return null;
        }

        string digits = string.Concat(pieces.GetRange(first, last - first + 1));
        return Enumerable.Range(0, StrayMax + 1)
            .SelectMany(_ => Enumerable.Range(0, StrayMax + 1), (before, after) => (before, after))
            .Where(strays => digits.Length - strays.before - strays.after >= DigitsMin)
            .Select(strays => PersonalNumber.RuleOf(digits[strays.before..^strays.after]))
            .FirstOrDefault(rule => rule is not null);
    }
}
