using System.Diagnostics;
using System.Text.Json;
using DisclosureCloud.Functions.Hosting.Entries;
using DisclosureCloud.Ledger;
using DisclosureCloud.Testing;

namespace DisclosureCloud.Benchmarks;

/// <summary>What a point query reads of an archive, and how fast filtered scans are beside unpacking and parsing the same bytes, in processor time.</summary>
internal static class Queries
{
    private const int Points = 1_000;

    public static async Task RunAsync(int count, TextWriter output)
    {
        using var folder = new TemporaryFolder();
        var archive = new BuiltArchive(folder.Path);
        await archive.BuildAsync(count, Console.Error);
        output.WriteLine(Invariant($"{count} entries, {archive.LeafBytes} bytes of leaves, {archive.Segments.Count} segments of {archive.ArchiveBytes} bytes"));
        await PointsAsync(archive, output);

        // Twice: what the system keeps of the files is then the same for all, and the code is compiled.
        for (int run = 1; run <= 2; run++)
        {
            output.WriteLine(Invariant($"run {run}"));
            double plain = await ProcessorTime.OfAsync(() => UnpackAndParseAsync(archive, withOpenings: false));
            double opened = await ProcessorTime.OfAsync(() => UnpackAndParseAsync(archive, withOpenings: true));
            await ScanAsync(archive, output, plain, "kind", "carry-over");
            await ScanAsync(archive, output, plain, "amountMax", "0");
            await ScanAsync(archive, output, opened, "text", "no text has this");
        }
    }

    private static async Task PointsAsync(BuiltArchive archive, TextWriter output)
    {
        var finder = new LeafFinder(new ArchiveSeals(archive.Archive), new SegmentFiles(archive.Archive), new PublishedLog(archive.Site));
        var indexes = new ReadCount();
        await finder.FindAsync(EntryId.Of(PostingId.Of(SampleWorld.Department, "nobody"), 1), indexes, CancellationToken.None);
        var random = new Random(1);
        (int most, long segments, long blocks, long bytes) = (0, 0, 0, 0);
        long begun = Stopwatch.GetTimestamp();
        for (int point = 0; point < Points; point++)
        {
            int at = random.Next(archive.Ids.Count);
            var count = new ReadCount();
            if (await finder.FindAsync(archive.Ids[at], count, CancellationToken.None) is not { } found || found.LeafIndex != at)
            {
                throw new InvalidOperationException($"The entry of leaf {at} was not found.");
            }

            (most, segments, blocks, bytes) = (Math.Max(most, count.Segments), segments + count.Segments, blocks + count.Blocks, bytes + count.Bytes);
        }

        double milliseconds = Stopwatch.GetElapsedTime(begun).TotalMilliseconds / Points;
        output.WriteLine(Invariant($"indexes, read once: {indexes.Bytes} bytes"));
        output.WriteLine(Invariant(
            $"{Points} point queries: {most} segments at most, {1.0 * segments / Points:F3} segments, {1.0 * blocks / Points:F3} blocks and {bytes / Points} bytes each, {milliseconds:F2} ms each"));
    }

    private static async Task ScanAsync(BuiltArchive archive, TextWriter output, double seconds, string name, string value)
    {
        var search = new EntrySearch(new ArchiveSeals(archive.Archive), new SegmentFiles(archive.Archive), new PublishedLog(archive.Site));
        var findings = new Findings();
        EntryRequest request = EntryQueryReader.Read(
            [KeyValuePair.Create(name, (IReadOnlyList<string>)[value]), KeyValuePair.Create("limit", (IReadOnlyList<string>)["1000"])], TimeZoneInfo.Utc, findings)!;
        (int found, int pages, int segments, long bytes) = (0, 0, 0, 0);
        double own = await ProcessorTime.OfAsync(async () =>
        {
            for (EntryRequest? next = request; next is not null; pages++)
            {
                EntryPage page = (await search.PageAsync(next, CancellationToken.None)).Page!;
                (found, segments, bytes) = (found + page.Entries.Length, segments + page.Read.Segments, bytes + page.Read.Bytes);
                next = page.Next is { } text && EntryCursor.TryParse(text, request.Filters, out EntryCursor? cursor) ? request with { Cursor = cursor } : null;
            }
        });
        output.WriteLine(Invariant(
            $"  {name}={value}: {found} found on {pages} pages, {segments} segments and {bytes} bytes read in {own:F2} s; unpacking and parsing the same takes {seconds:F2} s: {seconds / own:F2} of its rate"));
    }

    // What no query over these bytes can do without.
    private static async Task UnpackAndParseAsync(BuiltArchive archive, bool withOpenings)
    {
        for (int segment = 0; segment < archive.Segments.Count; segment++)
        {
            byte[] file = (await archive.Archive.ReadAsync(archive.Segments[segment], CancellationToken.None))!;
            foreach (SegmentBlock block in Segment.ReadIndex(file).Blocks)
            {
                Parse(Segment.ReadBlock(block, file.AsMemory((int)block.Offset, block.Size)));
            }

            for (int bundle = 0; withOpenings && bundle < Segment.Blocks; bundle++)
            {
                byte[] lines = (await archive.Site.ReadAsync(PublishedOpenings.PathOf((segment * Segment.Blocks) + bundle), CancellationToken.None))!;
                for (int at = 0; at < lines.Length;)
                {
                    int length = lines.AsSpan(at).IndexOf((byte)'\n');
                    Parse([lines.AsMemory(at, length)]);
                    at += length + 1;
                }
            }
        }
    }

    private static void Parse(IReadOnlyList<ReadOnlyMemory<byte>> leaves)
    {
        foreach (ReadOnlyMemory<byte> leaf in leaves)
        {
            using JsonDocument document = JsonDocument.Parse(leaf);
        }
    }

    private static string Invariant(FormattableString text) => FormattableString.Invariant(text);
}
