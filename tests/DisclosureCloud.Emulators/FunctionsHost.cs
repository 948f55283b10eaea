using System.Security.Cryptography;
using System.Text;
using System.Text.Json.Nodes;

namespace DisclosureCloud.Emulators;

/// <summary>Drives a published app as the Azure Functions host (v4) drives a custom handler.</summary>
/// <remarks>
/// <para>It starts the executable that <c>host.json</c> names with the environment that the host gives, waits for an answer to <c>GET /</c>,
/// passes HTTP on for the functions that have an <c>httpTrigger</c> and answers 404 for all else, calls the others by
/// <c>POST /{FunctionName}</c>, and ends the process without asking. What it takes for an answer is what the host takes: a 2xx with a
/// JSON object; an empty one would hang the host until it kills the handler, and is a failure here.</para>
/// <para>Nothing happens by itself: a test fires a timer or an event, polls the queues, restarts the handler. The driver reaches the queues
/// past the faults that a test sets for the app, and does not wait until a message that failed is visible again.</para>
/// <para>It differs from the host in that it does not send an HTTP request again whose handler died, does not kill a handler whose function
/// takes too long, and never gives up starting it.</para>
/// </remarks>
public sealed class FunctionsHost : IAsyncDisposable
{
    /// <summary>Only a handler that gives itself new messages for ever needs so many.</summary>
    private const int RoundsMax = 1000;

    private static readonly TimeSpan EndMax = TimeSpan.FromSeconds(30);

    private readonly FunctionsApp _app;
    private readonly IReadOnlyDictionary<string, string> _settings;
    private readonly HandlerOutput _said;
    private readonly HostQueues? _queues;
    private readonly List<HandlerProcess> _handlers;
    private HostFront? _front;

    private FunctionsHost(FunctionsApp app, IReadOnlyDictionary<string, string> settings, AzuriteServer? storage, HandlerProcess handler, HandlerOutput said)
    {
        (_app, _settings, _handlers, _said) = (app, settings, [handler], said);
        _queues = storage is null ? null : new HostQueues(storage.Queues, app.Queues, AskAsync);
    }

    /// <summary>The names of the functions, which are the folders with a <c>function.json</c>.</summary>
    public IReadOnlyCollection<string> Functions => [.. _app.Functions.Keys];

    /// <summary>What <c>host.json</c> says of queues.</summary>
    public QueueSettings QueueSettings => _app.Queues;

    /// <summary>Where the public calls: the host's own address, not the handler's. It stays when the handler is restarted.</summary>
    public Uri Address => _front!.Address;

    /// <summary>The handler's address, which the public cannot reach. A restarted one has another.</summary>
    public Uri HandlerAddress => Handler.Http.BaseAddress!;

    /// <summary>What the handler wrote, in all its lives.</summary>
    public string Said => _said.ToString();

    private HandlerProcess Handler => _handlers[^1];

    /// <param name="root">The published folder.</param>
    /// <param name="settings">The app's settings, as the environment has them.</param>
    /// <exception cref="InvalidOperationException">The handler ended, or did not answer in thirty seconds.</exception>
    public static Task<FunctionsHost> StartAsync(string root, IReadOnlyDictionary<string, string> settings, CancellationToken cancellationToken) =>
        StartAsync(root, settings, storage: null, cancellationToken);

    /// <param name="storage">Where the queues are that the host polls. The handler learns of them from its settings alone.</param>
    /// <inheritdoc cref="StartAsync(string, IReadOnlyDictionary{string, string}, CancellationToken)"/>
    public static async Task<FunctionsHost> StartAsync(
        string root, IReadOnlyDictionary<string, string> settings, AzuriteServer? storage, CancellationToken cancellationToken)
    {
        FunctionsApp app = await FunctionsApp.ReadAsync(root, cancellationToken);
        var said = new HandlerOutput();
        var host = new FunctionsHost(app, settings, storage, await HandlerProcess.StartAsync(app, settings, said, cancellationToken), said);
        try
        {
            host._front = await HostFront.StartAsync(app, () => host.Handler.Http, cancellationToken);
            return host;
        }
        catch
        {
            await host.DisposeAsync();
            throw;
        }
    }

    /// <summary>Calls a timer's function, as the host does when its time has come.</summary>
    /// <returns>The lines that the function wrote to its log.</returns>
    /// <exception cref="InvalidOperationException">There is no such timer, or its answer is none that the host takes.</exception>
    public Task<IReadOnlyList<string>> FireTimerAsync(string function, CancellationToken cancellationToken) =>
        InvokeAsync(function, HostInvocation.OfTimer(function, _app.BindingOf(function, "timerTrigger")), cancellationToken);

    /// <summary>Gives one event of Event Grid to a function.</summary>
    /// <returns>The lines that the function wrote to its log.</returns>
    /// <exception cref="InvalidOperationException">
    /// There is no such function, or its answer is none that the host takes: Event Grid would get a 500, and send it again.
    /// </exception>
    public Task<IReadOnlyList<string>> FireEventAsync(string function, JsonObject happened, CancellationToken cancellationToken) =>
        InvokeAsync(function, HostInvocation.OfEvent(function, _app.BindingOf(function, "eventGridTrigger"), happened), cancellationToken);

