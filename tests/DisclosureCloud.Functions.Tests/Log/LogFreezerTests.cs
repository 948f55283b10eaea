using System.Text;
using DisclosureCloud.Functions.Hosting.Log;
using DisclosureCloud.Functions.Hosting.Publishing;
using DisclosureCloud.Functions.Tests.Postings;
using DisclosureCloud.Functions.Tests.Publishing;
using DisclosureCloud.Ledger;
using DisclosureCloud.Testing;
using DisclosureCloud.Transparency;
using DisclosureCloud.Verifier;

namespace DisclosureCloud.Functions.Tests.Log;

/// <summary>A log that was ended is appended to no more, whatever broke on the way and whoever was at it.</summary>
public sealed class LogFreezerTests
{
    private const string Next = "log.example/next";

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Freeze_Done_EndsTheLogAndItsPublicationsAndKeepsTheSite()
    {
        using PublishWorld world = await PublishWorld.OpenAsync();
        FrozenLog log = await world.Freezer().FreezeAsync(FreezeReason.Closed, Next, Cancel);
        log.Head.ShouldBe(world.Sequencer.Known.Head);
        (await world.PublicationsAsync()).ShouldBe(1, "what was there is published once more");
        string before = await world.HashAsync();

        await world.Desks.OpenFundAsync("f-late", 10);
        foreach (Func<Task> attempt in new Func<Task>[] { () => world.PublishAsync(), () => world.Sequencer.FollowAsync(Cancel), () => world.Sequencer.CheckAsync(Cancel) })
        {
            world.Start();
            LogRefusedException refused = await Should.ThrowAsync<LogRefusedException>(attempt);
            refused.Message.ShouldContain("has ended on 2026-03-02 with");
            refused.Message.ShouldContain(Next);
        }

        (await world.HashAsync()).ShouldBe(before);
        (await world.PublicationsAsync()).ShouldBe(1);
        (await world.Freezer().FreezeAsync(FreezeReason.Closed, Next, Cancel)).Text.ShouldBe(log.Text, "done twice is done once");
        (await Should.ThrowAsync<LogRefusedException>(() => world.Freezer().FreezeAsync(FreezeReason.KeyCompromised, Next, Cancel))).Message.ShouldContain("not said otherwise");
        (await Should.ThrowAsync<LogRefusedException>(() => world.Freezer().FreezeAsync(FreezeReason.Closed, null, Cancel))).Message.ShouldContain("not said otherwise");
    }

    [Fact]
    public async Task Freeze_WithAnAppendOnItsWay_LetsNoneSlipPast()
    {
        using PublishWorld world = await PublishWorld.OpenAsync();
        await world.PublishAsync();
        await world.Desks.OpenFundAsync("f-late", 10);
        bool frozen = false;

        // The append has staged its leaves and is about to replace the row: the log is ended at that very moment.
        world.LogCells.Before = async (request, _) =>
        {
            if (request is CellRequest.Replace && !frozen)
            {
                frozen = true;
                LockedCheckpoint last = (await world.Row().ReadAsync(Cancel))!;
                var end = new FrozenLog(world.Signer.Origin, last.Head, world.Deployment.Today(world.Desks.Clock), FreezeReason.Closed, successor: null);
                (await world.Row().FreezeAsync(last, world.Signer.Freeze(end), Cancel)).ShouldBeTrue();
            }
        };
        TreeHead before = (await world.Row().ReadAsync(Cancel))!.Head;
        await Should.ThrowAsync<LogRefusedException>(() => world.Sequencer.FollowAsync(Cancel));
        frozen.ShouldBeTrue();
        (await world.Row().ReadAsync(Cancel))!.Head.ShouldBe(before);
    }

