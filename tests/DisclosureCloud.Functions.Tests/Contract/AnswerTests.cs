using System.Globalization;
using System.Text.Json.Nodes;
using System.Text.Json;
using System.Text;
using DisclosureCloud.Emulators;
using DisclosureCloud.Functions.Hosting.Bearer;
using DisclosureCloud.Functions.Hosting.Bulk;
using DisclosureCloud.Functions.Hosting.Complaints;
using DisclosureCloud.Functions.Hosting.EvidenceFiles;
using DisclosureCloud.Functions.Hosting.Load;
using DisclosureCloud.Functions.Hosting.Postings;
using DisclosureCloud.Functions.Tests.Complaints;
using DisclosureCloud.Functions.Tests.EvidenceFiles;
using DisclosureCloud.Functions.Tests.Http;
using DisclosureCloud.Functions.Tests.Running;
using DisclosureCloud.Ledger;
using DisclosureCloud.Testing;
using Microsoft.Data.Sqlite;

namespace DisclosureCloud.Functions.Tests.Contract;

/// <summary>Every answer that OpenAPI lists is given, and is as listed. That no other is given, every test sees that sends a request.</summary>
public sealed class AnswerTests
{
    /// <summary>They read nothing that can fail: that our mistake is listed there too is for a mistake that nobody foresaw.</summary>
    private static readonly string[] NeverSeen = ["GET /api/openapi.json 500", "GET /api/schemas/{name} 500", "GET /api/templates/{name} 500"];

    /// <summary>The id of an entry that there is not.</summary>
    private static readonly string NobodysEntry = EntryId.Of(PostingId.Of(Id.Parse<DepartmentId>("nobody"), "x"), 1).Value;

    private static readonly string[] Writes = ["/api/postings", "/api/notices", "/api/postings/{id}/approval", "/api/postings/{id}/rejection"];

    [Fact]
    public async Task Answers_OfEveryCallAndStatusListed_AreGivenAsListed()
    {
        await using var app = new RunningApp { Approval = Approval.Read("progress"), ComplaintsDepartment = "finance" };
        await app.InitializeAsync();
        string own = await SendGoodAsync(app);
        await Task.WhenAll(Writes.Select(path => SendSlowlyAsync(app, path.Replace("{id}", own, StringComparison.Ordinal))));
        foreach (string path in Writes)
        {
            await SendBadAsync(app, path.Replace("{id}", own, StringComparison.Ordinal));
        }

        await SendBadAsync(app);
        await SendFilesAsync(app);
        await SendBulkAsync(app);
        await SendComplaintsAsync(app);
        string[] given = [.. app.Given.Keys, .. await WithoutIssuerAsync(own), .. await WithoutStoresAsync(), .. await WithBusyStoreAsync(), .. await WhileHeldAsync(), .. await WithSmallLimitsAsync()];

        string[] listed = [.. (await app.DocumentAsync()).Answers];
        listed.Length.ShouldBeGreaterThan(50);
        given.Distinct(StringComparer.Ordinal).Order(StringComparer.Ordinal).ShouldBe(listed.Except(NeverSeen, StringComparer.Ordinal).Order(StringComparer.Ordinal));
    }

