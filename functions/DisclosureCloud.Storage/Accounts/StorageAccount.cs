using Azure.Core;
using Azure.Core.Pipeline;
using Azure.Identity;
using Azure.Storage;
using Azure.Storage.Blobs;
using Azure.Storage.Queues;

namespace DisclosureCloud.Storage;

/// <summary>Where an account's services are, such as <c>https://name.blob.core.windows.net</c>; another cloud has other hosts.</summary>
public sealed record StorageEndpoints(Uri Blobs, Uri Queues, Uri Tables)
{
    internal bool AreLocal => Blobs.IsLoopback && Queues.IsLoopback && Tables.IsLoopback;

    internal bool AreEncrypted => new[] { Blobs, Queues, Tables }.All(endpoint => endpoint.Scheme == Uri.UriSchemeHttps);
}

/// <summary>A storage account: what blobs, queues and tables are reached through, with one identity and one bound of repeats.</summary>
/// <remarks>Nothing is asked of the account when it is opened. In Azure the template makes containers, queues and tables.</remarks>
public sealed class StorageAccount
{
    /// <summary>The one audience of storage accounts, in every cloud of Azure.</summary>
    internal const string Scope = "https://storage.azure.com/.default";

    /// <summary>The account that Azurite has from the start, with the key that its documentation prints: no secret.</summary>
    private const string LocalName = "devstoreaccount1";

    private const string LocalKey = "Eby8vdM02xNOcqFlqUwJPLlmEtlCDXJ1OUzFT50uSRZ6IFsuFq2UVErCz4I6tq/K1SZFPTOtr/KBHBeksoGMGw==";

    private readonly HttpPipelinePolicy _tableAuthentication;
    private readonly TableClientOptions _tableOptions;
    private readonly StorageEndpoints _endpoints;

    private StorageAccount(StorageEndpoints endpoints, BlobServiceClient blobs, QueueServiceClient queues, HttpPipelinePolicy tableAuthentication, TimeProvider clock, TimeSpan callMax)
    {
        (_endpoints, _tableAuthentication, Blobs, Queues, Clock) = (endpoints, tableAuthentication, blobs, queues, clock);
        _tableOptions = StorageCall.Bounded(new TableClientOptions());
        CallMax = callMax;
    }

    internal BlobServiceClient Blobs { get; }

    internal QueueServiceClient Queues { get; }

    internal TimeProvider Clock { get; }

    internal TimeSpan CallMax { get; }

    /// <summary>Opens an account with the app's own Microsoft Entra identity.</summary>
    /// <remarks>In Azure the identity of the app (which one, <c>AZURE_CLIENT_ID</c> says where it has several); at a desk that of its user.</remarks>
    /// <param name="clock">Dates the requests to tables.</param>
    /// <exception cref="ArgumentException">An endpoint is not https: a token would travel in the clear.</exception>
    public static StorageAccount Open(StorageEndpoints endpoints, TimeProvider clock) => Open(endpoints, new DefaultAzureCredential(), clock);

    internal static StorageAccount Open(StorageEndpoints endpoints, TokenCredential credential, TimeProvider clock)
    {
        ArgumentNullException.ThrowIfNull(endpoints);
        if (!endpoints.AreEncrypted)
        {
            throw new ArgumentException($"A token is sent over https alone; found {endpoints}.", nameof(endpoints));
        }

        return new StorageAccount(
            endpoints,
            new BlobServiceClient(endpoints.Blobs, credential, StorageCall.Bounded(new BlobClientOptions())),
            new QueueServiceClient(endpoints.Queues, credential, StorageCall.Bounded(new QueueClientOptions())),
            new BearerTokenAuthenticationPolicy(credential, Scope),
            clock,
            StorageCall.TimeMax);
    }

    /// <summary>Opens the account of an Azurite on this machine, which knows no identities.</summary>
    /// <exception cref="ArgumentException">An endpoint is not on this machine: an account in Azure takes no key.</exception>
    public static StorageAccount OpenLocal(StorageEndpoints endpoints, TimeProvider clock) => OpenLocal(endpoints, clock, callMax: null);

    internal static StorageAccount OpenLocal(StorageEndpoints endpoints, TimeProvider clock, TimeSpan? callMax)
    {
        ArgumentNullException.ThrowIfNull(endpoints);
        if (!endpoints.AreLocal)
        {
            throw new ArgumentException($"Only a server on this machine is used with a key; found {endpoints}.", nameof(endpoints));
        }

        var key = new StorageSharedKeyCredential(LocalName, LocalKey);
        return new StorageAccount(
            endpoints,
            new BlobServiceClient(endpoints.Blobs, key, StorageCall.Bounded(new BlobClientOptions())),
            new QueueServiceClient(endpoints.Queues, key, StorageCall.Bounded(new QueueClientOptions())),
            new TableKeyPolicy(LocalName, Convert.FromBase64String(LocalKey)),
            clock,
            callMax ?? StorageCall.TimeMax);
    }

    internal TableClient Table(string name) => new(_endpoints.Tables, name, _tableAuthentication, _tableOptions, Clock);

    /// <param name="store">The store's name in errors, such as <c>blobs/archive</c>.</param>
    internal StorageCall Call(string store) => new(store, CallMax);
}
