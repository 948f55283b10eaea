using System.Globalization;
using DisclosureCloud.Ledger;

namespace DisclosureCloud.Testing;

/// <summary>Cells in memory, and what goes wrong with them when a test wants it.</summary>
public sealed class MemoryCells : ICellStore
{
    private readonly State state;

    public MemoryCells()
        : this(new State())
    {
    }

    private MemoryCells(State state) => this.state = state;

    /// <summary>Called before a request is done, and may wait or throw: then it is not done.</summary>
    public Func<CellRequest, CancellationToken, Task>? Before { get; set; }

    /// <summary>Called after a request was done, and may wait or throw: then its answer is late, or lost.</summary>
    public Func<CellRequest, CancellationToken, Task>? After { get; set; }

    /// <summary>The same cells for another process: what goes wrong for one does not for the other.</summary>
    public MemoryCells Open() => new(state);

    public Task<Cell?> GetAsync(CellKey key, CancellationToken cancellationToken) => DoAsync(
        CellRequest.Get, () => state.Cells.GetValueOrDefault(key.Value), cancellationToken);

    public Task<CellTag?> CreateAsync(CellKey key, ReadOnlyMemory<byte> value, CancellationToken cancellationToken)
    {
        byte[] bytes = Checked(value);
        return DoAsync(CellRequest.Create, () => state.Cells.ContainsKey(key.Value) ? (CellTag?)null : Write(key, bytes), cancellationToken);
    }

    public Task<CellTag?> ReplaceAsync(CellKey key, ReadOnlyMemory<byte> value, CellTag tag, CancellationToken cancellationToken)
    {
        byte[] bytes = Checked(value);
        CheckTag(tag);
        return DoAsync(CellRequest.Replace, () => state.Cells.GetValueOrDefault(key.Value)?.Tag == tag ? Write(key, bytes) : (CellTag?)null, cancellationToken);
    }

    public Task<bool> DeleteAsync(CellKey key, CellTag tag, CancellationToken cancellationToken)
    {
        CheckTag(tag);
        return DoAsync(
            CellRequest.Delete,
            () => state.Cells.GetValueOrDefault(key.Value)?.Tag is not { } last || (last == tag && state.Cells.Remove(key.Value)),
            cancellationToken);
    }

    private async Task<T> DoAsync<T>(CellRequest request, Func<T> act, CancellationToken cancellationToken)
    {
        cancellationToken.ThrowIfCancellationRequested();
        await (Before?.Invoke(request, cancellationToken) ?? Task.CompletedTask);
        T answer;
        lock (state.Gate)
        {
            answer = act();
        }

        await (After?.Invoke(request, cancellationToken) ?? Task.CompletedTask);
        return answer;
    }

    private CellTag Write(CellKey key, byte[] bytes)
    {
        var tag = new CellTag((++state.Writes).ToString(CultureInfo.InvariantCulture));
        state.Cells[key.Value] = new Cell(bytes, tag);
        return tag;
    }

    private static void CheckTag(CellTag tag)
    {
        if (!long.TryParse(tag.Value, NumberStyles.None, CultureInfo.InvariantCulture, out _))
        {
            throw new FormatException($"A tag of these cells is a whole number; found '{tag.Value}'.");
        }
    }

    private static byte[] Checked(ReadOnlyMemory<byte> value) => value.Length <= ICellStore.SizeMax
        ? value.ToArray()
        : throw new ArgumentException($"A cell has at most {ICellStore.SizeMax} bytes; found {value.Length}.", nameof(value));

    private sealed class State
    {
        public Lock Gate { get; } = new();

        public Dictionary<string, Cell> Cells { get; } = new(StringComparer.Ordinal);

        public long Writes { get; set; }
    }
}

/// <summary>What is asked of cells.</summary>
public enum CellRequest
{
    Get,
    Create,
    Replace,
    Delete,
}
