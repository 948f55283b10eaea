using DisclosureCloud.Functions.Hosting.Log;
using DisclosureCloud.Functions.Tests.Postings;
using DisclosureCloud.Functions.Tests.Publishing;
using DisclosureCloud.Ledger;
using DisclosureCloud.Testing;
using DisclosureCloud.Transparency;
using DisclosureCloud.Verifier;

namespace DisclosureCloud.Functions.Tests.Log;

/// <summary>A log that refuses to go on is ended at a tree that it signed before; no checkpoint is signed for it, and a successor goes on from there.</summary>
public sealed class ForcedFreezerTests
{
    private const string Next = "log.example/next";

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    [Theory]
    [InlineData("row-set-back")]
    [InlineData("row-gone")]
    [InlineData("row-of-no-form")]
    [InlineData("tile-altered")]
    [InlineData("bundle-gone")]
    public async Task AtPublished_WhereTheLogsOwnFilesAreWrong_EndsWithWhatThePublicHas(string what)
    {
        using PublishWorld world = await PublishWorld.OpenAsync();
        Cell old = await PublishTwiceAsync(world);
        TreeHead shown = await ShownAsync(world);
        byte[] checkpoint = (await world.Site.ReadAsync(Sequencer.PublicPath, Cancel))!;
        Cell row = (await world.LogCells.GetAsync(LogHome.First.Row, Cancel))!;
        switch (what)
        {
            case "row-set-back":
                await world.LogCells.ReplaceAsync(LogHome.First.Row, old.Value, row.Tag, Cancel);
                break;
            case "row-gone":
                await world.LogCells.DeleteAsync(LogHome.First.Row, row.Tag, Cancel);
                break;
            case "row-of-no-form":
                await world.LogCells.ReplaceAsync(LogHome.First.Row, new byte[] { 1, 0, 2 }, row.Tag, Cancel);
                break;
            case "tile-altered":
                Alter(world, "tile/0/");
                break;
            default:
                world.Log.Remove(world.Log.Keys.First(path => path.StartsWith("tile/entries/", StringComparison.Ordinal)));
                break;
        }

        world.Start();
        await Should.ThrowAsync<LogRefusedException>(() => world.Freezer().FreezeAsync(FreezeReason.KeyCompromised, Next, Cancel));
        ForcedEnd end = await world.Forced().FreezeAsync(FreezeAt.Published, FreezeReason.KeyCompromised, Next, Cancel);
        end.Log.Head.ShouldBe(shown);
        end.Lost.Count.ShouldBe(what == "row-set-back" ? 1 : 0);
        (await world.Site.ReadAsync(Sequencer.PublicPath, Cancel)).ShouldBe(checkpoint, "no checkpoint is signed anew");
        await AssertEndedAsync(world, end);
        await SucceedAsync(world, shown);
    }

    [Fact]
    public async Task AtPublished_WithMoreInTheRow_SaysWhatIsLostAndTheSuccessorLogsIt()
    {
        using PublishWorld world = await PublishWorld.OpenAsync();
        await world.PublishAsync();
        TreeHead shown = await ShownAsync(world);
        await world.Desks.OpenFundAsync("f-late", 10);
        await world.Sequencer.FollowAsync(Cancel);
        TreeHead logged = world.Sequencer.Known.Head;
        ForcedEnd end = await world.Forced().FreezeAsync(FreezeAt.Published, FreezeReason.Closed, Next, Cancel);
        end.Log.Head.ShouldBe(shown);
        end.Lost.ShouldHaveSingleItem().ShouldContain($"the lock row had {logged.Size} leaves");
        end.Lost[0].ShouldContain($"its last {logged.Size - shown.Size} are not of the log");
        await SucceedAsync(world, shown);
        (await world.FilesAsync()).Keys.ShouldContain("funds/f-late/index.html", StringComparer.Ordinal);
    }

