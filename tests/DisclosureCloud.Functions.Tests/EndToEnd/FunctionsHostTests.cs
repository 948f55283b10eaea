using System.Net.Http.Headers;
using System.Text;
using System.Text.Json;
using DisclosureCloud.Emulators;
using DisclosureCloud.Functions.Hosting.Bearer;
using DisclosureCloud.Functions.Tests.Running;
using DisclosureCloud.Ledger;
using DisclosureCloud.Testing;

namespace DisclosureCloud.Functions.Tests.EndToEnd;

/// <summary>The published app behind a driver that does what the Functions host does, its ledger in Cosmos DB.</summary>
public sealed class FunctionsHostTests(PublishedApp published, CosmosServer server) : IClassFixture<PublishedApp>, IAsyncLifetime
{
    private readonly TemporaryFolder _folder = new();
    private Dictionary<string, string> _settings = [];
    private LocalIssuer? _issuer;

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    public async ValueTask InitializeAsync()
    {
        string database = await server.NewDatabaseAsync(Cancel);
        _issuer = LocalIssuer.Open(RunningApp.DeploymentOf(_folder.File("data")));
        _settings = new(StringComparer.Ordinal)
        {
            ["Disclosure__Data"] = _folder.File("data"),
            ["Disclosure__Ledger"] = "cosmos",
            ["Disclosure__Cosmos__Endpoint"] = server.Endpoint.AbsoluteUri,
            ["Disclosure__Cosmos__Database"] = database,
        };
    }

    public ValueTask DisposeAsync()
    {
        _issuer?.Dispose();
        _folder.Dispose();
        return ValueTask.CompletedTask;
    }

    [Fact]
    public void Root_HoldsHostJsonTheExecutableAndTheFunctions()
    {
        File.Exists(Path.Combine(published.Root, "host.json")).ShouldBeTrue();
        if (!OperatingSystem.IsWindows())
        {
            File.GetUnixFileMode(Path.Combine(published.Root, "disclosurecloud")).HasFlag(UnixFileMode.UserExecute).ShouldBeTrue();
        }

        // Every immediate folder with a function.json is a function; no other folder of ours has any business here.
        string[] folders = [.. Directory.GetDirectories(published.Root).Select(path => Path.GetFileName(path)!).Order(StringComparer.Ordinal)];
        folders.Where(folder => !File.Exists(Path.Combine(published.Root, folder, "function.json"))).ShouldBe(["runtimes"]);
        Directory.GetFiles(published.Root, "*.json").Select(path => Path.GetFileName(path)!).Order(StringComparer.Ordinal)
            .ShouldBe(["disclosurecloud.deps.json", "disclosurecloud.runtimeconfig.json", "host.json"]);
    }

    [Fact]
    public async Task Posting_ByHttp_IsEffectiveInCosmosAndPublishedByTheTimer()
    {
        await using FunctionsHost host = await FunctionsHost.StartAsync(published.Root, _settings, Cancel);
        (await host.FireTimerAsync("PublishSite", Cancel)).ShouldHaveSingleItem().ShouldStartWith("published position 0");
        await RecordFundAsync(host, "fund-host");

        // Nothing publishes by itself behind the host: the timer does.
        (await PositionAsync()).ShouldBe(0);
        (await host.FireTimerAsync("PublishSite", Cancel)).ShouldHaveSingleItem().ShouldStartWith("published position 1");
        (await PositionAsync()).ShouldBe(1);
        (await host.FireTimerAsync("PublishSite", Cancel)).ShouldBe(["nothing is new"]);
        (await host.FireTimerAsync("Reconcile", Cancel)).ShouldBe(["0 postings finished, 0 to be tried again; log at 3, 0 waiting"]);
        (await host.FireTimerAsync("TurnDay", Cancel)).ShouldBe(["the ledger was counted anew: position 1"]);
        (await host.FireTimerAsync("TurnDay", Cancel)).ShouldBe(["the day's work is done"]);
    }

    [Fact]
    public async Task TwoRoles_OverOneLedger_OneTakesAndTheOtherPublishes()
    {
        await using FunctionsHost api = await FunctionsHost.StartAsync(published.Root, With("Disclosure__Role", "api"), Cancel);
        await using FunctionsHost publisher = await FunctionsHost.StartAsync(published.Root, With("Disclosure__Role", "publisher"), Cancel);
        await RecordFundAsync(api, "fund-roles");
        (await publisher.FireTimerAsync("PublishSite", Cancel)).ShouldHaveSingleItem().ShouldStartWith("published position 1");
        await Should.ThrowAsync<InvalidOperationException>(() => api.FireTimerAsync("PublishSite", Cancel));

        using var http = new HttpClient();
        using var content = new StringContent("{}", Encoding.UTF8, "application/json");
        using HttpResponseMessage refused = await http.PostAsync(new Uri(publisher.Address, "/api/postings"), content, Cancel);
        ((int)refused.StatusCode).ShouldBe(404);
        (await http.GetStringAsync(new Uri(publisher.Address, "/api/health"), Cancel)).ShouldContain("\"ledgerPosition\":1");
        (await http.GetStringAsync(new Uri(api.Address, "/api/health"), Cancel)).ShouldContain("\"ledgerPosition\":1");
    }

