using System.Buffers;
using System.Globalization;
using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;

namespace DisclosureCloud.Ledger;

/// <summary>The one form in which JSON is hashed, stored and compared: RFC 8785 (JSON Canonicalization Scheme).</summary>
/// <remarks>
/// Names sorted by UTF-16 code unit, no white space, the shortest escapes, UTF-8. Numbers are whole and within 2^53-1 either way, where
/// the RFC's form and plain decimal digits are the same; any other number is a mistake of ours, since no record holds one. What others
/// wrote may also have fractions.
/// </remarks>
public static class CanonicalJson
{
    private const decimal SmallestPlain = 0.000001m;

    /// <summary>So many significant digits survive in a double, whatever they are (IEEE 754).</summary>
    private const int DigitsMax = 15;

    /// <exception cref="ArgumentException">A number that is not whole or too large, or a string with a lone surrogate.</exception>
    public static byte[] Write(JsonNode? node)
    {
        var output = new ArrayBufferWriter<byte>(512);
        WriteNode(node, output, WholeNumber);
        return output.WrittenSpan.ToArray();
    }

    /// <summary>The same of what somebody else wrote, where fractions are no mistake.</summary>
    /// <exception cref="ArgumentException">A number whose digits the RFC would change, or a string with a lone surrogate.</exception>
    public static byte[] WriteForeign(JsonNode? node)
    {
        var output = new ArrayBufferWriter<byte>(512);
        WriteNode(node, output, ForeignNumber);
        return output.WrittenSpan.ToArray();
    }

    private static void WriteNode(JsonNode? node, ArrayBufferWriter<byte> output, Func<string, string?> number)
    {
        switch (node)
        {
            case null:
                output.Write("null"u8);
                break;
            case JsonObject members:
                WriteObject(members, output, number);
                break;
            case JsonArray items:
                output.Write("["u8);
                for (int i = 0; i < items.Count; i++)
                {
                    output.Write(i > 0 ? ","u8 : default);
                    WriteNode(items[i], output, number);
                }

                output.Write("]"u8);
                break;
            default:
                WriteValue(node.AsValue(), output, number);
                break;
        }
    }

    private static void WriteObject(JsonObject members, ArrayBufferWriter<byte> output, Func<string, string?> number)
    {
        output.Write("{"u8);
        bool first = true;
        foreach ((string name, JsonNode? member) in members.OrderBy(pair => pair.Key, StringComparer.Ordinal))
        {
            output.Write(first ? default : ","u8);
            first = false;
            WriteString(name, output);
            output.Write(":"u8);
            WriteNode(member, output, number);
        }

        output.Write("}"u8);
    }

    private static void WriteValue(JsonValue value, ArrayBufferWriter<byte> output, Func<string, string?> number)
    {
        switch (value.GetValueKind())
        {
            case JsonValueKind.String:
                WriteString(value.GetValue<string>(), output);
                break;
            case JsonValueKind.True:
                output.Write("true"u8);
                break;
            case JsonValueKind.False:
                output.Write("false"u8);
                break;
            default:
                string text = value.ToJsonString(); // As it was built or parsed.
                output.Write(Encoding.ASCII.GetBytes(number(text) ?? throw new ArgumentException($"Canonical JSON has no form for the number {text}.", nameof(value))));
                break;
        }
    }

    private static string? WholeNumber(string text) =>
        long.TryParse(text, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out long number) && number is <= Money.FenMax and >= -Money.FenMax
            ? number.ToString(CultureInfo.InvariantCulture)
            : null;

    // ECMAScript writes the shortest digits that lead back to the same double. Up to 15 of them are always the ones that were sent, and
    // from a millionth upwards without an exponent.
    private static string? ForeignNumber(string text)
    {
        if (WholeNumber(text) is { } whole)
        {
            return whole;
        }

        if (!decimal.TryParse(text, NumberStyles.Float, CultureInfo.InvariantCulture, out decimal number))
        {
            return null;
        }

        string digits = Math.Abs(number).ToString("0.############################", CultureInfo.InvariantCulture);
        bool isPlain = number == 0 || (Math.Abs(number) >= SmallestPlain && digits.Where(char.IsAsciiDigit).SkipWhile(digit => digit == '0').Count() <= DigitsMax);
        return isPlain ? (number < 0 ? "-" : "") + digits : null;
    }

    private static void WriteString(string text, ArrayBufferWriter<byte> output)
    {
        var escaped = new StringBuilder(text.Length + 2).Append('"');
        for (int i = 0; i < text.Length; i++)
        {
            char c = text[i];
            if (char.IsSurrogate(c) && !(char.IsHighSurrogate(c) && i + 1 < text.Length && char.IsLowSurrogate(text[i + 1])))
            {
                throw new ArgumentException($"The string has a lone surrogate at {i}.", nameof(text));
            }

            _ = c switch
            {
                '"' => escaped.Append("\\\""),
                '\\' => escaped.Append("\\\\"),
                '\b' => escaped.Append("\\b"),
                '\t' => escaped.Append("\\t"),
                '\n' => escaped.Append("\\n"),
                '\f' => escaped.Append("\\f"),
                '\r' => escaped.Append("\\r"),
                < ' ' => escaped.Append(CultureInfo.InvariantCulture, $"\\u{(int)c:x4}"),
                _ when char.IsHighSurrogate(c) => escaped.Append(c).Append(text[++i]),
                _ => escaped.Append(c),
            };
        }

        output.Write(Encoding.UTF8.GetBytes(escaped.Append('"').ToString()));
    }
}
