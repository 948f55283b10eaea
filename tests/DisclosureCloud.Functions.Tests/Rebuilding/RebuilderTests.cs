using DisclosureCloud.Functions.Hosting.Log;
using DisclosureCloud.Functions.Hosting.Publishing;
using DisclosureCloud.Functions.Hosting.Rebuilding;
using DisclosureCloud.Functions.Tests.Postings;
using DisclosureCloud.Ledger;
using DisclosureCloud.Storage;
using DisclosureCloud.Testing;

namespace DisclosureCloud.Functions.Tests.Rebuilding;

/// <summary>A ledger that was lost, or set back, comes again from archive and log as it was.</summary>
public sealed class RebuilderTests
{
    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    [Theory]
    [InlineData(1, 0)]
    [InlineData(2, 30)]
    [InlineData(3, 60)]
    public async Task Rebuild_OfALostLedger_IsTheOriginalAndPublishesTheSameSite(int seed, int doings)
    {
        using RebuildWorld world = await RebuildWorld.OpenAsync(seed, doings);
        var ledger = new MemoryLedgerStore();
        RebuildReport report = await world.RebuildAsync(ledger);

        report.CommitsTaken.ShouldBe(world.Original.Count);
        report.EntriesTaken.ShouldBe(world.Original.Sum(commit => commit.Entries.Length));
        report.Streams.ShouldBe(world.Original.Select(commit => commit.Stream).Distinct().Count());
        report.StateHash.Value.ShouldBe(world.StateHash);
        report.NewerEntries.ShouldBe(0);
        List<Commit> made = await RebuildWorld.CommitsOf(ledger);
        RebuildWorld.HashOf(made).ShouldBe(world.StateHash);
        made.SelectMany(commit => commit.Entries).Select(leaf => leaf.Id)
            .ShouldBe(world.Original.SelectMany(commit => commit.Entries).Select(leaf => leaf.Id), "entries come in the order of the log");

        // The books of the fund, whole.
        StreamName fund = StreamName.Of(Id.Parse<FundId>("f-one"));
        (await ledger.ReadLastAsync(fund, Cancel))!.State.ToJsonString().ShouldBe(world.Original.Last(commit => commit.Stream == fund).State.ToJsonString());
        await ShouldPublishTheSameAsync(world, ledger);
    }

