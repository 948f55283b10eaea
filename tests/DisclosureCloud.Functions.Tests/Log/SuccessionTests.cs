using DisclosureCloud.Functions.Hosting.Log;
using DisclosureCloud.Ledger;
using DisclosureCloud.Transparency;

namespace DisclosureCloud.Functions.Tests.Log;

/// <summary>A log that follows another begins with its leaves, whatever breaks: the two are one history, which the reader of the world holds them to.</summary>
public sealed class SuccessionTests
{
    private const string Next = "test.example/next";

    [Theory]
    [InlineData(0)]
    [InlineData(1)]
    [InlineData(255)]
    [InlineData(256)]
    [InlineData(257)]
    [InlineData(511)]
    [InlineData(4_096)]
    [InlineData(4_096 + 300)]
    public async Task Begin_AfterALogOfAnySize_HasItsTreeAndItsFilesAndGoesOn(int size)
    {
        using var world = new LogWorld();
        TreeHead old = await GrowAsync(world, size);
        await world.EndAsync(Next, old);
        Dictionary<string, byte[]> full = new(world.Full, StringComparer.Ordinal), edge = new(world.Edge, StringComparer.Ordinal);
        world.Succeed(Next);
        Sequencer sequencer = world.Start();
        SignedCheckpoint? first = await sequencer.FollowAsync(LogWorld.Cancel);
        world.FirstSigned.ShouldBe(old, "the first tree that the new log signs is the one that the old log ended with");
        first.ShouldNotBeNull().Checkpoint.Origin.ShouldBe(Next);
        full.ShouldAllBe(file => world.Full[file.Key].SequenceEqual(file.Value));
        edge.ShouldAllBe(file => world.Edge[file.Key].SequenceEqual(file.Value));

        await GrowAsync(world, 300);
        IReadOnlyList<ReadOnlyMemory<byte>> leaves = await world.AssertOneHistoryAsync();
        Prefix(leaves, (int)old.Size).ShouldBe(old);
        await world.Start().CheckAsync(LogWorld.Cancel); // Segments of the archive, and their seals, are the new log's too.
        world.Raised.Lines.ShouldBeEmpty("that the site shows the log before is no alarm");
    }

    [Fact]
    public async Task Begin_AfterALogThatFollowedAnother_KeepsTheFilesOfBoth()
    {
        using var world = new LogWorld();
        await world.EndAsync(Next, await GrowAsync(world, 300));
        world.Succeed(Next);
        await world.EndAsync("test.example/third", await GrowAsync(world, 20));
        world.Succeed("test.example/third");
        await GrowAsync(world, 1);
        (await world.AssertOneHistoryAsync()).Count.ShouldBe(321);
        foreach (string name in new[] { "checkpoint", "frozen", "vkey" })
        {
            world.Full[$"before/1/{name}"].ShouldBe(await world.Site.ReadAsync($"log/before/1/{name}", LogWorld.Cancel));
            world.Full[$"before/2/{name}"].ShouldBe(await world.Site.ReadAsync($"log/{name}", LogWorld.Cancel));
        }
    }

    [Fact]
    public async Task Begin_KilledAtEachWrite_EndsInOneHistory()
    {
        int writes = await RunAsync(breakAt: -1, done: false);
        writes.ShouldBeGreaterThan(10);
        for (int k = 0; k < writes; k++)
        {
            foreach (bool done in new[] { false, true })
            {
                (await RunAsync(k, done)).ShouldBeGreaterThan(k, $"Write {k} was not reached.");
            }
        }
    }

    /// <summary>One is frozen before or after any of its writes; another begins the log meanwhile and goes on; then the first wakes.</summary>
    [Fact]
    public Task Begin_ByTwoAtOnce_EndsInOneHistory() => LogWorld.FreezeAtEachWriteAsync(() => EndedAsync(300));

    [Fact]
    public async Task Begin_WithTheOldLogsPlace_IsRefused()
    {
        using LogWorld world = await EndedAsync(3, succeed: false);
        world.Rename(Next);
        await RefusedAsync(world, "a place of its own", rowIsEmpty: false);
    }

