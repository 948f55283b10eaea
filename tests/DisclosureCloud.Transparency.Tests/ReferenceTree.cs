using System.Security.Cryptography;

namespace DisclosureCloud.Transparency.Tests;

/// <summary>The definitions of RFC 6962, section 2.1, written down as they stand there. It shares nothing with the project but the hash type.</summary>
/// <remarks>Hashes are kept by range, else the recursion over a hundred thousand leaves would be done for each root anew.</remarks>
internal sealed class ReferenceTree(IReadOnlyList<byte[]> entries)
{
    private readonly Dictionary<(int Start, int End), TreeHash> known = [];

    /// <summary>Entries that differ from one another, of 0 to 7 bytes and more.</summary>
    public static ReferenceTree OfSize(int size) =>
        new([.. Enumerable.Range(0, size).Select(i => i == 0 ? [] : Enumerable.Range(0, 4 + (i % 4)).Select(k => (byte)(i >> (8 * k))).ToArray())]);

    public int Count => entries.Count;

    public byte[] Entry(int index) => entries[index];

    public ReadOnlySpan<TreeHash> Leaves(int start, int end) => Enumerable.Range(start, end - start).Select(Leaf).ToArray();

    public TreeHash Leaf(int index) => Mth(index, index + 1);

    public TreeHead Head(int size) => new(size, Mth(0, size));

    /// <summary>MTH(D[start:end]).</summary>
    public TreeHash Mth(int start, int end)
    {
        if (!known.TryGetValue((start, end), out TreeHash hash))
        {
            int k = Split(end - start);
            hash = new TreeHash(SHA256.HashData((end - start) switch
            {
                0 => [],
                1 => [0, .. entries[start]],
                _ => [1, .. Mth(start, start + k).Bytes, .. Mth(start + k, end).Bytes],
            }));
            known.Add((start, end), hash);
        }

        return hash;
    }

    /// <summary>PATH(m, D[start:end]), m counted from the start.</summary>
    public List<TreeHash> Path(int m, int start, int end)
    {
        int n = end - start;
        int k = Split(n);
        return n == 1 ? []
            : m < k ? [.. Path(m, start, start + k), Mth(start + k, end)]
            : [.. Path(m - k, start + k, end), Mth(start, start + k)];
    }

    /// <summary>PROOF(m, D[0:n]).</summary>
    public List<TreeHash> Proof(int m, int n) => SubProof(m, 0, n, true);

    /// <summary>The bytes of a tile: MTH(D[(n*256+i) * 256^l : (n*256+i+1) * 256^l]) for each i.</summary>
    public byte[] TileBytes(int level, int index, int width)
    {
        int span = 1 << (8 * level);
        return [.. Enumerable.Range(index * 256, width).SelectMany(i => Mth(i * span, (i + 1) * span).Bytes.ToArray())];
    }

    /// <summary>Every tile of a tree: full ones, and for each level a partial one of floor(s / 256^l) mod 256 hashes.</summary>
    public Dictionary<string, byte[]> Tiles(int size)
    {
        var tiles = new Dictionary<string, byte[]>(StringComparer.Ordinal);
        for (int level = 0, hashes = size; hashes > 0; level++, hashes /= 256)
        {
            for (int index = 0; index < hashes / 256; index++)
            {
                tiles.Add($"tile/{level}/{index:D3}", TileBytes(level, index, 256));
            }

            if (hashes % 256 != 0)
            {
                tiles.Add($"tile/{level}/{hashes / 256:D3}.p/{hashes % 256}", TileBytes(level, hashes / 256, hashes % 256));
            }
        }

        return tiles;
    }

    private List<TreeHash> SubProof(int m, int start, int end, bool isWhole)
    {
        int n = end - start;
        if (m == n)
        {
            return isWhole ? [] : [Mth(start, end)];
        }

        int k = Split(n);
        return m <= k
            ? [.. SubProof(m, start, start + k, isWhole), Mth(start + k, end)]
            : [.. SubProof(m - k, start + k, end, false), Mth(start, start + k)];
    }

    private static int Split(int n)
    {
        int k = 1;
        while (k * 2 < n)
        {
            k *= 2;
        }

        return k;
    }
}
