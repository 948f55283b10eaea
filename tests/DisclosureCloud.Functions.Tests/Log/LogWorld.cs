using DisclosureCloud.Functions.Hosting;
using DisclosureCloud.Functions.Hosting.Following;
using DisclosureCloud.Functions.Hosting.Log;
using DisclosureCloud.Functions.Tests.Publishing;
using DisclosureCloud.Ledger;
using DisclosureCloud.Testing;
using DisclosureCloud.Transparency;

namespace DisclosureCloud.Functions.Tests.Log;

/// <summary>A ledger, a log and an archive in memory, sequencers that can be killed at every write, and a reader who forgets no checkpoint.</summary>
internal sealed partial class LogWorld : IDisposable
{
    public const string Origin = "test.example/log";

    private readonly List<IDisposable> _owned = [];
    private readonly MemoryArchive _archive = new();
    private MemoryArchive _full = new();
    private MemoryArchive _edge = new();
    private MemoryCells _cells = new();
    private readonly MemoryCells _followed = new();
    private readonly Dictionary<long, TreeHash> _seen = [];
    private readonly Dictionary<StreamName, long> _versions = [];

    public LogWorld() => (Key, Signer) = MakeKey(Origin);

    public VerifierKey Key { get; private set; }

    public CheckpointSigner Signer { get; private set; }

    /// <summary>The log that it follows, as its operator names it; null for the first.</summary>
    public Predecessor? Predecessor { get; set; }

    public ILedgerStore Ledger { get; set; } = new MemoryLedgerStore();

    public IDictionary<string, byte[]> Full => _full.Files;

    public IDictionary<string, byte[]> Edge => _edge.Files;

    public IDictionary<string, byte[]> Archive => _archive.Files;

    /// <summary>The segments in the archive, by path.</summary>
    public IReadOnlyList<string> Segments => [.. Archive.Keys.Where(path => path.StartsWith(Segment.Folder, StringComparison.Ordinal))];

    public MemoryCells Cells => _cells;

    public MemorySiteFiles Site { get; } = new();

    public AlarmLog Raised { get; } = new();

    public ManualClock Clock { get; } = new(TestCommits.RecordedAt);

    public static CancellationToken Cancel => TestContext.Current.CancellationToken;

    /// <summary>A sequencer as another process has it.</summary>
    /// <param name="write">Hears of each write before it (true) and after it (false), and may throw.</param>
    public Sequencer Start(Action<string, bool>? write = null)
    {
        MemoryArchive full = _full.Open(), edge = _edge.Open(), archive = _archive.Open();
        MemoryCells cells = _cells.Open();
        foreach ((MemoryArchive files, string name) in new[] { (full, "full"), (edge, "edge"), (archive, "archive") })
        {
            files.BeforeWrite = path => write?.Invoke($"{name} {path}", true);
            files.AfterWrite = path => write?.Invoke($"{name} {path}", false);
        }

        cells.Before = (request, _) => Tell(request, true);
        cells.After = async (request, _) =>
        {
            if (request is CellRequest.Create && await _cells.GetAsync(LogHome.First.Row, Cancel) is { } cell)
            {
                FirstSigned = Signer.Open(cell.Value.Span, "the test").Head;
            }

            if (request is CellRequest.Create or CellRequest.Replace)
            {
                await LookAsync(); // What stands in the row for a moment may be what a reader gets.
            }

            await Tell(request, false);
        };
        Task Tell(CellRequest request, bool before)
        {
            if (request is CellRequest.Create or CellRequest.Replace)
            {
                write?.Invoke("checkpoint", before);
            }

            return Task.CompletedTask;
        }

        var alarms = new Alarms(Raised);
        var archiver = new Archiver(Ledger, archive, _followed, alarms);
        var log = new LogFiles(full, edge);
        var row = new CheckpointCell(cells, Signer, LogHome.First.Row);
        var keeper = new LogKeeper(log, row, Signer, new Succession(Predecessor, log, row, Signer, Site));
        var sequencer = new Sequencer(Ledger, keeper, Signer, archiver, new Sealer(Ledger, archive, log, Clock), Site, alarms, Clock);
        _owned.AddRange([sequencer, archiver]);
        return sequencer;
    }

    /// <summary>What an audit of the archive finds, in another process.</summary>
    public Task<ArchiveFindings> AuditAsync()
    {
        var alarms = new Alarms(Raised);
        var archiver = new Archiver(Ledger, _archive.Open(), _followed, alarms);
        _owned.Add(archiver);
        return new ArchiveAudit(Ledger, _archive.Open(), archiver, alarms).CheckAsync(Start().IsSegmentAsync, Cancel);
    }

    /// <summary>In a world each, a sequencer is frozen before or after each of its writes; another goes on and appends; then the first wakes: one history.</summary>
    /// <param name="open">A world where there is something to write.</param>
    public static async Task FreezeAtEachWriteAsync(Func<Task<LogWorld>> open)
    {
        int writes = int.MaxValue;
        for (int k = 0; k < writes; k++)
        {
            foreach (bool atBefore in new[] { true, false })
            {
                using LogWorld world = await open();
                int count = 0;
                Sequencer frozen = world.Start((_, before) =>
                {
                    if (before == atBefore && count++ == k)
                    {
                        world.RecordAsync(7, "other").GetAwaiter().GetResult(); // In memory: it is done at once.
                        world.Start().FollowAsync(Cancel).GetAwaiter().GetResult();
                        world.LookAsync().GetAwaiter().GetResult();
                    }
                });
                await frozen.FollowAsync(Cancel);
                await world.Start().FollowAsync(Cancel);
                await world.AssertOneHistoryAsync();
                world.Raised.Lines.ShouldBeEmpty($"write {k}");
                writes = count;
            }
        }

        writes.ShouldBeGreaterThan(8);
    }

