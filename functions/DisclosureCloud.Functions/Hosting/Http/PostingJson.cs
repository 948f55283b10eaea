using System.Text.Json.Nodes;
using DisclosureCloud.Functions.Hosting.Postings;
using DisclosureCloud.Ledger;

namespace DisclosureCloud.Functions.Hosting.Http;

/// <summary>Postings as the HTTP interface shows them.</summary>
internal static class PostingJson
{
    /// <summary>The answer to a posting. It never changes, however far the posting has come.</summary>
    public static JsonObject Receipt(PostingRecord record) => new()
    {
        ["id"] = record.Id.Value,
        ["kind"] = record.Kind,
        ["state"] = Code.Text(PostingState.Proposed),
        ["receivedAt"] = Instant.Text(record.ReceivedAt),
    };

    /// <summary>How far it has come. Its own department alone sees this.</summary>
    public static JsonObject Progress(PostingRecord record)
    {
        JsonObject json = Receipt(record);
        json["state"] = Code.Text(record.State);
        if (record.Fund is { } fund)
        {
            json["fund"] = fund.Value;
        }

        json["poster"] = record.Poster.Value;
        json["approval"] = Approval(record.NeedsApproval);
        json["channel"] = Code.Text(record.Channel);
        json["findings"] = new JsonArray();
        if (record.Decision is { } decision)
        {
            json["decidedBy"] = decision.By.Value;
            json["decidedAt"] = Instant.Text(decision.At);
        }

        if (record.Refusal is { } refusal)
        {
            json["findings"] = new JsonArray(PostingRecord.FindingJson(refusal));
        }

        json["entries"] = record.State == PostingState.Effective
            ? new JsonArray([.. record.EntryIds.Select(id => (JsonNode)id.Value)])
            : new JsonArray();
        return json;
    }

    /// <summary>A posting in the list of its department.</summary>
    public static JsonObject Line(PostingLine line)
    {
        var json = new JsonObject
        {
            ["id"] = line.Id.Value,
            ["kind"] = line.Kind,
            ["state"] = Code.Text(line.State),
            ["receivedAt"] = Instant.Text(line.ReceivedAt),
        };
        if (line.Fund is { } fund)
        {
            json["fund"] = fund;
        }

        json["poster"] = line.Poster.Value;
        json["approval"] = Approval(line.NeedsApproval);
        return json;
    }

    private static string Approval(bool needed) => needed ? "needed" : "not-needed";
}
