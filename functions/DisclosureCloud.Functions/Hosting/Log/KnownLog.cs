using System.Text.Json.Nodes;
using DisclosureCloud.Ledger;
using DisclosureCloud.Transparency;

namespace DisclosureCloud.Functions.Hosting.Log;

/// <summary>What a process has read of the log and found whole: each leaf's place, and the edge to which the next one is added.</summary>
/// <remarks>
/// It only grows. A leaf is known by its hash: its bytes hold the entry's id, so that no two are alike. Some 60 bytes of memory a leaf.
/// One adds at a time; meanwhile a publish may ask for places and size. What it must see as of one moment it asks with one size.
/// </remarks>
internal sealed class KnownLog
{
    private readonly Lock _lock = new();
    private readonly Dictionary<TreeHash, long> _places = [];

    // The leaves of the bundle that is not full yet: the next bundle begins with them.
    private readonly List<ReadOnlyMemory<byte>> _lastBundle = [];

    private ReadOnlyMemory<byte> _newest;

    public TreeEdge Edge { get; private set; } = TreeEdge.Empty;

    public TreeHead Head => Edge.Head;

    public long Size => Head.Size;

    /// <summary>When the newest leaf was recorded; null for an empty log. Ask it once the root was found right.</summary>
    public DateTimeOffset? RecordedAt => _newest.IsEmpty ? null : Instant.Parse(JsonNode.Parse(_newest.Span)!["recordedAt"]!.GetValue<string>());

    /// <summary>The index of a leaf; null where it is not in the log.</summary>
    public long? IndexOf(Leaf leaf) => IndexOf(Rfc6962.LeafHash(leaf.Bytes.Span));

    public long? IndexOf(TreeHash leaf)
    {
        lock (_lock)
        {
            return _places.TryGetValue(leaf, out long index) ? index : null;
        }
    }

    /// <summary>What the log would be with these leaves more, without changing it.</summary>
    public TreeGrowth Plan(IReadOnlyList<ReadOnlyMemory<byte>> leaves) => Edge.Append([.. leaves.Select(leaf => Rfc6962.LeafHash(leaf.Span))]);

    /// <summary>The bundles that these leaves make, the first with what lies before them in it.</summary>
    public IReadOnlyList<(EntryBundleCoordinate Bundle, byte[] Bytes)> Bundles(IReadOnlyList<ReadOnlyMemory<byte>> leaves)
    {
        long first = Size / TileCoordinate.WidthMax;
        return
        [
            .. _lastBundle.Concat(leaves).Chunk(TileCoordinate.WidthMax)
                .Select((entries, i) => (new EntryBundleCoordinate(first + i, entries.Length), EntryBundle.Encode(entries))),
        ];
    }

    /// <summary>Takes in leaves that are in the log.</summary>
    /// <returns>The tiles that the tree has by them.</returns>
    /// <exception cref="LogRefusedException">A leaf is in it twice.</exception>
    public IReadOnlyList<Tile> Add(IReadOnlyList<ReadOnlyMemory<byte>> leaves)
    {
        if (leaves.Count == 0)
        {
            return [];
        }

        TreeHash[] hashes = [.. leaves.Select(leaf => Rfc6962.LeafHash(leaf.Span))];
        lock (_lock)
        {
            for (int i = 0; i < hashes.Length; i++)
            {
                if (!_places.TryAdd(hashes[i], Size + i))
                {
                    throw new LogRefusedException($"The log refuses to start: its leaf {Size + i} is the same as leaf {_places[hashes[i]]}.");
                }
            }
        }

        TreeGrowth growth = Edge.Append(hashes);
        Edge = growth.Edge;
        _newest = leaves[^1].ToArray();

        // Copies, so that a few leaves do not keep all the memory that they were read into.
        ReadOnlyMemory<byte>[] last = [.. _lastBundle.Concat(leaves).TakeLast((int)(Size % TileCoordinate.WidthMax)).Select(leaf => leaf.ToArray())];
        _lastBundle.Clear();
        _lastBundle.AddRange(last);
        return growth.Tiles;
    }
}
