using DisclosureCloud.Functions.Hosting.Following;
using DisclosureCloud.Functions.Hosting.Log;
using DisclosureCloud.Ledger;
using DisclosureCloud.Testing;
using DisclosureCloud.Transparency;

namespace DisclosureCloud.Functions.Tests.Log;

/// <summary>What the sequencer finds before it appends, says, and does not go on with. Nothing is signed over what is wrong.</summary>
public sealed class SequencerRefusalTests : IAsyncLifetime, IDisposable
{
    private const int First = 300;

    private readonly LogWorld world = new();

    public async ValueTask InitializeAsync()
    {
        await world.RecordAsync(First);
        await world.Start().FollowAsync(LogWorld.Cancel);
    }

    public ValueTask DisposeAsync() => ValueTask.CompletedTask;

    public void Dispose() => world.Dispose();

    [Fact]
    public async Task LockRowSetBack_BehindThePublicCheckpoint_IsRefused()
    {
        await world.RecordAsync(5);
        await PublishAsync((await world.Start().FollowAsync(LogWorld.Cancel))!);
        await SetRowAsync(world.Signer.Sign(await HeadAsync(First)));
        await RefusedAsync("the public checkpoint has 305");
    }

    [Fact]
    public async Task LockRowSetBack_UnderARunningSequencer_IsRefused()
    {
        await world.RecordAsync(5);
        Sequencer running = world.Start();
        await running.FollowAsync(LogWorld.Cancel);
        await SetRowAsync(world.Signer.Sign(await HeadAsync(First)));
        await RefusedAsync("what this process has read of it has 305", running);
    }

    [Fact]
    public async Task PublicCheckpoint_OfAnotherTree_IsRefused()
    {
        await PublishAsync(world.Signer.Sign(new TreeHead(256, Rfc6962.LeafHash([1]))));
        await RefusedAsync("the public checkpoint of 256 leaves");
    }

    [Fact]
    public async Task PublicCheckpoint_OfAnEarlierTree_IsWell()
    {
        await PublishAsync(world.Signer.Sign(await HeadAsync(100)));
        await world.RecordAsync(1);
        (await world.Start().FollowAsync(LogWorld.Cancel))!.Head.Size.ShouldBe(First + 1);
    }

    [Fact]
    public async Task LockRow_Gone_IsRefused()
    {
        Cell cell = (await world.Cells.GetAsync(LogHome.First.Row, LogWorld.Cancel))!;
        await world.Cells.DeleteAsync(LogHome.First.Row, cell.Tag, LogWorld.Cancel);
        await RefusedAsync("its lock row is gone");
    }