    /// <summary>One round over the functions with a <c>queueTrigger</c>, each of which gets one batch of what is visible.</summary>
    /// <returns>What became of each message; of one that failed, it is visible again.</returns>
    /// <exception cref="InvalidOperationException">The driver was started without a storage account.</exception>
    public async Task<IReadOnlyList<QueueDelivery>> PollAsync(CancellationToken cancellationToken)
    {
        HostQueues queues = _queues ?? throw new InvalidOperationException("The driver was started without a storage account.");
        IReadOnlyList<QueueDelivery>[] rounds = await Task.WhenAll(_app.TriggeredBy("queueTrigger").Select(
            found => queues.PollAsync(found.Function, (string)found.Trigger["queueName"]!, cancellationToken)));
        return [.. rounds.SelectMany(round => round)];
    }

    /// <summary>Polls until a round finds nothing.</summary>
    /// <returns>What became of each message at each of its tries.</returns>
    /// <exception cref="InvalidOperationException">There was no end, or the driver was started without a storage account.</exception>
    public async Task<IReadOnlyList<QueueDelivery>> DrainAsync(CancellationToken cancellationToken)
    {
        var all = new List<QueueDelivery>();
        for (int round = 0; round < RoundsMax; round++)
        {
            IReadOnlyList<QueueDelivery> found = await PollAsync(cancellationToken);
            if (found.Count == 0)
            {
                return all;
            }

            all.AddRange(found);
        }

        throw new InvalidOperationException($"After {RoundsMax} rounds there were still messages.");
    }

    /// <summary>Gives a message to a function without any queue, as at its first try. The same text is the same message: one delivered twice.</summary>
    public async Task<QueueDelivery> DeliverAsync(string function, string text, CancellationToken cancellationToken)
    {
        DateTimeOffset now = TimeProvider.System.GetUtcNow();
        string id = new Guid(SHA256.HashData(Encoding.UTF8.GetBytes(text)).AsSpan(0, 16)).ToString();
        HandlerAnswer answer = await AskAsync(function, new QueuedMessage(text, 1, id, "none", now, now.AddDays(7), now.AddMinutes(10)), cancellationToken);
        return new QueueDelivery(function, id, 1, answer.IsTaken ? DeliveryOutcome.Done : DeliveryOutcome.Failed, answer);
    }

    /// <summary>Ends the handler as the host does: without asking.</summary>
    public Task KillAsync() => Handler.KillAsync();

    /// <summary>Waits until the handler has died, which may be a moment after its connections broke.</summary>
    /// <returns>Its exit code; 128 and the signal's number where a signal ended it.</returns>
    /// <exception cref="InvalidOperationException">It still runs after half a minute.</exception>
    public async Task<int> ExitAsync(CancellationToken cancellationToken)
    {
        try
        {
            return await Handler.ExitAsync(cancellationToken).WaitAsync(EndMax, cancellationToken);
        }
        catch (TimeoutException late)
        {
            throw new InvalidOperationException("The handler still runs.", late);
        }
    }

    /// <summary>Waits until the handler has died, and starts it again with the same settings, on another port.</summary>
    /// <exception cref="InvalidOperationException">
    /// It still runs; or it ended by itself with exit code 0, which the host takes for the end, and does not start it again.
    /// </exception>
    public async Task RestartAsync(CancellationToken cancellationToken)
    {
        if (await ExitAsync(cancellationToken) == 0)
        {
            throw new InvalidOperationException($"The handler ended with exit code 0: the host does not start it again. It said: {Said}");
        }

        // The one that died stays in the list: an answer that breaks is still on its way to whoever waits for it.
        _handlers.Add(await HandlerProcess.StartAsync(_app, _settings, _said, cancellationToken));
    }

    public async ValueTask DisposeAsync()
    {
        await KillAsync();
        if (_front is not null)
        {
            await _front.DisposeAsync();
        }

        foreach (HandlerProcess handler in _handlers)
        {
            handler.Dispose();
        }
    }

    private Task<HandlerAnswer> AskAsync(string function, QueuedMessage message, CancellationToken cancellationToken) =>
        HostInvocation.OfMessage(function, _app.BindingOf(function, "queueTrigger"), message).SendAsync(Handler.Http, cancellationToken);

    private async Task<IReadOnlyList<string>> InvokeAsync(string function, HostInvocation invocation, CancellationToken cancellationToken)
    {
        HandlerAnswer answer = await invocation.SendAsync(Handler.Http, cancellationToken);
        return answer.IsTaken
            ? answer.Logs
            : throw new InvalidOperationException($"{function} answered {answer.Status} with '{answer.Body}': the host takes a 2xx with a JSON object alone.");
    }
}
