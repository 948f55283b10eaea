using DisclosureCloud.Functions.Hosting.Postings;
using DisclosureCloud.Ledger;

namespace DisclosureCloud.Functions.Hosting.Publishing;

/// <summary>Keeps up with the ledger while the app serves: finishes what was left half done, sweeps, and publishes what is new.</summary>
internal sealed class FollowerService(
    PositionFollower follower,
    PostingDesk desk,
    ValueSweep sweep,
    Publisher publisher,
    ILedgerStore ledger,
    Deployment deployment,
    TimeProvider clock,
    ILogger<FollowerService> diagnostics) : BackgroundService
{
    /// <summary>Looking costs one indexed read; readers of the site do not notice two seconds.</summary>
    private static readonly TimeSpan LookEvery = TimeSpan.FromSeconds(2);

    private static readonly TimeSpan SweepEvery = TimeSpan.FromHours(1);

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        DateTimeOffset sweptAt = DateTimeOffset.MinValue;
        using var timer = new PeriodicTimer(LookEvery, clock);
        do
        {
            try
            {
                await FinishAsync(stoppingToken);
                await PublishAsync(stoppingToken);
                if (clock.GetUtcNow() - sweptAt > SweepEvery)
                {
                    await sweep.SweepAsync(stoppingToken);
                    sweptAt = clock.GetUtcNow();
                }
            }
            catch (Exception fault) when (fault is not OperationCanceledException)
            {
                // A host boundary. Everything here is safe to do again, and the next look does so; serving goes on meanwhile.
                diagnostics.LogError(fault, "Keeping up with the ledger failed; it is tried again.");
            }
        }
        while (await timer.WaitForNextTickAsync(stoppingToken));
    }

    private async Task FinishAsync(CancellationToken cancellationToken)
    {
        foreach (PostingId posting in await follower.UnsettledAsync(cancellationToken))
        {
            await desk.FinishAsync(posting, cancellationToken);
        }
    }

    // The turn of the day is news too: what was open may be over.
    private async Task PublishAsync(CancellationToken cancellationToken)
    {
        long position = await follower.ReadAsync(cancellationToken);
        PublicationRecord? last = await PublicationRecord.LastAsync(ledger, cancellationToken);
        if (last is null
            || last.Fact.Position < position
            || last.Fact.AsOf < deployment.Today(clock)
            || last.Fact.ContentVersion != ContentVersion.Of(deployment.Site))
        {
            Published published = await publisher.PublishAsync(at: null, cancellationToken);
            diagnostics.LogInformation("Published position {Position}: {Written} of {Files} files.", published.Position, published.Written, published.Files);
        }
    }
}
