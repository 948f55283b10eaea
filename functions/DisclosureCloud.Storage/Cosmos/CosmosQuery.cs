using System.Runtime.CompilerServices;
using System.Text.Json;
using Microsoft.Azure.Cosmos;

namespace DisclosureCloud.Storage;

/// <summary>Reads the answer of a query page by page.</summary>
internal static class CosmosQuery
{
    /// <summary>The documents of a query, in its order.</summary>
    /// <param name="read">Makes what is wanted of one document; the document is gone when it returns.</param>
    public static async IAsyncEnumerable<T> ReadAsync<T>(
        Container container,
        CosmosCall call,
        string operation,
        QueryDefinition query,
        QueryRequestOptions options,
        Func<JsonElement, T> read,
        [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        using FeedIterator pages = container.GetItemQueryStreamIterator(query, requestOptions: options);
        while (pages.HasMoreResults)
        {
            using ResponseMessage page = await call.SendAsync(operation, pages.ReadNextAsync, cancellationToken);
            page.EnsureSuccessStatusCode();
            using JsonDocument json = await JsonDocument.ParseAsync(page.Content, cancellationToken: cancellationToken);
            foreach (JsonElement document in json.RootElement.GetProperty("Documents").EnumerateArray())
            {
                yield return read(document);
            }
        }
    }
}
