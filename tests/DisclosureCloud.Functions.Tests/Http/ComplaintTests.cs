using System.Globalization;
using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;
using DisclosureCloud.Functions.Hosting.Bearer;
using DisclosureCloud.Functions.Hosting.Complaints;
using DisclosureCloud.Functions.Hosting.Load;
using DisclosureCloud.Functions.Tests.Complaints;
using DisclosureCloud.Functions.Tests.Running;
using DisclosureCloud.Ledger;

namespace DisclosureCloud.Functions.Tests.Http;

/// <summary>A complaint from whoever sends it without a name, to those who answer it, and back to whoever has its code.</summary>
public sealed class ComplaintTests(ComplaintTests.World app) : IClassFixture<ComplaintTests.World>
{
    private const string Handlers = "petitions";

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    private string Poster => app.Token(Handlers, "petitions-poster", Role.Poster);

    private string Approver => app.Token(Handlers, "petitions-approver", Role.Approver);

    [Fact]
    public async Task Complaint_FromSendingToItsAnswer_IsSeenByEachAsFarAsItIsTheirs()
    {
        Answer sent = await SendAsync(ComplaintSamples.Of("430511"));
        string code = sent.Json.GetProperty("code").GetString()!;
        sent.Location.ShouldBe($"/api/complaints/{code}");
        sent.State.ShouldBe("received");
        Answer standing = (await app.GetAsync(sent.Location!)).ShouldBe(200);
        standing.Text.ShouldNotContain(ComplaintSamples.Text, Case.Sensitive);
        standing.Text.ShouldNotContain("430511", Case.Sensitive);
        standing.Json.EnumerateObject().Select(member => member.Name).ShouldBe(["state", "sort", "category", "receivedAt", "changedAt"]);

        JsonElement listed = await ListedAsync(code, Poster);
        listed.GetProperty("text").GetString().ShouldBe(ComplaintSamples.Text);
        listed.GetProperty("about").GetRawText().ShouldBe("""{"region":"430511"}""");
        listed.TryGetProperty("changedBy", out _).ShouldBeFalse();
        listed.GetRawText().ShouldNotContain(code, Case.Insensitive);

        Answer answered = (await ReplyAsync(code, ComplaintSamples.Answered)).ShouldBe(200);
        answered.State.ShouldBe("answered");
        answered.Json.GetProperty("changedBy").GetString().ShouldBe("petitions-poster");
        standing = (await app.GetAsync(sent.Location!)).ShouldBe(200);
        standing.State.ShouldBe("answered");
        standing.Json.GetProperty("answer").GetString().ShouldBe("已核实,月底前补修。");
        standing.Text.ShouldNotContain("petitions", Case.Sensitive);
        (await ReplyAsync(code, ComplaintSamples.Answered)).ShouldBe(200).Text.ShouldBe(answered.Text);
        (await ReplyAsync(code, ComplaintSamples.InHand)).ShouldBeProblem(409, "already-closed");
    }

    [Fact]
    public async Task Code_HoweverItIsWritten_IsTheSame()
    {
        string code = (await SendAsync(ComplaintSamples.Of("430511"))).Json.GetProperty("code").GetString()!;
        foreach (string written in new[] { code, code.ToUpperInvariant(), code.Replace("-", "", StringComparison.Ordinal), $"{code[..2]}-{code[2..]}" })
        {
            (await app.GetAsync($"/api/complaints/{written}")).ShouldBe(200);
        }
    }

    [Fact]
    public async Task Code_UnknownOrNone_IsTheSameAnswer()
    {
        string known = (await SendAsync(ComplaintSamples.Of("430511"))).Json.GetProperty("code").GetString()!;
        string id = ComplaintId.Of(Id.Parse<ComplaintCode>(known)).Value;
        string[] answers =
        [
            .. await Task.WhenAll(new[] { "aaaa-aaaa-aaaa-aaaa", "none", id, known[..^1], known + "a", "%20", new string('-', 40) }
                .Select(async code => (await app.GetAsync($"/api/complaints/{code}")).ShouldBe(404).Text)),
        ];
        answers.Distinct(StringComparer.Ordinal).ShouldHaveSingleItem();
    }

