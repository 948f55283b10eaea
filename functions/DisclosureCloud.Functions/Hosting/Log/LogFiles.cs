using System.Runtime.CompilerServices;
using DisclosureCloud.Ledger;
using DisclosureCloud.Transparency;

namespace DisclosureCloud.Functions.Hosting.Log;

/// <summary>Where the log's own tiles and entry bundles lie: the full ones for ever, the partial ones at its edge until they are wider.</summary>
/// <param name="full">Created once, never changed: full tiles and bundles.</param>
/// <param name="edge">Partial tiles and bundles, and what is staged.</param>
internal sealed class LogFiles(IArchiveFiles full, IPassingFiles edge)
{
    /// <summary>Where tiles and bundles lie in both.</summary>
    public const string TileFolder = "tile/";

    /// <summary>Bundles that are fetched at once while leaves are read in order.</summary>
    private const int AheadMax = 8;

    public IPassingFiles Edge => edge;

    public IArchiveFiles Full => full;

    /// <exception cref="MissingFromLogException">It is not there.</exception>
    public Task<byte[]> ReadAsync(TileCoordinate tile, CancellationToken cancellationToken) => ReadAsync(tile.Path, tile.IsFull, cancellationToken);

    /// <summary>A tile of an earlier tree: the beginning of the one that the tree has now.</summary>
    /// <param name="size">The tree size now.</param>
    /// <exception cref="MissingFromLogException">It is not there.</exception>
    public async Task<ReadOnlyMemory<byte>> ReadAsync(TileCoordinate tile, long size, CancellationToken cancellationToken)
    {
        long hashes = size >> (TileCoordinate.Height * tile.Level);
        int width = (int)Math.Min(TileCoordinate.WidthMax, hashes - (tile.Index * TileCoordinate.WidthMax));
        return (await ReadAsync(new TileCoordinate(tile.Level, tile.Index, width), cancellationToken)).AsMemory(0, tile.SizeBytes);
    }

    /// <exception cref="MissingFromLogException">It is not there.</exception>
    public Task<byte[]> ReadAsync(EntryBundleCoordinate bundle, CancellationToken cancellationToken) =>
        ReadAsync(bundle.Path, bundle.Tile.IsFull, cancellationToken);

    public Task PutAsync(Tile tile, CancellationToken cancellationToken) => PutAsync(tile.Coordinate.Path, tile.Coordinate.IsFull, tile.Bytes, cancellationToken);

    public Task PutAsync(EntryBundleCoordinate bundle, ReadOnlyMemory<byte> bytes, CancellationToken cancellationToken) =>
        PutAsync(bundle.Path, bundle.Tile.IsFull, bytes, cancellationToken);

    /// <summary>The leaves from one index to before another, in order, bundle by bundle.</summary>
    /// <param name="size">The tree size whose tiles are read; the leaves lie in it.</param>
    /// <exception cref="MissingFromLogException">A bundle is not there.</exception>
    /// <exception cref="FormatException">A bundle is cut, or is too long; the message names it.</exception>
    public async IAsyncEnumerable<(long Index, ReadOnlyMemory<byte> Bytes)> LeavesAsync(
        long from, long to, long size, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        var ahead = new Queue<(EntryBundleCoordinate Bundle, Task<byte[]> Bytes)>();
        using IEnumerator<EntryBundleCoordinate> bundles = BundlesOf(from, to, size).GetEnumerator();
        while (true)
        {
            while (ahead.Count < AheadMax && bundles.MoveNext())
            {
                ahead.Enqueue((bundles.Current, ReadAsync(bundles.Current, cancellationToken)));
            }

            if (!ahead.TryDequeue(out (EntryBundleCoordinate Bundle, Task<byte[]> Bytes) next))
            {
                yield break;
            }

            IReadOnlyList<ReadOnlyMemory<byte>> entries = Decode(next.Bundle, await next.Bytes);
            for (int i = (int)Math.Max(0, from - next.Bundle.FirstLeafIndex); i < entries.Count && next.Bundle.FirstLeafIndex + i < to; i++)
            {
                yield return (next.Bundle.FirstLeafIndex + i, entries[i]);
            }
        }
    }

    /// <summary>Reads the tiles that are named, and gives a reader of what was read: proofs and roots do not wait.</summary>
    public async Task<TileReader> FetchAsync(IEnumerable<TileCoordinate> tiles, CancellationToken cancellationToken)
    {
        TileCoordinate[] wanted = [.. tiles.Distinct()];
        byte[][] bytes = await Task.WhenAll(wanted.Select(tile => ReadAsync(tile, cancellationToken)));
        var read = wanted.Zip(bytes).ToDictionary(pair => pair.First, pair => pair.Second);
        return tile => read[tile];
    }

    private static IEnumerable<EntryBundleCoordinate> BundlesOf(long from, long to, long size)
    {
        for (long index = from / TileCoordinate.WidthMax; index * TileCoordinate.WidthMax < to; index++)
        {
            yield return new EntryBundleCoordinate(index, (int)Math.Min(TileCoordinate.WidthMax, size - (index * TileCoordinate.WidthMax)));
        }
    }

    private static IReadOnlyList<ReadOnlyMemory<byte>> Decode(EntryBundleCoordinate bundle, byte[] bytes)
    {
        try
        {
            return EntryBundle.Decode(bytes, bundle.Width);
        }
        catch (FormatException fault)
        {
            throw new FormatException($"{bundle.Path}: {fault.Message}", fault);
        }
    }

    private async Task<byte[]> ReadAsync(string path, bool isFull, CancellationToken cancellationToken) =>
        await (isFull ? full : edge).ReadAsync(path, cancellationToken) ?? throw new MissingFromLogException(path);

    private async Task PutAsync(string path, bool isFull, ReadOnlyMemory<byte> bytes, CancellationToken cancellationToken)
    {
        if (await (isFull ? full : edge).PutAsync(path, bytes, cancellationToken) == PutOutcome.Conflict)
        {
            throw new LogRefusedException($"The log holds something else at {path} than its checkpoint says. Nothing was overwritten.");
        }
    }
}

/// <summary>A tile or bundle that the checkpoint has is not there: the log has grown meanwhile, or was damaged.</summary>
internal sealed class MissingFromLogException(string path) : Exception($"The log lacks {path}.")
{
    public string Path { get; } = path;
}

/// <summary>The log is not what it must be, and nothing is appended to it: to go on could fork it, or sign what is wrong.</summary>
internal sealed class LogRefusedException(string message, Exception? cause = null) : Exception(message, cause);
