using System.Collections;
using System.Globalization;
using DisclosureCloud.Functions.Hosting.Following;
using DisclosureCloud.Ledger;
using DisclosureCloud.Transparency;

namespace DisclosureCloud.Functions.Hosting.Log;

/// <summary>Gives every entry of the ledger its place in the log, and signs what the log is then. One at a time; a second one does no harm.</summary>
/// <remarks>
/// <para>What enters the log is in the archive before. The first time, and once a day, the ledger is read from its first commit and held
/// against the log: each leaf must be an entry of the ledger, byte for byte. Then it follows by the ledger's cursor.</para>
/// <para>It refuses to go on, and raises an alarm, where the log or the ledger is not what it must be; see <see cref="LogRefusedException"/>.</para>
/// </remarks>
internal sealed class Sequencer(
    ILedgerStore ledger, LogKeeper keeper, CheckpointSigner signer, Archiver archiver, Sealer sealer, ISiteFiles site, Alarms alarms, TimeProvider clock) : IDisposable
{
    /// <summary>Where the public finds the newest checkpoint that was published.</summary>
    public const string PublicPath = Entries.PublishedLog.CheckpointPath;

    /// <summary>One append at most: what is staged is in memory whole.</summary>
    private const int BatchLeavesMax = 4_096;

    private const int BatchBytesMax = 16 * 1024 * 1024;

    /// <summary>Another sequencer was faster so many times running: it does the work then.</summary>
    private const int LostRacesMax = 10;

    /// <summary>Clocks of two machines may differ by so much. A clock further behind would date entries before those that are logged.</summary>
    private static readonly TimeSpan ClockSkewMax = TimeSpan.FromMinutes(1);

    private readonly SemaphoreSlim _one = new(1, 1);

    // Null until the ledger was held against the log.
    private Cursor? _cursor;

    private byte[] _strange = [];

    /// <summary>What is in the log, as far as this process has seen: asked after <see cref="FollowAsync"/>.</summary>
    public KnownLog Known => keeper.Known;

    /// <summary>Logs what is new, and then sees to it that the archive has what is in no leaf too: a posting that waits for its approval was promised.</summary>
    /// <returns>The newest checkpoint; null where there is no entry to log.</returns>
    /// <exception cref="LogRefusedException">Nothing was appended; the message says what was found.</exception>
    public async Task<SignedCheckpoint?> FollowAsync(CancellationToken cancellationToken)
    {
        SignedCheckpoint? newest = await LogAsync(cancellationToken);
        await archiver.FollowAsync(cancellationToken);
        return newest;
    }

    /// <summary>Logs what is new. Of the archive it waits for the entries' own commits alone, however much else is to be put there.</summary>
    /// <returns>As <see cref="FollowAsync"/>.</returns>
    /// <exception cref="LogRefusedException">Nothing was appended; the message says what was found.</exception>
    public Task<SignedCheckpoint?> LogAsync(CancellationToken cancellationToken) => OneAtATimeAsync(anew: false, cancellationToken);

    /// <summary>Reads the whole log again, holds the whole ledger and the archive's segments against it, and logs what a cursor has missed.</summary>
    public async Task<SignedCheckpoint?> CheckAsync(CancellationToken cancellationToken)
    {
        SignedCheckpoint? newest = await OneAtATimeAsync(anew: true, cancellationToken);
        await archiver.FollowAsync(cancellationToken);
        IReadOnlyList<string> missing = await sealer.CheckAsync(Known.Size, cancellationToken);
        if (missing.Count > 0)
        {
            alarms.Raise(Alarm.MissingFromArchive, string.Create(CultureInfo.InvariantCulture, $"{missing.Count} sealed segments were not in the archive, the first {missing[0]}; what could be made again from the log was put there."));
        }

        return newest;
    }

    /// <summary>True for a file of the archive that is a segment of this log.</summary>
    public async Task<bool> IsSegmentAsync(string path, CancellationToken cancellationToken)
    {
        await FollowAsync(cancellationToken);
        return await sealer.IsOursAsync(path, Known.Size, cancellationToken);
    }

    public void Dispose() => _one.Dispose();

    private async Task<SignedCheckpoint?> OneAtATimeAsync(bool anew, CancellationToken cancellationToken)
    {
        await _one.WaitAsync(cancellationToken);
        try
        {
            return await FollowOnAsync(anew, cancellationToken);
        }
        catch (LogRefusedException refused)
        {
            alarms.Raise(Alarm.LogRefused, refused.Message);
            throw;
        }
        finally
        {
            _one.Release();
        }
    }

    private async Task<SignedCheckpoint?> FollowOnAsync(bool anew, CancellationToken cancellationToken)
    {
        if (anew)
        {
            keeper.Forget();
        }

        await OpenAsync(cancellationToken);
        if (anew || _cursor is null)
        {
            await RefuseEndedAsync(cancellationToken);
        }

        _cursor = anew || _cursor is null ? await CompareAsync(cancellationToken) : _cursor;
        for (int lost = 0; lost < LostRacesMax;)
        {
            Batch batch = await ReadAsync(_cursor!.Value, cancellationToken);
            if (batch.Leaves.Count > 0)
            {
                await archiver.EnsureAsync(batch.Commits, cancellationToken);
                if (!await keeper.TryAppendAsync([.. batch.Leaves.Select(leaf => leaf.Bytes)], cancellationToken))
                {
                    lost++;
                    await OpenAsync(cancellationToken); // What the other has logged is not logged again.
                    continue;
                }
            }

            _cursor = batch.Cursor;
            if (!batch.IsCut && !await sealer.TrySealAsync(Known.Size, cancellationToken)) // A seal is an entry, and is logged next.
            {
                return keeper.Newest;
            }
        }

        throw new TimeoutException("Another sequencer is at work; what is new is left to it.");
    }

    private async Task OpenAsync(CancellationToken cancellationToken)
    {
        await keeper.OpenAsync(await PublishedAsync(cancellationToken), cancellationToken);
        if (Known.RecordedAt is { } last && last - clock.GetUtcNow() > ClockSkewMax)
        {
            throw new LogRefusedException(
                $"The log refuses to start: the clock says {Instant.Text(clock.GetUtcNow())}, and the newest entry in the log was recorded at {Instant.Text(last)}.");
        }
    }

    // The lock row says that a log has ended. One that was restored from before the end does not, and would let it go on.
    private async Task RefuseEndedAsync(CancellationToken cancellationToken)
    {
        if (await site.ReadAsync(LogFreezer.PublicPath, cancellationToken) is { } bytes && signer.TryOpenFrozen(bytes) is { } end)
        {
            throw new LogRefusedException($"{LogFreezing.Sentence(end.Log)} The site says so with its keys, and its lock row does not: the row was set back, and nothing is appended. 'disclosurecloud freeze --at published' ends it again.");
        }
    }

    // What is no checkpoint of ours says nothing about the log. The next publish puts one in its place.
    private async Task<SignedCheckpoint?> PublishedAsync(CancellationToken cancellationToken)
    {
        byte[]? bytes = await site.ReadAsync(PublicPath, cancellationToken);
        SignedCheckpoint? published = bytes is null ? null : signer.TryOpen(bytes);
        if (bytes is not null && published is null && !bytes.AsSpan().SequenceEqual(_strange) && !await keeper.IsPredecessorShownAsync(cancellationToken))
        {
            _strange = bytes; // Told once, and not at every look.
            alarms.Raise(Alarm.PublicCheckpoint, $"{PublicPath} of the site is no checkpoint that this log signed: somebody wrote to the site.");
        }

        return published;
    }

    /// <summary>Sees to it that every leaf is an entry of the ledger.</summary>
    /// <returns>Where to read on: all before it is in the log.</returns>
    private async Task<Cursor> CompareAsync(CancellationToken cancellationToken)
    {
        var seen = new BitArray(checked((int)Known.Size));
        Cursor logged = Cursor.Start;
        bool isNew = false;
        await foreach (CommitAt read in ledger.ReadAllAsync(Cursor.Start, cancellationToken))
        {
            foreach (long? index in read.Commit.Entries.Select(Known.IndexOf))
            {
                isNew |= index is null;
                if (index is { } at && at < seen.Length)
                {
                    seen[(int)at] = true;
                }
            }

            logged = isNew ? logged : read.Cursor;
        }

        int missing = seen.Cast<bool>().Count(one => !one);
        return missing == 0
            ? logged
            : throw new LogRefusedException(string.Create(
                CultureInfo.InvariantCulture,
                $"The log refuses to start: the ledger lacks {missing} of the {seen.Length} entries in the log, or has them otherwise; the first is leaf {seen.Cast<bool>().TakeWhile(one => one).Count()}. If the ledger was restored from a copy, 'disclosurecloud rebuild' takes what is missing from the archive."));
    }

    private async Task<Batch> ReadAsync(Cursor from, CancellationToken cancellationToken)
    {
        var batch = new Batch(from);
        await foreach (CommitAt read in ledger.ReadAllAsync(from, cancellationToken))
        {
            Leaf[] leaves = [.. read.Commit.Entries.Where(leaf => Known.IndexOf(leaf) is null && !batch.Has(leaf))];
            if (leaves.Length > 0 && !batch.HasRoomFor(leaves))
            {
                batch.IsCut = true;
                break;
            }

            batch.Add(read, leaves);
        }

        return batch;
    }

    /// <summary>Commits that were read together, and of their leaves those that are new. A commit larger than the limits is alone in it.</summary>
    private sealed class Batch(Cursor from)
    {
        private readonly HashSet<EntryId> _ids = [];
        private long _bytes;

        public List<Commit> Commits { get; } = [];

        public List<Leaf> Leaves { get; } = [];

        public Cursor Cursor { get; private set; } = from;

        public bool IsCut { get; set; }

        public bool Has(Leaf leaf) => _ids.Contains(leaf.Id);

        public bool HasRoomFor(Leaf[] leaves) =>
            Leaves.Count == 0 || (Leaves.Count + leaves.Length <= BatchLeavesMax && _bytes + leaves.Sum(leaf => (long)leaf.Bytes.Length) <= BatchBytesMax);

        public void Add(CommitAt read, Leaf[] leaves)
        {
            Cursor = read.Cursor;
            if (leaves.Length > 0)
            {
                Commits.Add(read.Commit);
            }

            foreach (Leaf leaf in leaves)
            {
                _ids.Add(leaf.Id);
                Leaves.Add(leaf);
                _bytes += leaf.Bytes.Length;
            }
        }
    }
}
