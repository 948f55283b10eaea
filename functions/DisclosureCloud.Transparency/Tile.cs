namespace DisclosureCloud.Transparency;

/// <summary>A tile with its hashes, as it is served: 32 bytes a hash, without anything between (tlog-tiles, "Merkle Tree").</summary>
public sealed class Tile
{
    /// <exception cref="FormatException">The bytes are not as many as the coordinate says.</exception>
    public Tile(TileCoordinate coordinate, ReadOnlyMemory<byte> bytes)
    {
        if (bytes.Length != coordinate.SizeBytes)
        {
            throw new FormatException($"{coordinate} is {coordinate.SizeBytes} bytes; found {bytes.Length}.");
        }

        Coordinate = coordinate;
        Bytes = bytes;
    }

    public TileCoordinate Coordinate { get; }

    public ReadOnlyMemory<byte> Bytes { get; }

    /// <param name="i">The hash's place in the tile, from 0.</param>
    /// <exception cref="ArgumentOutOfRangeException">The tile is not as wide.</exception>
    public TreeHash this[int i]
    {
        get
        {
            ArgumentOutOfRangeException.ThrowIfNegative(i);
            ArgumentOutOfRangeException.ThrowIfGreaterThanOrEqual(i, Coordinate.Width);
            return new TreeHash(Bytes.Span.Slice(i * TreeHash.Size, TreeHash.Size));
        }
    }
}

/// <summary>Gives the bytes of a tile, from wherever the caller has them. An empty answer is an error like any other wrong length.</summary>
/// <remarks>What it throws passes through. It is asked for a tile once a call.</remarks>
public delegate ReadOnlyMemory<byte> TileReader(TileCoordinate tile);
