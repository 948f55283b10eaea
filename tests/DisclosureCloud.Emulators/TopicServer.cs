using System.Globalization;
using System.Text.Json;
using System.Text.Json.Nodes;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Logging;

namespace DisclosureCloud.Emulators;

/// <summary>A topic on this machine that takes what a topic of Event Grid takes: batches of CloudEvents 1.0 in JSON.</summary>
/// <remarks>It keeps what it took, and delivers nothing. What is no valid event is refused with 400, and then nothing of its batch is kept.</remarks>
public sealed class TopicServer : IAsyncDisposable
{
    private const string Path = "/api/events";

    /// <summary>In bytes. Event Grid says 1 MB, and not which.</summary>
    private const int BodyMax = 1_000_000;

    private const int EventsMax = 5000;

    private readonly Lock _gate = new();
    private readonly List<JsonObject> _received = [];
    private readonly WebApplication _listener;

    private TopicServer()
    {
        WebApplicationBuilder builder = WebApplication.CreateSlimBuilder();
        builder.Logging.ClearProviders();
        builder.WebHost.UseUrls("http://127.0.0.1:0");
        _listener = builder.Build();
        _listener.MapPost(Path, (RequestDelegate)TakeAsync);
    }

    /// <summary>What goes wrong with a request; null lets it through. Asked for every request.</summary>
    public Func<HttpRequest, Fault?>? Faults { get; set; }

    public Uri Endpoint => new(new Uri(_listener.Urls.First()), Path);

    /// <summary>The events taken until now, in the order in which they came.</summary>
    public IReadOnlyList<JsonObject> Received
    {
        get
        {
            lock (_gate)
            {
                return [.. _received];
            }
        }
    }

    public static async Task<TopicServer> StartAsync()
    {
        var server = new TopicServer();
        await server._listener.StartAsync();
        return server;
    }

    public ValueTask DisposeAsync() => _listener.DisposeAsync();

    private async Task TakeAsync(HttpContext context)
    {
        Fault? fault = Faults?.Invoke(context.Request);
        if (fault is Fault.Refuse refused)
        {
            // Event Grid speaks of whole seconds, in the header that all of HTTP has.
            if (refused.RetryAfter is { } later)
            {
                context.Response.Headers.RetryAfter = ((long)later.TotalSeconds).ToString(CultureInfo.InvariantCulture);
            }

            Fault.Answer(context, refused.Status, retryAfter: null);
            return;
        }

        if (fault is Fault.Delay delay)
        {
            await delay.Until.WaitAsync(context.RequestAborted);
        }

        (int status, string says) = await AnswerAsync(context.Request, context.RequestAborted);
        if (fault is Fault.LoseAnswer lost)
        {
            Fault.Answer(context, lost.Status, retryAfter: null);
            return;
        }

        context.Response.StatusCode = status;
        await context.Response.WriteAsync(says, context.RequestAborted);
    }

    private async Task<(int Status, string Says)> AnswerAsync(HttpRequest request, CancellationToken cancellationToken)
    {
        if (!request.Headers.ContainsKey("aeg-sas-key") && !request.Headers.ContainsKey("Authorization"))
        {
            return (StatusCodes.Status401Unauthorized, "neither a key nor a token");
        }

        if (request.ContentType?.Split(';')[0].Trim() != "application/cloudevents-batch+json")
        {
            return (StatusCodes.Status415UnsupportedMediaType, $"not a batch of CloudEvents: {request.ContentType}");
        }

        using var body = new MemoryStream();
        await request.Body.CopyToAsync(body, cancellationToken);
        if (body.Length > BodyMax)
        {
            return (StatusCodes.Status413PayloadTooLarge, $"{body.Length} bytes");
        }

        try
        {
            if (JsonNode.Parse(body.ToArray()) is not JsonArray { Count: > 0 and <= EventsMax } events)
            {
                return (StatusCodes.Status400BadRequest, $"a batch is an array of 1 to {EventsMax} events");
            }

            if (events.Select(CloudEventRules.WrongWith).FirstOrDefault(wrong => wrong is not null) is { } wrong)
            {
                return (StatusCodes.Status400BadRequest, wrong);
            }

            lock (_gate)
            {
                _received.AddRange(events.Select(one => one!.DeepClone().AsObject()));
            }

            return (StatusCodes.Status200OK, "");
        }
        catch (JsonException fault)
        {
            return (StatusCodes.Status400BadRequest, fault.Message);
        }
    }
}
