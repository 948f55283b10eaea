using System.Text.Json.Nodes;
using DisclosureCloud.Functions.Hosting.Sealing;
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
    /// <summary>What opens the file, as its department sent it.</summary>
    public FileSeal Seal => new(ToString(), SubjectOf(Id, MediaType), Length, Commitment, Salt, Key);

    /// <summary>The record of a file that is sent now.</summary>
    public static EvidenceRecord Of(
        EvidenceFileId id, DepartmentId department, RegionCode region, string mediaType, ReadOnlySpan<byte> file, DateTimeOffset receivedAt, ISaltSource salts) =>
        Of(id, department, region, mediaType, receivedAt, FileSeal.Of(NameOf(id), SubjectOf(id, mediaType), file, salts));

    /// <summary>As it is kept.</summary>
    public JsonObject Write()
    {
        var json = new JsonObject
        {
            ["department"] = Department.Value,
            ["region"] = Region.Value,
            ["mediaType"] = MediaType,
            ["receivedAt"] = Instant.Text(ReceivedAt),
        };
        Seal.WriteTo(json);
        return json;
    }

    /// <summary>The record of what was kept.</summary>
    public static EvidenceRecord Read(EvidenceFileId id, JsonNode json)
    {
        string mediaType = Text("mediaType");
        return Of(
            id,
            Ledger.Id.Parse<DepartmentId>(Text("department")),
            Ledger.Id.Parse<RegionCode>(Text("region")),
            mediaType,
            Instant.Parse(Text("receivedAt")),
            FileSeal.Read(NameOf(id), SubjectOf(id, mediaType), json));

        string Text(string name) => json[name]!.GetValue<string>();
    }

    /// <summary>Names it, and nothing else: a key must not reach diagnostics by way of a record's ToString.</summary>
    public override string ToString() => NameOf(Id);

    private static EvidenceRecord Of(EvidenceFileId id, DepartmentId department, RegionCode region, string mediaType, DateTimeOffset receivedAt, FileSeal seal) =>
        new(id, department, region, mediaType, seal.Length, receivedAt, seal.Commitment, seal.Salt, seal.Key);

    private static string NameOf(EvidenceFileId id) => $"evidence file {id}";

    // What is said of a file is bound to it.
    private static string SubjectOf(EvidenceFileId id, string mediaType) => $"disclosurecloud/evidence/1\n{id}\n{mediaType}";
}