    [Fact]
    public async Task Killed_AtAnyMoment_KeepsWhatItAcknowledged()
    {
        string id;
        await using (FunctionsHost first = await FunctionsHost.StartAsync(published.Root, _settings, Cancel))
        {
            id = await PostAsync(first, Office.Fund("fund-killed").ToJsonString(), "killed-1");
            await first.KillAsync();
        }

        await using FunctionsHost second = await FunctionsHost.StartAsync(published.Root, _settings, Cancel);
        (await PostAsync(second, Office.Fund("fund-killed").ToJsonString(), "killed-1")).ShouldBe(id);
        (await SendAsync(second, HttpMethod.Post, $"/api/postings/{id}/approval", Office.Checked, Role.Approver)).GetProperty("state").GetString().ShouldBe("effective");
    }

    [Theory]
    [InlineData("/Reconcile")]
    [InlineData("/api/../Reconcile")]
    [InlineData("/api/Reconcile")]
    [InlineData("/admin/functions/Reconcile")]
    [InlineData("/")]
    public async Task Public_CannotReachTriggers(string path)
    {
        await using FunctionsHost host = await FunctionsHost.StartAsync(published.Root, _settings, Cancel);
        using var http = new HttpClient();
        using var content = new StringContent("""{"Data":{"timer":{}},"Metadata":{}}""", Encoding.UTF8, "application/json");
        using HttpResponseMessage answer = await http.PostAsync(new Uri(host.Address, path), content, Cancel);
        ((int)answer.StatusCode).ShouldBe(404);
    }

    [Theory]
    [InlineData("")]
    [InlineData("null")]
    [InlineData("{}")]
    [InlineData("""{"Data":{}}""")]
    [InlineData("""{"Data":[]}""")]
    [InlineData("""{"Data":{"timer":7}}""")]
    [InlineData("""{"Data":{"Timer":{}}}""")]
    public async Task Trigger_CalledWithSomethingElse_Is4xxWithABody(string body)
    {
        await using FunctionsHost host = await FunctionsHost.StartAsync(published.Root, _settings, Cancel);
        using var http = new HttpClient();
        using var content = new StringContent(body, Encoding.UTF8, "application/json");
        using HttpResponseMessage answer = await http.PostAsync(new Uri(host.HandlerAddress, "/Reconcile"), content, Cancel);
        ((int)answer.StatusCode).ShouldBeInRange(400, 499);
        (await answer.Content.ReadAsStringAsync(Cancel)).ShouldStartWith("{");
    }

    private Dictionary<string, string> With(string name, string value) => new(_settings, StringComparer.Ordinal) { [name] = value };

    private async Task RecordFundAsync(FunctionsHost host, string fund)
    {
        string id = await PostAsync(host, Office.Fund(fund).ToJsonString(), $"{fund}-1");
        (await SendAsync(host, HttpMethod.Post, $"/api/postings/{id}/approval", Office.Checked, Role.Approver)).GetProperty("state").GetString().ShouldBe("effective");
    }

    private async Task<string> PostAsync(FunctionsHost host, string body, string key) =>
        (await SendAsync(host, HttpMethod.Post, "/api/postings", body, Role.Poster, key)).GetProperty("id").GetString()!;

    private async Task<JsonElement> SendAsync(FunctionsHost host, HttpMethod method, string path, string body, string role, string? key = null)
    {
        using var http = new HttpClient();
        using var request = new HttpRequestMessage(method, new Uri(host.Address, path)) { Content = new StringContent(body, Encoding.UTF8, "application/json") };
        request.Headers.Authorization = new AuthenticationHeaderValue(
            "Bearer", _issuer!.Issue(Id.Parse<DepartmentId>("finance"), Id.Parse<PersonId>($"finance-{role}"), [role], region: null, TimeProvider.System));
        if (key is not null)
        {
            request.Headers.Add("Idempotency-Key", key);
        }

        using HttpResponseMessage answer = await http.SendAsync(request, Cancel);
        string said = await answer.Content.ReadAsStringAsync(Cancel);
        answer.IsSuccessStatusCode.ShouldBeTrue($"{(int)answer.StatusCode} {said} {host.Said}");
        return JsonElement.Parse(said);
    }

    private async Task<long> PositionAsync()
    {
        string status = await File.ReadAllTextAsync(Path.Combine(_folder.File("data"), "site", "status.json"), Cancel);
        return JsonElement.Parse(status).GetProperty("position").GetInt64();
    }
}
