using System.Collections.Immutable;
using System.Text;
using System.Text.Json.Nodes;
using DisclosureCloud.Testing;

namespace DisclosureCloud.Ledger.Tests;

public sealed class PostingRecordTests
{
    private static readonly DateTimeOffset At = new(2026, 3, 2, 12, 0, 0, TimeSpan.Zero);
    private static readonly DepartmentId Department = Id.Parse<DepartmentId>("finance");
    private static readonly PersonId Poster = Id.Parse<PersonId>("finance-poster");
    private static readonly PersonId Approver = Id.Parse<PersonId>("finance-approver");
    private static readonly Commitment Word = Commitment.Of(new byte[Commitment.SaltLength], "看过");
    private static readonly Finding Refusal = new("/amount", "exceeds-free", "Too much.", "2 fen", "at most 1 fen");

    [Fact]
    public void Fold_OfNoCommits_IsNull() => PostingRecord.Fold([]).ShouldBeNull();

    [Fact]
    public void Fold_ThroughEveryState_TellsWhatTheStreamTells()
    {
        PostingRecord sent = Record("a");
        Commit proposed = sent.Propose();
        PostingRecord first = Fold(proposed);
        first.State.ShouldBe(PostingState.Proposed);
        (first.Id, first.Kind, first.Department, first.Poster, first.Channel).ShouldBe((sent.Id, "fund", Department, Poster, Channel.Http));
        (first.ReceivedAt, first.Content, first.Target, first.Fund, first.Version).ShouldBe((At, sent.Content, sent.Target, sent.Fund, 0));
        first.Facts.Select(fact => CanonicalJson.Write(fact.Fields)).ShouldBe(sent.Facts.Select(fact => CanonicalJson.Write(fact.Fields)));
        first.Propose().ToBytes().ShouldBe(proposed.ToBytes());

        Commit approved = first.Decide(new PostingDecision(true, Approver, At.AddHours(1), Word));
        PostingRecord second = Fold(proposed, approved);
        second.State.ShouldBe(PostingState.Approved);
        second.Decision.ShouldBe(new PostingDecision(true, Approver, At.AddHours(1), Word));

        Commit rejected = first.Decide(new PostingDecision(false, Approver, At, null));
        PostingRecord other = Fold(proposed, rejected);
        (other.State, other.Decision!.Approved, other.Decision.Word).ShouldBe((PostingState.Rejected, false, null));

        PostingRecord effective = Fold(proposed, approved, second.Settle(null, At.AddHours(2)));
        (effective.State, effective.Refusal, effective.Version).ShouldBe((PostingState.Effective, null, 2));
        effective.Decision.ShouldBe(second.Decision);

        PostingRecord refused = Fold(proposed, approved, second.Settle(Refusal, At.AddHours(2)));
        (refused.State, refused.Refusal).ShouldBe((PostingState.Refused, Refusal));
    }

    [Fact]
    public void Fold_OfAPostingThatNeedsNoApproval_IsApprovedByNobodyFromItsFirstCommitOn()
    {
        PostingRecord sent = Record("a") with { NeedsApproval = false };
        Commit proposed = sent.Propose();
        PostingRecord.StateOf(proposed).ShouldBe(PostingState.Approved);
        PostingRecord first = Fold(proposed);
        (first.State, first.NeedsApproval, first.Decision, first.Version).ShouldBe((PostingState.Approved, false, null, 0));
        first.Propose().ToBytes().ShouldBe(proposed.ToBytes());

        PostingRecord effective = Fold(proposed, first.Settle(null, At));
        (effective.State, effective.NeedsApproval, effective.Decision, effective.Version).ShouldBe((PostingState.Effective, false, null, 1));
        Fold(proposed, first.Settle(Refusal, At)).Refusal.ShouldBe(Refusal);
    }

    [Fact]
    public void Propose_WhereApprovalIsNeeded_SaysNothingOfIt()
    {
        // As ledgers have it that were written before there was a choice.
        Commit proposed = Record("a").Propose();
        proposed.State.ContainsKey("approval").ShouldBeFalse();
        PostingRecord.StateOf(proposed).ShouldBe(PostingState.Proposed);
        Fold(proposed).NeedsApproval.ShouldBeTrue();
    }

