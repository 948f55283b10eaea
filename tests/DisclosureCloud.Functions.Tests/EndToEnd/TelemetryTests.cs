using System.Collections.Concurrent;
using System.Globalization;
using System.Net.Http.Headers;
using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;
using DisclosureCloud.Functions.Hosting.Bearer;
using DisclosureCloud.Functions.Tests.Running;
using DisclosureCloud.Ledger;
using DisclosureCloud.Testing;

namespace DisclosureCloud.Functions.Tests.EndToEnd;

/// <summary>What the app tells a collector: that a posting came and what came of it, and nothing that it says.</summary>
public sealed class TelemetryTests : IAsyncLifetime
{
    private const string Said = "secret-name-4711";
    private const string Word = "secret-word-4712";
    private const string Key = "secret-key-4713";

    private readonly TemporaryFolder _folder = new();
    private readonly ConcurrentDictionary<string, ConcurrentQueue<byte[]>> _received = new(StringComparer.Ordinal);
    private WebApplication _collector = null!;
    private LocalIssuer _issuer = null!;

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    public async ValueTask InitializeAsync()
    {
        WebApplicationBuilder builder = WebApplication.CreateSlimBuilder();
        builder.Logging.ClearProviders();
        builder.WebHost.UseUrls("http://127.0.0.1:0");
        _collector = builder.Build();
        _collector.Run(async context =>
        {
            using var body = new MemoryStream();
            await context.Request.Body.CopyToAsync(body, context.RequestAborted);
            _received.GetOrAdd(context.Request.Path, _ => new()).Enqueue(body.ToArray());
            context.Response.ContentType = "application/x-protobuf";
        });
        await _collector.StartAsync();
        _issuer = LocalIssuer.Open(RunningApp.DeploymentOf(_folder.File("data")));
    }

    public async ValueTask DisposeAsync()
    {
        _issuer.Dispose();
        await _collector.DisposeAsync();
        _folder.Dispose();
    }

    [Fact]
    public async Task Collector_IsToldIdsAndOutcomesAndNothingThatAPostingSays()
    {
        await using Cli.Serving serving = await Cli.ServeAsync(
            _folder,
            ("OTEL_EXPORTER_OTLP_ENDPOINT", _collector.Urls.Single()),
            ("OTEL_EXPORTER_OTLP_PROTOCOL", "http/protobuf"),
            ("OTEL_BSP_SCHEDULE_DELAY", "100"),
            ("OTEL_METRIC_EXPORT_INTERVAL", "200"));
        JsonObject fund = Office.Fund("fund-told");
        fund["name"] = Said;
        string poster = Token(Role.Poster);
        string approver = Token(Role.Approver);
        string id = (await PostAsync(serving, "/api/postings", fund.ToJsonString(), poster)).GetProperty("id").GetString()!;
        await PostAsync(serving, $"/api/postings/{id}/approval", $$"""{"checked":"{{Word}}"}""", approver);

        await Eventually.TrueAsync("spans came", () => Task.FromResult(
            Told("/v1/traces", "posting.submit") && Told("/v1/traces", "posting.decide") && Told("/v1/traces", "site.publish") && Told("/v1/traces", id) && Told("/v1/traces", "effective")));
        await Eventually.TrueAsync("metrics came", () => Task.FromResult(
            Told("/v1/metrics", "disclosurecloud.postings") && Told("/v1/metrics", "disclosurecloud.decisions") && Told("/v1/metrics", "disclosurecloud.site.files")));
        foreach (string secret in new[] { Said, Word, Key, poster.Split('.')[1], approver.Split('.')[1], "finance-poster", "finance-approver" })
        {
            (Told("/v1/traces", secret) || Told("/v1/metrics", secret)).ShouldBeFalse(secret);
        }
    }

    [Fact]
    public async Task WithoutAnAddress_NothingIsSent()
    {
        await using Cli.Serving serving = await Cli.ServeAsync(_folder, ("OTEL_BSP_SCHEDULE_DELAY", "100"));
        await PostAsync(serving, "/api/postings", Office.Fund("fund-silent").ToJsonString(), Token(Role.Poster));
        _received.ShouldBeEmpty();
    }

    // Text stands as UTF-8 in the messages, whatever surrounds it.
    private bool Told(string path, string text) => _received.TryGetValue(path, out ConcurrentQueue<byte[]>? bodies)
        && bodies.Any(body => body.AsSpan().IndexOf(Encoding.UTF8.GetBytes(text)) >= 0);

    private string Token(string role) => _issuer.Issue(
        Id.Parse<DepartmentId>("finance"), Id.Parse<PersonId>($"finance-{role}"), [role], region: null, TimeProvider.System);

    private static async Task<JsonElement> PostAsync(Cli.Serving serving, string path, string body, string token)
    {
        using var http = new HttpClient();
        using var request = new HttpRequestMessage(HttpMethod.Post, new Uri(serving.Address, path)) { Content = new StringContent(body, Encoding.UTF8, "application/json") };
        request.Headers.Authorization = new AuthenticationHeaderValue("Bearer", token);
        request.Headers.Add("Idempotency-Key", Key);
        using HttpResponseMessage answer = await http.SendAsync(request, Cancel);
        string said = await answer.Content.ReadAsStringAsync(Cancel);
        answer.IsSuccessStatusCode.ShouldBeTrue(string.Create(CultureInfo.InvariantCulture, $"{(int)answer.StatusCode} {said}"));
        return JsonElement.Parse(said);
    }
}
