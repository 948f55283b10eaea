using System.Runtime.CompilerServices;
using DisclosureCloud.Functions.Hosting.Log;
using DisclosureCloud.Functions.Hosting.Postings;
using DisclosureCloud.Functions.Hosting.Publishing;
using DisclosureCloud.Functions.Tests.Postings;
using DisclosureCloud.Functions.Tests.Running;
using DisclosureCloud.Ledger;
using DisclosureCloud.Site;
using Microsoft.Extensions.Logging.Abstractions;

namespace DisclosureCloud.Functions.Tests.Publishing;

/// <summary>What keeps up with the ledger while the app serves.</summary>
public sealed class FollowerTests
{
    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Follower_WithAPostingThatCannotBeFinished_FinishesTheOthersAndPublishes()
    {
        using PublishWorld world = await PublishWorld.OpenAsync();
        await world.Desks.OpenFundAsync("f-stuck", 100);
        await world.Desks.OpenFundAsync("f-fine", 100);

        // Both are approved, and the process dies before either takes effect; then one fund's stream stays out of order.
        world.Desks.Ledger.BeforeAppend = commit => ThrowIf(commit.Stream.Value is "fund/f-stuck" or "fund/f-fine");
        PostingId stuck = await ApproveAndDieAsync(world, "f-stuck");
        PostingId fine = await ApproveAndDieAsync(world, "f-fine");
        world.Desks.Ledger.BeforeAppend = commit => ThrowIf(commit.Stream.Value == "fund/f-stuck");

        using var service = new FollowerService(world.KeepUp, world.Followers, world.Desks.Clock, NullLogger<FollowerService>.Instance);
        await service.StartAsync(Cancel);
        await Eventually.TrueAsync("the site is published", async () => (await world.FilesAsync()).ContainsKey("status.json"));
        await Eventually.TrueAsync("the other is effective", async () => await StateAsync(world, fine) == PostingState.Effective);
        (await StateAsync(world, stuck)).ShouldBe(PostingState.Approved);

        world.Desks.Ledger.BeforeAppend = null;
        await Eventually.TrueAsync("it is effective at last", async () => await StateAsync(world, stuck) == PostingState.Effective);
        await service.StopAsync(Cancel);
    }

    [Theory]
    [InlineData("recorded")]
    [InlineData("halfway")]
    public async Task Follower_AfterACrashBetweenRecordingAndShowing_MendsTheSiteByItself(string crash)
    {
        using PublishWorld world = await PublishWorld.OpenAsync();
        await world.PublishAsync();
        await world.Desks.OpenFundAsync("f-new", 100);
        world.Desks.Ledger.AfterAppend = crash == "recorded" ? _ => ThrowIf(true) : null;
        world.Site.BeforeChange = crash == "halfway" ? path => ThrowIf(path == "index.html") : null;
        await Should.ThrowAsync<CrashException>(() => world.PublishAsync());
        (world.Desks.Ledger.AfterAppend, world.Site.BeforeChange) = (null, null);
        int publications = await world.PublicationsAsync();

        // Nothing is new in the ledger: only status.json tells that the site is not what was recorded.
        using var service = new FollowerService(world.KeepUp, world.Followers, world.Desks.Clock, NullLogger<FollowerService>.Instance);
        await service.StartAsync(Cancel);
        await Eventually.TrueAsync("the site shows the publication", world.IsShownAsync);
        await service.StopAsync(Cancel);
        (await world.FilesAsync()).ShouldContainKey("funds/f-new/index.html");
        (await world.PublicationsAsync()).ShouldBe(publications);
    }

