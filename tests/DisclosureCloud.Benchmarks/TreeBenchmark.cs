using System.Security.Cryptography;
using DisclosureCloud.Transparency;

namespace DisclosureCloud.Benchmarks;

/// <summary>Hashing leaves and building tiles, beside SHA-256 over the same bytes, all on one thread; in processor time.</summary>
internal static class TreeBenchmark
{
    public const int LeavesDefault = 200_000;

    private const int Rounds = 3;

    /// <summary>So many leaves a sequencer appends at once where many wait.</summary>
    private const int BatchLeaves = 4_096;

    public static async Task RunAsync(int count, TextWriter output)
    {
        byte[][] leaves = [.. ManyLeaves.Of(count).Select(leaf => leaf.Leaf.Bytes.ToArray())];
        long bytes = leaves.Sum(leaf => (long)leaf.Length);
        byte[] stream = [.. leaves.SelectMany(leaf => leaf)];
        output.WriteLine(Invariant($"{count} leaves of {bytes / count} bytes on the average"));
        for (int round = 1; round <= Rounds; round++)
        {
            double plain = await SecondsAsync(() => Hashed(stream));
            double calls = await SecondsAsync(() => HashedOneByOne(leaves));
            double hashed = await SecondsAsync(() => HashesOf(leaves));
            double bundles = await SecondsAsync(() => Built(leaves, TileCoordinate.WidthMax));
            double batches = await SecondsAsync(() => Built(leaves, BatchLeaves));
            output.WriteLine(Invariant($"round {round}: SHA-256 of one stream {Rate(bytes, plain)}, of a leaf a call of .NET {Rate(bytes, calls)} ({plain / calls:F2} of the stream)"));
            output.WriteLine(Invariant($"  leaf hashes {Rate(bytes, hashed)} ({plain / hashed:F2}); with tiles and edge, as a verifier reads: {Rate(bytes, bundles)} ({plain / bundles:F2}); as a sequencer appends: {Rate(bytes, batches)} ({plain / batches:F2})"));
        }
    }

    private static byte[] Hashed(byte[] stream) => SHA256.HashData(stream);

    private static byte HashedOneByOne(byte[][] leaves)
    {
        Span<byte> hash = stackalloc byte[TreeHash.Size];
        byte sum = 0;
        foreach (byte[] leaf in leaves)
        {
            SHA256.HashData(leaf, hash);
            sum ^= hash[0];
        }

        return sum;
    }

    private static TreeHash[] HashesOf(ReadOnlySpan<byte[]> leaves)
    {
        var hashes = new TreeHash[leaves.Length];
        for (int i = 0; i < hashes.Length; i++)
        {
            hashes[i] = Rfc6962.LeafHash(leaves[i]);
        }

        return hashes;
    }

    private static TreeHead Built(byte[][] leaves, int batch)
    {
        TreeEdge edge = TreeEdge.Empty;
        for (int first = 0; first < leaves.Length; first += batch)
        {
            edge = edge.Append(HashesOf(leaves.AsSpan(first, Math.Min(batch, leaves.Length - first)))).Edge;
        }

        return edge.Head;
    }

    private static Task<double> SecondsAsync<T>(Func<T> work) => ProcessorTime.OfAsync(() =>
    {
        work();
        return Task.CompletedTask;
    });

    private static string Rate(long bytes, double seconds) => Invariant($"{bytes / seconds / 1_000_000:F0} MB/s");

    private static string Invariant(FormattableString text) => FormattableString.Invariant(text);
}
