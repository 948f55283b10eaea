using DisclosureCloud.Functions.Hosting.Postings;
using DisclosureCloud.Functions.Hosting.Publishing;
using DisclosureCloud.Functions.Tests.Postings;
using DisclosureCloud.Functions.Tests.Running;
using DisclosureCloud.Ledger;
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
}
