using System.Globalization;
using System.Text;
using System.Text.Json.Nodes;
using DisclosureCloud.Functions.Hosting;
using DisclosureCloud.Functions.Hosting.Bearer;
using DisclosureCloud.Functions.Hosting.Load;
using DisclosureCloud.Functions.Tests.Complaints;
using DisclosureCloud.Functions.Tests.Http;
using DisclosureCloud.Functions.Tests.Running;
using DisclosureCloud.Ledger;

namespace DisclosureCloud.Functions.Tests.Load;

/// <summary>Who is turned away, with what, and who never is.</summary>
public sealed class SheddingTests
{
    [Fact]
    public async Task Post_BeyondTheHour_Is429UntilItIsOver()
    {
        var clock = new TimerClock();
        await using RunningApp app = await StartAsync(new LoadLimits { PostingsAnHour = 2 }, clock);
        var office = new Office(app);
        Answer first = (await office.PostAsync(Office.Fund("hour-1"))).ShouldBe(201);
        (await office.PostNoticeAsync(Office.Notice("hour-notice"))).ShouldBe(201);
        Answer refused = (await office.PostAsync(Office.Fund("hour-2"))).ShouldBeProblem(429, "too-many-postings");
        refused.RetryAfter.ShouldBe("3600");
        refused.Json.GetProperty("errors")[0].GetProperty("wanted").GetString().ShouldBe("at most 2 an hour");
        (await office.ApproveAsync(first.Id)).ShouldBe(200); // Who decides is not stopped by who posts.
        (await office.GetAsync(first.Id)).ShouldBe(200);
        (await new Office(app, "transport").PostAsync(Office.Fund("hour-3"))).ShouldBe(201);

        clock.Advance(TimeSpan.FromHours(1));
        (await new Office(app).PostAsync(Office.Fund("hour-2"))).ShouldBe(201);
    }

    [Fact]
    public async Task Post_WithoutAGoodToken_IsCountedForItsSourceAndNotForADepartment()
    {
        await using RunningApp app = await StartAsync(new LoadLimits { PostingsAnHour = 1, CallerBurst = 3, CallerPerSecond = 1 });
        for (int i = 0; i < 3; i++)
        {
            (await app.PostAsync("/api/postings", "{}", Office.NewKey(), "no-token")).ShouldBe(401);
        }

        Answer refused = await app.PostAsync("/api/postings", "{}", Office.NewKey(), "no-token");
        refused.ShouldBeProblem(429, "too-many-requests").RetryAfter.ShouldBe("1");
        (await new Office(app).PostAsync(Office.Fund("guessed"))).ShouldBe(201);
    }

    [Fact]
    public async Task Get_TooOften_Is429ForThatPersonAlone()
    {
        await using RunningApp app = await StartAsync(new LoadLimits { CallerBurst = 2, CallerPerSecond = 1 });
        string one = app.Token("audit", "auditor-1", Role.Auditor);
        string other = app.Token("audit", "auditor-2", Role.Auditor);
        Answer[] answers = [await ListAsync(one), await ListAsync(one), await ListAsync(one), await ListAsync(one)];
        answers.ShouldContain(answer => answer.Status == 429);
        (await ListAsync(other)).ShouldBe(200);
        (await app.GetAsync("/api/nothing")).ShouldBe(404);
        for (int i = 0; i < 10; i++)
        {
            (await app.GetAsync("/api/health")).ShouldBe(200);
        }

        Task<Answer> ListAsync(string token) => app.GetAsync("/api/postings", token);
    }

    [Fact]
    public async Task Source_BehindAProxy_IsWhomTheProxySaw()
    {
        await using RunningApp app = await StartAsync(new LoadLimits { CallerBurst = 1, CallerPerSecond = 1, Proxies = 1 });
        (await FromAsync("198.51.100.7, 203.0.113.1")).ShouldBe(404);
        (await FromAsync("198.51.100.8, 203.0.113.1")).ShouldBe(429);
        (await FromAsync("198.51.100.8, 203.0.113.2")).ShouldBe(404);

        async Task<int> FromAsync(string forwarded)
        {
            using HttpRequestMessage request = RunningApp.Request(HttpMethod.Get, "/api/nothing", token: null);
            request.Headers.Add("X-Forwarded-For", forwarded);
            return (await app.SendAsync(request)).Status;
        }
    }

