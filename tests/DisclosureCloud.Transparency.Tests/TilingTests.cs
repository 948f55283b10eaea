namespace DisclosureCloud.Transparency.Tests;

public sealed class TilingTests
{
    [Fact]
    public void Tiles_OfTheSpecificationsTree_AreThoseItNames()
    {
        string[] tiles = [.. Tiling.Tiles(70_000).Select(tile => tile.Path)];
        string[] full = [.. Enumerable.Range(0, 273).Select(index => $"tile/0/{index:D3}")];
        tiles.ShouldBe([.. full, "tile/0/273.p/112", "tile/1/000", "tile/1/001.p/17", "tile/2/000.p/1"]);
        Tiling.PartialTiles(70_000).Select(tile => tile.Path).ShouldBe(["tile/0/273.p/112", "tile/1/001.p/17", "tile/2/000.p/1"]);
    }

    [Fact]
    public void Tiles_OfATreeOf256_AreAFullOneAndAPartialOneAbove() =>
        Tiling.Tiles(256).Select(tile => tile.Path).ShouldBe(["tile/0/000", "tile/1/000.p/1"]);

    [Fact]
    public void Tiles_OfTheEmptyTree_AreNone()
    {
        Tiling.Tiles(0).ShouldBeEmpty();
        Tiling.EntryBundles(0).ShouldBeEmpty();
        Tiling.PartialTiles(0).ShouldBeEmpty();
    }

    [Fact]
    public void Tiles_OfManySizes_AreTheReferences()
    {
        ReferenceTree tree = ReferenceTree.OfSize(2000);
        foreach (int size in Enumerable.Range(0, 301).Concat([511, 512, 513, 767, 768, 1023, 1024, 1025, 2000]))
        {
            Tiling.Tiles(size).Select(tile => tile.Path).ShouldBe(tree.Tiles(size).Keys, $"size {size}");
            Tiling.EntryBundles(size).Select(bundle => bundle.Tile).ShouldBe(Tiling.Tiles(size).Where(tile => tile.Level == 0), $"size {size}");
        }
    }

    [Fact]
    public void NewTiles_BetweenTwoSizes_AreTheLargersWithoutTheSmallers()
    {
        int[] sizes = [0, 1, 2, 255, 256, 257, 300, 511, 512, 513, 1000, 65_535, 65_536, 65_537, 65_792, 70_000];
        foreach (int oldSize in sizes)
        {
            foreach (int newSize in sizes.Where(size => size >= oldSize))
            {
                Tiling.NewTiles(oldSize, newSize).ShouldBe(Tiling.Tiles(newSize).Except(Tiling.Tiles(oldSize)), $"{oldSize} to {newSize}");
                Tiling.NewEntryBundles(oldSize, newSize)
                    .ShouldBe(Tiling.EntryBundles(newSize).Except(Tiling.EntryBundles(oldSize)), $"{oldSize} to {newSize}");
            }
        }
    }

    [Fact]
    public void NewTiles_OfTheLargestTree_AreThoseAtItsEdge()
    {
        Tiling.NewTiles(TreeHead.SizeMax - 1, TreeHead.SizeMax).Select(tile => (tile.Level, tile.Width))
            .ShouldBe([(0, 256), (1, 256), (2, 256), (3, 256), (4, 256), (5, 256), (6, 256), (7, 64)]);
        Tiling.PartialTiles(TreeHead.SizeMax).Select(tile => tile.Path).ShouldBe(["tile/7/000.p/64"]);
    }

    [Fact]
    public void Sizes_OutOfRangeOrShrinking_AreRefusedAtOnce()
    {
        Should.Throw<ArgumentOutOfRangeException>(() => Tiling.NewTiles(2, 1));
        Should.Throw<ArgumentOutOfRangeException>(() => Tiling.NewEntryBundles(2, 1));
        Should.Throw<ArgumentOutOfRangeException>(() => Tiling.Tiles(-1));
        Should.Throw<ArgumentOutOfRangeException>(() => Tiling.EntryBundles(TreeHead.SizeMax + 1));
        Should.Throw<ArgumentOutOfRangeException>(() => Tiling.PartialTiles(-1));
    }
}
