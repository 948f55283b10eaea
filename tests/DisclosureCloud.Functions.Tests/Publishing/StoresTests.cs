using DisclosureCloud.Emulators;
using DisclosureCloud.Functions.Hosting;
using Microsoft.Extensions.Configuration;

namespace DisclosureCloud.Functions.Tests.Publishing;

/// <summary>The settings choose the stores, and a mistake in them is told by the setting's name before anything is served.</summary>
public sealed class StoresTests
{
    [Fact]
    public void NothingSet_IsSqlite() => Read([]).ShouldBe(new LedgerPlace.Sqlite());

    [Fact]
    public void Sqlite_MayBeSaid() => Read([("Disclosure:Ledger", "sqlite")]).ShouldBe(new LedgerPlace.Sqlite());

    [Fact]
    public void Cosmos_HasAnEndpointAndADatabase()
    {
        (string, string)[] settings = [("Disclosure:Ledger", "cosmos"), ("Disclosure:Cosmos:Endpoint", "https://county.documents.azure.com/")];
        Read(settings).ShouldBe(new LedgerPlace.Cosmos(new Uri("https://county.documents.azure.com/"), "disclosure"));
        Read([.. settings, ("Disclosure:Cosmos:Database", "trial")]).ShouldBe(new LedgerPlace.Cosmos(new Uri("https://county.documents.azure.com/"), "trial"));
        Read([settings[0], ("Disclosure:Cosmos:Endpoint", "http://127.0.0.1:8081")]).ShouldBeOfType<LedgerPlace.Cosmos>();
    }

    [Theory]
    [InlineData("Disclosure:Ledger", "postgres", null)]
    [InlineData("Disclosure:Ledger", "Cosmos", "https://county.documents.azure.com/")]
    [InlineData("Disclosure:Cosmos:Endpoint", "cosmos", null)]
    [InlineData("Disclosure:Cosmos:Endpoint", "cosmos", "county.documents.azure.com")]
    [InlineData("Disclosure:Cosmos:Endpoint", "cosmos", "http://county.documents.azure.com/")]
    [InlineData("Disclosure:Cosmos:Endpoint", "sqlite", "https://county.documents.azure.com/")]
    public void Mistake_IsToldByTheSettingsName(string named, string ledger, string? endpoint)
    {
        (string, string)[] settings = endpoint is null ? [("Disclosure:Ledger", ledger)] : [("Disclosure:Ledger", ledger), ("Disclosure:Cosmos:Endpoint", endpoint)];
        Should.Throw<InvalidOperationException>(() => Read(settings)).Message.ShouldStartWith(named);
    }

    [Fact]
    public void LedgerInAzure_NeedsAnIssuerThatIsNotThisMachine()
    {
        (string, string)[] settings = [("Disclosure:Ledger", "cosmos"), ("Disclosure:Cosmos:Endpoint", "https://county.documents.azure.com/")];
        Should.Throw<InvalidOperationException>(() => Deployment.Read(Configuration(settings), "unused")).Message.ShouldStartWith("Disclosure:Identity:Authority");
        Deployment.Read(Configuration([.. settings, ("Disclosure:Identity:Authority", "https://login.example/")]), "unused").Ledger.ShouldBeOfType<LedgerPlace.Cosmos>();
    }

    [Fact]
    public void Role_IsAllUnlessSaidAndAnythingElseIsAMistake()
    {
        Deployment.Read(Configuration([]), "unused").Role.ShouldBe(AppRole.All);
        Deployment.Read(Configuration([("Disclosure:Role", "api")]), "unused").Role.ShouldBe(AppRole.Api);
        Deployment.Read(Configuration([("Disclosure:Role", "publisher")]), "unused").Role.ShouldBe(AppRole.Publisher);
        Should.Throw<InvalidOperationException>(() => Deployment.Read(Configuration([("Disclosure:Role", "Publisher")]), "unused")).Message.ShouldStartWith("Disclosure:Role");
    }

    [Fact]
    public async Task Import_IntoALedgerElsewhere_IsRefusedSinceItApproves()
    {
        using var folder = new Testing.TemporaryFolder();
        EndToEnd.Cli.Ended ended = await EndToEnd.Cli.RunAsync(
            folder.Path, [("Disclosure__Ledger", "cosmos"), ("Disclosure__Cosmos__Endpoint", "http://127.0.0.1:9/")], "import", "--data", folder.File("data"), "a.json");
        ended.Code.ShouldBe(1);
        ended.Error.ShouldContain("Disclosure:Ledger");
    }

    [Fact]
    public async Task AccountThatIsNotStrong_IsRefusedAtTheStart()
    {
        await using var server = new CosmosServer();
        await server.InitializeAsync();
        string name = await server.NewDatabaseAsync(TestContext.Current.CancellationToken);
        server.Consistency = "Session";
        Deployment deployment = Running.RunningApp.DeploymentOf("unused") with { Ledger = new LedgerPlace.Cosmos(server.Endpoint, name) };
        (await Should.ThrowAsync<InvalidOperationException>(
            () => Stores.OpenAsync(deployment, TimeProvider.System, TestContext.Current.CancellationToken))).Message.ShouldContain("Strong");
    }

    private static LedgerPlace Read((string Name, string Value)[] settings) => LedgerPlace.Read(Configuration(settings));

    private static IConfiguration Configuration((string Name, string Value)[] settings) => new ConfigurationBuilder()
        .AddInMemoryCollection(settings.Select(setting => KeyValuePair.Create(setting.Name, (string?)setting.Value)))
        .Build();
}
