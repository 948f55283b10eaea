using System.Net;
using System.Net.Sockets;
using System.Text.Json;
using DisclosureCloud.Functions.GetEntries;
using DisclosureCloud.Functions.Hosting;
using DisclosureCloud.Functions.Hosting.Bearer;
using DisclosureCloud.Functions.Hosting.Entries;
using DisclosureCloud.Functions.Tests.Entries;
using DisclosureCloud.Functions.Tests.Running;
using DisclosureCloud.Ledger;
using DisclosureCloud.Testing;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;

namespace DisclosureCloud.Functions.Tests.Http;

/// <summary>GET /api/entries over HTTP, upon a published log of three segments and a tail.</summary>
public sealed class EntriesTests(EntriesTests.World app) : IClassFixture<EntriesTests.World>
{
    private string Auditor => app.Token("audit", "audit-auditor", Role.Auditor);

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Entries_OfEachFilter_AreWhatANaiveScanFinds()
    {
        // One of each name: all that they can be is tested upon the search itself.
        foreach ((string name, string value) in NaiveScan.Filters().DistinctBy(filter => filter.Name, StringComparer.Ordinal))
        {
            Answer answer = await app.GetAsync($"/api/entries?limit=1000&{name}={Uri.EscapeDataString(value)}", Auditor);
            answer.ShouldBe(200).Json.GetProperty("entries").EnumerateArray().Select(entry => entry.GetProperty("leafIndex").GetInt32())
                .ShouldBe(NaiveScan.Find(name, value).Take(1000), $"{name}={value}");
        }
    }

    [Fact]
    public async Task Entries_FollowedByTheirCursor_AreEachOnceAndSayWhatWasRead()
    {
        int[] wanted = NaiveScan.Find("kind", "fund");
        var all = new List<int>();
        string path = "/api/entries?kind=fund&limit=300";
        for (string? next = ""; next is not null;)
        {
            JsonElement page = (await app.GetAsync(path + next, Auditor)).ShouldBe(200).Json;
            page.GetProperty("treeSize").GetInt64().ShouldBe(ArchiveWorld.TreeSize);
            page.GetProperty("read").GetProperty("bytes").GetInt64().ShouldBeGreaterThan(0);
            all.AddRange(page.GetProperty("entries").EnumerateArray().Select(entry => entry.GetProperty("leafIndex").GetInt32()));
            next = page.TryGetProperty("next", out JsonElement cursor) ? $"&cursor={cursor.GetString()}" : null;
        }

        all.ShouldBe(wanted);
        all.Count.ShouldBeGreaterThan(300, "else there is one page");
    }

    [Theory]
    [InlineData("text/csv", "", "text/csv")]
    [InlineData("application/x-ndjson", "", "application/x-ndjson")]
    [InlineData("text/csv;q=0.5, application/x-ndjson", "", "application/x-ndjson")]
    [InlineData("application/json", "", "application/json")]
    [InlineData("*/*", "", "application/json")]
    [InlineData("image/png", "", "application/json")]
    [InlineData("text/csv", "&format=json", "application/json")]
    [InlineData("application/json", "&format=csv", "text/csv")]
    public async Task Entries_AreInTheFormThatIsAskedFor(string accept, string format, string wanted)
    {
        using HttpRequestMessage request = RunningApp.Request(HttpMethod.Get, $"/api/entries?limit=2{format}", Auditor);
        request.Headers.Add("Accept", accept);
        (await app.SendAsync(request)).ShouldBe(200).MediaType.ShouldBe(wanted);
    }

