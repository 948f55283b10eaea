using System.Text.Json;
using DisclosureCloud.Emulators;
using DisclosureCloud.Storage;

namespace DisclosureCloud.Functions.Tests.Host;

/// <summary>The driver polls queues as the Functions host does.</summary>
[Collection(HostStorage.Name)]
public sealed class QueueTriggerTests(HostStorage storage) : IAsyncLifetime
{
    private const string Function = "TakePosting";

    private readonly string _name = storage.Server.NewName();
    private readonly StubApp _app = new();
    private StorageQueue _queue = null!;
    private FunctionsHost _host = null!;

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    public async ValueTask InitializeAsync()
    {
        // The queue for poison is not there yet: the host makes it.
        await storage.Server.Queues.GetQueueClient(_name).CreateAsync(cancellationToken: Cancel);
        _queue = new StorageQueue(storage.Server.Open(), _name);
        _host = await _app.WithQueue(Function, _name).StartAsync(storage.Server);
    }

    public async ValueTask DisposeAsync()
    {
        storage.Server.Faults = null;
        if (_host is not null)
        {
            await _host.DisposeAsync();
        }

        _app.Dispose();
    }

    [Theory]
    [InlineData("县 \"one\" \\ <&> \u2028 \U0002000B")]
    [InlineData("7")]
    [InlineData("[1, 2]")]
    public async Task Text_ArrivesAsAJsonStringInAString(string text)
    {
        await _queue.SendAsync(text, Cancel);
        QueueDelivery delivery = (await _host.PollAsync(Cancel)).ShouldHaveSingleItem();
        delivery.ShouldBe(new QueueDelivery(Function, delivery.MessageId, 1, DeliveryOutcome.Done, new HandlerAnswer(200, "application/json", "{}")));

        StubCall call = _app.Calls.ShouldHaveSingleItem();
        call.Path.ShouldBe($"/{Function}");
        JsonElement.Parse(call.Data("message").GetString()!).GetString().ShouldBe(text);
        call.Headers["content-type"].ShouldBe("application/json; charset=utf-8");
        call.Headers["transfer-encoding"].ShouldBe("chunked");
        call.Headers.ShouldNotContainKey("content-length");
    }

    [Fact]
    public async Task JsonMessage_IsParsedThreeTimesToBeRead()
    {
        const string Text = """{ "kind": "fund", "name": "村道" }""";
        await _queue.SendAsync(Text, Cancel);
        await _host.PollAsync(Cancel);

        // Byte for byte: one string in the other, and nothing escaped that need not be.
        StubCall call = _app.Calls.ShouldHaveSingleItem();
        call.Body.ShouldStartWith("""{"Data":{"message":"\"{ \\\"kind\\\": \\\"fund\\\", \\\"name\\\": \\\"村道\\\" }\""},"Metadata":{""");
        string once = call.Data("message").GetString()!;
        string twice = JsonElement.Parse(once).GetString()!;
        twice.ShouldBe(Text);
        JsonElement.Parse(twice).GetProperty("name").GetString().ShouldBe("村道");
    }

    [Fact]
    public async Task Metadata_SaysWhichMessage()
    {
        await _queue.SendAsync("one", Cancel);
        QueueDelivery delivery = (await _host.PollAsync(Cancel)).ShouldHaveSingleItem();
        StubCall call = _app.Calls.ShouldHaveSingleItem();
        call.Metadata("DequeueCount").GetString().ShouldBe("1");
        call.Text("Id").ShouldBe(delivery.MessageId);
        call.Text("PopReceipt").ShouldNotBeNullOrEmpty();
        JsonElement.Parse(call.Metadata("InsertionTime").GetString()!).GetDateTimeOffset().ShouldBeLessThan(DateTimeOffset.MaxValue);
        JsonElement.Parse(call.Metadata("ExpirationTime").GetString()!).GetDateTimeOffset().Year.ShouldBe(9999);
        call.Metadata("sys").GetProperty("MethodName").GetString().ShouldBe(Function);
    }

