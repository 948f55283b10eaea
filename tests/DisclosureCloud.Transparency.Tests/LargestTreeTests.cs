namespace DisclosureCloud.Transparency.Tests;

/// <summary>Trees to 2^62 leaves: no sum overflows, and no proof is longer than the tree is high.</summary>
public sealed class LargestTreeTests
{
    private const long Max = TreeHead.SizeMax;

    [Fact]
    public void Proofs_InTheLargestTrees_Verify()
    {
        var random = new Random(41);
        long[] sizes = [Max, Max - 1, Max - 255, Max - 256, Max / 2, (Max / 2) + 1, .. Enumerable.Range(0, 40).Select(_ => random.NextInt64(1, Max))];
        foreach (long size in sizes)
        {
            var tree = new TiledTree(size, UniformTree.Read);
            tree.Head().ShouldBe(UniformTree.Head(size));
            foreach (long place in new[] { 0, 1, size - 1, size / 2, random.NextInt64(size), random.NextInt64(size) }.Where(place => place < size))
            {
                InclusionProof inclusion = tree.InclusionProof(place);
                inclusion.Hashes.Count.ShouldBeLessThanOrEqualTo(62);
                inclusion.Verify(UniformTree.Leaf, UniformTree.Head(size));

                ConsistencyProof consistency = tree.ConsistencyProof(place);
                consistency.Hashes.Count.ShouldBeLessThanOrEqualTo(63);
                consistency.Verify(UniformTree.Head(place), UniformTree.Head(size));
                RefuseChanged(inclusion, consistency, UniformTree.Head(place), UniformTree.Head(size));
            }

            tree.ConsistencyProof(size).Verify(UniformTree.Head(size), UniformTree.Head(size));
        }
    }

    [Fact]
    public void Append_ToTheLargestSize_IsDoneAndOneMoreIsRefused()
    {
        TreeHash[] leaves = [.. Enumerable.Repeat(UniformTree.Leaf, 300)];
        TreeEdge edge = TreeEdge.Read(UniformTree.Head(Max - 300), UniformTree.Read);
        Should.Throw<ArgumentOutOfRangeException>(() => edge.Append([.. leaves, UniformTree.Leaf])).ParamName.ShouldBe("leafHashes");

        TreeGrowth growth = edge.Append(leaves);
        growth.Edge.Head.ShouldBe(UniformTree.Head(Max));
        growth.Tiles.Select(tile => tile.Coordinate).ShouldBe(Tiling.NewTiles(Max - 300, Max));
        growth.Tiles.Where(tile => !tile.Bytes.Span.SequenceEqual(UniformTree.Read(tile.Coordinate).Span)).ShouldBeEmpty();
        Should.Throw<ArgumentOutOfRangeException>(() => growth.Edge.Append([UniformTree.Leaf]));
    }

    private static void RefuseChanged(InclusionProof inclusion, ConsistencyProof consistency, TreeHead older, TreeHead newer)
    {
        for (int i = 0; i < inclusion.Hashes.Count; i++)
        {
            TreeHash[] flipped = [.. inclusion.Hashes];
            flipped[i] = flipped[i].WithBitFlipped(i);
            Should.Throw<NotVerifiedException>(() => new InclusionProof(inclusion.LeafIndex, flipped).Verify(UniformTree.Leaf, newer));
        }

        Should.Throw<NotVerifiedException>(() => new InclusionProof(inclusion.LeafIndex, [.. inclusion.Hashes, UniformTree.Leaf]).Verify(UniformTree.Leaf, newer));
        Should.Throw<NotVerifiedException>(() => new ConsistencyProof([.. consistency.Hashes, UniformTree.Leaf]).Verify(older, newer));
        if (consistency.Hashes.Count > 0)
        {
            Should.Throw<NotVerifiedException>(() => new ConsistencyProof([.. consistency.Hashes.Skip(1)]).Verify(older, newer));
            Should.Throw<NotVerifiedException>(() => new ConsistencyProof([.. consistency.Hashes.SkipLast(1)]).Verify(older, newer));
        }
    }
}
