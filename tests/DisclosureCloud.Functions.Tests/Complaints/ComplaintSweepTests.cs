using DisclosureCloud.Functions.Hosting.Complaints;
using DisclosureCloud.Functions.Hosting.EvidenceFiles;
using DisclosureCloud.Functions.Tests.EvidenceFiles;
using DisclosureCloud.Functions.Tests.Postings;
using DisclosureCloud.Ledger;
using DisclosureCloud.Testing;
using Microsoft.Extensions.Logging.Abstractions;

namespace DisclosureCloud.Functions.Tests.Complaints;

/// <summary>What was said is forgotten when its time is over, not before it, and for good; evidence files in the same store are not touched.</summary>
public sealed class ComplaintSweepTests
{
    private readonly DeskWorld _world = new();
    private readonly SeededSalts _salts = new(20261123);

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    private ComplaintDesk Desk => new(_world.Complaints, _salts, _world.Clock, NullLogger<ComplaintDesk>.Instance);

    [Fact]
    public async Task Complaint_ClosedLongAgo_IsForgottenWithItsAnswer()
    {
        ComplaintId closed = await TakeAsync();
        await ReplyAsync(closed, ComplaintState.InHand);
        _world.Clock.Advance(TimeSpan.FromDays(10));
        await ReplyAsync(closed, ComplaintState.Answered);
        _world.Clock.Advance(ComplaintSweep.ClosedMax);
        (await _world.ComplaintSweep.SweepAsync(Cancel)).ShouldBe(0, "its last day is not over");
        (await Desk.FindAsync(closed, Cancel)).ShouldNotBeNull();

        _world.Clock.Advance(TimeSpan.FromSeconds(1));
        (await _world.ComplaintSweep.SweepAsync(Cancel)).ShouldBe(1);
        (await Desk.FindAsync(closed, Cancel)).ShouldBeNull();
        (_world.ComplaintFiles.Files.Count, _world.EvidenceKeys.Count).ShouldBe((0, 0));
        (await _world.ComplaintSweep.SweepAsync(Cancel)).ShouldBe(0);
    }

