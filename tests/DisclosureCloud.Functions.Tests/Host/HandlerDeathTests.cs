using System.Text;
using DisclosureCloud.Emulators;
using DisclosureCloud.Storage;

namespace DisclosureCloud.Functions.Tests.Host;

/// <summary>The handler of the driver may die at any moment, and is started again as the Functions host does.</summary>
[Collection(HostStorage.Name)]
public sealed class HandlerDeathTests(HostStorage storage) : IAsyncLifetime
{
    private const string Function = "TakePosting";

    /// <summary>128 and SIGKILL.</summary>
    private const int Killed = 137;

    private readonly string _name = storage.Server.NewName();
    private readonly StubApp _app = new();
    private StorageQueue _queue = null!;
    private FunctionsHost _host = null!;

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    public async ValueTask InitializeAsync()
    {
        _queue = new StorageQueue(storage.Server.Open(), _name);
        await _queue.CreateAsync(Cancel);
        _host = await _app.WithQueue(Function, _name).WithHttp("PostPosting", "postings").StartAsync(storage.Server);
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

    [Fact]
    public async Task Death_InMidCall_IsAFailureAndARestartBringsItBack()
    {
        await _queue.SendAsync("one", Cancel);
        _app.Ends("SIGKILL");
        Uri front = _host.Address;
        Uri before = _host.HandlerAddress;
        QueueDelivery died = (await _host.PollAsync(Cancel)).ShouldHaveSingleItem();
        (died.Outcome, died.Answer!.Status).ShouldBe((DeliveryOutcome.Failed, HandlerAnswer.None));

        _app.Answers("{}");
        (await _host.PollAsync(Cancel)).ShouldHaveSingleItem().Outcome.ShouldBe(DeliveryOutcome.Failed); // Nobody is there.
        await _host.RestartAsync(Cancel);
        QueueDelivery done = (await _host.PollAsync(Cancel)).ShouldHaveSingleItem();
        (done.Outcome, done.DequeueCount, done.MessageId).ShouldBe((DeliveryOutcome.Done, 3, died.MessageId));
        _app.Calls.Select(call => call.Process).Distinct().Count().ShouldBe(2);
        _host.HandlerAddress.ShouldNotBe(before);
        _host.Address.ShouldBe(front);
        (await PostAsync()).ShouldBe(200); // The front leads to the one that lives.

        await _host.KillAsync(); // After its end all is read that it wrote.
        _host.Said.ShouldBe($"stub listens{Environment.NewLine}stub listens{Environment.NewLine}");
    }

    [Fact]
    public async Task Death_InAnHttpRequest_ComesBackAsAnError()
    {
        _app.Ends("SIGKILL");
        (await PostAsync()).ShouldBe(500);
    }

    [Fact]
    public async Task ExitCode_OtherThanZero_IsStartedAgain()
    {
        _app.Ends(3);
        (await _host.DeliverAsync(Function, "one", Cancel)).Outcome.ShouldBe(DeliveryOutcome.Failed);
        (await _host.ExitAsync(Cancel)).ShouldBe(3);
        await _host.RestartAsync(Cancel);
        _app.Answers("{}");
        (await _host.DeliverAsync(Function, "one", Cancel)).Outcome.ShouldBe(DeliveryOutcome.Done);
    }

    [Fact]
    public async Task ExitCodeZero_IsNotStartedAgain()
    {
        _app.Ends(0);
        (await _host.DeliverAsync(Function, "one", Cancel)).Outcome.ShouldBe(DeliveryOutcome.Failed);
        (await Should.ThrowAsync<InvalidOperationException>(() => _host.RestartAsync(Cancel))).Message.ShouldContain("exit code 0");
    }

    [Fact]
    public async Task Killed_ByTheDriver_IsStartedAgain()
    {
        await _host.KillAsync();
        (await _host.ExitAsync(Cancel)).ShouldBe(Killed);
        await _host.RestartAsync(Cancel);
        (await PostAsync()).ShouldBe(200);
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task Fault_MayKillTheHandlerInTheMiddleOfItsRequest(bool done)
    {
        // The stub asks the account, which kills it before or after it answers.
        int asked = 0;
        storage.Server.Faults = request =>
        {
            asked++;
            return done ? new Fault.LoseAnswer(Fault.Broken) { Meanwhile = _host.KillAsync } : new Fault.Refuse(Fault.Broken) { Meanwhile = _host.KillAsync };
        };
        _app.Answers("{}", asks: storage.Server.Endpoints.Queues);
        QueueDelivery delivery = await _host.DeliverAsync(Function, "one", Cancel);
        (delivery.Outcome, delivery.Answer!.Status, asked).ShouldBe((DeliveryOutcome.Failed, HandlerAnswer.None, 1));
        (await _host.ExitAsync(Cancel)).ShouldBe(Killed);

        storage.Server.Faults = null;
        await _host.RestartAsync(Cancel);
        (await _host.DeliverAsync(Function, "one", Cancel)).Outcome.ShouldBe(DeliveryOutcome.Done);
    }

    [Theory]
    [InlineData(false, 0)]
    [InlineData(true, 1)]
    public async Task Fault_HappensBeforeTheServerDoesItOrAfter(bool done, int thereMeanwhile)
    {
        int? there = null;
        async Task LookAsync() => there = (await storage.Server.Queues.GetQueueClient(_name).GetPropertiesAsync(Cancel)).Value.ApproximateMessagesCount;
        storage.Server.Faults = _ => there is not null ? null
            : done ? new Fault.LoseAnswer(403) { Meanwhile = LookAsync } : new Fault.Refuse(403) { Meanwhile = LookAsync };
        await Should.ThrowAsync<Azure.RequestFailedException>(() => _queue.SendAsync("one", Cancel));
        there.ShouldBe(thereMeanwhile);
    }

    private async Task<int> PostAsync()
    {
        using var http = new HttpClient();
        using var content = new StringContent("{}", Encoding.UTF8, "application/json");
        using HttpResponseMessage answer = await http.PostAsync(new Uri(_host.Address, "/api/postings"), content, Cancel);
        return (int)answer.StatusCode;
    }
}
