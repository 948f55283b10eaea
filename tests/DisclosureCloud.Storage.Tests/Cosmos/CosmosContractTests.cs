using DisclosureCloud.Emulators;
using DisclosureCloud.Ledger;
using DisclosureCloud.Testing;

[assembly: AssemblyFixture(typeof(CosmosServer))]

namespace DisclosureCloud.Storage.Tests;

public sealed class CosmosLedgerStoreContractTests(CosmosServer server) : LedgerStoreContract, IAsyncLifetime
{
    private readonly List<CosmosDatabase> databases = [];
    private string name = "";

    public async ValueTask InitializeAsync() => name = await server.NewDatabaseAsync(Cancel);

    public override async ValueTask DisposeAsync()
    {
        await base.DisposeAsync();
        databases.ForEach(database => database.Dispose());
    }

    protected override ILedgerStore OpenStore()
    {
        CosmosDatabase database = server.Open(name);
        databases.Add(database);
        return new CosmosLedgerStore(database, TimeProvider.System);
    }
}

public sealed class CosmosValueStoreContractTests(CosmosServer server) : ValueStoreContract, IAsyncLifetime
{
    private readonly List<CosmosDatabase> databases = [];
    private string name = "";

    public async ValueTask InitializeAsync() => name = await server.NewDatabaseAsync(Cancel);

    public override async ValueTask DisposeAsync()
    {
        await base.DisposeAsync();
        databases.ForEach(database => database.Dispose());
    }

    protected override IValueStore OpenStore()
    {
        CosmosDatabase database = server.Open(name);
        databases.Add(database);
        return new CosmosValueStore(database, Clock);
    }
}