    [Fact]
    public async Task Complaint_ThatNobodyClosed_IsKeptThreeYearsAndNoLonger()
    {
        ComplaintId open = await TakeAsync();
        await ReplyAsync(open, ComplaintState.InHand);
        _world.Clock.Advance(ComplaintSweep.OpenMax);
        (await _world.ComplaintSweep.SweepAsync(Cancel)).ShouldBe(0);
        (await Desk.FindAsync(open, Cancel)).ShouldNotBeNull();
        _world.Clock.Advance(TimeSpan.FromSeconds(1));
        (await _world.ComplaintSweep.SweepAsync(Cancel)).ShouldBe(1);
        (_world.ComplaintFiles.Files.Count, _world.EvidenceKeys.Count).ShouldBe((0, 0));
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task Sweep_CrashedAtTheKeys_IsDoneByRepeating(bool done)
    {
        ComplaintId closed = await TakeAsync();
        await ReplyAsync(closed, ComplaintState.Answered);
        _world.Clock.Advance(ComplaintSweep.ClosedMax + TimeSpan.FromDays(1));
        DeskWorld.BreakNextForget(_world.EvidenceKeys, done);
        await Should.ThrowAsync<CrashException>(() => _world.ComplaintSweep.SweepAsync(Cancel));
        ((await Desk.FindAsync(closed, Cancel)) is null).ShouldBe(done, "its own key goes first");
        await _world.ComplaintSweep.SweepAsync(Cancel);
        (await Desk.FindAsync(closed, Cancel)).ShouldBeNull();
        (_world.ComplaintFiles.Files.Count, _world.EvidenceKeys.Count).ShouldBe((0, 0), "the key of its answer says where its files lie");
    }

    [Fact]
    public async Task Sweep_CrashedAtTheFiles_LeavesNoiseThatGoesWhenItsTimeIsOver()
    {
        ComplaintId closed = await TakeAsync();
        await ReplyAsync(closed, ComplaintState.Answered);
        _world.Clock.Advance(ComplaintSweep.ClosedMax + TimeSpan.FromDays(1));
        _world.ComplaintFiles.BeforeWrite = _ => throw new CrashException();
        await Should.ThrowAsync<CrashException>(() => _world.ComplaintSweep.SweepAsync(Cancel));
        _world.ComplaintFiles.BeforeWrite = null;
        (_world.ComplaintFiles.Files.Count, _world.EvidenceKeys.Count).ShouldBe((2, 0), "nobody can read them");
        (await Desk.FindAsync(closed, Cancel)).ShouldBeNull();
        (await Desk.ReadAsync(_ => true, state: null, after: null, limit: 10, Cancel)).Complaints.ShouldBeEmpty();

        ComplaintId young = await TakeAsync();
        _world.Clock.Advance(ComplaintSweep.OpenMax);
        await _world.ComplaintSweep.SweepAsync(Cancel);
        (await Desk.FindAsync(young, Cancel)).ShouldNotBeNull();
        _world.ComplaintFiles.Files.Count.ShouldBe(1);
    }

    [Fact]
    public async Task Answer_ThatWasNeverWritten_ClosesNothing()
    {
        // Its key was put, and whoever did it died: the complaint is open.
        ComplaintId open = await TakeAsync();
        _world.ComplaintFiles.BeforeWrite = _ => throw new CrashException();
        await Should.ThrowAsync<CrashException>(() => ReplyAsync(open, ComplaintState.Answered));
        _world.ComplaintFiles.BeforeWrite = null;
        _world.Clock.Advance(ComplaintSweep.ClosedMax + TimeSpan.FromDays(1));
        (await _world.ComplaintSweep.SweepAsync(Cancel)).ShouldBe(0);
        (await Desk.FindAsync(open, Cancel)).ShouldNotBeNull().State.ShouldBe(ComplaintState.Received);
    }

    [Theory]
    [InlineData(0, "emptied")]
    [InlineData(0, "altered")]
    [InlineData(1, "emptied")]
    [InlineData(1, "altered")]
    public async Task Sweep_WithOneThatIsDamaged_ForgetsItAndTheOthers(int number, string how)
    {
        ComplaintId damaged = await TakeAsync();
        await ReplyAsync(damaged, ComplaintState.Answered);
        ComplaintId other = await TakeAsync();
        await ReplyAsync(other, ComplaintState.Answered);
        string path = _world.ComplaintFiles.Files.Keys.Single(one => one.EndsWith(number == 0 ? damaged.Value : $"{damaged.Value}.1", StringComparison.Ordinal));
        byte[] file = _world.ComplaintFiles.Files[path];
        file[^1] ^= 1;
        file[8] ^= 1; // Of the commitment, too: it is of no key.
        _world.ComplaintFiles.Files[path] = how == "altered" ? file : [];
        _world.Clock.Advance(ComplaintSweep.ClosedMax + TimeSpan.FromSeconds(1));

        (await _world.ComplaintSweep.SweepAsync(Cancel)).ShouldBe(2);
        (await Desk.FindAsync(damaged, Cancel)).ShouldBeNull();
        (_world.ComplaintFiles.Files.Count, _world.EvidenceKeys.Count).ShouldBe((0, 0));
    }

    [Fact]
    public async Task Sweeps_OfBothSorts_LeaveTheOthersTheirs()
    {
        var poster = EvidenceSamples.Poster;
        var file = EvidenceFileId.Of(poster.Department, "kept");
        await _world.Vault.PutAsync(file, poster, EvidenceSamples.Pdf, EvidenceSamples.File("a receipt"), Cancel);
        ComplaintId complaint = await TakeAsync();
        _world.Clock.Advance(EvidenceSweep.WaitMax + TimeSpan.FromDays(2));
        (await _world.EvidenceSweep.SweepAsync(Cancel)).ShouldBe(1);
        (await Desk.FindAsync(complaint, Cancel)).ShouldNotBeNull("it waits for no posting");

        await _world.Vault.PutAsync(file, poster, EvidenceSamples.Pdf, EvidenceSamples.File("a receipt"), Cancel);
        _world.Clock.Advance(ComplaintSweep.OpenMax + TimeSpan.FromDays(2));
        (await _world.ComplaintSweep.SweepAsync(Cancel)).ShouldBe(1);
        (await _world.Vault.FindAsync(file, Cancel)).Record.ShouldNotBeNull();
    }

    private async Task<ComplaintId> TakeAsync() => ComplaintId.Of((await Desk.TakeAsync(ComplaintSamples.Said(), Cancel)).Code);

    private async Task ReplyAsync(ComplaintId id, ComplaintState state) => (await Desk.ReplyAsync(
        (await Desk.FindAsync(id, Cancel))!, new ComplaintReply(state, FreeText.Of("已核实")), Id.Parse<PersonId>("petitions-poster"), Cancel)).ShouldBeOfType<ReplyAnswer.Kept>();
}
