using System.Diagnostics;
using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using DisclosureCloud.Transparency;
using DisclosureCloud.Verifier;
using Microsoft.Win32.SafeHandles;

namespace DisclosureCloud.Benchmarks;

/// <summary>How long the log's part of <c>verify</c> takes, beside plain SHA-256 over the same bytes in the same run.</summary>
/// <remarks>
/// The first round is what a reader meets who checks once: it holds the time that the code takes to become fast. Its peak is that of one check.
/// Of what comes after it, a third is hashing and reading (leaves, nodes, and the three short texts of each that are remembered as hashes), a third
/// the form of the leaves and their fields, and a third the table of a million ids and the names.
/// </remarks>
internal static class VerifyBenchmark
{
    public const long LeavesDefault = 1_000_000;

    // As long as entries are on the average; one text of it is committed to.
    private const int LeafLength = 500;
    private const int Rounds = 3;
    private const int PieceLength = 1 << 20;
    private const string Origin = "benchmark.example/log";

    /// <summary>Makes the log unless it is there, and measures.</summary>
    /// <returns>0; 1 where the log that it made itself is found wrong.</returns>
    public static async Task<int> RunAsync(long leaves, string folder, TextWriter output)
    {
        string site = Path.Combine(folder, leaves.ToString(CultureInfo.InvariantCulture));
        if (!File.Exists(Path.Combine(site, "log", "checkpoint")))
        {
            Make(site, leaves);
        }

        string[] files = Directory.GetFiles(Path.Combine(site, "log", "tile"), "*", SearchOption.AllDirectories);
        for (int round = 0; round < Rounds; round++)
        {
            // What the round before kept is no part of this one.
            GC.Collect();
            (TimeSpan all, _) = Hash(files, Environment.ProcessorCount);
            (TimeSpan plain, long bytes) = Hash(files, 1);
            long begin = Stopwatch.GetTimestamp();
            VerifyReport report = null!;
            double processor = await ProcessorTime.OfAsync(async () => report = await SiteVerifier.VerifyLogAsync(
                new FolderSource(site), new VerifyRequest([], _ => null, VerifyRequest.KnownVerifiers), CancellationToken.None));
            TimeSpan verified = Stopwatch.GetElapsedTime(begin);
            if (!report.IsWell)
            {
                await output.WriteLineAsync(report.Findings[0].ToString());
                return 1;
            }

            await output.WriteLineAsync(string.Create(
                CultureInfo.InvariantCulture,
                $"{leaves} leaves, {bytes / 1_000_000} MB in {files.Length} files: SHA-256 of the files, one thread {(long)plain.TotalMilliseconds} ms, {Environment.ProcessorCount} threads {(long)all.TotalMilliseconds} ms; verified {(long)verified.TotalMilliseconds} ms, {(long)(verified / plain * 100)} %, {processor:F1} s of processor time; peak {Process.GetCurrentProcess().PeakWorkingSet64 / 1_000_000} MB"));
        }

        return 0;
    }

    private static (TimeSpan Time, long Bytes) Hash(string[] files, int threads)
    {
        long begin = Stopwatch.GetTimestamp();
        long bytes = 0;
        Parallel.For(0, threads, new ParallelOptions { MaxDegreeOfParallelism = threads }, thread =>
        {
            using var hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
            byte[] piece = new byte[PieceLength];
            for (int i = thread; i < files.Length; i += threads)
            {
                using SafeFileHandle file = File.OpenHandle(files[i]);
                long at = 0;
                for (int read; (read = RandomAccess.Read(file, piece, at)) > 0; at += read)
                {
                    hash.AppendData(piece, 0, read);
                }

                Interlocked.Add(ref bytes, at);
            }

            _ = hash.GetHashAndReset();
        });
        return (Stopwatch.GetElapsedTime(begin), bytes);
    }

    private static void Make(string site, long leaves)
    {
        using var key = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        var signer = new EcdsaP256Signer(Origin, key);
        TreeEdge edge = TreeEdge.Empty;
        var partial = new Dictionary<int, Tile>();
        for (long first = 0; first < leaves; first += TileCoordinate.WidthMax)
        {
            int count = (int)Math.Min(TileCoordinate.WidthMax, leaves - first);
            ReadOnlyMemory<byte>[] entries = [.. Enumerable.Range(0, count).Select(i => (ReadOnlyMemory<byte>)Leaf(first + i))];
            TreeGrowth growth = edge.Append([.. entries.Select(entry => Rfc6962.LeafHash(entry.Span))]);
            foreach (Tile tile in growth.Tiles)
            {
                // A log writes the partial tiles of its checkpoints alone; this one has one checkpoint, at its end.
                if (tile.Coordinate.IsFull)
                {
                    Write(site, tile.Coordinate.Path, tile.Bytes.ToArray());
                }
                else
                {
                    partial[tile.Coordinate.Level] = tile;
                }
            }

            Write(site, new EntryBundleCoordinate(first / TileCoordinate.WidthMax, count).Path, EntryBundle.Encode(entries));
            edge = growth.Edge;
        }

        foreach (TileCoordinate last in Tiling.PartialTiles(leaves))
        {
            Write(site, last.Path, partial[last.Level].Bytes.ToArray());
        }

        Write(site, "vkey", Encoding.UTF8.GetBytes(signer.VerifierKey + "\n"));
        Write(site, "checkpoint", SignedNote.Sign(new Checkpoint(Origin, edge.Head).Text, [signer]).ToBytes());
    }

    private static void Write(string site, string path, byte[] bytes)
    {
        string file = Path.Combine(site, "log", path);
        Directory.CreateDirectory(Path.GetDirectoryName(file)!);
        File.WriteAllBytes(file, bytes);
    }

    private static byte[] Leaf(long i)
    {
        string seed = Convert.ToHexStringLower(SHA256.HashData(BitConverter.GetBytes(i)));
        string head = string.Create(
            CultureInfo.InvariantCulture,
            $"{{\"amountFen\":{i + 1},\"channel\":\"http\",\"cites\":\"{seed[..26]}-1\",\"currency\":\"CNY\",\"date\":\"2026-01-02\",\"department\":\"finance\",\"format\":1,\"fund\":\"f{i % 1000}\",\"id\":\"{seed[..26]}-{i + 2}\",\"kind\":\"disbursement\",\"project\":\"p{i % 100_000}\",\"recordedAt\":\"2026-11-22T01:00:00.000Z\",\"reference\":{{\"commitment\":\"{seed}\"}},\"zz\":\"");
        return Encoding.UTF8.GetBytes(head.PadRight(LeafLength - 2, 'x') + "\"}");
    }
}