    [Fact]
    public async Task Entries_AsLines_AreTheSameInEveryFormAndLinkTheNextPage()
    {
        JsonElement page = (await app.GetAsync("/api/entries?kind=disbursement&limit=5", Auditor)).Json;
        using HttpRequestMessage request = RunningApp.Request(HttpMethod.Get, "/api/entries?kind=disbursement&limit=5&format=ndjson", Auditor);
        using HttpResponseMessage response = await app.Http.SendAsync(request, Cancel);
        string[] lines = (await response.Content.ReadAsStringAsync(Cancel)).Split('\n')[..^1];
        lines.ShouldBe(page.GetProperty("entries").EnumerateArray().Select(entry => entry.GetRawText()));
        response.Headers.GetValues("Disclosure-Read").Single().ShouldMatch($"^tree-size={ArchiveWorld.TreeSize}, segments=[0-9]+, blocks=[0-9]+, bytes=[0-9]+$");

        string link = response.Headers.GetValues("Link").Single();
        link.ShouldEndWith(">; rel=\"next\"");
        Answer next = await app.GetAsync(link[1..link.IndexOf('>', StringComparison.Ordinal)], Auditor);
        next.ShouldBe(200).MediaType.ShouldBe("application/x-ndjson");
        JsonElement.Parse(next.Text.Split('\n')[0]).GetProperty("leafIndex").GetInt32().ShouldBe(NaiveScan.Find("kind", "disbursement")[5]);
    }

    [Fact]
    public async Task Entries_AsCsv_HaveOneSetOfColumnsAndNoFormula()
    {
        Answer every = await app.GetAsync("/api/entries?format=csv&limit=1000", Auditor);
        string[] lines = every.Text.Split("\r\n");
        lines[0].ShouldBe("leafIndex,entry,kind,date,recordedAt,department,channel,fund,project,place,currency,amountFen,document,voucher,contract,payee,payeeCode,nature,source,cites,notice,says,withheld");
        (await app.GetAsync("/api/entries?format=csv&text=nothing%20at%20all", Auditor)).Text.ShouldBe(lines[0] + "\r\n");
        lines.Length.ShouldBe(1 + 1000 + 1);
        lines[1].ShouldStartWith("0,");

        // The worlds have names that a spreadsheet would run.
        every.Text.ShouldContain("'=1+1", Case.Sensitive);
        lines.SelectMany(line => line.Split(',')).ShouldAllBe(cell => !cell.StartsWith('=') && !cell.StartsWith("\"=") && !cell.StartsWith('＝'));
    }

