using System.Text;

namespace DisclosureCloud.Site.Tests.Codes;

/// <summary>Reads a QR code of level M as a scanner would, from its modules alone, and accepts no codeword that is wrong.</summary>
internal static class QrReader
{
    // By version: codewords of correction a block, and how many blocks of how many data codewords.
    private static readonly (int Correction, (int Count, int Data)[] Blocks)[] Tables =
    [
        (10, [(1, 16)]), (16, [(1, 28)]), (26, [(1, 44)]), (18, [(2, 32)]), (24, [(2, 43)]), (16, [(4, 27)]), (18, [(4, 31)]), (22, [(2, 38), (2, 39)]), (22, [(3, 36), (2, 37)]), (26, [(4, 43), (1, 44)]),
    ];

    private static readonly int[][] Alignment = [[], [6, 18], [6, 22], [6, 26], [6, 30], [6, 34], [6, 22, 38], [6, 24, 42], [6, 26, 46], [6, 28, 50]];

    public static string Read(int size, Func<int, int, bool> dark)
    {
        int version = (size - 17) / 4;
        int mask = Mask(size, dark);
        var bits = new List<bool>();
        bool up = true;
        foreach (int right in Enumerable.Range(0, size).Reverse().Where(x => x != 6).Where((_, i) => i % 2 == 0))
        {
            int left = right == 7 ? 5 : right - 1;
            foreach (int y in up ? Enumerable.Range(0, size).Reverse() : Enumerable.Range(0, size))
            {
                bits.AddRange(new[] { right, left }.Where(x => !IsPattern(version, size, x, y)).Select(x => dark(x, y) ^ Flips(mask, y, x)));
            }

            up = !up;
        }

        byte[] data = Data(version, [.. bits.Chunk(8).Where(eight => eight.Length == 8).Select(ToByte)]);
        return Text(version, data);
    }

    private static byte ToByte(bool[] bits) => (byte)bits.Aggregate(0, (value, bit) => (value * 2) + (bit ? 1 : 0));

    // Both copies must be the one word of the code for level M and the mask.
    private static int Mask(int size, Func<int, int, bool> dark)
    {
        (int, int)[] first = [(0, 8), (1, 8), (2, 8), (3, 8), (4, 8), (5, 8), (7, 8), (8, 8), (8, 7), (8, 5), (8, 4), (8, 3), (8, 2), (8, 1), (8, 0)];
        (int, int)[] second = [.. Enumerable.Range(1, 7).Select(i => (8, size - i)), .. Enumerable.Range(size - 8, 8).Select(x => (x, 8))];
        string[] words = ["101010000010010", "101000100100101", "101111001111100", "101101101001011", "100010111111001", "100000011001110", "100111110010111", "100101010100000"];
        string Word((int X, int Y)[] at) => string.Concat(at.Select(one => dark(one.X, one.Y) ? '1' : '0'));
        Word(second).ShouldBe(Word(first));
        dark(8, size - 8).ShouldBeTrue();
        words.ShouldContain(Word(first), StringComparer.Ordinal);
        return Array.IndexOf(words, Word(first));
    }

    private static bool IsPattern(int version, int size, int x, int y)
    {
        bool finder = (x < 9 && y < 9) || (x >= size - 8 && y < 9) || (x < 9 && y >= size - 8);
        bool versionArea = version >= 7 && ((x < 6 && y >= size - 11) || (y < 6 && x >= size - 11));
        int[] at = Alignment[version - 1];
        bool aligned = at.Any(cy => Math.Abs(cy - y) <= 2 && at.Any(cx => Math.Abs(cx - x) <= 2 && !((cx == 6 && cy == 6) || (cx == 6 && cy == at[^1]) || (cy == 6 && cx == at[^1]))));
        return finder || versionArea || aligned || x == 6 || y == 6;
    }

    // i is the row and j the column, as ISO/IEC 18004 has them.
    private static bool Flips(int mask, int i, int j) => mask switch
    {
        0 => (i + j) % 2 == 0,
        1 => i % 2 == 0,
        2 => j % 3 == 0,
        3 => (i + j) % 3 == 0,
        4 => ((i / 2) + (j / 3)) % 2 == 0,
        5 => (i * j % 2) + (i * j % 3) == 0,
        6 => ((i * j % 2) + (i * j % 3)) % 2 == 0,
        _ => (((i + j) % 2) + (i * j % 3)) % 2 == 0,
    };

    private static byte[] Data(int version, byte[] all)
    {
        (int correction, (int Count, int Data)[] groups) = Tables[version - 1];
        List<byte>[] blocks = [.. groups.SelectMany(group => Enumerable.Range(0, group.Count).Select(_ => new List<byte>()))];
        int[] lengths = [.. groups.SelectMany(group => Enumerable.Repeat(group.Data, group.Count))];
        int at = 0;
        for (int i = 0; i < lengths.Max(); i++)
        {
            for (int block = 0; block < blocks.Length; block++)
            {
                if (i < lengths[block])
                {
                    blocks[block].Add(all[at++]);
                }
            }
        }

        for (int i = 0; i < correction * blocks.Length; i++)
        {
            blocks[i % blocks.Length].Add(all[at++]);
        }

        at.ShouldBe(all.Length);
        blocks.ShouldAllBe(block => Syndromes(block, correction).All(one => one == 0));
        return [.. blocks.Zip(lengths).SelectMany(pair => pair.First.Take(pair.Second))];
    }

    // A block is a polynomial that is 0 at 2^0, 2^1, ...
    private static IEnumerable<int> Syndromes(IReadOnlyList<byte> block, int count)
    {
        int[] powers = new int[255];
        int[] logarithms = new int[256];
        for (int i = 0, value = 1; i < 255; i++)
        {
            (powers[i], logarithms[value]) = (value, i);
            value = value < 128 ? value * 2 : (value * 2) ^ 0x11d;
        }

        return Enumerable.Range(0, count).Select(root => block.Aggregate(0, (sum, one) => one ^ (sum == 0 ? 0 : powers[(logarithms[sum] + root) % 255])));
    }

    private static string Text(int version, byte[] data)
    {
        string bits = string.Concat(data.Select(one => Convert.ToString(one, 2).PadLeft(8, '0')));
        int countBits = version < 10 ? 8 : 16;
        bits[..4].ShouldBe("0100");
        int count = Convert.ToInt32(bits.Substring(4, countBits), 2);
        return Encoding.UTF8.GetString([.. Enumerable.Range(0, count).Select(i => Convert.ToByte(bits.Substring(4 + countBits + (i * 8), 8), 2))]);
    }
}
