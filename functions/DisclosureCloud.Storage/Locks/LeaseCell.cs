using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using DisclosureCloud.Ledger;

namespace DisclosureCloud.Storage;

/// <summary>The cell of a lock as one contender sees it: it knows its own writing again by the random id that it puts in.</summary>
/// <remarks>
/// The value is the id and how often its holder has renewed, such as <c>4f0c… 12</c>. Every request ends within <see cref="CallMax"/>:
/// one that hangs must not use up the time in which another could still save the lease.
/// </remarks>
internal sealed class LeaseCell(ICellStore cells, CellKey key, TimeProvider clock)
{
    /// <summary>How long one request may take: a third of the time after which a holder must have given up.</summary>
    public static readonly TimeSpan CallMax = TimeSpan.FromSeconds(5);

    private const int IdLength = 16;

    private readonly string _id = Convert.ToHexStringLower(RandomNumberGenerator.GetBytes(IdLength));

    private long _writes;

    public CellKey Key => key;

    public bool IsMine(Cell cell) => Encoding.UTF8.GetString(cell.Value.Span).StartsWith(_id + ' ', StringComparison.Ordinal);

    public Task<Cell?> ReadAsync(CancellationToken cancellationToken) => WithinAsync(token => cells.GetAsync(key, token), cancellationToken);

    /// <summary>The new tag, or null where the cell was not as expected. What throws may have been done.</summary>
    /// <param name="last">The tag that the cell has; null where there is no cell.</param>
    public Task<CellTag?> WriteAsync(CellTag? last, CancellationToken cancellationToken)
    {
        byte[] value = Encoding.UTF8.GetBytes(string.Create(CultureInfo.InvariantCulture, $"{_id} {_writes++}"));
        return WithinAsync(
            token => last is { } tag ? cells.ReplaceAsync(key, value, tag, token) : cells.CreateAsync(key, value, token), cancellationToken);
    }

    /// <summary>Removes the cell where it is this contender's. What throws may have been done.</summary>
    public async Task DeleteAsync()
    {
        // Another tag is another's lock, or a write of ours whose answer was lost and which came late.
        while (await ReadAsync(CancellationToken.None) is { } cell
            && IsMine(cell)
            && !await WithinAsync(token => cells.DeleteAsync(key, cell.Tag, token), CancellationToken.None))
        {
        }
    }

    private async Task<T> WithinAsync<T>(Func<CancellationToken, Task<T>> call, CancellationToken cancellationToken)
    {
        using var bound = new CancellationTokenSource(CallMax, clock);
        using var either = CancellationTokenSource.CreateLinkedTokenSource(bound.Token, cancellationToken);
        try
        {
            return await call(either.Token);
        }
        catch (OperationCanceledException late) when (!cancellationToken.IsCancellationRequested)
        {
            throw new StoreBusyException($"cells/{key}", CallMax, late);
        }
    }
}
