namespace DisclosureCloud.Ledger;

/// <summary>Where commits are kept, stream by stream, for ever.</summary>
/// <remarks>
/// <para>The contract, numbered; <c>LedgerStoreContract</c> in the tests runs it on every implementation.</para>
/// <para>1. A commit whose version is the next of its stream is appended whole: <see cref="AppendOutcome.Appended"/>.</para>
/// <para>2. Where a commit of the same id and version is there already, nothing changes: <see cref="AppendOutcome.AlreadyThere"/>.
/// A caller that does not know whether its append was done may therefore repeat it. The bytes are not compared: a repeat is decided
/// anew, with another time, and is the same commit all the same. Whoever needs what was recorded reads it back.</para>
/// <para>3. Any other version, taken or too high, and an id that the stream has under another version:
/// <see cref="AppendOutcome.Conflict"/>, and nothing changes.</para>
/// <para>4. Durable: what was answered with <c>Appended</c> survives the death of the process and of the machine's power.</para>
/// <para>5. Of any number of writers of one version at once, in one process or several, exactly one gets <c>Appended</c>.</para>
/// <para>6. What a read returns was appended whole; who appended it reads it at once.</para>
/// <para>7. <see cref="ReadAllAsync"/> gives every commit at least once, those of one stream by version without a gap. A reader that
/// resumes at a cursor it was given sees every commit after it, also those appended meanwhile. Nothing is promised about the order of
/// commits in different streams.</para>
/// <para>8. No commit is ever changed or removed.</para>
/// <para>9. An append that throws <see cref="OperationCanceledException"/> was not done. After any other exception it may have been
/// done or not; point 2 is the way out.</para>
/// </remarks>
public interface ILedgerStore
{
    Task<AppendOutcome> AppendAsync(Commit commit, CancellationToken cancellationToken);

    Task<Commit?> ReadAsync(StreamName stream, long version, CancellationToken cancellationToken);

    /// <summary>The last commit of a stream, or null where the stream is empty.</summary>
    Task<Commit?> ReadLastAsync(StreamName stream, CancellationToken cancellationToken);

    /// <summary>The commit of that id in that stream, or null.</summary>
    Task<Commit?> FindAsync(StreamName stream, string commitId, CancellationToken cancellationToken);

    /// <summary>A stream's commits from a version on, by version.</summary>
    IAsyncEnumerable<Commit> ReadStreamAsync(StreamName stream, long fromVersion, CancellationToken cancellationToken);

    /// <summary>Every commit after a cursor; see point 7.</summary>
    IAsyncEnumerable<CommitAt> ReadAllAsync(Cursor after, CancellationToken cancellationToken);
}

public enum AppendOutcome
{
    Appended,
    AlreadyThere,
    Conflict,
}

/// <summary>Where a reader of all commits resumes. Its text belongs to the store that gave it.</summary>
public readonly record struct Cursor(string? Value)
{
    /// <summary>Before the first commit.</summary>
    public static Cursor Start => default;
}

/// <summary>A commit, and the cursor that resumes after it.</summary>
public sealed record CommitAt(Commit Commit, Cursor Cursor);
