using System.Buffers;
using System.Text.Json;
using System.Text.Unicode;

namespace DisclosureCloud.Verifier;

/// <summary>Whether bytes are JSON in the one form of RFC 8785 (JSON Canonicalization Scheme).</summary>
/// <remarks>
/// Names sorted by UTF-16 code unit and unique, no white space, the shortest escapes, UTF-8. Numbers are whole and within 2^53-1 either way:
/// no record holds another. Written for this check alone, so that a mistake of whoever wrote the leaves is not made here again.
/// </remarks>
internal ref struct CanonicalForm
{
    private const int DepthMax = 32;
    private const long NumberMax = (1L << 53) - 1;

    // What ends a run of characters that stand for themselves.
    private static readonly SearchValues<byte> Stops = SearchValues.Create([(byte)'"', (byte)'\\', .. Enumerable.Range(0, 0x20).Select(control => (byte)control)]);

    private readonly ReadOnlySpan<byte> _json;
    private readonly LeafFields? _fields;
    private int _at;

    private CanonicalForm(ReadOnlySpan<byte> json, LeafFields? fields)
    {
        _json = json;
        _fields = fields;
    }

    /// <summary>The first byte that is not as it must be; -1 where all are.</summary>
    public static int FirstFault(ReadOnlySpan<byte> json) => FirstFault(json, null);

    /// <summary>The same, and says on the way which members and commitments there are: of no sense where there is a fault.</summary>
    public static int FirstFault(ReadOnlySpan<byte> json, LeafFields? fields)
    {
        var form = new CanonicalForm(json, fields);
        bool good = form.Value(DepthMax) && form._at == json.Length;
        return !good ? form._at : Utf8.IsValid(json) ? -1 : 0;
    }

    private byte Here => _at < _json.Length ? _json[_at] : (byte)0;

    private bool Value(int depth) => Here switch
    {
        _ when depth == 0 => false,
        (byte)'{' => Object(depth),
        (byte)'[' => Array(depth),
        (byte)'"' => String(),
        (byte)'t' => Word("true"u8),
        (byte)'f' => Word("false"u8),
        (byte)'n' => Word("null"u8),
        _ => Number(),
    };

    private bool Object(int depth)
    {
        _at++;
        if (Here == '}')
        {
            _at++;
            return true;
        }

        ReadOnlySpan<byte> before = default;
        for (bool first = true; ; first = false)
        {
            int start = _at;
            if (Here != '"' || !String())
            {
                return false;
            }

            ReadOnlySpan<byte> name = _json[start.._at];
            if (!first && Compare(before, name) >= 0)
            {
                _at = start;
                return false;
            }

            before = name;
            Range nameAt = start.._at;
            int value = _at + 1;
            if (!Take(':') || !Value(depth - 1))
            {
                return false;
            }

            if (depth == DepthMax)
            {
                _fields?.AddMember(nameAt, value.._at);
            }

            if (Here != ',')
            {
                // A commitment stands alone in an object, in place of the value.
                if (first && _json[value] == '"' && name.SequenceEqual("\"commitment\""u8))
                {
                    _fields?.AddCommitment(value.._at);
                }

                return Take('}');
            }

            _at++;
        }
    }

    private bool Array(int depth)
    {
        _at++;
        if (Here == ']')
        {
            _at++;
            return true;
        }

        while (Value(depth - 1))
        {
            if (Here != ',')
            {
                return Take(']');
            }

            _at++;
        }

        return false;
    }

    private bool String()
    {
        for (_at++; _at < _json.Length; _at++)
        {
            int plain = _json[_at..].IndexOfAny(Stops);
            _at = plain < 0 ? _json.Length : _at + plain;
            if (Here == '"')
            {
                _at++;
                return true;
            }

            if (Here != '\\' || !Escape())
            {
                return false;
            }
        }

        return false;
    }

    // Only what cannot stand as itself, and that in its shortest form; the others with four lower-case digits.
    private bool Escape()
    {
        _fields?.AddEscape();
        _at++;
        if (Here is (byte)'"' or (byte)'\\' or (byte)'b' or (byte)'f' or (byte)'n' or (byte)'r' or (byte)'t')
        {
            return true;
        }

        if (_json.Length - _at < 5 || !_json[_at..].StartsWith("u00"u8) || _json[_at + 3] is not ((byte)'0' or (byte)'1'))
        {
            return false;
        }

        byte low = _json[_at + 4];
        bool digit = low is >= (byte)'0' and <= (byte)'9' or >= (byte)'a' and <= (byte)'f';
        bool shorter = _json[_at + 3] == '0' && (low is (byte)'8' or (byte)'9' or (byte)'a' or (byte)'c' or (byte)'d');
        _at += 4;
        return digit && !shorter;
    }

    private bool Number()
    {
        int start = _at;
        bool negative = Here == '-';
        _at += negative ? 1 : 0;
        long number = 0;
        int digits = _at;
        while (Here is >= (byte)'0' and <= (byte)'9' && number <= NumberMax)
        {
            number = (number * 10) + (Here - '0');
            _at++;
        }

        int count = _at - digits;
        bool good = count > 0 && number <= NumberMax && (_json[digits] != '0' || (count == 1 && !negative));
        _at = good ? _at : start;
        return good;
    }

    private bool Word(ReadOnlySpan<byte> word)
    {
        bool good = _json[_at..].StartsWith(word);
        _at += good ? word.Length : 0;
        return good;
    }

    private bool Take(char mark)
    {
        bool good = Here == mark;
        _at += good ? 1 : 0;
        return good;
    }

    // The order of UTF-16 is that of the bytes where names part, as nearly all do, at a character that stands for itself after such alone.
    private static int Compare(ReadOnlySpan<byte> one, ReadOnlySpan<byte> other)
    {
        for (int i = 1; ; i++)
        {
            byte a = one[i];
            byte b = other[i];
            if (a is (byte)'\\' or > 0x7F || b is (byte)'\\' or > 0x7F)
            {
                return string.CompareOrdinal(Text(one), Text(other));
            }

            if (a == '"' || b == '"')
            {
                return one.Length - other.Length; // One of them is how the other begins.
            }

            if (a != b)
            {
                return a - b;
            }
        }
    }

    private static string Text(ReadOnlySpan<byte> quoted)
    {
        try
        {
            var reader = new Utf8JsonReader(quoted);
            return reader.Read() ? reader.GetString()! : "";
        }
        catch (Exception fault) when (fault is JsonException or InvalidOperationException)
        {
            return ""; // Not UTF-8, or half a character: the whole is refused for that anyway.
        }
    }
}
