using System.Text;
using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Nodes;
using DisclosureCloud.Ledger;

namespace DisclosureCloud.Functions.Tests.Fuzzing;

/// <summary>A body that was spoilt, and how.</summary>
/// <param name="IsSurelyBad">False where bytes were changed at random, which may by chance leave a good body.</param>
internal sealed record BadBody(byte[] Bytes, string How, bool IsSurelyBad)
{
    private const string Mark = "\"@here@\"";

    private static readonly JsonSerializerOptions AsItIs = new() { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping, MaxDepth = 2_000 };

    private static readonly string[] BadNumbers = ["1e400", "-1", "99999999999999999999999", "-1e9", "1e-400", "1e999999999", "-9223372036854775809", "0.00000000001"];

    private static readonly string[] BadTexts = ["", " \t", "中\u0007", "\u202e", "\ud83d\ude00\u0000", new string('长', FreeText.LengthMax + 1)];

    // None of them could be the name of a field of ours, now or later.
    private static readonly string[] BadNames = ["", " ", "KIND", "kind ", "__proto__", "a/b~c", "种类", "1", new string('n', 200)];

    private static readonly string[] NoObjects = ["null", "[]", "[{}]", "1", "\"x\"", "true", "{}", "", " ", "\u0000"];

    private static readonly string[] Pieces =
        ["\"", "\\u0000", "\\ud83d", "\\uffff", "null", "{}", "[]", "e999999999", "-", ".", "1e", "99999999999999999999", "true", ",", ":", "\\", "\u2028", "\ufeff"];

    /// <summary>What is done to the tree of a good body: each alone makes it bad, whatever else is wrong with it.</summary>
    private static readonly (string How, Func<JsonObject, string[], Random, string?> Do)[] OfTheTree =
    [
        ("wrong type", WrongType),
        ("missing", Missing),
        ("unknown field", Unknown),
        ("bad number", (json, _, random) => Replaced(json, JsonValueKind.Number, BadNumbers[random.Next(BadNumbers.Length)], random)),
        ("bad text", (json, _, random) => Replaced(json, JsonValueKind.String, JsonSerializer.Serialize(BadTexts[random.Next(BadTexts.Length)], AsItIs), random)),
        ("lone surrogate", (json, _, random) => Replaced(json, JsonValueKind.String, random.Next(2) == 0 ? "\"a\\ud800b\"" : "\"\\udc00\\ud800\"", random)),
        ("too deep", (json, _, random) => Replaced(json, null, Deep(random.Next(17, 1_500)), random)),
    ];

    /// <summary>What is done to the bytes of a good body: again each alone makes it bad.</summary>
    private static readonly (string How, Func<byte[], Random, byte[]> Do)[] OfTheBytes =
    [
        ("not UTF-8", (body, random) => Inserted(body, random.Next(body.Length + 1), [[0xff], [0xc0, 0x80], [0xed, 0xa0, 0x80], [0xf5, 0x80, 0x80, 0x80], [0xe4, 0xb8]], random)),
        ("truncated", (body, random) => body[..random.Next(body.Length)]),
        ("a name twice", (body, _) => [.. "{\"kind\":1,\"k\\u0069nd\":2,"u8, .. body[1..]]),
        ("a byte order mark", (body, _) => [.. Encoding.UTF8.Preamble, .. body]),
        ("something behind it", (body, random) => Inserted(body, body.Length, ["{}"u8.ToArray(), ","u8.ToArray(), "\0"u8.ToArray(), "x"u8.ToArray()], random)),
        ("no object", (_, random) => Encoding.UTF8.GetBytes(NoObjects[random.Next(NoObjects.Length)])),
        ("UTF-16", (body, _) => Encoding.Unicode.GetBytes(Encoding.UTF8.GetString(body))),
    ];

    /// <summary>A good body with a fault or two.</summary>
    /// <param name="required">The fields that it may not lack.</param>
    public static BadBody Of(JsonObject good, string[] required, Random random)
    {
        int which = random.Next(OfTheTree.Length + OfTheBytes.Length);
        if (which >= OfTheTree.Length)
        {
            (string broken, Func<byte[], Random, byte[]> change) = OfTheBytes[which - OfTheTree.Length];
            return new BadBody(change(BytesOf(good), random), broken, IsSurelyBad: true);
        }

        (string how, Func<JsonObject, string[], Random, string?> spoil) = OfTheTree[which];
        string? text = spoil(good, required, random);
        return text is null ? Of(good, required, random) : new BadBody(Encoding.UTF8.GetBytes(text), how, IsSurelyBad: true);
    }

