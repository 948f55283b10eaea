using System.Text;
using System.Text.Json;
using DisclosureCloud.Emulators;
using DisclosureCloud.Functions.Hosting;
using DisclosureCloud.Functions.Hosting.Complaints;
using DisclosureCloud.Functions.Tests.Complaints;
using DisclosureCloud.Functions.Tests.Running;
using DisclosureCloud.Testing;
using DisclosureCloud.Testing.Azure;
using DisclosureCloud.Transparency;

namespace DisclosureCloud.Functions.Tests.EndToEnd;

/// <summary>What the two apps do at the stores of Azure is what they are given rights for: nothing more, and all of it.</summary>
/// <remarks>The template's role assignments are held to the same list by the tests of the template.</remarks>
public sealed class RightsInAzureTests(RightsInAzureTests.Account account) : IClassFixture<RightsInAzureTests.Account>
{
    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Apps_DoWhatTheyHaveRightsFor_AndAllOfIt()
    {
        using var folder = new TemporaryFolder();
        await using WatchedDoor atApi = await account.Server.OpenWatchedAsync();
        await using WatchedDoor atPublisher = await account.Server.OpenWatchedAsync();
        var clock = new Later();
        await using RunningApp api = App(folder.Path, AppRole.Api, atApi, TimeProvider.System);
        await api.InitializeAsync();
        await using RunningApp publisher = App(folder.Path, AppRole.Publisher, atPublisher, clock);
        await publisher.InitializeAsync();
        await GoAsync(api, publisher, clock);

        Done("api", atApi).ShouldBe(Needed("api"));
        Done("publisher", atPublisher).ShouldBe(Needed("publisher"));
    }

    // Each call and each trigger once, with an evidence file that is shown, and one that nobody names.
    private static async Task GoAsync(RunningApp api, RunningApp publisher, Later clock)
    {
        var office = new Office(api, "finance");
        await office.RegisterAsync();
        await FireAsync(publisher, "PublishSite");
        string file = (await office.SendEvidenceAsync("rights")).ShouldBe(201).Json.GetProperty("id").GetString()!;
        Answer fund = await office.RecordAsync(Office.WithEvidence(Office.Fund("f-rights"), file));
        string entry = fund.Json.GetProperty("entries")[0].GetString()!;
        await FireAsync(publisher, "PublishSite");
        await FireAsync(publisher, "FollowLedger", "message", "\"\\\"woken\\\"\"");
        await FireAsync(publisher, "Reconcile");

        string complaint = (await api.PostAsync("/api/complaints", ComplaintSamples.Of("430511").ToJsonString(), key: null, token: null)).ShouldBe(202).Location!;
        string auditor = api.Token("audit-office", "auditor-1", "auditor");
        foreach ((string path, string? token) in new[]
        {
            ("/api/health", (string?)null), ($"/api/entries/{entry}/proof", null), ("/api/log/consistency?from=1&to=2", null), ("/api/entries?fund=f-rights", auditor),
            ("/api/evidence-packs?fund=f-rights", auditor), ($"/api/evidence-files/{file}", auditor), ("/api/postings", office.Poster), (complaint, null), ("/api/complaints", office.Poster),
        })
        {
            using HttpResponseMessage answer = await api.Http.SendAsync(RunningApp.Request(HttpMethod.Get, path, token), Cancel);
            ((int)answer.StatusCode).ShouldBe(200, path);
        }

        // A file of many postings, which the host gives to the api as it would; it and what came of it go a month later.
        Answer many = await api.SendBulkAsync(Encoding.UTF8.GetBytes(Office.Fund("f-many").ToJsonString()), "application/x-ndjson", "many", office.Poster);
        await FireAsync(api, "ApplyBulk", "message", $"\"\\\"{many.ShouldBe(202).Id}\\\"\"");
        (await api.BulkDoneAsync(many, office.Poster)).State.ShouldBe("stored");

        // A full tile, which goes into the container that nothing is changed in; a file that goes because nobody has named it for a
        // month, and a complaint whose three years are over.
        Answer notice = await office.PostNoticeAsync(Office.NoticeOfRows("n-rights", TileCoordinate.WidthMax));
        await office.ApproveAsync(notice.ShouldBe(201).Id);
        (await office.SendEvidenceAsync("nobody names it")).ShouldBe(201);
        await FireAsync(publisher, "PublishSite");
        clock.Ahead = ComplaintSweep.OpenMax + TimeSpan.FromDays(2);
        await FireAsync(publisher, "TurnDay");
    }

    private static async Task FireAsync(RunningApp app, string function, string binding = "timer", string data = "{}")
    {
        string body = $$$"""{"Data":{"{{{binding}}}":{{{data}}}},"Metadata":{}}""";
        using var content = new StringContent(body, Encoding.UTF8, "application/json");
        using HttpResponseMessage answer = await app.Http.PostAsync(new Uri($"/{function}", UriKind.Relative), content, Cancel);
        string text = await answer.Content.ReadAsStringAsync(Cancel);
        ((int)answer.StatusCode).ShouldBe(200, $"{function}: {text}");
        JsonElement.Parse(text).ValueKind.ShouldBe(JsonValueKind.Object);
    }

    private static RunningApp App(string folder, AppRole role, WatchedDoor door, TimeProvider clock) => new()
    {
        Clock = clock,
        KeepIn = folder,
        Listening = new Listening.ForHost(Port: 0),
        Role = role,
        ComplaintsDepartment = "finance",
        Storage = new StoragePlace.Azure(door.Endpoints.Blobs, door.Endpoints.Blobs, door.Endpoints.Queues, door.Endpoints.Tables),
    };

    private static string[] Done(string app, WatchedDoor door) => Lines(door.Done.Select(done => (app, done.Store, done.Access)));

    private static string[] Needed(string app) => Lines(AzureRight.All.Where(right => right.App == app && !right.ByHost).Select(right => (app, right.Store, right.Access)));

    private static string[] Lines(IEnumerable<(string App, string Store, AzureAccess Access)> rights) =>
        [.. rights.Select(right => $"{right.App} {right.Store} {right.Access}").Order(StringComparer.Ordinal)];

    private sealed class Later : TimeProvider
    {
        public TimeSpan Ahead { get; set; }

        public override DateTimeOffset GetUtcNow() => base.GetUtcNow() + Ahead;
    }

    /// <summary>A storage account for these tests alone.</summary>
    public sealed class Account : IAsyncLifetime
    {
        public AzuriteServer Server { get; } = new();

        public ValueTask InitializeAsync() => Server.InitializeAsync();

        public ValueTask DisposeAsync() => Server.DisposeAsync();
    }
}
