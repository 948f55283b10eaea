namespace DisclosureCloud.Functions.Hosting.Publishing;

/// <summary>Keeps up with the ledger while the app serves by itself. Behind the Functions host the timers do it.</summary>
internal sealed class FollowerService(KeepUp keepUp, Followers followers, TimeProvider clock, ILogger<FollowerService> diagnostics) : BackgroundService
{
    /// <summary>Looking costs one indexed read; readers of the site do not notice two seconds.</summary>
    private static readonly TimeSpan LookEvery = TimeSpan.FromSeconds(2);

    /// <summary>An entry is promised a checkpoint within seconds, whatever the site needs.</summary>
    private static readonly TimeSpan LogEvery = TimeSpan.FromSeconds(1);

    /// <summary>A person reads the alarm: once a minute will do.</summary>
    private const int LooksBetweenWatches = 30;

    protected override Task ExecuteAsync(CancellationToken stoppingToken) => Task.WhenAll(FollowAsync(stoppingToken), LogAsync(stoppingToken));

    private async Task LogAsync(CancellationToken stoppingToken)
    {
        using var timer = new PeriodicTimer(LogEvery, clock);
        while (await timer.WaitForNextTickAsync(stoppingToken))
        {
            await diagnostics.TryAsync(() => followers.LogMeanwhileAsync(stoppingToken), stoppingToken);
        }
    }

    private async Task FollowAsync(CancellationToken stoppingToken)
    {
        using var timer = new PeriodicTimer(LookEvery, clock);
        int look = 0;
        do
        {
            // Each step for itself: a posting that cannot be finished must not keep all the others from the site.
            await diagnostics.TryAsync(() => keepUp.FinishAsync(stoppingToken), stoppingToken);
            await followers.TryFollowAsync(stoppingToken);
            await diagnostics.TryAsync(() => keepUp.SweepAsync(stoppingToken), stoppingToken);
            await diagnostics.TryAsync(() => keepUp.TurnDayAsync(stoppingToken), stoppingToken);
            if (look++ % LooksBetweenWatches == 0)
            {
                await diagnostics.TryAsync(() => keepUp.WatchAsync(stoppingToken), stoppingToken);
            }
        }
        while (await timer.WaitForNextTickAsync(stoppingToken));
    }
}
