using System.Numerics;

namespace DisclosureCloud.Transparency.Tests;

/// <summary>A tree of which all entries are the same: all nodes of a level are one hash, so that even 2^62 leaves fit a test.</summary>
internal static class UniformTree
{
    // The hash of a perfect subtree of 2^k leaves.
    private static readonly TreeHash[] Nodes = MakeNodes();

    public static TreeHash Leaf => Nodes[0];

    public static TreeHead Head(long size) => new(size, size == 0 ? Rfc6962.EmptyRoot : Root(size));

    public static ReadOnlyMemory<byte> Read(TileCoordinate tile) =>
        Enumerable.Repeat(Nodes[8 * tile.Level].Bytes.ToArray(), tile.Width).SelectMany(bytes => bytes).ToArray();

    private static TreeHash Root(long size)
    {
        int height = BitOperations.Log2((ulong)size);
        long rest = size - (1L << height);
        return rest == 0 ? Nodes[height] : Rfc6962.NodeHash(Nodes[height], Root(rest));
    }

    private static TreeHash[] MakeNodes()
    {
        var nodes = new TreeHash[63];
        nodes[0] = Rfc6962.LeafHash("the same"u8);
        for (int k = 1; k < nodes.Length; k++)
        {
            nodes[k] = Rfc6962.NodeHash(nodes[k - 1], nodes[k - 1]);
        }

        return nodes;
    }
}
