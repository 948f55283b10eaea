using Microsoft.AspNetCore.Http;

namespace DisclosureCloud.Storage.Tests;

/// <summary>What a request to the Cosmos server is, for tests that let one sort go wrong.</summary>
internal static class CosmosRequest
{
    public static bool IsCreate(HttpRequest request) => request.Method == "POST"
        && request.Path.Value!.EndsWith("/docs", StringComparison.Ordinal)
        && request.ContentType?.Contains("query", StringComparison.Ordinal) != true
        && !request.Headers.ContainsKey("x-ms-cosmos-is-query-plan-request");

    /// <summary>A read of one document by its id.</summary>
    public static bool IsRead(HttpRequest request) => request.Method == "GET" && request.Path.Value!.Contains("/docs/", StringComparison.Ordinal);

    /// <summary>A document written anew, or removed.</summary>
    public static bool IsChange(HttpRequest request) => request.Method is "PUT" or "DELETE" && request.Path.Value!.Contains("/docs/", StringComparison.Ordinal);
}
