using DisclosureCloud.Functions.Hosting.Bulk;
using DisclosureCloud.Ledger;

namespace DisclosureCloud.Functions.Hosting.Messages;

/// <summary>Takes the messages of the queues while the app serves by itself: postings, and files of many of them. Behind the Functions host, the host does.</summary>
internal sealed class IntakeService(Stores stores, MessageIntake intake, BulkDesk bulk, TimeProvider clock, ILogger<IntakeService> diagnostics) : BackgroundService
{
    /// <summary>Looking costs one indexed read, and whoever sends by a queue waits for nothing.</summary>
    private static readonly TimeSpan LookEvery = TimeSpan.FromSeconds(2);

    /// <summary>As host.json has it: a message that fails comes again so much later, so that five times outlast an outage of twenty minutes.</summary>
    private static readonly TimeSpan Hidden = TimeSpan.FromMinutes(5);

    /// <summary>As long as the Functions host lets one call take: twenty thousand postings are not done in five minutes everywhere.</summary>
    private static readonly TimeSpan HiddenWhileMany = TimeSpan.FromMinutes(30);

    private const int BatchSize = 8;

    // A file of many postings must not keep single ones waiting: each queue has a loop of its own.
    protected override Task ExecuteAsync(CancellationToken stoppingToken) => Task.WhenAll(
        LookAsync(Stores.PostingsQueue, stores.Postings, BatchSize, Hidden, text => intake.TakeAsync(text, stoppingToken), stoppingToken),
        LookAsync(Stores.BulkQueue, stores.BulkWork, 1, HiddenWhileMany, text => bulk.DoAsync(text, stoppingToken), stoppingToken));

    private async Task LookAsync(string name, IMessageQueue queue, int batchSize, TimeSpan hidden, Func<string, Task<string>> take, CancellationToken stoppingToken)
    {
        using var timer = new PeriodicTimer(LookEvery, clock);
        do
        {
            await DrainAsync(name, queue, batchSize, hidden, take, stoppingToken);
        }
        while (await timer.WaitForNextTickAsync(stoppingToken));
    }

    private async Task DrainAsync(string name, IMessageQueue queue, int batchSize, TimeSpan hidden, Func<string, Task<string>> take, CancellationToken cancellationToken)
    {
        try
        {
            IReadOnlyList<QueueMessage> messages;
            do
            {
                messages = await queue.ReceiveAsync(batchSize, hidden, cancellationToken);
                foreach (QueueMessage message in messages)
                {
                    await TakeAsync(name, queue, message, take, cancellationToken);
                }
            }
            while (messages.Count > 0);
        }
        catch (Exception fault) when (!cancellationToken.IsCancellationRequested)
        {
            // A host boundary: the queue is looked at again in a moment, and serving goes on meanwhile.
            diagnostics.LogError(fault, "The queue {Queue} could not be read; it is tried again.", name);
        }
    }

    private async Task TakeAsync(string name, IMessageQueue queue, QueueMessage message, Func<string, Task<string>> take, CancellationToken cancellationToken)
    {
        try
        {
            await take(message.Text);
            await queue.DeleteAsync(message.Receipt, cancellationToken);
        }
        catch (Exception fault) when (!cancellationToken.IsCancellationRequested)
        {
            // The queue gives it again when its time is over, and sets it aside when it was given often enough.
            diagnostics.LogError(fault, "A message of the queue {Queue} failed; it comes again.", name);
        }
    }
}
