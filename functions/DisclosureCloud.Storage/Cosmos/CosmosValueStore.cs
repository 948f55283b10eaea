using System.Collections.Concurrent;
using System.Net;
using System.Runtime.CompilerServices;
using System.Text.Json;
using DisclosureCloud.Ledger;
using Microsoft.Azure.Cosmos;

namespace DisclosureCloud.Storage;

/// <summary>Values and salts in a container of their own: a partition a posting, a document what was put together, or a few where it is much.</summary>
/// <remarks>
/// <para>A value is forgotten by writing its document without it. What was there before is gone from the container at once; a document
/// is replaced in the state in which it was read alone, so that two who forget at once do not bring back what the other one forgot.</para>
/// <para>Backups of the account keep it for as long as they are kept; the operator keeps them short for this container's account, as the
/// page on forgetting says.</para>
/// </remarks>
public sealed class CosmosValueStore : IValueStore
{
    private const string Columns = "c.id, c.posting, c.putAt, c.body, c.packed, c._etag";

    /// <summary>How many documents, or postings, are on their way at once.</summary>
    private const int RequestsAtOnce = 16;

    /// <summary>Each attempt that fails means that another caller forgot something of the same posting, which is rare even once.</summary>
    private const int AttemptsMax = 16;

    private static readonly TimeSpan LaterWhenBusy = TimeSpan.FromSeconds(1);

    private readonly string _name;
    private readonly Container _container;
    private readonly TimeProvider _clock;
    private readonly CosmosCall _call;

    /// <summary>The values of postings.</summary>
    /// <param name="database">Where its container is. The store does not close it.</param>
    /// <param name="clock">Says when a value was put, and waits between two attempts.</param>
    public CosmosValueStore(CosmosDatabase database, TimeProvider clock)
        : this(database?.Values ?? throw new ArgumentNullException(nameof(database)), clock)
    {
    }

    private CosmosValueStore(Container container, TimeProvider clock)
    {
        (_name, _container, _clock) = ($"cosmos/{container.Id}", container, clock);
        _call = new CosmosCall(_name, clock, CosmosCall.TimeMax);
    }

    /// <summary>The keys of evidence files, in a container of their own.</summary>
    public static CosmosValueStore OfEvidenceKeys(CosmosDatabase database, TimeProvider clock)
    {
        ArgumentNullException.ThrowIfNull(database);
        return new CosmosValueStore(database.EvidenceKeys, clock);
    }

    public Task PutAsync(IReadOnlyCollection<Opening> openings, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(openings);
        long now = _clock.GetUtcNow().ToUnixTimeMilliseconds();
        return ForEachAsync(
            openings.GroupBy(opening => opening.Posting).SelectMany(ofPosting => CosmosValues.Of(ofPosting.Key, ofPosting, now)), PutAsync, cancellationToken);
    }

    public async Task<IReadOnlyList<Opening>> GetAsync(IReadOnlyCollection<PostingId> postings, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(postings);
        var found = new ConcurrentQueue<Opening>();
        await ForEachAsync(
            postings.Distinct(),
            async (posting, token) =>
            {
                foreach (Opening opening in (await ReadAsync("get", posting, token)).SelectMany(values => values.Checked()).DistinctBy(opening => opening.Commitment))
                {
                    found.Enqueue(opening);
                }
            },
            cancellationToken);
        return [.. found];
    }

    public Task ForgetAsync(IReadOnlyCollection<ValueKey> values, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(values);
        return ForEachAsync(
            values.GroupBy(value => value.Posting),
            (ofPosting, token) => ForgetAsync(ofPosting.Key, [.. ofPosting.Select(value => value.Commitment)], token),
            cancellationToken);
    }

    public async IAsyncEnumerable<Opening> ReadPutBeforeAsync(DateTimeOffset moment, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        QueryDefinition query = new QueryDefinition($"SELECT {Columns} FROM c WHERE c.putAt < @moment ORDER BY c.putAt")
            .WithParameter("@moment", moment.ToUnixTimeMilliseconds());
        await foreach (CosmosValues values in CosmosQuery.ReadAsync(
            _container, _call, "read-put-before", query, new QueryRequestOptions(), CosmosValues.Read, cancellationToken))
        {
            foreach (Opening opening in values.Checked())
            {
                yield return opening;
            }
        }
    }

