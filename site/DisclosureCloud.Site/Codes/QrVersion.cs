namespace DisclosureCloud.Site;

/// <summary>A version of QR codes with its capacity at level M (ISO/IEC 18004, tables 1, 7, 9 and E.1).</summary>
/// <param name="Codewords">Data and error correction together.</param>
/// <param name="Correction">Error correction codewords of each block.</param>
/// <param name="AlignedAt">Rows and columns that alignment patterns are centred on.</param>
internal sealed record QrVersion(int Number, int Codewords, int Correction, int Blocks, int[] AlignedAt)
{
    private const int LongCountFrom = 10; // From there on the count of bytes takes 16 bits and not 8.
    private const int ModeBits = 4;

    private static readonly QrVersion[] All =
    [
        new(1, 26, 10, 1, []), new(2, 44, 16, 1, [6, 18]), new(3, 70, 26, 1, [6, 22]), new(4, 100, 18, 2, [6, 26]), new(5, 134, 24, 2, [6, 30]),
        new(6, 172, 16, 4, [6, 34]), new(7, 196, 18, 4, [6, 22, 38]), new(8, 242, 22, 4, [6, 24, 42]), new(9, 292, 22, 5, [6, 26, 46]), new(10, 346, 26, 5, [6, 28, 50]),
    ];

    public static int BytesMax => All[^1].Capacity;

    public int Size => 17 + (4 * Number);

    public int DataCodewords => Codewords - (Blocks * Correction);

    public int CountBits => Number < LongCountFrom ? 8 : 16;

    /// <summary>Bytes that fit in.</summary>
    private int Capacity => ((DataCodewords * 8) - ModeBits - CountBits) / 8;

    /// <summary>The smallest that holds so many bytes; null where none does.</summary>
    public static QrVersion? For(int bytes) => Array.Find(All, version => version.Capacity >= bytes);
}
