using System.Text.Json;
using DisclosureCloud.Functions.Hosting.Http;
using DisclosureCloud.Ledger;

namespace DisclosureCloud.Functions.Hosting.Triggers;

/// <summary>A call of the Functions host for a trigger that is not HTTP: <c>POST /{FunctionName}</c>, with data and metadata.</summary>
/// <remarks>
/// <code>{"Data": {"timer": {…}}, "Metadata": {…, "sys": {"MethodName": "Reconcile", "UtcNow": "…", "RandGuid": "…"}}}</code>
/// Nothing of the metadata is believed: the properties of a message of the queue appear in it.
/// </remarks>
internal static class Invocation
{
    /// <summary>Reads the data of one binding.</summary>
    /// <returns>The data, or the problem to answer with: the host takes any status but 2xx for a failure.</returns>
    public static async Task<(JsonElement Data, Problem? Problem)> ReadAsync(HttpRequest request, string binding, CancellationToken cancellationToken)
    {
        (ReadOnlyMemory<byte> body, Problem? problem) = await JsonBody.ReadAsync(request, cancellationToken);
        if (problem is not null)
        {
            return (default, problem);
        }

        var findings = new Findings();
        using JsonDocument? json = StrictJson.Parse(body, findings);
        if (json is null)
        {
            return (default, Problem.Of(findings));
        }

        return json.RootElement.ValueKind == JsonValueKind.Object
            && json.RootElement.TryGetProperty("Data", out JsonElement data)
            && data.ValueKind == JsonValueKind.Object
            && data.TryGetProperty(binding, out JsonElement bound)
                ? (bound.Clone(), null)
                : (default, new Problem(
                    StatusCodes.Status400BadRequest, "This is no call of the Functions host.", new Finding($"/Data/{binding}", "missing", "The binding's data is not there.")));
    }
}
