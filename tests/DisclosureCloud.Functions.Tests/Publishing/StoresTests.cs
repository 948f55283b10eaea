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
    public void Storage_IsAFolderUnlessSaid()
    {
        StoragePlace.Read(Configuration([])).ShouldBe(new StoragePlace.Folder());
        StoragePlace.Read(Configuration([("Disclosure:Storage", "folder")])).ShouldBe(new StoragePlace.Folder());
        StoragePlace.Read(Configuration(AzureStorage())).ShouldBe(new StoragePlace.Azure(
            new Uri("https://archive.blob.core.windows.net/"), new Uri("https://site.blob.core.windows.net/"),
            new Uri("https://host.queue.core.windows.net/"), new Uri("https://host.table.core.windows.net/")));
    }

    [Theory]
    [InlineData("Disclosure:Storage:Archive", null)]
    [InlineData("Disclosure:Storage:Site", "")]
    [InlineData("Disclosure:Storage:Queues", "host.queue.core.windows.net")]
    [InlineData("Disclosure:Storage:Tables", "http://host.table.core.windows.net/")]
    [InlineData("Disclosure:Storage:Tables", "https://host.table.core.windows.net/?sv=1&sig=secret")]
    [InlineData("Disclosure:Storage", "s3")]
    [InlineData("Disclosure:Storage", "Azure")]
    [InlineData("Disclosure:Storage", "folder")]
    [InlineData("Disclosure:Storage", null)]
    public void MistakeInStorage_IsToldByTheSettingsName(string named, string? value)
    {
        (string, string)[] settings = [.. AzureStorage().Where(setting => setting.Item1 != named), .. value is null ? Array.Empty<(string, string)>() : [(named, value)]];
        string said = Should.Throw<InvalidOperationException>(() => StoragePlace.Read(Configuration(settings))).Message;
        said.ShouldStartWith("Disclosure:Storage");
        said.ShouldContain(named);
        said.ShouldNotContain("secret");
    }

    [Fact]
    public void Storage_IsNotHalfOnThisMachine()
    {
        (string, string)[] mixed = [.. AzureStorage().Where(setting => setting.Item1 != "Disclosure:Storage:Queues"), ("Disclosure:Storage:Queues", "http://127.0.0.1:10001/devstoreaccount1")];
        Should.Throw<InvalidOperationException>(() => StoragePlace.Read(Configuration(mixed))).Message.ShouldStartWith("Disclosure:Storage");
    }

    [Fact]
    public void StorageInAzure_NeedsAnIssuerThatIsNotThisMachine()
    {
        Should.Throw<InvalidOperationException>(() => Deployment.Read(Configuration(AzureStorage()), "unused")).Message.ShouldStartWith("Disclosure:Identity:Authority");
        Deployment.Read(Configuration([.. AzureStorage(), ("Disclosure:Identity:Authority", "https://login.example/")]), "unused").Storage.ShouldBeOfType<StoragePlace.Azure>();
    }

    [Theory]
    [InlineData("sun.county.gov.cn/funds", true)]
    [InlineData("localhost/disclosurecloud", true)]
    [InlineData("", false)]
    [InlineData("https://sun.county.gov.cn/funds", false)]
    [InlineData("sun.county.gov.cn/funds/", false)]
    [InlineData("sun.county.gov.cn/专账", false)]
    [InlineData("sun county", false)]
    public void Origin_IsAHostAndAPath(string origin, bool isOne)
    {
        IConfiguration settings = Configuration([("Disclosure:Log:Origin", origin)]);
        if (isOne)
        {
            Deployment.Read(settings, "unused").Origin.ShouldBe(origin);
        }
        else
        {
            Should.Throw<InvalidOperationException>(() => Deployment.Read(settings, "unused")).Message.ShouldStartWith("Disclosure:Log:Origin");
        }
    }

    [Fact]
    public void Topic_IsNoneUnlessSaidAndOverHttpsAlone()
    {
        Deployment.Read(Configuration([]), "unused").Topic.ShouldBeNull();
        Deployment.Read(Configuration([("Disclosure:EventGrid:Topic", "https://county.eventgrid.azure.net/api/events")]), "unused").Topic.ShouldNotBeNull();
        Should.Throw<InvalidOperationException>(() => Deployment.Read(Configuration([("Disclosure:EventGrid:Topic", "http://county.eventgrid.azure.net/")]), "unused"))
            .Message.ShouldStartWith("Disclosure:EventGrid:Topic");
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

    private static (string, string)[] AzureStorage() =>
    [
        ("Disclosure:Storage", "azure"),
        ("Disclosure:Storage:Archive", "https://archive.blob.core.windows.net/"),
        ("Disclosure:Storage:Site", "https://site.blob.core.windows.net/"),
        ("Disclosure:Storage:Queues", "https://host.queue.core.windows.net/"),
        ("Disclosure:Storage:Tables", "https://host.table.core.windows.net/"),
    ];

    private static LedgerPlace Read((string Name, string Value)[] settings) => LedgerPlace.Read(Configuration(settings));

    private static IConfiguration Configuration((string Name, string Value)[] settings) => new ConfigurationBuilder()
        .AddInMemoryCollection(settings.Select(setting => KeyValuePair.Create(setting.Name, (string?)setting.Value)))
        .Build();
}