    [Fact]
    public async Task LockRow_OfAnotherOrigin_IsRefused()
    {
        await SetRowAsync(new CheckpointSigner("other.example/log", [new Unsigned()], []).Sign(await HeadAsync(First)));
        await RefusedAsync("has a checkpoint of 'other.example/log'");
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task AnyTileOrBundle_ChangedOrCut_IsNamed(bool cut)
    {
        foreach (IDictionary<string, byte[]> files in new[] { world.Full, world.Edge })
        {
            foreach ((string path, byte[] bytes) in files.ToArray())
            {
                files[path] = cut ? bytes[..^1] : [.. bytes[..^7], (byte)(bytes[^7] ^ 1), .. bytes[^6..]];
                string said = await RefusedAsync("");
                if (cut)
                {
                    said.ShouldContain(path);
                }

                files[path] = bytes;
            }
        }

        await world.Start().FollowAsync(LogWorld.Cancel);
        await world.AssertOneHistoryAsync();
    }

    [Fact]
    public async Task AnyBundleOrEdgeTile_Gone_IsNamed()
    {
        foreach (IDictionary<string, byte[]> files in new[] { world.Full, world.Edge })
        {
            foreach ((string path, byte[] bytes) in files.Where(file => !file.Key.StartsWith("tile/0/000", StringComparison.Ordinal)).ToArray())
            {
                files.Remove(path);
                (await RefusedAsync("lacks")).ShouldContain(path);
                files[path] = bytes;
            }
        }
    }

    [Fact]
    public async Task Check_TileChangedUnderARunningSequencer_IsRefused()
    {
        Sequencer running = world.Start();
        await running.CheckAsync(LogWorld.Cancel);
        world.Full["tile/0/000"][40] ^= 1;
        (await running.FollowAsync(LogWorld.Cancel))!.Head.Size.ShouldBe(First); // It has read it before.
        (await Should.ThrowAsync<LogRefusedException>(() => running.CheckAsync(LogWorld.Cancel))).Message.ShouldContain("tile/0/000 has not");
        (await Should.ThrowAsync<LogRefusedException>(() => running.FollowAsync(LogWorld.Cancel))).Message.ShouldContain("tile/0/000 has not");
    }

    [Fact]
    public async Task Clock_BehindTheNewestEntry_IsRefused()
    {
        world.Clock.Advance(-TimeSpan.FromSeconds(60));
        await world.Start().FollowAsync(LogWorld.Cancel);
        world.Clock.Advance(-TimeSpan.FromSeconds(1));
        await RefusedAsync("the clock says");
    }

    [Fact]
    public async Task Ledger_SetBackAndPostedToAnew_IsRefused()
    {
        Commit first = (await world.Ledger.ReadAsync(TestCommits.Fund("one"), 0, LogWorld.Cancel))!;
        await world.RecordAsync(5);
        await world.Start().FollowAsync(LogWorld.Cancel);
        world.Ledger = new MemoryLedgerStore();
        await world.Ledger.AppendAsync(first, LogWorld.Cancel);
        await world.RecordAsync(9, "two");
        (await RefusedAsync("lacks 5 of the 305 entries")).ShouldContain("the first is leaf 300.");
    }

    [Fact]
    public async Task Ledger_WithAnEntryChanged_IsRefused()
    {
        world.Ledger = new MemoryLedgerStore();
        await world.Ledger.AppendAsync(TestCommits.Of(TestCommits.Fund("one"), 0, entries: First, text: "other"), LogWorld.Cancel);
        await RefusedAsync("lacks 300 of the 300 entries");
    }

    [Fact]
    public async Task WhatIsStaged_ChangedBeforeItWasApplied_IsRefused()
    {
        await world.RecordAsync(5);
        Sequencer dying = world.Start((write, before) =>
        {
            if (!before && write == "checkpoint")
            {
                throw new IOException("Killed.");
            }
        });
        await Should.ThrowAsync<IOException>(() => dying.FollowAsync(LogWorld.Cancel));
        string staged = world.Edge.Keys.Single(path => path.StartsWith(StagedLeaves.Folder, StringComparison.Ordinal));
        byte[] bytes = world.Edge[staged];
        world.Edge[staged] = [.. bytes[..^2], (byte)(bytes[^2] ^ 1), bytes[^1]];
        await RefusedAsync("what is staged as");
        world.Edge[staged] = bytes[..^1];
        await RefusedAsync("is cut");
        world.Edge[staged] = bytes;
        await world.Start().FollowAsync(LogWorld.Cancel);
        await world.AssertOneHistoryAsync();
    }

    [Fact]
    public async Task Archive_WithSomethingElseInACommitsPlace_StopsBeforeAnythingIsSigned()
    {
        Commit commit = await world.RecordAsync(1);
        world.Archive[Archiver.PathOf(commit)] = [1];
        await Should.ThrowAsync<ArchiveException>(() => world.Start().FollowAsync(LogWorld.Cancel));
        (await RowAsync()).Head.Size.ShouldBe(First);
    }

    /// <summary>Whatever the sequencer is asked for, it says what it found, raises an alarm, and the row stays.</summary>
    private async Task<string> RefusedAsync(string words, Sequencer? sequencer = null)
    {
        await world.RecordAsync(1, $"new-{world.Raised.Lines.Count}"); // Something to append, if it did.
        ReadOnlyMemory<byte>? row = (await world.Cells.GetAsync(LogHome.First.Row, LogWorld.Cancel))?.Value;
        LogRefusedException refused = await Should.ThrowAsync<LogRefusedException>(() => (sequencer ?? world.Start()).FollowAsync(LogWorld.Cancel));
        refused.Message.ShouldContain(words);
        world.Raised.Lines[^1].ShouldContain("log-refused");
        ((await world.Cells.GetAsync(LogHome.First.Row, LogWorld.Cancel))?.Value.ToArray()).ShouldBe(row?.ToArray());
        return refused.Message;
    }

    private async Task<SignedCheckpoint> RowAsync() => world.Signer.Open((await world.Cells.GetAsync(LogHome.First.Row, LogWorld.Cancel))!.Value.Span, "the test");

    private async Task SetRowAsync(SignedCheckpoint checkpoint)
    {
        Cell cell = (await world.Cells.GetAsync(LogHome.First.Row, LogWorld.Cancel))!;
        await world.Cells.ReplaceAsync(LogHome.First.Row, checkpoint.Note.ToBytes(), cell.Tag, LogWorld.Cancel);
    }

    private async Task<TreeHead> HeadAsync(int size)
    {
        IReadOnlyList<ReadOnlyMemory<byte>> leaves = await world.LeavesAsync();
        return TreeEdge.Empty.Append([.. leaves.Take(size).Select(leaf => Rfc6962.LeafHash(leaf.Span))]).Edge.Head;
    }

    private async Task PublishAsync(SignedCheckpoint checkpoint)
    {
        await world.Site.RecoverAsync(LogWorld.Cancel);
        await world.Site.StageAsync(Sequencer.PublicPath, checkpoint.Note.ToBytes(), LogWorld.Cancel);
        await world.Site.ApplyAsync([Sequencer.PublicPath], [], LogWorld.Cancel);
    }

    private sealed class Unsigned : INoteSigner
    {
        public string Name => "other.example/log";

        public KeyId KeyId => new(1);

        public byte[] Sign(ReadOnlySpan<byte> text) => [1];
    }
}
