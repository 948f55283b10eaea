using System.Runtime.CompilerServices;
using System.Text.Json;
using DisclosureCloud.Ledger;
using Microsoft.Data.Sqlite;

namespace DisclosureCloud.Storage;

/// <summary>Values and salts in one SQLite file of their own, which can forget.</summary>
/// <remarks>
/// Three things make forgetting real: <c>secure_delete</c> overwrites a deleted row; VACUUM writes the file anew, since a page that was
/// split or merged keeps copies of rows in its unused part, which <c>secure_delete</c> does not see; a truncating checkpoint empties the
/// write-ahead log. What a disk or file system keeps of overwritten blocks is beyond a program: an operator who must be sure encrypts
/// the volume.
/// </remarks>
public sealed class SqliteValueStore : IValueStore, IAsyncDisposable
{
    /// <summary>Keys go to SQLite as one JSON array a query, not as parameters, of which it bears few; this bounds the array.</summary>
    private const int ChunkLength = 1_000;

    /// <summary>How many openings a sweep holds in memory: no transaction stays open while its caller works.</summary>
    private const int PageLength = 256;

    private const string Columns = "number, put_at, commitment, salt, value, posting";

    private static readonly SqliteSchema Schema = new(
        [
            [
                """
                CREATE TABLE openings (
                    number INTEGER PRIMARY KEY,
                    put_at INTEGER NOT NULL,
                    commitment TEXT NOT NULL UNIQUE,
                    salt BLOB NOT NULL,
                    value TEXT NOT NULL,
                    posting TEXT NOT NULL
                ) STRICT
                """,
                "CREATE INDEX openings_by_time ON openings (put_at, number)",
            ],
            ["CREATE INDEX openings_by_posting ON openings (posting)"],
        ],
        // temp_store: VACUUM's copy must not reach a temporary file, which nobody overwrites.
        Settings: ["PRAGMA secure_delete = ON", "PRAGMA temp_store = MEMORY"]);

    /// <summary>With the pause between them ten seconds: whoever reads longer is a tool that somebody left open.</summary>
    private const int ScrubAttemptsMax = 100;

    private static readonly TimeSpan ScrubPause = TimeSpan.FromMilliseconds(100);

    private readonly SqliteFile file;
    private readonly TimeProvider clock;

    private SqliteValueStore(SqliteFile file, TimeProvider clock)
    {
        this.file = file;
        this.clock = clock;
        Writer = new SqliteWriter(file);
    }

    internal SqliteWriter Writer { get; }

    /// <summary>Opens the values, and makes their file where there is none.</summary>
    /// <param name="path">The file, such as <c>DATA/values.db</c>.</param>
    /// <param name="clock">Says when a value was put.</param>
    /// <exception cref="InvalidDataException">
    /// A newer program made the file, or it lies where SQLite cannot keep a write-ahead log.
    /// </exception>
    public static SqliteValueStore Open(string path, TimeProvider clock) => new(new SqliteFile(path, Schema), clock);

    public Task PutAsync(IReadOnlyCollection<Opening> openings, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(openings);
        long now = clock.GetUtcNow().ToUnixTimeMilliseconds();
        return openings.Count == 0
            ? Task.CompletedTask
            : Writer.WriteAsync(connection => Put(connection, openings, now), cancellationToken);
    }

    public async Task<IReadOnlyList<Opening>> GetAsync(IReadOnlyCollection<PostingId> postings, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(postings);
        const string Sql = $"SELECT {Columns} FROM openings WHERE posting IN (SELECT value FROM json_each($postings))";
        var openings = new List<Opening>();
        foreach (PostingId[] chunk in postings.Distinct().Chunk(ChunkLength))
        {
            string names = JsonSerializer.Serialize(chunk.Select(posting => posting.Value));
            openings.AddRange((await PageAsync(Sql, cancellationToken, ("$postings", names))).Select(row => row.Opening));
        }

        return openings;
    }

    /// <exception cref="IOException">
    /// The rows are gone, but another process reads the file, so that its write-ahead log still holds their bytes. Repeat the call.
    /// </exception>
    public async Task ForgetAsync(IReadOnlyCollection<ValueKey> values, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(values);
        if (values.Count == 0)
        {
            return;
        }

        await Writer.WriteAsync(connection => Delete(connection, values), cancellationToken);

        // Also where no row was found: an earlier call may have been cut off just here.
        await Task.Run(Scrub, CancellationToken.None);
    }

