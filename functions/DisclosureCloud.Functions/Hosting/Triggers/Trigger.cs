using System.Text.Json;
using DisclosureCloud.Functions.Hosting.Http;

namespace DisclosureCloud.Functions.Hosting.Triggers;

/// <summary>Maps functions that the host calls by its clock, with a message of a queue, or with an event.</summary>
/// <remarks>
/// Each does its work with one object of the app, and gives a line of what it did, in ids, codes and counts alone. An answer of 2xx is
/// the end of it. After anything else a message is given again, five times in all, and then set aside in the queue's own <c>-poison</c>
/// queue; Event Grid sends an event again; a timer waits for its next time.
/// </remarks>
internal static class Trigger
{
    /// <summary>The names of the bindings in <c>function.json</c>, by their type.</summary>
    public static IReadOnlyDictionary<string, string> Bindings { get; } = new Dictionary<string, string>(StringComparer.Ordinal)
    {
        ["timerTrigger"] = Timer,
        ["queueTrigger"] = Queue,
        ["eventGridTrigger"] = Event,
    };

    private const string Timer = "timer";
    private const string Queue = "message";
    private const string Event = "event";

    /// <param name="name">The function's name, which is its folder's.</param>
    public static void MapTimer<T>(this IEndpointRouteBuilder routes, string name, Func<T, CancellationToken, Task<string>> act)
        where T : notnull => routes.Map<T>(name, Timer, JsonValueKind.Object, (actor, _, cancellationToken) => act(actor, cancellationToken));

    /// <param name="act">Takes the message's text.</param>
    public static void MapQueue<T>(this IEndpointRouteBuilder routes, string name, Func<T, string, CancellationToken, Task<string>> act)
        where T : notnull => routes.Map<T>(name, Queue, JsonValueKind.String, (actor, bound, cancellationToken) => act(actor, TextOf(bound.GetString()!), cancellationToken));

    /// <param name="act">Takes the event. The host answers the subscription's validation itself.</param>
    public static void MapEvent<T>(this IEndpointRouteBuilder routes, string name, Func<T, JsonElement, CancellationToken, Task<string>> act)
        where T : notnull => routes.Map(name, Event, JsonValueKind.Object, act);

    private static void Map<T>(
        this IEndpointRouteBuilder routes, string name, string binding, JsonValueKind kind, Func<T, JsonElement, CancellationToken, Task<string>> act)
        where T : notnull => routes.MapPost(
            $"/{name}",
            async (HttpContext context, T actor, CancellationToken cancellationToken) =>
            {
                (JsonElement bound, Problem? problem) = await Invocation.ReadAsync(context.Request, binding, cancellationToken);
                return problem is not null || bound.ValueKind != kind
                    ? problem ?? new Problem(StatusCodes.Status400BadRequest, $"The data of a {binding} is of another type.")
                    : (IResult)new InvocationResult(await act(actor, bound, cancellationToken));
            }).ExcludeFromDescription();

    // The host writes the text as a JSON string before it puts it into its own JSON.
    private static string TextOf(string bound)
    {
        try
        {
            using var json = JsonDocument.Parse(bound, new JsonDocumentOptions { MaxDepth = JsonBody.LengthMax });
            return json.RootElement.ValueKind == JsonValueKind.String ? json.RootElement.GetString()! : bound;
        }
        catch (Exception fault) when (fault is JsonException or InvalidOperationException)
        {
            return bound;
        }
    }
}
