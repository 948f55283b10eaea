namespace DisclosureCloud.Transparency.Tests;

/// <summary>What a proof must not show. That good ones verify is with the reading of them: <see cref="TiledTreeTests"/>.</summary>
public sealed class ProofTests
{
    private const int SmallSizeMax = 80;

    [Fact]
    public void InclusionProof_WithAnyHashChangedAddedRemovedOrSwapped_IsRefused()
    {
        ReferenceTree tree = ReferenceTree.OfSize(SmallSizeMax);
        var random = new Random(31);
        for (int size = 1; size <= SmallSizeMax; size++)
        {
            for (int leaf = 0; leaf < size; leaf++)
            {
                RefuseChanged(tree, leaf, size, random);
            }
        }
    }

    [Fact]
    public void ConsistencyProof_WithAnyHashChangedAddedRemovedOrSwapped_IsRefused()
    {
        ReferenceTree tree = ReferenceTree.OfSize(SmallSizeMax);
        var random = new Random(32);
        for (int size = 0; size <= SmallSizeMax; size++)
        {
            for (int older = 0; older <= size; older++)
            {
                RefuseChangedConsistency(tree, older, size, random);
            }
        }
    }

    [Theory]
    [InlineData(33)]
    [InlineData(34)]
    public void Proofs_OfRandomLargeTreesChanged_AreRefused(int seed)
    {
        ReferenceTree tree = ReferenceTree.OfSize(100_000);
        var random = new Random(seed);
        for (int i = 0; i < 150; i++)
        {
            int size = random.Next(SmallSizeMax, 100_001);
            RefuseChanged(tree, random.Next(size), size, random);
            RefuseChangedConsistency(tree, random.Next(1, size), size, random);
        }
    }

    [Theory]
    [InlineData(-1)]
    [InlineData(5)]
    [InlineData(6)]
    [InlineData(long.MinValue)]
    [InlineData(long.MaxValue)]
    public void InclusionProof_OfALeafThatTheTreeHasNot_IsRefused(long leafIndex)
    {
        ReferenceTree tree = ReferenceTree.OfSize(5);
        Refused(() => new InclusionProof(leafIndex, tree.Path(4, 0, 5)).Verify(tree.Leaf(4), tree.Head(5)));
        Refused(() => new InclusionProof(leafIndex, []).Verify(tree.Leaf(4), tree.Head(5)));
    }

    [Fact]
    public void InclusionProof_OfANegativeIndex_IsRefusedThoughItsBitsAreTheLastLeafs()
    {
        ReferenceTree tree = ReferenceTree.OfSize(8);
        new InclusionProof(7, tree.Path(7, 0, 8)).Verify(tree.Leaf(7), tree.Head(8));
        Refused(() => new InclusionProof(-1, tree.Path(7, 0, 8)).Verify(tree.Leaf(7), tree.Head(8)));
    }

    [Fact]
    public void Proofs_LongerThanTheSizesTake_AreRefusedThoughTheyLeadToTheRoots()
    {
        // Heads with the roots of larger trees: a log that lies about its size signed them.
        ReferenceTree tree = ReferenceTree.OfSize(4);
        Refused(() => new InclusionProof(0, [tree.Leaf(0)]).Verify(tree.Leaf(1), new TreeHead(1, tree.Mth(0, 2))));

        TreeHash before = Rfc6962.LeafHash("before"u8);
        List<TreeHash> proof = tree.Proof(3, 4);
        new ConsistencyProof(proof).Verify(tree.Head(3), tree.Head(4));
        var older = new TreeHead(3, Rfc6962.NodeHash(before, tree.Mth(0, 3)));
        var newer = new TreeHead(4, Rfc6962.NodeHash(before, tree.Mth(0, 4)));
        Refused(() => new ConsistencyProof([.. proof, before]).Verify(older, newer));
    }

    [Fact]
    public void Proofs_ShorterThanTheSizesTake_AreRefusedThoughTheyLeadToTheRoots()
    {
        ReferenceTree tree = ReferenceTree.OfSize(4);
        Refused(() => new InclusionProof(0, []).Verify(tree.Leaf(0), new TreeHead(2, tree.Leaf(0))));
        Refused(() => new InclusionProof(0, [tree.Leaf(1)]).Verify(tree.Leaf(0), new TreeHead(3, tree.Mth(0, 2))));
        Refused(() => new ConsistencyProof([tree.Leaf(1)]).Verify(tree.Head(1), new TreeHead(3, tree.Mth(0, 2))));
        Refused(() => new ConsistencyProof([]).Verify(tree.Head(2), new TreeHead(3, tree.Mth(0, 2))));
    }

    [Fact]
    public void InclusionProof_InTheEmptyTree_IsRefused()
    {
        Refused(() => new InclusionProof(0, []).Verify(Rfc6962.EmptyRoot, TreeHead.Empty));
        Refused(() => new InclusionProof(-1, []).Verify(Rfc6962.EmptyRoot, TreeHead.Empty));
    }

