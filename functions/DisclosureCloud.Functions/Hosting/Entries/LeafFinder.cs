using System.Collections.Immutable;
using System.Runtime.InteropServices;
using System.Text;
using System.Text.Json;
using DisclosureCloud.Ledger;

namespace DisclosureCloud.Functions.Hosting.Entries;

/// <summary>Finds an entry's leaf, by the indexes of the archive and then in the log's tail.</summary>
/// <remarks>An index names the block of an entry, and once in a million segments one in vain: what is read does not grow with the archive.</remarks>
internal sealed class LeafFinder(ArchiveSeals seals, SegmentFiles segments, PublishedLog log)
{
    /// <summary>The leaf, or null where the published tree has no such entry.</summary>
    /// <exception cref="InvalidDataException">A store holds something else than what was sealed or published.</exception>
    public async Task<FoundLeaf?> FindAsync(EntryId entry, ReadCount count, CancellationToken cancellationToken)
    {
        long treeSize = await log.TreeSizeAsync(cancellationToken);
        ImmutableArray<ArchiveSeal> all = await seals.ReadAsync(cancellationToken);
        foreach (ArchiveSeal seal in all.Reverse()) // What is asked for is mostly what was recorded lately.
        {
            SegmentIndex index = await segments.IndexAsync(seal, count, cancellationToken);
            int[] blocks = [.. index.BlocksOf(entry)];
            if (blocks.Length > 0 && await InSegmentAsync(seal, index, blocks, entry, count, cancellationToken) is { } found)
            {
                return found.LeafIndex < treeSize ? found : null;
            }
        }

        for (long from = all.Length * (long)Segment.LeavesMax; from < treeSize; from += Segment.BlockLeaves)
        {
            IReadOnlyList<ReadOnlyMemory<byte>> leaves = await log.LeavesAsync(from, Math.Min(treeSize, from + Segment.BlockLeaves), count, cancellationToken);
            if (In(leaves, from, entry) is { } found)
            {
                return found;
            }
        }

        return null;
    }

    private async Task<FoundLeaf?> InSegmentAsync(
        ArchiveSeal seal, SegmentIndex index, int[] blocks, EntryId entry, ReadCount count, CancellationToken cancellationToken)
    {
        await foreach ((int block, IReadOnlyList<ReadOnlyMemory<byte>> leaves) in segments.BlocksAsync(seal, index, blocks, count, cancellationToken))
        {
            if (In(leaves, seal.FirstLeaf + ((long)block * Segment.BlockLeaves), entry) is { } found)
            {
                return found;
            }
        }

        return null;
    }

    private static FoundLeaf? In(IReadOnlyList<ReadOnlyMemory<byte>> leaves, long first, EntryId entry)
    {
        byte[] text = Encoding.UTF8.GetBytes(entry.Value);
        for (int i = 0; i < leaves.Count; i++)
        {
            // Most leaves do not have the id at all; of those that do, some cite it.
            if (leaves[i].Span.IndexOf(text) >= 0 && IsOf(leaves[i], entry))
            {
                return new FoundLeaf(first + i, leaves[i]);
            }
        }

        return null;
    }

    private static bool IsOf(ReadOnlyMemory<byte> leaf, EntryId entry)
    {
        using JsonDocument document = JsonDocument.Parse(leaf);
        return document.RootElement.GetProperty("id").ValueEquals(entry.Value);
    }
}

/// <summary>A leaf and where it stands in the log.</summary>
[StructLayout(LayoutKind.Auto)]
internal readonly record struct FoundLeaf(long LeafIndex, ReadOnlyMemory<byte> Bytes);