    [Fact]
    public async Task Text_WithDataOfAPerson_IsRefusedWithoutItsValueAndNothingIsStored()
    {
        int before = await CountAsync();
        string number = Testing.Persons.SyntheticNumbers.Identity15(7);
        Answer refused = await PostAsync(ComplaintSamples.Of("430511", $"我的身份证号是{number},请回电"));
        refused.ShouldBeProblem(422, "personal-data").Pointers.ShouldBe("[/text]");
        refused.Text.ShouldNotContain(number, Case.Sensitive);
        refused.Json.GetProperty("detail").GetString()!.ShouldContain("hotline", Case.Sensitive);
        (await CountAsync()).ShouldBe(before);

        string code = (await SendAsync(ComplaintSamples.Of("430511"))).Json.GetProperty("code").GetString()!;
        (await ReplyAsync(code, $$"""{"state":"answered","answer":"请{{number}}来局里"}""")).ShouldBeProblem(422, "personal-data").Text.ShouldNotContain(number, Case.Sensitive);
        (await app.GetAsync($"/api/complaints/{code}")).State.ShouldBe("received");
    }

    [Fact]
    public async Task Body_ThatIsNoComplaint_IsRefusedAndNothingIsStored()
    {
        int before = await CountAsync();
        (await PostAsync(ComplaintSamples.About("fund", "roads-2026", new string('长', FreeText.LengthMax + 1)))).ShouldBeProblem(422, "text-too-long");
        (await app.PostAsync("/api/complaints", "{", key: null, token: null)).ShouldBeProblem(400, "not-json");
        (await app.PostAsync("/api/complaints", """{"sort":"complaint","sort":"complaint"}""", key: null, token: null)).ShouldBeProblem(400, "duplicate-key");
        string large = new string(' ', ComplaintBody.LengthMax) + ComplaintSamples.Of("430511").ToJsonString();
        (await app.PostAsync("/api/complaints", large, key: null, token: null)).ShouldBeProblem(413, "body-too-large");
        using HttpRequestMessage chunked = RunningApp.Request(HttpMethod.Post, "/api/complaints", token: null);
        chunked.Content = RunningApp.Json(Encoding.UTF8.GetBytes(large));
        chunked.Headers.TransferEncodingChunked = true;
        (await app.SendAsync(chunked)).ShouldBeProblem(413, "body-too-large");
        using HttpRequestMessage text = RunningApp.Request(HttpMethod.Post, "/api/complaints", token: null);
        text.Content = new StringContent("{}", Encoding.UTF8, "text/plain");
        (await app.SendAsync(text)).ShouldBeProblem(415, "unsupported-media-type");
        (await CountAsync()).ShouldBe(before);

        JsonObject longest = ComplaintSamples.About("fund", "roads-2026", new string('长', FreeText.LengthMax));
        (await PostAsync(longest)).ShouldBe(202);
    }

    [Fact]
    public async Task Complaint_AboutWhatThereIsNot_IsTakenLikeAnyOther() =>
        (await SendAsync(ComplaintSamples.About("project", "no-such-project-p01"))).State.ShouldBe("received");

    [Fact]
    public async Task Ids_OfFilesAndComplaints_AreNotTakenForOneAnother()
    {
        // Their keys lie in one store.
        string complaint = ComplaintId.Of(Id.Parse<ComplaintCode>(CodeOf(await SendAsync(ComplaintSamples.Of("430511"))))).Value;
        var office = new Office(app, Handlers);
        string file = (await office.SendEvidenceAsync("a receipt")).ShouldBe(201).Id;
        (await app.GetAsync($"/api/evidence-files/{complaint}", office.Poster)).ShouldBe(404);
        (await app.PostAsync("/api/postings?dryRun=true", Office.WithEvidence(Office.Fund("names-a-complaint"), complaint).ToJsonString(), key: null, office.Poster)).Codes.ShouldBe("[no-such-evidence-file]");
        (await app.PostAsync($"/api/complaints/{file}/answer", ComplaintSamples.InHand, key: null, office.Poster)).ShouldBe(404);
    }

