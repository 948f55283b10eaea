using DisclosureCloud.Transparency;

namespace DisclosureCloud.Functions.Hosting.Entries;

/// <summary>Makes proofs from the tiles of the published log, and gives none that it has not verified.</summary>
/// <remarks>
/// A tree of any size up to the published one is a beginning of it: its root comes from the published tiles, and is believed because the
/// proof from it to the published checkpoint verifies. A proof reads some dozen tiles at most, however large the log is.
/// </remarks>
internal sealed class LogProofs(PublishedLog log)
{
    /// <summary>The proof that a tree has a leaf.</summary>
    /// <param name="treeSize">From one more than the leaf index to the published size.</param>
    /// <exception cref="InvalidDataException">The site's tiles are not those of its checkpoint, or the leaf is not theirs.</exception>
    public async Task<(InclusionProof Proof, TreeHead Head)> InclusionAsync(
        FoundLeaf leaf, long treeSize, PublishedCheckpoint published, CancellationToken cancellationToken)
    {
        TreeHead head = treeSize == published.Head.Size ? published.Head : (await ConsistencyAsync(treeSize, treeSize, published, cancellationToken)).Older;
        TiledTree tree = await TreeAsync(treeSize, TiledTree.TilesForInclusionProof(leaf.LeafIndex, treeSize), published, cancellationToken);
        InclusionProof proof = tree.InclusionProof(leaf.LeafIndex);
        Verified(() => proof.Verify(Rfc6962.LeafHash(leaf.Bytes.Span), head));
        return (proof, head);
    }

    /// <summary>The proof that a tree begins with an older one, with both heads.</summary>
    /// <param name="oldSize">From 0 to <paramref name="size"/>.</param>
    /// <param name="size">To the published one.</param>
    /// <exception cref="InvalidDataException">The site's tiles are not those of its checkpoint.</exception>
    public async Task<(ConsistencyProof Proof, TreeHead Older, TreeHead Newer)> ConsistencyAsync(
        long oldSize, long size, PublishedCheckpoint published, CancellationToken cancellationToken)
    {
        TreeHead older = await HeadAsync(oldSize, published, cancellationToken);
        TreeHead newer = size == oldSize ? older : await HeadAsync(size, published, cancellationToken);
        TiledTree tree = await TreeAsync(size, TiledTree.TilesForConsistencyProof(oldSize, size), published, cancellationToken);
        ConsistencyProof proof = tree.ConsistencyProof(oldSize);
        Verified(() => proof.Verify(older, newer));
        return (proof, older, newer);
    }

    // Of the published size it is what is signed; of a smaller one, what leads to it.
    private async Task<TreeHead> HeadAsync(long size, PublishedCheckpoint published, CancellationToken cancellationToken)
    {
        if (size == published.Head.Size)
        {
            return published.Head;
        }

        TreeHead head = (await TreeAsync(size, TiledTree.TilesForHead(size), published, cancellationToken)).Head();
        TiledTree whole = await TreeAsync(published.Head.Size, TiledTree.TilesForConsistencyProof(size, published.Head.Size), published, cancellationToken);
        Verified(() => whole.ConsistencyProof(size).Verify(head, published.Head));
        return head;
    }

    private async Task<TiledTree> TreeAsync(long size, IReadOnlyList<TileCoordinate> needed, PublishedCheckpoint published, CancellationToken cancellationToken)
    {
        var tiles = new Dictionary<TileCoordinate, ReadOnlyMemory<byte>>();
        foreach (TileCoordinate tile in needed)
        {
            tiles[tile] = await log.TileAsync(tile, published.Head.Size, cancellationToken);
        }

        return new TiledTree(size, tile => tiles[tile]);
    }

    // A proof that does not verify is no answer to anybody: the site's own files contradict each other.
    private static void Verified(Action verify)
    {
        try
        {
            verify();
        }
        catch (NotVerifiedException fault)
        {
            throw new InvalidDataException($"The published log contradicts itself: {fault.Message}", fault);
        }
    }
}
