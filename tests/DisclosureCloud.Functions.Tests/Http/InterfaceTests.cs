using System.Text.Json;
using DisclosureCloud.Functions.Hosting;
using DisclosureCloud.Functions.Hosting.Access;
using DisclosureCloud.Functions.Hosting.Sheets;
using DisclosureCloud.Functions.Tests.Running;
using DisclosureCloud.Ledger;

namespace DisclosureCloud.Functions.Tests.Http;

/// <summary>What the interface says of itself, and what it says to calls that it does not have.</summary>
public sealed class InterfaceTests(RunningApp app) : IClassFixture<RunningApp>
{
    private static readonly string[] Operations =
    [
        "GET /api/bulk/{id}",
        "GET /api/complaints",
        "GET /api/complaints/{code}",
        "GET /api/entries",
        "GET /api/entries/{id}/proof",
        "GET /api/evidence-files/{id}",
        "GET /api/evidence-packs",
        "GET /api/health",
        "GET /api/log/consistency",
        "GET /api/openapi.json",
        "GET /api/postings",
        "GET /api/postings/{id}",
        "GET /api/schemas/{name}",
        "GET /api/templates/{name}",
        "POST /api/bulk",
        "POST /api/complaints",
        "POST /api/complaints/{id}/answer",
        "POST /api/evidence-files",
        "POST /api/notices",
        "POST /api/postings",
        "POST /api/postings/{id}/approval",
        "POST /api/postings/{id}/rejection",
    ];

    [Fact]
    public async Task Health_WithoutToken_Is200WithPositions()
    {
        var office = new Office(app);
        long before = (await app.GetAsync("/api/health")).ShouldBe(200).Json.GetProperty("ledgerPosition").GetInt64();
        await office.RecordAsync(Office.Fund("fund-health"));
        Answer after = await app.GetAsync("/api/health");
        after.Json.GetProperty("version").GetString().ShouldBe(AppVersion.Current.Value);
        after.Json.GetProperty("ledgerPosition").GetInt64().ShouldBe(before + 1);
        JsonElement site = after.Json.GetProperty("site");
        (site.GetProperty("behind").GetInt64() + (site.GetProperty("position").ValueKind == JsonValueKind.Null ? 0 : site.GetProperty("position").GetInt64()))
            .ShouldBe(before + 1);
    }

    [Fact]
    public async Task Health_WhileServing_TheSiteCatchesUp()
    {
        await new Office(app).RecordAsync(Office.Fund("fund-catches-up"));
        await Eventually.TrueAsync(
            "the site is not behind",
            async () => (await app.GetAsync("/api/health")).Json.GetProperty("site").GetProperty("behind").GetInt64() == 0);
        await Eventually.TrueAsync("the log is not behind", async () =>
        {
            JsonElement health = (await app.GetAsync("/api/health")).Json;
            JsonElement log = health.GetProperty("log");
            return log.GetProperty("behind").GetInt64() == 0
                && health.GetProperty("archive").GetProperty("behind").GetInt64() == 0
                && log.GetProperty("treeSize").GetInt64() > health.GetProperty("ledgerPosition").GetInt64(); // It has the publications too.
        });
        Answer page = await app.GetAsync("/funds/fund-catches-up/");
        page.ShouldBe(200).MediaType.ShouldBe("text/html");
    }

    [Fact]
    public async Task OpenApi_Document_ListsEveryMappedRouteAndNothingElse()
    {
        JsonElement document = (await app.GetAsync("/api/openapi.json")).ShouldBe(200).Json;
        document.GetProperty("openapi").GetString()!.ShouldStartWith("3.1");
        IEnumerable<string> listed = document.GetProperty("paths").EnumerateObject()
            .SelectMany(path => path.Value.EnumerateObject().Select(method => $"{method.Name.ToUpperInvariant()} {path.Name}"));
        listed.Order(StringComparer.Ordinal).ShouldBe(Operations);
        app.MappedRoutes().ShouldBe(Operations);
    }

    [Fact]
    public async Task OpenApi_EveryGuardedCall_SaysSoAndNames401()
    {
        JsonElement paths = (await app.GetAsync("/api/openapi.json")).Json.GetProperty("paths");
        foreach (JsonProperty path in paths.EnumerateObject().Where(path => path.Name.StartsWith("/api/postings", StringComparison.Ordinal)))
        {
            foreach (JsonProperty operation in path.Value.EnumerateObject())
            {
                string[] roles = [.. operation.Value.GetProperty("security").EnumerateArray().Select(one => one.GetProperty("bearer").EnumerateArray().Single().GetString()!)];
                string[] listed = [.. AccessTable.All.Single(rule => rule.Call == $"{operation.Name.ToUpperInvariant()} {path.Name}").Roles];
                roles.ShouldBe(listed);
                roles.ShouldNotBeEmpty(path.Name);
                operation.Value.GetProperty("responses").TryGetProperty("401", out _).ShouldBeTrue($"{operation.Name} {path.Name}");
            }
        }
    }

