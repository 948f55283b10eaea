using DisclosureCloud.Emulators;
using DisclosureCloud.Functions.Hosting;

[assembly: AssemblyFixture(typeof(CosmosServer))]

namespace DisclosureCloud.Functions.Tests.Running;

/// <summary>The app with its ledger and values in a Cosmos DB of its own; all else is as it is without.</summary>
public sealed class AppOverCosmos(CosmosServer server) : RunningApp
{
    public override async ValueTask InitializeAsync()
    {
        string name = await server.NewDatabaseAsync(TestContext.Current.CancellationToken);
        Ledger = new LedgerPlace.Cosmos(server.Endpoint, name);
        await base.InitializeAsync();
    }
}
