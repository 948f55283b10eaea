using System.Globalization;
using System.Runtime.CompilerServices;
using DisclosureCloud.Ledger;

namespace DisclosureCloud.Testing;

/// <summary>A ledger in memory that a test can break.</summary>
/// <remarks>It keeps bytes, so that a commit read back shares nothing with the one that was appended.</remarks>
public sealed class MemoryLedgerStore : ILedgerStore
{
    private readonly Lock changing = new();
    private readonly List<Kept> commits = [];

    /// <summary>Runs before an append; if it throws, the append was not done.</summary>
    public Action<Commit>? BeforeAppend { get; set; }

    /// <summary>Runs after an append; if it throws, the append was done but is reported as failed.</summary>
    public Action<Commit>? AfterAppend { get; set; }

    /// <summary>Runs before every read.</summary>
    public Action? BeforeRead { get; set; }

    public Task<AppendOutcome> AppendAsync(Commit commit, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(commit);
        cancellationToken.ThrowIfCancellationRequested();
        byte[] bytes = commit.ToBytes();
        BeforeAppend?.Invoke(commit);
        AppendOutcome outcome = Append(new Kept(commit.Stream, commit.Version, commit.Id, bytes));
        AfterAppend?.Invoke(commit);
        return Task.FromResult(outcome);
    }

    public Task<Commit?> ReadAsync(StreamName stream, long version, CancellationToken cancellationToken) =>
        FirstAsync(kept => kept.Stream == stream && kept.Version == version, cancellationToken);

    public Task<Commit?> FindAsync(StreamName stream, string commitId, CancellationToken cancellationToken) =>
        FirstAsync(kept => kept.Stream == stream && kept.Id == commitId, cancellationToken);

    public Task<Commit?> ReadLastAsync(StreamName stream, CancellationToken cancellationToken) =>
        Task.FromResult(Snapshot(cancellationToken).LastOrDefault(kept => kept.Stream == stream)?.Commit);

    public async IAsyncEnumerable<Commit> ReadStreamAsync(
        StreamName stream, long fromVersion, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        await Task.Yield();
        foreach (Kept kept in Snapshot(cancellationToken).Where(kept => kept.Stream == stream && kept.Version >= fromVersion))
        {
            yield return kept.Commit;
        }
    }

    public async IAsyncEnumerable<CommitAt> ReadAllAsync(Cursor after, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        await Task.Yield();
        int seen = after.Value is null ? 0 : int.Parse(after.Value, NumberStyles.None, CultureInfo.InvariantCulture);
        foreach (Kept kept in Snapshot(cancellationToken).Skip(seen))
        {
            seen++;
            yield return new CommitAt(kept.Commit, new Cursor(seen.ToString(CultureInfo.InvariantCulture)));
        }
    }

    private AppendOutcome Append(Kept commit)
    {
        lock (changing)
        {
            IEnumerable<Kept> stream = commits.Where(kept => kept.Stream == commit.Stream);
            if (stream.FirstOrDefault(kept => kept.Id == commit.Id) is { } same)
            {
                return same.Version == commit.Version ? AppendOutcome.AlreadyThere : AppendOutcome.Conflict;
            }

            if (stream.Count() != commit.Version)
            {
                return AppendOutcome.Conflict;
            }

            commits.Add(commit);
            return AppendOutcome.Appended;
        }
    }

    private Task<Commit?> FirstAsync(Func<Kept, bool> isIt, CancellationToken cancellationToken) =>
        Task.FromResult(Snapshot(cancellationToken).FirstOrDefault(isIt)?.Commit);

    private Kept[] Snapshot(CancellationToken cancellationToken)
    {
        cancellationToken.ThrowIfCancellationRequested();
        BeforeRead?.Invoke();
        lock (changing)
        {
            return [.. commits];
        }
    }

    private sealed record Kept(StreamName Stream, long Version, string Id, byte[] Bytes)
    {
        public Commit Commit => Commit.FromBytes(Bytes);
    }
}
