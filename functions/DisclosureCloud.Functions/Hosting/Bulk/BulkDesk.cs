using System.Collections.Immutable;
using DisclosureCloud.Functions.Hosting.Postings;
using DisclosureCloud.Functions.Hosting.Sheets;
using DisclosureCloud.Ledger;

namespace DisclosureCloud.Functions.Hosting.Bulk;

/// <summary>Takes files of many postings, and does them: checks all of a file first, and then stores what it says fund by fund.</summary>
/// <remarks>
/// Each posting has its id from the file's and from what it is about, so that doing a file again, after a crash or beside another process,
/// stores nothing twice. Decision 0030.
/// </remarks>
internal sealed class BulkDesk(BulkShelf shelf, PostingDesk desk, IMessageQueue work, ISaltSource salts, Deployment deployment, TimeProvider clock) : IDisposable
{
    /// <summary>Then it is put back into the queue and goes on later: the host lets one call take thirty minutes, and what waits for this one waits, too.</summary>
    public static readonly TimeSpan TurnMax = TimeSpan.FromMinutes(10);

    private static readonly TimeSpan WaitMax = TimeSpan.FromMinutes(5);

    private readonly SemaphoreSlim _one = new(1, 1);

    /// <summary>So many postings are checked and stored at once: half of what a department has over HTTP.</summary>
    public int AtOnce { get; init; } = 8;

    /// <summary>Keeps the rows of a file that can be read, exactly once for its department and key, and lets them be done.</summary>
    /// <param name="file">As it was sent: by it the file is known again.</param>
    /// <returns>How far it has come; null where the key stands for another file.</returns>
    public async Task<BulkStatus?> TakeAsync(BulkId id, Sender sender, BulkFormat format, bool isRehearsal, ReadOnlyMemory<byte> file, ReadOnlyMemory<byte> rows, CancellationToken cancellationToken)
    {
        BulkRequest request = await shelf.FindAsync(id, cancellationToken)
            ?? await shelf.PutAsync(BulkRequest.Of(id, sender, format, isRehearsal, file.Span, Instant.Now(clock), salts), rows, cancellationToken);
        if (request.IsRehearsal != isRehearsal || request.Format.Form != format.Form || !request.IsSeenBy(sender) || !request.IsOf(file.Span))
        {
            return null;
        }

        // Also where it was kept before: whoever kept it may have died before this line.
        if (await shelf.AnswerAsync(id, cancellationToken) is null)
        {
            await work.SendAsync(id.Value, cancellationToken);
        }

        return Waiting(request);
    }

    /// <summary>Does a file, one at a time in each process. Doing it again changes nothing.</summary>
    /// <returns>What came of it, in ids and counts alone.</returns>
    public async Task<string> DoAsync(string text, CancellationToken cancellationToken)
    {
        if (!BulkId.TryParse(text, out BulkId id))
        {
            return "nothing to do";
        }

        // The host gives a process a dozen messages at once, and each file may be fifty megabytes.
        if (!await _one.WaitAsync(WaitMax, cancellationToken))
        {
            await work.SendAsync(text, cancellationToken);
            return $"{id} waits for another";
        }

        try
        {
            return await DoAsync(id, cancellationToken);
        }
        finally
        {
            _one.Release();
        }
    }

    public void Dispose() => _one.Dispose();

    private async Task<string> DoAsync(BulkId id, CancellationToken cancellationToken)
    {
        if (await shelf.FindAsync(id, cancellationToken) is not { } request
            || await shelf.AnswerAsync(id, cancellationToken) is not null
            || await shelf.ReadAsync(request, cancellationToken) is not { } rows)
        {
            return "nothing to do";
        }

        if (await DoAsync(request, rows, cancellationToken) is not { } status)
        {
            await work.SendAsync(id.Value, cancellationToken);
            return $"{id} goes on later";
        }

        await shelf.FinishAsync(request, status, cancellationToken);
        return string.Create(System.Globalization.CultureInfo.InvariantCulture, $"{id} {Code.Text(status.State)}: {status.Rows} rows, {status.Postings.Length} postings, {status.Findings.Length} findings");
    }

    /// <summary>What is told of a file before it is done.</summary>
    public static BulkStatus Waiting(BulkRequest request) =>
        new(request.Id, BulkState.Waiting, request.IsRehearsal, request.ReceivedAt, FinishedAt: null, Rows: null, [], []);

    // Null where the time is over before all was stored: what is stored is found again when it is done again.
    private async Task<BulkStatus?> DoAsync(BulkRequest request, byte[] rows, CancellationToken cancellationToken)
    {
        DateTimeOffset end = clock.GetUtcNow() + TurnMax;
        var drafts = BulkDrafts.Read(KeptRows.Read(rows), new SheetFindings(), request.Department, name => $"bulk {request.Id} {name}", deployment.Today(clock));
        await drafts.CheckAsync(desk, request.Sender, AtOnce, cancellationToken);
        bool isGood = !drafts.Findings.Any;
        if (isGood && !request.IsRehearsal && !await StoreAsync(drafts, request.Sender, end, cancellationToken))
        {
            return null;
        }

        ImmutableArray<BulkPosting> stored = [.. drafts.Groups.Where(group => group.Stored is not null).Select(BulkPosting (group) =>
            new(group.Posting, group.Stored!.Kind, group.Stored.Fund, group.Rows[0].Row.Row, group.Rows.Count))];
        BulkState state = request.IsRehearsal && isGood ? BulkState.Good
            : stored.Length == drafts.Groups.Count && isGood ? BulkState.Stored
            : stored.IsEmpty ? BulkState.Refused
            : BulkState.PartlyStored;
        return new BulkStatus(
            request.Id, state, request.IsRehearsal, request.ReceivedAt, Instant.Now(clock), drafts.Rows, stored, [.. drafts.Findings.InOrder().Select(BulkFile.Told)]);
    }

    // False where it ended before all was stored.
    private async Task<bool> StoreAsync(BulkDrafts drafts, Sender sender, DateTimeOffset end, CancellationToken cancellationToken)
    {
        var answers = new Submission?[drafts.Groups.Count];
        await Parallel.ForAsync(0, answers.Length, OptionsOf(AtOnce, cancellationToken), async (index, cancel) =>
        {
            BulkDrafts.Group group = drafts.Groups[index];
            answers[index] = clock.GetUtcNow() < end ? await desk.SubmitAsync(group.Draft, sender, group.Key, cancel) : null;
        });
        foreach ((BulkDrafts.Group group, Submission? answer) in drafts.Groups.Zip(answers))
        {
            switch (answer)
            {
                case null:
                    return false;
                case Submission.InFlight:
                    throw new StoreBusyException("postings", InFlight.WaitMax); // Another process does the same file: one of the two gets through.
                default:
                    drafts.Note(group, answer);
                    break;
            }
        }

        return true;
    }

    internal static ParallelOptions OptionsOf(int atOnce, CancellationToken cancellationToken) => new() { MaxDegreeOfParallelism = atOnce, CancellationToken = cancellationToken };
}
