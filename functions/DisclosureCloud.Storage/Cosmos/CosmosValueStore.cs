using System.Net;
using System.Runtime.CompilerServices;
using System.Text.Json;
using System.Text.Json.Nodes;
using DisclosureCloud.Ledger;
using Microsoft.Azure.Cosmos;

namespace DisclosureCloud.Storage;

/// <summary>Values and salts in a container of their own, a document an opening, its commitment the id and the partition key.</summary>
/// <remarks>
/// A deleted document is gone from the container at once. Backups of the account keep it for as long as they are kept; the operator
/// keeps them short for this container's account, as the page on forgetting says.
/// </remarks>
/// <param name="database">Where its container is. The store does not close it.</param>
/// <param name="clock">Says when a value was put, and waits between two attempts.</param>
public sealed class CosmosValueStore(CosmosDatabase database, TimeProvider clock) : IValueStore
{
    /// <summary>Each request is for one document; these many are on their way at once.</summary>
    private const int RequestsAtOnce = 16;

    private readonly Container _container = database.Values;
    private readonly CosmosCall _call = new("cosmos/values", clock, CosmosCall.TimeMax);

    public Task PutAsync(IReadOnlyCollection<Opening> openings, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(openings);
        long now = clock.GetUtcNow().ToUnixTimeMilliseconds();
        return ForEachAsync(openings.DistinctBy(opening => opening.Commitment), (opening, token) => PutAsync(opening, now, token), cancellationToken);
    }

    public async Task<IReadOnlyList<Opening>> GetAsync(IReadOnlyCollection<Commitment> commitments, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(commitments);
        var gate = new Lock();
        var found = new List<Opening>(commitments.Count);
        await ForEachAsync(
            commitments.Distinct(),
            async (commitment, token) =>
            {
                if (await ReadAsync(commitment, token) is { } opening)
                {
                    lock (gate)
                    {
                        found.Add(opening);
                    }
                }
            },
            cancellationToken);
        return found;
    }

    public Task ForgetAsync(IReadOnlyCollection<Commitment> commitments, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(commitments);
        return ForEachAsync(commitments.Distinct(), DeleteAsync, cancellationToken);
    }

    public IAsyncEnumerable<Opening> ReadPutBeforeAsync(DateTimeOffset moment, CancellationToken cancellationToken) => CosmosQuery.ReadAsync(
        _container,
        _call,
        "read-put-before",
        new QueryDefinition("SELECT c.id, c.salt, c[\"value\"], c.posting FROM c WHERE c.putAt < @moment ORDER BY c.putAt")
            .WithParameter("@moment", moment.ToUnixTimeMilliseconds()),
        new QueryRequestOptions(),
        ReadOpening,
        cancellationToken);

    private async Task PutAsync(Opening opening, long now, CancellationToken cancellationToken)
    {
        byte[] document = JsonSerializer.SerializeToUtf8Bytes(new JsonObject
        {
            ["id"] = opening.Commitment.Hex,
            ["salt"] = Convert.ToBase64String(opening.Salt.Span),
            ["value"] = opening.Value,
            ["posting"] = opening.Posting.Value,
            ["putAt"] = now,
        });
        using ResponseMessage answer = await _call.SendAsync(
            "put",
            token => _container.CreateItemStreamAsync(new MemoryStream(document), Key(opening.Commitment), cancellationToken: token),
            cancellationToken);
        if (answer.StatusCode != HttpStatusCode.Conflict) // It was put before, and keeps the time at which it was first put.
        {
            answer.EnsureSuccessStatusCode();
        }
    }

    private async Task<Opening?> ReadAsync(Commitment commitment, CancellationToken cancellationToken)
    {
        using ResponseMessage answer = await _call.SendAsync(
            "get", token => _container.ReadItemStreamAsync(commitment.Hex, Key(commitment), cancellationToken: token), cancellationToken);
        if (answer.StatusCode == HttpStatusCode.NotFound)
        {
            return null;
        }

        answer.EnsureSuccessStatusCode();
        using JsonDocument json = await JsonDocument.ParseAsync(answer.Content, cancellationToken: cancellationToken);
        return ReadOpening(json.RootElement);
    }

    private async Task DeleteAsync(Commitment commitment, CancellationToken cancellationToken)
    {
        using ResponseMessage answer = await _call.SendAsync(
            "forget", token => _container.DeleteItemStreamAsync(commitment.Hex, Key(commitment), cancellationToken: token), cancellationToken);
        if (answer.StatusCode != HttpStatusCode.NotFound)
        {
            answer.EnsureSuccessStatusCode();
        }
    }

    /// <summary>Checks the opening against its commitment: what fails would be published as a false figure.</summary>
    private static Opening ReadOpening(JsonElement document)
    {
        Commitment commitment = Commitment.Parse(document.GetProperty("id").GetString()!);
        var opening = new Opening(
            commitment,
            document.GetProperty("salt").GetBytesFromBase64(),
            document.GetProperty("value").GetString()!,
            Id.Parse<PostingId>(document.GetProperty("posting").GetString()!));
        return opening.Salt.Length == Commitment.SaltLength && opening.IsTrue
            ? opening
            : throw new InvalidDataException($"The value kept under {commitment} is damaged: it is not what was committed to.");
    }

    private static PartitionKey Key(Commitment commitment) => new(commitment.Hex);

    private static Task ForEachAsync<T>(IEnumerable<T> items, Func<T, CancellationToken, Task> act, CancellationToken cancellationToken) => Parallel.ForEachAsync(
        items,
        new ParallelOptions { MaxDegreeOfParallelism = RequestsAtOnce, CancellationToken = cancellationToken },
        async (item, token) => await act(item, token));
}
