using System.Globalization;
using System.IO.Compression;
using System.Runtime.InteropServices;
using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;
using DisclosureCloud.Ledger;

namespace DisclosureCloud.Storage;

/// <summary>A commit as a document: its key, what it is found by, and its canonical bytes.</summary>
/// <remarks>
/// <code>{"id": "12", "stream": "fund/f1", "version": 12, "commit": "…", "entries": 3, "body": "{…}"}</code>
/// The id is the version and the stream is the partition key, so that of two writers of one version one is told that it exists. The
/// body is text and not an object: its bytes are what was decided, and no store may write a number its own way. A large one is
/// compressed (<c>packed</c>, Brotli in base64), since a document has at most 2 MB.
/// </remarks>
internal static class CosmosCommit
{
    /// <summary>Below it a body stays readable in the portal; above it compressing saves request units.</summary>
    internal const int PlainMax = 16 * 1024;

    /// <summary>What Cosmos DB takes as one document, in bytes of JSON.</summary>
    internal const int DocumentMax = 2 * 1024 * 1024;

    public static string IdOf(long version) => version.ToString(CultureInfo.InvariantCulture);

    /// <exception cref="ArgumentException">The document would be larger than Cosmos DB takes, also compressed.</exception>
    public static byte[] ToDocument(Commit commit)
    {
        byte[] body = commit.ToBytes();
        var json = new JsonObject
        {
            ["id"] = IdOf(commit.Version),
            ["stream"] = commit.Stream.Value,
            ["version"] = commit.Version,
            ["commit"] = commit.Id,
            ["entries"] = commit.Entries.Length,
        };
        if (body.Length <= PlainMax)
        {
            json["body"] = Encoding.UTF8.GetString(body);
        }
        else
        {
            json["packed"] = Convert.ToBase64String(Pack(body));
        }

        byte[] document = JsonSerializer.SerializeToUtf8Bytes(json);
        return document.Length <= DocumentMax
            ? document
            : throw new ArgumentException($"Commit {commit.Version} of stream '{commit.Stream}' has {document.Length} bytes as a document; Cosmos DB takes {DocumentMax}.", nameof(commit));
    }

    /// <summary>Reads a document back, and checks that its body is the commit that the document says it is.</summary>
    /// <exception cref="InvalidDataException">It was altered in its store.</exception>
    public static StampedCommit Read(JsonElement document)
    {
        string stream = document.GetProperty("stream").GetString() ?? "";
        long version = document.GetProperty("version").GetInt64();
        Commit commit;
        try
        {
            commit = Commit.FromBytes(document.TryGetProperty("packed", out JsonElement packed)
                ? Unpack(packed.GetBytesFromBase64())
                : Encoding.UTF8.GetBytes(document.GetProperty("body").GetString() ?? ""));
        }
        catch (Exception exception) when (exception
            is JsonException or FormatException or InvalidOperationException or ArgumentException or NullReferenceException or KeyNotFoundException or InvalidDataException)
        {
            throw new InvalidDataException($"Commit {version} of stream '{stream}' is damaged: its body is no commit.", exception);
        }

        return commit.Stream.Value == stream
            && commit.Version == version
            && commit.Id == document.GetProperty("commit").GetString()
            && commit.Entries.Length == document.GetProperty("entries").GetInt32()
                ? new StampedCommit(commit, document.GetProperty("_ts").GetInt64())
                : throw new InvalidDataException(
                    $"Commit {version} of stream '{stream}' is damaged: its body is commit {commit.Version} of stream '{commit.Stream}'.");
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

/// <summary>A commit, and when the service took it.</summary>
/// <param name="Seconds">The service's own clock (<c>_ts</c>): whole seconds since 1970.</param>
[StructLayout(LayoutKind.Auto)]
internal readonly record struct StampedCommit(Commit Commit, long Seconds);
