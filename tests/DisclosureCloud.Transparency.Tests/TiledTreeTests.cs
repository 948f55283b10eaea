namespace DisclosureCloud.Transparency.Tests;

/// <summary>Roots and proofs read from tiles, against the reference; every proof is verified as well.</summary>
public sealed class TiledTreeTests
{
    private const int SmallSizeMax = 300;

    [Fact]
    public void Heads_OfEverySmallSize_AreTheReferences()
    {
        ReferenceTree tree = ReferenceTree.OfSize(SmallSizeMax);
        for (int size = 0; size <= SmallSizeMax; size++)
        {
            var tiled = new TiledTree(size, new TileStore(tree.Tiles(size)).Read);
            for (int older = 0; older <= size; older++)
            {
                (tiled.Head(older) == tree.Head(older)).ShouldBeTrue($"{older} of {size}");
            }
        }
    }

    [Fact]
    public void InclusionProofs_OfEverySmallSizeAndLeaf_AreTheReferencesAndVerify()
    {
        ReferenceTree tree = ReferenceTree.OfSize(SmallSizeMax);
        for (int size = 1; size <= SmallSizeMax; size++)
        {
            var tiled = new TiledTree(size, new TileStore(tree.Tiles(size)).Read);
            for (int leaf = 0; leaf < size; leaf++)
            {
                InclusionProof proof = tiled.InclusionProof(leaf);
                proof.Hashes.SequenceEqual(tree.Path(leaf, 0, size)).ShouldBeTrue($"leaf {leaf} of {size}");
                proof.Verify(tree.Leaf(leaf), tree.Head(size));
            }
        }
    }

    [Fact]
    public void ConsistencyProofs_OfEveryPairOfSmallSizes_AreTheReferencesAndVerify()
    {
        ReferenceTree tree = ReferenceTree.OfSize(SmallSizeMax);
        for (int size = 0; size <= SmallSizeMax; size++)
        {
            var tiled = new TiledTree(size, new TileStore(tree.Tiles(size)).Read);
            for (int older = 0; older <= size; older++)
            {
                ConsistencyProof proof = tiled.ConsistencyProof(older);
                List<TreeHash> wanted = older == 0 ? [] : tree.Proof(older, size);
                proof.Hashes.SequenceEqual(wanted).ShouldBeTrue($"{older} to {size}");
                proof.Verify(tree.Head(older), tree.Head(size));
            }
        }
    }

    [Theory]
    [InlineData(11)]
    [InlineData(12)]
    public void Proofs_OfRandomLargeTrees_AreTheReferencesAndVerify(int seed)
    {
        ReferenceTree tree = ReferenceTree.OfSize(100_000);
        var random = new Random(seed);
        int[] sizes = [65_535, 65_536, 65_537, 99_999, 100_000, .. Enumerable.Range(0, 10).Select(_ => random.Next(301, 100_000))];
        foreach (int size in sizes)
        {
            Dictionary<string, byte[]> tiles = tree.Tiles(size);
            for (int i = 0; i < 40; i++)
            {
                int leaf = i == 0 ? size - 1 : random.Next(size);
                int older = i == 0 ? 65_536 % size : random.Next(1, size + 1);
                InclusionProof inclusion = new TiledTree(size, new TileStore(tiles).Read).InclusionProof(leaf);
                inclusion.Hashes.ShouldBe(tree.Path(leaf, 0, size), $"seed {seed}, leaf {leaf} of {size}");
                inclusion.Verify(tree.Leaf(leaf), tree.Head(size));

                ConsistencyProof consistency = new TiledTree(size, new TileStore(tiles).Read).ConsistencyProof(older);
                consistency.Hashes.ShouldBe(older == 0 ? [] : tree.Proof(older, size), $"seed {seed}, {older} to {size}");
                consistency.Verify(tree.Head(older), tree.Head(size));
            }
        }
    }

    [Theory]
    [InlineData(21)]
    public void Reading_AsksForTheTilesItNames_AndForEachOnce(int seed)
    {
        ReferenceTree tree = ReferenceTree.OfSize(70_000);
        var random = new Random(seed);
        foreach (int size in new[] { 1, 255, 256, 257, 1000, 65_536, 70_000 })
        {
            Dictionary<string, byte[]> tiles = tree.Tiles(size);
            for (int i = 0; i < 50; i++)
            {
                int leaf = random.Next(size);
                int older = random.Next(size + 1);
                Asks(TiledTree.TilesForInclusionProof(leaf, size), tiled => tiled.InclusionProof(leaf));
                Asks(TiledTree.TilesForConsistencyProof(older, size), tiled => tiled.ConsistencyProof(older));
                TiledTree.TilesForInclusionProof(leaf, size).Count.ShouldBeLessThanOrEqualTo(5, "two a level, and one above: else it reads too many");
            }

            Asks(TiledTree.TilesForHead(size), tiled => tiled.Head());

            void Asks(IReadOnlyList<TileCoordinate> named, Action<TiledTree> read)
            {
                var store = new TileStore(tiles);
                read(new TiledTree(size, store.Read));
                store.Asked.ShouldBe(named, ignoreOrder: true);
            }
        }
    }

    [Fact]
    public void Reading_OutsideTheTree_IsRefused()
    {
        var tiled = new TiledTree(10, new TileStore(ReferenceTree.OfSize(10).Tiles(10)).Read);
        Should.Throw<ArgumentOutOfRangeException>(() => tiled.Head(11));
        Should.Throw<ArgumentOutOfRangeException>(() => tiled.Head(-1));
        Should.Throw<ArgumentOutOfRangeException>(() => tiled.InclusionProof(10));
        Should.Throw<ArgumentOutOfRangeException>(() => tiled.InclusionProof(-1));
        Should.Throw<ArgumentOutOfRangeException>(() => tiled.ConsistencyProof(11));
        Should.Throw<ArgumentOutOfRangeException>(() => tiled.ConsistencyProof(-1));
        Should.Throw<ArgumentOutOfRangeException>(() => TiledTree.TilesForInclusionProof(0, 0));
        Should.Throw<ArgumentOutOfRangeException>(() => TiledTree.TilesForConsistencyProof(2, 1));
        Should.Throw<ArgumentOutOfRangeException>(() => new TiledTree(-1, _ => default));
        Should.Throw<ArgumentOutOfRangeException>(() => new TiledTree(TreeHead.SizeMax + 1, _ => default));
    }

    [Theory]
    [InlineData(0)]
    [InlineData(64)]
    [InlineData(320)]
    [InlineData(8192)]
    public void Reading_ATileOfAnotherLength_IsRefused(int length) =>
        Should.Throw<FormatException>(() => new TiledTree(3, _ => new byte[length]).Head());
}
