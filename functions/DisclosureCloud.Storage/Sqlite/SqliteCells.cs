using System.Globalization;
using DisclosureCloud.Ledger;
using Microsoft.Data.Sqlite;

namespace DisclosureCloud.Storage;

/// <summary>Cells in one SQLite file. Several processes may have it open.</summary>
/// <remarks>
/// A cell's tag is the number of its row. Replacing it removes the row and adds another; AUTOINCREMENT never gives a number twice, so
/// that a tag cannot come again.
/// </remarks>
public sealed class SqliteCells : ICellStore, IAsyncDisposable
{
    private static readonly SqliteSchema Schema = new(
        [
            [
                """
                CREATE TABLE cells (
                    number INTEGER PRIMARY KEY AUTOINCREMENT,
                    key TEXT NOT NULL UNIQUE,
                    value BLOB NOT NULL
                ) STRICT
                """,
            ],
        ],
        Settings: []);

    private readonly SqliteFile _file;

    private SqliteCells(SqliteFile file)
    {
        _file = file;
        Writer = new SqliteWriter(file);
    }

    internal SqliteWriter Writer { get; }

    /// <summary>Opens the cells, and makes their file where there is none.</summary>
    /// <param name="path">The file, such as <c>DATA/cells.db</c>.</param>
    /// <exception cref="InvalidDataException">
    /// A newer program made the file, or it lies where SQLite cannot keep a write-ahead log.
    /// </exception>
    public static SqliteCells Open(string path) => new(new SqliteFile(path, Schema));

    public async Task<Cell?> GetAsync(CellKey key, CancellationToken cancellationToken)
    {
        await using SqliteConnection connection = _file.OpenReader();
        await using SqliteCommand command = SqliteFile.Command(connection, "SELECT number, value FROM cells WHERE key = $key", ("$key", key.Value));
        await using SqliteDataReader rows = await command.ExecuteReaderAsync(cancellationToken);
        return await rows.ReadAsync(cancellationToken) ? new Cell((byte[])rows[1], TagOf(rows.GetInt64(0))) : null;
    }

    public Task<CellTag?> CreateAsync(CellKey key, ReadOnlyMemory<byte> value, CancellationToken cancellationToken)
    {
        byte[] bytes = CellRules.BytesOf(value);
        return Writer.WriteAsync(connection => Insert(connection, key, bytes), cancellationToken);
    }

    /// <exception cref="FormatException">The tag is of another store.</exception>
    public Task<CellTag?> ReplaceAsync(CellKey key, ReadOnlyMemory<byte> value, CellTag tag, CancellationToken cancellationToken)
    {
        byte[] bytes = CellRules.BytesOf(value);
        long number = NumberOf(tag);
        return Writer.WriteAsync(connection => Remove(connection, key, number) ? Insert(connection, key, bytes) : null, cancellationToken);
    }

    /// <exception cref="FormatException">The tag is of another store.</exception>
    public Task<bool> DeleteAsync(CellKey key, CellTag tag, CancellationToken cancellationToken)
    {
        long number = NumberOf(tag);
        return Writer.WriteAsync(connection => Remove(connection, key, number) || !IsThere(connection, key), cancellationToken);
    }

    /// <summary>Finishes the writes that wait, then closes the file.</summary>
    public async ValueTask DisposeAsync()
    {
        await Writer.DisposeAsync();
        _file.ClosePool();
    }

    private static CellTag? Insert(SqliteConnection connection, CellKey key, byte[] value)
    {
        using SqliteCommand command = SqliteFile.Command(
            connection,
            "INSERT INTO cells (key, value) VALUES ($key, $value) ON CONFLICT (key) DO NOTHING RETURNING number",
            ("$key", key.Value),
            ("$value", value));
        return command.ExecuteScalar() is long number ? TagOf(number) : null;
    }

    private static bool Remove(SqliteConnection connection, CellKey key, long number)
    {
        using SqliteCommand command = SqliteFile.Command(
            connection, "DELETE FROM cells WHERE key = $key AND number = $number", ("$key", key.Value), ("$number", number));
        return command.ExecuteNonQuery() == 1;
    }

    private static bool IsThere(SqliteConnection connection, CellKey key)
    {
        using SqliteCommand command = SqliteFile.Command(connection, "SELECT 1 FROM cells WHERE key = $key", ("$key", key.Value));
        return command.ExecuteScalar() is not null;
    }

    private static CellTag TagOf(long number) => new(number.ToString(CultureInfo.InvariantCulture));

    private static long NumberOf(CellTag tag) => long.TryParse(tag.Value, NumberStyles.None, CultureInfo.InvariantCulture, out long number)
        ? number
        : throw new FormatException($"A tag of this store is a whole number; found '{tag.Value}'.");
}