    [Fact]
    public async Task Posting_InEveryState_IsAsDescribed()
    {
        await using var app = new RunningApp();
        await app.InitializeAsync();
        var office = new Office(app);
        await office.OpenFundAsync("states", 100);
        Answer[] posted = await Task.WhenAll(Enumerable.Range(0, 4).Select(_ => office.PostAsync(Office.Allocation("states", 100))));
        string Id(int index) => posted[index].Id;

        await office.ApproveAsync(Id(1));
        await office.ApproveAsync(Id(2));
        await office.RejectAsync(Id(3));
        (await office.GetAsync(Id(0))).State.ShouldBe("proposed");
        (await office.GetAsync(Id(1))).State.ShouldBe("effective");
        (await office.GetAsync(Id(2))).State.ShouldBe("refused");
        Answer rejected = await office.GetAsync(Id(3));
        rejected.State.ShouldBe("rejected");
        rejected.Json.GetProperty("checked").GetString().ShouldBe("Nothing in it is secret.");

        // As a crash right after the decision leaves it.
        var record = (PostingRecord)(await app.Postings.FindAsync(Ledger.Id.Parse<PostingId>(Id(0)), TestContext.Current.CancellationToken))!;
        var decision = new PostingDecision(Approved: true, Ledger.Id.Parse<PersonId>("finance-approver"), SampleWorld.RecordedAt, Word: null);
        await app.Stores.Ledger.AppendAsync(record.Decide(decision), TestContext.Current.CancellationToken);
        (await office.GetAsync(Id(0))).State.ShouldBeOneOf("approved", "refused"); // Its follower may have finished it already.
        (await app.GetAsync("/api/postings", office.Poster)).Json.GetProperty("postings").GetArrayLength().ShouldBe(4 + 3);
    }

    [Fact]
    public async Task Says_OfTextsAndOfForgottenOnes_AreWhatWasSentAndNull()
    {
        await using var app = new RunningApp();
        await app.InitializeAsync();
        var office = new Office(app);
        Answer posted = await office.PostAsync(Office.PlanItem("said"));
        JsonElement said = (await office.GetAsync(posted.Id)).Json.GetProperty("says")[0];
        said.GetProperty("content").GetString().ShouldBe("新建水果基地");
        said.GetProperty("plannedFen").GetInt64().ShouldBe(10_000_000);

        var record = (PostingRecord)(await app.Postings.FindAsync(Id.Parse<PostingId>(posted.Id), TestContext.Current.CancellationToken))!;
        await app.Stores.Values.ForgetAsync(
            [.. record.Facts[0].Commitments().Select(commitment => new ValueKey(record.Id, commitment))], TestContext.Current.CancellationToken);
        said = (await office.GetAsync(posted.Id)).Json.GetProperty("says")[0];
        said.GetProperty("content").ValueKind.ShouldBe(JsonValueKind.Null);
        said.GetProperty("targets")[0].GetProperty("indicator").ValueKind.ShouldBe(JsonValueKind.Null);

        Answer notice = await office.PostNoticeAsync(Office.Notice("said-notice"));
        JsonElement last = (await office.GetAsync(notice.Id)).Json.GetProperty("says").EnumerateArray().Last();
        last.GetProperty("kind").GetString().ShouldBe("notice");
        last.TryGetProperty("content", out _).ShouldBeFalse("a fingerprint says nothing to a reader");
    }

