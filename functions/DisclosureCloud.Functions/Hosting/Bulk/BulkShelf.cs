using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;
using DisclosureCloud.Functions.Hosting.Http;
using DisclosureCloud.Ledger;

namespace DisclosureCloud.Functions.Hosting.Bulk;

/// <summary>Keeps the rows of files of many postings until they are done, who sent them, and what came of them.</summary>
/// <remarks>
/// The rows are put before the request, which names it, and the answer before the rows go: a crash in between leaves what the next one who
/// takes it up does again. All of it is forgotten after <see cref="KeptMax"/>; the postings stay.
/// </remarks>
internal sealed class BulkShelf(IPassingFiles files, TimeProvider clock)
{
    /// <summary>So long an answer can be read: whoever sends on a Friday before the holidays reads it after them.</summary>
    public static readonly TimeSpan KeptMax = TimeSpan.FromDays(30);

    public async Task<BulkRequest?> FindAsync(BulkId id, CancellationToken cancellationToken) =>
        await files.ReadAsync(PathOf(id, "request.json"), cancellationToken) is { } bytes ? BulkRequest.Read(id, bytes) : null;

    /// <summary>Keeps the rows of a file; the request that counts is that of who was first.</summary>
    public async Task<BulkRequest> PutAsync(BulkRequest request, ReadOnlyMemory<byte> rows, CancellationToken cancellationToken)
    {
        await files.PutAsync(RowsOf(request), rows, cancellationToken);
        if (await files.PutAsync(PathOf(request.Id, "request.json"), request.Write(), cancellationToken) != PutOutcome.Conflict)
        {
            return request;
        }

        await files.DeleteAsync(RowsOf(request), cancellationToken); // Another sender of the same key was faster: theirs counts.
        return (await FindAsync(request.Id, cancellationToken))!;
    }

    /// <summary>The rows; null where it was done, or forgotten.</summary>
    public Task<byte[]?> ReadAsync(BulkRequest request, CancellationToken cancellationToken) => files.ReadAsync(RowsOf(request), cancellationToken);

    /// <summary>What came of it, as JSON; null before it is done.</summary>
    public Task<byte[]?> AnswerAsync(BulkId id, CancellationToken cancellationToken) => files.ReadAsync(PathOf(id, "answer.json"), cancellationToken);

    /// <summary>Keeps what came of it, and forgets the rows. Of two answers the first one counts.</summary>
    public async Task FinishAsync(BulkRequest request, BulkStatus status, CancellationToken cancellationToken)
    {
        await files.PutAsync(PathOf(request.Id, "answer.json"), JsonSerializer.SerializeToUtf8Bytes(status, AnswerJson.Options), cancellationToken);
        await files.DeleteAsync(RowsOf(request), cancellationToken);
    }

    /// <summary>Forgets what was done long enough ago, and what never came to an end; returns how many files it was of.</summary>
    public async Task<int> SweepAsync(CancellationToken cancellationToken)
    {
        var old = new List<string>();
        string? folder = null;
        bool isOld = false;
        await foreach (string path in files.ListAsync("", cancellationToken))
        {
            // A folder's files come one after another.
            if (path[..path.LastIndexOf('/')] is var own && own != folder)
            {
                (folder, isOld) = (own, await IsOldAsync(own, cancellationToken));
            }

            if (isOld)
            {
                old.Add(path);
            }
        }

        // The request last: while it is there, what is left is found by it.
        foreach (string path in old.OrderBy(path => path.EndsWith("/request.json", StringComparison.Ordinal)))
        {
            await files.DeleteAsync(path, cancellationToken);
        }

        return old.Count;
    }

    // Rows without a request are of a sender who died between the two, or is sending now: their name says since when they are there. An answer alone was
    // put by somebody who was still at it when the rest was forgotten.
    private async Task<bool> IsOldAsync(string folder, CancellationToken cancellationToken)
    {
        DateTimeOffset? at = await files.ReadAsync($"{folder}/request.json", cancellationToken) is { } request
            ? Instant.TryParse(JsonNode.Parse(Encoding.UTF8.GetString(request))?["receivedAt"]?.GetValue<string>())
            : await SinceAsync(folder, cancellationToken);
        return at is not { } received || clock.GetUtcNow() - received > KeptMax;
    }

    private async Task<DateTimeOffset?> SinceAsync(string folder, CancellationToken cancellationToken)
    {
        await foreach (string path in files.ListAsync($"{folder}/rows-", cancellationToken))
        {
            return DateTimeOffset.FromUnixTimeMilliseconds(long.Parse(path.Split('-')[^1], System.Globalization.CultureInfo.InvariantCulture));
        }

        return null;
    }

    // Two senders of one key at once have rows of their own, by salt and moment.
    private static string RowsOf(BulkRequest request) =>
        PathOf(request.Id, string.Create(System.Globalization.CultureInfo.InvariantCulture, $"rows-{request.Salt[..16]}-{request.ReceivedAt.ToUnixTimeMilliseconds()}"));

    private static string PathOf(BulkId id, string name) => $"{id.Value[..2]}/{id}/{name}";
}
