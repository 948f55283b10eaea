using DisclosureCloud.Ledger;

namespace DisclosureCloud.Functions.Hosting.Messages;

/// <summary>Takes the messages of the queue of postings while the app serves by itself. Behind the Functions host, the host does.</summary>
internal sealed class IntakeService(Stores stores, MessageIntake intake, TimeProvider clock, ILogger<IntakeService> diagnostics) : BackgroundService
{
    /// <summary>Looking costs one indexed read, and whoever sends by a queue waits for nothing.</summary>
    private static readonly TimeSpan LookEvery = TimeSpan.FromSeconds(2);

    /// <summary>As host.json has it: a message that fails comes again so much later, so that five times outlast an outage of twenty minutes.</summary>
    private static readonly TimeSpan Hidden = TimeSpan.FromMinutes(5);

    private const int BatchSize = 8;

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        using var timer = new PeriodicTimer(LookEvery, clock);
        do
        {
            await DrainAsync(stoppingToken);
        }
        while (await timer.WaitForNextTickAsync(stoppingToken));
    }

    private async Task DrainAsync(CancellationToken cancellationToken)
    {
        try
        {
            IReadOnlyList<QueueMessage> messages;
            do
            {
                messages = await stores.Postings.ReceiveAsync(BatchSize, Hidden, cancellationToken);
                foreach (QueueMessage message in messages)
                {
                    await TakeAsync(message, cancellationToken);
                }
            }
            while (messages.Count > 0);
        }
        catch (Exception fault) when (!cancellationToken.IsCancellationRequested)
        {
            // A host boundary: the queue is looked at again in a moment, and serving goes on meanwhile.
            diagnostics.LogError(fault, "The queue of postings could not be read; it is tried again.");
        }
    }

    private async Task TakeAsync(QueueMessage message, CancellationToken cancellationToken)
    {
        try
        {
            await intake.TakeAsync(message.Text, cancellationToken);
            await stores.Postings.DeleteAsync(message.Receipt, cancellationToken);
        }
        catch (Exception fault) when (!cancellationToken.IsCancellationRequested)
        {
            // The queue gives it again when its time is over, and sets it aside when it was given often enough.
            diagnostics.LogError(fault, "A message of the queue of postings failed; it comes again.");
        }
    }
}
