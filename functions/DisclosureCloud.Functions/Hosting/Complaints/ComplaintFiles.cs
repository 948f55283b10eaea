using System.Text.Json;
using System.Text.Json.Nodes;
using DisclosureCloud.Ledger;

namespace DisclosureCloud.Functions.Hosting.Complaints;

/// <summary>What stands in the files of a complaint, before they are sealed.</summary>
internal static class ComplaintFiles
{
    public static byte[] Write(Complaint complaint) => CanonicalJson.Write(new JsonObject
    {
        ["sort"] = Code.Text(complaint.Sort),
        ["category"] = Code.Text(complaint.Category),
        ["about"] = new JsonObject(new[]
        {
            ("notice", complaint.About.Notice?.Value),
            ("fund", complaint.About.Fund?.Value),
            ("project", complaint.About.Project?.Value),
            ("region", complaint.About.Region?.Value),
            ("department", complaint.About.Department?.Value),
        }.Where(one => one.Item2 is not null).Select(one => KeyValuePair.Create(one.Item1, (JsonNode?)one.Item2))),
        ["text"] = complaint.Text.Value,
    });

    public static Complaint ReadComplaint(byte[] file)
    {
        using JsonDocument json = JsonDocument.Parse(file);
        var about = new ComplaintSubject(Id<NoticeId>("notice"), Id<FundId>("fund"), Id<ProjectId>("project"), Id<RegionCode>("region"), Id<DepartmentId>("department"));
        return new Complaint(
            Code.Parse<ComplaintSort>(json.RootElement.GetProperty("sort").GetString()!),
            Code.Parse<ComplaintCategory>(json.RootElement.GetProperty("category").GetString()!),
            about,
            FreeText.Of(json.RootElement.GetProperty("text").GetString()!));

        TId? Id<TId>(string name)
            where TId : struct, IId<TId> => json.RootElement.GetProperty("about").TryGetProperty(name, out JsonElement id) ? Ledger.Id.Parse<TId>(id.GetString()!) : null;
    }

    public static byte[] Write(ComplaintChange change)
    {
        var json = new JsonObject
        {
            ["state"] = Code.Text(change.Reply.State),
            ["by"] = change.By.Value,
            ["at"] = Instant.Text(change.At),
        };
        if (change.Reply.Answer is { } answer)
        {
            json["answer"] = answer.Value;
        }

        return CanonicalJson.Write(json);
    }

    public static ComplaintChange ReadChange(byte[] file)
    {
        using JsonDocument json = JsonDocument.Parse(file);
        var reply = new ComplaintReply(
            Code.Parse<ComplaintState>(json.RootElement.GetProperty("state").GetString()!),
            json.RootElement.TryGetProperty("answer", out JsonElement answer) ? FreeText.Of(answer.GetString()!) : null);
        return new ComplaintChange(reply, Id.Parse<PersonId>(json.RootElement.GetProperty("by").GetString()!), Instant.Parse(json.RootElement.GetProperty("at").GetString()!));
    }
}
