using System.Text.Json.Nodes;
using DisclosureCloud.Functions.Hosting.Following;
using DisclosureCloud.Functions.Hosting.Postings;
using DisclosureCloud.Functions.Tests.Running;
using DisclosureCloud.Ledger;
using DisclosureCloud.Testing;

namespace DisclosureCloud.Functions.Tests.Postings;

/// <summary>Every write of a posting's way, failed in both ways: not done, and done but reported as failed.</summary>
public sealed class CrashMatrixTests
{
    private const string Key = "the-posting";

    private readonly DeskWorld _world = new(Approval.Read("progress"));
    private int _broken;
    private bool _puttingContent;

    /// <summary>Where it breaks, and whether the write was done.</summary>
    public static TheoryData<string, bool> Matrix()
    {
        var data = new TheoryData<string, bool>();
        foreach (string step in new[] { "put content", "propose", "put word", "decide", "target", "settle" })
        {
            data.Add(step, false);
            data.Add(step, true);
        }

        return data;
    }

    /// <summary>The same for a correction and a withdrawal.</summary>
    public static TheoryData<string, string, bool> Amendments()
    {
        var data = new TheoryData<string, string, bool>();
        foreach (string kind in new[] { "correction", "withdrawal" })
        {
            foreach ((string step, bool done) in Matrix().Select(row => row.Data))
            {
                data.Add(kind, step, done);
            }
        }

        return data;
    }

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    [Theory]
    [MemberData(nameof(Matrix))]
    public async Task Posting_BrokenAtAWriteAndRepeated_TakesEffectExactlyOnce(string step, bool done)
    {
        await _world.OpenFundAsync("f-crash", 100);
        int entries = (await _world.CommitsAsync()).Sum(commit => commit.Entries.Length);
        Break(step, done);

        PostingRecord record = await RepeatAsync(Office.Allocation("f-crash", 60), approve: true);

        _broken.ShouldBe(1, "the write was reached, and failed once");
        record.State.ShouldBe(PostingState.Effective);
        FundBooks books = await _world.BooksAsync("f-crash");
        books.Allocated.Fen.ShouldBe(6_000);
        books.Allocations.Count.ShouldBe(1);
        List<Commit> commits = await _world.CommitsAsync();
        commits.Sum(commit => commit.Entries.Length).ShouldBe(entries + 1);
        commits.Count(commit => commit.Stream == record.Stream).ShouldBe(3, "proposed, approved, settled");
        await ShouldKeepExactlyItsValuesAsync();
    }

    [Theory]
    [MemberData(nameof(Amendments))]
    public async Task Amendment_BrokenAtAWriteAndRepeated_AmendsExactlyOnce(string kind, string step, bool done)
    {
        await _world.OpenFundAsync("f-crash", 100);
        EntryId entry = (await _world.RecordAsync(Office.Allocation("f-crash", 90), "wrong")).EntryIds.First();
        int commits = (await _world.CommitsAsync()).Count(commit => commit.Stream.HoldsFacts);
        Break(step, done);

        bool corrects = kind == "correction";
        PostingRecord record = await RepeatAsync(
            corrects ? Office.Correction(entry.Value, Office.Allocation("f-crash", 60)) : Office.Withdrawal(entry.Value), approve: true);

        _broken.ShouldBe(1, "the write was reached, and failed once");
        record.State.ShouldBe(PostingState.Effective);
        List<Commit> all = await _world.CommitsAsync();
        all.Count(commit => commit.Stream.HoldsFacts).ShouldBe(commits + 1);
        all.Count(commit => commit.Stream == record.Stream).ShouldBe(3, "proposed, approved, settled");

        // Amended once: the old figure is there to be read, and the new one alone counts.
        var history = History.Of(all.Where(commit => commit.Stream == record.Target).SelectMany(commit => commit.Entries).Select(leaf => Entry.Of(leaf, _ => null)));
        history.Amendments.Length.ShouldBe(1);
        EntryHistory amended = history.Find(entry)!;
        ((Allocation)amended.First.Fact).Amount.Fen.ShouldBe(9_000);
        amended.IsWithdrawn.ShouldBe(!corrects);
        FundBooks books = await _world.BooksAsync("f-crash");
        books.Allocated.Fen.ShouldBe(corrects ? 6_000 : 0);
        books.Free.Fen.ShouldBe(10_000 - books.Allocated.Fen);
        books.Amended.ShouldBe([entry]);
        await ShouldKeepExactlyItsValuesAsync();
    }