    // All that is answered with 2xx, and what the past makes of the same request. Gives a posting that the caller below may not decide.
    private static async Task<string> SendGoodAsync(RunningApp app)
    {
        var office = new Office(app);
        await app.GetAsync("/api/health");
        await app.GetAsync("/api/openapi.json");
        await app.GetAsync("/api/schemas/correction.json");
        (await app.GetAsync("/api/templates/allocation.xlsx")).ShouldBe(200);
        (await app.GetAsync("/api/templates/allocation.csv")).ShouldBe(200);
        (await app.GetAsync("/api/entries", Auditor(app))).ShouldBe(200);
        await office.OpenFundAsync("answers", 100);
        string allocation = (await office.RecordAsync(Office.Allocation("answers", 60))).Entries.Single();
        await office.RecordAsync(Office.Correction(allocation, Office.Allocation("answers", 50)));
        await app.PostAsync("/api/postings?dryRun=true", Office.Allocation("answers", 60).ToJsonString(), key: null, office.Poster);
        Answer progress = await office.PostAsync(Office.Progress("answers"));
        (await office.ApproveAsync(progress.Id)).ShouldBe(409);
        (await office.RejectAsync(progress.Id)).ShouldBe(409);
        (await office.GetAsync(progress.Id)).ShouldBe(200);
        (await office.RejectAsync((await office.PostAsync(Office.Fund("answers-2"))).Id)).ShouldBe(200);

        JsonObject notice = Office.Notice("answers-notice");
        await app.PostAsync("/api/notices?dryRun=true", notice.ToJsonString(), key: null, office.Poster);
        await office.ApproveAsync((await office.PostNoticeAsync(notice)).Id);
        (await office.PostNoticeAsync(notice)).ShouldBe(200);
        (await new Office(app, "transport").PostNoticeAsync(notice)).ShouldBe(200);
        await Eventually.TrueAsync("it is published", async () => (await app.GetAsync($"/api/entries/{allocation}/proof")).Status == 200);
        (await app.GetAsync("/api/log/consistency?from=1&to=2")).ShouldBe(200);
        await Eventually.TrueAsync("it is published to its last file", async () => (await app.GetAsync("/api/evidence-packs?fund=answers", Auditor(app))).Status == 200);
        notice["title"] = "Another";
        (await office.PostNoticeAsync(notice)).ShouldBe(409);
        (await app.GetAsync("/api/postings?limit=2", office.Poster)).Json.TryGetProperty("next", out _).ShouldBeTrue();
        return (await app.PostAsync("/api/postings", Office.Fund("answers-own").ToJsonString(), Office.NewKey(), Both(app))).Id;
    }

    private static async Task SendBadAsync(RunningApp app, string path)
    {
        string both = Both(app);
        (await app.PostAsync(path, "{}", Office.NewKey(), token: null)).ShouldBe(401);
        (await app.PostAsync(path, "{}", Office.NewKey(), app.Token("finance", "someone", Role.Auditor))).ShouldBe(403);
        (await app.PostAsync(path, "{", Office.NewKey(), both)).ShouldBe(400);
        (await app.PostAsync(path, new string(' ', (1 << 20) + 1), Office.NewKey(), both)).ShouldBe(413);
        (await app.PostAsync(path, """{"what":1}""", Office.NewKey(), both)).ShouldBe(422);
        using HttpRequestMessage request = RunningApp.Request(HttpMethod.Post, path, both);
        request.Headers.Add("Idempotency-Key", Office.NewKey());
        request.Content = new StringContent("{}", Encoding.UTF8, "text/plain");
        (await app.SendAsync(request)).ShouldBe(415);
        if (path.EndsWith("al", StringComparison.Ordinal) || path.EndsWith("ion", StringComparison.Ordinal))
        {
            (await app.PostAsync(path, Office.Checked, key: null, both)).ShouldBe(403);
            string another = $"/api/postings/{new string('a', 26)}/{path.Split('/')[^1]}";
            (await app.PostAsync(another, Office.Checked, key: null, both)).ShouldBe(404);
        }
    }

    private static async Task SendBadAsync(RunningApp app)
    {
        foreach (string path in new[] { "/api/postings", "/api/postings/none", "/api/entries", "/api/evidence-packs" })
        {
            (await app.GetAsync(path)).ShouldBe(401);
        }

        (await app.GetAsync("/api/entries", new Office(app).Poster)).ShouldBe(403);
        (await app.GetAsync("/api/evidence-packs?fund=answers", new Office(app).Poster)).ShouldBe(403);
        (await app.GetAsync("/api/evidence-packs", Auditor(app))).ShouldBe(400);
        (await app.GetAsync("/api/entries?limit=0", Auditor(app))).ShouldBe(400);
        (await app.GetAsync("/api/postings", app.Token("finance", "somebody"))).ShouldBe(403);
        (await app.GetAsync("/api/postings/none", app.Token("finance", "somebody"))).ShouldBe(403);
        (await app.GetAsync("/api/entries/none/proof")).ShouldBe(400);
        (await app.GetAsync($"/api/entries/{NobodysEntry}/proof")).ShouldBe(404);
        (await app.GetAsync("/api/log/consistency?from=1")).ShouldBe(400);
        (await app.GetAsync("/api/postings?limit=0", Both(app))).ShouldBe(400);
        (await app.GetAsync("/api/postings/none", Both(app))).ShouldBe(404);
        (await app.GetAsync("/api/schemas/none.json")).ShouldBe(404);
        (await app.GetAsync("/api/templates/correction.xlsx")).ShouldBe(404);
    }