    [Fact]
    public async Task Begin_WithTheLockRowGone_IsRefusedWhereTheLogHadGrown()
    {
        using LogWorld world = await EndedAsync(300);
        await GrowAsync(world, 5);
        await world.LoseRowAsync();
        await RefusedAsync(world, "its lock row is gone");
    }

    [Theory]
    [InlineData("tile/entries/000")]
    [InlineData("tile/0/000")]
    [InlineData("before/1/frozen")]
    public async Task Begin_WithSomethingElseInItsPlace_OverwritesNothing(string path)
    {
        using LogWorld world = await EndedAsync(300);
        world.Full[path] = [1];
        await RefusedAsync(world, path);
        world.Full[path].ShouldBe([1]);
    }

    [Fact]
    public async Task Begin_OverALedgerThatLacksLeaves_IsRefusedAndTellsOfRebuild()
    {
        using LogWorld world = await EndedAsync(300);
        world.Ledger = new DisclosureCloud.Testing.MemoryLedgerStore();
        await RefusedAsync(world, "'disclosurecloud rebuild'", rowIsEmpty: false);
        world.FirstSigned!.Size.ShouldBe(300, "the leaves are the log's; the ledger can be made from them");
    }

    /// <returns>Its leaves, more by so many.</returns>
    internal static async Task<TreeHead> GrowAsync(LogWorld world, int more)
    {
        if (more > 0)
        {
            await world.RecordFactsAsync(more);
        }

        SignedCheckpoint? newest = await world.Start().FollowAsync(LogWorld.Cancel);
        await world.LookAsync();
        return newest?.Head ?? TreeHead.Empty;
    }

    /// <summary>A log that has ended, and one that is to follow it.</summary>
    internal static async Task<LogWorld> EndedAsync(int size, bool succeed = true)
    {
        var world = new LogWorld();
        await world.EndAsync(Next, await GrowAsync(world, size));
        if (succeed)
        {
            world.Succeed(Next);
        }

        return world;
    }

    /// <summary>Nothing is begun: no row, nothing staged, and what is new stays out of the log.</summary>
    internal static async Task RefusedAsync(LogWorld world, string why, bool rowIsEmpty = true)
    {
        await world.RecordAsync(2, "late");
        using Sequencer sequencer = world.Start();
        (await Should.ThrowAsync<LogRefusedException>(() => sequencer.FollowAsync(LogWorld.Cancel))).Message.ShouldContain(why);
        world.Raised.Lines.ShouldContain(line => line.Contains("log-refused", StringComparison.Ordinal));
        world.Edge.Keys.ShouldNotContain(path => path.StartsWith("staging/", StringComparison.Ordinal));
        (await world.Cells.GetAsync(LogHome.First.Row, LogWorld.Cancel) is null).ShouldBe(rowIsEmpty);
    }

    private static async Task<int> RunAsync(int breakAt, bool done)
    {
        using LogWorld world = await EndedAsync(300);
        await world.RecordAsync(9);
        int count = 0;
        Sequencer sequencer = world.Start((write, before) =>
        {
            // Counted once: before the write where it is not to be done, after it where it is.
            if (before != done && count++ == breakAt)
            {
                throw new IOException($"Killed at {write}.");
            }
        });
        try
        {
            await sequencer.FollowAsync(LogWorld.Cancel);
        }
        catch (IOException)
        {
            await world.LookAsync();
            await world.Start().FollowAsync(LogWorld.Cancel);
        }

        (await world.AssertOneHistoryAsync()).Count.ShouldBe(309);
        world.Full.Keys.Where(path => path.StartsWith("before/", StringComparison.Ordinal)).ShouldBe(["before/1/checkpoint", "before/1/frozen", "before/1/vkey"]);
        world.Raised.Lines.ShouldBeEmpty();
        return count;
    }

    private static TreeHead Prefix(IReadOnlyList<ReadOnlyMemory<byte>> leaves, int size) =>
        TreeEdge.Empty.Append([.. leaves.Take(size).Select(leaf => Rfc6962.LeafHash(leaf.Span))]).Edge.Head;
}
