using System.Globalization;
using DisclosureCloud.Functions.Hosting.Entries;
using DisclosureCloud.Functions.Hosting.Publishing;
using DisclosureCloud.Ledger;
using DisclosureCloud.Transparency;

namespace DisclosureCloud.Functions.Hosting.Log;

/// <summary>Ends a log that refuses to go on: at a tree that was signed before and is whole, without publishing anew.</summary>
/// <remarks>
/// No checkpoint is signed here: the one that the log ends with has its signatures. Only that it has ended is signed. Where the log, or a
/// thief of its key, has signed another tree of the same size or a larger one, the note says which one whoever runs the log holds to be true.
/// </remarks>
internal sealed class ForcedFreezer(
    LogFreezer freezer, CheckpointCell row, CheckpointSigner signer, LogKeeper keeper, PublicLog log, Publisher publisher, ISiteFiles site, IExclusiveLock one)
{
    private static readonly TimeSpan LockWait = TimeSpan.FromSeconds(30);

    /// <exception cref="LogRefusedException">The tree at which it is to end is not whole or not signed, or the log has ended otherwise before.</exception>
    /// <exception cref="InvalidOperationException">The successor is no origin of another log.</exception>
    /// <exception cref="TimeoutException">Another appends or publishes.</exception>
    public async Task<ForcedEnd> FreezeAsync(FreezeAt at, FreezeReason reason, string? successor, CancellationToken cancellationToken)
    {
        freezer.CheckSuccessor(reason, successor);
        RowAsFound found = await row.LookAsync(cancellationToken);
        if (found.Locked?.Frozen is { } frozen)
        {
            return new ForcedEnd(await freezer.ShowAsync(frozen, reason, successor, cancellationToken), []);
        }

        SignedCheckpoint? shown = await site.ReadAsync(Sequencer.PublicPath, cancellationToken) is { } bytes ? signer.TryOpen(bytes) : null;
        SignedCheckpoint last = at == FreezeAt.Published ? await PublishedAsync(shown, cancellationToken) : await RowAsync(found, cancellationToken);

        // A row that was restored from before the end: that it has ended was signed and shown, and is not signed a second time.
        SignedFrozenLog end = await SignedBeforeAsync(last.Head, reason, successor, cancellationToken) ?? freezer.Sign(last.Head, reason, successor);
        return await row.EndAsync(found, last.Note, end, cancellationToken)
            ? new ForcedEnd(await freezer.ShowAsync(end, reason, successor, cancellationToken), Losses(last.Head, found, shown))
            : throw new TimeoutException("Another has written the lock row. Stop whatever runs over these data, and do it again.");
    }

    // What the public has, all of it: nobody has to believe that it ever was otherwise.
    private async Task<SignedCheckpoint> PublishedAsync(SignedCheckpoint? shown, CancellationToken cancellationToken)
    {
        if (shown is null)
        {
            throw new LogRefusedException($"The site's {Sequencer.PublicPath} is no checkpoint that this log signed: it cannot end there.");
        }

        await PublishedTree.ReadAsync(site, shown.Head, cancellationToken);
        return shown;
    }

    // What the row has, read whole from the log's own files; the site is put back to it before the log ends.
    private async Task<SignedCheckpoint> RowAsync(RowAsFound found, CancellationToken cancellationToken)
    {
        if (found.Locked is null)
        {
            throw new LogRefusedException($"The log cannot end at its lock row. {found.Fault}");
        }

        keeper.Forget();
        await keeper.OpenAsync(published: null, cancellationToken);
        SignedCheckpoint last = keeper.Newest!;
        await using IHeldLock held = await one.AcquireAsync(LockWait, cancellationToken);
        await site.RecoverAsync(cancellationToken);
        IReadOnlyList<string> present = await site.ListAsync(cancellationToken);
        PublicLogFiles files = await log.StageAsync(last, present, cancellationToken);
        List<string> puts = [.. files.Puts];
        await publisher.StageStatusAsync(last, puts, cancellationToken);
        string[] removals = [.. present.Where(path => path.StartsWith(PublishedLog.Folder, StringComparison.Ordinal) && path != LogFreezer.PublicPath && !files.Kept.Contains(path))];
        if (puts.Count + removals.Length > 0)
        {
            await site.ApplyAsync(puts, removals, cancellationToken);
        }

        return last;
    }

    private async Task<SignedFrozenLog?> SignedBeforeAsync(TreeHead head, FreezeReason reason, string? successor, CancellationToken cancellationToken)
    {
        if (await site.ReadAsync(LogFreezer.PublicPath, cancellationToken) is not { } bytes || signer.TryOpenFrozen(bytes) is not { } before)
        {
            return null;
        }

        return before.Log.Head == head && before.Log.Reason == reason && before.Log.Successor == successor
            ? before
            : throw new LogRefusedException($"{LogFreezing.Sentence(before.Log)} The site says so with the log's keys, and it is not said otherwise now. If a thief of the key wrote that, take {LogFreezer.PublicPath} away from the site first.");
    }

    private static IReadOnlyList<string> Losses(TreeHead last, RowAsFound found, SignedCheckpoint? shown)
    {
        var losses = new List<string>();
        if (found.Locked is { } locked && locked.Head != last)
        {
            losses.Add(Line($"the lock row had {locked.Head.Size} leaves with the root {locked.Head.Root}: {Beyond(last, locked.Head)}"));
        }

        if (shown is not null && shown.Head != last)
        {
            losses.Add(Line($"the site had a signed checkpoint of {shown.Head.Size} leaves with the root {shown.Head.Root}: {Beyond(last, shown.Head)}"));
        }

        return losses;
    }

    private static string Beyond(TreeHead last, TreeHead other) => other.Size > last.Size
        ? Line($"its last {other.Size - last.Size} are not of the log. Who saw them, a witness perhaps, holds a signed note against it; what is in the ledger, the successor logs anew")
        : "that tree is not believed any more";

    private static string Line(FormattableString text) => text.ToString(CultureInfo.InvariantCulture);
}

/// <summary>At which tree a log ends that refuses to go on.</summary>
internal enum FreezeAt
{
    /// <summary>At the site's checkpoint, whose tree the site has whole.</summary>
    Published,

    /// <summary>At the lock row's, whose tree the log's own files have whole.</summary>
    Row,
}

/// <summary>How a log was ended.</summary>
/// <param name="Lost">What was signed and is not of the log, a sentence each.</param>
internal sealed record ForcedEnd(FrozenLog Log, IReadOnlyList<string> Lost);