    [Fact]
    public async Task Metadata_OfAJsonMessage_IsWhatTheMessageSays()
    {
        await _queue.SendAsync(
            """{"department": "finance", "amount": 5, "final": true, "place": {"code": "410503"}, "cites": ["a"], "none": null, "x-Trigger": 1, "dequeueCount": 77, "SYS": "mine"}""",
            Cancel);
        await _host.PollAsync(Cancel);
        StubCall call = _app.Calls.ShouldHaveSingleItem();
        call.Text("department").ShouldBe("finance");
        call.Text("amount").ShouldBe("5");
        call.Text("final").ShouldBe("True");
        call.Metadata("place").GetProperty("code").GetString().ShouldBe("410503");
        foreach (string absent in new[] { "cites", "none", "x-Trigger" })
        {
            Should.Throw<KeyNotFoundException>(() => call.Metadata(absent));
        }

        // It overrides what the host itself has to say.
        call.Text("DequeueCount").ShouldBe("77");
        call.Text("sys").ShouldBe("mine");
    }

    [Fact]
    public async Task Success_DeletesTheMessage()
    {
        await _queue.SendAsync("one", Cancel);
        await _queue.SendAsync("two", Cancel);
        (await _host.DrainAsync(Cancel)).Select(delivery => delivery.Outcome).ShouldBe([DeliveryOutcome.Done, DeliveryOutcome.Done]);
        (await _host.PollAsync(Cancel)).ShouldBeEmpty();
        (await CountAsync(_name)).ShouldBe(0);
    }

    [Theory]
    [InlineData("", 200, StubApp.Json)]
    [InlineData("", 204, null)]
    [InlineData("null", 200, StubApp.Json)]
    [InlineData("{}", 200, "text/plain")]
    [InlineData("{}", 200, null)]
    [InlineData("[]", 200, StubApp.Json)]
    [InlineData("{", 200, StubApp.Json)]
    [InlineData("{\"Logs\":\"one\"}", 200, StubApp.Json)]
    [InlineData("{}", 302, StubApp.Json)]
    [InlineData("{}", 404, StubApp.Json)]
    [InlineData("{}", 500, StubApp.Json)]
    public async Task Answer_ThatTheHostDoesNotTake_IsAFailureAndTheMessageComesAgain(string body, int status, string? type)
    {
        await _queue.SendAsync("one", Cancel);
        _app.Answers(body, status, type);
        QueueDelivery first = (await _host.PollAsync(Cancel)).ShouldHaveSingleItem();
        (first.Outcome, first.DequeueCount).ShouldBe((DeliveryOutcome.Failed, 1));
        first.Answer.ShouldBe(new HandlerAnswer(status, type?.Split(';')[0], body));

        _app.Answers("{}");
        QueueDelivery second = (await _host.PollAsync(Cancel)).ShouldHaveSingleItem();
        (second.Outcome, second.DequeueCount, second.MessageId).ShouldBe((DeliveryOutcome.Done, 2, first.MessageId));
        _app.Calls.Select(call => call.Metadata("DequeueCount").GetString()).ShouldBe(["1", "2"]);
    }

    [Fact]
    public async Task FiveFailures_SetItAsideOnceWithItsTextUnchanged()
    {
        const string Text = """{"kind": "县", "amount": 0.10}""";
        await _queue.SendAsync(Text, Cancel);
        _app.Answers("{}", status: 500);
        IReadOnlyList<QueueDelivery> tries = await _host.DrainAsync(Cancel);
        tries.Select(delivery => (delivery.DequeueCount, delivery.Outcome)).ShouldBe(
        [
            (1, DeliveryOutcome.Failed), (2, DeliveryOutcome.Failed), (3, DeliveryOutcome.Failed), (4, DeliveryOutcome.Failed), (5, DeliveryOutcome.Poison),
        ]);
        tries[^1].Answer.ShouldNotBeNull().Status.ShouldBe(500);
        (await CountAsync(_name)).ShouldBe(0);
        var poison = new StorageQueue(storage.Server.Open(), $"{_name}-poison");
        (await poison.ReceiveAsync(32, TimeSpan.FromMinutes(1), Cancel)).ShouldHaveSingleItem().Text.ShouldBe(Text);
    }

