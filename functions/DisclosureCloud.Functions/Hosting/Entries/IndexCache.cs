using DisclosureCloud.Ledger;

namespace DisclosureCloud.Functions.Hosting.Entries;

/// <summary>Indexes that were read, as many as fit: they never change. The one that was not asked for longest goes first.</summary>
internal sealed class IndexCache
{
    /// <summary>In bytes: the indexes of some millions of entries.</summary>
    public const long SizeMax = 64 * 1024 * 1024;

    private readonly Lock _lock = new();
    private readonly Dictionary<long, LinkedListNode<SegmentIndex>> _bySegment = [];
    private readonly LinkedList<SegmentIndex> _byUse = [];
    private readonly long _sizeMax;
    private long _size;

    public IndexCache(long sizeMax = SizeMax) => _sizeMax = sizeMax;

    public int Count
    {
        get
        {
            lock (_lock)
            {
                return _bySegment.Count;
            }
        }
    }

    public SegmentIndex? Find(long segment)
    {
        lock (_lock)
        {
            if (!_bySegment.TryGetValue(segment, out LinkedListNode<SegmentIndex>? node))
            {
                return null;
            }

            _byUse.Remove(node);
            _byUse.AddFirst(node);
            return node.Value;
        }
    }

    public void Keep(SegmentIndex index)
    {
        lock (_lock)
        {
            if (_bySegment.ContainsKey(index.Segment))
            {
                return; // Another request read it at the same time.
            }

            _bySegment.Add(index.Segment, _byUse.AddFirst(index));
            _size += index.SizeInMemory;
            while (_size > _sizeMax && _byUse.Last is { } oldest)
            {
                _byUse.RemoveLast();
                _bySegment.Remove(oldest.Value.Segment);
                _size -= oldest.Value.SizeInMemory;
            }
        }
    }
}
