using System.Globalization;
using System.Net;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;
using Azure;
using Azure.Core;
using Azure.Core.Pipeline;

namespace DisclosureCloud.Storage;

/// <summary>Settings of the requests to tables: the repeats that every client of Azure has.</summary>
internal sealed class TableClientOptions : ClientOptions;

/// <summary>The few requests to Table storage that we need: create a table; read, insert, replace and delete one entity by its keys.</summary>
/// <remarks>
/// The client of Azure's own is not to be had from the feed that we build from. What is asked is plain: learn.microsoft.com, "Table
/// service REST API", version 2020-12-06, the first that takes identities. Every outcome that a caller can expect is a value; what is
/// left throws <see cref="RequestFailedException"/>.
/// </remarks>
internal sealed class TableClient
{
    private const string Version = "2020-12-06";
    private const string Json = "application/json;odata=nometadata";

    private readonly HttpPipeline _pipeline;
    private readonly Uri _endpoint;
    private readonly string _table;

    public TableClient(Uri endpoint, string table, HttpPipelinePolicy authentication, TableClientOptions options, TimeProvider clock)
    {
        (_endpoint, _table) = (endpoint, table);

        // Date and signature are made for each attempt: a signature is good for a quarter of an hour, a token may end between two.
        _pipeline = HttpPipelineBuilder.Build(options, perCallPolicies: [], perRetryPolicies: [new DatePolicy(clock), authentication], new ResponseClassifier());
    }

    /// <summary>Makes the table where it is missing.</summary>
    public async Task<bool> CreateTableAsync(CancellationToken cancellationToken)
    {
        using Request request = NewRequest(RequestMethod.Post, "Tables");
        SetBody(request, new JsonObject { ["TableName"] = _table });
        using Response answer = await _pipeline.SendRequestAsync(request, cancellationToken);
        return Expect(answer, "TableAlreadyExists");
    }

    /// <summary>An entity with its tag, or null where there is none.</summary>
    public async Task<TableEntity?> GetAsync(TableKey key, CancellationToken cancellationToken)
    {
        using Request request = NewRequest(RequestMethod.Get, PathOf(key));
        using Response answer = await _pipeline.SendRequestAsync(request, cancellationToken);
        return Expect(answer, "ResourceNotFound")
            ? new TableEntity(JsonNode.Parse(answer.Content)!.AsObject(), TagOf(answer))
            : null;
    }

    /// <summary>The new entity's tag, or null where there is one under its key.</summary>
    public async Task<ETag?> InsertAsync(TableKey key, JsonObject properties, CancellationToken cancellationToken)
    {
        JsonObject entity = properties.DeepClone().AsObject();
        entity["PartitionKey"] = key.Partition;
        entity["RowKey"] = key.Row;
        using Request request = NewRequest(RequestMethod.Post, _table);
        SetBody(request, entity);
        using Response answer = await _pipeline.SendRequestAsync(request, cancellationToken);
        return Expect(answer, "EntityAlreadyExists") ? TagOf(answer) : null;
    }

    /// <summary>The entity's new tag, or null where it has another than the one given, or is gone.</summary>
    public async Task<ETag?> ReplaceAsync(TableKey key, JsonObject properties, ETag tag, CancellationToken cancellationToken)
    {
        using Request request = NewRequest(RequestMethod.Put, PathOf(key));
        request.Headers.SetValue(HttpHeader.Names.IfMatch, tag.ToString("H"));
        SetBody(request, properties);
        using Response answer = await _pipeline.SendRequestAsync(request, cancellationToken);
        return Expect(answer, "UpdateConditionNotSatisfied", "ResourceNotFound") ? TagOf(answer) : null;
    }