    [Fact]
    public async Task Complaint_WithAnyToken_IsAnybodys()
    {
        // The token is not looked at, a bad one not either.
        (await app.PostAsync("/api/complaints", ComplaintSamples.Of("430511").ToJsonString(), key: null, Poster)).ShouldBe(202);
        (await app.PostAsync("/api/complaints", ComplaintSamples.Of("430511").ToJsonString(), key: null, "no-token")).ShouldBe(202);
    }

    [Fact]
    public async Task List_ForEach_HasWhatTheyHandleOrAuditWithinTheirRegion()
    {
        string inPlace = CodeOf(await SendAsync(ComplaintSamples.Of("430511-0123abcd")));
        string elsewhere = CodeOf(await SendAsync(ComplaintSamples.Of("430502")));
        string ofNoPlace = CodeOf(await SendAsync(ComplaintSamples.About("fund", "roads-2026")));
        string auditor = app.Token("audit", "audit-auditor", Role.Auditor);
        foreach (string whole in new[] { Poster, Approver, auditor })
        {
            (await SeenAsync(whole, inPlace, elsewhere, ofNoPlace)).ShouldBe([true, true, true]);
        }

        foreach ((string department, string role) in new[] { (Handlers, Role.Poster), (Handlers, Role.Approver), ("audit", Role.Auditor) })
        {
            string bound = app.Token(department, $"{department}-{role}", Id.Parse<RegionCode>("430511"), [role]);
            (await SeenAsync(bound, inPlace, elsewhere, ofNoPlace)).ShouldBe([true, false, false]);
        }

        string town = app.Token(Handlers, "petitions-poster", Id.Parse<RegionCode>("430511"), [Role.Poster]);
        (await ReplyAsync(inPlace, ComplaintSamples.InHand, town)).ShouldBe(200);
        (await ReplyAsync(elsewhere, ComplaintSamples.InHand, town)).ShouldBe(404);
        (await ReplyAsync(ofNoPlace, ComplaintSamples.InHand, town)).ShouldBe(404);
        foreach (string other in new[] { new Office(app).Poster, new Office(app).Approver })
        {
            (await app.GetAsync("/api/complaints", other)).ShouldBe(404);
        }

        (await ReplyAsync(ofNoPlace, ComplaintSamples.InHand, new Office(app).Poster)).ShouldBe(404);
        (await ReplyAsync(ofNoPlace, ComplaintSamples.InHand, Approver)).ShouldBeProblem(403, "forbidden");
        (await ReplyAsync(ofNoPlace, ComplaintSamples.InHand, auditor)).ShouldBeProblem(403, "forbidden");
        (await app.GetAsync("/api/complaints")).ShouldBe(401);
    }

    [Theory]
    [InlineData("state=open")]
    [InlineData("state=received&state=answered")]
    [InlineData("limit=0")]
    [InlineData("limit=101")]
    [InlineData("after=x")]
    [InlineData("region=430511")]
    public async Task List_AskedInAnotherForm_IsRefused(string query) => (await app.GetAsync($"/api/complaints?{query}", Poster)).ShouldBeProblem(400, "bad-query");

    [Fact]
    public async Task Handler_WhomTheDepartmentHasNotNamed_ReadsAndAnswersNothing()
    {
        await using var own = new RunningApp { ComplaintsDepartment = Handlers };
        await own.InitializeAsync();
        var office = new Office(own, Handlers);
        await office.RegisterAsync();
        string code = CodeOf(await own.PostAsync("/api/complaints", ComplaintSamples.Of("430511").ToJsonString(), key: null, token: null));
        string path = $"/api/complaints/{ComplaintId.Of(Id.Parse<ComplaintCode>(code))}/answer";
        (await own.PostAsync(path, ComplaintSamples.InHand, key: null, own.Token(Handlers, "petitions-stranger", Role.Poster))).ShouldBeProblem(403, "not-registered");
        (await own.PostAsync(path, ComplaintSamples.InHand, key: null, office.Poster)).ShouldBe(200);
        foreach (string role in new[] { Role.Poster, Role.Approver })
        {
            (await own.GetAsync("/api/complaints", own.Token(Handlers, "petitions-stranger", role))).ShouldBeProblem(403, "not-registered");
        }

        foreach (string named in new[] { office.Poster, office.Approver, own.Token("audit", "audit-auditor", Role.Auditor), own.Token(Handlers, "petitions-auditor", Role.Auditor) })
        {
            (await own.GetAsync("/api/complaints", named)).ShouldBe(200);
        }
    }

