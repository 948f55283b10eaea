using Azure;
using Azure.Storage.Blobs;
using Azure.Storage.Blobs.Models;
using DisclosureCloud.Ledger;

namespace DisclosureCloud.Storage;

/// <summary>The public site in the container of a static website, with its staged files and its journal in a private one.</summary>
/// <remarks>
/// <para>The order: files are staged as blobs of the private container; the journal is written there; the staged files are written to the
/// site one after another in the journal's order; what is to go goes before the last of them; the journal is emptied; the staged files
/// go. Each step may be done twice, so whoever finds a journal does all of them again. Staged files stay until the journal is empty:
/// unlike a rename, writing a blob does not use up what it wrote.</para>
/// <para>A blob is replaced whole: a reader gets the old one or the new one.</para>
/// <para>The caller holds the publish lock; this class takes none. That lock is a lease, and a publisher that was frozen may wake when
/// another has published. Two things stop it. Every recovery writes the journal anew, and a journal is written only over the one that
/// its writer saw last, so that none begins who was overtaken. And a journal has the tag of every file that it changes, so that who was
/// overtaken after it had begun changes nothing either (<see cref="BlobRollForward"/>). A staged file goes only as it was when it was
/// listed: the next publisher's has the same name and another tag.</para>
/// </remarks>
public sealed class BlobSite : ISiteFiles
{
    /// <summary>Where Azure serves a static website from.</summary>
    public const string SiteContainer = "$web";

    /// <summary>
    /// Every file keeps its name when it changes, also a stylesheet (its address has a version only in the query), so a reader asks each
    /// time whether it has; the answer is mostly 304, without a body.
    /// </summary>
    internal const string CacheControl = "no-cache";

    internal const string JournalName = "journal.json";
    internal const string StagedPrefix = "staged/";

    /// <summary>Requests at once where the order does not matter.</summary>
    private const int RequestsAtOnce = 16;

    private readonly BlobContainerClient _site;
    private readonly BlobContainerClient _private;
    private readonly StorageCall _call;
    private readonly StorageCall _privateCall;

    private readonly BlobRollForward _rollForward;
    private readonly BlobHashes _hashes = new();

    /// <summary>The empty journal as this instance saw it last; null where it has not looked, or has begun a publish since.</summary>
    private SeenJournal? _seen;

    /// <param name="privateContainer">The container for staged files and journal; nobody but the publisher may read it.</param>
    public BlobSite(StorageAccount account, string privateContainer)
        : this(account, SiteContainer, privateContainer)
    {
    }

    internal BlobSite(StorageAccount account, string siteContainer, string privateContainer)
    {
        ArgumentNullException.ThrowIfNull(account);
        _site = account.Blobs.GetBlobContainerClient(siteContainer);
        _private = account.Blobs.GetBlobContainerClient(privateContainer);
        _call = account.Call($"blobs/{siteContainer}");
        _privateCall = account.Call($"blobs/{privateContainer}");
        _rollForward = new BlobRollForward(_site, _call, (path, token) => BlobRead.WholeAsync(Staged(path), _privateCall, token));
    }

    /// <summary>Makes the containers where they are missing: on this machine, where no template does.</summary>
    public async Task CreateAsync(CancellationToken cancellationToken)
    {
        await _call.SendAsync(token => _site.CreateIfNotExistsAsync(cancellationToken: token), cancellationToken);
        await _privateCall.SendAsync(token => _private.CreateIfNotExistsAsync(cancellationToken: token), cancellationToken);
    }

    public Task<byte[]?> ReadAsync(string path, CancellationToken cancellationToken)
    {
        SitePath.Check(path);
        return BlobRead.WholeAsync(_site.GetBlobClient(path), _call, cancellationToken);
    }

    public async Task<IReadOnlyList<string>> ListAsync(CancellationToken cancellationToken) => (await LookAsync(cancellationToken)).Paths;

    /// <summary>See <see cref="ISiteFiles.LookAsync"/>. A file that has not been written since this object read it is not read again.</summary>
    public async Task<ISiteLook> LookAsync(CancellationToken cancellationToken) => new BlobLook(
        await BlobRead.TagsAsync(_site, _call, "", cancellationToken), _hashes, (path, token) => BlobRead.TaggedAsync(_site.GetBlobClient(path), _call, token));

    /// <exception cref="InvalidOperationException">
    /// The path is staged already, or a publish that was cut off waits for recovery.
    /// </exception>
    public async Task StageAsync(string path, ReadOnlyMemory<byte> bytes, CancellationToken cancellationToken)
    {
        SitePath.Check(path);
        await SeeJournalAsync(cancellationToken);
        if (!await BlobWrite.CreateAsync(Staged(path), _privateCall, bytes, cancellationToken))
        {
            throw new InvalidOperationException($"'{path}' is staged already. Recover first; and no two pages have one path.");
        }
    }

