using System.Diagnostics;
using System.Globalization;
using System.IO.Compression;
using DisclosureCloud.Ledger;
using DisclosureCloud.Testing;

namespace DisclosureCloud.Benchmarks;

/// <summary>What a segment comes to under each of the framework's compressions, as one block and as sixteen.</summary>
internal static class Formats
{
    private const int Leaves = 4096;
    private const int Repeats = 5;

    private static readonly (string Name, Func<Stream, Stream> Pack, Func<Stream, Stream> Unpack)[] Ways =
    [
        Way("deflate fastest", to => new DeflateStream(to, CompressionLevel.Fastest), from => new DeflateStream(from, CompressionMode.Decompress)),
        Way("deflate optimal", to => new DeflateStream(to, CompressionLevel.Optimal), from => new DeflateStream(from, CompressionMode.Decompress)),
        Way("gzip optimal", to => new GZipStream(to, CompressionLevel.Optimal), from => new GZipStream(from, CompressionMode.Decompress)),
        Way("gzip smallest", to => new GZipStream(to, CompressionLevel.SmallestSize), from => new GZipStream(from, CompressionMode.Decompress)),
        .. new[] { 1, 4, 5, 6, 8, 9, 11 }.Select(quality => Way(
            string.Create(CultureInfo.InvariantCulture, $"brotli {quality}"),
            to => new BrotliStream(to, new BrotliCompressionOptions { Quality = quality }),
            from => new BrotliStream(from, CompressionMode.Decompress))),
    ];

    public static void Run(TextWriter output)
    {
        foreach ((string world, IEnumerable<SealedLeaf> leaves) in Worlds())
        {
            ReadOnlyMemory<byte>[] bytes = [.. leaves.Take(Leaves).Select(leaf => leaf.Leaf.Bytes)];
            foreach (int blocks in new[] { 1, 16 })
            {
                byte[][] plain = [.. bytes.Chunk((bytes.Length + blocks - 1) / blocks).Select(Framed)];
                int whole = plain.Sum(block => block.Length);
                output.WriteLine(Invariant($"\n{world}: {bytes.Length} leaves, {whole} bytes, {plain.Length} blocks"));
                foreach ((string name, Func<Stream, Stream> pack, Func<Stream, Stream> unpack) in Ways)
                {
                    byte[][] packed = [];
                    double packing = Seconds(1, () => packed = [.. plain.Select(block => Through(block, pack))]);
                    double unpacking = Seconds(Repeats, () => Array.ForEach(packed, block => Unpacked(block, unpack)));
                    int size = packed.Sum(block => block.Length);
                    output.WriteLine(Invariant($"  {name,-16} {size,9} bytes  {100.0 * size / whole,5:F1} %  pack {whole / packing / 1e6,6:F1} MB/s  unpack {whole / unpacking / 1e6,7:F1} MB/s"));
                }
            }
        }
    }

    private static IEnumerable<(string World, IEnumerable<SealedLeaf> Leaves)> Worlds()
    {
        yield return ("many counties", ManyLeaves.Of(Leaves));
        yield return ("random worlds", Enumerable.Range(1, 100).SelectMany(seed => SealedLeaf.Of(RandomWorld.Entries(seed, 120), new SeededSalts(seed))));
        yield return ("money worlds", Enumerable.Range(1, 100).SelectMany(seed => SealedLeaf.Of(MoneyWorld.Entries, new SeededSalts(seed))));
    }

    private static (string Name, Func<Stream, Stream> Pack, Func<Stream, Stream> Unpack) Way(string name, Func<Stream, Stream> pack, Func<Stream, Stream> unpack) =>
        (name, pack, unpack);

    // As an entry bundle has them: a length of two bytes before each.
    private static byte[] Framed(ReadOnlyMemory<byte>[] leaves) =>
        [.. leaves.SelectMany(leaf => new[] { (byte)(leaf.Length >> 8), (byte)leaf.Length }.Concat(leaf.ToArray()))];

    private static byte[] Through(byte[] plain, Func<Stream, Stream> pack)
    {
        using var packed = new MemoryStream();
        using (Stream to = pack(packed))
        {
            to.Write(plain);
        }

        return packed.ToArray();
    }

    private static void Unpacked(byte[] packed, Func<Stream, Stream> unpack)
    {
        using Stream from = unpack(new MemoryStream(packed));
        from.CopyTo(Stream.Null, 1 << 16);
    }

    private static double Seconds(int times, Action work)
    {
        work();
        long begun = Stopwatch.GetTimestamp();
        for (int i = 0; i < times; i++)
        {
            work();
        }

        return Stopwatch.GetElapsedTime(begun).TotalSeconds / times;
    }

    private static string Invariant(FormattableString text) => FormattableString.Invariant(text);
}