    [Fact]
    public async Task WithoutADepartmentThatHandlesThem_AuditorsAloneReadThem()
    {
        await using var own = new RunningApp();
        await own.InitializeAsync();
        string code = CodeOf(await own.PostAsync("/api/complaints", ComplaintSamples.Of("430511").ToJsonString(), key: null, token: null));
        (await own.GetAsync("/api/complaints", own.Token("audit", "audit-auditor", Role.Auditor))).ShouldBe(200).Json.GetProperty("complaints").GetArrayLength().ShouldBe(1);
        (await own.GetAsync("/api/complaints", own.Token(Handlers, "petitions-poster", Role.Poster))).ShouldBe(404);
        string path = $"/api/complaints/{ComplaintId.Of(Id.Parse<ComplaintCode>(code))}/answer";
        (await own.PostAsync(path, ComplaintSamples.InHand, key: null, own.Token(Handlers, "petitions-poster", Role.Poster))).ShouldBe(404);
    }

    [Fact]
    public async Task Complaints_OfOneHour_AreCountedByAddressWhereTheyAreKept()
    {
        await using RunningApp small = await SmallAsync(new LoadLimits { ComplaintsAnHourOfSource = 2, ComplaintsAnHour = 3, Proxies = 1 });
        (await FromAsync(small, "198.51.100.1")).ShouldBe(202);
        (await FromAsync(small, "198.51.100.1", "no JSON")).ShouldBe(400);
        (await FromAsync(small, "198.51.100.1")).ShouldBe(202);
        Answer refused = (await FromAsync(small, "198.51.100.1", "no JSON")).ShouldBeProblem(429, "too-many-complaints");
        int.Parse(refused.RetryAfter!, CultureInfo.InvariantCulture).ShouldBeInRange(3_000, 3_600);
        refused.Text.ShouldNotContain("198.51", Case.Sensitive);
        (await FromAsync(small, "2001:db8:1:2::1")).ShouldBe(202);
        (await FromAsync(small, "2001:db8:9:9::1")).ShouldBeProblem(429, "too-many-complaints"); // All together have sent three.
        small.Diagnostics.ShouldNotContain("198.51.100.1", Case.Sensitive);
        (await small.PostAsync("/api/postings", Office.Fund("beside").ToJsonString(), "beside", new Office(small).Poster)).ShouldBe(201);
    }

    [Fact]
    public async Task Attempts_OfOneHour_AreCountedByAddressBeforeTheyAreRead()
    {
        await using RunningApp small = await SmallAsync(new LoadLimits { ComplaintAttemptsAnHour = 2, Proxies = 1 });
        (await FromAsync(small, "198.51.100.1", "no JSON")).ShouldBe(400);
        (await FromAsync(small, "198.51.100.1", "no JSON")).ShouldBe(400);
        (await FromAsync(small, "198.51.100.1", "no JSON")).ShouldBeProblem(429, "too-many-complaints");
        (await FromAsync(small, "198.51.100.1")).ShouldBeProblem(429, "too-many-complaints");
        (await FromAsync(small, "198.51.100.2")).ShouldBe(202);
    }

    [Fact]
    public async Task Networks_OfOneSite_AreCountedTogether()
    {
        await using RunningApp small = await SmallAsync(new LoadLimits { ComplaintsAnHourOfSite = 1, Proxies = 1 });
        (await FromAsync(small, "2001:db8:1:2::1")).ShouldBe(202);
        (await FromAsync(small, "2001:db8:1:3::1")).ShouldBeProblem(429, "too-many-complaints");
        (await FromAsync(small, "2001:db8:2:3::1")).ShouldBe(202);
    }

