using System.Collections.Immutable;
using System.Text.Json;
using DisclosureCloud.Functions.Hosting.Http;
using DisclosureCloud.Ledger;

namespace DisclosureCloud.Functions.Hosting.Entries;

/// <summary>Finds entries in the archive and in the log's tail, a page at a time, in leaf order.</summary>
/// <remarks>
/// Memory holds one block and the page. A page is over when it is full, when it is as large as <see cref="PageSizeMax"/>, or when as much was
/// looked through as one request may: then it may hold few entries or none, and says where the next one begins.
/// </remarks>
internal sealed class EntrySearch(ArchiveSeals seals, SegmentFiles segments, PublishedLog log)
{
    /// <summary>In bytes of leaves and openings. One entry more may come to it.</summary>
    public const int PageSizeMax = 8 * 1024 * 1024;

    /// <summary>The leaves that one request looks through: a few seconds of work, well within what the Functions host gives an answer.</summary>
    public const int LeavesMax = 64 * Segment.LeavesMax;

    /// <summary>For tests: a smaller <see cref="LeavesMax"/>.</summary>
    internal int LookThroughMax { get; init; } = LeavesMax;

    /// <summary>What looking at an index counts for, so that a request ends too that passes over every segment.</summary>
    private const int LeavesOfAnIndex = 64;

    /// <returns>The page, or what is wrong with the tree that is asked for.</returns>
    /// <exception cref="InvalidDataException">A store holds something else than what was sealed or published.</exception>
    public async Task<(EntryPage? Page, Finding? Fault)> PageAsync(EntryRequest request, CancellationToken cancellationToken)
    {
        long published = await log.TreeSizeAsync(cancellationToken);
        long treeSize = request.Cursor?.TreeSize ?? request.AsOf ?? published;
        if (treeSize > published)
        {
            string name = request.Cursor is null ? "asOf" : "cursor";
            return (null, new Finding("", "not-published", $"{name} names a tree that is larger than the published one.", Text(treeSize), $"0 to {Text(published)}") { Parameter = name });
        }

        var page = new Work(request, treeSize, LookThroughMax);
        ImmutableArray<ArchiveSeal> sealedSegments = await seals.ReadAsync(cancellationToken);
        while (page.Goes)
        {
            cancellationToken.ThrowIfCancellationRequested();
            long segment = page.Next / Segment.LeavesMax;
            if (segment < sealedSegments.Length)
            {
                await ScanSegmentAsync(page, sealedSegments[(int)segment], cancellationToken);
            }
            else
            {
                long end = Math.Min(treeSize, ((page.Next / Segment.BlockLeaves) + 1) * Segment.BlockLeaves);
                await ScanAsync(page, await log.LeavesAsync(page.Next, end, page.Count, cancellationToken), cancellationToken);
            }
        }

        return (page.Done(), null);
    }

    private async Task ScanSegmentAsync(Work page, ArchiveSeal seal, CancellationToken cancellationToken)
    {
        long end = Math.Min(page.TreeSize, seal.FirstLeaf + seal.Leaves);
        SegmentIndex index = await segments.IndexAsync(seal, page.Count, cancellationToken);
        page.LookedThrough += LeavesOfAnIndex;
        int from = (int)(page.Next - seal.FirstLeaf) / Segment.BlockLeaves;
        int to = (int)(end - 1 - seal.FirstLeaf) / Segment.BlockLeaves;
        int[] blocks = page.Request.Query.MayBeIn(index) ? [.. page.Request.Query.BlocksIn(index).Where(block => block >= from && block <= to)] : [];
        if (blocks.Length > 0)
        {
            await foreach ((int block, IReadOnlyList<ReadOnlyMemory<byte>> leaves) in segments.BlocksAsync(seal, index, blocks, page.Count, cancellationToken))
            {
                cancellationToken.ThrowIfCancellationRequested();
                long first = seal.FirstLeaf + ((long)block * Segment.BlockLeaves);
                page.Next = Math.Max(page.Next, first);
                await ScanAsync(page, [.. leaves.Take((int)(page.TreeSize - first)).Skip((int)(page.Next - first))], cancellationToken);
                if (!page.Goes)
                {
                    return;
                }
            }
        }

        page.Next = end;
    }

