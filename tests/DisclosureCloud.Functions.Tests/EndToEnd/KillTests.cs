using System.Collections.Concurrent;
using System.Globalization;
using System.Net.Http.Headers;
using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;
using DisclosureCloud.Functions.Hosting;
using DisclosureCloud.Functions.Hosting.Bearer;
using DisclosureCloud.Functions.Tests.Running;
using DisclosureCloud.Ledger;
using DisclosureCloud.Testing;

namespace DisclosureCloud.Functions.Tests.EndToEnd;

/// <summary>The promise of design section 3, against kill -9: 201 means durable, exactly once, for ever.</summary>
public sealed class KillTests : IDisposable
{
    private const string Fund = "fund-kill";
    private const long AppropriatedYuan = 40;

    private readonly TemporaryFolder _folder = new();
    private readonly ConcurrentDictionary<string, string> _acknowledged = new(StringComparer.Ordinal);
    private readonly ConcurrentDictionary<string, string> _approved = new(StringComparer.Ordinal);
    private readonly LocalIssuer _issuer;
    private int _asked;

    public KillTests() => _issuer = LocalIssuer.Open(RunningApp.DeploymentOf(_folder.File("data")));

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    public void Dispose()
    {
        _issuer.Dispose();
        _folder.Dispose();
    }

    [Theory]
    [InlineData(1)]
    [InlineData(20261122)]
    public async Task Serve_KilledInAStreamOfRequests_KeepsEveryPromise(int seed)
    {
        var random = new Random(seed);
        (string poster, string approver) = Tokens();
        for (int round = 0; round < 3; round++)
        {
            await using Cli.Serving serving = await Cli.ServeAsync(_folder);
            using HttpClient http = Client(serving);
            if (round == 0)
            {
                await OpenFundAsync(http);
            }

            // Killed after a number of acknowledgements that the seed gives, wherever the others then are.
            int until = _acknowledged.Count + random.Next(5, 25);
            using var stop = CancellationTokenSource.CreateLinkedTokenSource(Cancel);
            Task[] streams = [.. Enumerable.Range(0, 4).Select(_ => StreamAsync(http, poster, approver, stop.Token))];
            await Eventually.TrueAsync("enough were acknowledged", () => Task.FromResult(_acknowledged.Count >= until || streams.All(stream => stream.IsCompleted)));
            await serving.Running.KillAsync();
            await stop.CancelAsync();
            await Task.WhenAll(streams);
            serving.Running.Said.ShouldNotContain(poster.Split('.')[1]);
            serving.Running.Said.ShouldNotContain("secret-note-4711");
        }

        await using Cli.Serving after = await Cli.ServeAsync(_folder);
        using HttpClient last = Client(after);
        try
        {
            await ShouldKeepPromisesAsync(last, poster);
        }
        catch (HttpRequestException fault)
        {
            throw new InvalidOperationException($"The app does not answer; {after.Running.State}. It said: {after.Running.Said}", fault);
        }

        await ShouldBalanceAsync();
    }

    private async Task ShouldKeepPromisesAsync(HttpClient http, string poster)
    {
        _acknowledged.Count.ShouldBeGreaterThan(10);
        foreach ((string key, string answer) in _acknowledged)
        {
            (int status, string text) = await SendAsync(http, HttpMethod.Post, "/api/postings", poster, Allocation(), key, Cancel);
            (status, text).ShouldBe((201, answer), key);
        }

        foreach ((string id, string answer) in _approved)
        {
            // Finished by whoever finds it: the follower, within its next look.
            await Eventually.TrueAsync($"the approved posting {id} is settled", async () =>
                await StateAsync(http, poster, id) is "effective" or "refused");
            string state = JsonElement.Parse(answer).GetProperty("state").GetString()!;
            (await StateAsync(http, poster, id)).ShouldBe(state, "what was answered stays");
        }

        foreach (string answer in _acknowledged.Values)
        {
            string id = JsonElement.Parse(answer).GetProperty("id").GetString()!;
            await Eventually.TrueAsync($"{id} is not left half done", async () => await StateAsync(http, poster, id) != "approved");
        }
    }

