using Azure.Storage.Queues;
using DisclosureCloud.Emulators;
using DisclosureCloud.Ledger;
using DisclosureCloud.Testing;
using Microsoft.AspNetCore.Http;

namespace DisclosureCloud.Storage.Tests;

public sealed class StorageQueueContractTests(AzuriteServer server) : MessageQueueContract
{
    protected override string Name { get; } = server.NewName();

    protected override async Task<(IMessageQueue Queue, IAsyncDisposable? Owned)> OpenStoreAsync(string name)
    {
        var queue = new StorageQueue(server.Open(), name);
        await queue.CreateAsync(Cancel);
        return (queue, null);
    }

    // The server's clock has whole seconds.
    protected override Task WaitASecondAsync() => Task.Delay(TimeSpan.FromSeconds(2), Cancel);

    [Fact]
    public async Task Message_LiesAsTheFunctionsHostExpectsItAndForEver()
    {
        IMessageQueue queue = await OpenAsync();
        await queue.SendAsync("县 one", Cancel);
        QueueClient raw = server.Open().Queues.GetQueueClient(Name);
        Azure.Storage.Queues.Models.PeekedMessage message = (await raw.PeekMessageAsync(Cancel)).Value;
        message.MessageText.ShouldBe("5Y6/IG9uZQ==");
        message.ExpiresOn.ShouldNotBeNull().Year.ShouldBe(9999);
    }

    [Theory]
    [InlineData("no base64!")]
    [InlineData("/w==")] // Base64 of a byte that no UTF-8 has.
    public async Task Point6_MessageOfAnotherProgram_IsSetAsideAndStopsNobody(string text)
    {
        IMessageQueue queue = await OpenAsync();
        QueueClient raw = server.Open().Queues.GetQueueClient(Name);
        await raw.SendMessageAsync(text, Cancel);
        await queue.SendAsync("ours", Cancel);

        (await queue.ReceiveAsync(32, TimeSpan.FromMinutes(1), Cancel)).ShouldHaveSingleItem().Text.ShouldBe("ours");
        (await (await OpenAsync("-poison")).ReceiveAsync(32, TimeSpan.FromMinutes(1), Cancel)).ShouldHaveSingleItem().Text.ShouldBe(text);
    }
}

/// <summary>What a queue does when the service refuses or loses an answer.</summary>
[Collection(AzuriteFaults.Name)]
public sealed class StorageQueueFaultTests(AzuriteFaults faults) : IAsyncLifetime
{
    private static readonly TimeSpan Hidden = TimeSpan.FromMinutes(1);

    private readonly string name = faults.Server.NewName();
    private StorageQueue queue = null!;

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    public async ValueTask InitializeAsync()
    {
        queue = new StorageQueue(faults.Server.Open(), name);
        await queue.CreateAsync(Cancel);
    }

    public ValueTask DisposeAsync() => faults.ResetAsync();

    [Theory]
    [InlineData(503)]
    [InlineData(Fault.Broken)]
    public async Task RefusedTwice_IsDoneAtTheThird(int status)
    {
        int refusals = 2;
        faults.Server.Faults = _ => Interlocked.Decrement(ref refusals) >= 0 ? new Fault.Refuse(status) : null;
        await queue.SendAsync("one", Cancel);
        refusals = 2;
        QueueMessage message = (await queue.ReceiveAsync(1, Hidden, Cancel)).ShouldHaveSingleItem();
        refusals = 2;
        (await queue.DeleteAsync(message.Receipt, Cancel)).ShouldBeTrue();
    }

    [Fact]
    public async Task Send_AnswerLost_MayBeThereTwiceButIsThere()
    {
        int asked = 0;
        faults.Server.Faults = request => HttpMethods.IsPost(request.Method) && Interlocked.Increment(ref asked) == 1 ? new Fault.LoseAnswer(503) : null;
        await queue.SendAsync("one", Cancel);
        (await queue.ReceiveAsync(32, Hidden, Cancel)).Select(message => message.Text).ShouldBe(["one", "one"]);
    }

    [Fact]
    public async Task Delete_AnswerLost_IsGone()
    {
        await queue.SendAsync("one", Cancel);
        QueueMessage message = (await queue.ReceiveAsync(1, Hidden, Cancel)).ShouldHaveSingleItem();
        int asked = 0;
        faults.Server.Faults = request => HttpMethods.IsDelete(request.Method) && Interlocked.Increment(ref asked) == 1 ? new Fault.LoseAnswer(503) : null;
        (await queue.DeleteAsync(message.Receipt, Cancel)).ShouldBeFalse(); // The repeat found nothing.
        asked.ShouldBe(2);
        (await faults.Server.Open().Queues.GetQueueClient(name).PeekMessagesAsync(32, Cancel)).Value.ShouldBeEmpty();
    }

    [Fact]
    public async Task RefusedAgainAndAgain_IsToldWithinABound()
    {
        var impatient = new StorageQueue(faults.Server.Open(callMax: TimeSpan.FromSeconds(1)), name);
        faults.Server.Faults = _ => new Fault.Refuse(503);
        await Should.ThrowAsync<StoreBusyException>(() => impatient.SendAsync("one", Cancel));
        await Should.ThrowAsync<StoreBusyException>(() => impatient.ReceiveAsync(1, Hidden, Cancel));
        await Should.ThrowAsync<StoreBusyException>(() => impatient.CountAsync(Cancel));
    }

    [Fact]
    public async Task SettingAside_CutOffBetweenThereAndHere_LosesNothing()
    {
        QueueClient raw = faults.Server.Open().Queues.GetQueueClient(name);
        await raw.SendMessageAsync("no base64!", Cancel);
        faults.Server.Faults = request => HttpMethods.IsDelete(request.Method) ? new Fault.Refuse(403) : null;
        await Should.ThrowAsync<Azure.RequestFailedException>(() => queue.ReceiveAsync(1, TimeSpan.FromSeconds(1), Cancel));

        faults.Server.Faults = null;
        (await new StorageQueue(faults.Server.Open(), $"{name}-poison").ReceiveAsync(32, Hidden, Cancel)).ShouldHaveSingleItem().Text.ShouldBe("no base64!");
    }
}
