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
internal sealed class BulkDesk(BulkShelf shelf, PostingDesk desk, IMessageQueue work, ISaltSource salts, Deployment deployment, TimeProvider clock)
{
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

    /// <summary>Does a file. Doing it again changes nothing.</summary>
    /// <returns>What came of it, in ids and counts alone.</returns>
    public async Task<string> DoAsync(string text, CancellationToken cancellationToken)
    {
        if (!BulkId.TryParse(text, out BulkId id)
            || await shelf.FindAsync(id, cancellationToken) is not { } request
            || await shelf.AnswerAsync(id, cancellationToken) is not null
            || await shelf.ReadAsync(request, cancellationToken) is not { } rows)
        {
            return "nothing to do";
        }

        BulkStatus status = await DoAsync(request, rows, cancellationToken);
        await shelf.FinishAsync(request, status, cancellationToken);
        return string.Create(System.Globalization.CultureInfo.InvariantCulture, $"{id} {Code.Text(status.State)}: {status.Rows} rows, {status.Postings.Length} postings, {status.Findings.Length} findings");
    }

    /// <summary>What is told of a file before it is done.</summary>
    public static BulkStatus Waiting(BulkRequest request) =>
        new(request.Id, BulkState.Waiting, request.IsRehearsal, request.ReceivedAt, FinishedAt: null, Rows: null, [], []);

    private async Task<BulkStatus> DoAsync(BulkRequest request, byte[] rows, CancellationToken cancellationToken)
    {
        var drafts = BulkDrafts.Read(KeptRows.Read(rows), new SheetFindings(), request.Department, name => $"bulk {request.Id} {name}", deployment.Today(clock));
        await drafts.CheckAsync(desk, request.Sender, cancellationToken);
        ImmutableArray<BulkPosting> stored = [];
        bool isGood = !drafts.Findings.Any;
        if (isGood && !request.IsRehearsal)
        {
            stored = [.. await StoreAsync(drafts, request.Sender, cancellationToken)];
        }

        BulkState state = request.IsRehearsal && isGood ? BulkState.Good
            : stored.Length == drafts.Groups.Count && isGood ? BulkState.Stored
            : stored.IsEmpty ? BulkState.Refused
            : BulkState.PartlyStored;
        return new BulkStatus(
            request.Id, state, request.IsRehearsal, request.ReceivedAt, Instant.Now(clock), drafts.Rows, stored, [.. drafts.Findings.InOrder().Select(BulkFile.Told)]);
    }

    private async Task<IReadOnlyList<BulkPosting>> StoreAsync(BulkDrafts drafts, Sender sender, CancellationToken cancellationToken)
    {
        var stored = new List<BulkPosting>();
        foreach (BulkDrafts.Group group in drafts.Groups)
        {
            switch (await desk.SubmitAsync(group.Draft, sender, group.Key, cancellationToken))
            {
                case Submission.Accepted accepted:
                    stored.Add(new BulkPosting(accepted.Record.Id, accepted.Record.Kind, accepted.Record.Fund, group.Rows[0].Row.Row, group.Rows.Count));
                    break;
                case Submission.NotAllowed refused:
                    drafts.Note(group, refused.All.Select(rejection => rejection.ToFinding()));
                    break;
                case { WhyNot: { } why }:
                    drafts.Note(group, [why]);
                    break;
                case Submission.InFlight:
                    throw new StoreBusyException("postings", InFlight.WaitMax); // Another process does the same file: one of the two gets through.
                case var other:
                    throw new InvalidOperationException($"No answer for {other}.");
            }
        }

        return stored;
    }
}
