namespace DisclosureCloud.Functions.Hosting.Publishing;

/// <summary>Keeps up with the ledger while the app serves by itself. Behind the Functions host the timers do it.</summary>
internal sealed class FollowerService(KeepUp keepUp, TimeProvider clock) : BackgroundService
{
    /// <summary>Looking costs one indexed read; readers of the site do not notice two seconds.</summary>
    private static readonly TimeSpan LookEvery = TimeSpan.FromSeconds(2);

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        using var timer = new PeriodicTimer(LookEvery, clock);
        do
        {
            // Each step for itself: a posting that cannot be finished must not keep all the others from the site.
            await keepUp.TryAsync(() => keepUp.FinishAsync(stoppingToken), stoppingToken);
            await keepUp.TryAsync(() => keepUp.PublishAsync(stoppingToken), stoppingToken);
            await keepUp.TryAsync(() => keepUp.SweepAsync(stoppingToken), stoppingToken);
            await keepUp.TryAsync(() => keepUp.TurnDayAsync(stoppingToken), stoppingToken);
        }
        while (await timer.WaitForNextTickAsync(stoppingToken));
    }
}