    /// <summary>Whoever stole the key signed a tree that is larger, or another one of the same size, and put it on the site.</summary>
    [Theory]
    [InlineData(5)]
    [InlineData(0)]
    public async Task AtRow_WithAPublicCheckpointThatAThiefSigned_PutsTheSiteBack(int more)
    {
        using PublishWorld world = await PublishWorld.OpenAsync();
        await PublishTwiceAsync(world);
        TreeHead row = await ShownAsync(world);
        Dictionary<string, byte[]> right = new(await world.FilesAsync(), StringComparer.Ordinal);
        TreeHead forged = new(row.Size + more, Rfc6962.LeafHash([7]));
        await world.MeddleAsync(Sequencer.PublicPath, world.Signer.Sign(forged).Note.ToBytes());
        Alter(await world.FilesAsync(), "log/tile/0/", out string path, out byte[] wrong);
        await world.MeddleAsync(path, wrong);
        await world.MeddleAsync("log/tile/0/009", [1]);
        await world.MeddleAsync("status.json", [1]);
        world.Start();
        await Should.ThrowAsync<LogRefusedException>(() => world.Freezer().FreezeAsync(FreezeReason.KeyCompromised, Next, Cancel));
        (await Should.ThrowAsync<LogRefusedException>(() => world.Forced().FreezeAsync(FreezeAt.Published, FreezeReason.KeyCompromised, Next, Cancel))).Message.ShouldContain("not what was signed");
        (await world.Row().ReadAsync(Cancel))!.Frozen.ShouldBeNull("what is refused ends nothing");

        ForcedEnd end = await world.Forced().FreezeAsync(FreezeAt.Row, FreezeReason.KeyCompromised, Next, Cancel);
        end.Log.Head.ShouldBe(row);
        end.Lost.ShouldHaveSingleItem().ShouldContain($"the site had a signed checkpoint of {forged.Size} leaves with the root {forged.Root}");
        SortedDictionary<string, byte[]> after = await world.FilesAsync();
        after.Keys.Except(right.Keys, StringComparer.Ordinal).ShouldBe([LogFreezer.PublicPath]);
        after.Where(file => file.Key is not (LogFreezer.PublicPath or Sequencer.PublicPath)).ShouldAllBe(file => right[file.Key].SequenceEqual(file.Value));
        await AssertEndedAsync(world, end);
        await SucceedAsync(world, row);
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task At_WithATreeThatIsNotWhole_IsRefusedAndEndsNothing(bool atRow)
    {
        FreezeAt at = atRow ? FreezeAt.Row : FreezeAt.Published;
        using PublishWorld world = await PublishWorld.OpenAsync();
        await world.PublishAsync();
        if (at == FreezeAt.Row)
        {
            Alter(world, "tile/entries/");
        }
        else
        {
            Alter(await world.FilesAsync(), "log/tile/entries/", out string path, out byte[] wrong);
            await world.MeddleAsync(path, wrong);
        }

        world.Start();
        await Should.ThrowAsync<LogRefusedException>(() => world.Forced().FreezeAsync(at, FreezeReason.Closed, null, Cancel));
        (await world.Row().ReadAsync(Cancel))!.Frozen.ShouldBeNull();
        (await world.Site.ReadAsync(LogFreezer.PublicPath, Cancel)).ShouldBeNull();
    }

    [Theory]
    [InlineData(false, "is no checkpoint that this log signed")]
    [InlineData(true, "There is no lock row")]
    public async Task At_WhereNothingIs_IsRefused(bool atRow, string why)
    {
        FreezeAt at = atRow ? FreezeAt.Row : FreezeAt.Published;
        using PublishWorld world = await PublishWorld.OpenAsync();
        (await Should.ThrowAsync<LogRefusedException>(() => world.Forced().FreezeAsync(at, FreezeReason.Closed, null, Cancel))).Message.ShouldContain(why);
        await Should.ThrowAsync<InvalidOperationException>(() => world.Forced().FreezeAsync(at, FreezeReason.Closed, world.Deployment.Origin, Cancel));
    }

    /// <summary>The row was restored from before the end: the log would go on, and does not.</summary>
    [Fact]
    public async Task Row_RestoredFromBeforeTheEnd_LetsNothingGoOn()
    {
        using PublishWorld world = await PublishWorld.OpenAsync();
        await world.PublishAsync();
        Cell before = (await world.LogCells.GetAsync(LogHome.First.Row, Cancel))!;
        await world.Freezer().FreezeAsync(FreezeReason.Closed, Next, Cancel);
        byte[] frozen = (await world.Site.ReadAsync(LogFreezer.PublicPath, Cancel))!;
        await world.LogCells.ReplaceAsync(LogHome.First.Row, before.Value, (await world.LogCells.GetAsync(LogHome.First.Row, Cancel))!.Tag, Cancel);
        await world.Desks.OpenFundAsync("f-late", 10);
        world.Start();
        (await Should.ThrowAsync<LogRefusedException>(() => world.PublishAsync())).Message.ShouldContain("the row was set back");
        (await Should.ThrowAsync<LogRefusedException>(() => world.Forced().FreezeAsync(FreezeAt.Published, FreezeReason.Closed, null, Cancel))).Message.ShouldContain("not said otherwise");
        (await world.Row().ReadAsync(Cancel))!.Frozen.ShouldBeNull("what is refused ends nothing");
        await world.Forced().FreezeAsync(FreezeAt.Published, FreezeReason.Closed, Next, Cancel);
        (await world.Row().ReadAsync(Cancel))!.Frozen!.Note.ToBytes().ShouldBe(frozen, "its end is signed once");
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task At_KilledAtEachWrite_IsFinishedByTheNext(bool atRow)
    {
        FreezeAt at = atRow ? FreezeAt.Row : FreezeAt.Published;
        int writes = int.MaxValue;
        for (int kill = 0; kill < writes; kill++)
        {
            using PublishWorld world = await PublishWorld.OpenAsync();
            await world.PublishAsync();
            TreeHead head = await ShownAsync(world);
            if (at == FreezeAt.Row)
            {
                await world.MeddleAsync(Sequencer.PublicPath, world.Signer.Sign(new TreeHead(head.Size + 1, Rfc6962.LeafHash([7]))).Note.ToBytes());
            }

            int count = 0;
            Break(world, () => count += count == kill ? throw new CrashException() : 1);
            try
            {
                await world.Forced().FreezeAsync(at, FreezeReason.Closed, Next, Cancel);
                writes = count;
            }
            catch (CrashException)
            {
                Break(world, null);
                world.Start();
            }

            ForcedEnd end = await world.Forced().FreezeAsync(at, FreezeReason.Closed, Next, Cancel);
            end.Log.Head.ShouldBe(head, $"write {kill}");
            await AssertEndedAsync(world, end);
        }

        writes.ShouldBeGreaterThan(3);
    }

    [Fact]
    public async Task At_WithAnotherThatWritesTheRow_EndsNothing()
    {
        using PublishWorld world = await PublishWorld.OpenAsync();
        await world.PublishAsync();
        bool done = false;
        world.LogCells.Before = async (request, cancel) =>
        {
            if (request is CellRequest.Replace && !done)
            {
                done = true;
                await world.Desks.OpenFundAsync("f-late", 10);
                using Sequencer other = world.Beside(world.Desks.Ledger, world.Desks.Values, new MemorySiteFiles()).Sequencer;
                await other.FollowAsync(cancel);
            }
        };
        await Should.ThrowAsync<TimeoutException>(() => world.Forced().FreezeAsync(FreezeAt.Published, FreezeReason.Closed, null, Cancel));
        done.ShouldBeTrue();
        (await world.Row().ReadAsync(Cancel))!.Frozen.ShouldBeNull();
    }

    /// <returns>The lock row of the first time.</returns>
    private static async Task<Cell> PublishTwiceAsync(PublishWorld world)
    {
        await world.PublishAsync();
        Cell first = (await world.LogCells.GetAsync(LogHome.First.Row, Cancel))!;
        await world.Desks.OpenFundAsync("f-one", 10);
        await world.PublishAsync();
        return first;
    }

    private static async Task<TreeHead> ShownAsync(PublishWorld world) => world.Signer.Open((await world.Site.ReadAsync(Sequencer.PublicPath, Cancel))!, "the test").Head;

    private static async Task AssertEndedAsync(PublishWorld world, ForcedEnd end)
    {
        LockedCheckpoint row = (await world.Row().ReadAsync(Cancel))!;
        row.Frozen!.Log.Text.ShouldBe(end.Log.Text);
        row.Head.ShouldBe(end.Log.Head);
        (await world.Site.ReadAsync(LogFreezer.PublicPath, Cancel)).ShouldBe(row.Frozen.Note.ToBytes());
        world.Start();
        (await Should.ThrowAsync<LogRefusedException>(() => world.PublishAsync())).Message.ShouldContain("has ended on");
        VerifyReport report = await world.VerifyAsync();
        report.IsWell.ShouldBeTrue(string.Join('\n', report.Findings));
    }

    private static async Task SucceedAsync(PublishWorld world, TreeHead old)
    {
        world.Succeed(Next, "log-2");
        await world.PublishAsync();
        VerifyReport report = await world.VerifyAsync();
        report.IsWell.ShouldBeTrue(string.Join('\n', report.Findings));
        report.Proven.ShouldContain(line => line.StartsWith($"The log begins with the {old.Size} leaves of", StringComparison.Ordinal));
    }

    private static void Alter(PublishWorld world, string folder)
    {
        Alter(world.Log, folder, out string path, out byte[] wrong);
        world.Log[path] = wrong;
    }

    private static void Alter(IDictionary<string, byte[]> files, string folder, out string path, out byte[] wrong)
    {
        path = files.Keys.First(one => one.StartsWith(folder, StringComparison.Ordinal));
        wrong = [.. files[path]];
        wrong[^1] ^= 1;
    }

    private static void Break(PublishWorld world, Action? write)
    {
        world.LogCells.Before = (request, _) =>
        {
            if (request is CellRequest.Replace)
            {
                write?.Invoke();
            }

            return Task.CompletedTask;
        };
        world.Site.BeforeStage = write is null ? null : _ => write();
        world.Site.BeforeJournal = write;
        world.Site.BeforeChange = write is null ? null : _ => write();
    }
}
