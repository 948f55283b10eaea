namespace DisclosureCloud.Ledger;

/// <summary>Small values that are replaced only by whoever has seen the last one: the checkpoint's lock row, the receipts cache.</summary>
/// <remarks>
/// <para>The contract, numbered; <c>CellStoreContract</c> in the tests runs it on every implementation.</para>
/// <para>1. A cell is 0 to <see cref="SizeMax"/> bytes under a <see cref="CellKey"/>, with a tag. More bytes throw
/// <see cref="ArgumentException"/>.</para>
/// <para>2. <see cref="CreateAsync"/> gives the new cell's tag, or null where there is a cell; then nothing changes.</para>
/// <para>3. <see cref="ReplaceAsync"/> gives the new tag, or null where the cell has another tag than the one given, or is gone; then
/// nothing changes.</para>
/// <para>4. <see cref="DeleteAsync"/> gives true where the cell is gone, whoever removed it, and false where it has another tag; then
/// nothing changes.</para>
/// <para>5. A tag never comes again under its key, also not with the same bytes or after a removal. Of any number of writers with one
/// tag at once, in one process or several, exactly one gets a new tag.</para>
/// <para>6. Durable: what was answered survives the death of the process and of the machine's power. Who wrote reads it at once, and so
/// does everybody else.</para>
/// <para>7. What throws <see cref="OperationCanceledException"/> or another exception may have been done or not. Reading the cell tells:
/// it has the value that was to be written, or it has not. A writer whose value others may write too puts its name into it.</para>
/// <para>8. Null from a create or a replace may, where an answer was lost on the way, be told of a write that was done and then written
/// over by another: what is there now is in any case not this writer's.</para>
/// </remarks>
public interface ICellStore
{
    /// <summary>In bytes. A table's property holds 64 KiB; the rest is room.</summary>
    const int SizeMax = 48 * 1024;

    /// <summary>The cell, or null where there is none.</summary>
    Task<Cell?> GetAsync(CellKey key, CancellationToken cancellationToken);

    Task<CellTag?> CreateAsync(CellKey key, ReadOnlyMemory<byte> value, CancellationToken cancellationToken);

    Task<CellTag?> ReplaceAsync(CellKey key, ReadOnlyMemory<byte> value, CellTag tag, CancellationToken cancellationToken);

    Task<bool> DeleteAsync(CellKey key, CellTag tag, CancellationToken cancellationToken);
}

/// <summary>A cell as it was read.</summary>
public sealed record Cell(ReadOnlyMemory<byte> Value, CellTag Tag);

/// <summary>Which writing of a cell it is. Its text belongs to the store that gave it.</summary>
public readonly record struct CellTag(string Value);

/// <summary>The name of a cell: 1 to 128 visible ASCII characters (U+0021 to U+007E), small and capital letters being different.</summary>
public readonly record struct CellKey
{
    /// <summary>Written with three characters for one, as a table's key may need, it stays within the 512 that such a key has.</summary>
    public const int LengthMax = 128;

    private readonly string? _value;

    private CellKey(string value) => _value = value;

    /// <exception cref="InvalidOperationException">It was never given a value.</exception>
    public string Value => _value ?? throw new InvalidOperationException("A cell's key has no value; it comes from CellKey.Parse.");

    /// <exception cref="FormatException">The text is of another form.</exception>
    public static CellKey Parse(string text)
    {
        ArgumentNullException.ThrowIfNull(text);
        return text.Length is >= 1 and <= LengthMax && text.All(c => c is > ' ' and <= '~')
            ? new CellKey(text)
            : throw new FormatException($"A cell's key has 1 to {LengthMax} visible ASCII characters; found '{text}'.");
    }

    public override string ToString() => Value;
}
