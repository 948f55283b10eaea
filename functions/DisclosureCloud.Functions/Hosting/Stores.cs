using DisclosureCloud.Functions.Hosting.Following;
using DisclosureCloud.Ledger;
using DisclosureCloud.Storage;

namespace DisclosureCloud.Functions.Hosting;

/// <summary>The stores that the deployment's settings choose; the one place that knows which implementations there are.</summary>
internal sealed class Stores : IAsyncDisposable
{
    // The names that the template gives what it makes.
    internal const string ArchiveContainer = "archive";
    internal const string StagingContainer = "staging";
    internal const string EvidenceContainer = "evidence";
    internal const string ComplaintsContainer = "complaints";
    internal const string CellTable = "cells";
    internal const string PostingsQueue = "postings";
    internal const string ChangesQueue = "ledger-changed";
    internal const string BulkContainer = "bulk";
    internal const string BulkQueue = "bulk-work";
    private const string PublishLock = "publish";

    private readonly List<IAsyncDisposable> _owned = [];

    private Stores()
    {
    }

    public required ILedgerStore Ledger { get; init; }

    public required IValueStore Values { get; init; }

    /// <summary>The keys of evidence files and complaints: values of their own, which can be forgotten.</summary>
    public required IValueStore EvidenceKeys { get; init; }

    /// <summary>Evidence files, encrypted.</summary>
    public required IPassingFiles EvidenceFiles { get; init; }

    /// <summary>Complaints, encrypted.</summary>
    public required IPassingFiles Complaints { get; init; }

    public required ISiteFiles Site { get; init; }

    public required IArchiveFiles Archive { get; init; }

    public required ICellStore Cells { get; init; }

    /// <summary>The log's full tiles and entry bundles, created once.</summary>
    public required IArchiveFiles Log { get; init; }

    /// <summary>The log's partial tiles and bundles, and what is staged.</summary>
    public required IPassingFiles LogEdge { get; init; }

    /// <summary>Where the log's lock row is: apart from all that may be restored from a copy.</summary>
    public required ICellStore LogCells { get; init; }

    /// <summary>What departments send without waiting for an answer.</summary>
    public required IMessageQueue Postings { get; init; }

    /// <summary>Files of many postings, until they are done, and what came of them.</summary>
    public required IPassingFiles BulkFiles { get; init; }

    /// <summary>Names the files of many postings that are to be done.</summary>
    public required IMessageQueue BulkWork { get; init; }

    /// <summary>Wakes whoever follows the ledger; null where a loop of the app itself looks.</summary>
    public required IMessageQueue? Changes { get; init; }

    public required IExclusiveLock Publishing { get; init; }

    public required IEventTopic Topic { get; init; }

    /// <summary>The queues in which a message is set aside that failed too often.</summary>
    public required IReadOnlyDictionary<string, IMessageQueue> Poison { get; init; }

    /// <summary>The same, each with the queue that its messages came from.</summary>
    public IReadOnlyDictionary<string, (IMessageQueue SetAside, IMessageQueue Own)> PoisonPairs =>
        Poison.ToDictionary(one => one.Key, one => (one.Value, OwnOf(one.Key)), StringComparer.Ordinal);

    /// <exception cref="InvalidOperationException">A store is there and is not what the app relies on.</exception>
    public static async Task<Stores> OpenAsync(Deployment deployment, TimeProvider clock, CancellationToken cancellationToken)
    {
        var owned = new List<IAsyncDisposable>();
        try
        {
            LedgerStores ledger = await OpenLedgerAsync(deployment, clock, owned, cancellationToken);
            IEventTopic topic = OpenTopic(deployment);
            Stores stores = deployment.Storage is StoragePlace.Azure place
                ? await OpenAsync(place, deployment.Place, ledger, topic, clock, cancellationToken)
                : OpenFolder(deployment, ledger, topic, clock, owned);
            stores._owned.AddRange(owned);
            return stores;
        }
        catch
        {
            await DisposeAsync(owned);
            throw;
        }
    }

    public ValueTask DisposeAsync() => DisposeAsync(_owned);

    private IMessageQueue OwnOf(string poison) => poison == PoisonOf(PostingsQueue) ? Postings : poison == PoisonOf(BulkQueue) ? BulkWork : Changes!;

    private static async ValueTask DisposeAsync(List<IAsyncDisposable> owned)
    {
        foreach (IAsyncDisposable store in owned)
        {
            await store.DisposeAsync();
        }
    }

    private static async Task<LedgerStores> OpenLedgerAsync(
        Deployment deployment, TimeProvider clock, List<IAsyncDisposable> owned, CancellationToken cancellationToken)
    {
        switch (deployment.Ledger)
        {
            case LedgerPlace.Sqlite:
                var ledger = SqliteLedgerStore.Open(deployment.LedgerFile);
                owned.Add(ledger);
                var values = SqliteValueStore.Open(deployment.ValuesFile, clock);
                owned.Add(values);
                var keys = SqliteValueStore.Open(deployment.EvidenceKeysFile, clock);
                owned.Add(keys);
                return new LedgerStores(ledger, values, keys);

            case LedgerPlace.Cosmos place:
                CosmosDatabase database = place.Endpoint.IsLoopback
                    ? CosmosDatabase.OpenLocal(place.Endpoint, place.Database)
                    : CosmosDatabase.Open(place.Endpoint, place.Database);
                owned.Add(database);
                await database.CheckAsync(cancellationToken);
                if (place.Endpoint.IsLoopback)
                {
                    await database.CreateAsync(cancellationToken);
                }

                return new LedgerStores(new CosmosLedgerStore(database, clock), new CosmosValueStore(database, clock), CosmosValueStore.OfEvidenceKeys(database, clock));

            default:
                throw new InvalidOperationException($"No stores for {deployment.Ledger}.");
        }
    }

