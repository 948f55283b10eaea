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

    /// <summary>How far it has come and all that it says, so that the second person sees what is to be decided. Its own department alone sees this.</summary>
    public static async Task<JsonObject> WholeAsync(PostingRecord record, IValueStore values, CancellationToken cancellationToken)
    {
        Commitment[] wanted = [.. record.Facts.SelectMany(fact => fact.Commitments()), .. record.Decision?.Word is { } said ? [said] : Array.Empty<Commitment>()];
        Dictionary<Commitment, string> plain = (await values.GetAsync(wanted, cancellationToken)).ToDictionary(opening => opening.Commitment, opening => opening.Value);
        JsonObject json = Progress(record);
        json["says"] = new JsonArray([.. record.Facts.Select(fact => Said(fact, plain))]);
        if (record.Decision?.Word is { } word && plain.TryGetValue(word, out string? text))
        {
            json["checked"] = text;
        }

        return json;
    }

    // What was forgotten meanwhile is left out.
    private static JsonObject Said(SealedFact fact, Dictionary<Commitment, string> plain)
    {
        var json = new JsonObject { ["kind"] = fact.Kind };
        if (fact.Date is { } date)
        {
            json["date"] = SealedFact.DateText(date);
        }

        foreach ((string name, JsonNode? value) in fact.Fields.Where(field => field.Key != "content"))
        {
            json[name] = Opened(value, plain);
        }

        return json;
    }

    private static JsonNode? Opened(JsonNode? node, Dictionary<Commitment, string> plain) => node switch
    {
        JsonObject value when SealedFact.IsCommitment(value) => plain.GetValueOrDefault(SealedFact.CommitmentIn(value)),
        JsonObject group => new JsonObject(group.Select(part => KeyValuePair.Create(part.Key, Opened(part.Value, plain)))),
        JsonArray items => new JsonArray([.. items.Select(item => Opened(item, plain))]),
        _ => node?.DeepClone(),
    };

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
