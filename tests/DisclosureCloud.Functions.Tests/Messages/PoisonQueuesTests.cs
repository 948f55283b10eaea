using DisclosureCloud.Functions.Hosting.Messages;
using DisclosureCloud.Functions.Tests.Running;
using DisclosureCloud.Ledger;
using DisclosureCloud.Storage;
using DisclosureCloud.Testing;

namespace DisclosureCloud.Functions.Tests.Messages;

/// <summary>What a person does with messages that were set aside.</summary>
public sealed class PoisonQueuesTests : IAsyncLifetime
{
    private readonly TemporaryFolder _folder = new();
    private readonly IntakeWorld _world = new();
    private SqliteQueues _queues = null!;

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    private SqliteQueue SetAside => _queues.Queue("postings-poison");

    private SqliteQueue Own => _queues.Queue("postings");

    private PoisonQueues Poison => new(new Dictionary<string, (IMessageQueue, IMessageQueue)>(StringComparer.Ordinal) { ["postings-poison"] = (SetAside, Own) }, TimeProvider.System);

    public ValueTask InitializeAsync()
    {
        _queues = SqliteQueues.Open(_folder.File("queues.db"), TimeProvider.System);
        return ValueTask.CompletedTask;
    }

    public async ValueTask DisposeAsync()
    {
        await _queues.DisposeAsync();
        _folder.Dispose();
    }

    [Fact]
    public async Task PutBack_AfterTheyWereListed_MovesAllAsTheyAre()
    {
        string message = _world.Message(Office.Appropriation("f-none", 1), "one");
        string[] all = [message, .. Enumerable.Range(0, IMessageQueue.CountMax + 3).Select(no => $"nobody's {no}")];
        foreach (string text in all)
        {
            await SetAside.SendAsync(text, Cancel);
        }

        IReadOnlyList<SetAside> listed = await Poison.ListAsync(Cancel);
        listed.Select(one => one.Text).Order(StringComparer.Ordinal).ShouldBe(all.Order(StringComparer.Ordinal));
        SetAside known = listed.Single(one => one.Text == message);
        known.Posting.ShouldBe(PostingId.Of(known.Department!.Value, "one"));
        listed.Count(one => one.Posting is null).ShouldBe(all.Length - 1);

        (await Poison.PutBackAsync(Cancel)).ShouldBe(all.Length);
        (await SetAside.CountAsync(Cancel)).ShouldBe(0);
        (await Own.CountAsync(Cancel)).ShouldBe(all.Length);
        var back = new List<string>();
        while (await Own.ReceiveAsync(IMessageQueue.CountMax, TimeSpan.FromMinutes(5), Cancel) is { Count: > 0 } found)
        {
            back.AddRange(found.Select(one => one.Text));
        }

        back.Order(StringComparer.Ordinal).ShouldBe(all.Order(StringComparer.Ordinal));
        (await Poison.PutBackAsync(Cancel)).ShouldBe(0);
    }

    [Fact]
    public async Task Drop_ByItsName_DeletesThatOneAlone()
    {
        foreach (string text in new[] { "one", "two" })
        {
            await SetAside.SendAsync(text, Cancel);
        }

        string name = (await Poison.ListAsync(Cancel)).Single(one => one.Text == "one").Name;
        (await Poison.DropAsync("no such name", Cancel)).ShouldBeNull();
        (await Poison.DropAsync(name, Cancel))!.Text.ShouldBe("one");
        (await Poison.ListAsync(Cancel)).ShouldHaveSingleItem().Text.ShouldBe("two");
        (await Own.CountAsync(Cancel)).ShouldBe(0);
    }
}