    [Fact]
    public async Task Complaint_AboutThoseWhoHandleThem_IsForAuditorsAlone()
    {
        string code = CodeOf(await SendAsync(ComplaintSamples.About("department", Handlers)));
        string other = CodeOf(await SendAsync(ComplaintSamples.About("department", "transport")));
        string auditor = app.Token("audit", "audit-auditor", Role.Auditor);
        (await SeenAsync(Poster, code, other)).ShouldBe([false, true]);
        (await SeenAsync(Approver, code, other)).ShouldBe([false, true]);
        (await SeenAsync(auditor, code, other)).ShouldBe([true, true]);
        (await ReplyAsync(code, ComplaintSamples.Answered)).ShouldBe(404);
        (await ReplyAsync(other, ComplaintSamples.Answered)).ShouldBe(200);
        (await app.GetAsync($"/api/complaints/{code}")).ShouldBe(200).State.ShouldBe("received");
    }

    [Fact]
    public async Task Complaint_ThatIsDamaged_IsAnErrorByItselfAndInTheListItsIdAlone()
    {
        await using var own = new RunningApp { ComplaintsDepartment = Handlers };
        await own.InitializeAsync();
        string code = CodeOf(await own.PostAsync("/api/complaints", ComplaintSamples.Of("430511").ToJsonString(), key: null, token: null));
        await File.WriteAllBytesAsync(Directory.GetFiles(own.Deployment.ComplaintsFolder, "*", SearchOption.AllDirectories).Single(), [1], Cancel);
        string whole = CodeOf(await own.PostAsync("/api/complaints", ComplaintSamples.Of("430511").ToJsonString(), key: null, token: null));
        string id = ComplaintId.Of(Id.Parse<ComplaintCode>(code)).Value;
        string poster = own.Token(Handlers, "petitions-poster", Role.Poster);

        JsonElement list = (await own.GetAsync("/api/complaints", poster)).ShouldBe(200).Json;
        list.GetProperty("complaints").EnumerateArray().Single().GetProperty("id").GetString().ShouldBe(ComplaintId.Of(Id.Parse<ComplaintCode>(whole)).Value);
        JsonElement unreadable = list.GetProperty("unreadable").EnumerateArray().Single();
        unreadable.EnumerateObject().Select(member => member.Name).ShouldBe(["id", "receivedAt"]);
        unreadable.GetProperty("id").GetString().ShouldBe(id);
        string town = own.Token(Handlers, "petitions-poster", Id.Parse<RegionCode>("430511"), [Role.Poster]);
        (await own.GetAsync("/api/complaints", town)).ShouldBe(200).Json.GetProperty("unreadable").GetArrayLength().ShouldBe(0, "of what place it is, nobody knows");
        (await own.GetAsync("/api/complaints?state=received", poster)).ShouldBe(200).Json.GetProperty("unreadable").GetArrayLength().ShouldBe(0);
        (await own.GetAsync($"/api/complaints/{code}")).ShouldBe(500);
        (await own.PostAsync($"/api/complaints/{id}/answer", ComplaintSamples.InHand, key: null, poster)).ShouldBe(500);
        own.Diagnostics.ShouldContain(id, Case.Sensitive);
        own.Diagnostics.ShouldNotContain(code, Case.Sensitive);
    }

    [Fact]
    public async Task Addresses_OfOneNetwork_AreOneSource()
    {
        await using RunningApp small = await SmallAsync(new LoadLimits { ComplaintsAnHourOfSource = 1, Proxies = 1 });
        (await FromAsync(small, "2001:db8:1:2::1")).ShouldBe(202);
        (await FromAsync(small, "2001:db8:1:2:ffff::9")).ShouldBeProblem(429, "too-many-complaints");
        (await FromAsync(small, "2001:db8:1:3::1")).ShouldBe(202);
    }