    /// <summary>False where the entity has another tag than the one given. True where it is gone, whoever removed it.</summary>
    public async Task<bool> DeleteAsync(TableKey key, ETag tag, CancellationToken cancellationToken)
    {
        using Request request = NewRequest(RequestMethod.Delete, PathOf(key));
        request.Headers.SetValue(HttpHeader.Names.IfMatch, tag.ToString("H"));
        using Response answer = await _pipeline.SendRequestAsync(request, cancellationToken);
        return (answer.Status == (int)HttpStatusCode.NotFound && ErrorOf(answer) == "ResourceNotFound") || Expect(answer, "UpdateConditionNotSatisfied");
    }

    private Request NewRequest(RequestMethod method, string path)
    {
        Request request = _pipeline.CreateRequest();
        request.Method = method;
        request.Uri.Reset(new Uri($"{_endpoint.AbsoluteUri.TrimEnd('/')}/{path}"));
        request.Headers.Add("x-ms-version", Version);
        request.Headers.Add("DataServiceVersion", "3.0");
        request.Headers.Add(HttpHeader.Names.Accept, Json);
        return request;
    }

    private static void SetBody(Request request, JsonObject body)
    {
        request.Headers.Add(HttpHeader.Names.ContentType, "application/json");
        request.Headers.Add("Prefer", "return-no-content");
        request.Content = RequestContent.Create(JsonSerializer.SerializeToUtf8Bytes(body));
    }

    private string PathOf(TableKey key) => $"{_table}(PartitionKey='{Literal(key.Partition)}',RowKey='{Literal(key.Row)}')";

    // A quote is doubled within a text of OData; all else is as in any address.
    private static string Literal(string text) => Uri.EscapeDataString(text.Replace("'", "''", StringComparison.Ordinal));

    /// <summary>True for success, false for one of the errors that the caller expects; others throw.</summary>
    private static bool Expect(Response answer, params ReadOnlySpan<string> errors) =>
        !answer.IsError || (errors.Contains(ErrorOf(answer)) ? false : throw new RequestFailedException(answer));

    /// <summary>The error's code: <c>{"odata.error": {"code": "EntityAlreadyExists", …}}</c>.</summary>
    private static string ErrorOf(Response answer)
    {
        try
        {
            return (string?)JsonNode.Parse(answer.Content.ToMemory().Span)?["odata.error"]?["code"] ?? "";
        }
        catch (Exception exception) when (exception is JsonException or InvalidOperationException)
        {
            return ""; // Something between us and the service has answered.
        }
    }

    private static ETag TagOf(Response answer) => answer.Headers.ETag
        ?? throw new InvalidDataException("The table service gave an entity without a tag.");

    private sealed class DatePolicy(TimeProvider clock) : HttpPipelineSynchronousPolicy
    {
        public override void OnSendingRequest(HttpMessage message) =>
            message.Request.Headers.SetValue("x-ms-date", clock.GetUtcNow().ToString("R", CultureInfo.InvariantCulture));
    }
}

/// <summary>Where an entity is. Neither may hold <c>/ \ # ? %</c> or control characters, or be longer than 512 characters.</summary>
internal readonly record struct TableKey(string Partition, string Row);

/// <summary>An entity as it was read: its properties, and the tag that it then had.</summary>
internal sealed record TableEntity(JsonObject Properties, ETag Tag);

/// <summary>Signs a request to tables with the account's key ("Shared Key Lite"): for a server on this machine.</summary>
internal sealed class TableKeyPolicy(string account, byte[] key) : HttpPipelineSynchronousPolicy
{
    public override void OnSendingRequest(HttpMessage message)
    {
        message.Request.Headers.TryGetValue("x-ms-date", out string? date);
        string signed = $"{date}\n/{account}{message.Request.Uri.ToUri().AbsolutePath}";
        string signature = Convert.ToBase64String(HMACSHA256.HashData(key, Encoding.UTF8.GetBytes(signed)));
        message.Request.Headers.SetValue(HttpHeader.Names.Authorization, $"SharedKeyLite {account}:{signature}");
    }
}