    /// <summary>A good body of which some bytes were changed.</summary>
    public static BadBody Mutated(JsonObject good, Random random)
    {
        var body = new List<byte>(BytesOf(good));
        for (int times = random.Next(1, 4); times > 0 && body.Count > 0; times--)
        {
            int at = random.Next(body.Count);
            int length = Math.Min(random.Next(1, 12), body.Count - at);
            switch (random.Next(6))
            {
                case 0:
                    body[at] = (byte)random.Next(256);
                    break;
                case 1:
                    body.RemoveRange(at, length);
                    break;
                case 2:
                    body.InsertRange(at, body.GetRange(random.Next(body.Count - length), length));
                    break;
                case 3:
                    body[at] ^= (byte)(1 << random.Next(8));
                    break;
                case 4:
                    body.InsertRange(at, Encoding.UTF8.GetBytes(Pieces[random.Next(Pieces.Length)]));
                    break;
                default:
                    body.RemoveRange(at, body.Count - at - random.Next(Math.Min(3, body.Count - at)));
                    break;
            }
        }

        return new BadBody([.. body], "mutated", IsSurelyBad: false);
    }

    private static string? WrongType(JsonObject json, string[] required, Random random)
    {
        JsonNode place = Places(json)[random.Next(Places(json).Count)];
        string[] others = [.. new[] { "true", "7", "\"七\"", "{}", "[]", "[[]]", "{\"a\":1}" }.Where(other => KindOf(JsonNode.Parse(other)!) != KindOf(place))];
        return With(json, place, others[random.Next(others.Length)]);
    }

    private static string Missing(JsonObject json, string[] required, Random random)
    {
        var copy = (JsonObject)json.DeepClone();
        copy.Remove(required[random.Next(required.Length)]);
        return copy.ToJsonString(AsItIs);
    }

    private static string Unknown(JsonObject json, string[] required, Random random)
    {
        var copy = (JsonObject)json.DeepClone();
        JsonObject[] objects = [copy, .. Places(copy).OfType<JsonObject>()];
        string name = BadNames[random.Next(BadNames.Length)];
        objects[random.Next(objects.Length)][name] = random.Next(2) == 0 ? null : 1;
        return copy.ToJsonString(AsItIs);
    }

    // Another value in the place of one of the kind; null where the body has none of it.
    private static string? Replaced(JsonObject json, JsonValueKind? kind, string by, Random random)
    {
        JsonNode[] places = [.. Places(json).Where(place => kind is null || KindOf(place) == kind)];
        return places.Length == 0 ? null : With(json, places[random.Next(places.Length)], by);
    }

    // What is put in need not be JSON that a tree can hold: it goes into the text.
    private static string With(JsonObject json, JsonNode place, string by)
    {
        var copy = (JsonObject)json.DeepClone();
        Places(copy)[Places(json).IndexOf(place)].ReplaceWith(JsonNode.Parse(Mark));
        return copy.ToJsonString(AsItIs).Replace(Mark, by, StringComparison.Ordinal);
    }

    /// <summary>Every value within, in the order of the text. The root is none.</summary>
    private static List<JsonNode> Places(JsonNode json)
    {
        IEnumerable<JsonNode?> children = json switch
        {
            JsonObject members => members.Select(member => member.Value),
            JsonArray items => items,
            _ => [],
        };
        return [.. children.OfType<JsonNode>().SelectMany(child => Places(child).Prepend(child))];
    }

    private static JsonValueKind KindOf(JsonNode json) => json.GetValueKind() is JsonValueKind.False ? JsonValueKind.True : json.GetValueKind();

    private static string Deep(int depth) => string.Concat(Enumerable.Repeat("[{\"a\":", depth / 2)) + "1" + string.Concat(Enumerable.Repeat("}]", depth / 2));

    private static byte[] Inserted(byte[] body, int at, byte[][] pieces, Random random) => [.. body[..at], .. pieces[random.Next(pieces.Length)], .. body[at..]];

    private static byte[] BytesOf(JsonObject json) => Encoding.UTF8.GetBytes(json.ToJsonString(AsItIs));
}
