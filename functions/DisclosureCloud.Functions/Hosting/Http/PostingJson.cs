using System.Collections.Immutable;
using System.Text.Json.Nodes;
using DisclosureCloud.Functions.Hosting.Entries;
using DisclosureCloud.Functions.Hosting.Postings;
using DisclosureCloud.Ledger;

namespace DisclosureCloud.Functions.Hosting.Http;

/// <summary>Postings as the HTTP interface shows them.</summary>
internal static class PostingJson
{
    public static Receipt Receipt(PostingRecord record) => new(record.Id, record.Kind, PostingState.Proposed, record.ReceivedAt);

    /// <summary>How far it has come and all that it says, so that the second person sees what is to be decided. Its own department alone sees this.</summary>
    /// <param name="leaves">Finds where its entries are public; null right after a decision, when none can be.</param>
    public static async Task<WholePosting> WholeAsync(PostingFate fate, IValueStore values, PostingLeaves? leaves, CancellationToken cancellationToken)
    {
        if (fate is not PostingRecord record)
        {
            var message = (TurnedAway)fate;
            return Refused(message, message.FindingsIn(await values.GetAsync([message.Id], cancellationToken)));
        }

        Dictionary<Commitment, string> plain = (await values.GetAsync([record.Id], cancellationToken)).ToDictionary(opening => opening.Commitment, opening => opening.Value);
        ImmutableArray<EntryId> entries = record.State == PostingState.Effective ? [.. record.EntryIds] : [];
        return new WholePosting(
            record.Id,
            record.Kind,
            record.State,
            record.ReceivedAt,
            record.Fund,
            record.Poster,
            Approval(record.NeedsApproval),
            record.Channel,
            record.Refusal is { } refusal ? [refusal] : [],
            record.Decision?.By,
            record.Decision?.At,
            entries,
            entries.IsEmpty || leaves is null ? null : await leaves.FindAsync(entries, cancellationToken),
            [.. record.Facts.Select(fact => Said(fact, plain))],
            record.Decision?.Word is { } word ? plain.GetValueOrDefault(word) : null);
    }

    private static WholePosting Refused(TurnedAway message, ImmutableArray<Finding> findings) => new(
        message.Id,
        message.Kind,
        PostingState.Refused,
        message.ReceivedAt,
        Fund: null,
        message.Poster,
        Approving.NotNeeded,
        message.Channel,
        findings,
        DecidedBy: null,
        DecidedAt: null,
        Entries: [],
        Public: null,
        Says: [],
        Checked: null);

    /// <summary>A posting in the list of its department.</summary>
    public static ListedPosting Line(PostingLine line) =>
        new(line.Id, line.Kind, line.State, line.ReceivedAt, line.Fund, line.Poster, Approval(line.NeedsApproval));

    // What was forgotten meanwhile is null.
    private static OpenedFact Said(SealedFact fact, Dictionary<Commitment, string> plain)
    {
        var json = new JsonObject { ["kind"] = fact.Kind };
        if (fact.Date is { } date)
        {
            json["date"] = SealedFact.DateText(date);
        }

        // A fingerprint says nothing to a reader. Its field is told by its type: other kinds have a content that is one.
        string[] silent = [.. KindSchema.Find(fact.Kind)!.Fields.Where(field => field.ValueType == typeof(Fingerprint)).Select(field => field.LeafName)];
        foreach ((string name, JsonNode? value) in fact.Fields.Where(field => !silent.Contains(field.Key, StringComparer.Ordinal)))
        {
            json[name] = Opened(value, plain);
        }

        return new OpenedFact(json);
    }

    private static JsonNode? Opened(JsonNode? node, Dictionary<Commitment, string> plain) => node switch
    {
        JsonObject value when SealedFact.IsCommitment(value) => plain.GetValueOrDefault(SealedFact.CommitmentIn(value)),
        JsonObject group => new JsonObject(group.Select(part => KeyValuePair.Create(part.Key, Opened(part.Value, plain)))),
        JsonArray items => new JsonArray([.. items.Select(item => Opened(item, plain))]),
        _ => node?.DeepClone(),
    };

    private static Approving Approval(bool needed) => needed ? Approving.Needed : Approving.NotNeeded;
}