    [Theory]
    [InlineData("put word", false)]
    [InlineData("put word", true)]
    [InlineData("decide", false)]
    [InlineData("decide", true)]
    [InlineData("target", false)]
    [InlineData("target", true)]
    [InlineData("settle", false)]
    [InlineData("settle", true)]
    public async Task RefusedPosting_BrokenAtAWriteAndRepeated_IsRefusedExactlyOnce(string step, bool done)
    {
        await _world.OpenFundAsync("f-crash", 100);
        var proposed = (Submission.Accepted)await _world.Desk.SubmitAsync(
            DeskWorld.DraftOf(Office.Allocation("f-crash", 60)), DeskWorld.Poster, Key, Cancel);
        (await _world.RecordAsync(Office.Allocation("f-crash", 50), "other")).State.ShouldBe(PostingState.Effective);
        Break(step, done);

        // The posting was proposed while the fund could bear it: only its decision comes after the break.
        PostingRecord record = await DecideUntilDoneAsync(proposed.Record.Id, approve: true);

        _broken.ShouldBe(1);
        record.State.ShouldBe(PostingState.Refused);
        record.Refusal!.Code.ShouldBe("exceeds-free");
        (await _world.BooksAsync("f-crash")).Allocated.Fen.ShouldBe(5_000);
        (await _world.CommitsAsync()).Count(commit => commit.Stream == record.Stream).ShouldBe(3);
    }

    [Theory]
    [InlineData("put word", false)]
    [InlineData("put word", true)]
    [InlineData("decide", false)]
    [InlineData("decide", true)]
    public async Task Rejection_BrokenAtAWriteAndRepeated_IsRejectedOnce(string step, bool done)
    {
        await _world.OpenFundAsync("f-crash", 100);
        Break(step, done);
        PostingRecord record = await RepeatAsync(Office.Allocation("f-crash", 60), approve: false);
        _broken.ShouldBe(1);
        record.State.ShouldBe(PostingState.Rejected);
        (await _world.BooksAsync("f-crash")).Allocated.Fen.ShouldBe(0);
        await ShouldKeepExactlyItsValuesAsync();
    }

    [Theory]
    [InlineData("target", false)]
    [InlineData("target", true)]
    [InlineData("settle", false)]
    [InlineData("settle", true)]
    [InlineData("decide", true)]
    public async Task ApprovedPosting_LeftByACrash_IsFoundAndFinishedByTheFollower(string step, bool done)
    {
        int entries = await _world.OpenFundAsync("f-crash", 100);
        Break(step, done);
        var accepted = (Submission.Accepted)await _world.Desk.SubmitAsync(
            DeskWorld.DraftOf(Office.Allocation("f-crash", 60)), DeskWorld.Poster, Key, Cancel);
        await Should.ThrowAsync<CrashException>(() => _world.Desk.DecideAsync(
            accepted.Record.Id, DeskWorld.Approver, approve: true, FreeText.Of("checked"), Cancel));

        using var follower = new PositionFollower(_world.Ledger);
        bool settled = step == "settle" && done;
        IReadOnlyList<PostingId> unsettled = await follower.UnsettledAsync(Cancel);
        unsettled.ShouldBe(settled ? [] : [accepted.Record.Id]);
        (await _world.Desk.FinishAsync(accepted.Record.Id, Cancel)).State.ShouldBe(PostingState.Effective);
        (await follower.UnsettledAsync(Cancel)).ShouldBeEmpty();
        (await follower.ReadAsync(Cancel)).ShouldBe(entries + 1);
        (await _world.BooksAsync("f-crash")).Allocated.Fen.ShouldBe(6_000);
    }

