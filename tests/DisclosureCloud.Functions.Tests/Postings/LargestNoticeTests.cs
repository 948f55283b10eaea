using System.Globalization;
using DisclosureCloud.Emulators;
using DisclosureCloud.Functions.Hosting.Access;
using DisclosureCloud.Functions.Hosting.Following;
using DisclosureCloud.Functions.Hosting.Http;
using DisclosureCloud.Functions.Hosting.Log;
using DisclosureCloud.Functions.Hosting.Postings;
using DisclosureCloud.Functions.Tests.Log;
using DisclosureCloud.Functions.Hosting.Publishing;
using DisclosureCloud.Functions.Tests.Running;
using DisclosureCloud.Ledger;
using DisclosureCloud.Site;
using DisclosureCloud.Storage;
using DisclosureCloud.Testing;

namespace DisclosureCloud.Functions.Tests.Postings;

/// <summary>How many requests the largest notice takes where its values are in Cosmos DB: each is waited for, and paid.</summary>
public sealed class LargestNoticeTests : IAsyncLifetime
{
    /// <summary>Its 8,000 values are a few documents; one a value, each step would take thousands.</summary>
    private const int RequestsMax = 8;

    private readonly CosmosServer _server = new();
    private CosmosDatabase _database = null!;
    private int _requests;

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    public async ValueTask InitializeAsync()
    {
        await _server.InitializeAsync();
        _database = _server.Open(await _server.NewDatabaseAsync(Cancel));
    }

    public async ValueTask DisposeAsync()
    {
        _database?.Dispose();
        await _server.DisposeAsync();
    }

    [Fact]
    public async Task LargestNotice_PostedRepeatedApprovedShownAndPublished_TakesFewRequests()
    {
        var clock = new ManualClock();
        var beside = new DeskWorld(); // A notice names no evidence files.
        var ledger = new CosmosLedgerStore(_database, TimeProvider.System);
        var values = new CosmosValueStore(_database, TimeProvider.System);
        var desk = new PostingDesk(
            ledger,
            values,
            new SeededSalts(1),
            new SurroundingsReader(ledger, values, RuleBook.BuiltIn),
            new Register(ledger),
            clock,
            new InFlight(TimeProvider.System),
            new Forgetting(ledger, values, beside.Vault),
            beside.Naming,
            Approval.Always,
            NoSignal.Instance);
        Draft draft = DeskWorld.DraftOf(Office.LargestNotice("n-largest"));
        _server.Faults = request =>
        {
            if (request.Path.Value!.Contains("/colls/values/docs", StringComparison.Ordinal) && !request.Headers.ContainsKey("x-ms-cosmos-is-query-plan-request"))
            {
                Interlocked.Increment(ref _requests);
            }

            return null;
        };

        var accepted = (Submission.Accepted)await desk.SubmitAsync(draft, DeskWorld.Poster, "largest", Cancel);
        Requests("post").ShouldBeLessThanOrEqualTo(RequestsMax);
        await desk.SubmitAsync(draft, DeskWorld.Poster, "largest", Cancel);
        Requests("the same again").ShouldBeLessThanOrEqualTo(RequestsMax);
        await desk.DecideAsync(accepted.Record.Id, DeskWorld.Approver, approve: true, FreeText.Of("checked"), Cancel);
        Requests("approve").ShouldBeLessThanOrEqualTo(RequestsMax);
        WholePosting shown = await PostingJson.WholeAsync((await desk.FindAsync(accepted.Record.Id, Cancel))!, values, leaves: null, Cancel);
        Requests("show").ShouldBeLessThanOrEqualTo(RequestsMax);
        using var log = new LogWorld { Ledger = ledger };
        Sequencer sequencer = log.Start();
        await sequencer.FollowAsync(Cancel);
        (Snapshot snapshot, _, _) = await new SnapshotReader(ledger, values, sequencer.Known, LogWorld.Origin).ReadAsync(null, DeskWorld.Today, RunningApp.DeploymentOf("unused").Site, Cancel);
        Requests("publish").ShouldBeLessThanOrEqualTo(RequestsMax);

        shown.Checked.ShouldBe("checked");
        snapshot.Entries.Select(entry => entry.Fact).OfType<Project>().Select(project => project.Name.Value).ShouldContain(name => name == "2000号村道路硬化及配套设施建设项目");
    }

    private int Requests(string step)
    {
        int all = _requests;
        TestContext.Current.TestOutputHelper!.WriteLine(string.Create(CultureInfo.InvariantCulture, $"{step}: {all} requests"));
        _requests = 0;
        return all;
    }
}
