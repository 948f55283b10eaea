using System.Text.Json;
using System.Text.Json.Nodes;
using DisclosureCloud.Functions.Hosting.Publishing;
using DisclosureCloud.Ledger;

namespace DisclosureCloud.Functions.Hosting.Postings;

/// <summary>The ledger of a process that takes postings. Nothing is appended to one that was set back: it must have what its own site shows.</summary>
/// <remarks>
/// A ledger that was restored from an old copy would take postings in places that are taken in log and archive, and they could not stay. The
/// newest publication that the site shows tells, at the cost of two reads: it is in the ledger, or the ledger is behind. Asked until it
/// is there; a ledger under a running process is not restored.
/// </remarks>
internal sealed class CurrentLedger(ILedgerStore ledger, ISiteFiles site, Alarms alarms) : ILedgerStore
{
    private volatile bool _isCurrent;
    private int _told;

    /// <exception cref="LedgerBehindException">The ledger lacks what the site shows. Nothing was appended.</exception>
    public async Task<AppendOutcome> AppendAsync(Commit commit, CancellationToken cancellationToken)
    {
        _isCurrent = _isCurrent || await IsCurrentAsync(cancellationToken);
        if (!_isCurrent)
        {
            if (Interlocked.Exchange(ref _told, 1) == 0)
            {
                alarms.Raise(Alarm.LedgerBehind, "The ledger lacks the publication that the site shows: it was set back. Nothing is taken until 'disclosurecloud rebuild' was run.");
            }

            throw new LedgerBehindException();
        }

        return await ledger.AppendAsync(commit, cancellationToken);
    }

    public Task<Commit?> ReadAsync(StreamName stream, long version, CancellationToken cancellationToken) => ledger.ReadAsync(stream, version, cancellationToken);

    public Task<Commit?> ReadLastAsync(StreamName stream, CancellationToken cancellationToken) => ledger.ReadLastAsync(stream, cancellationToken);

    public Task<Commit?> FindAsync(StreamName stream, string commitId, CancellationToken cancellationToken) => ledger.FindAsync(stream, commitId, cancellationToken);

    public IAsyncEnumerable<Commit> ReadStreamAsync(StreamName stream, long fromVersion, CancellationToken cancellationToken) =>
        ledger.ReadStreamAsync(stream, fromVersion, cancellationToken);

    public IAsyncEnumerable<CommitAt> ReadAllAsync(Cursor after, CancellationToken cancellationToken) => ledger.ReadAllAsync(after, cancellationToken);

    // A site that shows nothing, or nothing that can be read, says nothing about the ledger.
    private async Task<bool> IsCurrentAsync(CancellationToken cancellationToken) =>
        await ShownAsync(cancellationToken) is not { } shown
        || await ledger.FindAsync(StreamName.Site, shown.Posting.Value, cancellationToken) is not null;

    private async Task<EntryId?> ShownAsync(CancellationToken cancellationToken)
    {
        try
        {
            byte[]? status = await site.ReadAsync(Publisher.StatusPath, cancellationToken);
            return status is not null && EntryId.TryParse(JsonNode.Parse(status)?["publication"]?.GetValue<string>(), out EntryId id) ? id : null;
        }
        catch (Exception fault) when (fault is JsonException or InvalidOperationException)
        {
            return null;
        }
    }
}

/// <summary>The ledger was set back to an earlier state, and takes nothing until it has again what it had.</summary>
internal sealed class LedgerBehindException() : Exception("The ledger lacks what the site shows.");