    [Theory]
    [InlineData("Search", "/api/entries")]
    [InlineData("Pack", "/api/evidence-packs?fund=none")]
    [InlineData("Proof", "/api/log/consistency?from=1&to=1")]
    [InlineData("Light", "/api/postings")]
    public async Task Call_WhoseRoomIsFull_Is503AndTheOthersAreNot(string weight, string path)
    {
        await using RunningApp app = await StartAsync(new LoadLimits { Rooms = _ => new Room(AtOnce: 1, Waiting: 0) });
        string token = app.Token("audit", "auditor", Role.Auditor, Role.Poster);
        IDisposable place = app.Gate.TryEnter(Enum.Parse<Weight>(weight)).ShouldNotBeNull();
        (await app.GetAsync(path, token)).ShouldBeProblem(503, "busy").RetryAfter.ShouldBe("1");
        (await app.GetAsync("/api/health")).ShouldBe(200);
        (await new Office(app).PostAsync(Office.Fund("room"))).ShouldBe(201);
        place.Dispose();
        (await app.GetAsync(path, token)).Status.ShouldBeOneOf(200, 400);
        (await app.GetAsync(path, token)).Status.ShouldBeOneOf(200, 400); // Each gave its place back.
    }

    [Fact]
    public async Task Department_ThatHasAllItsPlacesTaken_LeavesTheOthersTheirs()
    {
        await using RunningApp app = await StartAsync(new LoadLimits { DepartmentAtOnce = 2, DepartmentQueue = 1 });
        var noisy = new Office(app, "noisy");
        var quiet = new Office(app, "quiet");
        Task<Answer>[] sent;
        Task<Answer> other;
        await using (await HeldUpTests.HoldAsync(app.Deployment.LedgerFile))
        {
            sent = [.. Enumerable.Range(0, 10).Select(i => noisy.PostAsync(Office.Fund(string.Create(CultureInfo.InvariantCulture, $"noisy-{i}"))))];
            await Eventually.TrueAsync("seven were turned away", () => Task.FromResult(sent.Count(one => one.IsCompleted) == 7));
            other = quiet.PostAsync(Office.Fund("quiet"));
            await Eventually.TrueAsync("the other department is at it", () => Task.FromResult(app.InFlight.Count == 3));
        }

        (await other).ShouldBe(201);
        Answer[] answers = await Task.WhenAll(sent);
        answers.Count(answer => answer.Status == 201).ShouldBe(3);
        answers.Where(answer => answer.Status != 201).ShouldAllBe(answer => answer.ShouldBeProblem(429, "too-many-at-once").RetryAfter == "1");
    }

    [Fact]
    public async Task Wait_ForAPlace_HasAnEnd()
    {
        var clock = new TimerClock();
        await using RunningApp app = await StartAsync(new LoadLimits { DepartmentAtOnce = 1 }, clock);
        var office = new Office(app);
        Task<Answer> first;
        await using (await HeldUpTests.HoldAsync(app.Deployment.LedgerFile))
        {
            first = office.PostAsync(Office.Fund("first"));
            await Eventually.TrueAsync("the first is at it", () => Task.FromResult(app.InFlight.Count == 1));
            Task<Answer> second = office.PostAsync(Office.Fund("second"));
            await Eventually.TrueAsync("the second has waited in vain", () =>
            {
                clock.Advance(TimeSpan.FromSeconds(1));
                return Task.FromResult(second.IsCompleted);
            });
            (await second).ShouldBeProblem(429, "too-many-at-once");
        }

        (await first).ShouldBe(201);
    }

    [Fact]
    public async Task Bodies_ThatLeaveNoRoom_AreTurnedAwayAndGiveTheirRoomBack()
    {
        await using RunningApp app = await StartAsync(new LoadLimits { BodyBytes = 10_000 });
        var office = new Office(app);
        JsonObject notice = Office.NoticeOfRows("room-notice", 100);
        for (int i = 0; i < 3; i++)
        {
            (await office.PostNoticeAsync(notice)).ShouldBeProblem(503, "busy");
        }

        for (int i = 0; i < 30; i++)
        {
            (await app.PostAsync("/api/postings?dryRun=true", Office.Fund("room").ToJsonString(), key: null, office.Poster)).ShouldBe(200);
        }
    }

    [Fact]
    public async Task Files_ThatLeaveNoRoom_LeavePostingsTheirs()
    {
        await using RunningApp app = await StartAsync(new LoadLimits { FileBytes = 10_000 });
        var office = new Office(app);
        (await office.SendEvidenceAsync(new string('x', 20_000))).ShouldBeProblem(503, "busy");
        (await office.PostNoticeAsync(Office.NoticeOfRows("room-beside", 100))).ShouldBe(201);
        for (int i = 0; i < 5; i++)
        {
            (await office.SendEvidenceAsync(new string('x', 5_000))).ShouldBe(201);
        }
    }

