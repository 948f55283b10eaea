using System.Globalization;
using System.Runtime.CompilerServices;
using System.Text.Json;
using DisclosureCloud.Ledger;
using Microsoft.Data.Sqlite;

namespace DisclosureCloud.Storage;

/// <summary>The ledger in one SQLite file. Several processes may have it open.</summary>
/// <remarks>
/// <para>A commit of the same id and version is the same commit, whatever else differs: the id is derived from what was posted, and a
/// repeated append is decided anew, with another time. Its caller reads what is there.</para>
/// <para>The cursor is the row's number. Only one transaction writes at a time, and rows are numbered within it; therefore a row that
/// becomes visible has a higher number than every row a reader has seen, and no reader misses one.</para>
/// <para>An append that throws <see cref="OperationCanceledException"/> was not done. One that throws anything else may have been done:
/// repeat it, and <see cref="AppendOutcome.AlreadyThere"/> or <see cref="AppendOutcome.Appended"/> tells.</para>
/// </remarks>
public sealed class SqliteLedgerStore : ILedgerStore, IAsyncDisposable
{
    /// <summary>How many commits a reader holds in memory: no transaction stays open while its caller works.</summary>
    private const int PageLength = 256;

    private const string Columns = "cursor, stream, version, id, entries, body";

    private static readonly SqliteSchema Schema = new(
        [
            [
                """
                CREATE TABLE commits (
                    cursor INTEGER PRIMARY KEY AUTOINCREMENT,
                    stream TEXT NOT NULL,
                    version INTEGER NOT NULL CHECK (version >= 0),
                    id TEXT NOT NULL,
                    entries INTEGER NOT NULL CHECK (entries >= 0),
                    body BLOB NOT NULL,
                    UNIQUE (stream, version),
                    UNIQUE (stream, id)
                ) STRICT
                """,
                "CREATE TRIGGER commits_never_change BEFORE UPDATE ON commits BEGIN SELECT RAISE(ABORT, 'A commit is never changed.'); END",
                "CREATE TRIGGER commits_never_go BEFORE DELETE ON commits BEGIN SELECT RAISE(ABORT, 'A commit is never removed.'); END",
            ],
        ],
        Settings: []);

    private readonly SqliteFile file;

    private SqliteLedgerStore(SqliteFile file)
    {
        this.file = file;
        Writer = new SqliteWriter(file);
    }

    internal SqliteWriter Writer { get; }

    /// <summary>Opens the ledger, and makes it where there is none.</summary>
    /// <param name="path">The file, such as <c>DATA/ledger.db</c>.</param>
    /// <exception cref="InvalidDataException">
    /// A newer program made the file, or it lies where SQLite cannot keep a write-ahead log.
    /// </exception>
    public static SqliteLedgerStore Open(string path) => new(new SqliteFile(path, Schema));

    /// <summary>See the remarks of the class on cancellation and on exceptions.</summary>
    public Task<AppendOutcome> AppendAsync(Commit commit, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(commit);
        byte[] body = commit.ToBytes(); // Here and not in the writer's task: a commit that cannot be written is its caller's alone.
        return Writer.WriteAsync(connection => Append(connection, commit, body), cancellationToken);
    }

    public Task<Commit?> ReadAsync(StreamName stream, long version, CancellationToken cancellationToken) => FirstAsync(
        $"SELECT {Columns} FROM commits WHERE stream = $stream AND version = $version",
        cancellationToken,
        ("$stream", stream.Value),
        ("$version", version));

    public Task<Commit?> ReadLastAsync(StreamName stream, CancellationToken cancellationToken) => FirstAsync(
        $"SELECT {Columns} FROM commits WHERE stream = $stream ORDER BY version DESC LIMIT 1",
        cancellationToken,
        ("$stream", stream.Value));

    public Task<Commit?> FindAsync(StreamName stream, string commitId, CancellationToken cancellationToken) => FirstAsync(
        $"SELECT {Columns} FROM commits WHERE stream = $stream AND id = $id",
        cancellationToken,
        ("$stream", stream.Value),
        ("$id", commitId));

    public async IAsyncEnumerable<Commit> ReadStreamAsync(
        StreamName stream, long fromVersion, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        const string Sql = $"""
            SELECT {Columns} FROM commits WHERE stream = $stream AND version >= $version ORDER BY version LIMIT $page
            """;
        long version = fromVersion;
        IReadOnlyList<CommitAt> page;
        do
        {
            page = await PageAsync(Sql, cancellationToken, ("$stream", stream.Value), ("$version", version), ("$page", PageLength));
            foreach (CommitAt at in page)
            {
                yield return at.Commit;
                version = at.Commit.Version + 1;
            }
        }
        while (page.Count == PageLength);
    }

