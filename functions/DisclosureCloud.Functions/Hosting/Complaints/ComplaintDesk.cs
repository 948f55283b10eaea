using DisclosureCloud.Ledger;

namespace DisclosureCloud.Functions.Hosting.Complaints;

/// <summary>Takes complaints, gives them to those who handle them, and keeps what these answer.</summary>
/// <remarks>Nothing of a complaint reaches ledger, log, archive, site, events or diagnostics. Decision 0029.</remarks>
internal sealed class ComplaintDesk(ComplaintVault vault, ISaltSource salts, TimeProvider clock, ILogger<ComplaintDesk> diagnostics)
{
    /// <summary>How often a state is changed at most: notes on the way to an answer. The one after these closes the complaint.</summary>
    public const int ChangesMax = 20;

    /// <summary>How many complaints one page of the list looks at: each costs a read of its keys and a few of files, one after the other.</summary>
    public const int LookedMax = 100;

    /// <summary>Keeps a complaint. The code is told here, and never again.</summary>
    public async Task<(ComplaintCode Code, DateTimeOffset ReceivedAt)> TakeAsync(Complaint complaint, CancellationToken cancellationToken)
    {
        ComplaintCode code = ComplaintCode.New(salts);
        DateTimeOffset now = Instant.Now(clock);
        await vault.PutAsync(ComplaintId.Of(code), now, complaint, cancellationToken);
        return (code, now);
    }

    public Task<FoundComplaint?> FindAsync(ComplaintId id, CancellationToken cancellationToken) => vault.FindAsync(id, cancellationToken);

    /// <summary>A page of complaints, the newest first.</summary>
    /// <param name="isSeen">Which of them the reader may see.</param>
    /// <remarks>
    /// It ends when it is full, or when <see cref="LookedMax"/> were looked at: then it has few or none, and a cursor that names none which the
    /// reader does not see. It looks on as far as the end of a moment, so that such a cursor leaves none out. One that is damaged keeps nobody
    /// from the others: it is told apart, and in diagnostics.
    /// </remarks>
    public async Task<ComplaintPage> ReadAsync(
        Func<FoundComplaint, bool> isSeen, ComplaintState? state, ComplaintCursor? after, int limit, CancellationToken cancellationToken)
    {
        var page = new List<FoundComplaint>();
        var damaged = new List<DamagedComplaint>();
        int looked = 0;
        string moment = "";
        await foreach (ComplaintPlace place in vault.ListAsync(after, cancellationToken))
        {
            if (page.Count == limit)
            {
                return new ComplaintPage([.. page], [.. damaged], ComplaintCursor.After(page[^1].Place));
            }

            if (looked >= LookedMax && place.Moment != moment)
            {
                return new ComplaintPage([.. page], [.. damaged], ComplaintCursor.AfterMoment(moment));
            }

            looked++;
            moment = place.Moment;
            try
            {
                if (await vault.FindAsync(place.Id, cancellationToken) is { } found && isSeen(found) && (state is null || found.State == state))
                {
                    page.Add(found);
                }
            }
            catch (InvalidDataException fault)
            {
                diagnostics.LogError(fault, "Complaint {Complaint} cannot be read; the list goes on without it.", place.Id);
                damaged.Add(new DamagedComplaint(place));
            }
        }

        return new ComplaintPage([.. page], [.. damaged], Next: null);
    }

    /// <summary>Keeps what was done about a complaint, once.</summary>
    public async Task<ReplyAnswer> ReplyAsync(FoundComplaint complaint, ComplaintReply reply, PersonId by, CancellationToken cancellationToken)
    {
        if (Standing(complaint, reply) is { } standing)
        {
            return standing;
        }

        var change = new ComplaintChange(reply, by, Instant.Now(clock));
        if (await vault.PutAsync(complaint, change, cancellationToken))
        {
            return new ReplyAnswer.Kept(complaint with { Changes = complaint.Changes + 1, Last = change });
        }

        // Somebody else was first: perhaps this very person, whose first request was answered by nobody.
        return await vault.FindAsync(complaint.Id, cancellationToken) is not { } now ? new ReplyAnswer.Gone() : Standing(now, reply) ?? new ReplyAnswer.ChangedMeanwhile();
    }

    // What is said again changes nothing, however often.
    private static ReplyAnswer? Standing(FoundComplaint complaint, ComplaintReply reply) => complaint switch
    {
        { Last.Reply: var last } when last == reply => new ReplyAnswer.Kept(complaint),
        _ when complaint.State.Closes() => new ReplyAnswer.AlreadyClosed(complaint.State),
        { Changes: >= ChangesMax } when !reply.State.Closes() => new ReplyAnswer.TooManyChanges(),
        _ => null,
    };
}

/// <summary>A page of complaints.</summary>
/// <param name="Damaged">Those that were looked at for it and cannot be read: no more than were looked at.</param>
/// <param name="Next">Where the next page begins; null where this is the last one.</param>
internal sealed record ComplaintPage(IReadOnlyList<FoundComplaint> Complaints, IReadOnlyList<DamagedComplaint> Damaged, ComplaintCursor? Next);

/// <summary>A complaint of which a part was lost or altered: where it lies is all that is known.</summary>
internal sealed record DamagedComplaint(ComplaintPlace Place);

/// <summary>What becomes of a reply to a complaint.</summary>
internal abstract record ReplyAnswer
{
    /// <summary>It is durable; or it was before, and this is the same answer again.</summary>
    public sealed record Kept(FoundComplaint Complaint) : ReplyAnswer;

    /// <summary>The last word was said, and it was another.</summary>
    public sealed record AlreadyClosed(ComplaintState State) : ReplyAnswer;

    /// <summary>Somebody else said something at the same moment.</summary>
    public sealed record ChangedMeanwhile : ReplyAnswer;

    public sealed record TooManyChanges : ReplyAnswer;

    /// <summary>It was forgotten at this moment.</summary>
    public sealed record Gone : ReplyAnswer;
}
