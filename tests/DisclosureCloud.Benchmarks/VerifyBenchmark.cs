using System.Diagnostics;
using System.Globalization;
using System.Runtime.InteropServices;
using System.Security.Cryptography;
using System.Text;
using DisclosureCloud.Testing;
using DisclosureCloud.Transparency;
using DisclosureCloud.Verifier;

namespace DisclosureCloud.Benchmarks;

/// <summary>How long the log's part of <c>verify</c> takes, and how much of that is what it takes at least: reading and hashing, measured in the same round.</summary>
/// <remarks>
/// The first round is what a reader meets who checks once: it holds the time that the code takes to become fast. Its peak is that of one check.
/// What it takes at least is done in the same way and by as many threads: every file is read, every leaf and node hashed, and of each leaf the three
/// short texts that are remembered by their hashes (its id, the id that it cites, its row).
/// </remarks>
internal static class VerifyBenchmark
{
    public const int LeavesDefault = 1_000_000;

    private const int Rounds = 3;
    private const string Origin = "benchmark.example/log";

    // What is remembered of a leaf by hashes: its id, the id that it cites, and its row, in bytes.
    private static readonly int[] Remembered = [34, 28, 76];

    /// <summary>Makes the log unless it is there, and measures.</summary>
    /// <returns>0; 1 where the log that it made itself is found wrong.</returns>
    public static async Task<int> RunAsync(int leaves, string folder, TextWriter output)
    {
        string site = Path.Combine(folder, string.Create(CultureInfo.InvariantCulture, $"counties-{leaves}"));
        if (!File.Exists(Path.Combine(site, "log", "checkpoint")))
        {
            Make(site, leaves);
        }

        FileInfo[] files = new DirectoryInfo(Path.Combine(site, "log", "tile")).GetFiles("*", SearchOption.AllDirectories);
        long bytes = files.Sum(file => file.Length);
        for (int round = 0; round < Rounds; round++)
        {
            // What the round before kept is no part of this one.
            GC.Collect();
            double least = await ProcessorTime.OfAsync(() => ReadAndHashAsync(site, leaves));
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
                $"{leaves} leaves, {bytes / 1_000_000} MB in {files.Length} files: verified in {verified.TotalSeconds:F2} s, {processor:F2} s of processor time; reading and hashing alone {least:F2} s, {least / processor:P0}; peak {Process.GetCurrentProcess().PeakWorkingSet64 / 1_000_000} MB"));
        }

        return 0;
    }

    private static async Task ReadAndHashAsync(string site, int leaves)
    {
        using var source = new FolderSource(site);
        await Parallel.ForEachAsync(
            Tiling.EntryBundles(leaves),
            new ParallelOptions { MaxDegreeOfParallelism = Environment.ProcessorCount },
            async (bundle, cancellationToken) =>
            {
                using FileBytes entries = (await source.RentAsync(LogLayout.PathOf(bundle), LogLayout.BundleSizeMax, cancellationToken))!;
                foreach (ReadOnlyMemory<byte> leaf in EntryBundle.Decode(entries.Bytes, bundle.Width))
                {
                    _ = Rfc6962.LeafHash(leaf.Span);
                    foreach (int length in Remembered)
                    {
                        _ = Rfc6962.LeafHash(leaf.Span[..length]);
                    }
                }

                // The node that stands for a tile, in the tile above: of the few tiles above, nobody would see the time.
                using FileBytes tile = (await source.RentAsync(LogLayout.PathOf(bundle.Tile), LogLayout.BundleSizeMax, cancellationToken))!;
                if (bundle.Tile.IsFull)
                {
                    _ = Rfc6962.PerfectTreeHash(MemoryMarshal.Cast<byte, TreeHash>(tile.Bytes.Span));
                }
            });
    }

    private static void Make(string site, int leaves)
    {
        using var key = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        var signer = new EcdsaP256Signer(Origin, key);
        TreeEdge edge = TreeEdge.Empty;
        var partial = new Dictionary<int, Tile>();
        foreach (SealedLeaf[] bundle in ManyLeaves.Of(leaves).Chunk(TileCoordinate.WidthMax))
        {
            ReadOnlyMemory<byte>[] entries = [.. bundle.Select(leaf => leaf.Leaf.Bytes)];
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

            Write(site, new EntryBundleCoordinate(edge.Head.Size / TileCoordinate.WidthMax, bundle.Length).Path, EntryBundle.Encode(entries));
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
}