    [Theory]
    [InlineData("limit=0", "limit", "bad-parameter")]
    [InlineData("limit=1001", "limit", "bad-parameter")]
    [InlineData("limit=-1", "limit", "bad-parameter")]
    [InlineData("limit=1e2", "limit", "bad-parameter")]
    [InlineData("limit=", "limit", "bad-parameter")]
    [InlineData("limit=5&limit=5", "limit", "repeated-parameter")]
    [InlineData("offset=5", "offset", "unknown-parameter")]
    [InlineData("page=2", "page", "unknown-parameter")]
    [InlineData("Fund=x", "Fund", "unknown-parameter")]
    [InlineData("flag=any", "flag", "unknown-parameter")]
    [InlineData("=x", "", "unknown-parameter")]
    [InlineData("fund=Not%20An%20Id", "fund", "bad-parameter")]
    [InlineData("fund=abc%0A", "fund", "bad-parameter")]
    [InlineData("fund=", "fund", "bad-parameter")]
    [InlineData("project=!", "project", "bad-parameter")]
    [InlineData("department=!", "department", "bad-parameter")]
    [InlineData("region=4105", "region", "bad-parameter")]
    [InlineData("kind=payment", "kind", "bad-parameter")]
    [InlineData("nature=kind", "nature", "bad-parameter")]
    [InlineData("source=moon", "source", "bad-parameter")]
    [InlineData("budgetYear=20", "budgetYear", "bad-parameter")]
    [InlineData("from=2020-02-30", "from", "bad-parameter")]
    [InlineData("to=2020-1-1", "to", "bad-parameter")]
    [InlineData("to=yesterday", "to", "bad-parameter")]
    [InlineData("from=2020-02-02&to=2020-02-01", "to", "upside-down-range")]
    [InlineData("recordedFrom=2020-02-02T25:00:00Z", "recordedFrom", "bad-parameter")]
    [InlineData("recordedTo=2020-02-02T01:00:00%2B08:00", "recordedTo", "bad-parameter")]
    [InlineData("recordedTo=9999-12-31", "recordedTo", "bad-parameter")]
    [InlineData("recordedFrom=0001-01-01", "recordedFrom", "bad-parameter")]
    [InlineData("recordedFrom=2020-02-03&recordedTo=2020-02-02", "recordedTo", "upside-down-range")]
    [InlineData("amountMin=1.5", "amountMin", "bad-parameter")]
    [InlineData("amountMin=-1", "amountMin", "bad-parameter")]
    [InlineData("amountMax=99999999999999999999", "amountMax", "bad-parameter")]
    [InlineData("amountMin=2&amountMax=1", "amountMax", "upside-down-range")]
    [InlineData("text=", "text", "bad-parameter")]
    [InlineData("text=%20", "text", "bad-parameter")]
    [InlineData("text=a%00b", "text", "bad-parameter")]
    [InlineData("text=%EF%BF%BE", "text", "bad-parameter")]
    [InlineData("payee=%E2%80%AE", "payee", "bad-parameter")]
    [InlineData("document=%0D%0A", "document", "bad-parameter")]
    [InlineData("id=abc", "id", "bad-parameter")]
    [InlineData("posting=abc", "posting", "bad-parameter")]
    [InlineData("asOf=-1", "asOf", "bad-parameter")]
    [InlineData("asOf=999999", "asOf", "not-published")]
    [InlineData("cursor=5", "cursor", "bad-cursor")]
    [InlineData("cursor=", "cursor", "bad-cursor")]
    [InlineData("cursor=AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA", "cursor", "bad-cursor")]
    [InlineData("format=xml", "format", "bad-parameter")]
    public async Task Entries_OfABadQuery_Are400AndNameTheParameter(string query, string parameter, string code)
    {
        Answer answer = await app.GetAsync($"/api/entries?{query}", Auditor);
        JsonElement error = answer.ShouldBeProblem(400, code).Json.GetProperty("errors").EnumerateArray().ShouldHaveSingleItem();
        error.GetProperty("parameter").GetString().ShouldBe(parameter);
        error.GetProperty("pointer").GetString().ShouldBeEmpty();
    }

    [Fact]
    public async Task Entries_OfSeveralMistakes_NameEach()
    {
        Answer answer = await app.GetAsync("/api/entries?limit=0&fund=!&what=1&from=x", Auditor);
        answer.ShouldBeProblem(400).Json.GetProperty("errors").EnumerateArray().Select(error => error.GetProperty("parameter").GetString())
            .Order(StringComparer.Ordinal).ShouldBe(["from", "fund", "limit", "what"]);
        (await app.GetAsync($"/api/entries?text={new string('x', 201)}", Auditor)).ShouldBeProblem(400, "bad-parameter").Text.ShouldNotContain("xxxx");
    }

    [Fact]
    public async Task Cursor_OfAnotherQueryOrAltered_Is400()
    {
        string cursor = (await app.GetAsync("/api/entries?kind=fund&limit=1", Auditor)).Json.GetProperty("next").GetString()!;
        (await app.GetAsync($"/api/entries?kind=fund&limit=1000&format=csv&cursor={cursor}", Auditor)).ShouldBe(200);
        foreach (string query in new[] { "", "kind=project", "kind=fund&fund=fund-0", "kind=fund&asOf=12588", "kind=fund&text=x" })
        {
            (await app.GetAsync($"/api/entries?{query}&cursor={cursor}".Replace("?&", "?", StringComparison.Ordinal), Auditor)).ShouldBeProblem(400, "bad-cursor");
        }

        for (int at = 0; at < cursor.Length; at += 3)
        {
            string altered = cursor[..at] + (cursor[at] == 'A' ? 'B' : 'A') + cursor[(at + 1)..];
            (await app.GetAsync($"/api/entries?kind=fund&cursor={altered}", Auditor)).ShouldBeProblem(400, "bad-cursor");
            (await app.GetAsync($"/api/entries?kind=fund&cursor={cursor[..at]}", Auditor)).ShouldBeProblem(400, "bad-cursor");
        }
    }