    private async Task ShouldBalanceAsync()
    {
        Deployment deployment = RunningApp.DeploymentOf(_folder.File("data"));
        await using Stores stores = await Stores.OpenAsync(deployment, TimeProvider.System, TestContext.Current.CancellationToken);
        var effective = new HashSet<string>(StringComparer.Ordinal);
        var entries = new List<string>();
        await foreach (CommitAt read in stores.Ledger.ReadAllAsync(Cursor.Start, Cancel))
        {
            if (read.Commit.Stream.Posting is { } posting && read.Commit.State["state"]!.GetValue<string>() == "effective")
            {
                effective.Add(posting.Value);
            }

            if (read.Commit.Stream.HoldsFacts)
            {
                entries.AddRange(read.Commit.Entries.Select(leaf => leaf.Id.Posting.Value));
            }
        }

        entries.Count.ShouldBe(entries.Distinct(StringComparer.Ordinal).Count(), "each of these postings makes one entry");
        entries.Order(StringComparer.Ordinal).ShouldBe(effective.Order(StringComparer.Ordinal));
        FundBooks books = Outcome.BooksOf(await stores.Ledger.ReadLastAsync(StreamName.Of(Id.Parse<FundId>(Fund)), Cancel))!;
        books.Allocated.Fen.ShouldBe(books.Allocations.Count * 100L);
        books.Allocations.Count.ShouldBe(entries.Count - Office.Opening(Fund, AppropriatedYuan).Length);
        books.Free.Fen.ShouldBe((AppropriatedYuan * 100) - books.Allocated.Fen);
        books.Free.Fen.ShouldBeGreaterThanOrEqualTo(0);
    }

    // Posts and approves one yuan after another until the process is gone.
    private async Task StreamAsync(HttpClient http, string poster, string approver, CancellationToken stop)
    {
        try
        {
            while (!stop.IsCancellationRequested)
            {
                string key = string.Create(CultureInfo.InvariantCulture, $"kill-{Interlocked.Increment(ref _asked)}");
                (int status, string answer) = await SendAsync(http, HttpMethod.Post, "/api/postings", poster, Allocation(), key, stop);
                if (status == 422)
                {
                    return; // The fund is used up.
                }

                status.ShouldBe(201, answer);
                _acknowledged[key] = answer;
                string id = JsonElement.Parse(answer).GetProperty("id").GetString()!;
                (int decided, string progress) = await SendAsync(http, HttpMethod.Post, $"/api/postings/{id}/approval", approver, Office.Checked, null, stop);
                decided.ShouldBe(200, progress);
                _approved[id] = progress;
            }
        }
        catch (Exception fault) when (fault is HttpRequestException or OperationCanceledException)
        {
            // The process is gone: what was under way may be done or not, and no answer was given.
        }
    }

    private async Task OpenFundAsync(HttpClient http)
    {
        foreach ((string department, JsonObject posting) in Office.Opening(Fund, AppropriatedYuan))
        {
            (string poster, string approver) = Tokens(department);
            (int status, string answer) = await SendAsync(http, HttpMethod.Post, "/api/postings", poster, posting.ToJsonString(), Office.NewKey(), Cancel);
            status.ShouldBe(201, answer);
            string id = JsonElement.Parse(answer).GetProperty("id").GetString()!;
            (status, answer) = await SendAsync(http, HttpMethod.Post, $"/api/postings/{id}/approval", approver, Office.Checked, null, Cancel);
            status.ShouldBe(200, answer);
        }
    }

    private static string Allocation()
    {
        JsonObject posting = Office.Allocation(Fund, 1);
        posting["note"] = "secret-note-4711";
        return posting.ToJsonString();
    }

    private static async Task<string> StateAsync(HttpClient http, string token, string id)
    {
        (int status, string text) = await SendAsync(http, HttpMethod.Get, $"/api/postings/{id}", token, null, null, Cancel);
        status.ShouldBe(200, text);
        return JsonElement.Parse(text).GetProperty("state").GetString()!;
    }

    private static async Task<(int Status, string Text)> SendAsync(
        HttpClient http, HttpMethod method, string path, string token, string? body, string? key, CancellationToken cancel)
    {
        using var request = new HttpRequestMessage(method, path);
        request.Headers.Authorization = new AuthenticationHeaderValue("Bearer", token);
        if (key is not null)
        {
            request.Headers.Add("Idempotency-Key", key);
        }

        request.Content = body is null ? null : new StringContent(body, Encoding.UTF8, "application/json");
        using HttpResponseMessage response = await http.SendAsync(request, cancel);
        return ((int)response.StatusCode, await response.Content.ReadAsStringAsync(cancel));
    }

    private static HttpClient Client(Cli.Serving serving) => new() { BaseAddress = serving.Address };

    private (string Poster, string Approver) Tokens(string department = "finance") => (Token(department, "poster"), Token(department, "approver"));

    private string Token(string department, string role) =>
        _issuer.Issue(Id.Parse<DepartmentId>(department), Id.Parse<PersonId>($"{department}-{role}"), [role], region: null, TimeProvider.System);
}
