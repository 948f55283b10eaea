using System.Globalization;
using DisclosureCloud.Functions.Hosting.Entries;
using DisclosureCloud.Functions.Hosting.Following;
using DisclosureCloud.Functions.Tests.Running;
using DisclosureCloud.Ledger;
using DisclosureCloud.Testing;

namespace DisclosureCloud.Functions.Tests.Entries;

/// <summary>What is found is what a scan of every leaf finds, and pages stay what they are.</summary>
public sealed class EntrySearchTests
{
    private readonly MemoryArchive _archive = new();
    private readonly MemoryLedgerStore _ledger = new();
    private readonly MemorySiteFiles _site = new();

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Page_OfEachFilter_IsWhatANaiveScanFinds()
    {
        EntrySearch search = await OpenAsync();
        int found = 0;
        foreach ((string name, string value) in NaiveScan.Filters())
        {
            int[] wanted = NaiveScan.Find(name, value);
            (await AllAsync(search, 1_000, (name, value))).Select(entry => (int)entry.LeafIndex).ShouldBe(wanted, $"{name}={value}");
            found += wanted.Length > 0 ? 1 : 0;
        }

        NaiveScan.Filters().GroupBy(filter => filter.Name, StringComparer.Ordinal).Where(filters => filters.All(one => NaiveScan.Find(one.Name, one.Value).Length == 0))
            .Select(filters => filters.Key).ShouldBeEmpty("a filter that never finds is not tested");
        found.ShouldBeGreaterThan(30);
    }

    [Fact]
    public async Task Page_OfSeveralFilters_IsWhatAllOfThemFind()
    {
        EntrySearch search = await OpenAsync();
        var random = new Random(7);
        (string Name, string Value)[] filters = [.. NaiveScan.Filters()];
        for (int run = 0; run < 15; run++)
        {
            (string Name, string Value)[] some = [.. Enumerable.Range(0, 2).Select(_ => filters[random.Next(filters.Length)]).DistinctBy(filter => filter.Name, StringComparer.Ordinal)];
            IEnumerable<int> wanted = some.Select(filter => (IEnumerable<int>)NaiveScan.Find(filter.Name, filter.Value)).Aggregate((one, other) => one.Intersect(other));
            if (Read(some, new Findings()) is { } request)
            {
                (await AllAsync(search, request)).Select(entry => (int)entry.LeafIndex).ShouldBe(wanted, string.Join('&', some));
            }
        }
    }

    [Fact]
    public async Task Page_ByPage_IsEveryLeafOnceInOrder()
    {
        EntrySearch search = await OpenAsync();
        (await AllAsync(search, 1_000)).Select(entry => (int)entry.LeafIndex).ShouldBe(Enumerable.Range(0, ArchiveWorld.TreeSize));
        FoundEntry[] sevens = [.. (await AllAsync(search, 7, ("kind", "fund"))).Take(100)];
        sevens.ShouldBe([.. (await AllAsync(search, 1_000, ("kind", "fund"))).Take(100)], new ByLeaf());
    }

    [Fact]
    public async Task Page_WhileEntriesArrive_IsOfTheTreeOfItsFirst()
    {
        await ArchiveWorld.SealAsync(_archive, segments: 2);
        await ArchiveWorld.PublishAsync(_site, 9_000);
        EntrySearch search = Search();
        EntryRequest first = Read([("limit", "1000")])!;
        EntryPage page = (await search.PageAsync(first, Cancel)).Page!;
        page.TreeSize.ShouldBe(9_000);

        // The third segment is sealed and the tree grows: the partial bundle of 9,000 is full by now, and gone into a segment.
        await ArchiveWorld.SealAsync(_archive, first: 2);
        await ArchiveWorld.PublishAsync(_site, ArchiveWorld.TreeSize, firstBundle: 9_000 / 256);
        FoundEntry[] rest = await AllAsync(search, Read([("limit", "1000"), ("cursor", page.Next!)])!);
        page.Entries.Concat(rest).Select(entry => (int)entry.LeafIndex).ShouldBe(Enumerable.Range(0, 9_000));
        (await search.PageAsync(Read([])!, Cancel)).Page!.TreeSize.ShouldBe(ArchiveWorld.TreeSize);
        (await AllAsync(search, 1_000, ("asOf", "9000"))).Length.ShouldBe(9_000);
        (await AllAsync(search, 1_000, ("asOf", "0"))).ShouldBeEmpty();
        (await AllAsync(search, 1_000, ("asOf", "12289"), ("from", "2021-01-01"))).Select(entry => (int)entry.LeafIndex)
            .ShouldBe(NaiveScan.Find("from", "2021-01-01").Where(at => at < 12_289));
    }

