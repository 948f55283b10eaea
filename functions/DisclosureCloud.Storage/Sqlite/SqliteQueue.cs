using System.Globalization;
using DisclosureCloud.Ledger;
using Microsoft.Data.Sqlite;

namespace DisclosureCloud.Storage;

/// <summary>A database file that holds queues. Several processes may have it open.</summary>
public sealed class SqliteQueues : IAsyncDisposable
{
    private static readonly SqliteSchema Schema = new(
        [
            [
                """
                CREATE TABLE messages (
                    number INTEGER PRIMARY KEY AUTOINCREMENT,
                    queue TEXT NOT NULL,
                    visible_at INTEGER NOT NULL,
                    receives INTEGER NOT NULL CHECK (receives >= 0),
                    text TEXT NOT NULL
                ) STRICT
                """,
                "CREATE INDEX messages_by_time ON messages (queue, visible_at, number)",
            ],
        ],
        // A message may hold values that are to be forgotten once the posting is kept: a deleted row is overwritten.
        // temp_store: VACUUM's copy must not reach a temporary file, which nobody overwrites.
        Settings: ["PRAGMA secure_delete = ON", "PRAGMA temp_store = MEMORY"]);

    private const int SqliteBusy = 5;
    private const int SqliteLocked = 6;

    private readonly TimeProvider _clock;

    private SqliteQueues(SqliteFile file, TimeProvider clock)
    {
        (File, _clock) = (file, clock);
        Writer = new SqliteWriter(file);
    }

    internal SqliteFile File { get; }

    internal SqliteWriter Writer { get; }

    internal long Now => _clock.GetUtcNow().ToUnixTimeMilliseconds();

    /// <summary>Opens the queues, and makes their file where there is none.</summary>
    /// <param name="path">The file, such as <c>DATA/queues.db</c>.</param>
    /// <param name="clock">Says which messages are hidden.</param>
    /// <exception cref="InvalidDataException">
    /// A newer program made the file, or it lies where SQLite cannot keep a write-ahead log.
    /// </exception>
    public static SqliteQueues Open(string path, TimeProvider clock) => new(new SqliteFile(path, Schema), clock);

    /// <exception cref="ArgumentException">The name is of another form.</exception>
    public SqliteQueue Queue(string name)
    {
        QueueRules.CheckName(name);
        return new SqliteQueue(this, name);
    }

    /// <summary>
    /// Takes away what deleted messages left in the file and in its write-ahead log, as <see cref="SqliteValueStore"/> does: a message that
    /// was refused for data of a person is to be nowhere. Where somebody else is writing, it is done when the queue is empty next.
    /// </summary>
    internal void Scrub()
    {
        using SqliteConnection connection = File.OpenWriter();
        try
        {
            SqliteFile.Execute(connection, "VACUUM");
            SqliteFile.Execute(connection, "PRAGMA wal_checkpoint(TRUNCATE)");
        }
        catch (SqliteException busy) when (busy.SqliteErrorCode is SqliteBusy or SqliteLocked)
        {
            // The messages are deleted, which is what was asked for.
        }
    }

    /// <summary>Finishes the writes that wait, then closes the file.</summary>
    public async ValueTask DisposeAsync()
    {
        await Writer.DisposeAsync();
        File.ClosePool();
    }
}

/// <summary>One queue in an SQLite file. A receipt is the message's number and how often it had been received.</summary>
public sealed class SqliteQueue : IMessageQueue
{
    private readonly SqliteQueues _queues;
    private readonly string _name;

    internal SqliteQueue(SqliteQueues queues, string name) => (_queues, _name) = (queues, name);

    public Task SendAsync(string text, CancellationToken cancellationToken)
    {
        QueueRules.BytesOf(text);
        long now = _queues.Now;
        return _queues.Writer.WriteAsync(
            connection =>
            {
                using SqliteCommand command = SqliteFile.Command(
                    connection,
                    "INSERT INTO messages (queue, visible_at, receives, text) VALUES ($queue, $now, 0, $text)",
                    ("$queue", _name),
                    ("$now", now),
                    ("$text", text));
                return command.ExecuteNonQuery();
            },
            cancellationToken);
    }

