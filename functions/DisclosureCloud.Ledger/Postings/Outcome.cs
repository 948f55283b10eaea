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

    private static readonly Dictionary<EntryId, Fact> NothingTaken = [];

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
        var question = new Case(
            posting.Kind, [.. facts.Select(fact => fact.Open(around.ValueOf))], index => facts[index].Date, posting.Id, posting.Department, around);
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

    /// <summary>What the rules would say of a posting that is not yet stored: nothing where it would be taken.</summary>
    /// <remarks>
    /// Of a batch they say all that they can: what is refused is left out, and the next is asked as if it had not been there, so that a sender
    /// sees at once what is wrong. What rests on a row that is refused is then refused with it.
    /// </remarks>
    public static IReadOnlyList<Rejection> Try(Draft draft, PostingId id, DepartmentId department, StreamState? state, Surroundings around)
    {
        ArgumentNullException.ThrowIfNull(draft);
        ArgumentNullException.ThrowIfNull(around);
        var one = new Case(draft.Kind, draft.Facts(id), draft.DateOf, id, department, around);
        return Batch.Is(one.Kind) ? [.. Steps(one, state).Select(step => step.Rejection).OfType<Rejection>()]
            : Judge(one, state).Rejection is { } rejection ? [rejection]
            : [];
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
        switch (one.Facts[0])
        {
            case Redaction redaction:
                return RedactionRules.Decide(state, redaction, one.About(0, NothingTaken), one.Around.Leaves ?? []);
            case Correction or Withdrawal:
                // The entry has the id of the amendment, and the date of what takes its place.
                About about = one.About(one.Facts.Length - 1, NothingTaken) with { Id = EntryId.Of(one.Posting, 1) };
                return AmendmentRules.Decide(
                    state, Kept(one.Facts, one.Around), about, one.Around.Stream ?? [], one.Around.Elsewhere ?? [], one.Around.RegistrarOf(one.Facts[^1]));
            case Fund when one.Facts[^1] is Notice notice && (state as FundBooks)?.Notice is not null:
                return (null, new Rejection.NoticeExists(notice.NoticeId));
            case Fund fund when one.Facts[^1] is Notice && state is not null:
                // A fund that was posted has the id that the notice would make one of: the notice's id is what must change.
                return (null, new Rejection.FundExists(fund.FundId) with { Pointer = "/id" });
            default:
                foreach (Step step in Steps(one, state))
                {
                    if (step.Rejection is not null)
                    {
                        return (null, step.Rejection);
                    }

                    state = step.State;
                }

                return (state, null);
        }
    }

    // One fact after another, each upon the state that the one before has left; one that is refused leaves it as it was.
    private static IEnumerable<Step> Steps(Case one, StreamState? state)
    {
        var taken = new Dictionary<EntryId, Fact>();
        for (int index = 0; index < one.Facts.Length; index++)
        {
            About about = one.About(index, taken);
            Step step = DecideOne(one.Facts[index], about, one.Around, state);
            if (step.Rejection is null)
            {
                state = step.State;
                taken.Add(about.Id, one.Facts[index]);
            }

            yield return Batch.Is(one.Kind) ? step with { Rejection = step.Rejection?.InBatch(index) } : step;
        }
    }

    private static Step DecideOne(Fact fact, About about, Surroundings around, StreamState? state)
    {
        if (FundBooks.IsOfStream(fact))
        {
            Decision decision = FundRules.Decide((FundBooks?)state, fact, about);
            return new Step(decision.Books, decision.Rejection);
        }

        FundBooks? registrar = around.RegistrarOf(fact);
        if (fact is IOfFund ofFund && registrar is null or { IsWithdrawn: true })
        {
            return new Step(null, new Rejection.NoSuchFund(ofFund.FundId));
        }

        return StreamRules.Check(state, fact, about, registrar) is { } rejection
            ? new Step(null, rejection)
            : new Step(state is null ? StreamState.Open(fact, about) : state.With(fact, about), null);
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

    /// <summary>The state after a fact, or why there is none.</summary>
    private sealed record Step(StreamState? State, Rejection? Rejection);

    private sealed record Case(string Kind, ImmutableArray<Fact> Facts, Func<int, DateOnly?> DateOf, PostingId Posting, DepartmentId Department, Surroundings Around)
    {
        /// <param name="taken">What stands before it in the same posting and was not refused: no entry yet, and to be cited all the same.</param>
        public About About(int index, IReadOnlyDictionary<EntryId, Fact> taken) =>
            new(EntryId.Of(Posting, index + 1), DateOf(index), Department, CitedBy(Facts[index], taken), Around.PlanOf(Facts[index]), Around.Rules);

        private Fact? CitedBy(Fact fact, IReadOnlyDictionary<EntryId, Fact> taken) =>
            (Surroundings.CitedBy(fact) is { } id ? taken.GetValueOrDefault(id) : null) ?? Around.CitedOf(fact);
    }
}