    [Fact]
    public async Task Page_OfATreeThatIsNotPublished_IsRefused()
    {
        EntrySearch search = await OpenAsync();
        Finding fault = (await search.PageAsync(Read([("asOf", "12589")])!, Cancel)).Fault!;
        (fault.Code, fault.Parameter, fault.Wanted).ShouldBe(("not-published", "asOf", "0 to 12588"));
        string cursor = new EntryCursor(20_000, 5).ToText(Read([])!.Filters);
        (await search.PageAsync(Read([("cursor", cursor)])!, Cancel)).Fault!.Parameter.ShouldBe("cursor");
        (await Search(new MemorySiteFiles()).PageAsync(Read([])!, Cancel)).Page!.Entries.ShouldBeEmpty("nothing is published");
    }

    [Fact]
    public async Task Page_OfOneEntry_ReadsOneBlock()
    {
        EntrySearch search = await OpenAsync();
        await search.PageAsync(Read([("id", ArchiveWorld.Leaves[0].Leaf.Id.Value)])!, Cancel); // Now the indexes are known.
        _archive.Reads.Clear();
        EntryPage page = (await search.PageAsync(Read([("id", ArchiveWorld.Leaves[5_000].Leaf.Id.Value)])!, Cancel)).Page!;
        page.Entries.ShouldHaveSingleItem().LeafIndex.ShouldBe(5_000);
        _archive.Reads.ShouldHaveSingleItem().Path.ShouldBe(ArchiveWorld.PathOf(1));
        page.Read.Segments.ShouldBe(1);
        page.Read.Blocks.ShouldBe(1 + 2, "a block, and the two bundles of the tail");
        page.Read.Bytes.ShouldBeGreaterThan(_archive.Reads.Single().Length);
    }

    [Fact]
    public async Task Page_ThatLooksThroughTooMuch_EndsAndGoesOn()
    {
        await OpenAsync();
        EntrySearch search = Search(lookThroughMax: 1_000);
        EntryRequest request = Read([("text", "nothing at all")])!;
        EntryPage page = (await search.PageAsync(request, Cancel)).Page!;
        page.Entries.ShouldBeEmpty();
        page.Next.ShouldNotBeNull("an empty page is not always the last");
        page.Read.Blocks.ShouldBeLessThan(10);
        (await AllAsync(search, 1_000, ("kind", "fund"))).Length.ShouldBe(NaiveScan.Find("kind", "fund").Length);
    }

    [Fact]
    public async Task Page_OfACallerWhoHangsUp_EndsTheScan()
    {
        EntrySearch search = await OpenAsync();
        await search.PageAsync(Read([("id", ArchiveWorld.Leaves[0].Leaf.Id.Value)])!, Cancel);
        using var hangUp = new CancellationTokenSource();
        _archive.Reads.Clear();
        _archive.BeforeRead = _ => hangUp.Cancel();
        await Should.ThrowAsync<OperationCanceledException>(() => search.PageAsync(Read([("text", "nothing at all")])!, hangUp.Token));
        _archive.Reads.ShouldBeEmpty();
    }

