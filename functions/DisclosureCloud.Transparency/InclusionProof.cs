namespace DisclosureCloud.Transparency;

/// <summary>The proof that an entry is in the log: the hashes beside the way from its leaf to the root (RFC 6962, section 2.1.1).</summary>
public sealed class InclusionProof
{
    /// <param name="leafIndex">The entry's leaf index, from 0.</param>
    /// <param name="hashes">From the leaf up.</param>
    public InclusionProof(long leafIndex, IReadOnlyList<TreeHash> hashes)
    {
        ArgumentNullException.ThrowIfNull(hashes);
        LeafIndex = leafIndex;
        Hashes = hashes;
    }

    public long LeafIndex { get; }

    public IReadOnlyList<TreeHash> Hashes { get; }

    /// <summary>Returns where the proof shows that the tree of this head has the leaf at the index, and throws otherwise.</summary>
    /// <remarks>
    /// The algorithm of RFC 9162, section 2.1.3.2. The size is the head's, and the head must come from a checkpoint that was verified: a
    /// size from whoever gave the proof would prove nothing.
    /// </remarks>
    /// <param name="leafHash">The hash of the entry's bytes: <see cref="Rfc6962.LeafHash"/>.</param>
    /// <exception cref="NotVerifiedException">
    /// The leaf index is not in the tree, the proof has too many or too few hashes, or they do not lead to the root.
    /// </exception>
    public void Verify(TreeHash leafHash, TreeHead head)
    {
        if (LeafIndex < 0 || LeafIndex >= head.Size)
        {
            throw new NotVerifiedException($"Leaf {LeafIndex} is not in a tree of {head.Size} leaves.");
        }

        // The leaf's and the last leaf's place on the level that the proof has come to.
        long place = LeafIndex;
        long last = head.Size - 1;
        TreeHash hash = leafHash;
        foreach (TreeHash beside in Hashes)
        {
            if (last == 0)
            {
                throw new NotVerifiedException($"The proof has more hashes than leaf {LeafIndex} of {head.Size} needs: {Hashes.Count}.");
            }

            if (long.IsOddInteger(place) || place == last)
            {
                hash = Rfc6962.NodeHash(beside, hash);
                while (long.IsEvenInteger(place) && place != 0)
                {
                    // Nothing is to the right of the last node: it rises until it is a right child.
                    place >>= 1;
                    last >>= 1;
                }
            }
            else
            {
                hash = Rfc6962.NodeHash(hash, beside);
            }

            place >>= 1;
            last >>= 1;
        }

        if (last != 0)
        {
            throw new NotVerifiedException($"The proof has fewer hashes than leaf {LeafIndex} of {head.Size} needs: {Hashes.Count}.");
        }

        if (hash != head.Root)
        {
            throw new NotVerifiedException($"The proof for leaf {LeafIndex} of {head.Size} leads to the root {hash}; wanted {head.Root}.");
        }
    }
}
