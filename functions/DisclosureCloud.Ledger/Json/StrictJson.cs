using System.Text.Json;
using System.Text.Unicode;

namespace DisclosureCloud.Ledger;

/// <summary>Reads JSON as strictly as RFC 8259 and I-JSON (RFC 7493) allow: what two parsers could read differently is refused.</summary>
public static class StrictJson
{
    /// <summary>Objects and arrays within one another. Our formats need four.</summary>
    public const int DepthMax = 16;

    /// <summary>The parsed body, or null with a finding: not UTF-8, not JSON, too deep, a name twice, a lone surrogate.</summary>
    public static JsonDocument? Parse(ReadOnlyMemory<byte> body, Findings findings)
    {
        ArgumentNullException.ThrowIfNull(findings);
        if (!Utf8.IsValid(body.Span))
        {
            findings.Add("", "not-utf8", "The body is not UTF-8.");
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
                    findings.Add(open.Peek().Pointer, "too-deep", $"At most {DepthMax} objects and arrays lie within one another.");
                    return false;
                case JsonTokenType.StartObject or JsonTokenType.StartArray:
                    open.Push(new Level(Next(open), reader.TokenType == JsonTokenType.StartObject));
                    break;
                case JsonTokenType.EndObject or JsonTokenType.EndArray:
                    open.Pop();
                    break;
                case JsonTokenType.PropertyName or JsonTokenType.String when TextOf(ref reader) is not { } text:
                    findings.Add(open.Count > 0 ? open.Peek().Pointer : "", "lone-surrogate", "A string has half of a surrogate pair.");
                    return false;
                case JsonTokenType.PropertyName when !open.Peek().Enter(reader.GetString()!):
                    findings.Add(open.Peek().Pointer, "duplicate-key", "An object has the same name twice.");
                    return false;
                case JsonTokenType.PropertyName:
                    break;
                default:
                    _ = Next(open);
                    break;
            }
        }

        return true;
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

    private static string Next(Stack<Level> open) => open.Count == 0 ? "" : open.Peek().Child();

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

        public string Child() => isObject ? JsonPointer.Down(pointer, _name) : JsonPointer.Down(pointer, _index++);
    }
}