    [Fact]
    public async Task Page_OfADamagedSegment_IsNoPage()
    {
        EntrySearch search = await OpenAsync();
        _archive.Alter(ArchiveWorld.PathOf(1), bytes => bytes[^1_000] ^= 4);
        (await Should.ThrowAsync<InvalidDataException>(() => AllAsync(search, 1_000))).Message.ShouldContain(ArchiveWorld.PathOf(1));
        _archive.Lose(ArchiveWorld.PathOf(2));
        (await Should.ThrowAsync<InvalidDataException>(() => Search().PageAsync(Read([("id", ArchiveWorld.Leaves[9_999].Leaf.Id.Value)])!, Cancel))).Message.ShouldContain("lacks");
    }

    [Fact]
    public async Task Page_OfAnOpeningThatWasAltered_IsNoPage()
    {
        EntrySearch search = await OpenAsync();
        string path = PublishedOpenings.PathOf(3);
        string openings = System.Text.Encoding.UTF8.GetString((await _site.ReadAsync(path, Cancel))!);
        await ReplaceAsync(path, openings.Replace("收款单位", "别的单位", StringComparison.Ordinal));
        (await Should.ThrowAsync<InvalidDataException>(() => AllAsync(search, 1_000))).Message.ShouldContain("does not fit");
        await ReplaceAsync(path, "");
        (await AllAsync(search, 1_000, ("from", "1900-01-01"))).Where(entry => entry.LeafIndex / 256 == 3 && entry.Withheld.Length == 0 && entry.Says.Json.ContainsKey("reason"))
            .ShouldBeEmpty("what is not published is withheld");
    }

    [Fact]
    public async Task Entry_WithAWithheldValue_SaysWhereAndMatchesNoText()
    {
        EntrySearch search = await OpenAsync();
        FoundEntry[] all = await AllAsync(search, 1_000);
        int withheld = 0;
        foreach (FoundEntry entry in all)
        {
            SealedLeaf leaf = ArchiveWorld.Leaves[(int)entry.LeafIndex];
            int silent = leaf.Leaf.Json["kind"]!.ToString() == "notice" ? 1 : 0;
            (leaf.Openings.Length - ArchiveWorld.Scanned[(int)entry.LeafIndex].Values.Count - entry.Withheld.Length).ShouldBeInRange(0, silent);
            withheld += entry.Withheld.Length;
            foreach (string pointer in entry.Withheld)
            {
                pointer[1..].Split('/').Aggregate((System.Text.Json.Nodes.JsonNode?)entry.Says.Json, (node, part) => node is System.Text.Json.Nodes.JsonArray list
                    ? list[int.Parse(part, CultureInfo.InvariantCulture)] : node![part]).ShouldBeNull();
            }
        }

        withheld.ShouldBeGreaterThan(1_000);
    }

    [Fact]
    public async Task Finder_OfAnyEntry_FindsItsLeafInThreeSegmentsAtMost()
    {
        await OpenAsync();
        var seals = new ArchiveSeals(_archive);
        var finder = new LeafFinder(seals, new SegmentFiles(_archive), new PublishedLog(_site));
        for (int at = 0; at < ArchiveWorld.TreeSize; at += 37)
        {
            var count = new ReadCount();
            FoundLeaf found = (await finder.FindAsync(ArchiveWorld.Leaves[at].Leaf.Id, count, Cancel)).ShouldNotBeNull();
            found.LeafIndex.ShouldBe(at);
            found.Bytes.Span.SequenceEqual(ArchiveWorld.Leaves[at].Leaf.Bytes.Span).ShouldBeTrue();
            count.Segments.ShouldBeLessThanOrEqualTo(1);
        }

        (await finder.FindAsync(EntryId.Of(PostingId.Of(SampleWorld.Department, "nobody"), 1), new ReadCount(), Cancel)).ShouldBeNull();
    }

    [Fact]
    public async Task Finder_OfAnEntryThatIsNotPublished_FindsNothing()
    {
        await ArchiveWorld.SealAsync(_archive);
        await ArchiveWorld.PublishAsync(_site, 5_000);
        var finder = new LeafFinder(new ArchiveSeals(_archive), new SegmentFiles(_archive), new PublishedLog(_site));
        (await finder.FindAsync(ArchiveWorld.Leaves[4_999].Leaf.Id, new ReadCount(), Cancel)).ShouldNotBeNull();
        (await finder.FindAsync(ArchiveWorld.Leaves[5_000].Leaf.Id, new ReadCount(), Cancel)).ShouldBeNull();
    }

