using System.Text;
using System.Text.Json.Nodes;
using DisclosureCloud.Functions.Hosting.EvidenceFiles;
using DisclosureCloud.Functions.Hosting.Postings;
using DisclosureCloud.Functions.Tests.EvidenceFiles;
using DisclosureCloud.Functions.Tests.Postings;
using DisclosureCloud.Functions.Tests.Running;
using DisclosureCloud.Ledger;
using DisclosureCloud.Testing;
using DisclosureCloud.Verifier;

namespace DisclosureCloud.Functions.Tests.Publishing;

/// <summary>What the log says of evidence files: that there are some, and a commitment to each that nothing public opens.</summary>
public sealed class EvidenceInTheLogTests : IDisposable
{
    private readonly PublishWorld _world = PublishWorld.Empty();

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    private DeskWorld Desks => _world.Desks;

    [Fact]
    public async Task EntryWithEvidence_Published_IsProvenAndTellsNeitherSaltNorFile()
    {
        (EntryId entry, EvidenceRecord record) = await RecordAsync("f-shown", "voucher 17, scanned");
        await _world.PublishAsync();
        VerifyReport report = await _world.VerifyAsync();
        report.Findings.ShouldBeEmpty();
        string salt = Convert.ToHexStringLower(record.Salt.Span);
        (await WhereAsync(salt)).ShouldBeEmpty();
        (await WhereAsync("voucher 17, scanned")).ShouldBeEmpty();
        (await WhereAsync(record.Commitment.Hex)).ShouldAllBe(path => path.StartsWith("log/", StringComparison.Ordinal));
        Leaf leaf = (await Desks.CommitsAsync()).SelectMany(commit => commit.Entries).Single(one => one.Id == entry);
        SealedFact.Of(leaf.Json).EvidenceFiles().ShouldBe([new EvidenceFile(record.Id, record.Commitment)]);
    }