    [Fact]
    public async Task Complaints_ThatFloodTheApp_LeavePostingsTheirs()
    {
        // Far more than are let in, and the largest; each sender has an address of its own, and none waits for its answer.
        await using RunningApp app = await StartAsync(new LoadLimits { ComplaintsAnHour = 40, ComplaintBytes = 200_000, CallerBurst = 100_000, Proxies = 1 });
        byte[] largest = Encoding.UTF8.GetBytes(ComplaintSamples.Of("430511", new string('长', FreeText.LengthMax)).ToJsonString() + new string(' ', 30_000));
        var office = new Office(app);
        using var stop = CancellationTokenSource.CreateLinkedTokenSource(TestContext.Current.CancellationToken);
        var flood = new System.Collections.Concurrent.ConcurrentBag<int>();
        int made = 0;
        Task[] senders = [.. Enumerable.Range(0, 32).Select(_ => Task.Run(async () =>
        {
            while (!stop.IsCancellationRequested)
            {
                int which = Interlocked.Increment(ref made);
                using HttpRequestMessage request = RunningApp.Request(HttpMethod.Post, "/api/complaints", token: null);
                request.Headers.Add("X-Forwarded-For", string.Create(CultureInfo.InvariantCulture, $"10.{which >> 16}.{(which >> 8) & 255}.{which & 255}"));
                request.Content = RunningApp.Json(largest);
                flood.Add((await app.SendAsync(request)).Status);
            }
        }))];
        var postings = new List<Answer>();
        for (int i = 0; i < 50; i++)
        {
            postings.Add(await office.PostAsync(Office.Fund(string.Create(CultureInfo.InvariantCulture, $"beside-flood-{i}"))));
        }

        await stop.CancelAsync();
        await Task.WhenAll(senders);
        postings.Count(answer => answer.Status == 201).ShouldBeGreaterThanOrEqualTo(postings.Count * 99 / 100);
        flood.ShouldContain(429);
        flood.Distinct().Except([202, 429, 503]).ShouldBeEmpty();
        flood.Count(status => status == 202).ShouldBeInRange(1, 40);
    }

    [Fact]
    public async Task Complaints_ThatLeaveNoRoom_LeavePostingsTheirs()
    {
        await using RunningApp app = await StartAsync(new LoadLimits { ComplaintBytes = 5_000, Rooms = _ => new Room(AtOnce: 1, Waiting: 0) });
        string large = ComplaintSamples.Of("430511").ToJsonString() + new string(' ', 10_000);
        (await app.PostAsync("/api/complaints", large, key: null, token: null)).ShouldBeProblem(503, "busy");
        (await new Office(app).PostNoticeAsync(Office.NoticeOfRows("room-beside-complaints", 100))).ShouldBe(201);
        using (app.Gate.TryEnter(Weight.Complaint).ShouldNotBeNull())
        {
            (await app.PostAsync("/api/complaints", ComplaintSamples.Of("430511").ToJsonString(), key: null, token: null)).ShouldBeProblem(503, "busy").RetryAfter.ShouldBe("1");
            (await new Office(app).PostAsync(Office.Fund("place-beside-complaints"))).ShouldBe(201);
        }

        (await app.PostAsync("/api/complaints", ComplaintSamples.Of("430511").ToJsonString(), key: null, token: null)).ShouldBe(202);
    }

    [Fact]
    public async Task Triggers_OfTheHost_AreNeverShed()
    {
        await using var app = new RunningApp
        {
            Listening = new Listening.ForHost(FreePort()),
            Load = new LoadLimits { CallerBurst = 1, CallerPerSecond = 1, Rooms = _ => new Room(AtOnce: 1, Waiting: 0) },
        };
        await RunningApp.ReadDocumentAsync();
        await app.InitializeAsync();
        using IDisposable light = app.Gate.TryEnter(Weight.Light).ShouldNotBeNull();
        for (int i = 0; i < 5; i++)
        {
            (await app.PostAsync("/Reconcile", """{"Data":{"timer":{}},"Metadata":{}}""", key: null, token: null)).ShouldBe(200);
        }
    }

    private static int FreePort()
    {
        using var listener = new System.Net.Sockets.TcpListener(System.Net.IPAddress.Loopback, 0);
        listener.Start();
        return ((System.Net.IPEndPoint)listener.LocalEndpoint).Port;
    }

    private static async Task<RunningApp> StartAsync(LoadLimits load, TimeProvider? clock = null)
    {
        await RunningApp.ReadDocumentAsync();
        var app = new RunningApp { Load = load, Clock = clock ?? TimeProvider.System };
        await app.InitializeAsync();
        await app.DocumentAsync(); // Else whoever sends first would be counted for the description, too.
        return app;
    }
}