    [Fact]
    public async Task Complaint_WhoseTimeIsOver_IsThereForNobody()
    {
        var clock = new TimerClock();
        await using var own = new RunningApp { Clock = clock, ComplaintsDepartment = Handlers };
        await own.InitializeAsync();
        string code = CodeOf(await own.PostAsync("/api/complaints", ComplaintSamples.Of("430511").ToJsonString(), key: null, token: null));
        string path = $"/api/complaints/{ComplaintId.Of(Id.Parse<ComplaintCode>(code))}/answer";
        (await own.PostAsync(path, ComplaintSamples.Answered, key: null, own.Token(Handlers, "petitions-poster", Role.Poster))).ShouldBe(200);
        string[] stored = Directory.GetFiles(own.Deployment.ComplaintsFolder, "*", SearchOption.AllDirectories);
        stored.Length.ShouldBe(2);

        clock.Advance(ComplaintSweep.ClosedMax + TimeSpan.FromDays(1));
        await own.ComplaintSweep.SweepAsync(Cancel);
        (await own.GetAsync($"/api/complaints/{code}")).ShouldBe(404);
        string poster = own.Token(Handlers, "petitions-poster", Role.Poster);
        (await own.GetAsync("/api/complaints", poster)).ShouldBe(200).Json.GetProperty("complaints").GetArrayLength().ShouldBe(0);
        (await own.PostAsync(path, ComplaintSamples.Answered, key: null, poster)).ShouldBe(404);
        Directory.GetFiles(own.Deployment.ComplaintsFolder, "*", SearchOption.AllDirectories).ShouldBeEmpty();
    }

    private static string CodeOf(Answer sent) => sent.ShouldBe(202).Json.GetProperty("code").GetString()!;

    private static async Task<RunningApp> SmallAsync(LoadLimits load)
    {
        await RunningApp.ReadDocumentAsync();
        var small = new RunningApp { Load = load };
        await small.InitializeAsync();
        return small;
    }

    private static async Task<Answer> FromAsync(RunningApp to, string address, string? body = null)
    {
        using HttpRequestMessage request = RunningApp.Request(HttpMethod.Post, "/api/complaints", token: null);
        request.Headers.Add("X-Forwarded-For", address);
        request.Content = RunningApp.Json(Encoding.UTF8.GetBytes(body ?? ComplaintSamples.Of("430511").ToJsonString()));
        return await to.SendAsync(request);
    }

    private Task<Answer> PostAsync(JsonObject complaint) => app.PostAsync("/api/complaints", complaint.ToJsonString(), key: null, token: null);

    private async Task<Answer> SendAsync(JsonObject complaint) => (await PostAsync(complaint)).ShouldBe(202);

    private Task<Answer> ReplyAsync(string code, string reply, string? token = null) =>
        app.PostAsync($"/api/complaints/{ComplaintId.Of(Id.Parse<ComplaintCode>(code))}/answer", reply, key: null, token ?? Poster);

    private async Task<JsonElement> ListedAsync(string code, string token)
    {
        string id = ComplaintId.Of(Id.Parse<ComplaintCode>(code)).Value;
        return (await ListAsync(token)).Single(one => one.GetProperty("id").GetString() == id);
    }

    private async Task<bool[]> SeenAsync(string token, params string[] codes)
    {
        HashSet<string> ids = [.. (await ListAsync(token)).Select(one => one.GetProperty("id").GetString()!)];
        return [.. codes.Select(code => ids.Contains(ComplaintId.Of(Id.Parse<ComplaintCode>(code)).Value))];
    }

    private async Task<List<JsonElement>> ListAsync(string token)
    {
        var all = new List<JsonElement>();
        string? next = null;
        do
        {
            JsonElement page = (await app.GetAsync($"/api/complaints?limit=3{(next is null ? "" : $"&after={next}")}", token)).ShouldBe(200).Json;
            all.AddRange(page.GetProperty("complaints").EnumerateArray());
            next = page.TryGetProperty("next", out JsonElement cursor) ? cursor.GetString() : null;
        }
        while (next is not null);
        return all;
    }

    private async Task<int> CountAsync()
    {
        int count = 0;
        await foreach (string _ in app.Stores.Complaints.ListAsync("", Cancel))
        {
            count++;
        }

        return count;
    }

    /// <summary>An app whose complaints the department of petitions handles, and which takes as many as these tests send.</summary>
    public sealed class World : RunningApp
    {
        public World()
        {
            ComplaintsDepartment = Handlers;
            Load = new LoadLimits { ComplaintsAnHour = int.MaxValue, ComplaintsAnHourOfSource = int.MaxValue, ComplaintAttemptsAnHour = int.MaxValue };
        }
    }
}
