namespace DisclosureCloud.Site;

/// <summary>The codewords of a QR code: the bytes with mode, count and padding, in blocks with their error correction, interleaved.</summary>
internal static class QrCodewords
{
    private const int ByteMode = 0b0100;
    private static readonly byte[] Padding = [0xec, 0x11];

    public static byte[] Of(byte[] bytes, QrVersion version)
    {
        byte[][] blocks = Split(Data(bytes, version), version);
        byte[][] corrections = [.. blocks.Select(block => ReedSolomon.Remainder(block, version.Correction))];
        return [.. Interleave(blocks), .. Interleave(corrections)];
    }

    private static byte[] Data(byte[] bytes, QrVersion version)
    {
        var bits = new List<bool>(version.DataCodewords * 8);
        Append(ByteMode, 4);
        Append(bytes.Length, version.CountBits);
        foreach (byte one in bytes)
        {
            Append(one, 8);
        }

        int room = (version.DataCodewords * 8) - bits.Count;
        Append(0, Math.Min(4, room)); // The terminator, and then up to a whole codeword.
        Append(0, -bits.Count & 7);
        for (int i = 0; bits.Count < version.DataCodewords * 8; i++)
        {
            Append(Padding[i % Padding.Length], 8);
        }

        return [.. bits.Chunk(8).Select(eight => (byte)eight.Aggregate(0, (value, bit) => (value << 1) | (bit ? 1 : 0)))];

        void Append(int value, int count)
        {
            for (int i = count - 1; i >= 0; i--)
            {
                bits.Add(((value >> i) & 1) != 0);
            }
        }
    }

    // The last blocks are one codeword longer where the data cannot be shared out evenly.
    private static byte[][] Split(byte[] data, QrVersion version)
    {
        int each = data.Length / version.Blocks;
        int longFrom = version.Blocks - (data.Length % version.Blocks);
        var blocks = new byte[version.Blocks][];
        int at = 0;
        for (int i = 0; i < blocks.Length; i++)
        {
            int length = each + (i < longFrom ? 0 : 1);
            blocks[i] = data[at..(at + length)];
            at += length;
        }

        return blocks;
    }

    private static IEnumerable<byte> Interleave(byte[][] blocks) =>
        Enumerable.Range(0, blocks.Max(block => block.Length)).SelectMany(i => blocks.Where(block => i < block.Length).Select(block => block[i]));
}

/// <summary>Reed-Solomon over GF(2^8) with the polynomial x^8 + x^4 + x^3 + x^2 + 1, as QR codes have it.</summary>
internal static class ReedSolomon
{
    private const int Polynomial = 0x11d;

    /// <summary>The error correction codewords of a block.</summary>
    public static byte[] Remainder(ReadOnlySpan<byte> block, int count)
    {
        byte[] generator = Generator(count);
        byte[] rest = new byte[count];
        foreach (byte one in block)
        {
            byte factor = (byte)(one ^ rest[0]);
            rest.AsSpan(1).CopyTo(rest);
            rest[^1] = 0;
            for (int i = 0; i < count; i++)
            {
                rest[i] ^= Multiply(generator[i], factor);
            }
        }

        return rest;
    }

    public static byte Multiply(byte left, byte right)
    {
        int product = 0;
        for (int i = 7; i >= 0; i--)
        {
            product = (product << 1) ^ ((product >> 7) * Polynomial);
            product ^= ((right >> i) & 1) * left;
        }

        return (byte)product;
    }

    /// <summary>The product of (x - 2^i) for i from 0 on; the highest coefficient, which is 1, is left out.</summary>
    private static byte[] Generator(int count)
    {
        byte[] generator = new byte[count];
        generator[^1] = 1;
        byte root = 1;
        for (int i = 0; i < count; i++)
        {
            for (int j = 0; j < count; j++)
            {
                generator[j] = (byte)(Multiply(generator[j], root) ^ (j + 1 < count ? generator[j + 1] : 0));
            }

            root = Multiply(root, 2);
        }

        return generator;
    }
}
