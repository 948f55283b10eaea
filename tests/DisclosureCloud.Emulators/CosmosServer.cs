using System.Net;
using System.Text;
using System.Text.Json.Nodes;
using DisclosureCloud.Storage;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Hosting;
using Microsoft.Extensions.Logging;
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

    private readonly HttpClient _server = new(new SocketsHttpHandler { AutomaticDecompression = DecompressionMethods.None, UseProxy = false });
    private NodeServer? _node;
    private WebApplication? _proxy;
    private Uri? _serverAddress;
    private string? _missing;
    private int _databases;

    /// <summary>What goes wrong with a request; null lets it through. Asked for every request.</summary>
    public Func<HttpRequest, Fault?>? Faults { get; set; }

    /// <summary>What the account says its default consistency is.</summary>
    public string Consistency { get; set; } = "Strong";

    public Uri Endpoint => new(_proxy!.Urls.First());

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

        _serverAddress = new Uri($"http://127.0.0.1:{port}");
        WebApplicationBuilder builder = WebApplication.CreateSlimBuilder();
        builder.Logging.ClearProviders();
        builder.WebHost.UseUrls("http://127.0.0.1:0").ConfigureKestrel(kestrel => kestrel.Limits.MaxRequestBodySize = null);
        _proxy = builder.Build();
        _proxy.Run(ForwardAsync);
        await _proxy.StartAsync();
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

        _server.Dispose();
    }

    private async Task ForwardAsync(HttpContext context)
    {
        Fault? fault = Faults?.Invoke(context.Request);
        if (fault is Fault.Refuse refused)
        {
            Fault.Answer(context, refused.Status, refused.RetryAfter);
            return;
        }

        if (IsTrue(context.Request, "x-ms-cosmos-is-query-plan-request"))
        {
            context.Response.ContentType = "application/json";
            await context.Response.WriteAsync(PassThroughPlan, context.RequestAborted);
            return;
        }

        using HttpRequestMessage request = Copy(context.Request);
        using HttpResponseMessage answer = await _server.SendAsync(request, context.RequestAborted);
        byte[] body = await answer.Content.ReadAsByteArrayAsync(context.RequestAborted);
        if (fault is Fault.LoseAnswer lost)
        {
            Fault.Answer(context, lost.Status, retryAfter: null);
            return;
        }

        if (context.Request.Path == "/")
        {
            body = WithConsistency(body);
        }

        context.Response.StatusCode = (int)answer.StatusCode;
        foreach ((string name, IEnumerable<string> values) in answer.Headers.Where(header => header.Key is not ("Connection" or "Transfer-Encoding")))
        {
            context.Response.Headers[name] = values.ToArray();
        }

        context.Response.ContentType = "application/json";
        context.Response.ContentLength = body.Length;
        if (answer.StatusCode is not (HttpStatusCode.NoContent or HttpStatusCode.NotModified))
        {
            await context.Response.Body.WriteAsync(body, context.RequestAborted);
        }
        else
        {
            context.Response.ContentLength = null;
        }
    }

    private HttpRequestMessage Copy(HttpRequest from)
    {
        var request = new HttpRequestMessage(new HttpMethod(from.Method), new Uri(_serverAddress!, $"{from.Path.ToUriComponent()}{from.QueryString}"));
        if (from.ContentLength is > 0 || from.Headers.TransferEncoding.Count > 0)
        {
            request.Content = new StreamContent(from.Body);
            request.Content.Headers.TryAddWithoutValidation("Content-Type", from.ContentType);
        }

        foreach (var header in from.Headers.Where(header => header.Key.StartsWith("x-ms-", StringComparison.OrdinalIgnoreCase)
            || header.Key is "Authorization" or "If-Match" or "If-None-Match" or "A-IM"))
        {
            request.Headers.TryAddWithoutValidation(header.Key, header.Value.ToArray());
        }

        const string CrossPartition = "x-ms-documentdb-query-enablecrosspartition";
        request.Headers.Remove(CrossPartition);
        request.Headers.TryAddWithoutValidation(CrossPartition, "True");
        return request;
    }

    private byte[] WithConsistency(byte[] account)
    {
        JsonObject json = JsonNode.Parse(account)!.AsObject();
        json["userConsistencyPolicy"] = new JsonObject { ["defaultConsistencyLevel"] = Consistency };
        return Encoding.UTF8.GetBytes(json.ToJsonString());
    }

    private static bool IsTrue(HttpRequest request, string header) => string.Equals(request.Headers[header], "true", StringComparison.OrdinalIgnoreCase);
}
