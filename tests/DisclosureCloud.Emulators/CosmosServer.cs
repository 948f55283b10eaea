using System.Text;
using System.Text.Json.Nodes;
using DisclosureCloud.Storage;
using Microsoft.AspNetCore.Http;
using Xunit;

namespace DisclosureCloud.Emulators;

/// <summary>A server that speaks Cosmos DB's gateway protocol on this machine: the npm server, behind a proxy that adds what it lacks.</summary>
/// <remarks>
/// <para>The npm server keeps everything in memory, in one partition, and has no query plans, which the SDK asks for on Linux: as there
/// is one partition, a plan that passes the query through is right. It wants the header for queries over partitions in every request,
/// and calls its own consistency Session, though a server of one process is as strong as can be.</para>
/// <para>It ignores the partition key of a query, so that a query of ours that forgot its stream would give too much and be seen. It
/// does not continue a change feed, and charges one request unit for everything.</para>
/// </remarks>
public sealed class CosmosServer : IAsyncLifetime
{
    private const string PassThroughPlan = """
        {
          "partitionedQueryExecutionInfoVersion": 2,
          "queryInfo": {
            "distinctType": "None", "top": null, "offset": null, "limit": null, "orderBy": [], "orderByExpressions": [],
            "groupByExpressions": [], "groupByAliases": [], "aggregates": [], "groupByAliasToAggregateType": {},
            "rewrittenQuery": "", "hasSelectValue": false, "dCountInfo": null, "hasNonStreamingOrderBy": false
          },
          "queryRanges": [{ "min": "", "max": "FF", "isMinInclusive": true, "isMaxInclusive": false }]
        }
        """;

    private NodeServer? _node;
    private FaultProxy? _proxy;
    private string? _missing;
    private int _databases;

    /// <summary>What goes wrong with a request; null lets it through. Asked for every request.</summary>
    public Func<HttpRequest, Fault?>? Faults { get; set; }

    /// <summary>What the account says its default consistency is.</summary>
    public string Consistency { get; set; } = "Strong";

    public Uri Endpoint => _proxy!.Endpoint;

    public async ValueTask InitializeAsync()
    {
        int port = NodeServer.FreePorts(1)[0];
        try
        {
            _node = await NodeServer.StartAsync(
                "@vercel/cosmosdb-server/lib/cli.js", [port], "--no-ssl", "--host", "127.0.0.1", "--port", port.ToString(System.Globalization.CultureInfo.InvariantCulture));
        }
        catch (NodeMissingException missing)
        {
            _missing = missing.Message;
            return;
        }

        _proxy = await FaultProxy.StartAsync(new Uri($"http://127.0.0.1:{port}"), request => Faults?.Invoke(request), new ProxyHabits
        {
            Instead = request => IsTrue(request, "x-ms-cosmos-is-query-plan-request") ? PassThroughPlan : null,
            Before = OverPartitions,
            After = (request, body) => request.Path == "/" ? WithConsistency(body) : body,
        });
    }

    /// <summary>Makes a new and empty database; it is another one each time. Skips the test that asks where Node is missing.</summary>
    /// <returns>Its name.</returns>
    public async Task<string> NewDatabaseAsync(CancellationToken cancellationToken)
    {
        Assert.SkipWhen(_missing is not null, _missing ?? "");
        string name = $"d{Interlocked.Increment(ref _databases)}";
        using CosmosDatabase database = Open(name);
        await database.CreateAsync(cancellationToken);
        return name;
    }

    /// <summary>Opens a database by its name, as one more process would.</summary>
    public CosmosDatabase Open(string name) => CosmosDatabase.OpenLocal(Endpoint, name);

    public async ValueTask DisposeAsync()
    {
        if (_proxy is not null)
        {
            await _proxy.DisposeAsync();
        }

        if (_node is not null)
        {
            await _node.DisposeAsync();
        }
    }

    private static void OverPartitions(HttpRequestMessage request)
    {
        const string Header = "x-ms-documentdb-query-enablecrosspartition";
        request.Headers.Remove(Header);
        request.Headers.TryAddWithoutValidation(Header, "True");
    }

    private byte[] WithConsistency(byte[] account)
    {
        JsonObject json = JsonNode.Parse(account)!.AsObject();
        json["userConsistencyPolicy"] = new JsonObject { ["defaultConsistencyLevel"] = Consistency };
        return Encoding.UTF8.GetBytes(json.ToJsonString());
    }

    private static bool IsTrue(HttpRequest request, string header) => string.Equals(request.Headers[header], "true", StringComparison.OrdinalIgnoreCase);
}
