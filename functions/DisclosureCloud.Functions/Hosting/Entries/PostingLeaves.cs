using System.Collections.Immutable;
using System.Text.Json;
using DisclosureCloud.Ledger;
using DisclosureCloud.Transparency;

namespace DisclosureCloud.Functions.Hosting.Entries;

/// <summary>Finds where the entries of a posting are public.</summary>
/// <remarks>
/// The first is looked for. The others follow it, since a posting is one commit and the sequencer takes commits as they are: a bundle is read
/// for 256 of them, and none is told of that is not where it is said to be.
/// </remarks>
internal sealed class PostingLeaves(LeafFinder finder, PublishedLog log)
{
    /// <returns>Null where none is public yet.</returns>
    /// <exception cref="InvalidDataException">A store holds something else than what was sealed or published.</exception>
    public async Task<IReadOnlyList<PublicEntry>?> FindAsync(ImmutableArray<EntryId> entries, CancellationToken cancellationToken)
    {
        var count = new ReadCount();
        if (await finder.FindAsync(entries[0], count, cancellationToken) is not { } first)
        {
            return null;
        }

        var found = new List<PublicEntry> { Public(entries[0], first.LeafIndex) };
        long end = Math.Min(first.LeafIndex + entries.Length, await log.TreeSizeAsync(cancellationToken));
        for (long next = first.LeafIndex + 1; next < end;)
        {
            long upTo = Math.Min(end, ((next / TileCoordinate.WidthMax) + 1) * TileCoordinate.WidthMax);
            foreach (ReadOnlyMemory<byte> leaf in await log.LeavesAsync(next, upTo, count, cancellationToken))
            {
                EntryId entry = entries[(int)(next - first.LeafIndex)];
                if (!IsOf(leaf, entry))
                {
                    return found;
                }

                found.Add(Public(entry, next++));
            }
        }

        return found;
    }

    private static PublicEntry Public(EntryId entry, long leafIndex) => new(entry, leafIndex, $"/api/entries/{entry}/proof");

    private static bool IsOf(ReadOnlyMemory<byte> leaf, EntryId entry)
    {
        using JsonDocument document = JsonDocument.Parse(leaf);
        return document.RootElement.GetProperty("id").ValueEquals(entry.Value);
    }
}
