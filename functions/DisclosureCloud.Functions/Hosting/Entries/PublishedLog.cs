using System.Globalization;
using System.Text;
using DisclosureCloud.Ledger;
using DisclosureCloud.Transparency;

namespace DisclosureCloud.Functions.Hosting.Entries;

/// <summary>The log as the public has it: how large the published tree is, its entry bundles, and the openings of its leaves.</summary>
/// <remarks>What is not on the site is not public, and no query shows it: neither an entry beyond the published checkpoint nor a withheld value.</remarks>
internal sealed class PublishedLog(ISiteFiles site)
{
    /// <summary>Where the log lies in the site.</summary>
    public const string Folder = "log/";

    public const string CheckpointPath = Folder + "checkpoint";

    /// <summary>The log's keys, a verifier key a line.</summary>
    public const string VkeyPath = Folder + "vkey";

    /// <summary>In leaves; 0 where nothing is published yet.</summary>
    /// <exception cref="InvalidDataException">The published checkpoint is none.</exception>
    public async Task<long> TreeSizeAsync(CancellationToken cancellationToken) => (await CheckpointAsync(cancellationToken))?.Head.Size ?? 0;

    /// <summary>The published checkpoint; null where nothing is published yet.</summary>
    /// <exception cref="InvalidDataException">The published checkpoint is none.</exception>
    public async Task<PublishedCheckpoint?> CheckpointAsync(CancellationToken cancellationToken)
    {
        try
        {
            return await site.ReadAsync(CheckpointPath, cancellationToken) is { } note
                ? new PublishedCheckpoint(Checkpoint.Parse(SignedNote.Parse(note).Text).Head, Encoding.UTF8.GetString(note))
                : null;
        }
        catch (FormatException fault)
        {
            throw new InvalidDataException($"The site's {CheckpointPath} is no checkpoint: {fault.Message}", fault);
        }
    }

    /// <summary>A tile as a tree has it, which need not be one that was ever published: its hashes are the first ones of the published tile.</summary>
    /// <param name="published">The published tree size, or one that was published: what is wider since begins with the same hashes.</param>
    /// <exception cref="InvalidDataException">The tile is not there, or is of another length.</exception>
    public async Task<ReadOnlyMemory<byte>> TileAsync(TileCoordinate tile, long published, CancellationToken cancellationToken)
    {
        long hashes = published >> (TileCoordinate.Height * tile.Level);
        int width = (int)Math.Min(TileCoordinate.WidthMax, hashes - (tile.Index * TileCoordinate.WidthMax));

        // A partial tile goes only when the full one is there.
        foreach (TileCoordinate stored in new[] { width, TileCoordinate.WidthMax }.Distinct().Select(wide => new TileCoordinate(tile.Level, tile.Index, wide)))
        {
            if (await site.ReadAsync(Folder + stored.Path, cancellationToken) is { } bytes)
            {
                return bytes.Length == stored.SizeBytes
                    ? bytes.AsMemory(0, tile.SizeBytes)
                    : throw new InvalidDataException($"{Folder}{stored.Path} is {bytes.Length} bytes; wanted {stored.SizeBytes}.");
            }
        }

        throw new InvalidDataException($"The site has no tile that holds {tile.Path}.");
    }

    /// <summary>Leaves from one to before another, all of one bundle.</summary>
    /// <param name="to">At most the published tree size.</param>
    /// <exception cref="InvalidDataException">The bundle is not there, or is none.</exception>
    public async Task<IReadOnlyList<ReadOnlyMemory<byte>>> LeavesAsync(long from, long to, ReadCount count, CancellationToken cancellationToken)
    {
        long index = from / TileCoordinate.WidthMax;
        if (from < 0 || to <= from || (to - 1) / TileCoordinate.WidthMax != index)
        {
            throw new ArgumentOutOfRangeException(nameof(to), to, "The leaves are of one bundle.");
        }

        // A publication may have made a partial bundle wider, or full, since the tree was looked at: then it is looked at once more.
        for (int look = 0; look < 2; look++)
        {
            long first = index * TileCoordinate.WidthMax;
            int width = (int)Math.Min(TileCoordinate.WidthMax, await TreeSizeAsync(cancellationToken) - first);
            var bundle = new EntryBundleCoordinate(index, Math.Max(1, width));
            if (width >= to - first && await site.ReadAsync(Folder + bundle.Path, cancellationToken) is { } bytes)
            {
                count.Blocks++;
                count.Bytes += bytes.Length;
                return [.. Decode(bundle, bytes).Skip((int)(from - first)).Take((int)(to - from))];
            }
        }

        throw new InvalidDataException(string.Create(CultureInfo.InvariantCulture, $"The site has no entry bundle with the leaves {from} to {to - 1}."));
    }

    /// <summary>What opens the leaves of a bundle, as far as it is published.</summary>
    /// <param name="bundle">The leaf index divided by 256.</param>
    /// <exception cref="InvalidDataException">The file is not of its form.</exception>
    public async Task<PublishedOpenings> OpeningsAsync(long bundle, ReadCount count, CancellationToken cancellationToken)
    {
        string path = PublishedOpenings.PathOf(bundle);
        byte[]? bytes = await site.ReadAsync(path, cancellationToken);
        count.Bytes += bytes?.Length ?? 0;
        try
        {
            return bytes is null ? PublishedOpenings.None : PublishedOpenings.Read(bytes);
        }
        catch (FormatException fault)
        {
            throw new InvalidDataException($"{path}: {fault.Message}", fault);
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
            throw new InvalidDataException($"{Folder}{bundle.Path}: {fault.Message}", fault);
        }
    }
}

/// <summary>The checkpoint that the site shows.</summary>
/// <param name="Note">The signed note, whole, as it is published.</param>
internal sealed record PublishedCheckpoint(TreeHead Head, string Note);
