using Azure;
using Azure.Core;
using Azure.Core.Pipeline;
using Azure.Identity;
using Azure.Messaging.EventGrid;
using DisclosureCloud.Ledger;

namespace DisclosureCloud.Storage;

/// <summary>A topic of Event Grid that takes CloudEvents 1.0, or a server on this machine that takes the same.</summary>
/// <remarks>
/// Nothing is asked of the topic when it is opened. Many events travel in several requests, one after another, each within the bound of a
/// call to a store: what one of them was refused, and what comes after it, was not sent.
/// </remarks>
public sealed class EventGridTopic : IEventTopic
{
    /// <summary>A server on this machine knows no identities and does not look at the key: no secret.</summary>
    private const string LocalKey = "local";

    private readonly EventGridPublisherClient _client;
    private readonly StorageCall _call;
    private readonly string _source;

    private EventGridTopic(EventGridPublisherClient client, Uri endpoint, string source, TimeSpan callMax)
    {
        (_client, _source) = (client, source);
        _call = new StorageCall($"events/{endpoint.Host}", callMax);
    }

    /// <param name="endpoint">Such as <c>https://name.region.eventgrid.azure.net/api/events</c>.</param>
    /// <param name="source">Who tells of the events, for receivers: a URI or a path.</param>
    /// <exception cref="ArgumentException">The endpoint is not https: a token would travel in the clear; or the source is no URI.</exception>
    public static EventGridTopic Open(Uri endpoint, string source)
    {
        ArgumentNullException.ThrowIfNull(endpoint);
        if (!endpoint.IsAbsoluteUri || endpoint.Scheme != Uri.UriSchemeHttps)
        {
            throw new ArgumentException($"A token is sent over https alone; found {endpoint}.", nameof(endpoint));
        }

        CheckSource(source);
        return new EventGridTopic(new EventGridPublisherClient(endpoint, new DefaultAzureCredential(), Options()), endpoint, source, StorageCall.TimeMax);
    }

    /// <summary>Opens a topic on this machine.</summary>
    /// <exception cref="ArgumentException">The endpoint is not on this machine: a topic in Azure takes no key; or the source is no URI.</exception>
    public static EventGridTopic OpenLocal(Uri endpoint, string source) => OpenLocal(endpoint, source, StorageCall.TimeMax);

    internal static EventGridTopic OpenLocal(Uri endpoint, string source, TimeSpan callMax)
    {
        ArgumentNullException.ThrowIfNull(endpoint);
        if (!endpoint.IsAbsoluteUri || !endpoint.IsLoopback)
        {
            throw new ArgumentException($"Only a server on this machine is used with a key; found {endpoint}.", nameof(endpoint));
        }

        CheckSource(source);
        return new EventGridTopic(new EventGridPublisherClient(endpoint, new AzureKeyCredential(LocalKey), Options()), endpoint, source, callMax);
    }

    public async Task SendAsync(IReadOnlyList<PublicEvent> events, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(events);
        cancellationToken.ThrowIfCancellationRequested();
        foreach (byte[] body in CloudEventBatch.Of(events, _source))
        {
            await _call.SendAsync(body.Length, token => _client.SendEncodedCloudEventsAsync(body, token), cancellationToken);
        }
    }

    private static EventGridPublisherClientOptions Options()
    {
        EventGridPublisherClientOptions options = StorageCall.Bounded(new EventGridPublisherClientOptions());
        options.AddPolicy(new LongWaitPolicy(), HttpPipelinePosition.PerRetry);
        return options;
    }

    private static void CheckSource(string source)
    {
        if (string.IsNullOrEmpty(source) || !Uri.IsWellFormedUriString(source, UriKind.RelativeOrAbsolute))
        {
            throw new ArgumentException($"The source of events is a URI or a path; found '{source}'.", nameof(source));
        }
    }

    /// <summary>
    /// The client would wait as long as the service asks, past our bound, and what the service asked for would be forgotten. A wait that is
    /// longer than the client's own is the caller's to make: it is told at once.
    /// </summary>
    private sealed class LongWaitPolicy : HttpPipelinePolicy
    {
        public override void Process(HttpMessage message, ReadOnlyMemory<HttpPipelinePolicy> pipeline)
        {
            ProcessNext(message, pipeline);
            Check(message.Response);
        }

        public override async ValueTask ProcessAsync(HttpMessage message, ReadOnlyMemory<HttpPipelinePolicy> pipeline)
        {
            await ProcessNextAsync(message, pipeline);
            Check(message.Response);
        }

        // An exception that bears a status is not repeated by the client.
        private static void Check(Response answer)
        {
            if (StorageCall.IsBusy(answer.Status) && StorageCall.WaitOf(answer) > StorageCall.DelayMax)
            {
                throw new RequestFailedException(answer);
            }
        }
    }
}
