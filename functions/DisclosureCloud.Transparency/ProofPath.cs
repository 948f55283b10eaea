namespace DisclosureCloud.Transparency;

/// <summary>Which nodes of a tree a proof is made of, in the order of the proof: from the leaves up.</summary>
internal static class ProofPath
{
    /// <summary>PATH(m, D[n]) of RFC 6962, section 2.1.1: the sibling on every level on the way from a leaf to the root.</summary>
    /// <param name="leafIndex">m, smaller than the size.</param>
    /// <param name="size">n, in leaves.</param>
    public static IReadOnlyList<LeafRange> OfInclusion(long leafIndex, long size)
    {
        var path = new List<LeafRange>();
        var node = new LeafRange(0, size);
        while (node.Count > 1)
        {
            (LeafRange left, LeafRange right) = node.Split();
            bool isLeft = leafIndex < right.Start;
            path.Add(isLeft ? right : left);
            node = isLeft ? left : right;
        }

        path.Reverse();
        return path;
    }

    /// <summary>PROOF(m, D[n]) of RFC 6962, section 2.1.2: what the older root is made of, and what is beside that in the newer tree.</summary>
    /// <param name="oldSize">m, in leaves; for 0 and for n the proof is empty.</param>
    /// <param name="newSize">n, in leaves, not smaller than m.</param>
    public static IReadOnlyList<LeafRange> OfConsistency(long oldSize, long newSize)
    {
        var path = new List<LeafRange>();
        if (oldSize == 0)
        {
            return path;
        }

        var node = new LeafRange(0, newSize);
        while (node.End != oldSize)
        {
            (LeafRange left, LeafRange right) = node.Split();
            bool isLeft = oldSize <= right.Start;
            path.Add(isLeft ? right : left);
            node = isLeft ? left : right;
        }

        // Where the smaller tree is a node of the larger one from its left edge, the verifier has its hash: the old root.
        if (node.Start > 0)
        {
            path.Add(node);
        }

        path.Reverse();
        return path;
    }
}
