using DisclosureCloud.Ledger;
using DisclosureCloud.Testing;

namespace DisclosureCloud.Storage.Tests;

public sealed class SqliteQueueTests : MessageQueueContract
{
    private readonly TemporaryFolder folder = new();
    private readonly ManualClock clock = new();

    public override async ValueTask DisposeAsync()
    {
        await base.DisposeAsync();
        folder.Dispose();
    }

    protected override async Task<(IMessageQueue Queue, IAsyncDisposable? Owned)> OpenStoreAsync(string name)
    {
        SqliteQueues queues = SqliteQueues.Open(folder.File("queues.db"), clock);
        try
        {
            return (queues.Queue(name), queues);
        }
        catch
        {
            await queues.DisposeAsync();
            throw;
        }
    }

    protected override Task WaitASecondAsync()
    {
        clock.Advance(TimeSpan.FromSeconds(1));
        return Task.CompletedTask;
    }

    [Fact]
    public async Task Hidden_UntilTheTimeAskedAndNotLonger()
    {
        IMessageQueue queue = await OpenAsync();
        await queue.SendAsync("one", Cancel);
        await queue.ReceiveAsync(1, TimeSpan.FromDays(7), Cancel);
        clock.Advance(TimeSpan.FromDays(7) - TimeSpan.FromMilliseconds(1));
        (await queue.ReceiveAsync(1, TimeSpan.FromSeconds(1), Cancel)).ShouldBeEmpty();
        clock.Advance(TimeSpan.FromMilliseconds(1));
        (await queue.ReceiveAsync(1, TimeSpan.FromSeconds(1), Cancel)).Count.ShouldBe(1);
    }

    [Fact]
    public async Task Message_YearsLater_IsStillThere()
    {
        IMessageQueue queue = await OpenAsync();
        await queue.SendAsync("one", Cancel);
        clock.Advance(TimeSpan.FromDays(3650));
        (await queue.ReceiveAsync(1, TimeSpan.FromSeconds(1), Cancel)).ShouldHaveSingleItem().Receives.ShouldBe(1);
    }

    [Fact]
    public async Task Queues_OfOneFile_DoNotMix()
    {
        await using SqliteQueues queues = SqliteQueues.Open(folder.File("queues.db"), clock);
        await queues.Queue("postings").SendAsync("one", Cancel);
        (await queues.Queue("bulk-work").ReceiveAsync(1, TimeSpan.FromSeconds(1), Cancel)).ShouldBeEmpty();
        QueueMessage message = (await queues.Queue("postings").ReceiveAsync(1, TimeSpan.FromSeconds(1), Cancel)).ShouldHaveSingleItem();
        (await queues.Queue("bulk-work").DeleteAsync(message.Receipt, Cancel)).ShouldBeFalse();
        (await queues.Queue("postings").DeleteAsync(message.Receipt, Cancel)).ShouldBeTrue();
    }

    [Fact]
    public async Task Message_OnceTheQueueIsDone_IsInNoByteOfItsFiles()
    {
        await using SqliteQueues queues = SqliteQueues.Open(folder.File("queues.db"), clock);
        SqliteQueue queue = queues.Queue("postings");
        for (int i = 0; i < 40; i++)
        {
            await queue.SendAsync($"secret-4711 {new string('x', i * 100)}", Cancel);
        }

        Holds("secret-4711").ShouldBeTrue();
        while (await queue.ReceiveAsync(8, TimeSpan.FromSeconds(1), Cancel) is { Count: > 0 } messages)
        {
            foreach (QueueMessage message in messages)
            {
                (await queue.DeleteAsync(message.Receipt, Cancel)).ShouldBeTrue();
            }
        }

        Holds("secret-4711").ShouldBeFalse();
        await queue.SendAsync("another", Cancel);
        (await queue.CountAsync(Cancel)).ShouldBe(1);

        bool Holds(string text) => Directory.GetFiles(folder.Path).Any(file =>
        {
            using var stream = new FileStream(file, FileMode.Open, FileAccess.Read, FileShare.ReadWrite);
            using var bytes = new MemoryStream();
            stream.CopyTo(bytes);
            return bytes.ToArray().AsSpan().IndexOf(System.Text.Encoding.UTF8.GetBytes(text)) >= 0;
        });
    }

    [Fact]
    public async Task Receive_FromAnEmptyQueue_WritesNothing()
    {
        await using SqliteQueues queues = SqliteQueues.Open(folder.File("queues.db"), clock);
        (await queues.Queue("postings").ReceiveAsync(1, TimeSpan.FromSeconds(1), Cancel)).ShouldBeEmpty();
        queues.Writer.Transactions.ShouldBe(0);
    }

    [Fact]
    public async Task Send_BrokenBeforeOrAfterItsCommit_IsNotThereOrIsThereAndIsReportedAsFailed()
    {
        await using SqliteQueues queues = SqliteQueues.Open(folder.File("queues.db"), clock);
        queues.Writer.BeforeCommit = () => throw new IOException("broken");
        await Should.ThrowAsync<IOException>(() => queues.Queue("postings").SendAsync("not done", Cancel));
        queues.Writer.BeforeCommit = null;
        queues.Writer.AfterCommit = () => throw new IOException("broken");
        await Should.ThrowAsync<IOException>(() => queues.Queue("postings").SendAsync("done", Cancel));
        queues.Writer.AfterCommit = null;
        (await queues.Queue("postings").ReceiveAsync(32, TimeSpan.FromSeconds(1), Cancel)).ShouldHaveSingleItem().Text.ShouldBe("done");
    }
}