    // An evidence file on its way from its department to an auditor and to its end, and all that is wrong with others.
    private static async Task SendFilesAsync(RunningApp app)
    {
        var office = new Office(app);
        await SendSlowlyAsync(app, "/api/evidence-files", "application/pdf");
        byte[] file = EvidenceSamples.File("answers");
        string id = (await app.SendFileAsync(file, "application/pdf", "answers-file", office.Poster)).ShouldBe(201).Id;
        string path = $"/api/evidence-files/{id}";
        (await app.GetAsync(path, office.Poster)).ShouldBe(200);
        string entry = (await office.RecordAsync(Office.WithEvidence(Office.Appropriation("answers", 1), id))).Entries.Single();
        await office.RecordAsync(Office.Redaction(entry, "/evidenceFiles/0"));
        (await app.GetAsync(path, office.Poster)).ShouldBeProblem(410, "forgotten");
        (await app.GetAsync(path, Auditor(app, "transport"))).ShouldBe(404);
        (await app.GetAsync(path)).ShouldBe(401);
        (await app.GetAsync(path, app.Token("finance", "someone", Role.Operator))).ShouldBe(403);

        (await app.SendFileAsync(file, "application/pdf", "answers-2", token: null)).ShouldBe(401);
        (await app.SendFileAsync(file, "application/pdf", "answers-2", app.Token("finance", "someone", Role.Auditor))).ShouldBe(403);
        (await app.SendFileAsync(file, "application/pdf", key: null, office.Poster)).ShouldBe(400);
        (await app.SendFileAsync(new byte[EvidenceBody.LengthMax + 1], "application/pdf", "answers-2", office.Poster)).ShouldBe(413);
        (await app.SendFileAsync(file, "text/html", "answers-2", office.Poster)).ShouldBe(415);
        (await app.SendFileAsync(file, "image/png", "answers-2", office.Poster)).ShouldBe(422);
    }

    // A file of many postings, and all that is wrong with others.
    private static async Task SendBulkAsync(RunningApp app)
    {
        const string type = "application/x-ndjson";
        var office = new Office(app);
        await SendSlowlyAsync(app, "/api/bulk", type);
        byte[] file = Encoding.UTF8.GetBytes(Office.Fund("answers-bulk").ToJsonString());
        Answer taken = await app.SendBulkAsync(file, type, "answers-bulk", office.Poster);
        (await app.BulkDoneAsync(taken, office.Poster)).State.ShouldBe("stored");
        (await app.GetAsync("/api/bulk/none", office.Poster)).ShouldBe(404);
        (await app.GetAsync(taken.Location!)).ShouldBe(401);
        (await app.GetAsync(taken.Location!, app.Token("finance", "somebody"))).ShouldBe(403);

        (await app.SendBulkAsync(file, type, "answers-2", token: null)).ShouldBe(401);
        (await app.SendBulkAsync(file, type, "answers-2", app.Token("finance", "someone", Role.Auditor))).ShouldBe(403);
        (await app.SendBulkAsync(file, type, key: null, office.Poster)).ShouldBe(400);
        (await app.SendBulkAsync(new byte[BulkBody.LengthMax + 1], type, "answers-2", office.Poster)).ShouldBe(413);
        (await app.SendBulkAsync(file, "text/html", "answers-2", office.Poster)).ShouldBe(415);
        (await app.SendBulkAsync("{}"u8.ToArray(), type, "answers-2", office.Poster)).ShouldBe(422);
    }

