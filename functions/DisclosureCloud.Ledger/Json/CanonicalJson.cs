using System.Buffers;
using System.Globalization;
using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;

namespace DisclosureCloud.Ledger;

/// <summary>The one form in which JSON is hashed, stored and compared: RFC 8785 (JSON Canonicalization Scheme).</summary>
/// <remarks>
/// Names sorted by UTF-16 code unit, no white space, the shortest escapes, UTF-8. Numbers are whole and within 2^53-1 either way, where
/// the RFC's form and plain decimal digits are the same; any other number is a mistake of ours, since no record holds one.
/// </remarks>
public static class CanonicalJson
{
    /// <exception cref="ArgumentException">A number that is not whole or too large, or a string with a lone surrogate.</exception>
    public static byte[] Write(JsonNode? node)
    {
        var output = new ArrayBufferWriter<byte>(512);
        WriteNode(node, output);
        return output.WrittenSpan.ToArray();
    }

    private static void WriteNode(JsonNode? node, ArrayBufferWriter<byte> output)
    {
        switch (node)
        {
            case null:
                output.Write("null"u8);
                break;
            case JsonObject members:
                WriteObject(members, output);
                break;
            case JsonArray items:
                output.Write("["u8);
                for (int i = 0; i < items.Count; i++)
                {
                    output.Write(i > 0 ? ","u8 : default);
                    WriteNode(items[i], output);
                }

                output.Write("]"u8);
                break;
            default:
                WriteValue(node.AsValue(), output);
                break;
        }
    }

    private static void WriteObject(JsonObject members, ArrayBufferWriter<byte> output)
    {
        output.Write("{"u8);
        bool first = true;
        foreach ((string name, JsonNode? member) in members.OrderBy(pair => pair.Key, StringComparer.Ordinal))
        {
            output.Write(first ? default : ","u8);
            first = false;
            WriteString(name, output);
            output.Write(":"u8);
            WriteNode(member, output);
        }

        output.Write("}"u8);
    }

    private static void WriteValue(JsonValue value, ArrayBufferWriter<byte> output)
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
                // ToJsonString gives the number as it was built or parsed; only whole ones within range have a canonical form here.
                string text = value.ToJsonString();
                if (!long.TryParse(text, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out long number)
                    || number is > Money.FenMax or < -Money.FenMax)
                {
                    throw new ArgumentException($"Canonical JSON holds whole numbers up to 2^53-1; found {text}.", nameof(value));
                }

                output.Write(Encoding.ASCII.GetBytes(number.ToString(CultureInfo.InvariantCulture)));
                break;
        }
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
