using System.Text.Json;
using DisclosureCloud.Functions.Hosting.Http;
using DisclosureCloud.Functions.Hosting.Load;
using DisclosureCloud.Ledger;

namespace DisclosureCloud.Functions.Hosting.Triggers;

/// <summary>A call of the Functions host for a trigger that is not HTTP: <c>POST /{FunctionName}</c>, with data and metadata.</summary>
/// <remarks>
/// <code>{"Data": {"timer": {…}}, "Metadata": {…, "sys": {"MethodName": "Reconcile", "UtcNow": "…", "RandGuid": "…"}}}</code>
/// Nothing of the metadata is believed: the properties of a message of the queue appear in it.
/// </remarks>
internal static class Invocation
{
    /// <summary>What lies within a message lies deeper in the host's copy of it; a body of 1 MiB cannot be deeper than this.</summary>
    private const int DepthMax = JsonBody.LengthMax;

    /// <summary>The host's own calls are as many as it was told to make at once: they have room whatever else there is.</summary>
    private static readonly LoadLimits Unshed = new() { BodyBytes = long.MaxValue };

    /// <summary>Reads the data of one binding.</summary>
    /// <returns>The data, or the problem to answer with: the host takes any status but 2xx for a failure.</returns>
    public static async Task<(JsonElement Data, Problem? Problem)> ReadAsync(HttpRequest request, string binding, CancellationToken cancellationToken)
    {
        (ReadOnlyMemory<byte> body, Problem? problem) = await ReadBodyAsync(request, cancellationToken);
        if (problem is not null)
        {
            return (default, problem);
        }

        try
        {
            // Deep or doubled names are no reason to refuse a call: the host copies the properties of a message into its metadata, and
            // what comes of a bad message is not decided here.
            using var json = JsonDocument.Parse(body, new JsonDocumentOptions { MaxDepth = DepthMax });
            if (json.RootElement.ValueKind == JsonValueKind.Object
                && json.RootElement.TryGetProperty("Data", out JsonElement data)
                && data.ValueKind == JsonValueKind.Object
                && data.TryGetProperty(binding, out JsonElement bound))
            {
                return (bound.Clone(), null);
            }
        }
        catch (JsonException)
        {
            // Falls through to the same answer: whatever it is, it is no call of the host.
        }

        return (default, new Problem(
            StatusCodes.Status400BadRequest, "This is no call of the Functions host.", new Finding($"/Data/{binding}", "missing", "The binding's data is not there.")));
    }

    private static async Task<(ReadOnlyMemory<byte> Body, Problem? Problem)> ReadBodyAsync(HttpRequest request, CancellationToken cancellationToken)
    {
        var own = new BodyAllowance(Unshed, TimeProvider.System);
        using BodyAllowance.Share share = own.Begin(JsonBody.Form);
        return await RequestBody.ReadAsync(request, JsonBody.Form, own, share, cancellationToken);
    }
}
