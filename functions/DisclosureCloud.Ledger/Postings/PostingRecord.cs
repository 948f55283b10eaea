using System.Collections.Immutable;
using System.Text.Json.Nodes;

namespace DisclosureCloud.Ledger;

/// <summary>How far a posting has come.</summary>
public enum PostingState
{
    /// <summary>Durable, and waiting for a second person.</summary>
    Proposed,

    /// <summary>Approved, or in no need of it; the rules are about to be checked again.</summary>
    Approved,

    /// <summary>Its entries are in the ledger.</summary>
    Effective,

    /// <summary>Approved, but the rules refused it at that moment; or a message of the queue that could never become a posting.</summary>
    Refused,

    /// <summary>The second person said no.</summary>
    Rejected,
}

/// <summary>A posting that was taken: who sent what, who decided, what came of it.</summary>
/// <param name="Content">The commitment to the fingerprint of its content.</param>
/// <param name="Facts">What it says, sealed: the same commitments will stand in its entries.</param>
/// <param name="Version">The last version of its stream that this record knows.</param>
public sealed record PostingRecord(
    PostingId Id,
    string Kind,
    DepartmentId Department,
    PersonId Poster,
    Channel Channel,
    DateTimeOffset ReceivedAt,
    Commitment Content,
    StreamName Target,
    ImmutableArray<SealedFact> Facts,
    PostingState State,
    PostingDecision? Decision,
    Finding? Refusal,
    long Version) : PostingFate(Id, Department, Poster, Channel, ReceivedAt)
{
    private const string ApprovalName = "approval";
    private const string NotNeeded = "not-needed";

    public override IEnumerable<Commitment> Commitments =>
        [Content, .. Facts.SelectMany(fact => fact.Commitments()), .. Decision?.Word is { } word ? [word] : Array.Empty<Commitment>()];

    /// <summary>The fund that it is about; null where it is about none.</summary>
    public FundId? Fund => Target.Fund ?? (Facts[0].Fields["fund"] is { } fund ? Ledger.Id.Parse<FundId>(fund.GetValue<string>()) : null);

    /// <summary>False where its kind needed no second person when it was sent: it is approved from its first commit on, by nobody.</summary>
    public bool NeedsApproval { get; init; } = true;

    /// <summary>The ids that its entries have, or would have.</summary>
    public IEnumerable<EntryId> EntryIds => Facts.Select((_, index) => EntryId.Of(Id, index + 1));

    /// <summary>The first commit of its stream.</summary>
    /// <remarks>Its id names the salted content, so that another copy sent at the same moment is a conflict, never taken for this one.</remarks>
    public Commit Propose() => new(Stream, 0, $"proposed-{Content.Hex}", ReceivedAt, [], WithRegion(WithApproval(new JsonObject
    {
        ["state"] = Code.Text(PostingState.Proposed),
        ["kind"] = Kind,
        ["department"] = Department.Value,
        ["poster"] = Poster.Value,
        ["channel"] = Code.Text(Channel),
        ["content"] = Content.Hex,
        ["target"] = Target.Value,
        ["facts"] = new JsonArray([.. Facts.Select(Json)]),
    })));

    /// <summary>The commit that states a second person's decision. Only the first decision gets its version.</summary>
    public Commit Decide(PostingDecision decision)
    {
        ArgumentNullException.ThrowIfNull(decision);
        var state = new JsonObject
        {
            ["state"] = Code.Text(decision.Approved ? PostingState.Approved : PostingState.Rejected),
            ["by"] = decision.By.Value,
        };
        if (decision.Word is { } word)
        {
            state["word"] = word.Hex;
        }

        // The id names the decider, so that a repeated append by another is a conflict and not taken for the same commit.
        string id = $"{(decision.Approved ? "approved" : "rejected")}-by-{decision.By.Value}";
        return new Commit(Stream, Version + 1, id, decision.At, [], state);
    }

    /// <summary>The commit that states what came of an approved posting; the target's stream has decided it before.</summary>
    public Commit Settle(Finding? refusal, DateTimeOffset at)
    {
        var state = new JsonObject { ["state"] = Code.Text(refusal is null ? PostingState.Effective : PostingState.Refused) };
        if (refusal is not null)
        {
            state["refusal"] = FindingJson(refusal);
        }

        return new Commit(Stream, Version + 1, "settled", at, [], state);
    }

    /// <summary>How far a posting has come with this commit of its stream.</summary>
    public static PostingState StateOf(Commit commit)
    {
        ArgumentNullException.ThrowIfNull(commit);
        PostingState state = Code.Parse<PostingState>(
            commit.State["state"]?.GetValue<string>() ?? throw new FormatException($"A commit of {commit.Stream} has a 'state'."));
        return state == PostingState.Proposed && !IsApprovalNeeded(commit) ? PostingState.Approved : state;
    }

    /// <summary>The record after the commits of its stream, or null where there are none.</summary>
    public static PostingRecord? Fold(IEnumerable<Commit> commits)
    {
        ArgumentNullException.ThrowIfNull(commits);
        return commits.Aggregate((PostingRecord?)null, (record, commit) => record is null ? First(commit) : record.After(commit));
    }

    public static JsonObject FindingJson(Finding finding)
    {
        ArgumentNullException.ThrowIfNull(finding);
        var json = new JsonObject { ["pointer"] = finding.Pointer, ["code"] = finding.Code, ["detail"] = finding.Detail };
        if (finding.Found is { } found)
        {
            json["found"] = found;
        }

        if (finding.Wanted is { } wanted)
        {
            json["wanted"] = wanted;
        }

        return json;
    }

    public static Finding FindingOf(JsonNode json)
    {
        ArgumentNullException.ThrowIfNull(json);
        return new Finding(
            json["pointer"]!.GetValue<string>(),
            json["code"]!.GetValue<string>(),
            json["detail"]!.GetValue<string>(),
            json["found"]?.GetValue<string>(),
            json["wanted"]?.GetValue<string>());
    }

    private PostingRecord After(Commit commit)
    {
        JsonObject state = commit.State;
        PostingRecord next = this with { State = StateOf(commit), Version = commit.Version };
        return next.State switch
        {
            PostingState.Approved or PostingState.Rejected => next with
            {
                Decision = new PostingDecision(
                    next.State == PostingState.Approved,
                    Ledger.Id.Parse<PersonId>(state["by"]!.GetValue<string>()),
                    commit.RecordedAt,
                    state["word"] is { } word ? Commitment.Parse(word.GetValue<string>()) : null),
            },
            PostingState.Refused => next with { Refusal = FindingOf(state["refusal"]!) },
            _ => next,
        };
    }

    private static PostingRecord First(Commit commit)
    {
        JsonObject state = commit.State;
        return new PostingRecord(
            commit.Stream.Posting ?? throw new FormatException($"{commit.Stream} is no posting's stream."),
            Text("kind"),
            Ledger.Id.Parse<DepartmentId>(Text("department")),
            Ledger.Id.Parse<PersonId>(Text("poster")),
            Code.Parse<Channel>(Text("channel")),
            commit.RecordedAt,
            Commitment.Parse(Text("content")),
            Ledger.Id.Parse<StreamName>(Text("target")),
            [.. state["facts"]!.AsArray().Select(Fact)],
            StateOf(commit),
            Decision: null,
            Refusal: null,
            commit.Version)
        {
            NeedsApproval = IsApprovalNeeded(commit),
            Region = RegionIn(commit),
        };

        string Text(string name) => state[name]!.GetValue<string>();
    }

    // Kept with the posting: what the operator says later changes nothing that was sent before.
    private JsonObject WithApproval(JsonObject proposed)
    {
        if (!NeedsApproval)
        {
            proposed[ApprovalName] = NotNeeded;
        }

        return proposed;
    }

    // Whatever was written before there was such a word needed approval.
    private static bool IsApprovalNeeded(Commit proposed) => proposed.State[ApprovalName]?.GetValue<string>() != NotNeeded;

    private static JsonNode Json(SealedFact fact)
    {
        var json = new JsonObject { ["kind"] = fact.Kind, ["fields"] = fact.Fields.DeepClone() };
        if (fact.Date is { } date)
        {
            json["date"] = SealedFact.DateText(date);
        }

        return json;
    }

    private static SealedFact Fact(JsonNode? json) => new(
        json!["kind"]!.GetValue<string>(), SealedFact.DateOf(json["date"]), (JsonObject)json["fields"]!.DeepClone());
}

/// <summary>What the second person decided, and the commitment to the word they gave on what they checked.</summary>
public sealed record PostingDecision(bool Approved, PersonId By, DateTimeOffset At, Commitment? Word);
