namespace DisclosureCloud.Transparency.Tests;

public sealed class TileCoordinateTests
{
    [Theory]
    [InlineData(0, 0, 256, "tile/0/000")]
    [InlineData(0, 0, 1, "tile/0/000.p/1")]
    [InlineData(1, 999, 255, "tile/1/999.p/255")]
    [InlineData(1, 1000, 256, "tile/1/x001/000")]
    [InlineData(3, 1234067, 256, "tile/3/x001/x234/067")]
    [InlineData(0, 1_000_000, 10, "tile/0/x001/x000/000.p/10")]
    [InlineData(7, 0, 64, "tile/7/000.p/64")]
    [InlineData(0, (1L << 54) - 1, 256, "tile/0/x018/x014/x398/x509/x481/983")]
    public void Path_OfATile_IsWrittenAndReadBack(int level, long index, int width, string path)
    {
        var tile = new TileCoordinate(level, index, width);
        tile.Path.ShouldBe(path);
        TileCoordinate.Parse(path).ShouldBe(tile);
        tile.Width.ShouldBe(width);
        tile.IsFull.ShouldBe(width == 256);
        tile.SizeBytes.ShouldBe(width * 32);
    }

    [Theory]
    [InlineData(0, 256, "tile/entries/000")]
    [InlineData(1234067, 256, "tile/entries/x001/x234/067")]
    [InlineData(273, 112, "tile/entries/273.p/112")]
    public void Path_OfAnEntryBundle_IsWrittenAndReadBack(long index, int width, string path)
    {
        var bundle = new EntryBundleCoordinate(index, width);
        bundle.Path.ShouldBe(path);
        EntryBundleCoordinate.Parse(path).ShouldBe(bundle);
        bundle.Tile.ShouldBe(new TileCoordinate(0, index, width));
        bundle.FirstLeafIndex.ShouldBe(index * 256);
    }

    [Theory]
    [InlineData("")]
    [InlineData("tile")]
    [InlineData("tile/0")]
    [InlineData("tile/0/")]
    [InlineData("/tile/0/000")]
    [InlineData("tile/0/000/")]
    [InlineData("Tile/0/000")]
    [InlineData("tile//000")]
    [InlineData("tile/00/000")]
    [InlineData("tile/01/000")]
    [InlineData("tile/-1/000")]
    [InlineData("tile/+1/000")]
    [InlineData("tile/8/000")]
    [InlineData("tile/64/000")]
    [InlineData("tile/x/000")]
    [InlineData("tile/data/000")]
    [InlineData("tile/entries/000")]
    [InlineData("tile/0/0")]
    [InlineData("tile/0/00")]
    [InlineData("tile/0/0000")]
    [InlineData("tile/0/x000")]
    [InlineData("tile/0/x000/000")]
    [InlineData("tile/0/x000/x001/000")]
    [InlineData("tile/0/001/000")]
    [InlineData("tile/0/x001/x000")]
    [InlineData("tile/0/X001/000")]
    [InlineData("tile/0/xx01/000")]
    [InlineData("tile/0/x01/000")]
    [InlineData("tile/0/-01")]
    [InlineData("tile/0/ 01")]
    [InlineData("tile/0/٠٠١")]
    [InlineData("tile/0/000.p")]
    [InlineData("tile/0/000.p/")]
    [InlineData("tile/0/000.p/0")]
    [InlineData("tile/0/000.p/00")]
    [InlineData("tile/0/000.p/01")]
    [InlineData("tile/0/000.p/256")]
    [InlineData("tile/0/000.p/1000")]
    [InlineData("tile/0/000.p/1.p/1")]
    [InlineData("tile/0/000.p/1/")]
    [InlineData("tile/0/000.P/1")]
    [InlineData("tile/0/000.p/1\n")]
    [InlineData("tile/0/000\n")]
    [InlineData("tile/7/000")] // The largest tree has 64 hashes at level 7.
    [InlineData("tile/7/000.p/65")]
    [InlineData("tile/0/x018/x014/x398/x509/x481/984")]
    [InlineData("tile/0/x001/x000/x000/x000/x000/x000/000")]
    public void Parse_OfAnotherPath_IsRefused(string path) => Should.Throw<FormatException>(() => TileCoordinate.Parse(path));

    [Theory]
    [InlineData("tile/entries")]
    [InlineData("tile/entries/")]
    [InlineData("tile/0/000")]
    [InlineData("tile/entries/0")]
    [InlineData("tile/entries/x000/000")]
    [InlineData("tile/entries/000.p/256")]
    [InlineData("tile/entries/000/000")]
    [InlineData("tile/entries/x018/x014/x398/x509/x481/984")]
    public void Parse_OfAnotherBundlesPath_IsRefused(string path) => Should.Throw<FormatException>(() => EntryBundleCoordinate.Parse(path));

    [Theory]
    [InlineData(-1, 0, 1)]
    [InlineData(8, 0, 1)]
    [InlineData(0, -1, 1)]
    [InlineData(0, 0, 0)]
    [InlineData(0, 0, 257)]
    [InlineData(0, 1L << 54, 1)]
    [InlineData(0, long.MaxValue, 1)]
    [InlineData(7, 0, 65)]
    [InlineData(7, 1, 1)]
    public void TileCoordinate_ThatNoTreeHas_IsRefused(int level, long index, int width) =>
        Should.Throw<ArgumentOutOfRangeException>(() => new TileCoordinate(level, index, width));

    [Fact]
    public void TileCoordinate_ByDefault_IsTheFirstTile() => default(TileCoordinate).ShouldBe(new TileCoordinate(0, 0));

    [Theory]
    [InlineData(31)]
    [InlineData(33)]
    [InlineData(0)]
    [InlineData(8192)]
    public void Tile_OfAnotherLength_IsRefused(int length) =>
        Should.Throw<FormatException>(() => new Tile(new TileCoordinate(0, 0, 1), new byte[length]));

    [Fact]
    public void Tile_AskedForAHashBeyondItsWidth_Refuses()
    {
        var tile = new Tile(new TileCoordinate(0, 0, 2), new byte[64]);
        tile[1].ShouldBe(default);
        Should.Throw<ArgumentOutOfRangeException>(() => tile[2]);
        Should.Throw<ArgumentOutOfRangeException>(() => tile[-1]);
    }
}
