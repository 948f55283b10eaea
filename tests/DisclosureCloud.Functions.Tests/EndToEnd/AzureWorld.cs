using System.Net.Http.Headers;
using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;
using DisclosureCloud.Emulators;
using DisclosureCloud.Functions.Hosting.Bearer;
using DisclosureCloud.Functions.Tests.Running;
using DisclosureCloud.Ledger;
using DisclosureCloud.Storage;
using DisclosureCloud.Testing;

namespace DisclosureCloud.Functions.Tests.EndToEnd;

/// <summary>The published app as it runs in Azure: behind the Functions host, over Cosmos DB, Blob, Queue and Table Storage and a topic.</summary>
public sealed class AzureWorld : IAsyncLifetime
{
    private readonly TemporaryFolder _folder = new();
    private readonly PublishedApp _published = new();
    private LocalIssuer? _issuer;
    private TopicServer? _topic;
    private FunctionsHost? _host;
    private string _database = "";

    public CosmosServer Cosmos { get; } = new();

    public AzuriteServer Storage { get; } = new();

    public TopicServer Topic => _topic!;

    public FunctionsHost Host => _host!;

    internal ILedgerStore Ledger { get; private set; } = null!;

    internal IArchiveFiles Archive { get; private set; } = null!;

    internal ISiteFiles Site { get; private set; } = null!;

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    public async ValueTask InitializeAsync()
    {
        await Cosmos.InitializeAsync();
        await Storage.InitializeAsync();
        StorageAccount account = Storage.Open(); // Skips where Node is missing.
        _topic = await TopicServer.StartAsync();
        await _published.InitializeAsync();
        _database = await Cosmos.NewDatabaseAsync(Cancel);
        _issuer = LocalIssuer.Open(RunningApp.DeploymentOf(_folder.File("data")));
        _host = await FunctionsHost.StartAsync(_published.Root, Settings(), Storage, Cancel);
        Ledger = new CosmosLedgerStore(Cosmos.Open(_database), TimeProvider.System);
        (int status, JsonElement posted) = await CallAsync(HttpMethod.Post, "/api/postings", Registration.OfTwo("finance").ToJsonString(), Role.Poster, "registration");
        status.ShouldBe(201);
        (status, _) = await CallAsync(HttpMethod.Post, $"/api/postings/{posted.GetProperty("id").GetString()}/approval", Office.Checked, Role.Approver);
        status.ShouldBe(200);
        await Host.DrainAsync(Cancel);
        Archive = new BlobArchive(account, "archive");
        Site = new BlobSite(account, "staging");
    }

    public async ValueTask DisposeAsync()
    {
        if (_host is not null)
        {
            await _host.DisposeAsync();
        }

        if (_topic is not null)
        {
            await _topic.DisposeAsync();
        }

        await Storage.DisposeAsync();
        await Cosmos.DisposeAsync();
        await _published.DisposeAsync();
        _issuer?.Dispose();
        _folder.Dispose();
    }

    public string Token(string role) =>
        _issuer!.Issue(Id.Parse<DepartmentId>("finance"), Id.Parse<PersonId>($"finance-{role}"), [role], region: null, TimeProvider.System);

    /// <summary>A message of the queue of postings.</summary>
    public string Message(JsonObject posting, string key) => MessageSigner.Message(Token(Role.Poster), key, posting, TimeProvider.System.GetUtcNow());

    /// <summary>Puts a message into the queue of postings, as a department's program would.</summary>
    public Task SendAsync(string message) =>
        Storage.Queues.GetQueueClient("postings").SendMessageAsync(Convert.ToBase64String(Encoding.UTF8.GetBytes(message)), Cancel);

    public async Task<(int Status, JsonElement Body)> CallAsync(HttpMethod method, string path, string? body, string role, string? key = null)
    {
        using var http = new HttpClient();
        using var request = new HttpRequestMessage(method, new Uri(Host.Address, path));
        request.Content = body is null ? null : new StringContent(body, Encoding.UTF8, "application/json");
        request.Headers.Authorization = new AuthenticationHeaderValue("Bearer", Token(role));
        if (key is not null)
        {
            request.Headers.Add("Idempotency-Key", key);
        }

        using HttpResponseMessage answer = await http.SendAsync(request, Cancel);
        string text = await answer.Content.ReadAsStringAsync(Cancel);
        return ((int)answer.StatusCode, text.StartsWith('{') ? JsonElement.Parse(text) : default);
    }

    /// <summary>What the handler writes comes a moment after its answer.</summary>
    public Task SaysAsync(string text) =>
        Eventually.TrueAsync($"the handler says '{text}'", () => Task.FromResult(Host.Said.Contains(text, StringComparison.Ordinal)));

    /// <summary>A process that was killed has not given up the lock, and another takes it over after twenty seconds. A test spares itself them.</summary>
    public async Task BreakLockAsync()
    {
        var cells = new TableCells(Storage.Open(), "cells");
        var key = CellKey.Parse("publish");
        if (await cells.GetAsync(key, Cancel) is { } held)
        {
            await cells.DeleteAsync(key, held.Tag, Cancel);
        }
    }

    internal async Task<List<Commit>> CommitsAsync(string stream)
    {
        var commits = new List<Commit>();
        await foreach (Commit commit in Ledger.ReadStreamAsync(Id.Parse<StreamName>(stream), 0, Cancel))
        {
            commits.Add(commit);
        }

        return commits;
    }

    private Dictionary<string, string> Settings() => new(StringComparer.Ordinal)
    {
        ["Disclosure__Data"] = _folder.File("data"),
        ["Disclosure__Ledger"] = "cosmos",
        ["Disclosure__Cosmos__Endpoint"] = Cosmos.Endpoint.AbsoluteUri,
        ["Disclosure__Cosmos__Database"] = _database,
        ["Disclosure__Storage"] = "azure",
        ["Disclosure__Storage__Archive"] = Storage.Endpoints.Blobs.AbsoluteUri,
        ["Disclosure__Storage__Site"] = Storage.Endpoints.Blobs.AbsoluteUri,
        ["Disclosure__Storage__Queues"] = Storage.Endpoints.Queues.AbsoluteUri,
        ["Disclosure__Storage__Tables"] = Storage.Endpoints.Tables.AbsoluteUri,
        ["Disclosure__EventGrid__Topic"] = Topic.Endpoint.AbsoluteUri,
    };
}
