using System.Numerics;
using System.Security.Cryptography;

namespace DisclosureCloud.Transparency;

/// <summary>The hashes of RFC 6962, section 2.1, over SHA-256.</summary>
/// <remarks>A leaf and a node are hashed with different first bytes, so that no node can be passed off as a leaf.</remarks>
public static class Rfc6962
{
    private const byte LeafPrefix = 0x00;
    private const byte NodePrefix = 0x01;

    // Longer entries are put together on the heap.
    private const int StackBytesMax = 1024;

    /// <summary>The root hash of the tree without leaves: the SHA-256 of nothing.</summary>
    public static TreeHash EmptyRoot { get; } = new(SHA256.HashData([]));

    /// <summary>The hash of one log entry: SHA-256(0x00 || entry).</summary>
    /// <param name="entry">The entry's bytes, of any number, also none.</param>
    public static TreeHash LeafHash(ReadOnlySpan<byte> entry)
    {
        Span<byte> input = entry.Length < StackBytesMax ? stackalloc byte[entry.Length + 1] : new byte[entry.Length + 1];
        input[0] = LeafPrefix;
        entry.CopyTo(input[1..]);
        return Sha256(input);
    }

    /// <summary>The hash of two subtrees side by side: SHA-256(0x01 || left || right).</summary>
    public static TreeHash NodeHash(TreeHash left, TreeHash right)
    {
        Span<byte> input = stackalloc byte[1 + (2 * TreeHash.Size)];
        input[0] = NodePrefix;
        left.Bytes.CopyTo(input[1..]);
        right.Bytes.CopyTo(input[(1 + TreeHash.Size)..]);
        return Sha256(input);
    }

    /// <summary>Where a tree of <paramref name="size"/> leaves parts: the largest power of two smaller than it (k in RFC 6962).</summary>
    /// <param name="size">Leaves, at least two.</param>
    internal static long SplitOf(long size) => 1L << BitOperations.Log2((ulong)(size - 1));

    private static TreeHash Sha256(ReadOnlySpan<byte> input)
    {
        Span<byte> hash = stackalloc byte[TreeHash.Size];
        SHA256.HashData(input, hash);
        return new TreeHash(hash);
    }
}
