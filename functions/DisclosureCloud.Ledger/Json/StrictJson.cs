using System.Text.Json;
using System.Text.Unicode;

namespace DisclosureCloud.Ledger;

/// <summary>Reads JSON as strictly as RFC 8259 and I-JSON (RFC 7493) allow: what two parsers could read differently is refused.</summary>
public static class StrictJson
{
    /// <summary>Objects and arrays within one another. Our formats need four.</summary>
    public const int DepthMax = 16;

    /// <summary>In UTF-16 units. Our longest name has 21; a pointer repeats the names above it, once a finding.</summary>
    public const int NameLengthMax = 128;

    /// <summary>The parsed body, or null with a finding: not UTF-8, not JSON, too deep, a name twice or too long, a lone surrogate.</summary>
    public static JsonDocument? Parse(ReadOnlyMemory<byte> body, Findings findings)
    {
        ArgumentNullException.ThrowIfNull(findings);
        if (!Utf8.IsValid(body.Span))
        {
            findings.Add("", "not-utf8", "The body is not UTF-8.");
            return null;
        }

        if (body.Span.StartsWith("\uFEFF"u8))
        {
            findings.Add("", "byte-order-mark", "The body begins with a byte order mark. Save it as UTF-8 without one.");
            return null;
        }

        try
        {
            if (!Check(body.Span, findings))
            {
                return null;
            }

            return JsonDocument.Parse(body, new JsonDocumentOptions { MaxDepth = DepthMax });
        }
        catch (JsonException fault)
        {
            // The message of the exception quotes the body, so that only the place is told.
            findings.Add("", "not-json", $"The body is not JSON: line {fault.LineNumber + 1}, byte {fault.BytePositionInLine + 1}.");
            return null;
        }
    }

    private static bool Check(ReadOnlySpan<byte> body, Findings findings)
    {
        var reader = new Utf8JsonReader(body, new JsonReaderOptions { MaxDepth = 1_000 });
        var open = new Stack<Level>();
        while (reader.Read())
        {
            switch (reader.TokenType)
            {
                case JsonTokenType.StartObject or JsonTokenType.StartArray when open.Count == DepthMax:
                    return Refuse("too-deep", $"At most {DepthMax} objects and arrays lie within one another.");
                case JsonTokenType.StartObject or JsonTokenType.StartArray:
                    open.Push(new Level(open.Count == 0 ? "" : open.Peek().Child(), reader.TokenType == JsonTokenType.StartObject));
                    break;
                case JsonTokenType.EndObject or JsonTokenType.EndArray:
                    open.Pop();
                    break;
                case JsonTokenType.PropertyName or JsonTokenType.String when TextOf(ref reader) is null:
                    return Refuse("lone-surrogate", "A string has half of a surrogate pair.");
                case JsonTokenType.PropertyName when reader.GetString()!.Length > NameLengthMax:
                    return Refuse("name-too-long", $"A name has at most {NameLengthMax} characters.");
                case JsonTokenType.PropertyName when !open.Peek().Enter(reader.GetString()!):
                    return Refuse("duplicate-key", "An object has the same name twice.");
                case JsonTokenType.PropertyName:
                    break;
                default:
                    open.TryPeek(out Level? around);
                    around?.Pass();
                    break;
            }
        }

        return true;

        bool Refuse(string code, string detail)
        {
            // The guard has not seen the body yet. A name that is data of a person must not come back in a pointer.
            string pointer = open.TryPeek(out Level? level) ? level.Pointer : "";
            findings.Add(PersonalDataGuard.Rule(pointer) is null ? pointer : "", code, detail);
            return false;
        }
    }

    private static string? TextOf(ref Utf8JsonReader reader)
    {
        try
        {
            return reader.GetString();
        }
        catch (InvalidOperationException)
        {
            return null; // That is how the reader says that an escape stands for no character.
        }
    }

    private sealed class Level(string pointer, bool isObject)
    {
        private readonly HashSet<string>? _names = isObject ? new(StringComparer.Ordinal) : null;
        private string _name = "";
        private int _index;

        public string Pointer => pointer;

        public bool Enter(string name)
        {
            _name = name;
            return _names!.Add(name);
        }

        // A scalar needs no pointer: a hundred thousand of them would cost a hundred thousand strings.
        public void Pass() => _index++;

        public string Child() => isObject ? JsonPointer.Down(pointer, _name) : JsonPointer.Down(pointer, _index++);
    }
}
