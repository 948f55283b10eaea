using System.Net.Http.Headers;
using System.Text;
using System.Text.Json.Nodes;
using Newtonsoft.Json;
using Newtonsoft.Json.Linq;

namespace DisclosureCloud.Emulators;

/// <summary>One <c>POST /{FunctionName}</c>, for every trigger but HTTP.</summary>
/// <remarks>Written by the library that the host uses, so that what is escaped, and how, is as there.</remarks>
internal sealed class HostInvocation
{
    private readonly string _function;
    private readonly JObject _body;

    private HostInvocation(string function, string binding, JToken data, JObject metadata)
    {
        _function = function;
        _body = new JObject { ["Data"] = new JObject { [binding] = data }, ["Metadata"] = metadata };
    }

    public static HostInvocation OfTimer(string function, string binding) => new(
        function,
        binding,
        new JObject { ["Schedule"] = new JObject { ["AdjustForDST"] = true }, ["ScheduleStatus"] = null, ["IsPastDue"] = false },
        WithSystem(function));

    /// <summary>The event is a plain object, as it came.</summary>
    public static HostInvocation OfEvent(string function, string binding, JsonObject happened) =>
        new(function, binding, new JRaw(happened.ToJsonString()), WithSystem(function));

    /// <summary>The message's text is a JSON string in a JSON string; where it is JSON itself, a reader parses three times.</summary>
    public static HostInvocation OfMessage(string function, string binding, QueuedMessage message)
    {
        JObject metadata = WithSystem(function);
        metadata["DequeueCount"] = Encode(message.DequeueCount);
        metadata["ExpirationTime"] = Encode(message.ExpirationTime);
        metadata["Id"] = Encode(message.Id);
        metadata["InsertionTime"] = Encode(message.InsertionTime);
        metadata["NextVisibleTime"] = Encode(message.NextVisibleTime);
        metadata["PopReceipt"] = Encode(message.PopReceipt);
        foreach ((string name, JToken leaked) in Leaked(message.Text))
        {
            // Names are compared without case, and the message's word stands: it can say another DequeueCount.
            if (metadata.Property(name, StringComparison.OrdinalIgnoreCase) is { } hosts)
            {
                hosts.Value = leaked;
            }
            else
            {
                metadata[name] = leaked;
            }
        }

        return new HostInvocation(function, binding, Encode(message.Text), metadata);
    }

    /// <exception cref="OperationCanceledException">It was cancelled, or took longer than a client of HTTP waits.</exception>
    public async Task<HandlerAnswer> SendAsync(HttpClient handler, CancellationToken cancellationToken)
    {
        // Chunked, as the host sends it.
        using var request = new HttpRequestMessage(HttpMethod.Post, new Uri($"/{_function}", UriKind.Relative))
        {
            Content = new StreamContent(new MemoryStream(Encoding.UTF8.GetBytes(_body.ToString(Formatting.None)))),
        };
        request.Content.Headers.ContentType = new MediaTypeHeaderValue("application/json") { CharSet = "utf-8" };
        request.Headers.TransferEncodingChunked = true;
        try
        {
            using HttpResponseMessage answer = await handler.SendAsync(request, cancellationToken);
            return new HandlerAnswer(
                (int)answer.StatusCode, answer.Content.Headers.ContentType?.MediaType, await answer.Content.ReadAsStringAsync(cancellationToken));
        }
        catch (HttpRequestException broken)
        {
            return new HandlerAnswer(HandlerAnswer.None, MediaType: null, broken.Message);
        }
    }

    private static JObject WithSystem(string function) => new()
    {
        ["sys"] = new JObject { ["MethodName"] = function, ["UtcNow"] = TimeProvider.System.GetUtcNow().UtcDateTime, ["RandGuid"] = Guid.Empty },
    };

    private static string Encode(object value) => JsonConvert.SerializeObject(value);

    /// <summary>The top-level properties of a message that is a JSON object: objects as they are, lists not at all, the rest as text.</summary>
    private static IEnumerable<(string Name, JToken Value)> Leaked(string text)
    {
        JObject message;
        try
        {
            message = JObject.Parse(text);
        }
        catch (JsonReaderException)
        {
            yield break;
        }

        foreach (JProperty property in message.Properties().Where(property => !property.Name.EndsWith("trigger", StringComparison.OrdinalIgnoreCase)))
        {
            if (property.Value is JObject inner)
            {
                yield return (property.Name, inner.DeepClone());
            }
            else if (property.Value is JValue && (string?)property.Value is { } plain)
            {
                yield return (property.Name, Encode(plain));
            }
        }
    }
}

/// <summary>A message as the host has received it, its text decoded.</summary>
internal sealed record QueuedMessage(
    string Text, long DequeueCount, string Id, string PopReceipt, DateTimeOffset InsertionTime, DateTimeOffset ExpirationTime, DateTimeOffset NextVisibleTime);
