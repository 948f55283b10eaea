using System.Collections.Concurrent;
using DisclosureCloud.Storage;
using DisclosureCloud.Testing.Azure;
using Microsoft.AspNetCore.Http;

namespace DisclosureCloud.Emulators;

/// <summary>A way into the storage account that remembers what was done through it, by the rights that Azure would ask for.</summary>
public sealed class WatchedDoor : IAsyncDisposable
{
    private readonly ConcurrentDictionary<(string Store, AzureAccess Access), int> _done = new();
    private readonly List<FaultProxy> _proxies = [];

    private WatchedDoor()
    {
    }

    /// <summary>Where it leads in.</summary>
    public StorageEndpoints Endpoints { get; private set; } = null!;

    /// <summary>The stores that were reached, and how. Making containers, queues and tables is left out: in Azure the template does.</summary>
    public IReadOnlyCollection<(string Store, AzureAccess Access)> Done => [.. _done.Keys];

    internal static async Task<WatchedDoor> OpenAsync(StorageEndpoints inside)
    {
        var door = new WatchedDoor();
        Uri blobs = await door.AddAsync(inside.Blobs, OfBlobs);
        Uri queues = await door.AddAsync(inside.Queues, OfQueues);
        Uri tables = await door.AddAsync(inside.Tables, OfTables);
        door.Endpoints = new StorageEndpoints(blobs, queues, tables);
        return door;
    }

    public async ValueTask DisposeAsync()
    {
        foreach (FaultProxy proxy in _proxies)
        {
            await proxy.DisposeAsync();
        }
    }

    private async Task<Uri> AddAsync(Uri server, Func<HttpRequest, string[], (string Store, AzureAccess Access)?> read)
    {
        FaultProxy proxy = await FaultProxy.StartAsync(new Uri(server.GetLeftPart(UriPartial.Authority)), request =>
        {
            // The first part of a path is the account.
            if (read(request, request.Path.Value!.Split('/', StringSplitOptions.RemoveEmptyEntries)[1..]) is { } done)
            {
                _done.AddOrUpdate(done, 1, (_, count) => count + 1);
            }

            return null;
        });
        _proxies.Add(proxy);
        return new Uri(proxy.Endpoint, server.AbsolutePath);
    }

    private static (string Store, AzureAccess Access)? OfBlobs(HttpRequest request, string[] path) =>
        request.Query["restype"] == "container" && HttpMethods.IsPut(request.Method) ? null : ($"blobs/{path[0]}", IsRead(request) ? AzureAccess.Read : AzureAccess.Write);

    // To look without taking, and to count, is to read.
    private static (string Store, AzureAccess Access)? OfQueues(HttpRequest request, string[] path) => path switch
    {
        [var queue] => IsRead(request) ? ($"queues/{queue}", AzureAccess.Read) : null,
        [var queue, "messages"] when HttpMethods.IsPost(request.Method) => ($"queues/{queue}", AzureAccess.Send),
        [var queue, "messages"] when request.Query["peekonly"] == "true" => ($"queues/{queue}", AzureAccess.Read),
        [var queue, ..] => ($"queues/{queue}", AzureAccess.Take),
        _ => null,
    };

    private static (string Store, AzureAccess Access)? OfTables(HttpRequest request, string[] path) =>
        path is ["Tables", ..] ? null : ($"tables/{path[0].Split('(')[0]}", IsRead(request) ? AzureAccess.Read : AzureAccess.Write);

    private static bool IsRead(HttpRequest request) => HttpMethods.IsGet(request.Method) || HttpMethods.IsHead(request.Method);
}