    [Fact]
    public async Task OpenApi_Parameters_AreThoseOfEachCall()
    {
        JsonElement path = (await app.GetAsync("/api/openapi.json")).Json.GetProperty("paths").GetProperty("/api/postings");
        Names("get").ShouldBe(["query state", "query limit", "query after"]);
        Names("post").ShouldBe(["header Idempotency-Key", "query dryRun"]);

        IEnumerable<string> Names(string method) => path.GetProperty(method).GetProperty("parameters").EnumerateArray()
            .Select(parameter => $"{parameter.GetProperty("in").GetString()} {parameter.GetProperty("name").GetString()}");
    }

    [Fact]
    public async Task OpenApi_ParametersOfEntries_AreAllThatAQueryTakes()
    {
        JsonElement call = (await app.GetAsync("/api/openapi.json")).Json.GetProperty("paths").GetProperty("/api/entries").GetProperty("get");
        call.GetProperty("parameters").EnumerateArray().Select(parameter => $"{parameter.GetProperty("in").GetString()} {parameter.GetProperty("name").GetString()}")
            .ShouldBe(EntryParameters.All.Select(parameter => $"query {parameter.Name}"));
    }

    [Fact]
    public async Task Schemas_OfEveryPostedKind_AreThere()
    {
        foreach (string kind in KindSchema.All.Where(kind => kind.IsPosted).Select(kind => kind.Name).Append("notice"))
        {
            Answer answer = await app.GetAsync($"/api/schemas/{kind}.json");
            answer.ShouldBe(200).MediaType.ShouldBe("application/schema+json");
            answer.Json.GetProperty("$schema").GetString().ShouldBe("https://json-schema.org/draft/2020-12/schema");
        }

        foreach (string name in new[] { "publication.json", "fund", "nothing.json", ".json", "..%2f..%2fnotice.json" })
        {
            (await app.GetAsync($"/api/schemas/{name}")).ShouldBeProblem(404);
        }
    }

    [Fact]
    public async Task Templates_OfEveryKindThatARowCanSay_AreThere()
    {
        foreach (string kind in KindSchema.All.Where(KindColumns.AreOf).Select(kind => kind.Name))
        {
            foreach ((string name, string type) in new[] { ($"{kind}.xlsx", SheetTemplates.XlsxType), ($"{kind}.csv", SheetTemplates.CsvType) })
            {
                using HttpResponseMessage response = await app.Http.GetAsync($"/api/templates/{name}", TestContext.Current.CancellationToken);
                response.StatusCode.ShouldBe(System.Net.HttpStatusCode.OK);
                response.Content.Headers.ContentType!.MediaType.ShouldBe(type);
                response.Content.Headers.ContentDisposition!.ToString().ShouldBe($"attachment; filename=\"{name}\"");
                (await response.Content.ReadAsByteArrayAsync(TestContext.Current.CancellationToken)).ShouldBe(SheetTemplates.Find(name)!.Bytes);
            }
        }

        foreach (string name in new[] { "correction.xlsx", "publication.csv", "fund", "fund.xls", ".csv", "..%2ffund.xlsx" })
        {
            (await app.GetAsync($"/api/templates/{name}")).ShouldBeProblem(404);
        }
    }

    [Theory]
    [InlineData("/api")]
    [InlineData("/api/")]
    [InlineData("/api/nothing")]
    [InlineData("/api/postings/aaaaaaaaaaaaaaaaaaaaaaaaaa/nothing")]
    [InlineData("/api/%00")]
    [InlineData("/api/..%2f..%2fledger.db")]
    public async Task UnknownPath_UnderApi_Is404Problem(string path) =>
        (await app.GetAsync(path, new Office(app).Poster)).Status.ShouldBeOneOf(400, 404);

    [Theory]
    [InlineData("DELETE", "/api/postings")]
    [InlineData("GET", "/api/notices")]
    [InlineData("DELETE", "/api/postings/aaaaaaaaaaaaaaaaaaaaaaaaaa")]
    [InlineData("PUT", "/api/postings/aaaaaaaaaaaaaaaaaaaaaaaaaa/approval")]
    [InlineData("POST", "/api/health")]
    [InlineData("POST", "/api/openapi.json")]
    [InlineData("PATCH", "/api/schemas/fund.json")]
    [InlineData("POST", "/api/templates/fund.xlsx")]
    public async Task WrongMethod_OnAKnownPath_Is405Problem(string method, string path)
    {
        using HttpRequestMessage request = RunningApp.Request(new HttpMethod(method), path, new Office(app).Poster);
        (await app.SendAsync(request)).ShouldBeProblem(405);
    }

    [Theory]
    [InlineData("/../ledger.db")]
    [InlineData("/..%2fledger.db")]
    [InlineData("/%2e%2e/ledger.db")]
    [InlineData("/..%5cledger.db")]
    [InlineData("/keys/issuer.pem")]
    [InlineData("/../keys/issuer.pem")]
    [InlineData("//etc/passwd")]
    public async Task Site_OutsideItsFolder_ServesNothing(string path)
    {
        // Written on the wire as it stands: a client's Uri would tidy it.
        string answer = await app.RawAsync($"GET {path} HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n\r\n");
        answer.ShouldStartWith("HTTP/1.1 4");
        answer.ShouldNotContain("PRIVATE KEY");
        answer.ShouldNotContain("SQLite format");
    }
}
