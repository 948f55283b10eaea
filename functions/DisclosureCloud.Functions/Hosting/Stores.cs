using DisclosureCloud.Ledger;
using DisclosureCloud.Storage;

namespace DisclosureCloud.Functions.Hosting;

/// <summary>The stores that the deployment's settings choose; the one place that knows which implementations there are.</summary>
internal sealed class Stores : IAsyncDisposable
{
    private readonly IReadOnlyList<IAsyncDisposable> _owned;

    private Stores(ILedgerStore ledger, IValueStore values, ISiteFiles site, params IReadOnlyList<IAsyncDisposable> owned) =>
        (Ledger, Values, Site, _owned) = (ledger, values, site, owned);

    public ILedgerStore Ledger { get; }

    public IValueStore Values { get; }

    public ISiteFiles Site { get; }

    /// <exception cref="InvalidOperationException">A store is there and is not what the app relies on.</exception>
    public static async Task<Stores> OpenAsync(Deployment deployment, TimeProvider clock, CancellationToken cancellationToken)
    {
        var site = new SiteFolder(deployment.SiteFolder);
        switch (deployment.Ledger)
        {
            case LedgerPlace.Sqlite:
                var ledger = SqliteLedgerStore.Open(deployment.LedgerFile);
                var values = SqliteValueStore.Open(deployment.ValuesFile, clock);
                return new Stores(ledger, values, site, ledger, values);

            case LedgerPlace.Cosmos place:
                CosmosDatabase database = await OpenAsync(place, cancellationToken);
                return new Stores(new CosmosLedgerStore(database, clock), new CosmosValueStore(database, clock), site, database);

            default:
                throw new InvalidOperationException($"No stores for {deployment.Ledger}.");
        }
    }

    public async ValueTask DisposeAsync()
    {
        foreach (IAsyncDisposable store in _owned)
        {
            await store.DisposeAsync();
        }
    }

    private static async Task<CosmosDatabase> OpenAsync(LedgerPlace.Cosmos place, CancellationToken cancellationToken)
    {
        CosmosDatabase database = place.Endpoint.IsLoopback
            ? CosmosDatabase.OpenLocal(place.Endpoint, place.Database)
            : CosmosDatabase.Open(place.Endpoint, place.Database);
        try
        {
            await database.CheckAsync(cancellationToken);
            if (place.Endpoint.IsLoopback)
            {
                await database.CreateAsync(cancellationToken);
            }

            return database;
        }
        catch
        {
            await database.DisposeAsync();
            throw;
        }
    }
}
