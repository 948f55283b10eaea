using System.Collections.Immutable;
using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Nodes;
using DisclosureCloud.Ledger;

namespace DisclosureCloud.Storage;

/// <summary>Openings that were put together, as one document in their posting's partition.</summary>
/// <remarks>
/// <code>{"id": "9f…", "posting": "abc…", "putAt": 1772452800000, "body": "[{\"commitment\":\"…\",\"salt\":\"…\",\"value\":\"…\"}]"}</code>
/// The id is drawn from the commitments that were put, so that a put that is repeated finds what it did before. It stays when some of
/// them are forgotten: a document only ever gets smaller, and goes with its last opening.
/// </remarks>
/// <param name="PutAt">When they were put, in milliseconds since 1970.</param>
/// <param name="ETag">Which state of the document this is; null where it is not from the store.</param>
internal sealed record CosmosValues(string Id, PostingId Posting, long PutAt, ImmutableArray<Opening> Openings, string? ETag)
{
    /// <summary>
    /// How much a document's body has, in bytes before it is compressed, unless a single value has more. At the worst, packed and in base64,
    /// it is a third larger: far below what Cosmos DB takes, and little enough to be written anew for one value that is forgotten.
    /// </summary>
    internal const int BodyMax = 512 * 1024;

    /// <summary>Chinese stays as it is, three bytes a character and not six; no browser ever reads these bytes.</summary>
    private static readonly JsonSerializerOptions AsItIs = new() { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    /// <summary>The documents that openings of one posting are put in; the same ones for the same openings, in whatever order they come.</summary>
    public static IEnumerable<CosmosValues> Of(PostingId posting, IEnumerable<Opening> openings, long putAt)
    {
        ImmutableArray<Opening>.Builder part = ImmutableArray.CreateBuilder<Opening>();
        int length = 0;
        foreach (Opening opening in openings.DistinctBy(opening => opening.Commitment).OrderBy(opening => opening.Commitment.Hex, StringComparer.Ordinal))
        {
            int more = Bytes(Json(opening)).Length;
            if (part.Count > 0 && length + more > BodyMax)
            {
                yield return New(posting, part.DrainToImmutable(), putAt);
                length = 0;
            }

            part.Add(opening);
            length += more;
        }

        if (part.Count > 0)
        {
            yield return New(posting, part.DrainToImmutable(), putAt);
        }
    }

    /// <exception cref="ArgumentException">A single value is larger than Cosmos DB takes.</exception>
    public byte[] ToDocument() => CosmosBody.ToDocument(
        new JsonObject { ["id"] = Id, ["posting"] = Posting.Value, ["putAt"] = PutAt },
        Bytes(new JsonArray([.. Openings.Select(Json)])),
        $"A value of posting {Posting}");

    /// <summary>Reads a document back. Whether its openings are true is not looked at: also what was altered can be forgotten.</summary>
    /// <exception cref="InvalidDataException">It was altered in its store, and can no longer be read.</exception>
    public static CosmosValues Read(JsonElement document)
    {
        string id = document.GetProperty("id").GetString()!;
        PostingId posting = Ledger.Id.Parse<PostingId>(document.GetProperty("posting").GetString()!);
        ImmutableArray<Opening> openings = CosmosBody.Read(
            document, body => OpeningsOf(body, posting), $"The document {id} of posting {posting} is damaged: its body holds no values.");
        return new CosmosValues(id, posting, document.GetProperty("putAt").GetInt64(), openings, document.GetProperty("_etag").GetString());
    }

    /// <summary>The openings, each checked against its commitment: what fails would be published as a false figure.</summary>
    /// <exception cref="InvalidDataException">One was altered in its store.</exception>
    public ImmutableArray<Opening> Checked() => Openings.FirstOrDefault(opening => opening.Salt.Length != Commitment.SaltLength || !opening.IsTrue) is { } altered
        ? throw new InvalidDataException($"The value kept under {altered.Commitment} is damaged: it is not what was committed to.")
        : Openings;

    private static CosmosValues New(PostingId posting, ImmutableArray<Opening> openings, long putAt) =>
        new(Sha256Hex.Of(Bytes(new JsonArray([.. openings.Select(opening => (JsonNode)opening.Commitment.Hex)]))).Value, posting, putAt, openings, ETag: null);

    private static JsonNode Json(Opening opening) => new JsonObject
    {
        ["commitment"] = opening.Commitment.Hex,
        ["salt"] = Convert.ToBase64String(opening.Salt.Span),
        ["value"] = opening.Value,
    };

    private static ImmutableArray<Opening> OpeningsOf(byte[] body, PostingId posting)
    {
        using var json = JsonDocument.Parse(body);
        return
        [
            .. json.RootElement.EnumerateArray().Select(one => new Opening(
                Commitment.Parse(one.GetProperty("commitment").GetString()!),
                one.GetProperty("salt").GetBytesFromBase64(),
                one.GetProperty("value").GetString() ?? throw new FormatException("A value is a text."),
                posting)),
        ];
    }

    private static byte[] Bytes(JsonNode json) => JsonSerializer.SerializeToUtf8Bytes(json, AsItIs);
}
