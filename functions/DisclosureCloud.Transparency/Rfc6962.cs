using System.Numerics;
using System.Runtime.InteropServices;

namespace DisclosureCloud.Transparency;

/// <summary>The hashes of RFC 6962, section 2.1, over SHA-256.</summary>
/// <remarks>A leaf and a node are hashed with different first bytes, so that no node can be passed off as a leaf.</remarks>
public static class Rfc6962
{
    /// <summary>The root hash of the tree without leaves: the SHA-256 of nothing.</summary>
    public static TreeHash EmptyRoot { get; } = Sha256.Of([], []);

    /// <summary>The hash of one log entry: SHA-256(0x00 || entry).</summary>
    /// <param name="entry">The entry's bytes, of any number, also none.</param>
    public static TreeHash LeafHash(ReadOnlySpan<byte> entry) => Sha256.Of(LeafPrefix, entry);

    /// <summary>The hash of two subtrees side by side: SHA-256(0x01 || left || right).</summary>
    public static TreeHash NodeHash(TreeHash left, TreeHash right) => Sha256.Of(NodePrefix, MemoryMarshal.AsBytes((ReadOnlySpan<TreeHash>)[left, right]));

    /// <summary>The hash of a perfect tree over hashes of one level, such as those of a full tile. A level at a time: nothing but hashes is moved.</summary>
    /// <param name="hashes">1, 2, 4 or another power of two, to 256.</param>
    /// <exception cref="ArgumentException">Another number of hashes.</exception>
    public static TreeHash PerfectTreeHash(ReadOnlySpan<TreeHash> hashes)
    {
        if (!BitOperations.IsPow2(hashes.Length) || hashes.Length > TileCoordinate.WidthMax)
        {
            throw new ArgumentException($"A perfect tree within a tile has 1, 2, 4 ... {TileCoordinate.WidthMax} hashes; found {hashes.Length}.", nameof(hashes));
        }

        Span<TreeHash> level = stackalloc TreeHash[hashes.Length];
        hashes.CopyTo(level);
        for (int count = hashes.Length / 2; count > 0; count /= 2)
        {
            for (int i = 0; i < count; i++)
            {
                level[i] = Sha256.Of(NodePrefix, MemoryMarshal.AsBytes(level.Slice(2 * i, 2)));
            }
        }

        return level[0];
    }

    /// <summary>Where a tree of <paramref name="size"/> leaves parts: the largest power of two smaller than it (k in RFC 6962).</summary>
    /// <param name="size">Leaves, at least two.</param>
    internal static long SplitOf(long size) => 1L << BitOperations.Log2((ulong)(size - 1));

    private static ReadOnlySpan<byte> LeafPrefix => [0x00];

    private static ReadOnlySpan<byte> NodePrefix => [0x01];
}
