using System.Globalization;
using DisclosureCloud.Functions.Hosting.Log;
using DisclosureCloud.Ledger;

namespace DisclosureCloud.Functions.Hosting.Rebuilding;

/// <summary>Makes the ledger again from archive and log, or gives a ledger that was restored from an old copy what it lacks.</summary>
/// <remarks>
/// All of the archive is read and held against the log and the ledger before anything is written; where they do not fit, nothing is. Each
/// commit is appended as the archive has it. Whatever dies on the way, doing it again goes on where it ended. Memory: some 200 bytes a
/// commit and 60 a leaf; the archive is read twice.
/// </remarks>
internal sealed class Rebuilder(
    ILedgerStore ledger, IValueStore values, IArchiveFiles archive, ISiteFiles site, ICellStore cells, IExclusiveLock one, LoggedLeaves leaves)
{
    /// <summary>How often whoever waits hears how far it has come.</summary>
    private const int ProgressEvery = 10_000;

    /// <summary>Followers whose place is a cursor of the ledger that is gone.</summary>
    private static readonly string[] Followers = ["archive", "events"];

    /// <exception cref="RebuildRefusedException">Archive, log and ledger do not fit together. Nothing was written.</exception>
    /// <exception cref="LogRefusedException">The log is not what its checkpoint says. Nothing was written.</exception>
    /// <exception cref="TimeoutException">Somebody publishes.</exception>
    public async Task<RebuildReport> RebuildAsync(RebuildRequest request, Action<string> progress, CancellationToken cancellationToken)
    {
        await using IHeldLock held = await LockAsync(cancellationToken);
        using var whileHeld = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken, held.Lost);
        try
        {
            return await RebuildHeldAsync(request, progress, whileHeld.Token);
        }
        catch (OperationCanceledException ended) when (held.Lost.IsCancellationRequested && !cancellationToken.IsCancellationRequested)
        {
            throw new TimeoutException("The publish lock was lost on the way. Run it again: it goes on where it ended.", ended);
        }
    }

    private async Task<IHeldLock> LockAsync(CancellationToken cancellationToken)
    {
        try
        {
            return await one.AcquireAsync(TimeSpan.Zero, cancellationToken);
        }
        catch (TimeoutException held)
        {
            throw new TimeoutException("Somebody holds the publish lock. Stop whatever runs over these data; nothing may be posted or published while the ledger is made again.", held);
        }
    }

    private async Task<RebuildReport> RebuildHeldAsync(RebuildRequest request, Action<string> progress, CancellationToken cancellationToken)
    {
        var findings = new RebuildFindings();
        SortedDictionary<string, List<ArchivedCommit>> streams = await ArchiveListing.ReadAsync(archive, request.Without, findings, cancellationToken);
        findings.Refuse();
        KnownLog log = await leaves.ReadAsync(cancellationToken);
        progress(Line($"the log has {log.Size} leaves, and they are those of its checkpoint"));

        var missing = new MissingValues(values);
        using var archived = new LedgerSummary(missing);
        var check = new ArchiveCheck(archive, log, findings);
        foreach (List<ArchivedCommit> stream in streams.Values)
        {
            await check.ReadAsync(stream, (commit, bytes) => AddAsync(archived, commit, bytes, progress, cancellationToken), cancellationToken);
        }

        check.Finish(streams.Values.SelectMany(stream => stream));
        findings.Refuse();
        Sha256Hex hash = await archived.EndAsync(cancellationToken);
        LedgerState before = await LedgerState.ReadAsync(ledger, streams, findings, cancellationToken);
        findings.Refuse();

        var report = new RebuildReport(archived, hash, check.NewerEntries) { LeavesInLog = log.Size, CommitsOnlyInLedger = before.NotArchived };
        if (request.IsDryRun)
        {
            long lacking = streams.Values.Sum(stream => (long)stream.Count) - before.Archived;
            return report with { CommitsTaken = lacking, ValuesMissing = missing.Count, ValuesTaken = await missing.TakeBackAsync(site, isDryRun: true, cancellationToken) };
        }

        return await WriteAsync(streams, before, report, missing, progress, cancellationToken);
    }

    private async Task<RebuildReport> WriteAsync(
        SortedDictionary<string, List<ArchivedCommit>> streams, LedgerState before, RebuildReport report, MissingValues missing, Action<string> progress, CancellationToken cancellationToken)
    {
        // Values before commits, as ever: no reader meets an entry whose value is about to come.
        long lost = missing.Count;
        long back = await missing.TakeBackAsync(site, isDryRun: false, cancellationToken);
        if (report.Commits > before.Archived)
        {
            await ForgetPlacesAsync(cancellationToken);
        }

        (long commits, long entries) = (0, 0);
        foreach (ArchivedCommit commit in AppendOrder.Of(streams.Values).Where(commit => !before.Has(commit)))
        {
            await AppendAsync(commit, cancellationToken);
            (commits, entries) = (commits + 1, entries + commit.Entries);
            if (commits % ProgressEvery == 0)
            {
                progress(Line($"{commits} commits taken"));
            }
        }

        LedgerState after = await LedgerState.ReadAsync(ledger, streams, new RebuildFindings(), cancellationToken);
        using var summary = new LedgerSummary(new MissingValues(values));
        foreach (StreamName stream in after.Streams)
        {
            await foreach (Commit commit in ledger.ReadStreamAsync(stream, 0, cancellationToken))
            {
                await summary.AddAsync(commit, commit.ToBytes(), cancellationToken);
            }
        }

        Sha256Hex hash = await summary.EndAsync(cancellationToken);
        return new RebuildReport(summary, hash, report.NewerEntries)
        {
            LeavesInLog = report.LeavesInLog,
            CommitsTaken = commits,
            EntriesTaken = entries,
            CommitsOnlyInLedger = after.NotArchived,
            ValuesMissing = lost,
            ValuesTaken = back,
        };
    }

    private async Task AppendAsync(ArchivedCommit archived, CancellationToken cancellationToken)
    {
        // Read and checked again: what was found good a while ago is not in memory, and must still be what is taken.
        var findings = new RebuildFindings();
        (Commit Commit, byte[] Bytes)? file = await new ArchiveCheck(archive, new KnownLog(), findings).FileOfAsync(archived, cancellationToken);
        findings.Refuse();
        AppendOutcome outcome = await ledger.AppendAsync(file!.Value.Commit, cancellationToken);

        // A store that has the commit does not compare bytes.
        if (outcome != AppendOutcome.Appended
            && (await ledger.ReadAsync(archived.Stream, archived.Version, cancellationToken))?.ToBytes().AsSpan().SequenceEqual(file.Value.Bytes) != true)
        {
            throw new RebuildRefusedException([$"{archived} was written by somebody else meanwhile. Stop whatever runs over these data."]);
        }
    }

    // A cursor tells how far a follower had come in the ledger that is gone. In this one the same place may be another: they begin anew, and
    // what they do again is the same as once. Done first, so that a crash on the way does not leave an old cursor in a new ledger.
    private async Task ForgetPlacesAsync(CancellationToken cancellationToken)
    {
        foreach (CellKey key in Followers.Select(Following.LedgerReader.KeyOf))
        {
            if (await cells.GetAsync(key, cancellationToken) is { } cell)
            {
                await cells.DeleteAsync(key, cell.Tag, cancellationToken);
            }
        }
    }

    private static async Task AddAsync(LedgerSummary summary, Commit commit, byte[] bytes, Action<string> progress, CancellationToken cancellationToken)
    {
        await summary.AddAsync(commit, bytes, cancellationToken);
        if (summary.Commits % ProgressEvery == 0)
        {
            progress(Line($"{summary.Commits} commits of the archive read"));
        }
    }

    private static string Line(FormattableString text) => text.ToString(CultureInfo.InvariantCulture);
}
