using DisclosureCloud.Functions.Hosting;
using DisclosureCloud.Functions.Hosting.Messages;
using DisclosureCloud.Functions.Tests.Publishing;
using DisclosureCloud.Ledger;
using DisclosureCloud.Storage;
using DisclosureCloud.Testing;

namespace DisclosureCloud.Functions.Tests.Messages;

/// <summary>A message that was set aside is an alarm, once for each.</summary>
public sealed class PoisonWatchTests
{
    [Fact]
    public async Task Message_ThatWasSetAside_IsToldOnceAndAnotherOneAgain()
    {
        CancellationToken cancel = TestContext.Current.CancellationToken;
        using var folder = new TemporaryFolder();
        await using var queues = SqliteQueues.Open(folder.File("queues.db"), TimeProvider.System);
        SqliteQueue poison = queues.Queue("postings-poison");
        var raised = new AlarmLog();
        var watch = new PoisonWatch(new Dictionary<string, IMessageQueue>(StringComparer.Ordinal) { ["postings-poison"] = poison }, new Alarms(raised));

        await watch.LookAsync(cancel);
        raised.Lines.ShouldBeEmpty();
        await poison.SendAsync("one", cancel);
        await watch.LookAsync(cancel);
        raised.Lines.ShouldHaveSingleItem().ShouldContain("poison-message");
        await watch.LookAsync(cancel);
        raised.Lines.Count.ShouldBe(1, "nothing has changed");
        await poison.SendAsync("two", cancel);
        await watch.LookAsync(cancel);
        raised.Lines.Count.ShouldBe(2);

        // A person took them out, and then another one comes.
        foreach (QueueMessage message in await poison.ReceiveAsync(8, TimeSpan.FromSeconds(30), cancel))
        {
            await poison.DeleteAsync(message.Receipt, cancel);
        }

        await watch.LookAsync(cancel);
        raised.Lines.Count.ShouldBe(2);
        await poison.SendAsync("three", cancel);
        await watch.LookAsync(cancel);
        raised.Lines.Count.ShouldBe(3);
    }
}
