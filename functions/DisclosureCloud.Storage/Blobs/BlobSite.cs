using Azure.Storage.Blobs;
using Azure.Storage.Blobs.Models;
using DisclosureCloud.Ledger;

namespace DisclosureCloud.Storage;

/// <summary>The public site in the container of a static website, with its staged files and its journal in a private one.</summary>
/// <remarks>
/// <para>The order: files are staged as blobs of the private container; the journal becomes a blob there; the staged files are written to
/// the site one after another in the journal's order; what is to go goes before the last of them; the journal goes; the staged files
/// go. Each step may be done twice, so whoever finds a journal does all of them again. Staged files stay until the journal is gone:
/// unlike a rename, writing a blob does not use up what it wrote.</para>
/// <para>A blob is replaced whole: a reader gets the old one or the new one.</para>
/// <para>The caller holds the publish lock; this class takes none.</para>
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

    /// <summary>So many staged files are read ahead, and in memory, while they are written one by one.</summary>
    private const int ReadAhead = 16;

    /// <summary>Requests at once where the order does not matter.</summary>
    private const int RequestsAtOnce = 16;

    private readonly BlobContainerClient _site;
    private readonly BlobContainerClient _private;
    private readonly StorageCall _call;
    private readonly StorageCall _privateCall;

    // No other publisher is at work, so that a journal is there only if this instance left it after it last looked.
    private bool _looked;

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

    public async Task<IReadOnlyList<string>> ListAsync(CancellationToken cancellationToken)
    {
        List<string> paths = await NamesAsync(_site, _call, "", cancellationToken);
        paths.Sort(StringComparer.Ordinal); // The service goes by UTF-8, which differs where a name has an emoji.
        return paths;
    }

    /// <exception cref="InvalidOperationException">
    /// The path is staged already, or a publish that was cut off waits for recovery.
    /// </exception>
    public async Task StageAsync(string path, ReadOnlyMemory<byte> bytes, CancellationToken cancellationToken)
    {
        SitePath.Check(path);
        await RefuseBeforeRecoveryAsync(cancellationToken);
        if (!await BlobCreation.CreateAsync(Staged(path), _privateCall, bytes, cancellationToken))
        {
            throw new InvalidOperationException($"'{path}' is staged already. Recover first; and no two pages have one path.");
        }
    }

    /// <summary>See the contract. The token is looked at until the journal is durable; from then on the publish is finished.</summary>
    /// <exception cref="ArgumentException">A path is given twice.</exception>
    /// <exception cref="InvalidOperationException">A path to be put was not staged, or recovery was not called.</exception>
    /// <exception cref="StoreBusyException">The publish may have been cut off; recover.</exception>
    public async Task ApplyAsync(IReadOnlyList<string> puts, IReadOnlyList<string> removals, CancellationToken cancellationToken)
    {
        cancellationToken.ThrowIfCancellationRequested();
        await RefuseBeforeRecoveryAsync(cancellationToken);
        var planned = new SiteJournal([.. puts], [.. removals]);
        SiteJournal.Check(planned);
        var staged = new HashSet<string>(await NamesAsync(_private, _privateCall, StagedPrefix, cancellationToken), StringComparer.Ordinal);
        if (puts.FirstOrDefault(path => !staged.Contains(StagedPrefix + path)) is { } missing)
        {
            throw new InvalidOperationException($"'{missing}' was not staged.");
        }

        if (puts.Count + removals.Count == 0)
        {
            await DiscardAsync(staged, cancellationToken);
            return;
        }

        _looked = false;
        if (!await BlobCreation.CreateAsync(Journal, _privateCall, planned.ToBytes(), cancellationToken))
        {
            throw CutOff();
        }

        await FinishAsync(planned, CancellationToken.None);
    }

    public async Task RecoverAsync(CancellationToken cancellationToken)
    {
        if (await BlobRead.WholeAsync(Journal, _privateCall, cancellationToken) is { } found)
        {
            await FinishAsync(SiteJournal.FromBytes(found, JournalName), CancellationToken.None);
            return;
        }

        await DiscardAsync(await NamesAsync(_private, _privateCall, StagedPrefix, cancellationToken), cancellationToken);
        _looked = true;
    }

    private BlobClient Journal => _private.GetBlobClient(JournalName);

    private BlobClient Staged(string path) => _private.GetBlobClient(StagedPrefix + path);

    private async Task FinishAsync(SiteJournal planned, CancellationToken cancellationToken)
    {
        await PutAsync(planned.Puts.SkipLast(1), cancellationToken);
        await ForEachAsync(planned.Removals, (path, token) => RemoveAsync(_site.GetBlobClient(path), _call, token), cancellationToken);
        await PutAsync(planned.Puts.TakeLast(1), cancellationToken); // All else is done: the last file tells of a whole site.
        await RemoveAsync(Journal, _privateCall, cancellationToken);
        await DiscardAsync(await NamesAsync(_private, _privateCall, StagedPrefix, cancellationToken), cancellationToken);
        _looked = true;
    }

    private async Task PutAsync(IEnumerable<string> paths, CancellationToken cancellationToken)
    {
        foreach (string[] some in paths.Chunk(ReadAhead))
        {
            byte[]?[] files = await Task.WhenAll(some.Select(path => BlobRead.WholeAsync(Staged(path), _privateCall, cancellationToken)));
            foreach ((string path, byte[]? bytes) in some.Zip(files))
            {
                await PutAsync(path, bytes, cancellationToken);
            }
        }
    }

    private Task PutAsync(string path, byte[]? bytes, CancellationToken cancellationToken)
    {
        if (bytes is null)
        {
            throw new InvalidDataException($"The journal puts '{path}', which is not staged: someone removed it. Remove the journal and publish anew.");
        }

        var options = new BlobUploadOptions { HttpHeaders = new BlobHttpHeaders { ContentType = FileTypes.Of(path), CacheControl = CacheControl } };
        return _call.SendAsync(bytes.Length, token => _site.GetBlobClient(path).UploadAsync(BinaryData.FromBytes(bytes), options, token), cancellationToken);
    }

    private Task DiscardAsync(IEnumerable<string> staged, CancellationToken cancellationToken) =>
        ForEachAsync(staged, (name, token) => RemoveAsync(_private.GetBlobClient(name), _privateCall, token), cancellationToken);

    private async Task RefuseBeforeRecoveryAsync(CancellationToken cancellationToken)
    {
        if (_looked)
        {
            return;
        }

        if (await _privateCall.SendAsync(token => Journal.ExistsAsync(token), cancellationToken))
        {
            throw CutOff();
        }

        _looked = true;
    }

    private static InvalidOperationException CutOff() => new($"A publish was cut off: '{JournalName}' says what is left to do. Recover first.");

    private static Task RemoveAsync(BlobClient blob, StorageCall call, CancellationToken cancellationToken) =>
        call.SendAsync(token => blob.DeleteIfExistsAsync(DeleteSnapshotsOption.IncludeSnapshots, cancellationToken: token), cancellationToken);

    private static async Task<List<string>> NamesAsync(BlobContainerClient container, StorageCall call, string prefix, CancellationToken cancellationToken)
    {
        var names = new List<string>();
        await foreach (string name in BlobRead.NamesAsync(container, call, prefix, pageSize: null, cancellationToken))
        {
            names.Add(name);
        }

        return names;
    }

    private static Task ForEachAsync(IEnumerable<string> names, Func<string, CancellationToken, Task> act, CancellationToken cancellationToken) => Parallel.ForEachAsync(
        names,
        new ParallelOptions { MaxDegreeOfParallelism = RequestsAtOnce, CancellationToken = cancellationToken },
        async (name, token) => await act(name, token));
}
