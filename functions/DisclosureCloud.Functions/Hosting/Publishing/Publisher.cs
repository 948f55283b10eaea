using System.Collections.Immutable;
using System.Diagnostics;
using DisclosureCloud.Functions.Hosting.Log;
using DisclosureCloud.Functions.Hosting.Rebuilding;
using DisclosureCloud.Ledger;
using DisclosureCloud.Site;
using DisclosureCloud.Site.Data;

namespace DisclosureCloud.Functions.Hosting.Publishing;

/// <summary>Brings the public site up to date with the ledger. One at a time, across processes.</summary>
/// <remarks>
/// The order of design sections 3 and 7: archive and log what is shown, render, stage, record the publication, log it, put the files, then the
/// log's, <c>status.json</c> last. A crash before the publication is recorded leaves nothing; a crash after it is completed by the next
/// publish, which finds the publication and does not record another.
/// </remarks>
internal sealed class Publisher(
    Deployment deployment, ILedgerStore ledger, IValueStore values, ISiteFiles site, IExclusiveLock one, Sequencer sequencer, PublicLog log, Alarms alarms, TimeProvider clock)
{
    /// <summary>How long a publish waits for another one to end. Design section 6.</summary>
    private static readonly TimeSpan LockWait = TimeSpan.FromSeconds(30);

    /// <param name="at">The position to show; null for all there is.</param>
    /// <exception cref="TimeoutException">Another publisher holds the lock, or took it over.</exception>
    /// <exception cref="PublishException">The site would lose an identifier or a value that was public, or show data of a person.</exception>
    public async Task<Published> PublishAsync(long? at, CancellationToken cancellationToken)
    {
        using Activity? span = Telemetry.Begin("site.publish");
        await using IHeldLock held = await one.AcquireAsync(LockWait, cancellationToken);
        using var whileHeld = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken, held.Lost);
        try
        {
            Published published = await PublishHeldAsync(at, whileHeld.Token);
            Telemetry.Published(span, published.Position, published.Written);
            return published;
        }
        catch (OperationCanceledException ended) when (held.Lost.IsCancellationRequested && !cancellationToken.IsCancellationRequested)
        {
            throw new TimeoutException("The publish lock was lost on the way: another publisher goes on. What was begun is rolled forward by it.", ended);
        }
    }

    /// <summary>The publication that was recorded last; null where there is none.</summary>
    public Task<PublicationRecord?> LastAsync(CancellationToken cancellationToken) => PublicationRecord.LastAsync(ledger, cancellationToken);

    /// <summary>True where the site shows a publication to its last file. False after a crash between recording and showing.</summary>
    public async Task<bool> ShowsAsync(PublicationRecord publication, CancellationToken cancellationToken) =>
        await site.ReadAsync(StatusPath, cancellationToken) is { } status
        && sequencer.Known.IndexOf(publication.Leaf) is { } leafIndex
        && await log.ShownAsync(leafIndex, cancellationToken) is { } shown
        && status.AsSpan().SequenceEqual(publication.StatusBytes(shown.Checkpoint, leafIndex, log.Witnesses(shown)));

    private async Task<Published> PublishHeldAsync(long? at, CancellationToken cancellationToken)
    {
        await site.RecoverAsync(cancellationToken);

        PublicationRecord? last = await LastAsync(cancellationToken);
        await sequencer.FollowAsync(cancellationToken); // All that will be shown is in archive and log before it is.
        var reader = new SnapshotReader(ledger, values, sequencer.Known, deployment.Origin);
        (Snapshot snapshot, IReadOnlyDictionary<StreamName, long> versions, long treeSize) = await reader.ReadAsync(at, AsOf(last), deployment.Site, cancellationToken);
        ISiteLook look = await site.LookAsync(cancellationToken);
        IReadOnlyList<string> present = look.Paths;
        await RefuseLostValuesAsync(reader.Missing, present, cancellationToken);
        RefuseEarlier(present, snapshot, last);
        IReadOnlyList<RenderedFile> files = await RenderAsync(SitePlan.Of(snapshot), look, await ScreenedAsync(last, cancellationToken), cancellationToken);
        var manifest = Manifest.Of(files.Select(file => (file.Path, file.Hash, file.Length)));
        byte[] manifestBytes = manifest.ToBytes();
        RefuseVanished(present, files);

        var fact = new Publication(
            snapshot.Position, snapshot.AsOf, last?.Id, Sha256Hex.Of(manifestBytes), ContentVersion.Of(deployment.Site), treeSize, deployment.Release);
        PublicationRecord publication = last is not null && last.IsOf(fact)
            ? last
            : await PublicationRecord.AppendAsync(ledger, last, fact, Instant.Now(clock), cancellationToken);

        List<string> puts = [.. files.Where(file => file.IsChanged).OrderBy(file => file.Stage).Select(file => file.Path)];
        await site.StageChangedAsync(Manifest.Path, manifestBytes, puts, cancellationToken);
        SignedCheckpoint newest = await sequencer.LogAsync(cancellationToken) ?? throw new InvalidOperationException("The publication is in the ledger, and the log is empty.");
        long leafIndex = sequencer.Known.IndexOf(publication.Leaf) ?? throw new InvalidOperationException($"The publication {publication.Id} did not enter the log.");
        SignedCheckpoint shown = publication == last && await log.ShownAsync(leafIndex, cancellationToken) is { } same ? same : await log.CosignedAsync(newest, cancellationToken);
        PublicLogFiles copied = await log.StageAsync(shown, present, cancellationToken);
        puts.AddRange(copied.Puts);
        await site.StageChangedAsync(StatusPath, publication.StatusBytes(shown.Checkpoint, leafIndex, log.Witnesses(shown)), puts, cancellationToken);
        HashSet<string> wanted = [.. files.Select(file => file.Path), Manifest.Path, StatusPath];
        string[] removals = [.. present.Where(path => !wanted.Contains(path) && !copied.Kept.Contains(path))];
        if (puts.Count > 0 || removals.Length > 0)
        {
            await site.ApplyAsync(puts, removals, cancellationToken);
        }

        return new Published(
            publication.Fact.Position,
            publication.Fact.AsOf,
            wanted.Count + copied.Kept.Count,
            puts.Count,
            removals.Length,
            new Dictionary<StreamName, long>(versions) { [StreamName.Site] = publication.Version });
    }

    /// <summary>Stages the status of the last publication beside a checkpoint that covers it; where none does, the status stays.</summary>
    internal async Task StageStatusAsync(SignedCheckpoint shown, ICollection<string> puts, CancellationToken cancellationToken)
    {
        if (await LastAsync(cancellationToken) is { } last && sequencer.Known.IndexOf(last.Leaf) is { } leafIndex && leafIndex < shown.Head.Size)
        {
            await site.StageChangedAsync(StatusPath, last.StatusBytes(shown.Checkpoint, leafIndex, log.Witnesses(shown)), puts, cancellationToken);
        }
    }

    internal const string StatusPath = "status.json";

    // The as-of date never goes back: a clock set wrong for an hour must not make open what was over.
    private DateOnly AsOf(PublicationRecord? last)
    {
        DateOnly today = deployment.Today(clock);
        return last is not null && last.Fact.AsOf > today ? last.Fact.AsOf : today;
    }

    // Every file is rendered and compared with what lies in the site, so that what was lost or altered there is mended too.
    private async Task<IReadOnlyList<RenderedFile>> RenderAsync(
        IReadOnlyList<SiteFile> plan, ISiteLook look, IReadOnlyDictionary<string, Sha256Hex> screened, CancellationToken cancellationToken)
    {
        var rendered = new RenderedFile[plan.Count];
        await Parallel.ForAsync(0, plan.Count, cancellationToken, async (index, token) =>
        {
            SiteFile file = plan[index];
            byte[] bytes = file.Render();
            var hash = Sha256Hex.Of(bytes);
            if (!screened.TryGetValue(file.Path, out Sha256Hex before) || before != hash)
            {
                Screen(file.Path, bytes);
            }

            bool changed = await look.HashAsync(file.Path, token) != hash;
            if (changed)
            {
                await site.StageAsync(file.Path, bytes, token);
            }

            rendered[index] = new RenderedFile(file.Path, file.Stage, hash, bytes.Length, changed);
        });
        return rendered;
    }

    /// <summary>What the last publication showed, if it was made by this release with these settings: they screened it before it was recorded. Else nothing.</summary>
    /// <remarks>The rules are code, and so part of the content version; that they are asked is the release's. A manifest is believed where it is the one that the publication vouches for.</remarks>
    private async Task<IReadOnlyDictionary<string, Sha256Hex>> ScreenedAsync(PublicationRecord? last, CancellationToken cancellationToken) =>
        last?.Fact.ContentVersion == ContentVersion.Of(deployment.Site) && last.Fact.Release == deployment.Release
        && await site.ReadAsync(Manifest.Path, cancellationToken) is { } manifest && Sha256Hex.Of(manifest) == last.Fact.ManifestSha256
            ? Manifest.Parse(manifest).Files.ToDictionary(file => file.Path, file => file.Hash, StringComparer.Ordinal)
            : new Dictionary<string, Sha256Hex>(StringComparer.Ordinal);

    // Intake let it through, or it came another way. A site that stays as it is does less harm than one that shows it.
    private void Screen(string path, byte[] bytes)
    {
        if (OutputScreen.Rule(path, bytes) is { } rule)
        {
            string found = $"{Alarms.NameOf(path)} would show what looks like data of a person ({rule}). Nothing was published.";
            alarms.Raise(Alarm.PersonalData, found);
            throw new PublishException(found);
        }
    }

    // The tables of an earlier position lack entries whose ids are public, also where no page would go. In an empty folder it may be shown.
    private static void RefuseEarlier(IReadOnlyList<string> present, Snapshot snapshot, PublicationRecord? last)
    {
        if (present.Count > 0 && last is not null && snapshot.Position < last.Fact.Position)
        {
            throw new PublishException(string.Create(
                System.Globalization.CultureInfo.InvariantCulture,
                $"The site shows position {last.Fact.Position}; at {snapshot.Position} it would lose entries that were public. Nothing was published."));
        }
    }

    // What the site shows may be the last that there is of a value: a publish without it would withhold it for ever.
    private async Task RefuseLostValuesAsync(IReadOnlySet<Commitment> missing, IReadOnlyList<string> present, CancellationToken cancellationToken)
    {
        long lost = 0;
        foreach (string path in missing.Count == 0 ? [] : present.Where(PublishedValues.IsOne))
        {
            lost += PublishedValues.Read(await site.ReadAsync(path, cancellationToken) ?? [])
                .LongCount(one => missing.Contains(one.Commitment) && Commitment.Of(one.Salt, one.Value) == one.Commitment);
        }

        if (lost > 0)
        {
            string found = string.Create(
                System.Globalization.CultureInfo.InvariantCulture,
                $"The value store lacks {lost} values that the site shows and no redaction forgets: it was lost or set back. Nothing was published. 'disclosurecloud rebuild' takes them back from the site.");
            alarms.Raise(Alarm.ValuesLost, found);
            throw new PublishException(found);
        }
    }

    // Pages of things are never taken away: who kept a link, or a printed notice, must find them.
    private static void RefuseVanished(IReadOnlyList<string> present, IReadOnlyList<RenderedFile> files)
    {
        HashSet<string> now = [.. files.Select(file => file.Path)];
        ImmutableArray<string> gone = [.. present.Where(path => SitePlan.IsPageOfAThing(path) && !now.Contains(path))];
        if (gone.Length > 0)
        {
            throw new PublishException($"The site would lose {gone.Length} pages that were public, such as {gone[0]}. Nothing was published.");
        }
    }

    private sealed record RenderedFile(string Path, SiteStage Stage, Sha256Hex Hash, long Length, bool IsChanged);
}

/// <summary>What a publish did.</summary>
/// <param name="Shown">Up to which version of which stream the site shows the ledger; of <c>site/main</c>, which publication.</param>
internal sealed record Published(
    long Position, DateOnly AsOf, int Files, int Written, int Removed, IReadOnlyDictionary<StreamName, long> Shown);

/// <summary>A publish that would break a promise to readers, and was not done.</summary>
internal sealed class PublishException(string message) : Exception(message);