    private async Task PutAsync(CosmosValues values, CancellationToken cancellationToken)
    {
        CosmosValues left = values;
        for (int attempt = 0; attempt < AttemptsMax; attempt++)
        {
            if (await CreateAsync(left, cancellationToken))
            {
                return;
            }

            // It was put before, and keeps the time of it; what was forgotten of it since is put anew, as a document of its own.
            HashSet<Commitment> there = [.. (await ReadOneAsync(left, cancellationToken))?.Openings.Select(opening => opening.Commitment) ?? []];
            Opening[] missing = [.. left.Openings.Where(opening => !there.Contains(opening.Commitment))];
            if (missing.Length == 0)
            {
                return;
            }

            left = CosmosValues.Of(values.Posting, missing, values.PutAt).Single(); // A part of what fits into one document.
        }

        throw new StoreBusyException(_name, LaterWhenBusy);
    }

    // What another caller puts after we have read is put after this, and stays.
    private async Task ForgetAsync(PostingId posting, HashSet<Commitment> forgotten, CancellationToken cancellationToken)
    {
        for (int attempt = 0; attempt < AttemptsMax; attempt++)
        {
            bool done = true;
            foreach (CosmosValues values in await ReadAsync("forget-read", posting, cancellationToken))
            {
                CosmosValues rest = values with { Openings = values.Openings.RemoveAll(opening => forgotten.Contains(opening.Commitment)) };
                done &= rest.Openings.Length == values.Openings.Length || await ReplaceAsync(rest, cancellationToken);
            }

            if (done)
            {
                return;
            }
        }

        throw new StoreBusyException(_name, LaterWhenBusy);
    }

    /// <returns>False where a document of this id is there.</returns>
    private async Task<bool> CreateAsync(CosmosValues values, CancellationToken cancellationToken)
    {
        byte[] document = values.ToDocument();
        using ResponseMessage answer = await _call.SendAsync(
            "put",
            token => _container.CreateItemStreamAsync(new MemoryStream(document), Key(values.Posting), new ItemRequestOptions { EnableContentResponseOnWrite = false }, token),
            cancellationToken);
        if (answer.StatusCode == HttpStatusCode.Conflict)
        {
            return false;
        }

        answer.EnsureSuccessStatusCode();
        return true;
    }

    /// <summary>Writes what is left of a document; nothing left, and it goes.</summary>
    /// <returns>False where another caller was faster, and it must be read again.</returns>
    private async Task<bool> ReplaceAsync(CosmosValues rest, CancellationToken cancellationToken)
    {
        var asRead = new ItemRequestOptions { IfMatchEtag = rest.ETag, EnableContentResponseOnWrite = false };
        byte[] document = rest.ToDocument();
        using ResponseMessage answer = await _call.SendAsync(
            "forget",
            token => rest.Openings.IsEmpty
                ? _container.DeleteItemStreamAsync(rest.Id, Key(rest.Posting), asRead, token)
                : _container.ReplaceItemStreamAsync(new MemoryStream(document), rest.Id, Key(rest.Posting), asRead, token),
            cancellationToken);
        if (answer.StatusCode is HttpStatusCode.PreconditionFailed or HttpStatusCode.NotFound)
        {
            return false;
        }

        answer.EnsureSuccessStatusCode();
        return true;
    }

    private async Task<CosmosValues?> ReadOneAsync(CosmosValues values, CancellationToken cancellationToken)
    {
        using ResponseMessage answer = await _call.SendAsync(
            "put-read", token => _container.ReadItemStreamAsync(values.Id, Key(values.Posting), cancellationToken: token), cancellationToken);
        if (answer.StatusCode == HttpStatusCode.NotFound)
        {
            return null;
        }

        answer.EnsureSuccessStatusCode();
        using JsonDocument json = await JsonDocument.ParseAsync(answer.Content, cancellationToken: cancellationToken);
        return CosmosValues.Read(json.RootElement);
    }

    private async Task<List<CosmosValues>> ReadAsync(string operation, PostingId posting, CancellationToken cancellationToken)
    {
        var all = new List<CosmosValues>();
        await foreach (CosmosValues values in CosmosQuery.ReadAsync(
            _container,
            _call,
            operation,
            new QueryDefinition($"SELECT {Columns} FROM c WHERE c.posting = @posting").WithParameter("@posting", posting.Value),
            new QueryRequestOptions { PartitionKey = Key(posting) },
            CosmosValues.Read,
            cancellationToken))
        {
            all.Add(values);
        }

        return all;
    }

    private static PartitionKey Key(PostingId posting) => new(posting.Value);

    private static Task ForEachAsync<T>(IEnumerable<T> items, Func<T, CancellationToken, Task> act, CancellationToken cancellationToken) => Parallel.ForEachAsync(
        items,
        new ParallelOptions { MaxDegreeOfParallelism = RequestsAtOnce, CancellationToken = cancellationToken },
        async (item, token) => await act(item, token));
}