    [Theory]
    [InlineData("put content", false)]
    [InlineData("put content", true)]
    [InlineData("propose", false)]
    [InlineData("propose", true)]
    [InlineData("target", false)]
    [InlineData("target", true)]
    [InlineData("settle", false)]
    [InlineData("settle", true)]
    public async Task PostingThatNeedsNoApproval_BrokenAtAWriteAndRepeated_TakesEffectExactlyOnceByItself(string step, bool done)
    {
        await _world.OpenFundAsync("f-crash", 100);
        int entries = (await _world.CommitsAsync()).Sum(commit => commit.Entries.Length);
        Break(step, done);
        await Should.ThrowAsync<CrashException>(() => SubmitProgressAsync());
        var accepted = (Submission.Accepted)await SubmitProgressAsync();

        using var follower = new PositionFollower(_world.Ledger);
        foreach (PostingId left in await follower.UnsettledAsync(Cancel))
        {
            await _world.Desk.FinishAsync(left, Cancel);
        }

        _broken.ShouldBe(1, "the write was reached, and failed once");
        (await follower.UnsettledAsync(Cancel)).ShouldBeEmpty();
        var record = (PostingRecord)(await _world.Desk.FindAsync(accepted.Record.Id, Cancel))!;
        (record.State, record.NeedsApproval, record.Decision).ShouldBe((PostingState.Effective, false, null));
        List<Commit> commits = await _world.CommitsAsync();
        commits.Sum(commit => commit.Entries.Length).ShouldBe(entries + 1);
        commits.Count(commit => commit.Stream == record.Stream).ShouldBe(2, "proposed, settled");
        await ShouldKeepExactlyItsValuesAsync();
    }

    [Theory]
    [InlineData("propose", true)]
    [InlineData("target", false)]
    [InlineData("target", true)]
    [InlineData("settle", false)]
    public async Task PostingThatNeedsNoApproval_LeftByACrash_IsFoundByTheFollower(string step, bool done)
    {
        await _world.OpenFundAsync("f-crash", 100);
        Break(step, done);
        await Should.ThrowAsync<CrashException>(() => SubmitProgressAsync());

        using var follower = new PositionFollower(_world.Ledger);
        PostingId left = (await follower.UnsettledAsync(Cancel)).ShouldHaveSingleItem();
        ((PostingRecord)(await _world.Desk.FindAsync(left, Cancel))!).State.ShouldBe(PostingState.Approved);
        (await _world.Desk.FinishAsync(left, Cancel)).State.ShouldBe(PostingState.Effective);
        (await follower.UnsettledAsync(Cancel)).ShouldBeEmpty();
    }

    [Fact]
    public async Task Finish_ByTwoAtOnceAfterTheTargetDecided_NeverContradictsIt()
    {
        await _world.OpenFundAsync("f-crash", 100);
        Break("settle", done: false);
        var accepted = (Submission.Accepted)await _world.Desk.SubmitAsync(
            DeskWorld.DraftOf(Office.Allocation("f-crash", 60)), DeskWorld.Poster, Key, Cancel);
        await Should.ThrowAsync<CrashException>(() => _world.Desk.DecideAsync(
            accepted.Record.Id, DeskWorld.Approver, approve: true, FreeText.Of("checked"), Cancel));

        // Judged anew, the fund could not bear it: it has borne it already.
        PostingRecord[] finished = await Task.WhenAll(Enumerable.Range(0, 8).Select(_ => Task.Run(() => _world.Desk.FinishAsync(accepted.Record.Id, Cancel), Cancel)));
        finished.ShouldAllBe(record => record.State == PostingState.Effective);
        (await _world.BooksAsync("f-crash")).Allocated.Fen.ShouldBe(6_000);
    }

