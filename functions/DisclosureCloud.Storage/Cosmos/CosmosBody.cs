using System.IO.Compression;
using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;

namespace DisclosureCloud.Storage;

/// <summary>The bytes that a document carries: as text (<c>body</c>), or compressed where they are many (<c>packed</c>, Brotli in base64).</summary>
/// <remarks>Text and not an object: no service may write a number its own way, or a name in another order.</remarks>
internal static class CosmosBody
{
    /// <summary>Below it a body stays readable in the portal; above it compressing saves request units.</summary>
    public const int PlainMax = 16 * 1024;

    /// <summary>What Cosmos DB takes as one document, in bytes of JSON.</summary>
    public const int DocumentMax = 2 * 1024 * 1024;

    /// <summary>Adds the body to what a document is found by, and writes the document.</summary>
    /// <param name="name">What it is, for the error: <c>Commit 3 of stream 'fund/f1'</c>.</param>
    /// <exception cref="ArgumentException">The document would be larger than Cosmos DB takes, also compressed.</exception>
    public static byte[] ToDocument(JsonObject document, byte[] body, string name)
    {
        if (body.Length <= PlainMax)
        {
            document["body"] = Encoding.UTF8.GetString(body);
        }
        else
        {
            document["packed"] = Convert.ToBase64String(Pack(body));
        }

        byte[] bytes = JsonSerializer.SerializeToUtf8Bytes(document);
        return bytes.Length <= DocumentMax
            ? bytes
            : throw new ArgumentException($"{name} has {bytes.Length} bytes as a document; Cosmos DB takes {DocumentMax}.", nameof(body));
    }

    /// <summary>Reads a document's body.</summary>
    /// <param name="read">Makes of the bytes what they are; what it throws means that they are not.</param>
    /// <param name="damaged">What to say then.</param>
    /// <exception cref="InvalidDataException">The document was altered in its store.</exception>
    public static T Read<T>(JsonElement document, Func<byte[], T> read, string damaged)
    {
        try
        {
            return read(document.TryGetProperty("packed", out JsonElement packed)
                ? Unpack(packed.GetBytesFromBase64())
                : Encoding.UTF8.GetBytes(document.GetProperty("body").GetString() ?? ""));
        }
        catch (Exception exception) when (exception
            is JsonException or FormatException or InvalidOperationException or ArgumentException or NullReferenceException or KeyNotFoundException or InvalidDataException)
        {
            throw new InvalidDataException(damaged, exception);
        }
    }

    private static byte[] Pack(byte[] body)
    {
        using var packed = new MemoryStream();
        using (var brotli = new BrotliStream(packed, CompressionLevel.Fastest))
        {
            brotli.Write(body);
        }

        return packed.ToArray();
    }

    private static byte[] Unpack(byte[] packed)
    {
        using var brotli = new BrotliStream(new MemoryStream(packed), CompressionMode.Decompress);
        using var body = new MemoryStream();
        brotli.CopyTo(body);
        return body.ToArray();
    }
}
