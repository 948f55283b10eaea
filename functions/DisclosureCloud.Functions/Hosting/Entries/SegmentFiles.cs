using System.Runtime.CompilerServices;
using DisclosureCloud.Ledger;

namespace DisclosureCloud.Functions.Hosting.Entries;

/// <summary>Reads sealed segments by parts: indexes, which are kept, and blocks, which are not.</summary>
internal sealed class SegmentFiles(IArchiveFiles archive)
{
    /// <summary>Blocks that lie side by side come in one request of at most so many bytes: enough that its latency does not count.</summary>
    private const int RangeSizeMax = 4 * 1024 * 1024;

    private readonly IndexCache _indexes = new();

    /// <exception cref="InvalidDataException">The file is not there, or is not the one that was sealed.</exception>
    public async Task<SegmentIndex> IndexAsync(ArchiveSeal seal, ReadCount count, CancellationToken cancellationToken)
    {
        if (_indexes.Find(seal.Segment) is { } known)
        {
            return known;
        }

        byte[] head = await RangeAsync(seal, 0, Segment.HeadSizeUsual, count, cancellationToken);
        return Checked(seal, () => Segment.HeadSize(head)) is var size && size > head.Length
            ? Keep(seal, await RangeAsync(seal, 0, size, count, cancellationToken))
            : Keep(seal, head);
    }

    /// <summary>The leaves of some blocks, each block by itself, in the order given.</summary>
    /// <param name="blocks">In rising order.</param>
    /// <exception cref="InvalidDataException">The file is not there, or a block was altered.</exception>
    public async IAsyncEnumerable<(int Block, IReadOnlyList<ReadOnlyMemory<byte>> Leaves)> BlocksAsync(
        ArchiveSeal seal,
        SegmentIndex index,
        IEnumerable<int> blocks,
        ReadCount count,
        [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        count.Segments++;
        int[] wanted = [.. blocks];
        for (int first = 0; first < wanted.Length;)
        {
            int last = LastOfRange(index, wanted, first);
            long offset = index.Blocks[wanted[first]].Offset;
            SegmentBlock end = index.Blocks[wanted[last]];
            byte[] range = await RangeAsync(seal, offset, (int)(end.Offset + end.Size - offset), count, cancellationToken);
            for (; first <= last; first++)
            {
                SegmentBlock block = index.Blocks[wanted[first]];
                int at = (int)(block.Offset - offset);
                ReadOnlyMemory<byte> member = at + block.Size <= range.Length ? range.AsMemory(at, block.Size) : default;
                count.Blocks++;
                yield return (wanted[first], Checked(seal, () => Segment.ReadBlock(block, member)));
            }
        }
    }

    // Up to which of the wanted blocks one request goes: without a gap, and not beyond its size.
    private static int LastOfRange(SegmentIndex index, int[] wanted, int first)
    {
        int last = first;
        long size = index.Blocks[wanted[first]].Size;
        while (last + 1 < wanted.Length && wanted[last + 1] == wanted[last] + 1 && size + index.Blocks[wanted[last + 1]].Size <= RangeSizeMax)
        {
            size += index.Blocks[wanted[++last]].Size;
        }

        return last;
    }

    private SegmentIndex Keep(ArchiveSeal seal, byte[] head)
    {
        SegmentIndex index = Checked(seal, () => Segment.ReadIndex(head));
        if (index.Segment != seal.Segment)
        {
            throw new InvalidDataException($"The file {PathOf(seal)} is segment {index.Segment}.");
        }

        _indexes.Keep(index);
        return index;
    }

    private async Task<byte[]> RangeAsync(ArchiveSeal seal, long offset, int length, ReadCount count, CancellationToken cancellationToken)
    {
        byte[] range = await archive.ReadRangeAsync(PathOf(seal), offset, length, cancellationToken)
            ?? throw new InvalidDataException($"The archive lacks {PathOf(seal)}, which was sealed.");
        count.Bytes += range.Length;
        return range;
    }

    private static T Checked<T>(ArchiveSeal seal, Func<T> read)
    {
        try
        {
            return read();
        }
        catch (FormatException fault)
        {
            throw new InvalidDataException($"{PathOf(seal)}: {fault.Message}", fault);
        }
    }

    private static string PathOf(ArchiveSeal seal) => Segment.PathOf(seal.Segment, seal.Sha256);
}

/// <summary>What a query has read from the stores.</summary>
internal sealed class ReadCount
{
    /// <summary>Segments of which a block was read. Their indexes, which the app keeps, are not counted.</summary>
    public int Segments { get; set; }

    /// <summary>Blocks of segments, and bundles of the tail.</summary>
    public int Blocks { get; set; }

    /// <summary>Of indexes, blocks, bundles and openings.</summary>
    public long Bytes { get; set; }
}