    private static IEventTopic OpenTopic(Deployment deployment) => deployment.Topic switch
    {
        null => new ConsoleTopic(Console.Out),
        { IsLoopback: true } local => EventGridTopic.OpenLocal(local, deployment.Origin),
        { } endpoint => EventGridTopic.Open(endpoint, deployment.Origin),
    };

    private static Stores OpenFolder(
        Deployment deployment, LedgerStores stores, IEventTopic topic, TimeProvider clock, List<IAsyncDisposable> owned)
    {
        var cells = SqliteCells.Open(deployment.CellsFile);
        owned.Add(cells);
        var log = new ArchiveFolder(deployment.LogFolder, clock);
        var logCells = SqliteCells.Open(deployment.LogCellsFile);
        owned.Add(logCells);
        var queues = SqliteQueues.Open(deployment.QueuesFile, clock);
        owned.Add(queues);
        return new Stores
        {
            Ledger = stores.Ledger,
            Values = stores.Values,
            EvidenceKeys = stores.EvidenceKeys,
            EvidenceFiles = new ArchiveFolder(deployment.EvidenceFolder, clock),
            BulkFiles = new ArchiveFolder(deployment.BulkFolder, clock),
            BulkWork = queues.Queue(BulkQueue),
            Complaints = new ArchiveFolder(deployment.ComplaintsFolder, clock),
            Site = new SiteFolder(deployment.SiteFolder),
            Archive = new ArchiveFolder(deployment.ArchiveFolder, clock),
            Cells = cells,
            Log = log,
            LogEdge = log,
            LogCells = logCells,
            Postings = queues.Queue(PostingsQueue),
            Changes = null,
            Publishing = new FileLock(deployment.PublishLock, clock),
            Topic = topic,
            Poison = new[] { PostingsQueue, BulkQueue }.Select(PoisonOf).ToDictionary(name => name, IMessageQueue (name) => queues.Queue(name), StringComparer.Ordinal),
        };
    }

    private static async Task<Stores> OpenAsync(
        StoragePlace.Azure place, Log.LogHome log, LedgerStores stores, IEventTopic topic, TimeProvider clock, CancellationToken cancellationToken)
    {
        StorageAccount At(Uri blobs)
        {
            var endpoints = new StorageEndpoints(blobs, place.Queues, place.Tables);
            return place.IsLocal ? StorageAccount.OpenLocal(endpoints, clock) : StorageAccount.Open(endpoints, clock);
        }

        StorageAccount site = At(place.Site);
        var files = new BlobSite(site, StagingContainer);
        StorageAccount kept = At(place.Archive);
        BlobArchive[] archives = [.. new[] { ArchiveContainer, log.Name, log.EdgeName }.Select(name => new BlobArchive(kept, name))];
        var evidence = BlobArchive.OfPrivate(kept, EvidenceContainer);
        var bulk = BlobArchive.OfPrivate(kept, BulkContainer);
        var complaints = BlobArchive.OfPrivate(kept, ComplaintsContainer);
        var cells = new TableCells(site, CellTable);
        StorageQueue[] queues = [.. new[] { PostingsQueue, ChangesQueue, BulkQueue }.Select(name => new StorageQueue(site, name))];
        if (place.IsLocal)
        {
            await Task.WhenAll(
            [
                files.CreateAsync(cancellationToken), evidence.CreateAsync(cancellationToken), bulk.CreateAsync(cancellationToken), complaints.CreateAsync(cancellationToken), cells.CreateAsync(cancellationToken),
                .. archives.Select(archive => archive.CreateAsync(cancellationToken)),
                .. queues.Select(queue => queue.CreateAsync(cancellationToken)),
            ]);
        }

        return new Stores
        {
            Ledger = stores.Ledger,
            Values = stores.Values,
            EvidenceKeys = stores.EvidenceKeys,
            EvidenceFiles = evidence,
            BulkFiles = bulk,
            BulkWork = queues[2],
            Complaints = complaints,
            Site = files,
            Archive = archives[0],
            Cells = cells,
            Log = archives[1],
            LogEdge = archives[2],
            LogCells = cells,
            Postings = queues[0],
            Changes = queues[1],
            Publishing = new CellLock(cells, CellKey.Parse(PublishLock), clock),
            Topic = topic,
            Poison = new[] { PostingsQueue, ChangesQueue, BulkQueue }.Select(PoisonOf).ToDictionary(name => name, IMessageQueue (name) => new StorageQueue(site, name), StringComparer.Ordinal),
        };
    }

    internal static string PoisonOf(string queue) => $"{queue}-poison";

    private sealed record LedgerStores(ILedgerStore Ledger, IValueStore Values, IValueStore EvidenceKeys);
}
