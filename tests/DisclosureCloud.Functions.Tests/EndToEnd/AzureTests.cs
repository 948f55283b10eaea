using System.Text.Json;
using System.Text.Json.Nodes;
using DisclosureCloud.Emulators;
using DisclosureCloud.Functions.Hosting.Bearer;
using DisclosureCloud.Functions.Hosting.Following;
using DisclosureCloud.Functions.Tests.Running;
using DisclosureCloud.Ledger;

namespace DisclosureCloud.Functions.Tests.EndToEnd;

/// <summary>
/// A posting by HTTP and one by queue reach Cosmos DB, archive, site and Event Grid's receiver exactly once each, whatever dies on the way.
/// </summary>
public sealed class AzureTests(AzureWorld world) : IClassFixture<AzureWorld>
{
    private readonly AzureJourney _journey = new(world);

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    [Fact]
    public async Task PostingsByHttpAndByQueue_ReachEverythingOnce()
    {
        string byHttp = AzureJourney.NewFund();
        await _journey.GoAsync(byHttp, byQueue: false, steps: null);
        await _journey.ShouldHaveArrivedOnceAsync(byHttp);
        string byQueue = AzureJourney.NewFund();
        await _journey.GoAsync(byQueue, byQueue: true, steps: null);
        await _journey.ShouldHaveArrivedOnceAsync(byQueue);
    }

    [Fact]
    public async Task MessageDeliveredTwice_AlsoAtOnce_IsOnePosting()
    {
        string fund = AzureJourney.NewFund();
        string message = world.Message(Office.Fund(fund), fund);
        await world.SendAsync(message);
        await world.SendAsync(message);
        QueueDelivery[] beside = await Task.WhenAll(Enumerable.Range(0, 4).Select(_ => world.Host.DeliverAsync("IngestPosting", message, Cancel)));
        beside.ShouldAllBe(one => one.Outcome == DeliveryOutcome.Done);
        (await world.Host.DrainAsync(Cancel)).ShouldAllBe(one => one.Outcome == DeliveryOutcome.Done);
        (await world.CommitsAsync($"posting/{AzureJourney.IdOf(fund)}")).Count.ShouldBe(1);
    }

    [Fact]
    public async Task MessageThatCanNeverSucceed_IsARefusalThatItsDepartmentSeesAndNeverPoison()
    {
        string key = AzureJourney.NewFund();
        int poison = await PoisonAsync("postings");
        await world.SendAsync(world.Message(new JsonObject { ["kind"] = "fund" }, key));
        await world.SendAsync("nobody's");
        string deep = $$"""{"token":"{{world.Token(Role.Poster)}}","key":"{{key}}-deep","posting":{{new string('[', 500)}}{{new string(']', 500)}}}""";
        await world.SendAsync(deep);
        IReadOnlyList<QueueDelivery> deliveries = await world.Host.DrainAsync(Cancel);
        deliveries.ShouldAllBe(one => one.Outcome == DeliveryOutcome.Done);
        deliveries.Count.ShouldBeGreaterThanOrEqualTo(3);

        (int status, JsonElement refused) = await world.CallAsync(HttpMethod.Get, $"/api/postings/{AzureJourney.IdOf(key)}", body: null, Role.Poster);
        status.ShouldBe(200);
        refused.GetProperty("state").GetString().ShouldBe("refused");
        refused.GetProperty("findings").GetArrayLength().ShouldBeGreaterThan(0);
        (await PoisonAsync("postings")).ShouldBe(poison);
        await world.SaysAsync("ALARM unattributed-message");
    }

    [Fact]
    public async Task MessageThatMeetsABrokenStoreFiveTimes_IsPoisonAndAnAlarm()
    {
        string fund = AzureJourney.NewFund();
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
        (await world.CommitsAsync($"posting/{AzureJourney.IdOf(fund)}")).Count.ShouldBe(1);
    }

    [Fact]
    public async Task BlobThatWeDidNotWrite_IsAnAlarmAndOursIsNone()
    {
        string fund = AzureJourney.NewFund();
        await _journey.GoAsync(fund, byQueue: false, steps: null);
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
}
