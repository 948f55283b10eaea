using System.Collections.Immutable;
using System.Diagnostics;
using System.Runtime.InteropServices;
using DisclosureCloud.Functions.Hosting.Access;
using DisclosureCloud.Functions.Hosting.EvidenceFiles;
using DisclosureCloud.Functions.Hosting.Following;
using DisclosureCloud.Ledger;

namespace DisclosureCloud.Functions.Hosting.Postings;

/// <summary>Takes postings and decisions, and sees each through to its end, in the one order of writes.</summary>
/// <remarks>
/// Values first, then the posting's stream, then the target's stream, then the posting's stream again. A crash between any two leaves a
/// state that <see cref="FinishAsync"/> completes; whoever finds an approved posting that is not settled may call it, at any time.
/// </remarks>
internal sealed class PostingDesk(
    ILedgerStore ledger,
    IValueStore values,
    ISaltSource salts,
    SurroundingsReader around,
    Register register,
    TimeProvider clock,
    InFlight inFlight,
    Forgetting forgetting,
    EvidenceNaming evidence,
    Approval approval,
    ILedgerSignal signal)
{
    // Each lost race means that another posting of the fund got in: with 64 approvers at once the last one loses 63 times.
    private const int AttemptsMax = 500;

    /// <summary>Stores a posting as proposed, exactly once for its department and key, for ever.</summary>
    public async Task<Submission> SubmitAsync(Draft draft, Sender sender, string key, CancellationToken cancellationToken)
    {
        PostingId id = PostingId.Of(sender.Department, key);
        using Activity? span = Telemetry.Begin("posting.submit", "disclosurecloud.posting", id.Value);
        Submission answer = await SubmitOnceAsync(draft, sender, id, cancellationToken);
        Telemetry.Submitted(span, draft.Kind, answer.Outcome);
        return answer;
    }

    /// <summary>Stores that a message can never become a posting, so that its department sees why.</summary>
    /// <param name="draft">What it says, where it could be read: by it the same message is known again.</param>
    /// <returns>
    /// That it is refused, now or before; that the same was accepted before, so that nothing is refused; or that the id stands for something else.
    /// </returns>
    public async Task<Submission> TurnAwayAsync(PostingId id, Sender sender, Draft? draft, IReadOnlyList<Finding> findings, CancellationToken cancellationToken)
    {
        using Activity? span = Telemetry.Begin("posting.turn-away", "disclosurecloud.posting", id.Value);
        string why = TurnedAway.Write(findings);
        if (await FindAsync(id, cancellationToken) is null)
        {
            var openings = new List<Opening>();
            Commitment reasons = SealedFact.CommitmentIn(SealedFact.Commit(why, salts, id, openings));
            Commitment? content = draft is null ? null : SealedFact.CommitmentIn(SealedFact.Commit(draft.Content.Hex!, salts, id, openings));
            await values.PutAsync(openings, cancellationToken);
            var message = new TurnedAway(id, sender.Department, sender.Person, sender.Channel, Instant.Now(clock), draft?.Kind, content, reasons)
            {
                Region = sender.Region ?? RegionCode.Country,
            };
            await ledger.AppendAsync(message.ToCommit(), cancellationToken);
        }

        // What cannot be read is known again by what is wrong with it.
        PostingFate fate = (await FindAsync(id, cancellationToken))!;
        return draft is null && fate is TurnedAway { Content: null } before && await ValueAsync(id, before.Findings, cancellationToken) == why
            ? await RefusedAsync(before, cancellationToken)
            : await ReplayAsync(fate, draft, cancellationToken);
    }

    /// <summary>What submitting would say, without storing anything: null where it would be taken.</summary>
    public async Task<Submission?> CheckAsync(Draft draft, PostingId id, Sender sender, CancellationToken cancellationToken)
    {
        (Draft whole, Finding? missing) = await evidence.ResolveAsync(draft, id, sender, cancellationToken);
        return missing is null ? (await JudgeAsync(whole, id, sender, cancellationToken)).Refusal : new Submission.NoEvidence(missing);
    }

    /// <summary>Records a second person's decision, and on approval sees the posting through.</summary>
    public async Task<DecisionAnswer> DecideAsync(
        PostingId id, Sender approver, bool approve, FreeText? word, CancellationToken cancellationToken)
    {
        using Activity? span = Telemetry.Begin("posting.decide", "disclosurecloud.posting", id.Value);
        DecisionAnswer answer = await DecideOnceAsync(id, approver, approve, word, cancellationToken);
        Telemetry.Decided(span, answer.Outcome);
        return answer;
    }

    /// <summary>Brings an approved posting to its end; any other is returned as it is. Safe to call at any time, by any number at once.</summary>
    public async Task<PostingRecord> FinishAsync(PostingId id, CancellationToken cancellationToken)
    {
        for (int attempt = 0; attempt < AttemptsMax; attempt++)
        {
            PostingRecord record = await FindAsync(id, cancellationToken) as PostingRecord
                ?? throw new InvalidOperationException($"There is no posting {id}.");
            if (record.State != PostingState.Approved)
            {
                return record;
            }

            if (await RecordAsync(record, cancellationToken) is { } recorded)
            {
                // Before the posting is settled: whoever finds it unsettled after a crash forgets again.
                if (recorded.Entries is [var leaf, ..] && record.Facts[0].Kind == Redaction.KindName)
                {
                    await forgetting.ForgetAsync(((Redaction)Entry.Of(leaf, _ => null).Fact).Redacted.Posting, cancellationToken);
                }

                await ledger.AppendAsync(record.Settle(Outcome.RefusalOf(recorded), Instant.Now(clock)), cancellationToken);
            }
        }

        throw new TimeoutException($"The posting {id} lost {AttemptsMax} races for its stream. It stays approved and is finished later.");
    }

    public Task<PostingFate?> FindAsync(PostingId id, CancellationToken cancellationToken) => ledger.FateOfAsync(id, cancellationToken);

    /// <summary>What was answered when the same came before under this id; null where nothing did.</summary>
    public async Task<Submission?> RecallAsync(PostingId id, Draft? draft, CancellationToken cancellationToken) =>
        await FindAsync(id, cancellationToken) is { } known && await ReplayAsync(known, draft, cancellationToken) is var answer and not Submission.KeyReused
            ? answer
            : null;

    private async Task<Submission> SubmitOnceAsync(Draft draft, Sender sender, PostingId id, CancellationToken cancellationToken)
    {
        using InFlight.Turn? turn = await inFlight.EnterAsync(id, cancellationToken);
        if (await FindAsync(id, cancellationToken) is { } known)
        {
            return sender.ActsFor(known.Region)
                ? await ReplayAsync(known, draft, cancellationToken)
                : new Submission.Forbidden(PostingPlaces.OtherRegion("", sender)); // Another person of the department sent it, for another place.
        }

        if (turn is null)
        {
            return new Submission.InFlight();
        }

        (Draft whole, Finding? missing) = await evidence.ResolveAsync(draft, id, sender, cancellationToken);
        if (missing is not null)
        {
            return new Submission.NoEvidence(missing);
        }

        Judgement judged = await JudgeAsync(whole, id, sender, cancellationToken);
        if (judged.Refusal is { } answer)
        {
            return answer;
        }

        var openings = new List<Opening>();
        PostingRecord record = Seal(whole, judged, id, sender, openings);
        await evidence.NameAsync(record, cancellationToken);
        await values.PutAsync(openings, cancellationToken);
        AppendOutcome outcome = await ledger.AppendAsync(record.Propose(), cancellationToken);
        if (outcome == AppendOutcome.Appended)
        {
            // Where no second person is needed there is nothing to wait for.
            return new Submission.Accepted(record.NeedsApproval ? record : await FinishAsync(id, cancellationToken), IsNew: true);
        }

        // Another process was faster with a copy of the same posting. Its values count; ours are swept away.
        return await ReplayAsync((await FindAsync(id, cancellationToken))!, draft, cancellationToken);
    }

    private async Task<DecisionAnswer> DecideOnceAsync(
        PostingId id, Sender approver, bool approve, FreeText? word, CancellationToken cancellationToken)
    {
        PostingFate? fate = await FindAsync(id, cancellationToken);
        if (fate is null || !approver.MaySee(fate))
        {
            return new DecisionAnswer.NotFound(); // Another department's posting is as good as none, and so is another region's.
        }

        if (await register.RefusalAsync(approver, DepartmentRole.Approver, cancellationToken) is { } unregistered)
        {
            return new DecisionAnswer.Forbidden(unregistered);
        }

        if (fate is not PostingRecord record)
        {
            return new DecisionAnswer.IsNoPosting();
        }

        if (record.State != PostingState.Proposed)
        {
            return new DecisionAnswer.AlreadyDecided(record);
        }

        if (record.Poster == approver.Person)
        {
            return new DecisionAnswer.OwnPosting();
        }

        Commitment? commitment = null;
        if (word?.Value is { } said)
        {
            var openings = new List<Opening>();
            commitment = SealedFact.CommitmentIn(SealedFact.Commit(said, salts, id, openings));
            await values.PutAsync(openings, cancellationToken);
        }

        Commit decision = record.Decide(new PostingDecision(approve, approver.Person, Instant.Now(clock), commitment));
        AppendOutcome outcome = await ledger.AppendAsync(decision, cancellationToken);
        PostingRecord after = await FinishAsync(id, cancellationToken);
        return outcome == AppendOutcome.Appended ? new DecisionAnswer.Decided(after) : new DecisionAnswer.AlreadyDecided(after);
    }

    // The commit that decided the posting in its target's stream: found there, or appended now; null where another one got in first.
    private async Task<Commit?> RecordAsync(PostingRecord record, CancellationToken cancellationToken)
    {
        // The last commit is read first: if the posting's own commit comes between the two reads, our append conflicts.
        Commit? last = await ledger.ReadLastAsync(record.Target, cancellationToken);
        if (await ledger.FindAsync(record.Target, record.Id.Value, cancellationToken) is { } done)
        {
            return done;
        }

        Surroundings surroundings = await around.ReadAsync(record, cancellationToken);
        Commit commit = Outcome.Decide(record, last, surroundings, Instant.Now(clock));
        if (await ledger.AppendAsync(commit, cancellationToken) != AppendOutcome.Appended)
        {
            return null;
        }

        signal.Changed(commit);
        return commit;
    }

    private async Task<Submission> ReplayAsync(PostingFate known, Draft? draft, CancellationToken cancellationToken) => known switch
    {
        PostingRecord record when await IsSameAsync(record.Id, record.Content, draft, cancellationToken) => new Submission.Accepted(record, IsNew: false),
        TurnedAway { Content: { } content } message when await IsSameAsync(message.Id, content, draft, cancellationToken) => await RefusedAsync(message, cancellationToken),
        _ => new Submission.KeyReused(known.Id),
    };

    // Once the fingerprint was forgotten nothing can be shown to be the same.
    private async Task<bool> IsSameAsync(PostingId posting, Commitment content, Draft? draft, CancellationToken cancellationToken) =>
        draft?.Content.Hex is { } fingerprint && await ValueAsync(posting, content, cancellationToken) == fingerprint;

    private async Task<string?> ValueAsync(PostingId posting, Commitment commitment, CancellationToken cancellationToken) =>
        (await values.GetAsync([posting], cancellationToken)).FirstOrDefault(opening => opening.Commitment == commitment)?.Value;

    private async Task<Submission.Refused> RefusedAsync(TurnedAway message, CancellationToken cancellationToken) =>
        new(message.FindingsIn(await values.GetAsync([message.Id], cancellationToken)));

    // An amendment belongs where the entry is; null where there is no such entry.
    private async Task<StreamName?> TargetAsync(Draft draft, PostingId id, CancellationToken cancellationToken) =>
        draft.Target ?? await around.StreamOfAsync(((IAmendment)draft.Facts(id)[0]).Amended, cancellationToken);

    // Whether it would be taken; and if so, the stream that decides it and the region that it belongs to.
    private async Task<Judgement> JudgeAsync(Draft draft, PostingId id, Sender sender, CancellationToken cancellationToken)
    {
        if (await register.RefusalAsync(sender, DepartmentRole.Poster, cancellationToken) is { } unregistered)
        {
            return Judgement.Of(new Submission.Forbidden(unregistered));
        }

        if (await TargetAsync(draft, id, cancellationToken) is not { } target)
        {
            return Judgement.Of(new Submission.NotAllowed(new Rejection.NoSuchEntry(((IAmendment)draft.Facts(id)[0]).Amended)));
        }

        StreamState? state = Outcome.StateOf(await ledger.ReadLastAsync(target, cancellationToken));
        Surroundings surroundings = await around.ReadAsync(draft.Facts(id), target, cancellationToken);
        var places = new PostingPlaces(draft, draft.Facts(id), await around.PlacesOfAsync(draft.Facts(id), target, state, surroundings, cancellationToken));
        if (places.Refusal(sender) is { } outside)
        {
            return Judgement.Of(outside);
        }

        if (draft.Kind == "notice" && state is FundBooks { Notice: { } notice })
        {
            return Judgement.Of(await IsSameAsync(notice.Posting, notice.Content, draft, cancellationToken)
                && await FindAsync(notice.Posting, cancellationToken) is PostingRecord first
                ? new Submission.SameNotice(first, sender.MaySee(first))
                : new Submission.NotAllowed(new Rejection.NoticeExists(notice.Id)));
        }

        return Outcome.Try(draft, id, sender.Department, state, surroundings) is [var rejection, ..] all
            ? Judgement.Of(new Submission.NotAllowed(rejection) { All = all })
            : new Judgement(places.RefusalOfNone(sender), target, places.Region);
    }

    private PostingRecord Seal(Draft draft, Judgement judged, PostingId id, Sender sender, List<Opening> openings) => new(
        id,
        draft.Kind,
        sender.Department,
        sender.Person,
        sender.Channel,
        Instant.Now(clock),
        SealedFact.CommitmentIn(SealedFact.Commit(draft.Content.Hex!, salts, id, openings)),
        judged.Target,
        [.. draft.Facts(id).Select((fact, index) => SealedFact.Seal(fact, draft.DateOf(index), salts, id, openings))],
        PostingState.Proposed,
        Decision: null,
        Refusal: null,
        Version: 0)
    {
        NeedsApproval = draft.Facts(id).Any(fact => approval.IsNeeded(KindSchema.Of(fact).Name)),
        Region = judged.Region,
    };

    /// <summary>What becomes of a draft before anything of it is stored.</summary>
    /// <param name="Refusal">Why it is not taken; null where it is.</param>
    [StructLayout(LayoutKind.Auto)]
    private readonly record struct Judgement(Submission? Refusal, StreamName Target, RegionCode Region)
    {
        public static Judgement Of(Submission refusal) => new(refusal, default, default);
    }
}