    // A complaint on its way to its last word, and all that is wrong with others.
    private static async Task SendComplaintsAsync(RunningApp app)
    {
        const string Path = "/api/complaints";
        string both = Both(app);
        await SendSlowlyAsync(app, Path);
        Answer sent = (await app.PostAsync(Path, ComplaintSamples.Of("430511").ToJsonString(), key: null, token: null)).ShouldBe(202);
        (await app.GetAsync(sent.Location!)).ShouldBe(200);
        (await app.GetAsync($"{Path}/none")).ShouldBe(404);
        (await app.PostAsync(Path, "{", key: null, token: null)).ShouldBe(400);
        (await app.PostAsync(Path, new string(' ', ComplaintBody.LengthMax + 1), key: null, token: null)).ShouldBe(413);
        (await app.PostAsync(Path, "{}", key: null, token: null)).ShouldBe(422);
        using HttpRequestMessage request = RunningApp.Request(HttpMethod.Post, Path, token: null);
        request.Content = new StringContent("{}", Encoding.UTF8, "text/plain");
        (await app.SendAsync(request)).ShouldBe(415);

        (await app.GetAsync(Path, both)).ShouldBe(200);
        (await app.GetAsync($"{Path}?limit=0", both)).ShouldBe(400);
        (await app.GetAsync(Path)).ShouldBe(401);
        (await app.GetAsync(Path, app.Token("finance", "someone", Role.Operator))).ShouldBe(403);
        (await app.GetAsync(Path, new Office(app, "transport").Poster)).ShouldBe(404);

        string answer = $"{Path}/{ComplaintId.Of(Id.Parse<ComplaintCode>(sent.Json.GetProperty("code").GetString()!))}/answer";
        await SendSlowlyAsync(app, answer);
        await SendBadAsync(app, answer);
        (await app.PostAsync($"{Path}/none/answer", ComplaintSamples.Answered, key: null, both)).ShouldBe(404);
        (await app.PostAsync(answer, ComplaintSamples.Answered, key: null, both)).ShouldBe(200);
        (await app.PostAsync(answer, ComplaintSamples.InHand, key: null, both)).ShouldBe(409);
    }

    // A body of which one byte comes, and then none. The server waits for five seconds.
    private static async Task SendSlowlyAsync(RunningApp app, string path, string type = "application/json")
    {
        string text = await app.RawAsync(
            $"POST {path} HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\nAuthorization: Bearer {Both(app)}\r\n"
            + $"Content-Type: {type}\r\nIdempotency-Key: slow\r\nContent-Length: 100\r\n\r\n{{");
        text.ShouldStartWith("HTTP/1.1 408");
        string body = text[text.IndexOf('{', StringComparison.Ordinal)..(text.LastIndexOf('}') + 1)];
        await app.ShouldBeDescribedAsync(HttpMethod.Post, path, new Answer(408, "application/problem+json", body, Location: null, "", RetryAfter: null));
    }

    private static async Task<IEnumerable<string>> WithoutIssuerAsync(string id)
    {
        await using TestIssuer issuer = await TestIssuer.StartAsync();
        string token = issuer.Token();
        await using var app = new RunningApp { Authority = issuer.Address };
        await issuer.StopAsync();
        await app.InitializeAsync();
        await SendEachAsync(app, id, token, only: secured => secured, 503);
        return app.Given.Keys;
    }

