using System.Globalization;
using Azure.Storage.Blobs;
using Azure.Storage.Queues;
using DisclosureCloud.Storage;
using Microsoft.AspNetCore.Http;
using Xunit;

namespace DisclosureCloud.Emulators;

/// <summary>A storage account on this machine: Azurite with its blobs, queues and tables in memory, each behind a proxy for faults.</summary>
/// <remarks>
/// It differs from Azure in what the tests must not lean on: it has no immutability policy, no roles, and answers at once and always.
/// </remarks>
public sealed class AzuriteServer : IAsyncLifetime
{
    private const string Loopback = "127.0.0.1";

    private const string Account = "/devstoreaccount1";

    private readonly List<Uri> _servers = [];
    private readonly List<FaultProxy> _proxies = [];
    private NodeServer? _node;
    private string? _missing;
    private int _names;

    /// <summary>What goes wrong with a request; null lets it through. Asked for every request to blobs, queues and tables.</summary>
    public Func<HttpRequest, Fault?>? Faults { get; set; }

    /// <summary>Where the account is, as a process of ours has it in its settings: behind the faults. Skips the test where Node is missing.</summary>
    public StorageEndpoints Endpoints
    {
        get
        {
            Assert.SkipWhen(_missing is not null, _missing ?? "");
            return EndpointsAt([.. _proxies.Select(proxy => proxy.Endpoint)]);
        }
    }

    /// <summary>The queues for whoever is not us, such as the Functions host: no fault meets them. Skips the test where Node is missing.</summary>
    public QueueServiceClient Queues => PastTheFaults().Queues;

    /// <summary>The blobs likewise.</summary>
    public BlobServiceClient Blobs => PastTheFaults().Blobs;

    public async ValueTask InitializeAsync()
    {
        string[] ports = [.. NodeServer.FreePorts(3).Select(port => port.ToString(CultureInfo.InvariantCulture))];
        try
        {
            _node = await NodeServer.StartAsync(
                "azurite/dist/src/azurite.js",
                [.. ports.Select(port => int.Parse(port, CultureInfo.InvariantCulture))],
                "--blobHost", Loopback, "--blobPort", ports[0],
                "--queueHost", Loopback, "--queuePort", ports[1],
                "--tableHost", Loopback, "--tablePort", ports[2],
                "--inMemoryPersistence", "--disableTelemetry", "--silent");
        }
        catch (NodeMissingException missing)
        {
            _missing = missing.Message;
            return;
        }

        foreach (string port in ports)
        {
            _servers.Add(new Uri($"http://{Loopback}:{port}"));
            _proxies.Add(await FaultProxy.StartAsync(_servers[^1], request => Faults?.Invoke(request)));
        }
    }

    /// <summary>Opens the account, as one more process would. Skips the test that asks where Node is missing.</summary>
    /// <param name="callMax">How long one call may take with all its repeats; as in the app where it is not given.</param>
    public StorageAccount Open(TimeSpan? callMax = null) => StorageAccount.OpenLocal(Endpoints, TimeProvider.System, callMax);

    /// <summary>Opens a way in of one's own, which remembers what is done through it. Skips the test where Node is missing.</summary>
    public Task<WatchedDoor> OpenWatchedAsync() => WatchedDoor.OpenAsync(Endpoints);

    /// <summary>A name that no other test has, for a container, a queue or a table.</summary>
    public string NewName() => $"test{Interlocked.Increment(ref _names)}";

    public async ValueTask DisposeAsync()
    {
        foreach (FaultProxy proxy in _proxies)
        {
            await proxy.DisposeAsync();
        }

        if (_node is not null)
        {
            await _node.DisposeAsync();
        }
    }

    private StorageAccount PastTheFaults()
    {
        Assert.SkipWhen(_missing is not null, _missing ?? "");
        return StorageAccount.OpenLocal(EndpointsAt(_servers), TimeProvider.System);
    }

    private static StorageEndpoints EndpointsAt(IReadOnlyList<Uri> servers) =>
        new(new Uri(servers[0], Account), new Uri(servers[1], Account), new Uri(servers[2], Account));
}