    [Fact]
    public async Task Redaction_OfAFile_LeavesEveryProofAndIsForgottenAgainEachDay()
    {
        (EntryId entry, EvidenceRecord record) = await RecordAsync("f-redacted", "voucher 17, scanned");
        await _world.PublishAsync();
        PostingRecord redaction = await Desks.RecordAsync(Office.Redaction(entry.Value, "/evidenceFiles/0"), "redaction");
        redaction.State.ShouldBe(PostingState.Effective);
        Desks.EvidenceFiles.Files.ShouldBeEmpty();
        (await Desks.Vault.FindAsync(record.Id, Cancel)).Record.ShouldBeNull();
        await _world.PublishAsync();
        VerifyReport report = await _world.VerifyAsync();
        report.Findings.ShouldBeEmpty();
        report.Proven.ShouldContain($"Evidence files forgotten, as redactions say: 1 ({redaction.EntryIds.Single()}).", StringComparer.Ordinal);

        await new EvidenceKeys(Desks.EvidenceKeys, new SeededSalts(9)).PutAsync(record, Cancel); // A store that was restored from a copy.
        int before = Desks.EvidenceKeys.Count;
        await _world.KeepUp.TurnDayAsync(Cancel);
        Desks.EvidenceKeys.Count.ShouldBe(before - 1);
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task Destroying_BrokenAndRepeated_IsDoneWhenTheRedactionIsSettled(bool done)
    {
        (EntryId entry, EvidenceRecord record) = await RecordAsync("f-broken", "voucher 17, scanned");
        DeskWorld.BreakNextForget(Desks.EvidenceKeys, done);
        await Should.ThrowAsync<CrashException>(() => Desks.RecordAsync(Office.Redaction(entry.Value, "/evidenceFiles/0"), "redaction"));
        (await _world.KeepUp.FinishAsync(Cancel)).ShouldBe((1, 0));
        FoundEvidence found = await Desks.Vault.FindAsync(record.Id, Cancel);
        (found.Record, found.IsStored).ShouldBe((null, false));
    }

    [Fact]
    public async Task Rebuild_OfALedgerThatNamesFiles_MissesNothingForTheirSake()
    {
        await RecordAsync("f-rebuilt", "voucher 17, scanned");
        await _world.PublishAsync();
        await _world.Archiver.FollowAsync(Cancel);
        var report = await _world.RebuilderOf(new MemoryLedgerStore(), Desks.Values, _world.Archive).RebuildAsync(new(IsDryRun: false, []), _ => { }, Cancel);
        (report.ValuesMissing, report.ValuesTaken).ShouldBe((0, 0));
    }

    [Fact]
    public async Task Posting_CrashedAfterNamingItsFiles_IsTakenWhenItIsSentAgain()
    {
        await Desks.OpenFundAsync("f-named", 100);
        EvidenceFileId file = await SendAsync("voucher 17, scanned");
        Desks.Values.BeforePut = () => throw new CrashException();
        await Should.ThrowAsync<CrashException>(() => Desks.RecordAsync(Allocation("f-named", file), "named"));
        Desks.Values.BeforePut = null;
        (await Desks.RecordAsync(Allocation("f-named", file), "named")).State.ShouldBe(PostingState.Effective);
    }

    [Fact]
    public async Task Sweep_OfFilesThatNoPostingNames_WaitsThirtyDays()
    {
        EvidenceFileId file = await SendAsync("voucher 17, scanned");
        Desks.Clock.Advance(TimeSpan.FromDays(30));
        (await Desks.EvidenceSweep.SweepAsync(Cancel)).ShouldBe(0);
        (await Desks.Vault.FindAsync(file, Cancel)).Record.ShouldNotBeNull();

        // It may go at any moment now, and no posting may rely on it.
        await Desks.OpenFundAsync("f-late", 100);
        var late = (Submission.NoEvidence)await Desks.Desk.SubmitAsync(DeskWorld.DraftOf(Allocation("f-late", file)), DeskWorld.Poster, "late", Cancel);
        late.Finding.Code.ShouldBe("no-such-evidence-file");
        Desks.Clock.Advance(TimeSpan.FromDays(1) + TimeSpan.FromSeconds(1));
        (await Desks.EvidenceSweep.SweepAsync(Cancel)).ShouldBe(1);
        (Desks.EvidenceFiles.Files.Count, Desks.EvidenceKeys.Count).ShouldBe((0, 0));
    }

    [Theory]
    [InlineData("proposed", true)]
    [InlineData("effective", true)]
    [InlineData("rejected", false)]
    [InlineData("refused", false)]
    [InlineData("never came", false)]
    public async Task Sweep_OfAFileThatWasNamed_KeepsWhatAPostingMayNeed(string fate, bool isKept)
    {
        await Desks.OpenFundAsync("f-swept", 100);
        EvidenceFileId file = await SendAsync("voucher 17, scanned");
        Draft draft = DeskWorld.DraftOf(Allocation("f-swept", file, fate == "refused" ? 1_000 : 10));
        switch (fate)
        {
            case "never came":
                await Desks.Vault.NameAsync(file, PostingId.Of(DeskWorld.Poster.Department, "never"), Cancel);
                break;
            case "refused":
                // Good when it was sent, and too much when it was approved.
                draft = DeskWorld.DraftOf(Allocation("f-swept", file, 100));
                var waiting = (Submission.Accepted)await Desks.Desk.SubmitAsync(draft, DeskWorld.Poster, "swept", Cancel);
                await Desks.RecordAsync(Office.Allocation("f-swept", 100), "first");
                await DecideAsync(waiting, approve: true);
                break;
            default:
                var posted = (Submission.Accepted)await Desks.Desk.SubmitAsync(draft, DeskWorld.Poster, "swept", Cancel);
                await (fate == "proposed" ? Task.CompletedTask : DecideAsync(posted, fate == "effective"));
                break;
        }

        Desks.Clock.Advance(TimeSpan.FromDays(40));
        (await Desks.EvidenceSweep.SweepAsync(Cancel)).ShouldBe(isKept ? 0 : 1);
        FoundEvidence found = await Desks.Vault.FindAsync(file, Cancel);
        (found.Record is not null, found.IsStored).ShouldBe((isKept, isKept));
    }

    public void Dispose() => _world.Dispose();

    private Task DecideAsync(Submission.Accepted posted, bool approve) =>
        Desks.Desk.DecideAsync(posted.Record.Id, DeskWorld.Approver, approve, FreeText.Of("checked"), Cancel);

    private static JsonObject Allocation(string fund, EvidenceFileId file, long yuan = 10) => Office.WithEvidence(Office.Allocation(fund, yuan), file.Value);

    private async Task<EvidenceFileId> SendAsync(string text)
    {
        EvidenceFileId id = EvidenceSamples.Id0(text);
        (await Desks.Vault.PutAsync(id, DeskWorld.Poster, EvidenceSamples.Pdf, EvidenceSamples.File(text), Cancel)).ShouldBeOfType<EvidenceAnswer.Kept>();
        return id;
    }

    private async Task<(EntryId Entry, EvidenceRecord Record)> RecordAsync(string fund, string text)
    {
        await Desks.OpenFundAsync(fund, 100);
        EvidenceFileId file = await SendAsync(text);
        PostingRecord posting = await Desks.RecordAsync(Allocation(fund, file), "with-evidence");
        posting.State.ShouldBe(PostingState.Effective);
        return (posting.EntryIds.Single(), (await Desks.Vault.FindAsync(file, Cancel)).Record!);
    }

    private async Task<string[]> WhereAsync(string value) =>
        [.. (await _world.FilesAsync()).Where(file => file.Value.AsSpan().IndexOf(Encoding.UTF8.GetBytes(value)) >= 0).Select(file => file.Key)];
}
