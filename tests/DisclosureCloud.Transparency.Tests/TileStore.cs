namespace DisclosureCloud.Transparency.Tests;

/// <summary>Tiles by their paths, which keeps what it was asked for. A tile that is not there is an error of the test.</summary>
internal sealed class TileStore(Dictionary<string, byte[]> tiles)
{
    public List<TileCoordinate> Asked { get; } = [];

    public Dictionary<string, byte[]> Tiles => tiles;

    public ReadOnlyMemory<byte> Read(TileCoordinate tile)
    {
        Asked.Add(tile);
        return tiles[tile.Path];
    }

    public void Write(Tile tile) => tiles[tile.Coordinate.Path] = tile.Bytes.ToArray();
}