    /// <summary>See the contract. The token is looked at until the journal is durable; from then on the publish is finished.</summary>
    /// <exception cref="ArgumentException">A path is given twice.</exception>
    /// <exception cref="InvalidOperationException">A path to be put was not staged, or recovery was not called.</exception>
    /// <exception cref="StoreBusyException">The publish may have been cut off; recover.</exception>
    /// <exception cref="PublisherOvertakenException">Another publisher has recovered since this one did.</exception>
    public async Task ApplyAsync(IReadOnlyList<string> puts, IReadOnlyList<string> removals, CancellationToken cancellationToken)
    {
        cancellationToken.ThrowIfCancellationRequested();
        SeenJournal last = await SeeJournalAsync(cancellationToken);
        var planned = new SiteJournal([.. puts], [.. removals]);
        SiteJournal.Check(planned);
        Dictionary<string, ETag> staged = await StagedAsync(cancellationToken);
        if (puts.FirstOrDefault(path => !staged.ContainsKey(StagedPrefix + path)) is { } missing)
        {
            throw new InvalidOperationException($"'{missing}' was not staged.");
        }

        if (planned.IsEmpty)
        {
            await DiscardAsync(staged, cancellationToken);
            return;
        }

        Dictionary<string, ETag> present = await BlobRead.TagsAsync(_site, _call, "", cancellationToken);
        planned = planned with
        {
            Tags = puts.Concat(removals).Where(present.ContainsKey)
                .ToDictionary(path => path, path => present[path].ToString("H"), StringComparer.Ordinal),
        };
        _seen = null;
        ETag written = await WriteJournalAsync(planned, last.Tag, cancellationToken);
        await FinishAsync(planned, written, staged, CancellationToken.None);
    }

    public async Task RecoverAsync(CancellationToken cancellationToken)
    {
        // Listed first: what is staged by whoever recovers after us is not among them.
        Dictionary<string, ETag> staged = await StagedAsync(cancellationToken);
        TaggedBytes? found = await BlobRead.TaggedAsync(Journal, _privateCall, cancellationToken);
        SiteJournal planned = found is null ? Empty : SiteJournal.FromBytes(found.Bytes, JournalName);
        await FinishAsync(planned, found?.Tag, staged, planned.IsEmpty ? cancellationToken : CancellationToken.None);
    }

    private static SiteJournal Empty => new([], []);

    private BlobClient Journal => _private.GetBlobClient(JournalName);

    private BlobClient Staged(string path) => _private.GetBlobClient(StagedPrefix + path);

    private Task<Dictionary<string, ETag>> StagedAsync(CancellationToken cancellationToken) =>
        BlobRead.TagsAsync(_private, _privateCall, StagedPrefix, cancellationToken);

    private async Task FinishAsync(SiteJournal planned, ETag? journal, Dictionary<string, ETag> staged, CancellationToken cancellationToken)
    {
        await _rollForward.RunAsync(planned, async () => (await BlobRead.TaggedAsync(Journal, _privateCall, cancellationToken))?.Tag == journal, cancellationToken);
        _seen = new SeenJournal(await WriteJournalAsync(Empty, journal, cancellationToken));
        await DiscardAsync(staged, cancellationToken);
    }

    /// <summary>Writes the journal where it is as it was last seen, or was not there.</summary>
    private async Task<ETag> WriteJournalAsync(SiteJournal journal, ETag? last, CancellationToken cancellationToken) =>
        await BlobWrite.ReplaceAsync(Journal, _privateCall, journal.ToBytes(), last, cancellationToken) ?? throw Overtaken();

    private Task DiscardAsync(Dictionary<string, ETag> staged, CancellationToken cancellationToken) => ForEachAsync(
        staged, (file, token) => RemoveAsync(_private.GetBlobClient(file.Key), _privateCall, BlobWrite.If(file.Value), token), cancellationToken);

    /// <summary>Looks once whether a publish was cut off. Nobody else is at work, or else this instance is refused later on.</summary>
    private async Task<SeenJournal> SeeJournalAsync(CancellationToken cancellationToken)
    {
        if (_seen is { } seen)
        {
            return seen;
        }

        TaggedBytes? found = await BlobRead.TaggedAsync(Journal, _privateCall, cancellationToken);
        if (found is not null && !SiteJournal.FromBytes(found.Bytes, JournalName).IsEmpty)
        {
            throw new InvalidOperationException($"A publish was cut off: '{JournalName}' says what is left to do. Recover first.");
        }

        return _seen = new SeenJournal(found?.Tag);
    }

    private static PublisherOvertakenException Overtaken() => new(
        $"'{JournalName}' is not as this publisher left it: another publisher has recovered since. Nothing more was changed.");

    /// <summary>False where the blob is not as the conditions ask, or is gone; then nothing changes.</summary>
    internal static async Task<bool> RemoveAsync(BlobClient blob, StorageCall call, BlobRequestConditions? conditions, CancellationToken cancellationToken)
    {
        try
        {
            return await call.SendAsync(token => blob.DeleteIfExistsAsync(DeleteSnapshotsOption.IncludeSnapshots, conditions, token), cancellationToken);
        }
        catch (RequestFailedException refused) when (BlobWrite.IsRefused(refused))
        {
            return false;
        }
    }

    internal static Task ForEachAsync<T>(IEnumerable<T> items, Func<T, CancellationToken, Task> act, CancellationToken cancellationToken) => Parallel.ForEachAsync(
        items,
        new ParallelOptions { MaxDegreeOfParallelism = RequestsAtOnce, CancellationToken = cancellationToken },
        async (item, token) => await act(item, token));

    /// <param name="Tag">The journal's tag; null where there is none yet.</param>
    private sealed record SeenJournal(ETag? Tag);
}
