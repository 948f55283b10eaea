using System.Text.Json.Nodes;

namespace DisclosureCloud.Functions.Hosting.Triggers;

/// <summary>The answer to the Functions host that an invocation is done.</summary>
/// <remarks>
/// Always JSON with a body. At an empty 2xx, or a literal <c>null</c>, the host waits until the function times out, and then kills the
/// whole handler with every request in it.
/// </remarks>
/// <param name="logs">Lines for the function's own log; ids and counts alone.</param>
internal sealed class InvocationResult(params IReadOnlyList<string> logs) : IResult
{
    public Task ExecuteAsync(HttpContext httpContext) => Results.Json(new JsonObject
    {
        ["Outputs"] = new JsonObject(),
        ["Logs"] = new JsonArray([.. logs.Select(line => JsonValue.Create(line))]),
    }).ExecuteAsync(httpContext);
}
