using DisclosureCloud.Emulators;
using DisclosureCloud.Functions.Hosting;
using DisclosureCloud.Functions.Hosting.Load;

[assembly: AssemblyFixture(typeof(CosmosServer))]

namespace DisclosureCloud.Functions.Tests.Running;

/// <summary>The app with its ledger and values in a Cosmos DB of its own; all else is as it is without.</summary>
public sealed class AppOverCosmos : RunningApp
{
    private readonly CosmosServer _server;

    /// <summary>Sixty-four of one department at once are all worked on: the server in Node is slow, and no test of it is about waiting.</summary>
    public AppOverCosmos(CosmosServer server)
    {
        _server = server;
        Load = new LoadLimits { DepartmentAtOnce = 64 };
    }

    public override async ValueTask InitializeAsync()
    {
        string name = await _server.NewDatabaseAsync(TestContext.Current.CancellationToken);
        Ledger = new LedgerPlace.Cosmos(_server.Endpoint, name);
        await base.InitializeAsync();
    }
}
