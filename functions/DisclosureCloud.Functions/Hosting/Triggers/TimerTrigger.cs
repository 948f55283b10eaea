using System.Text.Json;
using DisclosureCloud.Functions.Hosting.Http;

namespace DisclosureCloud.Functions.Hosting.Triggers;

/// <summary>Maps a function that the host calls by its clock.</summary>
internal static class TimerTrigger
{
    /// <summary>The name of the binding in <c>function.json</c>.</summary>
    public const string Binding = "timer";

    /// <param name="name">The function's name, which is its folder's.</param>
    /// <param name="act">What it does; gives a line of what it did.</param>
    public static void MapTimer<T>(this IEndpointRouteBuilder routes, string name, Func<T, CancellationToken, Task<string>> act)
        where T : notnull => routes.MapPost(
            $"/{name}",
            async (HttpContext context, T actor, CancellationToken cancellationToken) =>
            {
                (JsonElement timer, Problem? problem) = await Invocation.ReadAsync(context.Request, Binding, cancellationToken);
                return problem is not null || timer.ValueKind != JsonValueKind.Object
                    ? problem ?? new Problem(StatusCodes.Status400BadRequest, "The timer's data is an object.")
                    : (IResult)new InvocationResult(await act(actor, cancellationToken));
            }).ExcludeFromDescription();
}