    private static async Task<IEnumerable<string>> WithoutStoresAsync()
    {
        await using var app = new RunningApp { ComplaintsDepartment = "finance" };
        await app.InitializeAsync();
        await app.PostAsync("/api/complaints", ComplaintSamples.Of("430511").ToJsonString(), key: null, token: null); // Else a list of none would be read without its keys.
        await Eventually.TrueAsync("the first publication is over", () => Task.FromResult(File.Exists(Path.Combine(app.Deployment.SiteFolder, "status.json"))));
        await DropTableAsync(app.Deployment.LedgerFile, "commits");
        await DropTableAsync(app.Deployment.EvidenceKeysFile, "openings");
        Directory.CreateDirectory(Path.Combine(app.Deployment.SiteFolder, "log"));
        await File.WriteAllTextAsync(Path.Combine(app.Deployment.SiteFolder, "log", "checkpoint"), "no checkpoint", TestContext.Current.CancellationToken);
        string kept = Path.Combine(app.Deployment.BulkFolder, "aa", new string('a', 26));
        Directory.CreateDirectory(kept);
        await File.WriteAllTextAsync(Path.Combine(kept, "request.json"), "no request", TestContext.Current.CancellationToken);
        await SendEachAsync(app, new string('a', 26), token: null, only: _ => true, 500);
        return app.Given.Keys;
    }

    private static async Task<IEnumerable<string>> WithBusyStoreAsync()
    {
        await using var server = new CosmosServer();
        await server.InitializeAsync();
        await using var app = new AppOverCosmos(server);
        await app.InitializeAsync();
        server.Faults = _ => new Fault.Refuse(503);
        (await app.GetAsync("/api/health")).ShouldBeProblem(503, "store-busy");
        server.Faults = null;
        return app.Given.Keys;
    }

    private static async Task<IEnumerable<string>> WithSmallLimitsAsync()
    {
        await using var app = new RunningApp { Load = new LoadLimits { CallerBurst = 60, CallerPerSecond = 1, PostingsAnHour = 3, FilesAnHour = 3, BulkAnHour = 3, Rooms = _ => new Room(AtOnce: 1, Waiting: 0) }, ComplaintsDepartment = "finance" };
        await app.InitializeAsync();
        string both = Both(app);
        string id = new('a', 26);
        (string Call, JsonElement Operation)[] calls = [.. (await app.DocumentAsync()).Operations];
        foreach ((string call, JsonElement _) in calls)
        {
            string path = PathOf(call, id);
            HttpMethod method = HttpMethod.Parse(call.Split(' ')[0]);
            using HttpRequestMessage tooLong = RunningApp.Request(method, $"{path}?x={new string('x', RequestShape.AddressLengthMax)}", both);
            (await app.SendAsync(tooLong)).ShouldBeProblem(414, "uri-too-long");
            using HttpRequestMessage large = RunningApp.Request(method, path, both);
            large.Headers.Add("X-Large", new string('x', RequestShape.HeaderBytesMax));
            (await app.SendAsync(large)).ShouldBeProblem(431, "headers-too-large");
        }

        IDisposable[] places = [.. Enum.GetValues<Weight>().Select(weight => app.Gate.TryEnter(weight)!)];
        await SendEachAsync(app, id, token: null, only: _ => true, 503, but: "GET /api/health");
        Array.ForEach(places, place => place.Dispose());

        // The places are free again; what is used up now is how often one may come.
        for (int i = 0; i < 60; i++)
        {
            await app.GetAsync("/api/schemas/fund.json", both);
            await app.GetAsync("/api/schemas/fund.json", Auditor(app));
        }

        foreach ((string path, int times) in new[] { ("/api/postings", 3), ($"/api/postings/{id}/approval", 3) })
        {
            for (int i = 0; i < times; i++)
            {
                await app.PostAsync(path, "{}", Office.NewKey(), both);
            }
        }

        for (int i = 0; i < 3; i++)
        {
            await app.SendFileAsync([], "application/pdf", Office.NewKey(), both);
            await app.SendBulkAsync([], "application/x-ndjson", Office.NewKey(), both);
        }

        await SendEachAsync(app, id, token: null, only: _ => true, 429, but: "GET /api/health");
        return app.Given.Keys;
    }