    [Fact]
    public void Commits_OfTwoDecisionsOrTwoCopies_HaveIdsOfTheirOwn()
    {
        PostingRecord record = Fold(Record("a").Propose());

        string[] ids =
        [
            Record("a").Propose().Id, Record("b").Propose().Id,
            record.Decide(new PostingDecision(true, Approver, At, null)).Id,
            record.Decide(new PostingDecision(false, Approver, At, null)).Id,
            record.Decide(new PostingDecision(true, Poster, At, null)).Id,
        ];

        ids.ShouldBeUnique(StringComparer.Ordinal);
    }

    [Fact]
    public void Commits_OfAPosting_HoldNoneOfItsTexts()
    {
        PostingRecord record = Record("a");

        Encoding.UTF8.GetString(record.Propose().ToBytes()).ShouldNotContain("秘密");
    }

    [Fact]
    public void Outcome_OfAGoodPosting_CarriesItsEntriesAndTheBooksAfterIt()
    {
        Commit opened = Outcome.Decide(Record("fund"), null, Surroundings.None, At);
        (opened.Version, opened.Entries.Length, Outcome.RefusalOf(opened)).ShouldBe((0, 1, null));
        Commit given = Outcome.Decide(Record("money", Money(100)), opened, Surroundings.None, At);

        given.Version.ShouldBe(1);
        given.Entries.ShouldHaveSingleItem().Id.ShouldBe(EntryId.Of(Record("money").Id, 1));
        Outcome.BooksOf(given)!.Appropriated.Fen.ShouldBe(100);
    }

    [Fact]
    public void Outcome_OfARefusal_CarriesTheBooksUnchangedAndNoEntry()
    {
        Commit opened = Outcome.Decide(Record("fund"), null, Surroundings.None, At);
        Commit given = Outcome.Decide(Record("money", Money(100)), opened, Surroundings.None, At);
        Commit refused = Outcome.Decide(Record("share", PassDown(101)), given, Surroundings.None, At);

        refused.Version.ShouldBe(2);
        refused.Entries.ShouldBeEmpty();
        JsonNode.DeepEquals(refused.State["books"], given.State["books"]).ShouldBeTrue();
        Outcome.RefusalOf(refused)!.Code.ShouldBe("exceeds-free");
        Outcome.RefusalOf(refused)!.Found.ShouldBe("101 fen");
        Outcome.BooksOf(Outcome.Decide(Record("share2", PassDown(100)), refused, Surroundings.None, At))!.Free.IsZero.ShouldBeTrue();
    }

    [Fact]
    public void Outcome_OfARefusalInAnEmptyStream_CarriesNoBooks()
    {
        Commit refused = Outcome.Decide(Record("money", Money(100)), null, Surroundings.None, At);

        (refused.Version, refused.Entries.Length).ShouldBe((0, 0));
        Outcome.BooksOf(refused).ShouldBeNull();
        Outcome.RefusalOf(refused)!.Code.ShouldBe("no-such-fund");
        Outcome.RefusalOf(Outcome.Decide(Record("fund"), refused, Surroundings.None, At)).ShouldBeNull();
    }

    [Fact]
    public void Outcome_OfASecondNoticeOfOneId_IsNoticeExists()
    {
        string text = Encoding.UTF8.GetString(SampleWorld.NoticeBytes(SampleWorld.NoticeFiles[0]));
        PostingRecord one = RecordOf("one", NoticeDraft(text));
        PostingRecord two = RecordOf("two", NoticeDraft(text.Replace("2018", "2019", StringComparison.Ordinal).Replace("beiguan-2019", "beiguan-2018", StringComparison.Ordinal)));
        Commit first = Outcome.Decide(one, null, Surroundings.None, At);

        first.Entries.Length.ShouldBe(one.Facts.Length);
        NoticeMark mark = Outcome.BooksOf(first)!.Notice.ShouldNotBeNull();
        (mark.Id.Value, mark.Posting).ShouldBe(("beiguan-2018", one.Id));
        mark.Content.ShouldBe(SealedFact.CommitmentIn(one.Facts[^1].Fields["content"]!));

        Commit second = Outcome.Decide(two, first, Surroundings.None, At);
        Outcome.RefusalOf(second)!.Code.ShouldBe("notice-exists");
        second.Entries.ShouldBeEmpty();
        JsonNode.DeepEquals(second.State["books"], first.State["books"]).ShouldBeTrue();
    }