    [Fact]
    public async Task Sweep_OfOrphans_WaitsAnHourAndKeepsWhatCommitsHold()
    {
        await _world.OpenFundAsync("f-crash", 100);
        int kept = _world.Values.Count;
        Break("propose", done: false);
        await Should.ThrowAsync<CrashException>(() => _world.Desk.SubmitAsync(
            DeskWorld.DraftOf(Office.Notice("n-crash")), DeskWorld.Poster, Key, Cancel));
        _world.Values.Count.ShouldBeGreaterThan(kept + 10);

        _world.Clock.Advance(TimeSpan.FromMinutes(59));
        (await _world.Sweep.SweepAsync(Cancel)).ShouldBe(0);
        _world.Clock.Advance(TimeSpan.FromMinutes(2));
        (await _world.Sweep.SweepAsync(Cancel)).ShouldBeGreaterThan(10);
        _world.Values.Count.ShouldBe(kept);
        (await _world.Sweep.SweepAsync(Cancel)).ShouldBe(0);
    }

    /// <summary>A ledger from an old copy lacks postings, or the last that was said of one. Their values are nowhere else.</summary>
    [Theory]
    [InlineData(0)]
    [InlineData(1)]
    public async Task Sweep_OverALedgerThatWasSetBack_KeepsWhatTheArchiveKnows(int left)
    {
        Submission.Accepted posted = (Submission.Accepted)await _world.Desk.SubmitAsync(DeskWorld.DraftOf(Office.Notice("n-crash")), DeskWorld.Poster, Key, Cancel);
        await _world.Desk.DecideAsync(posted.Record.Id, DeskWorld.Approver, approve: false, FreeText.Of("not yet"), Cancel);
        var old = new MemoryLedgerStore();
        foreach (Commit commit in await _world.CommitsAsync())
        {
            _world.Archive.Files[Archiver.PathOf(commit)] = commit.ToBytes();
            if (commit.Version < left)
            {
                await old.AppendAsync(commit, Cancel);
            }
        }

        _world.Clock.Advance(TimeSpan.FromHours(2));
        (await new ValueSweep(old, _world.Values, _world.Archive, _world.Clock).SweepAsync(Cancel)).ShouldBe(0);
        (await new ValueSweep(old, _world.Values, new MemoryArchive(), _world.Clock).SweepAsync(Cancel)).ShouldBeGreaterThan(0, "without the archive nobody knows");
    }

    [Fact]
    public async Task Sweep_OfALargePosting_ForgetsItInOneGo()
    {
        // A store may keep them together, and would else write the rest anew for every batch.
        await _world.OpenFundAsync("f-crash", 100);
        int kept = _world.Values.Count;
        Break("propose", done: false);
        await Should.ThrowAsync<CrashException>(() => _world.Desk.SubmitAsync(
            DeskWorld.DraftOf(Office.LargestNotice("n-crash")), DeskWorld.Poster, Key, Cancel));
        _world.Clock.Advance(TimeSpan.FromHours(2));
        int times = 0;
        _world.Values.BeforeForget = () => times++;
        (await _world.Sweep.SweepAsync(Cancel)).ShouldBeGreaterThan(4 * NoticeReader.RowsMax - 1);
        times.ShouldBe(1);
        _world.Values.Count.ShouldBe(kept);
    }

    [Fact]
    public async Task Sweep_BrokenHalfway_IsSafeToRepeat()
    {
        await _world.OpenFundAsync("f-crash", 100);
        int kept = _world.Values.Count;
        Break("propose", done: false);
        await Should.ThrowAsync<CrashException>(() => _world.Desk.SubmitAsync(
            DeskWorld.DraftOf(Office.Notice("n-crash")), DeskWorld.Poster, Key, Cancel));
        _world.Clock.Advance(TimeSpan.FromHours(2));
        _world.Values.AfterForget = () => throw new CrashException();
        await Should.ThrowAsync<CrashException>(() => _world.Sweep.SweepAsync(Cancel));
        _world.Values.AfterForget = null;
        await _world.Sweep.SweepAsync(Cancel);
        _world.Values.Count.ShouldBe(kept);
    }