    [Fact]
    public async Task Follower_WhileASiteIsBeingMade_LogsWhatComesMeanwhile()
    {
        using PublishWorld world = await PublishWorld.OpenAsync();
        var begun = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        using var go = new ManualResetEventSlim();
        world.Site.BeforeStage = path =>
        {
            if (path == "index.html" && begun.TrySetResult()) // The second one goes on.
            {
                go.Wait(Cancel);
            }
        };
        Task<Published?> first = Task.Run(() => world.Followers.FollowAsync(Cancel), Cancel);
        await begun.Task.WaitAsync(Cancel);
        await world.Desks.OpenFundAsync("f-meanwhile", 100);
        Leaf leaf = (await world.Desks.CommitsAsync()).Last(commit => commit.Stream.Value == "fund/f-meanwhile").Entries[0];

        Task<Published?> second = Task.Run(() => world.Followers.FollowAsync(Cancel), Cancel);
        await Eventually.TrueAsync("it is logged", () => Task.FromResult(world.Sequencer.Known.IndexOf(leaf) is not null));
        first.IsCompleted.ShouldBeFalse("the site is still being made");
        LockedCheckpoint row = (await world.Row().ReadAsync(Cancel))!;
        row.Head.Size.ShouldBeGreaterThan(world.Sequencer.Known.IndexOf(leaf)!.Value);

        go.Set();
        (await first)!.Position.ShouldBeLessThan((await second)!.Position);
        (await world.IsShownAsync()).ShouldBeTrue();
        (await world.FilesAsync()).ShouldContainKey("funds/f-meanwhile/index.html");
    }

    [Fact]
    public async Task Follower_OfALogThatGrowsWhileTheLedgerIsRead_ShowsNothingOfWhatComesThen()
    {
        using PublishWorld world = await PublishWorld.OpenAsync();
        await world.Sequencer.FollowAsync(Cancel);
        (long treeSize, long position) = (world.Sequencer.Known.Size, 0);
        bool isFirst = true;
        var growing = new GrowingLedger(world.Desks.Ledger, async () =>
        {
            if (isFirst)
            {
                isFirst = false;
                await world.Desks.OpenFundAsync("f-meanwhile", 100);
                await world.Sequencer.FollowAsync(Cancel);
            }
        });
        var reader = new SnapshotReader(growing, world.Desks.Values, world.Sequencer.Known, world.Deployment.Origin);
        foreach (bool grown in new[] { false, true })
        {
            (Snapshot snapshot, _, long madeFrom) = await reader.ReadAsync(null, DeskWorld.Today, world.Deployment.Site, Cancel);
            (snapshot.Position > position).ShouldBeTrue();
            (madeFrom > treeSize).ShouldBe(grown);
            snapshot.Log!.LeafIndexes.Max().ShouldBeLessThan(madeFrom);
            position = snapshot.Position;
        }
    }

    private static async Task<PostingId> ApproveAndDieAsync(PublishWorld world, string fund)
    {
        var accepted = (Submission.Accepted)await world.Desks.Desk.SubmitAsync(
            DeskWorld.DraftOf(Office.Allocation(fund, 60)), DeskWorld.Poster, fund, Cancel);
        await Should.ThrowAsync<CrashException>(() => world.Desks.Desk.DecideAsync(
            accepted.Record.Id, DeskWorld.Approver, approve: true, FreeText.Of("checked"), Cancel));
        return accepted.Record.Id;
    }

    private static async Task<PostingState> StateAsync(PublishWorld world, PostingId id) => ((PostingRecord)(await world.Desks.Desk.FindAsync(id, Cancel))!).State;

    private static void ThrowIf(bool broken)
    {
        if (broken)
        {
            throw new CrashException();
        }
    }

    /// <summary>A ledger to which something happens each time that it is read from the beginning.</summary>
    private sealed class GrowingLedger(ILedgerStore ledger, Func<Task> grow) : ILedgerStore
    {
        public Task<AppendOutcome> AppendAsync(Commit commit, CancellationToken cancellationToken) => ledger.AppendAsync(commit, cancellationToken);

        public Task<Commit?> ReadAsync(StreamName stream, long version, CancellationToken cancellationToken) => ledger.ReadAsync(stream, version, cancellationToken);

        public Task<Commit?> ReadLastAsync(StreamName stream, CancellationToken cancellationToken) => ledger.ReadLastAsync(stream, cancellationToken);

        public Task<Commit?> FindAsync(StreamName stream, string commitId, CancellationToken cancellationToken) => ledger.FindAsync(stream, commitId, cancellationToken);

        public IAsyncEnumerable<Commit> ReadStreamAsync(StreamName stream, long fromVersion, CancellationToken cancellationToken) =>
            ledger.ReadStreamAsync(stream, fromVersion, cancellationToken);

        public async IAsyncEnumerable<CommitAt> ReadAllAsync(Cursor after, [EnumeratorCancellation] CancellationToken cancellationToken)
        {
            await grow();
            await foreach (CommitAt read in ledger.ReadAllAsync(after, cancellationToken))
            {
                yield return read;
            }
        }
    }
}
