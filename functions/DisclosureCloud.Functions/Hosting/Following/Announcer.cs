using DisclosureCloud.Ledger;

namespace DisclosureCloud.Functions.Hosting.Following;

/// <summary>Tells subscribers what has become public, after it has: at least once each, with ids that stay.</summary>
internal sealed class Announcer(ILedgerStore ledger, IEventTopic topic, ICellStore cells) : IDisposable
{
    /// <summary>A crash tells at most about so many again.</summary>
    private const int BatchSize = 500;

    private readonly SemaphoreSlim _one = new(1, 1);
    private readonly LedgerReader _new = new(ledger, cells, "events");

    /// <summary>Sends the events of the commits that the site shows and that were not told before.</summary>
    /// <param name="shown">Up to which version of which stream the site shows the ledger.</param>
    /// <param name="asOf">The date that the site goes by.</param>
    /// <returns>How many events were sent.</returns>
    public async Task<int> AnnounceAsync(IReadOnlyDictionary<StreamName, long> shown, DateOnly asOf, CancellationToken cancellationToken)
    {
        await _one.WaitAsync(cancellationToken);
        try
        {
            return await AnnounceOnAsync(shown, asOf, cancellationToken);
        }
        finally
        {
            _one.Release();
        }
    }

    public void Dispose() => _one.Dispose();

    private async Task<int> AnnounceOnAsync(IReadOnlyDictionary<StreamName, long> shown, DateOnly asOf, CancellationToken cancellationToken)
    {
        int sent = 0;
        var events = new List<PublicEvent>();
        var told = new List<CommitAt>();
        await foreach (CommitAt read in _new.ReadAsync(cancellationToken))
        {
            // Of publications the one that is shown: an earlier one may have been recorded and never shown, and is none any more.
            bool isPast = read.Commit.Stream == StreamName.Site && read.Commit.Version < shown.GetValueOrDefault(StreamName.Site, -1);
            PublicEvent[] some = isPast ? [] : [.. PublicEvents.Of(read.Commit, asOf)];
            if (some.Length > 0 && read.Commit.Version > shown.GetValueOrDefault(read.Commit.Stream, -1))
            {
                break; // Not public yet. What stands after it waits too, and the next publication tells it.
            }

            events.AddRange(some);
            told.Add(read);
            if (told.Count >= BatchSize || events.Count >= BatchSize)
            {
                sent += await SendAsync(events, told, cancellationToken);
            }
        }

        return sent + await SendAsync(events, told, cancellationToken);
    }

    // First sent, then marked: a crash between the two sends them again.
    private async Task<int> SendAsync(List<PublicEvent> events, List<CommitAt> told, CancellationToken cancellationToken)
    {
        int count = events.Count;
        if (count > 0)
        {
            await topic.SendAsync(events, cancellationToken);
        }

        await _new.DoneAsync(told, cancellationToken);
        events.Clear();
        told.Clear();
        return count;
    }
}
