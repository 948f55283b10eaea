namespace DisclosureCloud.Transparency;

/// <summary>The proof that a tree begins with an older one: nothing was changed or taken away (RFC 6962, section 2.1.2).</summary>
public sealed class ConsistencyProof
{
    /// <param name="hashes">From the leaves up.</param>
    public ConsistencyProof(IReadOnlyList<TreeHash> hashes)
    {
        ArgumentNullException.ThrowIfNull(hashes);
        Hashes = hashes;
    }

    public IReadOnlyList<TreeHash> Hashes { get; }

    /// <summary>Returns where the proof shows that the newer tree begins with the older one, and throws otherwise.</summary>
    /// <remarks>
    /// The algorithm of RFC 9162, section 2.1.4.2. Every tree begins with the empty one and with itself: both take the empty proof.
    /// </remarks>
    /// <exception cref="NotVerifiedException">
    /// The newer tree is smaller, the proof has too many or too few hashes, or they do not lead to the two roots.
    /// </exception>
    public void Verify(TreeHead older, TreeHead newer)
    {
        if (newer.Size < older.Size)
        {
            throw new NotVerifiedException($"The tree shrank from {older.Size} to {newer.Size} leaves.");
        }

        if (older.Size == 0 || older.Size == newer.Size)
        {
            VerifyEmpty(older, newer);
            return;
        }

        // Where the older tree is perfect, its root is the node that the way starts from, and the proof leaves it out.
        bool isPerfect = long.IsPow2(older.Size);
        if (Hashes.Count == 0)
        {
            throw TooFew(older, newer);
        }

        // The last leaf of either tree: its place on the level that the proof has come to.
        long oldLast = older.Size - 1;
        long newLast = newer.Size - 1;
        while (long.IsOddInteger(oldLast))
        {
            oldLast >>= 1;
            newLast >>= 1;
        }

        TreeHash oldHash = isPerfect ? older.Root : Hashes[0];
        TreeHash newHash = oldHash;
        foreach (TreeHash beside in isPerfect ? Hashes : Hashes.Skip(1))
        {
            if (newLast == 0)
            {
                throw new NotVerifiedException($"From {older.Size} to {newer.Size} leaves the proof has more hashes than it needs: {Hashes.Count}.");
            }

            if (long.IsOddInteger(oldLast) || oldLast == newLast)
            {
                oldHash = Rfc6962.NodeHash(beside, oldHash);
                newHash = Rfc6962.NodeHash(beside, newHash);
                while (long.IsEvenInteger(oldLast) && oldLast != 0)
                {
                    oldLast >>= 1;
                    newLast >>= 1;
                }
            }
            else
            {
                newHash = Rfc6962.NodeHash(newHash, beside);
            }

            oldLast >>= 1;
            newLast >>= 1;
        }

        if (newLast != 0)
        {
            throw TooFew(older, newer);
        }

        if (oldHash != older.Root)
        {
            throw new NotVerifiedException($"The proof leads to the root {oldHash} at {older.Size} leaves; wanted {older.Root}.");
        }

        if (newHash != newer.Root)
        {
            throw new NotVerifiedException($"The proof leads to the root {newHash} at {newer.Size} leaves; wanted {newer.Root}.");
        }
    }

    private void VerifyEmpty(TreeHead older, TreeHead newer)
    {
        if (Hashes.Count > 0)
        {
            throw new NotVerifiedException($"From {older.Size} to {newer.Size} leaves the proof is empty; found {Hashes.Count} hashes.");
        }

        if (older.Size == newer.Size && older.Root != newer.Root)
        {
            throw new NotVerifiedException($"Two trees of {older.Size} leaves have the roots {older.Root} and {newer.Root}.");
        }
    }

    private NotVerifiedException TooFew(TreeHead older, TreeHead newer) =>
        new($"From {older.Size} to {newer.Size} leaves the proof has fewer hashes than it needs: {Hashes.Count}.");
}