    [Fact]
    public async Task Seals_ThatLeaveASegmentOut_AreAnError()
    {
        await ArchiveWorld.SealAsync(_archive, segments: 1);
        string path = _archive.Files.Keys.Single(file => file.StartsWith("commits/site/archive/", StringComparison.Ordinal));
        Commit again = Commit.FromBytes(_archive.Files[path]) with { Version = 1, Id = "again" };
        await _archive.PutAsync(Archiver.PathOf(again), again.ToBytes(), Cancel);
        await Should.ThrowAsync<InvalidDataException>(() => new ArchiveSeals(_archive).ReadAsync(Cancel));
    }

    [Fact]
    public void Cache_OfMoreThanItsSize_ForgetsTheOldestUnused()
    {
        byte[] file = Segment.Write(0, [.. ArchiveWorld.Leaves.Take(Segment.LeavesMax).Select(leaf => leaf.Leaf.Bytes)]);
        SegmentIndex index = Segment.ReadIndex(file);
        var cache = new IndexCache(index.SizeInMemory * 3L);
        for (int segment = 0; segment < 5; segment++)
        {
            cache.Keep(index with { Segment = segment });
            cache.Find(0).ShouldNotBeNull();
        }

        cache.Count.ShouldBe(3);
        cache.Find(1).ShouldBeNull();
        cache.Find(4).ShouldNotBeNull();
    }

    private async Task<EntrySearch> OpenAsync()
    {
        await ArchiveWorld.SealAsync(_archive);
        await ArchiveWorld.PublishAsync(_site);
        return Search();
    }

    private EntrySearch Search(MemorySiteFiles? site = null, int lookThroughMax = EntrySearch.LeavesMax) =>
        new(new ArchiveSeals(_archive), new SegmentFiles(_archive), new PublishedLog(site ?? _site)) { LookThroughMax = lookThroughMax };

    private async Task ReplaceAsync(string path, string text)
    {
        await _site.StageAsync(path, System.Text.Encoding.UTF8.GetBytes(text), Cancel);
        await _site.ApplyAsync([path], [], Cancel);
    }

    private static Task<FoundEntry[]> AllAsync(EntrySearch search, int limit, params (string Name, string Value)[] filters) =>
        AllAsync(search, Read([.. filters, ("limit", limit.ToString(CultureInfo.InvariantCulture))])!);

    private static async Task<FoundEntry[]> AllAsync(EntrySearch search, EntryRequest request)
    {
        var all = new List<FoundEntry>();
        for (EntryRequest? next = request; next is not null;)
        {
            EntryPage page = (await search.PageAsync(next, Cancel)).Page.ShouldNotBeNull();
            page.Entries.Length.ShouldBeLessThanOrEqualTo(request.Limit);
            all.AddRange(page.Entries);
            next = null;
            if (page.Next is { } text)
            {
                EntryCursor.TryParse(text, request.Filters, out EntryCursor? cursor).ShouldBeTrue();
                next = request with { Cursor = cursor };
            }
        }

        return [.. all];
    }

    private static EntryRequest? Read((string Name, string Value)[] parameters, Findings? findings = null)
    {
        EntryRequest? request = EntryQueryReader.Read(
            parameters.Select(one => KeyValuePair.Create(one.Name, (IReadOnlyList<string>)[one.Value])),
            RunningApp.DeploymentOf("none").Zone,
            findings ?? new Findings());
        return findings is null ? request.ShouldNotBeNull() : request;
    }

    private sealed class ByLeaf : IEqualityComparer<FoundEntry>
    {
        public bool Equals(FoundEntry? x, FoundEntry? y) => x?.LeafIndex == y?.LeafIndex;

        public int GetHashCode(FoundEntry obj) => obj.LeafIndex.GetHashCode();
    }
}
