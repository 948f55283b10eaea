using System.Collections.Immutable;
using System.Globalization;
using Microsoft.Data.Sqlite;

namespace DisclosureCloud.Storage;

/// <summary>One database file: how it is made, opened and set up.</summary>
/// <remarks>
/// WAL, so that readers and the writer do not wait for one another, in one process or several. <c>synchronous=FULL</c>, so that a COMMIT
/// that returned has been flushed to the disk. The version of the tables stands in <c>user_version</c>.
/// </remarks>
internal sealed class SqliteFile
{
    /// <summary>
    /// How long a statement waits for another process's transaction. The longest we know are a bulk file's batch and a VACUUM of the
    /// values, both seconds; after half a minute something is stuck, and saying so beats waiting.
    /// </summary>
    private const int BusyTimeoutSeconds = 30;

    private readonly string path;
    private readonly SqliteSchema schema;
    private readonly string reading;
    private readonly string writing;

    static SqliteFile() => SQLitePCL.Batteries_V2.Init();

    public SqliteFile(string path, SqliteSchema schema)
    {
        this.path = Path.GetFullPath(path);
        this.schema = schema;
        writing = ConnectionString(pooling: false);
        reading = ConnectionString(pooling: true);
        PrivateFolder.CreateFile(this.path);
        using SqliteConnection connection = OpenWriter();
        MakeTables(connection);
    }

    /// <summary>A connection that may write. It is its holder's alone.</summary>
    public SqliteConnection OpenWriter()
    {
        var connection = new SqliteConnection(writing);
        try
        {
            connection.Open();
            string mode = Execute(connection, "PRAGMA journal_mode = WAL") as string ?? "";
            if (!string.Equals(mode, "wal", StringComparison.Ordinal))
            {
                throw new InvalidDataException(
                    $"'{path}' has no write-ahead log (found '{mode}', wanted 'wal'): keep it on a local disk, not on a network share.");
            }

            // fullfsync does nothing except on macOS, where fsync alone leaves the bytes in the drive's own cache.
            Execute(connection, "PRAGMA synchronous = FULL");
            Execute(connection, "PRAGMA fullfsync = ON");
            Execute(connection, "PRAGMA checkpoint_fullfsync = ON");
            foreach (string setting in schema.Settings)
            {
                Execute(connection, setting);
            }

            return connection;
        }
        catch
        {
            connection.Dispose();
            throw;
        }
    }

    /// <summary>A connection from the pool for reading alone.</summary>
    public SqliteConnection OpenReader()
    {
        var connection = new SqliteConnection(reading);
        try
        {
            connection.Open();
            Execute(connection, "PRAGMA query_only = ON");
            return connection;
        }
        catch
        {
            connection.Dispose();
            throw;
        }
    }

    /// <summary>Closes the pooled connections.</summary>
    public void ClosePool()
    {
        using var connection = new SqliteConnection(reading);
        SqliteConnection.ClearPool(connection);
    }

    public static SqliteCommand Command(SqliteConnection connection, string sql, params ReadOnlySpan<(string Name, object Value)> values)
    {
        SqliteCommand command = connection.CreateCommand();
        command.CommandText = sql; // Every statement is a constant of ours; what comes from outside is in the values.
        foreach ((string name, object value) in values)
        {
            command.Parameters.AddWithValue(name, value);
        }

        return command;
    }

    public static object? Execute(SqliteConnection connection, string sql)
    {
        using SqliteCommand command = Command(connection, sql);
        return command.ExecuteScalar();
    }

    private void MakeTables(SqliteConnection connection)
    {
        // Immediate: of several processes that start on an empty folder one makes the tables, and the others see them made.
        using SqliteTransaction transaction = connection.BeginTransaction(deferred: false);
        long found = (long)Execute(connection, "PRAGMA user_version")!;
        if (found > schema.Version)
        {
            throw new InvalidDataException(
                $"'{path}' has tables of version {found}; this program knows them up to version {schema.Version}. Use a newer program.");
        }

        if (found < schema.Version)
        {
            foreach (string statement in schema.Versions.Skip((int)found).SelectMany(statements => statements))
            {
                Execute(connection, statement);
            }

            Execute(connection, string.Create(CultureInfo.InvariantCulture, $"PRAGMA user_version = {schema.Version}"));
        }

        transaction.Commit();
    }

    private string ConnectionString(bool pooling) => new SqliteConnectionStringBuilder
    {
        DataSource = path,
        Mode = SqliteOpenMode.ReadWrite,
        DefaultTimeout = BusyTimeoutSeconds,
        Pooling = pooling,
    }.ToString();
}

/// <summary>The tables of one database file, and how they came to be as they are.</summary>
/// <param name="Versions">
/// What makes the tables of version 1, what alters them to version 2, and so on; one statement each. A file of any version is brought to
/// the last when it is opened. What was once released is never changed: files were made by it.
/// </param>
/// <param name="Settings">What a connection that writes sets first, one statement each.</param>
internal sealed record SqliteSchema(ImmutableArray<ImmutableArray<string>> Versions, ImmutableArray<string> Settings)
{
    public int Version => Versions.Length;
}
