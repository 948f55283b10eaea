using System.Globalization;
using System.Runtime.InteropServices;
using System.Text.Json;
using System.Text.Json.Nodes;
using DisclosureCloud.Ledger;

namespace DisclosureCloud.Storage;

/// <summary>A commit as a document: its key, what it is found by, and its canonical bytes.</summary>
/// <remarks>
/// <code>{"id": "12", "stream": "fund/f1", "version": 12, "commit": "…", "entries": 3, "body": "{…}"}</code>
/// The id is the version and the stream is the partition key, so that of two writers of one version one is told that it exists. The
/// body is the canonical bytes, which are what was decided: see <see cref="CosmosBody"/>. A large one is compressed, since a document has at
/// most 2 MB.
/// </remarks>
internal static class CosmosCommit
{
    public static string IdOf(long version) => version.ToString(CultureInfo.InvariantCulture);

    /// <exception cref="ArgumentException">The document would be larger than Cosmos DB takes, also compressed.</exception>
    public static byte[] ToDocument(Commit commit) => CosmosBody.ToDocument(
        new JsonObject
        {
            ["id"] = IdOf(commit.Version),
            ["stream"] = commit.Stream.Value,
            ["version"] = commit.Version,
            ["commit"] = commit.Id,
            ["entries"] = commit.Entries.Length,
        },
        commit.ToBytes(),
        $"Commit {commit.Version} of stream '{commit.Stream}'");

    /// <summary>Reads a document back, and checks that its body is the commit that the document says it is.</summary>
    /// <exception cref="InvalidDataException">It was altered in its store.</exception>
    public static StampedCommit Read(JsonElement document)
    {
        string stream = document.GetProperty("stream").GetString() ?? "";
        long version = document.GetProperty("version").GetInt64();
        Commit commit = CosmosBody.Read(document, bytes => Commit.FromBytes(bytes), $"Commit {version} of stream '{stream}' is damaged: its body is no commit.");
        return commit.Stream.Value == stream
            && commit.Version == version
            && commit.Id == document.GetProperty("commit").GetString()
            && commit.Entries.Length == document.GetProperty("entries").GetInt32()
                ? new StampedCommit(commit, document.GetProperty("_ts").GetInt64())
                : throw new InvalidDataException(
                    $"Commit {version} of stream '{stream}' is damaged: its body is commit {commit.Version} of stream '{commit.Stream}'.");
    }
}

/// <summary>A commit, and when the service took it.</summary>
/// <param name="Seconds">The service's own clock (<c>_ts</c>): whole seconds since 1970.</param>
[StructLayout(LayoutKind.Auto)]
internal readonly record struct StampedCommit(Commit Commit, long Seconds);
