namespace DisclosureCloud.Transparency.Tests;

public sealed class TreeEdgeTests
{
    [Fact]
    public void Append_OneByOne_GivesTheReferencesRootsAndTiles()
    {
        ReferenceTree tree = ReferenceTree.OfSize(600);
        TreeEdge edge = TreeEdge.Empty;
        for (int size = 0; size < tree.Count; size++)
        {
            edge.Head.ShouldBe(tree.Head(size));
            TreeGrowth growth = edge.Append(tree.Leaves(size, size + 1));
            growth.Tiles.Select(tile => tile.Coordinate).ShouldBe(Tiling.NewTiles(size, size + 1), $"size {size}");
            Dictionary<string, byte[]> wanted = tree.Tiles(size + 1);
            growth.Tiles.Where(tile => !tile.Bytes.Span.SequenceEqual(wanted[tile.Coordinate.Path])).ShouldBeEmpty();
            edge = growth.Edge;
        }
    }

    [Theory]
    [InlineData(1, 1_000)]
    [InlineData(2, 5_000)]
    [InlineData(3, 66_000)]
    [InlineData(4, 100_000)]
    [InlineData(5, 131_072)]
    public void Append_InRandomBatches_GivesTheTilesOfAllAtOnce(int seed, int size)
    {
        ReferenceTree tree = ReferenceTree.OfSize(size);
        var random = new Random(seed);
        var store = new TileStore([]);
        TreeEdge edge = TreeEdge.Empty;
        while (edge.Head.Size < size)
        {
            int start = (int)edge.Head.Size;
            int[] sizes = [0, 1, 2, 255, 256, 257, random.Next(2000), 256 - (start % 256), random.Next(size)];
            int end = Math.Min(size, start + sizes[random.Next(sizes.Length)]);
            TreeGrowth growth = edge.Append(tree.Leaves(start, end));
            growth.Tiles.Select(tile => tile.Coordinate).ShouldBe(Tiling.NewTiles(start, end), $"seed {seed}, {start} to {end}");
            growth.Edge.Head.ShouldBe(tree.Head(end), $"seed {seed}, {start} to {end}");
            growth.Tiles.ToList().ForEach(store.Write);

            // Every other time the edge is read from what is stored, as after a restart.
            edge = random.Next(2) == 0 ? growth.Edge : TreeEdge.Read(growth.Edge.Head, store.Read);
        }

        TreeGrowth atOnce = TreeEdge.Empty.Append(tree.Leaves(0, size));
        atOnce.Edge.Head.ShouldBe(edge.Head);
        Dictionary<string, byte[]> wanted = tree.Tiles(size);
        atOnce.Tiles.Select(tile => tile.Coordinate.Path).ShouldBe(wanted.Keys);
        foreach (Tile tile in atOnce.Tiles)
        {
            tile.Bytes.Span.SequenceEqual(wanted[tile.Coordinate.Path]).ShouldBeTrue(tile.Coordinate.Path);
            store.Tiles[tile.Coordinate.Path].AsSpan().SequenceEqual(wanted[tile.Coordinate.Path]).ShouldBeTrue(tile.Coordinate.Path);
        }
    }

    [Fact]
    public void Append_LeavesTheEdgeAsItWas()
    {
        ReferenceTree tree = ReferenceTree.OfSize(600);
        TreeEdge edge = TreeEdge.Empty.Append(tree.Leaves(0, 250)).Edge;
        edge.Append(tree.Leaves(300, 600));
        edge.Head.ShouldBe(tree.Head(250));
        edge.Append(tree.Leaves(250, 600)).Edge.Head.ShouldBe(tree.Head(600));
    }

    [Fact]
    public void Append_OfNothing_ChangesNothing()
    {
        TreeEdge edge = TreeEdge.Empty.Append(ReferenceTree.OfSize(300).Leaves(0, 300)).Edge;
        TreeGrowth growth = edge.Append([]);
        growth.Tiles.ShouldBeEmpty();
        growth.Edge.Head.ShouldBe(edge.Head);
        TreeEdge.Empty.Append([]).Edge.Head.ShouldBe(TreeHead.Empty);
    }

    [Fact]
    public void Read_OfAStoredTree_AsksForThePartialTilesAlone()
    {
        ReferenceTree tree = ReferenceTree.OfSize(66_000);
        var store = new TileStore(tree.Tiles(66_000));
        TreeEdge.Read(tree.Head(66_000), store.Read).Head.ShouldBe(tree.Head(66_000));
        store.Asked.ShouldBe(Tiling.PartialTiles(66_000));
        store.Asked.Count.ShouldBe(3);
    }

    [Fact]
    public void Read_WithATileOfAnotherTreeOrATornOne_IsRefused()
    {
        ReferenceTree tree = ReferenceTree.OfSize(600);
        TreeHead head = tree.Head(600);
        foreach (TileCoordinate partial in Tiling.PartialTiles(600))
        {
            for (int i = 0; i < partial.Width; i++)
            {
                var store = new TileStore(tree.Tiles(600));
                store.Tiles[partial.Path][(32 * i) + (i % 32)] ^= 0x10;
                Should.Throw<FormatException>(() => TreeEdge.Read(head, store.Read));
            }

            var torn = new TileStore(tree.Tiles(600));
            torn.Tiles[partial.Path] = torn.Tiles[partial.Path][..^1];
            Should.Throw<FormatException>(() => TreeEdge.Read(head, torn.Read));
        }

        Should.Throw<FormatException>(() => TreeEdge.Read(new TreeHead(600, tree.Mth(0, 599)), new TileStore(tree.Tiles(600)).Read));
    }
}
