namespace DisclosureCloud.Transparency;

/// <summary>What a tree is known by: how many leaves it has, and its root hash (RFC 6962, section 2.1).</summary>
public sealed record TreeHead
{
    /// <summary>The largest tree size: 2^62 leaves, so that every sum of sizes and indexes in this project fits a long.</summary>
    public const long SizeMax = 1L << 62;

    /// <param name="size">Leaves: from 0 to <see cref="SizeMax"/>.</param>
    /// <param name="root">The root hash; for size 0 it is <see cref="Rfc6962.EmptyRoot"/>, and nothing else.</param>
    /// <exception cref="ArgumentOutOfRangeException">The size is below 0 or above <see cref="SizeMax"/>.</exception>
    /// <exception cref="ArgumentException">The size is 0, and the root is not that of the empty tree.</exception>
    public TreeHead(long size, TreeHash root)
    {
        CheckSize(size);
        if (size == 0 && root != Rfc6962.EmptyRoot)
        {
            throw new ArgumentException($"The root hash of the empty tree is {Rfc6962.EmptyRoot}; found {root}.", nameof(root));
        }

        Size = size;
        Root = root;
    }

    /// <summary>The head of the tree without leaves.</summary>
    public static TreeHead Empty { get; } = new(0, Rfc6962.EmptyRoot);

    /// <summary>The tree size, in leaves.</summary>
    public long Size { get; }

    public TreeHash Root { get; }

    internal static void CheckSize(long size)
    {
        if (size is < 0 or > SizeMax)
        {
            throw new ArgumentOutOfRangeException(nameof(size), size, $"A tree size is from 0 to {SizeMax} leaves.");
        }
    }
}
