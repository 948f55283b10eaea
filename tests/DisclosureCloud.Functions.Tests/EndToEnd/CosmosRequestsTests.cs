using System.Globalization;
using DisclosureCloud.Emulators;
using DisclosureCloud.Functions.Hosting;
using DisclosureCloud.Functions.Tests.Running;
using DisclosureCloud.Testing;
using Microsoft.AspNetCore.Http;

namespace DisclosureCloud.Functions.Tests.EndToEnd;

/// <summary>What each operation asks of Cosmos DB. The table in the README is this one: a change of either fails here.</summary>
/// <remarks>
/// Request units can only be measured in Azure. What can be counted here is requests, and for each the least that Microsoft's documentation
/// gives: 2 units for a read at strong consistency, a query among them, and 5 for a write, of 1 KB each.
/// </remarks>
public sealed class CosmosRequestsTests : IAsyncLifetime
{
    private const int UnitsOfRead = 2;
    private const int UnitsOfWrite = 5;

    private readonly CosmosServer _server = new();
    private readonly Lock _changing = new();
    private int _reads;
    private int _writes;
    private AppOverCosmos? _app;

    public async ValueTask InitializeAsync()
    {
        await _server.InitializeAsync();
        _app = new AppOverCosmos(_server) { Listening = new Listening.ForHost(Port: 0) }; // Nothing happens by itself.
        await _app.InitializeAsync();
        _server.Faults = Count;
    }

    public async ValueTask DisposeAsync()
    {
        _server.Faults = null;
        await _app!.DisposeAsync();
        await _server.DisposeAsync();
    }

    [Fact]
    public async Task Operations_AskWhatTheReadmeSays()
    {
        AppOverCosmos app = _app!;
        var office = new Office(app);
        await office.OpenFundAsync("f-units", 100);
        await office.GetAsync((await office.PostAsync(Office.Fund("f-warm"))).Id); // Connections are open, and the account was asked what it is.
        await app.GetAsync("/api/health");
        await app.GetAsync("/api/postings", office.Poster);

        string id = "";
        var rows = new List<string>
        {
            await RowAsync("`POST /api/postings` (an allocation)", async () => id = (await app.PostAsync("/api/postings", Office.Allocation("f-units", 10).ToJsonString(), "units", office.Poster)).ShouldBe(201).Id),
            await RowAsync("the same again", async () => (await app.PostAsync("/api/postings", Office.Allocation("f-units", 10).ToJsonString(), "units", office.Poster)).ShouldBe(201)),
            await RowAsync("`POST /api/postings?dryRun=true`", async () => (await app.PostAsync("/api/postings?dryRun=true", Office.Allocation("f-units", 10).ToJsonString(), key: null, office.Poster)).ShouldBe(200)),
            await RowAsync("`GET /api/postings/{id}`", async () => (await office.GetAsync(id)).ShouldBe(200)),
            await RowAsync("`POST /api/postings/{id}/approval`, with all that it brings about", async () => (await office.ApproveAsync(id)).ShouldBe(200)),
            await RowAsync("`GET /api/postings`, where little is new", async () => (await app.GetAsync("/api/postings", office.Poster)).ShouldBe(200)),
            await RowAsync("`GET /api/health`, where little is new", async () => (await app.GetAsync("/api/health")).ShouldBe(200)),
        };

        // Once all is published, each minute costs this, whether somebody posts or not.
        await FireAsync(app, "Reconcile");
        await FireAsync(app, "PublishSite");
        await FireAsync(app, "PublishSite");
        rows.Add(await RowAsync("`Reconcile`, where nothing is new", () => FireAsync(app, "Reconcile")));
        rows.Add(await RowAsync("`PublishSite`, where nothing is new", () => FireAsync(app, "PublishSite")));

        TestContext.Current.TestOutputHelper!.WriteLine(string.Join('\n', rows));
        string readme = await File.ReadAllTextAsync(Path.Combine(RepositoryRoot.Path, "README.md"), TestContext.Current.CancellationToken);
        foreach (string row in rows)
        {
            readme.ShouldContain(row, Case.Sensitive);
        }
    }

    private static async Task FireAsync(AppOverCosmos app, string timer)
    {
        using ByteArrayContent body = RunningApp.Json("""{"Data":{"timer":{}},"Metadata":{}}"""u8.ToArray());
        using HttpResponseMessage answer = await app.Http.PostAsync(new Uri($"/{timer}", UriKind.Relative), body, TestContext.Current.CancellationToken);
        ((int)answer.StatusCode).ShouldBe(200);
    }

    private async Task<string> RowAsync(string operation, Func<Task> act)
    {
        lock (_changing)
        {
            (_reads, _writes) = (0, 0);
        }

        await act();
        return string.Create(CultureInfo.InvariantCulture, $"| {operation} | {_reads} | {_writes} | {(_reads * UnitsOfRead) + (_writes * UnitsOfWrite)} |");
    }

    // A query is a POST too, and one for its plan asks no data.
    private Fault? Count(HttpRequest request)
    {
        if (request.Path.Value!.Contains("/docs", StringComparison.Ordinal) && !request.Headers.ContainsKey("x-ms-cosmos-is-query-plan-request"))
        {
            lock (_changing)
            {
                bool isRead = HttpMethods.IsGet(request.Method) || request.Headers.ContainsKey("x-ms-documentdb-isquery");
                _ = isRead ? _reads++ : _writes++;
            }
        }

        return null;
    }
}
