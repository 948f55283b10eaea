using System.Globalization;
using DisclosureCloud.Ledger;
using DisclosureCloud.Transparency;

namespace DisclosureCloud.Functions.Hosting.Entries;

/// <summary>The log as the public has it: how large the published tree is, its entry bundles, and the openings of its leaves.</summary>
/// <remarks>What is not on the site is not public, and no query shows it: neither an entry beyond the published checkpoint nor a withheld value.</remarks>
internal sealed class PublishedLog(ISiteFiles site)
{
    public const string CheckpointPath = "log/checkpoint";

    private const string LogFolder = "log/";

    /// <summary>In leaves; 0 where nothing is published yet.</summary>
    /// <exception cref="InvalidDataException">The published checkpoint is none.</exception>
    public async Task<long> TreeSizeAsync(CancellationToken cancellationToken)
    {
        try
        {
            return await site.ReadAsync(CheckpointPath, cancellationToken) is { } note ? Checkpoint.Parse(SignedNote.Parse(note).Text).Head.Size : 0;
        }
        catch (FormatException fault)
        {
            throw new InvalidDataException($"The site's {CheckpointPath} is no checkpoint: {fault.Message}", fault);
        }
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
            if (width >= to - first && await site.ReadAsync(LogFolder + bundle.Path, cancellationToken) is { } bytes)
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
            throw new InvalidDataException($"{LogFolder}{bundle.Path}: {fault.Message}", fault);
        }
    }
}