    [Fact]
    public async Task Freeze_WithAnAppendThatWasFaster_EndsWithIt()
    {
        using PublishWorld world = await PublishWorld.OpenAsync();
        await world.PublishAsync();
        bool appended = false;
        world.LogCells.Before = async (request, cancel) =>
        {
            if (request is CellRequest.Replace && !appended)
            {
                appended = true;
                await world.Desks.OpenFundAsync("f-late", 10);
                using Sequencer other = world.Beside(world.Desks.Ledger, world.Desks.Values, new MemorySiteFiles()).Sequencer;
                await other.FollowAsync(cancel);
            }
        };
        FrozenLog log = await world.Freezer().FreezeAsync(FreezeReason.Closed, successor: null, Cancel);
        appended.ShouldBeTrue();
        (await world.Row().ReadAsync(Cancel))!.Head.ShouldBe(log.Head);
        world.Signer.Open((await world.Site.ReadAsync(Sequencer.PublicPath, Cancel))!, "the test").Head.ShouldBe(log.Head, "what was logged is published");
        (await world.FilesAsync()).Keys.ShouldContain("funds/f-late/index.html", StringComparer.Ordinal);
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task Freeze_KilledAtEachWrite_IsFinishedByTheNext(bool isDone)
    {
        int writes = await CountWritesAsync();
        writes.ShouldBeGreaterThan(3);
        for (int at = 0; at < writes; at++)
        {
            using PublishWorld world = await PublishWorld.OpenAsync();
            await world.PublishAsync();
            int done = 0;
            Break(world, () => done += done == at ? throw new CrashException() : 1, isDone);
            await Should.ThrowAsync<CrashException>(() => world.Freezer().FreezeAsync(FreezeReason.Closed, Next, Cancel));
            Break(world, null, isDone);
            world.Desks.Clock.Advance(TimeSpan.FromDays(1));
            world.Start();

            bool ended = (await world.Row().ReadAsync(Cancel))!.Frozen is not null;
            if (ended)
            {
                await Should.ThrowAsync<LogRefusedException>(() => world.PublishAsync());
            }

            FrozenLog log = await world.Freezer().FreezeAsync(FreezeReason.Closed, Next, Cancel);
            LockedCheckpoint row = (await world.Row().ReadAsync(Cancel))!;
            row.Frozen!.Log.Text.ShouldBe(log.Text);
            (await world.Site.ReadAsync(LogFreezer.PublicPath, Cancel)).ShouldBe(row.Frozen.Note.ToBytes());
            log.FrozenOn.ShouldBe(world.Deployment.Today(world.Desks.Clock).AddDays(ended ? -1 : 0));
        }
    }

    [Fact]
    public async Task Freeze_OfWhatIsNoOtherLog_IsRefusedBeforeAnything()
    {
        using PublishWorld world = await PublishWorld.OpenAsync();
        foreach (string successor in new[] { world.Deployment.Origin, "", "two words" })
        {
            await Should.ThrowAsync<InvalidOperationException>(() => world.Freezer().FreezeAsync(FreezeReason.Closed, successor, Cancel));
        }

        (await world.PublicationsAsync()).ShouldBe(0);
    }

    [Fact]
    public async Task Row_ThatSaysItEndedWithoutTheKeys_IsAppendedToNoMore()
    {
        using PublishWorld world = await PublishWorld.OpenAsync();
        await world.PublishAsync();
        Cell row = (await world.LogCells.GetAsync(LogHome.First.Row, Cancel))!;
        byte[] forged = [.. row.Value.Span, 0, .. Encoding.UTF8.GetBytes("ended\n")];
        await world.LogCells.ReplaceAsync(LogHome.First.Row, forged, row.Tag, Cancel);
        world.Start();
        (await Should.ThrowAsync<LogRefusedException>(() => world.Sequencer.FollowAsync(Cancel))).Message.ShouldContain("not with its keys");
    }

    [Fact]
    public async Task Verify_OfAnEndedLog_SaysWhenAndWhoGoesOn()
    {
        using PublishWorld world = await PublishWorld.OpenAsync();
        await world.Freezer().FreezeAsync(FreezeReason.KeyCompromised, Next, Cancel);
        VerifyReport report = await world.VerifyAsync();
        report.IsWell.ShouldBeTrue(string.Join('\n', report.Findings));
        report.Proven.ShouldContain(line => line.Contains("ended on 2026-03-02", StringComparison.Ordinal) && line.Contains("key-compromised", StringComparison.Ordinal) && line.Contains(Next, StringComparison.Ordinal));
        report.Unproven.ShouldContain(line => line.Contains("other hands", StringComparison.Ordinal));

        // A note of another tree, of other bytes, of no form.
        byte[] good = (await world.Site.ReadAsync(LogFreezer.PublicPath, Cancel))!;
        byte[] other = world.Signer.Freeze(new FrozenLog(world.Signer.Origin, TreeHead.Empty, default, FreezeReason.Closed, null)).Note.ToBytes();
        byte[] foreign = world.Signer.Freeze(new FrozenLog("log.example/other", world.Sequencer.Known.Head, default, FreezeReason.Closed, null)).Note.ToBytes();
        byte[] altered = Encoding.UTF8.GetBytes(Encoding.UTF8.GetString(good).Replace(Next, "log.example/mine", StringComparison.Ordinal));
        var signed = SignedNote.Parse(good);
        byte[] half = new SignedNote(signed.Text, [signed.Signatures[0]]).ToBytes(); // Whoever has one of its two keys alone.
        foreach (byte[] bad in new[] { other, foreign, altered, half, "ended\n"u8.ToArray() })
        {
            await world.MeddleAsync(LogFreezer.PublicPath, bad);
            (await world.VerifyAsync()).Findings.ShouldContain(finding => finding.Subject == LogFreezer.PublicPath, Encoding.UTF8.GetString(bad));
        }
    }

    private static async Task<int> CountWritesAsync()
    {
        using PublishWorld world = await PublishWorld.OpenAsync();
        await world.PublishAsync();
        int writes = 0;
        Break(world, () => writes++, isDone: false);
        await world.Freezer().FreezeAsync(FreezeReason.Closed, Next, Cancel);
        return writes;
    }

    // Of the last publication, which has tests of its own, there is nothing to write here: what is counted is the end itself.
    private static void Break(PublishWorld world, Action? write, bool isDone)
    {
        Task OnCell(CellRequest request)
        {
            if (request is CellRequest.Replace)
            {
                write?.Invoke();
            }

            return Task.CompletedTask;
        }

        world.LogCells.Before = (request, _) => isDone ? Task.CompletedTask : OnCell(request);
        world.LogCells.After = (request, _) => isDone ? OnCell(request) : Task.CompletedTask;
        world.Site.BeforeStage = write is null ? null : _ => write();
        world.Site.BeforeJournal = write;
        world.Site.BeforeChange = write is null ? null : _ => write();
    }
}
