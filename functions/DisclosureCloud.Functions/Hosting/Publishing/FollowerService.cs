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
    ISiteFiles site,
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
            await TryAsync(() => FinishAsync(stoppingToken), stoppingToken);
            await TryAsync(() => PublishAsync(stoppingToken), stoppingToken);
            if (clock.GetUtcNow() - sweptAt > SweepEvery)
            {
                sweptAt = clock.GetUtcNow();
                await TryAsync(() => sweep.SweepAsync(stoppingToken), stoppingToken);
            }
        }
        while (await timer.WaitForNextTickAsync(stoppingToken));
    }

    // Each step for itself: one posting that cannot be finished must not keep all the others from the site.
    private async Task TryAsync(Func<Task> step, CancellationToken stoppingToken)
    {
        try
        {
            await step();
        }
        catch (StoreBusyException busy) when (!stoppingToken.IsCancellationRequested)
        {
            diagnostics.LogWarning("{Busy}", busy.Message);
        }
        catch (Exception fault) when (!stoppingToken.IsCancellationRequested)
        {
            // A host boundary. Everything here is safe to do again, and the next look does so; serving goes on meanwhile.
            diagnostics.LogError(fault, "Keeping up with the ledger failed; it is tried again.");
        }
    }

    private async Task FinishAsync(CancellationToken cancellationToken)
    {
        foreach (PostingId posting in await follower.UnsettledAsync(cancellationToken))
        {
            await TryAsync(() => desk.FinishAsync(posting, cancellationToken), cancellationToken);
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
            || last.Fact.ContentVersion != ContentVersion.Of(deployment.Site)
            || !await last.IsShownAsync(site, cancellationToken)) // Recorded, and the process died before the site had it.
        {
            Published published = await publisher.PublishAsync(at: null, cancellationToken);
            diagnostics.LogInformation("Published position {Position}: {Written} of {Files} files.", published.Position, published.Written, published.Files);
        }
    }
}