    public async IAsyncEnumerable<CommitAt> ReadAllAsync(Cursor after, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        const string Sql = $"SELECT {Columns} FROM commits WHERE cursor > $cursor ORDER BY cursor LIMIT $page";
        Cursor cursor = after;
        IReadOnlyList<CommitAt> page;
        do
        {
            page = await PageAsync(Sql, cancellationToken, ("$cursor", RowNumber(cursor)), ("$page", PageLength));
            foreach (CommitAt at in page)
            {
                yield return at;
                cursor = at.Cursor;
            }
        }
        while (page.Count == PageLength);
    }

    /// <summary>Finishes the appends that wait, then closes the file.</summary>
    public async ValueTask DisposeAsync()
    {
        await Writer.DisposeAsync();
        file.ClosePool();
    }

    private static AppendOutcome Append(SqliteConnection connection, Commit commit, byte[] body)
    {
        using SqliteCommand look = SqliteFile.Command(
            connection,
            """
            SELECT (SELECT version FROM commits WHERE stream = $stream AND id = $id),
                   (SELECT coalesce(max(version) + 1, 0) FROM commits WHERE stream = $stream)
            """,
            ("$stream", commit.Stream.Value),
            ("$id", commit.Id));
        using SqliteDataReader found = look.ExecuteReader();
        found.Read();
        if (!found.IsDBNull(0))
        {
            return found.GetInt64(0) == commit.Version ? AppendOutcome.AlreadyThere : AppendOutcome.Conflict;
        }

        if (found.GetInt64(1) != commit.Version)
        {
            return AppendOutcome.Conflict;
        }

        using SqliteCommand insert = SqliteFile.Command(
            connection,
            "INSERT INTO commits (stream, version, id, entries, body) VALUES ($stream, $version, $id, $entries, $body)",
            ("$stream", commit.Stream.Value),
            ("$version", commit.Version),
            ("$id", commit.Id),
            ("$entries", commit.Entries.Length),
            ("$body", body));
        insert.ExecuteNonQuery();
        return AppendOutcome.Appended;
    }

    private async Task<Commit?> FirstAsync(string sql, CancellationToken cancellationToken, params (string, object)[] values) =>
        (await PageAsync(sql, cancellationToken, values)) is [CommitAt first, ..] ? first.Commit : null;

    private async Task<IReadOnlyList<CommitAt>> PageAsync(
        string sql, CancellationToken cancellationToken, params (string Name, object Value)[] values)
    {
        await using SqliteConnection connection = file.OpenReader();
        await using SqliteCommand command = SqliteFile.Command(connection, sql, values);
        await using SqliteDataReader rows = await command.ExecuteReaderAsync(cancellationToken);
        var page = new List<CommitAt>();
        while (await rows.ReadAsync(cancellationToken))
        {
            page.Add(ReadRow(rows));
        }

        return page;
    }

    /// <summary>Reads a row back, and checks that its body is the commit that the row says it is.</summary>
    private static CommitAt ReadRow(SqliteDataReader row)
    {
        (string stream, long version, string id, long entries) = (row.GetString(1), row.GetInt64(2), row.GetString(3), row.GetInt64(4));
        Commit commit;
        try
        {
            commit = Commit.FromBytes((byte[])row[5]);
        }
        catch (Exception exception) when (exception
            is JsonException or FormatException or InvalidOperationException or ArgumentException or NullReferenceException)
        {
            throw new InvalidDataException($"Commit {version} of stream '{stream}' is damaged: its body is no commit.", exception);
        }

        return commit.Stream.Value == stream && commit.Version == version && commit.Id == id && commit.Entries.Length == entries
            ? new CommitAt(commit, new Cursor(row.GetInt64(0).ToString(CultureInfo.InvariantCulture)))
            : throw new InvalidDataException(
                $"Commit {version} of stream '{stream}' is damaged: its body is commit {commit.Version} of stream '{commit.Stream}'.");
    }

    private static long RowNumber(Cursor cursor) => cursor.Value is null
        ? 0
        : long.TryParse(cursor.Value, NumberStyles.None, CultureInfo.InvariantCulture, out long number)
            ? number
            : throw new FormatException($"A cursor of this store is a whole number; found '{cursor.Value}'.");
}
