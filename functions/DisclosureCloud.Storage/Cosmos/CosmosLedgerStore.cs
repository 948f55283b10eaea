using System.Net;
using System.Runtime.CompilerServices;
using System.Text.Json;
using DisclosureCloud.Ledger;
using Microsoft.Azure.Cosmos;

namespace DisclosureCloud.Storage;

/// <summary>The ledger in Cosmos DB for NoSQL: a document a commit, a partition a stream, the document's id from the version.</summary>
/// <remarks>
/// That two writers of one version cannot both win rests on the id alone, which is unique within its partition. What must also hold,
/// that no version is left out and no id stands twice, is looked up before: commits are never removed, so that what the look found
/// stays true, and a writer that comes between has taken the version.
/// </remarks>
public sealed class CosmosLedgerStore : ILedgerStore
{
    private const string Columns = "c.stream, c.version, c.commit, c.entries, c.body, c.packed, c._ts";

    private readonly Container _container;
    private readonly CosmosCall _call;

    /// <param name="database">Where its container is. The store does not close it.</param>
    /// <param name="clock">Waits between two attempts.</param>
    public CosmosLedgerStore(CosmosDatabase database, TimeProvider clock)
        : this(database, clock, CosmosCall.TimeMax)
    {
    }

    internal CosmosLedgerStore(CosmosDatabase database, TimeProvider clock, TimeSpan callMax)
    {
        ArgumentNullException.ThrowIfNull(database);
        _container = database.Ledger;
        _call = new CosmosCall("cosmos/ledger", clock, callMax);
    }

    public async Task<AppendOutcome> AppendAsync(Commit commit, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(commit);
        byte[] document = CosmosCommit.ToDocument(commit);
        if (await LookAsync(commit, cancellationToken) is { } known)
        {
            return known;
        }

        // From here on the token is not asked: an append that was cancelled was not done.
        using ResponseMessage created = await _call.SendAsync(
            "append",
            token => _container.CreateItemStreamAsync(new MemoryStream(document), new PartitionKey(commit.Stream.Value), cancellationToken: token),
            CancellationToken.None);
        if (created.StatusCode != HttpStatusCode.Conflict)
        {
            created.EnsureSuccessStatusCode();
            return AppendOutcome.Appended;
        }

        Commit? there = await ReadAsync(commit.Stream, commit.Version, CancellationToken.None);
        return there?.Id == commit.Id ? AppendOutcome.AlreadyThere : AppendOutcome.Conflict;
    }

    public async Task<Commit?> ReadAsync(StreamName stream, long version, CancellationToken cancellationToken)
    {
        using ResponseMessage answer = await _call.SendAsync(
            "read",
            token => _container.ReadItemStreamAsync(CosmosCommit.IdOf(version), new PartitionKey(stream.Value), cancellationToken: token),
            cancellationToken);
        if (answer.StatusCode == HttpStatusCode.NotFound)
        {
            return null;
        }

        answer.EnsureSuccessStatusCode();
        using JsonDocument json = await JsonDocument.ParseAsync(answer.Content, cancellationToken: cancellationToken);
        return CosmosCommit.Read(json.RootElement).Commit;
    }

    public Task<Commit?> ReadLastAsync(StreamName stream, CancellationToken cancellationToken) => FirstAsync(
        "read-last",
        stream,
        new QueryDefinition($"SELECT TOP 1 {Columns} FROM c WHERE c.stream = @stream ORDER BY c.version DESC").WithParameter("@stream", stream.Value),
        cancellationToken);

    public Task<Commit?> FindAsync(StreamName stream, string commitId, CancellationToken cancellationToken) => FirstAsync(
        "find",
        stream,
        new QueryDefinition($"SELECT {Columns} FROM c WHERE c.stream = @stream AND c.commit = @commit")
            .WithParameter("@stream", stream.Value)
            .WithParameter("@commit", commitId),
        cancellationToken);

    public async IAsyncEnumerable<Commit> ReadStreamAsync(
        StreamName stream, long fromVersion, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        QueryDefinition query = new QueryDefinition($"SELECT {Columns} FROM c WHERE c.stream = @stream AND c.version >= @version ORDER BY c.version")
            .WithParameter("@stream", stream.Value)
            .WithParameter("@version", fromVersion);
        await foreach (StampedCommit read in QueryAsync("read-stream", stream, query, CosmosCommit.Read, cancellationToken))
        {
            yield return read.Commit;
        }
    }

    /// <summary>Every commit after a cursor; those of the last seconds before it are given again. See <see cref="CommitOrder"/>.</summary>
    public async IAsyncEnumerable<CommitAt> ReadAllAsync(Cursor after, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        QueryDefinition query = new QueryDefinition($"SELECT {Columns} FROM c WHERE c._ts >= @from ORDER BY c._ts")
            .WithParameter("@from", CommitOrder.ResumeAt(after));
        var order = new CommitOrder();
        await foreach (StampedCommit read in QueryAsync("read-all", stream: null, query, CosmosCommit.Read, cancellationToken))
        {
            foreach (CommitAt ready in order.Take(read))
            {
                yield return ready;
            }
        }

        foreach (CommitAt ready in order.End())
        {
            yield return ready;
        }
    }

    // What an append may meet: its id in the stream, or a gap below its version. Null where it may be tried.
    private async Task<AppendOutcome?> LookAsync(Commit commit, CancellationToken cancellationToken)
    {
        cancellationToken.ThrowIfCancellationRequested();
        QueryDefinition query = new QueryDefinition("SELECT c.version, c.commit FROM c WHERE c.stream = @stream AND (c.commit = @commit OR c.version = @before)")
            .WithParameter("@stream", commit.Stream.Value)
            .WithParameter("@commit", commit.Id)
            .WithParameter("@before", commit.Version - 1);
        bool follows = commit.Version == 0;
        await foreach ((long version, string? id) in QueryAsync("look", commit.Stream, query, VersionAndId, cancellationToken))
        {
            if (id == commit.Id)
            {
                return version == commit.Version ? AppendOutcome.AlreadyThere : AppendOutcome.Conflict;
            }

            follows |= version == commit.Version - 1;
        }

        return follows ? null : AppendOutcome.Conflict;
    }

    private async Task<Commit?> FirstAsync(string operation, StreamName stream, QueryDefinition query, CancellationToken cancellationToken)
    {
        await foreach (StampedCommit read in QueryAsync(operation, stream, query, CosmosCommit.Read, cancellationToken))
        {
            return read.Commit;
        }

        return null;
    }

    private static (long Version, string? Id) VersionAndId(JsonElement document) =>
        (document.GetProperty("version").GetInt64(), document.GetProperty("commit").GetString());

    private IAsyncEnumerable<T> QueryAsync<T>(
        string operation, StreamName? stream, QueryDefinition query, Func<JsonElement, T> read, CancellationToken cancellationToken) => CosmosQuery.ReadAsync(
            _container,
            _call,
            operation,
            query,
            new QueryRequestOptions { PartitionKey = stream is { } one ? new PartitionKey(one.Value) : null },
            read,
            cancellationToken);
}