    [Fact]
    public async Task NoBase64_IsSetAsideWithoutAskingTheHandler()
    {
        await storage.Server.Queues.GetQueueClient(_name).SendMessageAsync("no base64!", Cancel);
        (await _host.PollAsync(Cancel)).ShouldHaveSingleItem().ShouldSatisfyAllConditions(
            delivery => delivery.Outcome.ShouldBe(DeliveryOutcome.Poison),
            delivery => delivery.Answer.ShouldBeNull());
        _app.Calls.ShouldBeEmpty();
        (await CountAsync($"{_name}-poison")).ShouldBe(1);
    }

    [Fact]
    public async Task HostJson_SaysBatchTriesAndEncoding()
    {
        string name = storage.Server.NewName();
        await storage.Server.Queues.GetQueueClient(name).CreateAsync(cancellationToken: Cancel);
        using var app = new StubApp("""{"batchSize": 2, "maxDequeueCount": 1, "messageEncoding": "none"}""");
        await using FunctionsHost host = await app.WithQueue(Function, name).StartAsync(storage.Server);
        host.QueueSettings.ShouldBe(new QueueSettings(2, 1, TimeSpan.Zero, IsBase64: false));
        _host.QueueSettings.ShouldBe(new QueueSettings(8, 5, TimeSpan.FromSeconds(30), IsBase64: true));
        foreach (string text in new[] { "one", "two", "three" })
        {
            await storage.Server.Queues.GetQueueClient(name).SendMessageAsync(text, Cancel);
        }

        app.Answers("{}", status: 500);
        (await host.PollAsync(Cancel)).Select(delivery => delivery.Outcome).ShouldBe([DeliveryOutcome.Poison, DeliveryOutcome.Poison]);
        (await host.PollAsync(Cancel)).Count.ShouldBe(1);
        app.Calls.Select(call => JsonElement.Parse(call.Data("message").GetString()!).GetString()).Order(StringComparer.Ordinal).ShouldBe(["one", "three", "two"]);
    }

    [Fact]
    public async Task QueueThatIsNotThere_IsEmpty()
    {
        using var app = new StubApp();
        await using FunctionsHost host = await app.WithQueue(Function, storage.Server.NewName()).StartAsync(storage.Server);
        (await host.DrainAsync(Cancel)).ShouldBeEmpty();
    }

    [Fact]
    public async Task FunctionOfAPoisonQueue_ThatFails_LeavesTheMessageHidden()
    {
        string name = $"{storage.Server.NewName()}-poison";
        await storage.Server.Queues.GetQueueClient(name).CreateAsync(cancellationToken: Cancel);
        await new StorageQueue(storage.Server.Open(), name).SendAsync("one", Cancel);
        using var app = new StubApp();
        await using FunctionsHost host = await app.WithQueue(Function, name).StartAsync(storage.Server);
        app.Answers("{}", status: 500);
        (await host.DrainAsync(Cancel)).ShouldHaveSingleItem().Outcome.ShouldBe(DeliveryOutcome.Failed);
        (await CountAsync(name)).ShouldBe(1);
    }

    [Fact]
    public async Task Delivered_WithoutAQueue_IsTheSameMessageEachTime()
    {
        QueueDelivery first = await _host.DeliverAsync(Function, "one", Cancel);
        QueueDelivery second = await _host.DeliverAsync(Function, "one", Cancel);
        second.ShouldBe(first);
        first.Outcome.ShouldBe(DeliveryOutcome.Done);
        _app.Calls.ShouldAllBe(call => call.Text("Id") == first.MessageId);
        _app.Calls.Count.ShouldBe(2);
        ((await _host.DeliverAsync(Function, "two", Cancel)).MessageId == first.MessageId).ShouldBeFalse();
        await Should.ThrowAsync<InvalidOperationException>(() => _host.DeliverAsync("Other", "one", Cancel));
    }

    [Fact]
    public async Task Faults_AreTheAppsAndNotTheHosts()
    {
        await _queue.SendAsync("one", Cancel);
        storage.Server.Faults = _ => new Fault.Refuse(503);
        (await _host.DrainAsync(Cancel)).ShouldHaveSingleItem().Outcome.ShouldBe(DeliveryOutcome.Done);
    }

    private async Task<int> CountAsync(string queue) =>
        (await storage.Server.Queues.GetQueueClient(queue).GetPropertiesAsync(Cancel)).Value.ApproximateMessagesCount;
}