    [Theory]
    [InlineData(Role.Poster)]
    [InlineData(Role.Approver)]
    [InlineData(Role.Operator)]
    public async Task Entries_ForAnyOtherRole_Are403(string role)
    {
        (await app.GetAsync("/api/entries", app.Token("finance", "finance-other", role))).ShouldBeProblem(403);
        (await app.GetAsync("/api/entries")).ShouldBeProblem(401);
    }

    [Fact]
    public async Task Entries_OfACallerWhoHangsUp_StopBeingLookedFor()
    {
        // The archive does not answer; only the caller's going away ends the reading. Nothing else of the app is needed for that.
        var archive = new HeldArchive();
        var site = new MemorySiteFiles();
        await ArchiveWorld.SealAsync(archive);
        await ArchiveWorld.PublishAsync(site);
        WebApplicationBuilder builder = WebApplication.CreateSlimBuilder();
        builder.WebHost.ConfigureKestrel(kestrel => kestrel.Listen(IPAddress.Loopback, 0));
        builder.Logging.ClearProviders();
        builder.Services.AddSingleton(RunningApp.DeploymentOf("none")).AddSingleton<AuditorScope>()
            .AddSingleton(new EntrySearch(new ArchiveSeals(archive), new SegmentFiles(archive), new PublishedLog(site)));
        await using WebApplication own = builder.Build();
        GetEntriesFunction.Map(own);
        await own.StartAsync(Cancel);
        using (var client = new TcpClient())
        {
            await client.ConnectAsync(IPAddress.Loopback, new Uri(own.Urls.Single()).Port, Cancel);
            await client.GetStream().WriteAsync("GET /api/entries?text=zzz HTTP/1.1\r\nHost: localhost\r\n\r\n"u8.ToArray(), Cancel);
            await archive.Begun.Task.WaitAsync(Cancel);
        }

        await archive.Ended.Task.WaitAsync(TimeSpan.FromSeconds(30), Cancel);
        archive.Readings.ShouldBe(1);
    }

    private sealed class HeldArchive : IArchiveFiles
    {
        private int _readings;

        public TaskCompletionSource Begun { get; } = new(TaskCreationOptions.RunContinuationsAsynchronously);

        public TaskCompletionSource Ended { get; } = new(TaskCreationOptions.RunContinuationsAsynchronously);

        public int Readings => _readings;

        // The seals it gives; what it holds up is the reading of a segment.
        private readonly MemoryArchive _files = new();

        public Task<PutOutcome> PutAsync(string path, ReadOnlyMemory<byte> bytes, CancellationToken cancellationToken) => _files.PutAsync(path, bytes, cancellationToken);

        public Task<byte[]?> ReadAsync(string path, CancellationToken cancellationToken) => _files.ReadAsync(path, cancellationToken);

        public async Task<byte[]?> ReadRangeAsync(string path, long offset, int length, CancellationToken cancellationToken)
        {
            Interlocked.Increment(ref _readings);
            Begun.TrySetResult();
            try
            {
                await Task.Delay(Timeout.InfiniteTimeSpan, cancellationToken);
            }
            finally
            {
                Ended.TrySetResult();
            }

            return null;
        }

        public IAsyncEnumerable<string> ListAsync(string prefix, CancellationToken cancellationToken) => _files.ListAsync(prefix, cancellationToken);
    }

    /// <summary>The app as the Functions host starts it, so that no publisher of its own takes away what a test has published.</summary>
    public sealed class World : RunningApp
    {
        public World() => Listening = new Listening.ForHost(Port: 0);

        public override async ValueTask InitializeAsync()
        {
            await base.InitializeAsync();
            await ArchiveWorld.SealAsync(Stores.Archive);
            await ArchiveWorld.PublishAsync(Stores.Site);
        }
    }
}
