using System.Collections.Immutable;
using System.ComponentModel;
using System.Text.Json;
using System.Text.Json.Nodes;
using System.Text.Json.Serialization;
using DisclosureCloud.Functions.Hosting.Http;
using DisclosureCloud.Ledger;
using DisclosureCloud.Transparency;

namespace DisclosureCloud.Functions.Hosting.Entries;

/// <summary>An entry of the published log with all that shows that it is there.</summary>
internal sealed record EntryProof(
    EntryId Entry,
    [property: Description("Its place in the log, from 0.")] long LeafIndex,
    [property: Description("The leaf byte for byte, in base64. The leaf hash is SHA-256 of a zero byte and these (RFC 6962).")] string Bytes,
    [property: Description("The same leaf as JSON. A value that can be forgotten stands as its commitment.")] LeafJson Leaf,
    [property: Description("What opens its commitments, as far as it is published: the commitment is SHA-256 of the salt's 32 bytes and the value in UTF-8.")] ImmutableArray<LeafOpening> Openings,
    [property: Description("The size of the tree that the proof is in.")] long TreeSize,
    [property: Description("That tree's root hash, in base64.")] string RootHash,
    [property: Description("The inclusion proof (RFC 6962, section 2.1.1): hashes in base64, from the leaf up.")] ImmutableArray<string> Hashes,
    [property: Description("The signed note of that tree, whole, where that tree is the published one.")] string? Checkpoint,
    [property: Description("From that tree to the published one, where it is an older one.")] TreeGrowthProof? Consistency);

/// <summary>The proof that a tree begins with an older one.</summary>
internal sealed record TreeGrowthProof(
    [property: Description("The older tree's size.")] long From,
    [property: Description("The newer tree's size.")] long To,
    [property: Description("The older tree's root hash, in base64.")] string FromRootHash,
    [property: Description("The newer tree's root hash, in base64.")] string ToRootHash,
    [property: Description("The consistency proof (RFC 6962, section 2.1.2): hashes in base64. Empty from 0, and to the same size.")] ImmutableArray<string> Hashes,
    [property: Description("The signed note of the newer tree, whole, where it comes along.")] string? Checkpoint)
{
    public static TreeGrowthProof Of((ConsistencyProof Proof, TreeHead Older, TreeHead Newer) proof, string? checkpoint) => new(
        proof.Older.Size,
        proof.Newer.Size,
        proof.Older.Root.ToBase64(),
        proof.Newer.Root.ToBase64(),
        [.. proof.Proof.Hashes.Select(hash => hash.ToBase64())],
        checkpoint);
}

/// <summary>What opens a commitment.</summary>
internal sealed record LeafOpening(
    [property: Description("In hexadecimal.")] string Commitment,
    [property: Description("In hexadecimal.")] string Salt,
    string Value)
{
    public static LeafOpening Of(PublishedOpening opening) => new(opening.Commitment.Hex, Convert.ToHexStringLower(opening.Salt.Span), opening.Value);
}

/// <summary>A leaf as it stands in the log.</summary>
[JsonConverter(typeof(LeafJsonConverter))]
internal sealed record LeafJson(ReadOnlyMemory<byte> Bytes);

/// <summary>A leaf is written byte for byte: it is JSON already.</summary>
internal sealed class LeafJsonConverter : WritingConverter<LeafJson>, INamedSchema
{
    public override JsonObject Schema() => new() { ["type"] = "object", ["required"] = new JsonArray("id", "kind", "recordedAt"), ["additionalProperties"] = true };

    public override void Write(Utf8JsonWriter writer, LeafJson value, JsonSerializerOptions options) => writer.WriteRawValue(value.Bytes.Span);
}

/// <summary>Where an entry of a posting is public.</summary>
internal sealed record PublicEntry(
    EntryId Entry,
    [property: Description("Its place in the log, from 0.")] long LeafIndex,
    [property: Description("The address of its proof.")] string Proof);
