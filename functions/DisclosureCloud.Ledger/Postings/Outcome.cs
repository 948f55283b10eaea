using System.Collections.Immutable;
using System.Text.Json.Nodes;

namespace DisclosureCloud.Ledger;

/// <summary>The one commit in a target's stream by which an approved posting's fate is decided: its entries, or its refusal.</summary>
/// <remarks>
/// A refusal is a commit too, without entries. Were it written in the posting's stream alone, two processes that finish the same posting
/// at once could refuse and record it. So the target's stream decides, and the posting's stream only repeats what it says.
/// </remarks>
public static class Outcome
{
    private const string StateName = "books";
    private const string RefusalName = "refusal";

    /// <summary>Decides a posting upon the target's last commit.</summary>
    /// <param name="posting">An approved posting.</param>
    /// <param name="last">The last commit of its target's stream; null where that is empty.</param>
    /// <param name="around">What else the decision looks at.</param>
    /// <param name="at">The moment of recording.</param>
    public static Commit Decide(PostingRecord posting, Commit? last, Surroundings around, DateTimeOffset at)
    {
        ArgumentNullException.ThrowIfNull(posting);
        ArgumentNullException.ThrowIfNull(around);
        ImmutableArray<SealedFact> facts = Kept(posting.Facts, around);
        var question = new Case([.. facts.Select(fact => fact.Open(around.ValueOf))], facts[^1].Date, posting.Id, posting.Department, around);
        (StreamState? next, Rejection? rejection) = Judge(question, StateOf(last));
        var state = new JsonObject();
        if ((rejection is null ? Marked(next, posting) : StateOf(last)) is { } carried)
        {
            state[StateName] = carried.ToJson();
        }

        if (rejection is not null)
        {
            state[RefusalName] = PostingRecord.FindingJson(rejection.ToFinding());
        }

        ImmutableArray<Leaf> leaves = rejection is null
            ? [.. facts.Zip(posting.EntryIds, (fact, id) => Approved(fact, posting.Decision).ToLeaf(id, at, posting.Department, posting.Channel))]
            : [];
        return new Commit(posting.Target, (last?.Version ?? -1) + 1, posting.Id.Value, at, leaves, state);
    }

    /// <summary>What the rules would say, for a posting that is not yet stored.</summary>
    public static Rejection? Try(Draft draft, PostingId id, DepartmentId department, StreamState? state, Surroundings around)
    {
        ArgumentNullException.ThrowIfNull(draft);
        ArgumentNullException.ThrowIfNull(around);
        ImmutableArray<Fact> facts = draft.Facts(id);
        return Judge(new Case(facts, draft.DateOf(facts.Length - 1), id, department, around), state).Rejection;
    }

    /// <summary>The state that a commit of a stream of facts carries.</summary>
    public static StreamState? StateOf(Commit? commit) =>
        commit?.State[StateName] is JsonObject json ? StreamState.FromJson(commit.Stream.Type, json) : null;

    /// <summary>The books that a commit of a fund's stream carries.</summary>
    public static FundBooks? BooksOf(Commit? commit) => StateOf(commit) as FundBooks;

    /// <summary>Why the posting of this commit was refused; null where it was recorded.</summary>
    public static Finding? RefusalOf(Commit commit)
    {
        ArgumentNullException.ThrowIfNull(commit);
        return commit.State[RefusalName] is { } json ? PostingRecord.FindingOf(json) : null;
    }

    private static (StreamState? State, Rejection? Rejection) Judge(Case one, StreamState? state)
    {
        var about = new About(EntryId.Of(one.Posting, 1), one.Date, one.Department, one.Around.Cited, one.Around.Plan, one.Around.Rules);
        switch (one.Facts[0])
        {
            case Redaction redaction:
                return RedactionRules.Decide(state, redaction, about, one.Around.Leaves ?? []);
            case Correction or Withdrawal:
                return AmendmentRules.Decide(state, Kept(one.Facts, one.Around), about, one.Around.Stream ?? [], one.Around.Elsewhere ?? [], one.Around.Registrar);
            case Fund when one.Facts[^1] is Notice notice && (state as FundBooks)?.Notice is not null:
                return (null, new Rejection.NoticeExists(notice.NoticeId));
            case Fund fund when one.Facts[^1] is Notice && state is not null:
                // A fund that was posted has the id that the notice would make one of: the notice's id is what must change.
                return (null, new Rejection.FundExists(fund.FundId) with { Pointer = "/id" });
            case IOfFund fact when FundBooks.IsOfStream((Fact)fact):
                Decision decision = FundRules.DecideAll((FundBooks?)state, one.Facts, one.Posting, about);
                return (decision.Books, decision.Rejection);
            default:
                return JudgeAlone(one, state, about);
        }
    }

    private static (StreamState? State, Rejection? Rejection) JudgeAlone(Case one, StreamState? state, About about)
    {
        Fact fact = one.Facts[0];
        if (fact is IOfFund ofFund && one.Around.Registrar is null or { IsWithdrawn: true })
        {
            return (null, new Rejection.NoSuchFund(((IOfFund)fact).FundId));
        }

        return StreamRules.Check(state, fact, about, one.Around.Registrar) is { } rejection
            ? (null, rejection)
            : (state is null ? StreamState.Open(fact, about) : state.With(fact, about), null);
    }

    private static SealedFact Approved(SealedFact fact, PostingDecision? decision) => decision is null ? fact : fact.ApprovedBy(decision.By);

    // What takes an entry's place keeps what only its notice states.
    private static ImmutableArray<Fact> Kept(ImmutableArray<Fact> facts, Surroundings around) =>
        facts is [Correction one, var replacement] && Original(one.Corrected, around) is { } original
            ? [one, KindSchema.KeepNotice(replacement, original)]
            : facts;

    private static ImmutableArray<SealedFact> Kept(ImmutableArray<SealedFact> facts, Surroundings around) =>
        facts is [{ Kind: Correction.KindName } one, var replacement]
            && Original(Id.Parse<EntryId>(one.Fields["cites"]!.GetValue<string>()), around) is { } original
            && KindSchema.Of(original).Name == replacement.Kind
                ? [one, replacement.KeepNotice(original)]
                : facts;

    private static Fact? Original(EntryId id, Surroundings around) => History.Of(around.Stream ?? []).Find(id)?.First.Fact;

    // The books remember the notice by the commitment in its entry, so that the same notice is known again without its text.
    private static StreamState? Marked(StreamState? state, PostingRecord posting)
    {
        SealedFact last = posting.Facts[^1];
        return last.Kind != "notice" || state is not FundBooks books
            ? state
            : books with
            {
                Notice = new NoticeMark
                {
                    Id = Id.Parse<NoticeId>(last.Fields["notice"]!.GetValue<string>()),
                    Content = SealedFact.CommitmentIn(last.Fields["content"]!),
                    Posting = posting.Id,
                },
            };
    }

    private sealed record Case(ImmutableArray<Fact> Facts, DateOnly? Date, PostingId Posting, DepartmentId Department, Surroundings Around);
}
