using Azure;
using Azure.Storage.Blobs;
using Azure.Storage.Blobs.Models;
using DisclosureCloud.Ledger;

namespace DisclosureCloud.Storage;

/// <summary>An archive in a container of its own, whose blobs are only ever created.</summary>
/// <remarks>
/// Each put asks the service to refuse where the name is taken (<c>If-None-Match: *</c>); the container's immutability policy, which the
/// template sets, then keeps everyone else from changing it. A put whose answer was lost meets its own blob when it is repeated:
/// comparing the bytes tells that from a conflict.
/// </remarks>
public sealed class BlobArchive : IPassingFiles
{
    /// <summary>What whoever reads a blob may keep for ever: there will be no other under its name.</summary>
    internal const string CacheControl = "public, max-age=31536000, immutable";

    private readonly BlobContainerClient _container;
    private readonly StorageCall _call;
    private readonly int? _pageSize;
    private readonly string _cacheControl = CacheControl;

    /// <param name="container">The container's name; the template makes it.</param>
    public BlobArchive(StorageAccount account, string container)
        : this(account, container, pageSize: null)
    {
    }

    private BlobArchive(StorageAccount account, string container, string cacheControl)
        : this(account, container) => _cacheControl = cacheControl;

    /// <param name="pageSize">How many names one request lists; null for as many as the service gives, 5,000.</param>
    internal BlobArchive(StorageAccount account, string container, int? pageSize)
    {
        ArgumentNullException.ThrowIfNull(account);
        _container = account.Blobs.GetBlobContainerClient(container);
        _call = account.Call($"blobs/{container}");
        _pageSize = pageSize;
    }

    /// <summary>A container that nobody but the app reads, and whose files may go: no cache is to keep one.</summary>
    public static BlobArchive OfPrivate(StorageAccount account, string container) => new(account, container, "no-store");

    /// <summary>Makes the container where it is missing: on this machine, where no template does.</summary>
    public Task CreateAsync(CancellationToken cancellationToken) =>
        _call.SendAsync(token => _container.CreateIfNotExistsAsync(cancellationToken: token), cancellationToken);

    public async Task<PutOutcome> PutAsync(string path, ReadOnlyMemory<byte> bytes, CancellationToken cancellationToken)
    {
        ArchivePath.Check(path);
        ArchivePath.CheckSize(bytes.Length);
        BlobClient blob = _container.GetBlobClient(path);
        var options = new BlobUploadOptions
        {
            Conditions = new BlobRequestConditions { IfNoneMatch = ETag.All },
            HttpHeaders = new BlobHttpHeaders { ContentType = FileTypes.Of(path), CacheControl = _cacheControl },
        };
        try
        {
            await _call.SendAsync(bytes.Length, token => blob.UploadAsync(BinaryData.FromBytes(bytes), options, token), cancellationToken);
            return PutOutcome.Put;
        }
        catch (RequestFailedException taken) when (BlobWrite.IsTaken(taken))
        {
            byte[] there = await ReadAsync(path, cancellationToken)
                ?? throw new InvalidDataException($"'{path}' of the archive was there and is gone: someone removes what must stay.", taken);
            return there.AsSpan().SequenceEqual(bytes.Span) ? PutOutcome.AlreadyThere : PutOutcome.Conflict;
        }
    }

    public Task<byte[]?> ReadAsync(string path, CancellationToken cancellationToken)
    {
        ArchivePath.Check(path);
        return BlobRead.WholeAsync(_container.GetBlobClient(path), _call, cancellationToken);
    }

    public Task<byte[]?> ReadRangeAsync(string path, long offset, int length, CancellationToken cancellationToken)
    {
        ArchivePath.Check(path);
        ArchivePath.CheckRange(offset, length);
        return BlobRead.RangeAsync(_container.GetBlobClient(path), _call, new HttpRange(offset, length), cancellationToken);
    }

    public Task DeleteAsync(string path, CancellationToken cancellationToken)
    {
        ArchivePath.Check(path);
        return _call.SendAsync(token => _container.GetBlobClient(path).DeleteIfExistsAsync(cancellationToken: token), cancellationToken);
    }

    public IAsyncEnumerable<string> ListAsync(string prefix, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(prefix);
        return BlobRead.NamesAsync(_container, _call, prefix, _pageSize, cancellationToken);
    }
}