    [Fact]
    public void Outcome_OfProgress_AsksTheFundThatRegistersTheProject()
    {
        var fact = new Progress(Fund, Id.Parse<ProjectId>("project-1"), ProgressStage.Started, null, FreeText.Of("开工"), null, [], null);
        PostingRecord record = Record("progress", fact);
        FundBooks none = Outcome.BooksOf(Outcome.Decide(Record("fund"), null, Surroundings.None, At))!;
        var project = new Project(
            Fund, fact.ProjectId, ProjectType.Project, FreeText.Of("项目"), Id.Parse<RegionCode>("410503"), null, null, null, null, null, null, null, null, null,
            null, Id.Parse<PlanItemId>("item-1"), [], [], null);
        FundBooks registered = FundRules.Decide(none, project, new About(EntryId.Of(record.Id, 1), Plan: Plans.InAnnualPlan)).Books!;

        Outcome.RefusalOf(Outcome.Decide(record, null, Surroundings.None, At))!.Code.ShouldBe("no-such-fund");
        Outcome.RefusalOf(Outcome.Decide(record, null, Registered(none), At))!.Code.ShouldBe("no-such-project");
        Commit good = Outcome.Decide(record, null, Registered(registered), At);
        Outcome.RefusalOf(good).ShouldBeNull();
        good.Entries.Length.ShouldBe(1);
        Outcome.StateOf(good).ShouldBeOfType<ProjectState>();
    }

    [Fact]
    public void Commit_WrittenAndRead_IsTheSameBytes()
    {
        Commit commit = Outcome.Decide(RecordOf("one", NoticeDraft(Encoding.UTF8.GetString(SampleWorld.NoticeBytes(SampleWorld.NoticeFiles[0])))), null, Surroundings.None, At);

        Commit again = Commit.FromBytes(commit.ToBytes());

        again.ToBytes().ShouldBe(commit.ToBytes());
        again.Entries.ShouldBe(commit.Entries);
        (again.Stream, again.Version, again.Id, again.RecordedAt).ShouldBe((commit.Stream, commit.Version, commit.Id, commit.RecordedAt));
    }

    private static Surroundings Registered(FundBooks books) => new(new Dictionary<FundId, FundBooks> { [Fund] = books });

    private static FundId Fund { get; } = Id.Parse<FundId>("fund-1");

    private static PostingRecord Fold(params Commit[] commits) =>
        PostingRecord.Fold(commits.Select(commit => Commit.FromBytes(commit.ToBytes()))).ShouldNotBeNull();

    private static Appropriation Money(long fen) => new(
        Fund, SourceLevel.County, SourceNature.Bond, FreeText.Of("秘密"), new Money(fen), null, null, null);

    private static PassDown PassDown(long fen) => new(
        Fund, new Money(fen), Id.Parse<RegionCode>("410505"), FreeText.Of("秘密"), FreeText.Of("秘密"), null, null, null, null, null, null, null, null,
        null, null, null);

    private static PostingRecord Record(string key, Fact? fact = null)
    {
        Fact what = fact ?? new Fund(
            Fund, FreeText.Of("秘密"), new BudgetYear(2018), Id.Parse<RegionCode>("410503"), [FreeText.Of("河南省")], FreeText.Of("秘密"), null, null, [], [], null);
        StreamName target = what is Progress one ? StreamName.Of(one.ProjectId) : StreamName.Of(Fund);
        return RecordOf(key, new Draft(KindSchema.Of(what).Name, target, new DateOnly(2018, 6, 1), _ => [what], Fingerprint.Of(new string('0', 64))));
    }

    private static PostingRecord RecordOf(string key, Draft draft)
    {
        PostingId id = PostingId.Of(Department, key);
        var salts = new SeededSalts(key.Length);
        ImmutableArray<SealedFact> facts = [.. draft.Facts(id).Select(fact => SealedFact.Seal(fact, draft.Date, salts, id, []))];
        Commitment content = SealedFact.CommitmentIn(SealedFact.Commit(draft.Content.Hex! + key, salts, id, []));
        return new PostingRecord(
            id, draft.Kind, Department, Poster, Channel.Http, At, content, draft.Target!.Value, facts, PostingState.Proposed, null, null, 0);
    }

    private static Draft NoticeDraft(string json)
    {
        var findings = new Findings();
        return PostingReader.ReadNotice(Encoding.UTF8.GetBytes(json), SampleWorld.Today, findings) ?? throw new InvalidOperationException(string.Join("; ", findings.All));
    }
}
