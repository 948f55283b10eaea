using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;
using DisclosureCloud.Emulators;
using DisclosureCloud.Functions.Hosting.Bearer;
using DisclosureCloud.Functions.Hosting.Following;
using DisclosureCloud.Functions.Tests.Running;
using DisclosureCloud.Ledger;
using DisclosureCloud.Testing;

namespace DisclosureCloud.Functions.Tests.EndToEnd;

/// <summary>
/// A posting by HTTP and one by queue reach Cosmos DB, archive, site and Event Grid's receiver exactly once each, whatever dies on the way.
/// </summary>
public sealed class AzureTests(AzureWorld world) : IClassFixture<AzureWorld>
{
    /// <summary>Set in the environment, every step is tried in both ways.</summary>
    private const string SlowTier = "DISCLOSURE_SLOW_TESTS";

    private const int AttemptsMax = 8;

    private static int funds;

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    [Fact]
    public async Task PostingsByHttpAndByQueue_ReachEverythingOnce()
    {
        string byHttp = NewFund();
        await JourneyAsync(byHttp, byQueue: false, steps: null);
        await ShouldHaveArrivedOnceAsync(byHttp);
        string byQueue = NewFund();
        await JourneyAsync(byQueue, byQueue: true, steps: null);
        await ShouldHaveArrivedOnceAsync(byQueue);
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task KilledAtEachStep_NothingIsLostAndNothingDoubled(bool byQueue)
    {
        await JourneyAsync(NewFund(), byQueue, steps: null); // What a first publish does is done.
        var steps = new WriteSteps(world);
        try
        {
            steps.Begin(killAt: null, isDone: false);
            await JourneyAsync(NewFund(), byQueue, steps);
            string[] all = [.. steps.Seen.Distinct(StringComparer.Ordinal)];
            TestContext.Current.TestOutputHelper!.WriteLine(string.Join('\n', all));
            foreach (string needed in new[] { "cosmos POST values", "cosmos POST ledger posting", "cosmos POST ledger fund", "cosmos POST ledger site", "queue POST ledger-changed",
                "blob PUT archive", "blob PUT staging", "blob PUT staging journal", "blob PUT site", "blob PUT site status.json", "blob DELETE staging", "table POST lock", "table PUT bookmark", "table DELETE lock", "topic POST" })
            {
                all.ShouldContain(step => step.StartsWith(needed, StringComparison.Ordinal), $"no step '{needed}' among {string.Join(", ", all)}");
            }

            foreach ((string step, bool isDone) in Chosen(all, byQueue))
            {
                string fund = NewFund();
                steps.Begin(step, isDone);
                await JourneyAsync(fund, byQueue, steps);
                steps.Killed.ShouldBeTrue($"the journey has a step '{step}'");
                await ShouldHaveArrivedOnceAsync(fund);
            }
        }
        finally
        {
            (world.Cosmos.Faults, world.Storage.Faults, world.Topic.Faults) = (null, null, null);
        }

        await ArchiveShouldBeTheLedgerAsync();
    }

    [Fact]
    public async Task MessageDeliveredTwice_AlsoAtOnce_IsOnePosting()
    {
        string fund = NewFund();
        string message = world.Message(Office.Fund(fund), fund);
        await world.SendAsync(message);
        await world.SendAsync(message);
        QueueDelivery[] beside = await Task.WhenAll(Enumerable.Range(0, 4).Select(_ => world.Host.DeliverAsync("IngestPosting", message, Cancel)));
        beside.ShouldAllBe(one => one.Outcome == DeliveryOutcome.Done);
        (await world.Host.DrainAsync(Cancel)).ShouldAllBe(one => one.Outcome == DeliveryOutcome.Done);
        (await world.CommitsAsync($"posting/{IdOf(fund)}")).Count.ShouldBe(1);
    }

    [Fact]
    public async Task MessageThatCanNeverSucceed_IsARefusalThatItsDepartmentSeesAndNeverPoison()
    {
        string key = NewFund();
        int poison = await PoisonAsync("postings");
        await world.SendAsync(world.Message(new JsonObject { ["kind"] = "fund" }, key));
        await world.SendAsync("nobody's");
        string deep = $$"""{"token":"{{world.Token(Role.Poster)}}","key":"{{key}}-deep","posting":{{new string('[', 500)}}{{new string(']', 500)}}}""";
        await world.SendAsync(deep);
        IReadOnlyList<QueueDelivery> deliveries = await world.Host.DrainAsync(Cancel);
        deliveries.ShouldAllBe(one => one.Outcome == DeliveryOutcome.Done);
        deliveries.Count.ShouldBeGreaterThanOrEqualTo(3);

        (int status, JsonElement refused) = await world.CallAsync(HttpMethod.Get, $"/api/postings/{IdOf(key)}", body: null, Role.Poster);
        status.ShouldBe(200);
        refused.GetProperty("state").GetString().ShouldBe("refused");
        refused.GetProperty("findings").GetArrayLength().ShouldBeGreaterThan(0);
        (await PoisonAsync("postings")).ShouldBe(poison);
        await world.SaysAsync("ALARM unattributed-message");
    }

    [Fact]
    public async Task MessageThatMeetsABrokenStoreFiveTimes_IsPoisonAndAnAlarm()
    {
        string fund = NewFund();
        await world.SendAsync(world.Message(Office.Fund(fund), fund));
        world.Cosmos.Faults = _ => new Fault.Refuse(403);
        try
        {
            for (int receive = 1; receive <= 5; receive++)
            {
                QueueDelivery one = (await world.Host.PollAsync(Cancel)).ShouldHaveSingleItem();
                one.Outcome.ShouldBe(receive < 5 ? DeliveryOutcome.Failed : DeliveryOutcome.Poison);
            }
        }
        finally
        {
            world.Cosmos.Faults = null;
        }

        (await PoisonAsync("postings")).ShouldBe(1);
        await world.Host.FireTimerAsync("Reconcile", Cancel);
        await world.SaysAsync("ALARM poison-message: 1 messages are set aside in the queue 'postings-poison'");
        world.Host.Said.ShouldNotContain(fund, Case.Sensitive, "what a message says stays out of diagnostics");

        // A person gives it back, and it is done.
        Azure.Storage.Queues.QueueClient poison = world.Storage.Queues.GetQueueClient("postings-poison");
        Azure.Storage.Queues.Models.QueueMessage message = (await poison.ReceiveMessageAsync(cancellationToken: Cancel)).Value;
        await world.Storage.Queues.GetQueueClient("postings").SendMessageAsync(message.MessageText, Cancel);
        await poison.DeleteMessageAsync(message.MessageId, message.PopReceipt, Cancel);
        (await world.Host.DrainAsync(Cancel)).ShouldAllBe(one => one.Outcome == DeliveryOutcome.Done);
        (await world.CommitsAsync($"posting/{IdOf(fund)}")).Count.ShouldBe(1);
    }

    [Fact]
    public async Task BlobThatWeDidNotWrite_IsAnAlarmAndOursIsNone()
    {
        string fund = NewFund();
        await JourneyAsync(fund, byQueue: false, steps: null);
        string ours = Archiver.PathOf((await world.CommitsAsync($"fund/{fund}"))[0]);
        (await world.Host.FireEventAsync("OnArchiveBlob", Created(ours), Cancel)).ShouldBe(["ours"]);
        world.Host.Said.ShouldNotContain("ALARM foreign-blob");

        string foreign = $"commits/fund/{fund}/0000000099.json";
        await world.Archive.PutAsync(foreign, "{}"u8.ToArray(), Cancel);
        IReadOnlyList<string> told = await world.Host.FireEventAsync("OnArchiveBlob", Created(foreign), Cancel);

        // It cannot be taken out of a container that never forgets; here it can, so that the other tests find their archive.
        await world.Storage.Blobs.GetBlobContainerClient("archive").DeleteBlobAsync(foreign, cancellationToken: Cancel);
        told.ShouldBe(["foreign"]);
        await world.SaysAsync($"ALARM foreign-blob: The archive holds {foreign}");
    }

    // Each sort of step, before it or after it in turn, and a commit point both ways; in the slow tier each step both ways. By the queue, the steps up to the proposal
    // alone: from then on they are the same.
    private static IEnumerable<(string Step, bool IsDone)> Chosen(string[] all, bool byQueue)
    {
        if (Environment.GetEnvironmentVariable(SlowTier) is { Length: > 0 })
        {
            return all.SelectMany(step => new[] { (step, false), (step, true) });
        }

        if (byQueue)
        {
            return all.Where(step => step is "cosmos POST values #1" or "cosmos POST ledger posting #1").SelectMany(step => new[] { (step, false), (step, true) });
        }

        return all.Where(step => step.EndsWith(" #1", StringComparison.Ordinal)
                || step.StartsWith("cosmos POST ledger", StringComparison.Ordinal)
                || step.StartsWith("blob PUT staging journal", StringComparison.Ordinal)
                || step.StartsWith("table PUT bookmark", StringComparison.Ordinal))
            .SelectMany((step, index) => IsCommitPoint(step) ? new[] { (step, false), (step, true) } : [(step, index % 2 == 0)]);
    }

    // Where something becomes true by one request: in the ledger, on the site, for subscribers.
    private static bool IsCommitPoint(string step) =>
        step.StartsWith("cosmos POST ledger", StringComparison.Ordinal) || step is "blob PUT site status.json #1" or "topic POST #1";

    private static string NewFund() => string.Create(System.Globalization.CultureInfo.InvariantCulture, $"f-azure-{Interlocked.Increment(ref funds)}");

    private static PostingId IdOf(string key) => PostingId.Of(Id.Parse<DepartmentId>("finance"), key);

    private static JsonObject Created(string path) => new()
    {
        ["specversion"] = "1.0",
        ["type"] = "Microsoft.Storage.BlobCreated",
        ["source"] = "/subscriptions/0/resourceGroups/county/providers/Microsoft.Storage/storageAccounts/archive",
        ["subject"] = $"/blobServices/default/containers/archive/blobs/{path}",
        ["id"] = "1",
        ["data"] = new JsonObject { ["api"] = "PutBlob" },
    };

    private async Task<int> PoisonAsync(string queue) =>
        (await world.Storage.Queues.GetQueueClient($"{queue}-poison").GetPropertiesAsync(Cancel)).Value.ApproximateMessagesCount;

    // A department posts, another person approves, the ledger is followed. Whoever gets no answer asks again, as its program would.
    private async Task JourneyAsync(string fund, bool byQueue, WriteSteps? steps)
    {
        PostingId id = IdOf(fund);
        if (byQueue)
        {
            await world.SendAsync(world.Message(Office.Fund(fund), fund));
        }

        await InsistAsync(async () =>
        {
            if (byQueue)
            {
                return await DrainAsync();
            }

            (int status, JsonElement body) = await world.CallAsync(HttpMethod.Post, "/api/postings", Office.Fund(fund).ToJsonString(), Role.Poster, fund);
            return status == 201 && body.GetProperty("id").GetString() == id.Value;
        });
        await InsistAsync(async () =>
        {
            (int status, _) = await world.CallAsync(HttpMethod.Post, $"/api/postings/{id}/approval", Office.Checked, Role.Approver);
            return status is 200 or 409;
        });
        await InsistAsync(async () => (await world.Host.FireTimerAsync("Reconcile", Cancel)).Count == 1);

        // The message is on its way beside the requests. Where it is lost, the timer finds what is new.
        if (steps is null || steps.KillAt?.StartsWith("queue", StringComparison.Ordinal) != true)
        {
            await Eventually.TrueAsync("the ledger's change is told", async () =>
                (await world.Storage.Queues.GetQueueClient("ledger-changed").PeekMessagesAsync(1, Cancel)).Value.Length > 0 || steps?.Killed == true);
        }

        await InsistAsync(DrainAsync);
        await InsistAsync(async () => (await world.Host.FireTimerAsync("PublishSite", Cancel)).Count == 1);
    }

    // Poll by poll: a handler that has died is started again before the host tries once more.
    private async Task<bool> DrainAsync()
    {
        while (true)
        {
            IReadOnlyList<QueueDelivery> round = await world.Host.PollAsync(Cancel);
            if (round.Count == 0 || round.Any(one => one.Outcome != DeliveryOutcome.Done))
            {
                return round.Count == 0;
            }
        }
    }

    private async Task InsistAsync(Func<Task<bool>> step)
    {
        for (int attempt = 0; attempt < AttemptsMax; attempt++)
        {
            try
            {
                if (await step())
                {
                    return;
                }
            }
            catch (Exception fault) when (fault is HttpRequestException or InvalidOperationException)
            {
                // The handler died with the request in it, or answered that it could not.
            }

            if (await HasDiedAsync())
            {
                await world.Host.RestartAsync(Cancel);
                await world.BreakLockAsync();
            }
        }

        throw new InvalidOperationException($"It did not succeed in {AttemptsMax} attempts. The handler said: {world.Host.Said}");
    }

    private async Task<bool> HasDiedAsync()
    {
        using var soon = CancellationTokenSource.CreateLinkedTokenSource(Cancel);
        soon.CancelAfter(TimeSpan.FromMilliseconds(500));
        try
        {
            await world.Host.ExitAsync(soon.Token);
            return true;
        }
        catch (OperationCanceledException) when (!Cancel.IsCancellationRequested)
        {
            return false;
        }
    }

    private async Task ShouldHaveArrivedOnceAsync(string fund)
    {
        Commit recorded = (await world.CommitsAsync($"fund/{fund}")).ShouldHaveSingleItem();
        Leaf entry = recorded.Entries.ShouldHaveSingleItem();
        List<Commit> posting = await world.CommitsAsync($"posting/{IdOf(fund)}");
        posting.Select(PostingRecord.StateOf).ShouldBe([PostingState.Proposed, PostingState.Approved, PostingState.Effective]);
        foreach (Commit commit in posting.Append(recorded))
        {
            (await world.Archive.ReadAsync(Archiver.PathOf(commit), Cancel)).ShouldBe(commit.ToBytes());
        }

        (await world.Site.ReadAsync($"funds/{fund}/index.html", Cancel)).ShouldNotBeNull();
        byte[] table = (await world.Site.ReadAsync("data/entries.csv", Cancel))!;
        Encoding.UTF8.GetString(table).Split('\n').Count(line => line.Contains(entry.Id.Value, StringComparison.Ordinal)).ShouldBe(1);
        JsonElement status = JsonElement.Parse((await world.Site.ReadAsync("status.json", Cancel))!);
        Commit publication = (await world.Ledger.ReadLastAsync(StreamName.Site, Cancel))!;
        status.GetProperty("publication").GetString().ShouldBe(publication.Entries[0].Id.Value);

        // A receiver drops repeats by their id.
        JsonObject[] told = [.. world.Topic.Received.Where(one => (string)one["id"]! == $"disclosure.entry.published/{entry.Id}")];
        told.Select(one => one.ToJsonString()).Distinct(StringComparer.Ordinal).ShouldHaveSingleItem($"{fund} was told {told.Length} times");
        JsonElement schema = JsonElement.Parse(EventJsonSchema.Of(EventType.EntryPublished).ToJsonString());
        new JsonSchemaCheck(schema).Faults(schema, JsonElement.Parse(told[0].ToJsonString())).ShouldBeEmpty("what is sent is what the data dictionary says");
        world.Topic.Received.ShouldContain(one => (string)one["id"]! == $"disclosure.site.published/{publication.Entries[0].Id}");
    }

    private async Task ArchiveShouldBeTheLedgerAsync()
    {
        var expected = new SortedSet<string>(StringComparer.Ordinal);
        await foreach (CommitAt read in world.Ledger.ReadAllAsync(Cursor.Start, Cancel))
        {
            expected.Add(Archiver.PathOf(read.Commit));
        }

        var found = new List<string>();
        await foreach (string path in world.Archive.ListAsync("", Cancel))
        {
            found.Add(path);
        }

        found.ShouldBe(expected);
    }
}