    public async Task<IReadOnlyList<QueueMessage>> ReceiveAsync(int count, TimeSpan hidden, CancellationToken cancellationToken)
    {
        QueueRules.CheckReceive(count, hidden);
        long now = _queues.Now;

        // Whoever waits for work asks again and again: an empty queue costs a read and not a flush of the disk.
        return await AnyAsync(now, cancellationToken)
            ? await _queues.Writer.WriteAsync(connection => Receive(connection, count, now, now + (long)hidden.TotalMilliseconds), cancellationToken)
            : [];
    }

    /// <exception cref="FormatException">The receipt is of another store.</exception>
    public async Task<bool> DeleteAsync(QueueReceipt receipt, CancellationToken cancellationToken)
    {
        string[] parts = (receipt.Value ?? "").Split('.');
        if (parts.Length != 2
            || !long.TryParse(parts[0], NumberStyles.None, CultureInfo.InvariantCulture, out long number)
            || !long.TryParse(parts[1], NumberStyles.None, CultureInfo.InvariantCulture, out long receives))
        {
            throw new FormatException($"A receipt of this store is two whole numbers and a '.'; found '{receipt.Value}'.");
        }

        bool deleted = await _queues.Writer.WriteAsync(
            connection =>
            {
                using SqliteCommand command = SqliteFile.Command(
                    connection,
                    "DELETE FROM messages WHERE number = $number AND queue = $queue AND receives = $receives",
                    ("$number", number),
                    ("$queue", _name),
                    ("$receives", receives));
                return command.ExecuteNonQuery() == 1;
            },
            cancellationToken);
        if (deleted && !await AnyAsync(long.MaxValue, cancellationToken))
        {
            _queues.Scrub(); // The last one: the file is small, and nobody waits.
        }

        return deleted;
    }

    public async Task<long> CountAsync(CancellationToken cancellationToken)
    {
        await using SqliteConnection connection = _queues.File.OpenReader();
        await using SqliteCommand command = SqliteFile.Command(connection, "SELECT count(*) FROM messages WHERE queue = $queue", ("$queue", _name));
        return (long)(await command.ExecuteScalarAsync(cancellationToken))!;
    }

    private async Task<bool> AnyAsync(long now, CancellationToken cancellationToken)
    {
        await using SqliteConnection connection = _queues.File.OpenReader();
        await using SqliteCommand command = SqliteFile.Command(
            connection, "SELECT 1 FROM messages WHERE queue = $queue AND visible_at <= $now LIMIT 1", ("$queue", _name), ("$now", now));
        return await command.ExecuteScalarAsync(cancellationToken) is not null;
    }

    private List<QueueMessage> Receive(SqliteConnection connection, int count, long now, long visibleAt)
    {
        if (QueueRules.PoisonOf(_name) is { } poison)
        {
            using SqliteCommand move = SqliteFile.Command(
                connection,
                "UPDATE messages SET queue = $poison, receives = 0 WHERE queue = $queue AND visible_at <= $now AND receives >= $max",
                ("$poison", poison),
                ("$queue", _name),
                ("$now", now),
                ("$max", IMessageQueue.ReceivesMax));
            move.ExecuteNonQuery();
        }

        using SqliteCommand receive = SqliteFile.Command(
            connection,
            """
            UPDATE messages SET visible_at = $visible, receives = receives + 1
            WHERE number IN (SELECT number FROM messages WHERE queue = $queue AND visible_at <= $now ORDER BY visible_at, number LIMIT $count)
            RETURNING number, receives, text
            """,
            ("$visible", visibleAt),
            ("$queue", _name),
            ("$now", now),
            ("$count", count));
        using SqliteDataReader rows = receive.ExecuteReader();
        var messages = new List<QueueMessage>(count);
        while (rows.Read())
        {
            (long number, long receives) = (rows.GetInt64(0), rows.GetInt64(1));
            var receipt = new QueueReceipt(string.Create(CultureInfo.InvariantCulture, $"{number}.{receives}"));
            messages.Add(new QueueMessage(rows.GetString(2), receives, receipt));
        }

        return messages;
    }
}