    // Breaks the next write of that name once.
    private void Break(string step, bool done)
    {
        Action<Commit> onCommit = commit =>
        {
            bool isIt = step switch
            {
                "propose" => commit.Stream.Posting is not null && commit.Version == 0,
                "decide" => commit.Stream.Posting is not null && commit.Version == 1 && commit.Id != "settled",
                "settle" => commit.Stream.Posting is not null && commit.Id == "settled",
                "target" => commit.Stream.HoldsFacts,
                _ => false,
            };
            Crash(isIt);
        };
        int puts = 0;
        Action onPut = () =>
        {
            puts++;
            Crash((step == "put content" && puts == 1) || (step == "put word" && puts == (_puttingContent ? 2 : 1)));
        };
        _world.Ledger.BeforeAppend = done ? null : onCommit;
        _world.Ledger.AfterAppend = done ? onCommit : null;
        bool ofValues = step.StartsWith("put", StringComparison.Ordinal);
        _world.Values.BeforePut = ofValues && !done ? onPut : null;
        _world.Values.AfterPut = ofValues && done ? onPut : null;
    }

    private void Crash(bool isIt)
    {
        if (isIt && _broken == 0)
        {
            _broken++;
            throw new CrashException();
        }
    }

    private Task<Submission> SubmitProgressAsync() =>
        _world.Desk.SubmitAsync(DeskWorld.DraftOf(Office.Progress("f-crash")), DeskWorld.Poster, Key, Cancel);

    // What a client does that got no answer: the same again, with the same key, until there is one.
    private async Task<PostingRecord> RepeatAsync(JsonObject posting, bool approve)
    {
        _puttingContent = true;
        Submission? submission = null;
        for (int attempt = 0; attempt < 3 && submission is null; attempt++)
        {
            try
            {
                submission = await _world.Desk.SubmitAsync(DeskWorld.DraftOf(posting), DeskWorld.Poster, Key, Cancel);
            }
            catch (CrashException)
            {
                // Sent again.
            }
        }

        return await DecideUntilDoneAsync(((Submission.Accepted)submission!).Record.Id, approve);
    }

    private async Task<PostingRecord> DecideUntilDoneAsync(PostingId id, bool approve)
    {
        for (int attempt = 0; attempt < 3; attempt++)
        {
            try
            {
                await _world.Desk.DecideAsync(id, DeskWorld.Approver, approve, FreeText.Of("checked"), Cancel);
                return await _world.Desk.FinishAsync(id, Cancel);
            }
            catch (CrashException)
            {
                // Decided again; where the first one counted, this one is "already decided".
            }
        }

        throw new InvalidOperationException("One write was broken, and three attempts did not get past it.");
    }

    // After the sweep there is a value for every commitment that a posting's stream holds, and no other.
    private async Task ShouldKeepExactlyItsValuesAsync()
    {
        _world.Clock.Advance(TimeSpan.FromHours(2));
        await _world.Sweep.SweepAsync(Cancel);
        var held = new HashSet<ValueKey>();
        PostingId[] postings = [.. (await _world.CommitsAsync()).Select(commit => commit.Stream.Posting).OfType<PostingId>().Distinct()];
        foreach (PostingId posting in postings)
        {
            var record = (PostingRecord)(await _world.Desk.FindAsync(posting, Cancel))!;
            held.Add(new ValueKey(posting, record.Content));
            held.UnionWith(record.Facts.SelectMany(fact => fact.Commitments()).Select(commitment => new ValueKey(posting, commitment)));
            held.UnionWith(record.Decision?.Word is { } word ? [new ValueKey(posting, word)] : []);
        }

        (await _world.Values.GetAsync(postings, Cancel)).Select(opening => opening.Key).ShouldBe(held, ignoreOrder: true);
        _world.Values.Count.ShouldBe(held.Count);
    }
}
