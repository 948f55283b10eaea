using System.Text;
using System.Text.Json.Nodes;
using DisclosureCloud.Functions.Hosting.Postings;
using DisclosureCloud.Ledger;

namespace DisclosureCloud.Functions.Hosting.Bulk;

/// <summary>Who sent a file of many postings, and how it is known again: what is kept of it until it is forgotten.</summary>
/// <param name="Commitment">To the salt and the file's bytes. Without the salt nobody could find out by guessing what the file said.</param>
internal sealed record BulkRequest(
    BulkId Id, DepartmentId Department, PersonId Person, RegionCode? Region, BulkFormat Format, bool IsRehearsal, DateTimeOffset ReceivedAt, Commitment Commitment, string Salt)
{
    public Sender Sender => new(Department, Person, Channel.Http, Region);

    /// <summary>True where the file is the one that was sent before.</summary>
    public bool IsOf(ReadOnlySpan<byte> file) => Commitment.Of(Convert.FromHexString(Salt), file) == Commitment;

    /// <summary>True where it is the business of somebody: of their department, and of their region.</summary>
    public bool IsSeenBy(Sender reader) => reader.Department == Department && reader.ActsFor(Region ?? RegionCode.Country);

    public static BulkRequest Of(BulkId id, Sender sender, BulkFormat format, bool isRehearsal, ReadOnlySpan<byte> file, DateTimeOffset at, ISaltSource salts)
    {
        byte[] salt = new byte[Commitment.SaltLength];
        salts.Fill(salt);
        return new BulkRequest(
            id, sender.Department, sender.Person, sender.Region, format, isRehearsal, at, Commitment.Of(salt, file), Convert.ToHexStringLower(salt));
    }

    public byte[] Write()
    {
        var json = new JsonObject
        {
            ["department"] = Department.Value,
            ["person"] = Person.Value,
            ["form"] = Code.Text(Format.Form),
            ["rehearsal"] = IsRehearsal,
            ["receivedAt"] = Instant.Text(ReceivedAt),
            ["commitment"] = Commitment.Hex,
            ["salt"] = Salt,
        };
        if (Region is { } region)
        {
            json["region"] = region.Value;
        }

        if (Format.Charset is { } charset)
        {
            json["charset"] = charset;
        }

        return CanonicalJson.Write(json);
    }

    public static BulkRequest Read(BulkId id, ReadOnlySpan<byte> bytes)
    {
        JsonNode json = JsonNode.Parse(Encoding.UTF8.GetString(bytes))!;
        return new BulkRequest(
            id,
            Ledger.Id.Parse<DepartmentId>(Text("department")!),
            Ledger.Id.Parse<PersonId>(Text("person")!),
            Text("region") is { } region ? Ledger.Id.Parse<RegionCode>(region) : null,
            new BulkFormat(Code.Parse<BulkForm>(Text("form")!), Text("charset")),
            json["rehearsal"]!.GetValue<bool>(),
            Instant.Parse(Text("receivedAt")!),
            Commitment.Parse(Text("commitment")!),
            Text("salt")!);

        string? Text(string name) => json[name]?.GetValue<string>();
    }
}