    [Fact]
    public async Task Rebuild_OfAnOldCopyAtEveryPrefix_CatchesUp()
    {
        using RebuildWorld world = await RebuildWorld.OpenAsync();
        for (int prefix = 0; prefix <= world.Original.Count; prefix++)
        {
            MemoryLedgerStore ledger = await world.CopyAsync(prefix);
            RebuildReport report = await world.RebuildAsync(ledger);
            report.CommitsTaken.ShouldBe(world.Original.Count - prefix);
            report.StateHash.Value.ShouldBe(world.StateHash);
        }
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task Rebuild_KilledAtEachAppend_GoesOnWhereItEnded(bool isDone)
    {
        using RebuildWorld world = await RebuildWorld.OpenAsync();
        for (int at = 0; at < world.Original.Count; at++)
        {
            var ledger = new MemoryLedgerStore();
            int appends = 0;
            Action<Commit> die = _ => appends += appends == at ? throw new CrashException() : 1;
            (ledger.BeforeAppend, ledger.AfterAppend) = (isDone ? null : die, isDone ? die : null);
            await Should.ThrowAsync<CrashException>(() => world.RebuildAsync(ledger));
            (ledger.BeforeAppend, ledger.AfterAppend) = (null, null);

            // What is there then is a ledger as a crash of the app might have left it.
            List<Commit> there = await RebuildWorld.CommitsOf(ledger);
            there.Count.ShouldBe(isDone ? at + 1 : at);
            ShouldBeInOrder(there);
            RebuildReport report = await world.RebuildAsync(ledger);
            report.CommitsTaken.ShouldBe(world.Original.Count - there.Count);
            report.StateHash.Value.ShouldBe(world.StateHash);
        }
    }

    [Fact]
    public async Task Rebuild_OfAWholeLedger_TakesNothingAndLeavesFollowersWhereTheyAre()
    {
        using RebuildWorld world = await RebuildWorld.OpenAsync();
        CellKey place = Hosting.Following.LedgerReader.KeyOf("archive");
        CellTag before = (await world.World.Cells.GetAsync(place, Cancel))!.Tag;
        RebuildReport report = await world.RebuildAsync(world.World.Desks.Ledger);
        (report.CommitsTaken, report.ValuesMissing).ShouldBe((0, 0));
        report.StateHash.Value.ShouldBe(world.StateHash);
        (await world.World.Cells.GetAsync(place, Cancel))!.Tag.ShouldBe(before);

        await world.RebuildAsync(await world.CopyAsync(3));
        (await world.World.Cells.GetAsync(place, Cancel)).ShouldBeNull("a cursor of the ledger that is gone is none of the new one");
    }

    [Fact]
    public async Task Rebuild_Always_ListsWhatIsUndecided()
    {
        using RebuildWorld world = await RebuildWorld.OpenAsync();
        RebuildReport report = await world.RebuildAsync(new MemoryLedgerStore());
        report.Undecided.Select(one => (one.State, one.Kind, one.Department.Value)).OrderBy(one => one.State)
            .ShouldBe([(PostingState.Proposed, "progress", "finance"), (PostingState.Approved, "progress", "finance")]);
        report.Undecided.ShouldAllBe(one => one.ReceivedAt == world.World.Desks.Clock.GetUtcNow());
    }

    [Fact]
    public async Task DryRun_OfALostLedger_SaysWhatItWouldDoAndWritesNothing()
    {
        using RebuildWorld world = await RebuildWorld.OpenAsync();
        var ledger = new MemoryLedgerStore { BeforeAppend = _ => throw new CrashException() };
        RebuildReport report = await world.RebuildAsync(ledger, dryRun: true);
        report.CommitsTaken.ShouldBe(world.Original.Count);
        report.StateHash.Value.ShouldBe(world.StateHash);
        report.Undecided.Count.ShouldBe(2);
    }

    [Fact]
    public async Task Rebuild_WhileSomebodyPublishes_Refuses()
    {
        using RebuildWorld world = await RebuildWorld.OpenAsync();
        var one = new FileLock(world.World.Deployment.PublishLock, TimeProvider.System);
        await using (await one.AcquireAsync(TimeSpan.Zero, Cancel))
        {
            (await Should.ThrowAsync<TimeoutException>(() => world.RebuildAsync(new MemoryLedgerStore()))).Message.ShouldContain("publish lock");
        }

        (await world.RebuildAsync(new MemoryLedgerStore())).CommitsTaken.ShouldBe(world.Original.Count);
    }

    [Fact]
    public async Task Rebuild_WithEntriesNewerThanTheCheckpoint_TakesThemLastAndSaysHowMany()
    {
        using RebuildWorld world = await RebuildWorld.OpenAsync();
        int logged = world.Original.Count;
        await world.OpenSlowlyAsync("f-two");
        await world.World.Archiver.FollowAsync(Cancel);
        await world.KeepAsync();
        var ledger = new MemoryLedgerStore();
        RebuildReport report = await world.RebuildAsync(ledger);
        report.StateHash.Value.ShouldBe(world.StateHash);
        report.NewerEntries.ShouldBe(world.Original.Skip(logged).Sum(commit => commit.Entries.Length));
        report.NewerEntries.ShouldBeGreaterThan(0);
        List<Commit> made = await RebuildWorld.CommitsOf(ledger);
        made.SelectMany(commit => commit.Entries).Select(leaf => leaf.Id).ShouldBe(world.Original.SelectMany(commit => commit.Entries).Select(leaf => leaf.Id));
        ShouldBeInOrder(made);
    }

    [Fact]
    public async Task Rebuild_OfALedgerThatIsAhead_KeepsWhatTheArchiveLacks()
    {
        using RebuildWorld world = await RebuildWorld.OpenAsync();
        await world.World.Desks.OpenFundAsync("f-two", 100);
        RebuildReport report = await world.RebuildAsync(world.World.Desks.Ledger);
        List<Commit> all = await world.World.Desks.CommitsAsync();
        report.CommitsTaken.ShouldBe(0);
        report.CommitsOnlyInLedger.ShouldBe(all.Count - world.Original.Count);
        report.StateHash.Value.ShouldBe(RebuildWorld.HashOf(all));
    }

    // A posting is approved, has its effect, says so; a version follows the one before it.
    private static void ShouldBeInOrder(List<Commit> commits)
    {
        foreach (Commit effect in commits.Where(commit => commit.Stream.HoldsFacts))
        {
            commits.ShouldContain(commit => commit.Stream.Value == $"posting/{effect.Id}" && PostingRecord.StateOf(commit) == PostingState.Approved, effect.Id);
        }

        foreach (Commit settled in commits.Where(commit => commit.Id == "settled"))
        {
            commits.ShouldContain(commit => commit.Stream.HoldsFacts && settled.Stream.Value == $"posting/{commit.Id}");
        }
    }

    private static async Task ShouldPublishTheSameAsync(RebuildWorld world, MemoryLedgerStore ledger)
    {
        string[] log = [.. world.World.Log.Keys];
        CellTag row = (await world.World.LogCells.GetAsync(LogHome.First.Row, Cancel))!.Tag;
        var site = new MemorySiteFiles();
        (Publisher publisher, Sequencer sequencer) = world.World.Beside(ledger, world.World.Desks.Values, site);
        using Sequencer owned = sequencer;
        await sequencer.CheckAsync(Cancel);
        await publisher.PublishAsync(at: null, Cancel);
        (await RebuildWorld.CommitsOf(ledger)).Count.ShouldBe(world.Original.Count, "nothing is published anew");
        world.World.Log.Keys.ShouldBe(log);
        (await world.World.LogCells.GetAsync(LogHome.First.Row, Cancel))!.Tag.ShouldBe(row, "nothing is signed anew");
        SortedDictionary<string, byte[]> wanted = await world.World.FilesAsync();

        // The old site still has partial tiles that smaller trees had.
        foreach ((string path, byte[] bytes) in wanted.Where(file => !file.Key.Contains(".p/", StringComparison.Ordinal)))
        {
            (await site.ReadAsync(path, Cancel)).ShouldNotBeNull(path).AsSpan().SequenceEqual(bytes).ShouldBeTrue(path);
        }

        (await site.ListAsync(Cancel)).Except(wanted.Keys, StringComparer.Ordinal).ShouldBeEmpty();
    }
}
