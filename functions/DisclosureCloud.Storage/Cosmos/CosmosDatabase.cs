using Azure.Identity;
using Microsoft.Azure.Cosmos;

namespace DisclosureCloud.Storage;

/// <summary>A database of Cosmos DB for NoSQL, with a container for the ledger, one for the values, and one for the keys of evidence files.</summary>
/// <remarks>
/// In Azure the template makes database and containers; the app's identity may read and write items and nothing else. The account has
/// strong consistency and one region: whoever is told that a posting is durable finds it at once in any instance, a writer that
/// looks before it writes sees what is there, and in one region a write waits for no other. It costs reads twice the request units.
/// </remarks>
public sealed class CosmosDatabase : IDisposable, IAsyncDisposable
{
    internal const string LedgerContainer = "ledger";

    internal const string ValuesContainer = "values";

    internal const string EvidenceKeysContainer = "evidence-keys";

    private readonly CosmosClient _client;
    private readonly Database _database;

    private CosmosDatabase(CosmosClient client, string database)
    {
        _client = client;
        _database = client.GetDatabase(database);
    }

    internal Container Ledger => _database.GetContainer(LedgerContainer);

    internal Container Values => _database.GetContainer(ValuesContainer);

    internal Container EvidenceKeys => _database.GetContainer(EvidenceKeysContainer);

    /// <summary>Opens a database with the app's own Microsoft Entra identity. Nothing is asked of the account yet.</summary>
    /// <remarks>In Azure the identity of the app (which one, <c>AZURE_CLIENT_ID</c> says where it has several); at a desk that of its user.</remarks>
    public static CosmosDatabase Open(Uri endpoint, string database)
    {
        ArgumentNullException.ThrowIfNull(endpoint);
        return new CosmosDatabase(new CosmosClient(endpoint.AbsoluteUri, new DefaultAzureCredential(), Options(endpoint)), database);
    }

    /// <summary>Opens a database of a server on this machine, which knows no identities.</summary>
    /// <exception cref="ArgumentException">The endpoint is not on this machine: an account in Azure takes no key.</exception>
    public static CosmosDatabase OpenLocal(Uri endpoint, string database)
    {
        ArgumentNullException.ThrowIfNull(endpoint);
        string anyKey = Convert.ToBase64String(new byte[64]);
        return endpoint.IsLoopback
            ? new CosmosDatabase(new CosmosClient(endpoint.AbsoluteUri, anyKey, Options(endpoint)), database)
            : throw new ArgumentException($"'{endpoint.Host}' is not this machine; only a server here is used without an identity.", nameof(endpoint));
    }

    /// <summary>Makes the database and its containers where they are missing. In Azure the template does it, and the app's identity may not.</summary>
    public async Task CreateAsync(CancellationToken cancellationToken)
    {
        await _client.CreateDatabaseIfNotExistsAsync(_database.Id, cancellationToken: cancellationToken);
        await _database.CreateContainerIfNotExistsAsync(LedgerProperties(), cancellationToken: cancellationToken);
        await _database.CreateContainerIfNotExistsAsync(ValuesProperties(ValuesContainer), cancellationToken: cancellationToken);
        await _database.CreateContainerIfNotExistsAsync(ValuesProperties(EvidenceKeysContainer), cancellationToken: cancellationToken);
    }

    /// <summary>Asks the account whether it is what the stores rely on.</summary>
    /// <exception cref="InvalidOperationException">Its default consistency is another, or it writes in several regions.</exception>
    public async Task CheckAsync(CancellationToken cancellationToken)
    {
        cancellationToken.ThrowIfCancellationRequested();
        AccountProperties account = await _client.ReadAccountAsync();
        if (account.Consistency.DefaultConsistencyLevel != ConsistencyLevel.Strong)
        {
            throw new InvalidOperationException(
                $"The Cosmos DB account '{account.Id}' has the default consistency {account.Consistency.DefaultConsistencyLevel}; the ledger needs Strong.");
        }

        if (account.WritableRegions.Count() > 1)
        {
            throw new InvalidOperationException(
                $"The Cosmos DB account '{account.Id}' writes in several regions; then two writers of one version could both win.");
        }
    }

    public void Dispose() => _client.Dispose();

    public ValueTask DisposeAsync()
    {
        Dispose();
        return ValueTask.CompletedTask;
    }

    /// <summary>Commits are found by stream and version, by stream and id, and by when they came; nothing else is indexed or paid for.</summary>
    /// <remarks>The service indexes a partition key only where it is told to, and its own time always.</remarks>
    internal static ContainerProperties LedgerProperties() => new(LedgerContainer, "/stream")
    {
        IndexingPolicy = Index("/stream/?", "/version/?", "/commit/?"),
    };

    /// <summary>Values are found by their posting, and by when they were put.</summary>
    internal static ContainerProperties ValuesProperties(string container) => new(container, "/posting")
    {
        IndexingPolicy = Index("/posting/?", "/putAt/?"),
    };

    private static IndexingPolicy Index(params string[] paths)
    {
        var policy = new IndexingPolicy { IndexingMode = IndexingMode.Consistent, Automatic = true };
        foreach (string path in paths)
        {
            policy.IncludedPaths.Add(new IncludedPath { Path = path });
        }

        policy.ExcludedPaths.Add(new ExcludedPath { Path = "/*" });
        return policy;
    }

    private static CosmosClientOptions Options(Uri endpoint) => new()
    {
        ApplicationName = "DisclosureCloud",

        // One HTTPS port, through any firewall; the price is some milliseconds a request.
        ConnectionMode = ConnectionMode.Gateway,
        LimitToEndpoint = endpoint.IsLoopback, // A server here names itself by addresses that nobody else has.
        MaxRetryAttemptsOnRateLimitedRequests = 0, // CosmosCall does it, within a bound of ours.
        RequestTimeout = TimeSpan.FromSeconds(10),
    };
}