    /// <summary>Records a commit with so many entries.</summary>
    public async Task<Commit> RecordAsync(int entries, string fund = "one")
    {
        StreamName stream = TestCommits.Fund(fund);
        long version = _versions[stream] = _versions.GetValueOrDefault(stream, -1) + 1;
        Commit commit = TestCommits.Of(stream, version, entries: entries);
        (await Ledger.AppendAsync(commit, Cancel)).ShouldBe(AppendOutcome.Appended);
        return commit;
    }

    /// <summary>Records so many real entries in a stream of their own: a segment's index reads what they say.</summary>
    public async Task RecordFactsAsync(int entries)
    {
        string name = $"of-{_versions.Count}-{entries}";
        StreamName stream = TestCommits.Fund(name);
        _versions[stream] = 0;
        Fact[] facts = [.. Enumerable.Range(1, entries).Select(number => new Interest(Id.Parse<FundId>(name), new Money(number, Currency.Cny), null, null, null))];
        (await Ledger.AppendAsync(TestCommits.Of(stream, facts), Cancel)).ShouldBe(AppendOutcome.Appended);
    }

    /// <summary>Looks at the checkpoint as the public might: whatever was ever there must be the beginning of all that comes.</summary>
    public async Task LookAsync()
    {
        if (await _cells.GetAsync(LogHome.First.Row, Cancel) is { } cell)
        {
            TreeHead head = Signer.Open(cell.Value.Span, "the test").Head;
            head.Size.ShouldBeGreaterThanOrEqualTo(_seen.Keys.DefaultIfEmpty().Max(), "The row was set back.");
            _seen.TryAdd(head.Size, head.Root);
            _seen[head.Size].ShouldBe(head.Root, $"Two trees of {head.Size} leaves were signed.");
        }
    }

    /// <summary>Every entry of the ledger is in the log once, and every checkpoint that was seen is of its history.</summary>
    public async Task<IReadOnlyList<ReadOnlyMemory<byte>>> AssertOneHistoryAsync()
    {
        await LookAsync();
        Cell cell = (await _cells.GetAsync(LogHome.First.Row, Cancel)).ShouldNotBeNull();
        TreeHead head = Signer.Open(cell.Value.Span, "the test").Head;
        IReadOnlyList<ReadOnlyMemory<byte>> leaves = await LeavesAsync();
        var edge = TreeEdge.Empty;
        foreach (ReadOnlyMemory<byte> leaf in leaves)
        {
            edge = edge.Append([Rfc6962.LeafHash(leaf.Span)]).Edge;
            if (_seen.TryGetValue(edge.Head.Size, out TreeHash root))
            {
                root.ShouldBe(edge.Head.Root, $"A checkpoint of {edge.Head.Size} leaves was signed that is of another history.");
            }
        }

        edge.Head.ShouldBe(head);
        _seen.Keys.Max().ShouldBe(head.Size);
        string[] ledger = [.. (await CommitsAsync()).SelectMany(commit => commit.Entries).Select(leaf => leaf.ToString()).Order(StringComparer.Ordinal)];
        leaves.Select(leaf => System.Text.Encoding.UTF8.GetString(leaf.Span)).Order(StringComparer.Ordinal)
            .SequenceEqual(ledger, StringComparer.Ordinal).ShouldBeTrue("Every entry of the ledger is in the log once.");
        await AssertTilesAsync(head);
        return leaves;
    }

    /// <summary>The leaves of the log, read from its bundles.</summary>
    public async Task<IReadOnlyList<ReadOnlyMemory<byte>>> LeavesAsync()
    {
        Cell cell = (await _cells.GetAsync(LogHome.First.Row, Cancel)).ShouldNotBeNull();
        long size = Signer.Open(cell.Value.Span, "the test").Head.Size;
        var leaves = new List<ReadOnlyMemory<byte>>();
        await foreach ((long index, ReadOnlyMemory<byte> bytes) in new LogFiles(_full, _edge).LeavesAsync(0, size, size, Cancel))
        {
            index.ShouldBe(leaves.Count);
            leaves.Add(bytes);
        }

        return leaves;
    }

    private async Task AssertTilesAsync(TreeHead head)
    {
        var files = new LogFiles(_full, _edge);
        foreach (TileCoordinate tile in Tiling.Tiles(head.Size))
        {
            (await files.ReadAsync(tile, Cancel)).Length.ShouldBe(tile.SizeBytes);
        }

        string[] edge =
        [
            .. Tiling.PartialTiles(head.Size).Select(tile => tile.Path),
            .. Tiling.EntryBundles(head.Size).Where(bundle => !bundle.Tile.IsFull).Select(bundle => bundle.Path),
        ];
        edge.Except(_edge.Files.Keys, StringComparer.Ordinal).ShouldBeEmpty();
    }

    private async Task<IReadOnlyList<Commit>> CommitsAsync()
    {
        var commits = new List<Commit>();
        await foreach (CommitAt read in Ledger.ReadAllAsync(Cursor.Start, Cancel))
        {
            commits.Add(read.Commit);
        }

        return commits;
    }

    public void Dispose() => _owned.ForEach(one => one.Dispose());
}
