using DisclosureCloud.Functions.Hosting.Following;
using DisclosureCloud.Functions.Hosting.Log;
using DisclosureCloud.Ledger;
using DisclosureCloud.Testing;

namespace DisclosureCloud.Functions.Tests.Log;

/// <summary>The sequencer, killed at every write and run beside others: one history, whatever breaks.</summary>
public sealed class SequencerTests
{
    // Sizes that begin, fill, and go over a bundle, with one commit larger than it.
    private static readonly int[][] Rounds = [[3, 2], [250], [1, 5, 300], [0, 1]];

    [Fact]
    public async Task Follow_NothingToLog_SignsNothing()
    {
        using var world = new LogWorld();
        (await world.Start().FollowAsync(LogWorld.Cancel)).ShouldBeNull();
        await world.RecordAsync(0);
        (await world.Start().FollowAsync(LogWorld.Cancel)).ShouldBeNull();
        world.Edge.ShouldBeEmpty();
    }

    [Fact]
    public async Task Follow_NewEntries_AreInTheLogInTheirOrderAndInTheArchiveBefore()
    {
        using var world = new LogWorld();
        Sequencer sequencer = world.Start((write, before) =>
        {
            if (before && write.StartsWith("edge staging/", StringComparison.Ordinal))
            {
                world.Archive.Count.ShouldBe(2);
            }
        });
        Commit one = await world.RecordAsync(2);
        Commit two = await world.RecordAsync(3, "two");
        SignedCheckpoint checkpoint = (await sequencer.FollowAsync(LogWorld.Cancel)).ShouldNotBeNull();
        checkpoint.Head.Size.ShouldBe(5);
        IReadOnlyList<ReadOnlyMemory<byte>> leaves = await world.AssertOneHistoryAsync();
        leaves.Select((leaf, i) => leaf.Span.SequenceEqual(one.Entries.Concat(two.Entries).ElementAt(i).Bytes.Span)).ShouldAllBe(same => same);
        sequencer.Known.IndexOf(two.Entries[0]).ShouldBe(2);

        (await sequencer.FollowAsync(LogWorld.Cancel)).ShouldNotBeNull().Note.ToBytes().ShouldBe(checkpoint.Note.ToBytes(), "Nothing new is signed.");
        world.Edge.Keys.ShouldNotContain(path => path.StartsWith("staging/", StringComparison.Ordinal));
    }

    [Fact]
    public async Task Log_WhileTheArchiveIsBehind_WaitsForTheCommitsOfItsEntriesAlone()
    {
        using var world = new LogWorld();
        Sequencer sequencer = world.Start();
        Commit waits = await world.RecordAsync(0, "waits"); // As a posting that nobody has approved.
        Commit logged = await world.RecordAsync(1);
        (await sequencer.LogAsync(LogWorld.Cancel)).ShouldNotBeNull().Head.Size.ShouldBe(1);
        world.Archive.Keys.ShouldBe([Archiver.PathOf(logged)]);

        await sequencer.FollowAsync(LogWorld.Cancel);
        world.Archive.Keys.ShouldBe([Archiver.PathOf(logged), Archiver.PathOf(waits)], ignoreOrder: true);
    }

    [Fact]
    public async Task Follow_KilledAtEachWrite_EndsInOneHistory()
    {
        int writes = await RunAsync(breakAt: -1, done: false);
        writes.ShouldBeGreaterThan(30);
        for (int k = 0; k < writes; k++)
        {
            foreach (bool done in new[] { false, true })
            {
                (await RunAsync(k, done)).ShouldBeGreaterThan(k, $"Write {k} was not reached.");
            }
        }
    }

    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(3)]
    public async Task Follow_TwoSequencersKilledAtRandom_EndInOneHistory(int seed)
    {
        var random = new Random(seed);
        for (int run = 0; run < 10; run++)
        {
            using var world = new LogWorld();
            Sequencer[] two = [Breakable(), Breakable()];
            Sequencer Breakable() => world.Start((write, _) =>
            {
                if (random.Next(25) == 0)
                {
                    throw new IOException($"Killed at {write}.");
                }
            });

            for (int step = 0; step < 16; step++)
            {
                int which = random.Next(2);
                await world.RecordAsync(random.Next(0, 90), $"fund-{random.Next(3)}");
                try
                {
                    await two[which].FollowAsync(LogWorld.Cancel);
                }
                catch (IOException)
                {
                    two[which] = random.Next(2) == 0 ? Breakable() : two[which]; // Dead, or merely told that it failed.
                }

                await world.LookAsync();
            }

            await world.Start().FollowAsync(LogWorld.Cancel);
            await world.AssertOneHistoryAsync();
            world.Raised.Lines.ShouldBeEmpty($"seed {seed}, run {run}");
        }
    }

    /// <summary>One is frozen before or after any of its writes, the other goes on and appends, and then the first wakes.</summary>
    [Fact]
    public Task Follow_FrozenAtEachWriteWhileAnotherGoesOn_EndsInOneHistory() => LogWorld.FreezeAtEachWriteAsync(async () =>
    {
        var world = new LogWorld();
        await world.RecordAsync(200);
        await world.Start().FollowAsync(LogWorld.Cancel);
        await world.RecordAsync(100);
        return world;
    });

    [Fact]
    public async Task Follow_ACommitThatComesLaterInTheLedgersOrder_IsFoundByTheCheck()
    {
        using var world = new LogWorld();
        await world.RecordAsync(2);
        Sequencer sequencer = world.Start();
        await sequencer.FollowAsync(LogWorld.Cancel);
        ILedgerStore before = world.Ledger;
        (await sequencer.CheckAsync(LogWorld.Cancel)).ShouldNotBeNull().Head.Size.ShouldBe(2);

        // A ledger whose order puts what came last first: its cursor is past it.
        world.Ledger = new MemoryLedgerStore();
        await world.RecordAsync(3, "late");
        await foreach (CommitAt read in before.ReadAllAsync(Cursor.Start, LogWorld.Cancel))
        {
            await world.Ledger.AppendAsync(read.Commit, LogWorld.Cancel);
        }

        Sequencer other = world.Start();
        (await other.FollowAsync(LogWorld.Cancel)).ShouldNotBeNull().Head.Size.ShouldBe(5);
        await world.AssertOneHistoryAsync();
    }

    /// <summary>Runs the whole story; the process is killed at one write and started again.</summary>
    /// <returns>How many writes there were.</returns>
    private static async Task<int> RunAsync(int breakAt, bool done)
    {
        using var world = new LogWorld();
        int count = 0;
        void Write(string write, bool before)
        {
            if (before == done)
            {
                return; // Counted once: before the write where it is not to be done, after it where it is.
            }

            if (count++ == breakAt)
            {
                throw new IOException($"Killed at {write}.");
            }
        }

        Sequencer sequencer = world.Start(Write);
        foreach (int[] round in Rounds)
        {
            foreach (int entries in round)
            {
                await world.RecordAsync(entries);
            }

            try
            {
                await sequencer.FollowAsync(LogWorld.Cancel);
            }
            catch (IOException)
            {
                await world.LookAsync();
                sequencer = world.Start(Write);
                await sequencer.FollowAsync(LogWorld.Cancel);
            }

            await world.LookAsync();
        }

        await world.AssertOneHistoryAsync();
        world.Raised.Lines.ShouldBeEmpty();
        return count;
    }
}