    // Leaves from page.Next on, all of one bundle. Its openings are read when the first leaf needs them.
    private async Task ScanAsync(Work page, IReadOnlyList<ReadOnlyMemory<byte>> leaves, CancellationToken cancellationToken)
    {
        PublishedOpenings? openings = null;
        page.LookedThrough += leaves.Count;
        foreach (ReadOnlyMemory<byte> bytes in leaves)
        {
            if (page.Marks.MayMatch(bytes.Span))
            {
                openings = page.AsksOpeningsAlone ? openings ?? await OpeningsAsync(page, cancellationToken) : openings;
                using JsonDocument? leaf = Matching(page, bytes, openings);
                if (leaf is not null)
                {
                    openings ??= await OpeningsAsync(page, cancellationToken);
                    TakeMatching(page, leaf.RootElement, bytes.Length, openings);
                }
            }

            page.Next++;
            if (page.IsFull)
            {
                return;
            }
        }
    }

    private Task<PublishedOpenings> OpeningsAsync(Work page, CancellationToken cancellationToken) =>
        log.OpeningsAsync(page.Next / Segment.BlockLeaves, page.Count, cancellationToken);

    /// <summary>The leaf, where what it says in clear matches; where texts alone are asked for, what opens it is looked at before it is parsed.</summary>
    private static JsonDocument? Matching(Work page, ReadOnlyMemory<byte> bytes, PublishedOpenings? openings)
    {
        EntryQuery query = page.Request.Query;
        if (page.AsksOpeningsAlone && !query.MayMatch(Of(openings!, page.Next, LeafTerms.IdOf(bytes.Span))))
        {
            return null;
        }

        JsonDocument leaf = JsonDocument.Parse(bytes);
        if (query.Matches(new LeafTerms(leaf.RootElement), leaf.RootElement))
        {
            return leaf;
        }

        leaf.Dispose();
        return null;
    }

    private static void TakeMatching(Work page, JsonElement leaf, int length, PublishedOpenings openings)
    {
        EntryQuery query = page.Request.Query;
        var terms = new LeafTerms(leaf);
        IReadOnlyList<PublishedOpening> opened = Of(openings, page.Next, terms.Id);
        if (query.NeedsOpenings && !query.MayMatch(opened))
        {
            return;
        }

        var values = new Dictionary<Commitment, string>(opened.Select(one => KeyValuePair.Create(one.Commitment, one.Value)));
        var says = OpenedLeaf.Of(leaf, values.GetValueOrDefault);
        if (!query.NeedsOpenings || query.Matches(says, terms.Kind))
        {
            page.Add(FoundEntry.Of(page.Next, leaf, says), length + opened.Sum(one => one.Value.Length));
        }
    }

    private static IReadOnlyList<PublishedOpening> Of(PublishedOpenings openings, long leafIndex, string entry)
    {
        try
        {
            return openings.AllOf(leafIndex, entry);
        }
        catch (FormatException fault)
        {
            throw new InvalidDataException(fault.Message, fault);
        }
    }

    private static string Text(long number) => number.ToString(System.Globalization.CultureInfo.InvariantCulture);

    /// <summary>A page while it is made.</summary>
    private sealed class Work(EntryRequest request, long treeSize, int lookThroughMax)
    {
        private readonly List<FoundEntry> _entries = [];
        private long _size;

        public EntryRequest Request => request;

        public long TreeSize => treeSize;

        public ReadCount Count { get; } = new();

        /// <summary>The leaf that is looked at next.</summary>
        public long Next { get; set; } = request.Cursor?.NextLeaf ?? 0;

        public int LookedThrough { get; set; }

        public LeafMarks Marks { get; } = new(request.Query);

        public bool AsksOpeningsAlone { get; } = request.Query.AsksOpeningsAlone;

        public bool IsFull => _entries.Count >= request.Limit || _size >= PageSizeMax;

        public bool Goes => Next < treeSize && !IsFull && LookedThrough < lookThroughMax;

        public void Add(FoundEntry entry, int size)
        {
            _entries.Add(entry);
            _size += size;
        }

        public EntryPage Done() => new(
            treeSize,
            [.. _entries],
            Next < treeSize ? new EntryCursor(treeSize, Next).ToText(request.Filters) : null,
            new ReadFigures(Count.Segments, Count.Blocks, Count.Bytes));
    }
}
