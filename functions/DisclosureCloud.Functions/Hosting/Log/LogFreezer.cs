using DisclosureCloud.Functions.Hosting.Publishing;
using DisclosureCloud.Ledger;
using DisclosureCloud.Transparency;

namespace DisclosureCloud.Functions.Hosting.Log;

/// <summary>Ends the log: publishes for the last time, and sees to it that nothing is ever appended again.</summary>
/// <remarks>
/// <para>That it has ended is written into the lock row itself, by the same compare-and-swap that an append needs. An append that is on its
/// way either comes before, and the log ends with it, or loses, and then finds that the log has ended. There is no third.</para>
/// <para>Done again after a crash, it goes on where it was.</para>
/// </remarks>
internal sealed class LogFreezer(
    Deployment deployment, CheckpointCell row, CheckpointSigner signer, Publisher publisher, ISiteFiles site, IExclusiveLock one, TimeProvider clock)
{
    /// <summary>Where the public finds that the log has ended.</summary>
    public const string PublicPath = Entries.PublishedLog.Folder + "frozen";

    /// <summary>Each time somebody was still posting. Whoever ends a log stops that first.</summary>
    private const int AttemptsMax = 5;

    private static readonly TimeSpan LockWait = TimeSpan.FromSeconds(30);

    /// <param name="successor">The origin of the log that goes on; null where none does.</param>
    /// <exception cref="LogRefusedException">The log is not what it must be, or has ended otherwise before.</exception>
    /// <exception cref="InvalidOperationException">Nothing was ever logged, or the successor is no origin of another log.</exception>
    /// <exception cref="TimeoutException">Entries kept coming, or another publishes.</exception>
    public async Task<FrozenLog> FreezeAsync(FreezeReason reason, string? successor, CancellationToken cancellationToken)
    {
        CheckSuccessor(reason, successor);
        for (int attempt = 0; attempt < AttemptsMax; attempt++)
        {
            LockedCheckpoint? begun = await row.ReadAsync(cancellationToken);
            if (begun?.Frozen is { } frozen)
            {
                return await ShowAsync(frozen, reason, successor, cancellationToken);
            }

            await publisher.PublishAsync(at: null, cancellationToken);
            LockedCheckpoint last = await row.ReadAsync(cancellationToken) ?? throw new InvalidOperationException("Nothing was ever logged: there is no log to end.");

            // What is logged and not published would never be seen: then once more.
            if (last.Frozen is null && await IsShownAsync(last.Head, cancellationToken))
            {
                SignedFrozenLog end = Sign(last.Head, reason, successor);
                if (await row.FreezeAsync(last, end, cancellationToken))
                {
                    return await ShowAsync(end, reason, successor, cancellationToken);
                }
            }
        }

        throw new TimeoutException("Entries keep coming. Stop whatever takes postings, and do it again.");
    }

    /// <summary>Signs that the log has ended with a tree, today. It has not until the lock row says so.</summary>
    internal SignedFrozenLog Sign(TreeHead head, FreezeReason reason, string? successor) =>
        signer.Freeze(new FrozenLog(signer.Origin, head, deployment.Today(clock), reason, successor));

    /// <summary>Puts into the site that the log has ended.</summary>
    /// <exception cref="LogRefusedException">It has ended otherwise than is wanted now.</exception>
    internal async Task<FrozenLog> ShowAsync(SignedFrozenLog frozen, FreezeReason reason, string? successor, CancellationToken cancellationToken)
    {
        if (frozen.Log.Reason != reason || frozen.Log.Successor != successor)
        {
            throw new LogRefusedException($"{LogFreezing.Sentence(frozen.Log)} That is signed, and is not said otherwise now.");
        }

        await PublishAsync(frozen.Note, cancellationToken);
        return frozen.Log;
    }

    /// <exception cref="InvalidOperationException">The successor is no origin of another log.</exception>
    internal void CheckSuccessor(FreezeReason reason, string? successor)
    {
        try
        {
            _ = new FrozenLog(signer.Origin, TreeHead.Empty, deployment.Today(clock), reason, successor);
        }
        catch (ArgumentException fault)
        {
            throw new InvalidOperationException(fault.Message, fault);
        }
    }

    private async Task<bool> IsShownAsync(TreeHead head, CancellationToken cancellationToken) =>
        await site.ReadAsync(Sequencer.PublicPath, cancellationToken) is { } bytes && signer.TryOpen(bytes)?.Head == head;

    private async Task PublishAsync(SignedNote note, CancellationToken cancellationToken)
    {
        await using IHeldLock held = await one.AcquireAsync(LockWait, cancellationToken);
        await site.RecoverAsync(cancellationToken);
        byte[] bytes = note.ToBytes();
        if (await site.ReadAsync(PublicPath, cancellationToken) is not { } there || !there.AsSpan().SequenceEqual(bytes))
        {
            await site.StageAsync(PublicPath, bytes, cancellationToken);
            await site.ApplyAsync([PublicPath], [], cancellationToken);
        }
    }
}