    [Fact]
    public void ConsistencyProof_FromTheEmptyTreeOrToTheSame_IsEmpty()
    {
        ReferenceTree tree = ReferenceTree.OfSize(8);
        var empty = new ConsistencyProof([]);
        var filled = new ConsistencyProof([tree.Leaf(0)]);
        empty.Verify(TreeHead.Empty, TreeHead.Empty);
        empty.Verify(TreeHead.Empty, tree.Head(8));
        empty.Verify(tree.Head(8), tree.Head(8));
        Refused(() => filled.Verify(TreeHead.Empty, TreeHead.Empty));
        Refused(() => filled.Verify(TreeHead.Empty, tree.Head(8)));
        Refused(() => filled.Verify(tree.Head(8), tree.Head(8)));
        Refused(() => empty.Verify(tree.Head(8), new TreeHead(8, tree.Mth(0, 7))));
        Refused(() => empty.Verify(tree.Head(4), tree.Head(8)));
        Refused(() => empty.Verify(tree.Head(3), tree.Head(8)));
    }

    [Fact]
    public void ConsistencyProof_ToASmallerTree_IsRefused()
    {
        ReferenceTree tree = ReferenceTree.OfSize(8);
        Refused(() => new ConsistencyProof(tree.Proof(3, 8)).Verify(tree.Head(8), tree.Head(3)));
        Refused(() => new ConsistencyProof([]).Verify(tree.Head(1), TreeHead.Empty));

        // A log that signs one root at two sizes: the way from it to itself would lead to both.
        Refused(() => new ConsistencyProof([tree.Mth(0, 3)]).Verify(tree.Head(3), new TreeHead(1, tree.Mth(0, 3))));
    }

    [Fact]
    public void ConsistencyProof_OfTwoTreesThatFork_IsRefused()
    {
        ReferenceTree tree = ReferenceTree.OfSize(40);
        byte[][] others = [.. Enumerable.Range(0, 40).Select(i => new[] { (byte)i })];
        var fork = new ReferenceTree(others);
        for (int size = 2; size <= 40; size++)
        {
            for (int older = 1; older < size; older++)
            {
                Refused(() => new ConsistencyProof(tree.Proof(older, size)).Verify(fork.Head(older), tree.Head(size)));
                Refused(() => new ConsistencyProof(tree.Proof(older, size)).Verify(tree.Head(older), fork.Head(size)));
                Refused(() => new ConsistencyProof(fork.Proof(older, size)).Verify(tree.Head(older), tree.Head(size)));
            }
        }
    }

    private static void RefuseChanged(ReferenceTree tree, int leaf, int size, Random random)
    {
        TreeHead head = tree.Head(size);
        List<TreeHash> good = tree.Path(leaf, 0, size);
        new InclusionProof(leaf, good).Verify(tree.Leaf(leaf), head);
        foreach (List<TreeHash> bad in Changed(good, random))
        {
            Refused(() => new InclusionProof(leaf, bad).Verify(tree.Leaf(leaf), head), $"leaf {leaf} of {size}");
        }

        var proof = new InclusionProof(leaf, good);
        Refused(() => proof.Verify(tree.Leaf(leaf).WithBitFlipped(random.Next(256)), head));
        Refused(() => proof.Verify(tree.Leaf(leaf), new TreeHead(size, head.Root.WithBitFlipped(random.Next(256)))));
        int another = random.Next(size + 1);
        if (another != leaf)
        {
            Refused(() => new InclusionProof(another, good).Verify(tree.Leaf(leaf), head), $"leaf {leaf} as {another} of {size}");
        }
    }

    private static void RefuseChangedConsistency(ReferenceTree tree, int older, int size, Random random)
    {
        (TreeHead old, TreeHead head) = (tree.Head(older), tree.Head(size));
        List<TreeHash> good = older == 0 ? [] : tree.Proof(older, size);
        new ConsistencyProof(good).Verify(old, head);
        foreach (List<TreeHash> bad in Changed(good, random))
        {
            Refused(() => new ConsistencyProof(bad).Verify(old, head), $"{older} to {size}");
        }

        if (older > 0)
        {
            var proof = new ConsistencyProof(good);
            Refused(() => proof.Verify(new TreeHead(older, old.Root.WithBitFlipped(random.Next(256))), head));
            Refused(() => proof.Verify(old, new TreeHead(size, head.Root.WithBitFlipped(random.Next(256)))));
        }
    }

    private static IEnumerable<List<TreeHash>> Changed(List<TreeHash> good, Random random)
    {
        TreeHash another = Rfc6962.LeafHash([(byte)random.Next(256)]);
        for (int i = 0; i < good.Count; i++)
        {
            yield return [.. good[..i], good[i].WithBitFlipped(random.Next(256)), .. good[(i + 1)..]];
            yield return [.. good[..i], .. good[(i + 1)..]];
            yield return [.. good[..i], good[i], good[i], .. good[(i + 1)..]];
            yield return [.. good[..i], another, .. good[i..]];
            if (i > 0)
            {
                yield return [.. good[..(i - 1)], good[i], good[i - 1], .. good[(i + 1)..]];
            }
        }

        yield return [.. good, another];
    }

    private static void Refused(Action verify, string? about = null)
    {
        try
        {
            verify();
        }
        catch (NotVerifiedException)
        {
            return;
        }

        Assert.Fail($"The proof was taken: {about}");
    }
}
