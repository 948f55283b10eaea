using System.Security.Cryptography;
using System.Text.Json.Nodes;
using Azure;
using DisclosureCloud.Ledger;

namespace DisclosureCloud.Storage;

/// <summary>Cells in a table of a storage account: an entity a cell, its tag the entity's ETag, its key the partition key.</summary>
/// <remarks>
/// <para>Each cell is a partition of its own: they are asked for one by one, and none slows another.</para>
/// <para>The client repeats a request whose answer was lost, and the repeat is refused because of the first one. Each write therefore
/// carries a number of its own (<c>Write</c>, 16 random bytes): who is refused reads the cell, and finds its number there or not. The
/// value would not do, since two writers may write the same one.</para>
/// </remarks>
public sealed class TableCells : ICellStore
{
    private const string Value = "Value";
    private const string Write = "Write";
    private const string Row = "cell";
    private const int WriteLength = 16;

    private readonly TableClient _table;
    private readonly StorageCall _call;

    /// <param name="table">The table's name, letters and digits; the template makes it.</param>
    public TableCells(StorageAccount account, string table)
    {
        ArgumentNullException.ThrowIfNull(account);
        _table = account.Table(table);
        _call = account.Call($"tables/{table}");
    }

    /// <summary>Makes the table where it is missing: on this machine, where no template does.</summary>
    public Task CreateAsync(CancellationToken cancellationToken) => _call.SendAsync(_table.CreateTableAsync, cancellationToken);

    public async Task<Cell?> GetAsync(CellKey key, CancellationToken cancellationToken) => await ReadAsync(key, cancellationToken) is { } entity
        ? new Cell(Convert.FromBase64String((string)entity.Properties[Value]!), TagOf(entity.Tag))
        : null;

    public Task<CellTag?> CreateAsync(CellKey key, ReadOnlyMemory<byte> value, CancellationToken cancellationToken) => WriteAsync(
        key, value, (entity, token) => _table.InsertAsync(KeyOf(key), entity, token), cancellationToken);

    public Task<CellTag?> ReplaceAsync(CellKey key, ReadOnlyMemory<byte> value, CellTag tag, CancellationToken cancellationToken)
    {
        ETag last = EtagOf(tag);
        return WriteAsync(key, value, (entity, token) => _table.ReplaceAsync(KeyOf(key), entity, last, token), cancellationToken);
    }

    public Task<bool> DeleteAsync(CellKey key, CellTag tag, CancellationToken cancellationToken)
    {
        ETag last = EtagOf(tag);
        return _call.SendAsync(token => _table.DeleteAsync(KeyOf(key), last, token), cancellationToken);
    }

    private async Task<CellTag?> WriteAsync(
        CellKey key, ReadOnlyMemory<byte> value, Func<JsonObject, CancellationToken, Task<ETag?>> write, CancellationToken cancellationToken)
    {
        string number = Convert.ToHexStringLower(RandomNumberGenerator.GetBytes(WriteLength));
        var entity = new JsonObject
        {
            [Value] = Convert.ToBase64String(CellRules.BytesOf(value)),
            [$"{Value}@odata.type"] = "Edm.Binary",
            [Write] = number,
        };
        if (await _call.SendAsync(token => write(entity, token), cancellationToken) is { } tag)
        {
            return TagOf(tag);
        }

        TableEntity? there = await ReadAsync(key, cancellationToken);
        return there is not null && (string?)there.Properties[Write] == number ? TagOf(there.Tag) : null;
    }

    private Task<TableEntity?> ReadAsync(CellKey key, CancellationToken cancellationToken) =>
        _call.SendAsync(token => _table.GetAsync(KeyOf(key), token), cancellationToken);

    private static TableKey KeyOf(CellKey key) => new(CellRules.TableKeyOf(key), Row);

    private static CellTag TagOf(ETag tag) => new(tag.ToString("H"));

    // A tag that was never given, or '*', would let everyone write.
    private static ETag EtagOf(CellTag tag) => tag.Value is { Length: > 0 } text && (text[0] == '"' || text.StartsWith("W/\"", StringComparison.Ordinal))
        ? new ETag(text)
        : throw new FormatException($"A tag of this store is an ETag in quotes; found '{tag.Value}'.");
}
