using DisclosureCloud.Functions.Hosting.Following;
using DisclosureCloud.Functions.Hosting.Log;
using DisclosureCloud.Functions.Hosting.Postings;
using DisclosureCloud.Ledger;

namespace DisclosureCloud.Functions.Hosting.Publishing;

/// <summary>Archive and log, site, and subscribers, which follow the ledger in this order. May be called at any time, by any number at once.</summary>
internal sealed class Followers(
    PositionFollower follower,
    Sequencer sequencer,
    Publisher publisher,
    Announcer announcer,
    Deployment deployment,
    TimeProvider clock,
    ILogger<Followers> diagnostics) : IDisposable
{
    private readonly SemaphoreSlim _following = new(1, 1);

    /// <summary>Follows where something is new. The turn of the day is news too: what was open may be over.</summary>
    /// <returns>What was published; null where the site shows all there is.</returns>
    public async Task<Published?> FollowAsync(CancellationToken cancellationToken)
    {
        // Of several calls at once the last one finds nothing new, and none waits for the publish lock.
        await LogMeanwhileAsync(cancellationToken);
        await _following.WaitAsync(cancellationToken);
        try
        {
            (Published? published, IReadOnlyDictionary<StreamName, long> shown, DateOnly asOf) = await PublishAsync(cancellationToken);
            await announcer.AnnounceAsync(shown, asOf, cancellationToken);
            return published;
        }
        finally
        {
            _following.Release();
        }
    }

    /// <summary>Follows; what goes wrong is told in diagnostics, and is tried again at the next call.</summary>
    /// <returns>True where it was done.</returns>
    public Task<bool> TryFollowAsync(CancellationToken cancellationToken) => diagnostics.TryAsync(() => FollowAsync(cancellationToken), cancellationToken);

    /// <summary>Logs what is new while another call follows, which may take minutes: the log waits for no page. Where none does, it does nothing.</summary>
    public async Task LogMeanwhileAsync(CancellationToken cancellationToken)
    {
        if (_following.CurrentCount == 0)
        {
            await sequencer.LogAsync(cancellationToken);
        }
    }

    public void Dispose() => _following.Dispose();

    private async Task<(Published? Published, IReadOnlyDictionary<StreamName, long> Shown, DateOnly AsOf)> PublishAsync(CancellationToken cancellationToken)
    {
        LedgerPosition at = await follower.LookAsync(cancellationToken);
        await sequencer.FollowAsync(cancellationToken);
        if (await publisher.LastAsync(cancellationToken) is { } last
            && last.Fact.Position >= at.Position
            && last.Fact.AsOf >= deployment.Today(clock)
            && last.Fact.ContentVersion == ContentVersion.Of(deployment.Site)
            && await publisher.ShowsAsync(last, cancellationToken)) // Else it was recorded, and the process died before the site had it.
        {
            return (null, at.Versions.SetItem(StreamName.Site, last.Version), last.Fact.AsOf);
        }

        Published published = await publisher.PublishAsync(at: null, cancellationToken);
        diagnostics.LogInformation("Published position {Position}: {Written} of {Files} files.", published.Position, published.Written, published.Files);
        return (published, published.Shown, published.AsOf);
    }
}
