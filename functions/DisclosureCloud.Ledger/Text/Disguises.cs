using System.Buffers;
using System.Globalization;
using System.Text;

namespace DisclosureCloud.Ledger;

/// <summary>What a text says when it is written in other signs: full-width, with signs that do not show, in Chinese numerals, or as base64.</summary>
internal static class Disguises
{
    // As digits are read out, one by one; those of amounts (十百千万) are none.
    private const string Numerals = "〇零○一壹幺二贰两三叁四肆五伍六陆七柒八捌九玖";
    private const string Digits = "00011122233445566778899";

    // A mobile number's eleven digits are sixteen signs of base64, with its padding.
    private const int Base64Min = 14;

    private const int HashLength = 64;

    private static readonly SearchValues<char> HashSigns = SearchValues.Create("0123456789abcdef");
    private static readonly SearchValues<char> NumeralSigns = SearchValues.Create(Numerals);

    private static readonly UTF8Encoding Strict = new(encoderShouldEmitUTF8Identifier: false, throwOnInvalidBytes: true);

    /// <summary>The text with Chinese numerals as digits; null where it has none. Only numbers are to be looked for in it.</summary>
    public static string? Read(string plain) => plain.AsSpan().IndexOfAny(NumeralSigns) < 0
        ? null
        : string.Create(plain.Length, plain, (read, text) =>
        {
            for (int i = 0; i < text.Length; i++)
            {
                int numeral = Numerals.IndexOf(text[i], StringComparison.Ordinal);
                read[i] = numeral < 0 ? text[i] : Digits[numeral];
            }
        });

    /// <summary>What the text holds as base64 (RFC 4648, also in its form for addresses): each word of its signs that is UTF-8 when it is decoded.</summary>
    public static IEnumerable<string> Encoded(string plain)
    {
        for (int at = 0; at < plain.Length; at++)
        {
            int start = at;
            while (at < plain.Length && IsBase64(plain[at]))
            {
                at++;
            }

            if (at - start >= Base64Min && Decoded(plain[start..at]) is { } text)
            {
                yield return text;
            }
        }
    }

    private static bool IsBase64(char c) => char.IsAsciiLetterOrDigit(c) || c is '+' or '/' or '-' or '_';

    private static string? Decoded(string word)
    {
        string standard = word.Replace('-', '+').Replace('_', '/');
        byte[] bytes = new byte[word.Length];
        if (!Convert.TryFromBase64String(standard.PadRight((word.Length + 3) / 4 * 4, '='), bytes, out int length))
        {
            return null;
        }

        try
        {
            return Strict.GetString(bytes, 0, length);
        }
        catch (DecoderFallbackException)
        {
            return null; // Letters and digits of another sense.
        }
    }

    /// <summary>Full-width digits become digits, and characters that do not show do not part them.</summary>
    public static string Plain(string text)
    {
        // U+FFFE stands for no character, and Normalize throws on it. The rules for texts refuse it later, by its own name.
        string plain = text.Replace('\uFFFE', ' ').Normalize(NormalizationForm.FormKC);
        plain = plain.Any(IsInvisible) ? string.Concat(plain.Where(c => !IsInvisible(c))) : plain;
        return plain.Any(char.IsAsciiDigit) ? WithoutCodes(plain) : plain;
    }

    // Unified social credit codes are public, and one in ten of those that are all digits looks like a bank card. Of hashes, one in some
    // hundred has digits that look like a telephone number.
    private static string WithoutCodes(string text)
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
            rest.Append(PersonalNumber.IsOrganisation(word) || IsHash(word) ? "," : word);
            at = end;
        }

        return rest.ToString();
    }

    // SHA-256 in hexadecimal. Nobody writes a telephone number as sixty-four signs by mistake.
    private static bool IsHash(string word) => word.Length == HashLength && !word.AsSpan().ContainsAnyExcept(HashSigns) && word.AsSpan().IndexOfAnyInRange('a', 'f') >= 0;

    private static bool IsInvisible(char c) => CharUnicodeInfo.GetUnicodeCategory(c) == UnicodeCategory.Format;
}
