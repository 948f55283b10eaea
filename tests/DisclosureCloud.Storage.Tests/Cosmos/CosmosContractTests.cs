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

public sealed class CosmosValueStoreContractTests(CosmosServer server) : CosmosValuesContract(server)
{
    protected override IValueStore Of(CosmosDatabase database) => new CosmosValueStore(database, Clock);
}

/// <summary>The keys of evidence files: the same store in a container of its own.</summary>
public sealed class CosmosEvidenceKeysContractTests(CosmosServer server) : CosmosValuesContract(server)
{
    protected override IValueStore Of(CosmosDatabase database) => CosmosValueStore.OfEvidenceKeys(database, Clock);
}

public abstract class CosmosValuesContract(CosmosServer server) : ValueStoreContract, IAsyncLifetime
{
    private readonly List<CosmosDatabase> databases = [];
    private string name = "";

    public async ValueTask InitializeAsync() => name = await server.NewDatabaseAsync(Cancel);

    public override async ValueTask DisposeAsync()
    {
        await base.DisposeAsync();
        databases.ForEach(database => database.Dispose());
        GC.SuppressFinalize(this);
    }

    protected abstract IValueStore Of(CosmosDatabase database);

    protected override IValueStore OpenStore()
    {
        CosmosDatabase database = server.Open(name);
        databases.Add(database);
        return Of(database);
    }
}