    public async IAsyncEnumerable<Opening> ReadPutBeforeAsync(
        DateTimeOffset moment, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        const string Sql = $"""
            SELECT {Columns} FROM openings
            WHERE put_at < $before AND (put_at, number) > ($at, $number)
            ORDER BY put_at, number LIMIT $page
            """;
        (long PutAt, long Number) last = (long.MinValue, 0);
        IReadOnlyList<Row> page;
        do
        {
            page = await PageAsync(
                Sql,
                cancellationToken,
                ("$before", moment.ToUnixTimeMilliseconds()),
                ("$at", last.PutAt),
                ("$number", last.Number),
                ("$page", PageLength));
            foreach (Row row in page)
            {
                yield return row.Opening;
                last = (row.PutAt, row.Number);
            }
        }
        while (page.Count == PageLength);
    }

    /// <summary>Finishes the writes that wait, then closes the file.</summary>
    public async ValueTask DisposeAsync()
    {
        await Writer.DisposeAsync();
        file.ClosePool();
    }

    private static int Put(SqliteConnection connection, IReadOnlyCollection<Opening> openings, long now)
    {
        int rows = 0;
        foreach (Opening opening in openings)
        {
            using SqliteCommand command = SqliteFile.Command(
                connection,
                """
                INSERT INTO openings (put_at, commitment, salt, value, posting) VALUES ($now, $commitment, $salt, $value, $posting)
                ON CONFLICT (commitment) DO NOTHING
                """,
                ("$now", now),
                ("$commitment", opening.Commitment.Hex),
                ("$salt", opening.Salt.ToArray()),
                ("$value", opening.Value),
                ("$posting", opening.Posting.Value));
            rows += command.ExecuteNonQuery();
        }

        return rows;
    }

    private static int Delete(SqliteConnection connection, IReadOnlyCollection<ValueKey> values)
    {
        int rows = 0;
        foreach (ValueKey[] chunk in values.Chunk(ChunkLength))
        {
            string keys = JsonSerializer.Serialize(chunk.Select(key => new[] { key.Posting.Value, key.Commitment.Hex }));
            using SqliteCommand command = SqliteFile.Command(
                connection,
                "DELETE FROM openings WHERE (posting, commitment) IN (SELECT value ->> 0, value ->> 1 FROM json_each($keys))",
                ("$keys", keys));
            rows += command.ExecuteNonQuery();
        }

        return rows;
    }

    private void Scrub()
    {
        using SqliteConnection connection = file.OpenWriter();
        SqliteFile.Execute(connection, "VACUUM");

        // A read takes milliseconds, and so does the emptying of the log by another who forgets: SQLite waits for neither here.
        for (int attempt = 1; SqliteFile.Execute(connection, "PRAGMA wal_checkpoint(TRUNCATE)") is not 0L; attempt++)
        {
            if (attempt == ScrubAttemptsMax)
            {
                throw new IOException("The values are forgotten, but a reader keeps their bytes in the write-ahead log. Forget them again.");
            }

            Thread.Sleep(ScrubPause);
        }
    }

    private async Task<IReadOnlyList<Row>> PageAsync(
        string sql, CancellationToken cancellationToken, params (string Name, object Value)[] values)
    {
        await using SqliteConnection connection = file.OpenReader();
        await using SqliteCommand command = SqliteFile.Command(connection, sql, values);
        await using SqliteDataReader rows = await command.ExecuteReaderAsync(cancellationToken);
        var page = new List<Row>();
        while (await rows.ReadAsync(cancellationToken))
        {
            page.Add(ReadRow(rows));
        }

        return page;
    }

    /// <summary>Reads a row back, and checks the opening against its commitment: what fails would be published as a false figure.</summary>
    private static Row ReadRow(SqliteDataReader row)
    {
        Commitment commitment = Commitment.Parse(row.GetString(2));
        var opening = new Opening(commitment, (byte[])row[3], row.GetString(4), Id.Parse<PostingId>(row.GetString(5)));
        return opening.Salt.Length == Commitment.SaltLength && opening.IsTrue
            ? new Row(row.GetInt64(0), row.GetInt64(1), opening)
            : throw new InvalidDataException($"The value kept under {commitment} is damaged: it is not what was committed to.");
    }

    private readonly record struct Row(long Number, long PutAt, Opening Opening);
}