    // As somebody's mistake at the file would leave it.
    private static async Task DropTableAsync(string file, string table)
    {
        await using var connection = new SqliteConnection(new SqliteConnectionStringBuilder { DataSource = file, Pooling = false }.ConnectionString);
        await connection.OpenAsync(TestContext.Current.CancellationToken);
        await using SqliteCommand drop = connection.CreateCommand();
        drop.CommandText = $"DROP TABLE {table}";
        await drop.ExecuteNonQueryAsync(TestContext.Current.CancellationToken);
    }

    private static async Task<IEnumerable<string>> WhileHeldAsync()
    {
        var clock = new TimerClock();
        await using var app = new RunningApp { Clock = clock };
        await app.InitializeAsync();
        var office = new Office(app);
        Task<Answer[]> first;
        await using (await HeldUpTests.HoldAsync(app.Deployment.LedgerFile))
        {
            first = BothAsync();
            await Eventually.TrueAsync("the first are at it", () => Task.FromResult(app.InFlight.Count == 2));
            Task<Answer[]> again = BothAsync();
            await Eventually.TrueAsync("they were sent again, in vain", () =>
            {
                clock.Advance(TimeSpan.FromSeconds(1));
                return Task.FromResult(again.IsCompleted);
            });
            (await again).ShouldAllBe(answer => answer.Status == 409);
        }

        (await first).ShouldAllBe(answer => answer.Status == 201);
        return app.Given.Keys;

        Task<Answer[]> BothAsync() => Task.WhenAll(office.PostAsync(Office.Fund("held"), "held-1"), office.PostNoticeAsync(Office.Notice("held-notice"), "held-2"));
    }

    // Each call, with a body from its own examples.
    private static async Task SendEachAsync(RunningApp app, string id, string? token, Func<bool, bool> only, int status, string? but = null)
    {
        foreach ((string call, JsonElement operation) in (await app.DocumentAsync()).Operations
            .Where(one => one.Call != but && only(one.Operation.GetProperty("security").GetArrayLength() > 0)))
        {
            string path = PathOf(call, id) + (call.EndsWith("/evidence-packs", StringComparison.Ordinal) ? "?fund=none" : "");
            bool isAudit = operation.GetProperty("security").EnumerateArray().All(one => one.GetProperty("bearer")[0].GetString() == Role.Auditor);
            string sent = token ?? (isAudit ? Auditor(app) : Both(app));
            Answer answer = call.StartsWith("GET", StringComparison.Ordinal)
                ? await app.GetAsync(path, sent)
                : call.EndsWith("/api/bulk", StringComparison.Ordinal)
                ? await app.SendBulkAsync(Encoding.UTF8.GetBytes(Office.Fund("many").ToJsonString()), "application/x-ndjson", Office.NewKey(), sent)
                : call.EndsWith("/evidence-files", StringComparison.Ordinal)
                ? await app.SendFileAsync(EvidenceSamples.File(call), "application/pdf", Office.NewKey(), sent)
                : await app.PostAsync(path, FirstExample(operation), Office.NewKey(), sent);
            if (!NeverSeen.Contains(string.Create(CultureInfo.InvariantCulture, $"{call} {status}"), StringComparer.Ordinal))
            {
                answer.ShouldBe(status);
            }
        }
    }

    private static string PathOf(string call, string id) =>
        call.Split(' ')[1].Replace("/entries/{id}", $"/entries/{NobodysEntry}", StringComparison.Ordinal).Replace("{code}", "aaaa-aaaa-aaaa-aaaa", StringComparison.Ordinal).Replace("{id}", id, StringComparison.Ordinal);

    private static string FirstExample(JsonElement operation) => operation.GetProperty("requestBody").GetProperty("content").GetProperty("application/json")
        .GetProperty("examples").EnumerateObject().First().Value.GetProperty("value").GetRawText();

    private static string Both(RunningApp app) => app.Token("finance", "finance-both", Role.Poster, Role.Approver);

    private static string Auditor(RunningApp app, string department = "audit") => app.Token(department, "audit-auditor", Role.Auditor);
}
