using System.Text;
using System.Text.Json.Nodes;
using DisclosureCloud.Ledger;

namespace DisclosureCloud.Functions.Hosting.EvidenceFiles;

/// <summary>What is known of an evidence file, and what reads it: once this is forgotten, nobody can.</summary>
/// <remarks>
/// It is kept where values are kept that can be forgotten, and nowhere else. No name of the file is in it: what a file is called at its
/// department may be the name of a person.
/// </remarks>
/// <param name="Region">For what part of the country its sender acts.</param>
/// <param name="Length">In bytes, as it was sent.</param>
/// <param name="Commitment">To the salt and the file's bytes: what entries that name it hold.</param>
/// <param name="Salt">32 random bytes.</param>
/// <param name="Key">32 random bytes, for this file alone.</param>
internal sealed record EvidenceRecord(
    EvidenceFileId Id,
    DepartmentId Department,
    RegionCode Region,
    string MediaType,
    int Length,
    DateTimeOffset ReceivedAt,
    Commitment Commitment,
    ReadOnlyMemory<byte> Salt,
    ReadOnlyMemory<byte> Key)
{
    /// <summary>256 bits.</summary>
    public const int KeyLength = 32;

    /// <summary>As it is kept.</summary>
    public string Write() => Encoding.UTF8.GetString(CanonicalJson.Write(new JsonObject
    {
        ["department"] = Department.Value,
        ["region"] = Region.Value,
        ["mediaType"] = MediaType,
        ["bytes"] = Length,
        ["receivedAt"] = Instant.Text(ReceivedAt),
        ["commitment"] = Commitment.Hex,
        ["salt"] = Convert.ToHexStringLower(Salt.Span),
        ["key"] = Convert.ToBase64String(Key.Span),
    }));

    /// <summary>The record of what was kept.</summary>
    public static EvidenceRecord Read(EvidenceFileId id, JsonNode json)
    {
        return new EvidenceRecord(
            id,
            Ledger.Id.Parse<DepartmentId>(Text("department")),
            Ledger.Id.Parse<RegionCode>(Text("region")),
            Text("mediaType"),
            json["bytes"]!.GetValue<int>(),
            Instant.Parse(Text("receivedAt")),
            Commitment.Parse(Text("commitment")),
            Convert.FromHexString(Text("salt")),
            Convert.FromBase64String(Text("key")));

        string Text(string name) => json[name]!.GetValue<string>();
    }

    /// <summary>Names it, and nothing else: a key must not reach diagnostics by way of a record's ToString.</summary>
    public override string ToString() => $"evidence file {Id}";
}
