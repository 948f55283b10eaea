using DisclosureCloud.Functions.Hosting;
using DisclosureCloud.Functions.Hosting.Bearer;
using DisclosureCloud.Functions.Hosting.Entries;
using DisclosureCloud.Functions.Hosting.Evidence;
using DisclosureCloud.Functions.Tests.Postings;
using DisclosureCloud.Functions.Tests.Publishing;
using DisclosureCloud.Functions.Tests.Running;
using DisclosureCloud.Ledger;
using DisclosureCloud.Transparency;

namespace DisclosureCloud.Functions.Tests.Evidence;

/// <summary>What is given while the files of a publish are put, one after another, and where it was cut off.</summary>
public sealed class MidPublishTests
{
    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Site_CutOffBeforeEachFileOfAPublish_GivesTheOldPackOrNone_AndEveryEntryAndProof()
    {
        using PublishWorld world = await PublishWorld.OpenAsync();
        await world.PublishAsync();
        byte[] before = await Packs.OfFinanceAsync(world);
        await world.Desks.RecordAsync(Office.Notice("n-three", "notices/beita-2020-batch1.json"), "three");

        var given = new List<string>();
        var refused = new List<string>();
        for (int cut = 0; await CutOffAsync(world, cut) is { } next; cut++)
        {
            bool isGiven = await FindAsync(world) is not null;
            (isGiven ? given : refused).Add(next);
            if (isGiven && given.Count % 10 == 1)
            {
                (await Packs.OfFinanceAsync(world)).ShouldBe(before, next);
            }

            await ShouldProveAsync(world, next);
        }

        given.ShouldNotBeEmpty("what is put first is not in the pack");
        refused.ShouldContain("log/checkpoint", StringComparer.Ordinal); // The manifest is new, and what vouches for it is not there yet.
        refused[^1].ShouldBe("status.json");
        byte[] after = await Packs.OfFinanceAsync(world);
        after.ShouldNotBe(before);
        var reader = new PackReader(await Packs.FilesAsync(after), System.Text.Encoding.UTF8.GetString((await world.FilesAsync())["log/vkey"]));
        reader.CheckSums();
        reader.Follow().Pages.ShouldBeGreaterThan(4);
    }

    [Fact]
    public async Task Pack_OfFilesThatDoNotFit_OrAreNotThereYet_IsRefusedBeforeAnythingIsWritten()
    {
        using PublishWorld world = await PublishWorld.OpenAsync();
        await world.PublishAsync();
        SortedDictionary<string, byte[]> files = await world.FilesAsync();
        await world.MeddleAsync("notices/n-one/index.html", "<!doctype html>"u8.ToArray());
        await Should.ThrowAsync<MidPublishException>(() => Packs.FindAsync(world));
        await world.MeddleAsync("notices/n-one/index.html", files["notices/n-one/index.html"]);
        foreach (string missing in new[] { "notices/n-one/index.html", "data/manifest.json", "log/vkey", "log/checkpoint", "status.json" })
        {
            await world.MeddleAsync(missing, null);
            await Should.ThrowAsync<MidPublishException>(() => Packs.FindAsync(world), missing);
            await world.MeddleAsync(missing, files[missing]);
            (await FindAsync(world)).ShouldNotBeNull(missing);
        }

        // A page that is put anew after that: what was written is no zip.
        (EvidencePack pack, PackContents contents) = await Packs.FindAsync(world);
        await world.MeddleAsync("notices/n-one/index.html", "<!doctype html>"u8.ToArray());
        using var output = new MemoryStream();
        await Should.ThrowAsync<MidPublishException>(() => pack.WriteAsync(output, [], contents, Cancel));
        await Should.ThrowAsync<InvalidDataException>(() => Packs.FilesAsync(output.ToArray()));
    }

    [Fact]
    public async Task Status_ThatNamesNoPublication_IsAMistakeAndNoMatterOfTheMoment()
    {
        using PublishWorld world = await PublishWorld.OpenAsync();
        await world.PublishAsync();
        string status = System.Text.Encoding.UTF8.GetString((await world.FilesAsync())["status.json"]);
        foreach ((string old, string by) in new[] { ("\"leafIndex\":", "\"leafIndex\":1"), ("\"leafIndex\":", "\"leafIndex\":-"), ("\"publication\":\"", "\"publication\":\"a"), ("{", "[") })
        {
            await world.MeddleAsync("status.json", System.Text.Encoding.UTF8.GetBytes(status.Replace(old, by, StringComparison.Ordinal)));
            await Should.ThrowAsync<InvalidDataException>(() => Packs.OfFinanceAsync(world), by);
        }
    }

    [Fact]
    public async Task Http_BetweenTheLogAndTheStatus_RefusesThePackFor10Seconds_AndAnswersEntriesAndProofs()
    {
        await using var app = new RunningApp { Listening = new Listening.ForHost(Port: 0) }; // So that no publisher of its own is at it.
        await app.InitializeAsync();
        var office = new Office(app);
        string auditor = app.Token("audit", "audit-auditor", Role.Auditor);
        await office.OpenFundAsync("between", 100_000);
        (await app.GetAsync("/api/evidence-packs?fund=between", auditor)).ShouldBeProblem(400, "not-published");
        await app.Publisher.PublishAsync(at: null, Cancel);
        byte[] earlier = (await app.Stores.Site.ReadAsync("status.json", Cancel))!;
        string entry = (await office.RecordAsync(Office.Allocation("between", 60_000))).Entries.Single();
        await app.Publisher.PublishAsync(at: null, Cancel);
        byte[] later = (await app.Stores.Site.ReadAsync("status.json", Cancel))!;

        await PutStatusAsync(earlier);
        Answer refused = (await app.GetAsync("/api/evidence-packs?fund=between", auditor)).ShouldBeProblem(503, "being-published");
        refused.RetryAfter.ShouldBe("10");
        (await app.GetAsync("/api/evidence-packs?fund=between&limit=3", auditor)).ShouldBeProblem(400, "unknown-parameter");
        (await app.GetAsync("/api/entries?fund=between", auditor)).ShouldBe(200).Text.ShouldContain(entry, Case.Sensitive);
        (await app.GetAsync($"/api/entries/{entry}/proof")).ShouldBe(200);
        (await app.GetAsync("/api/log/consistency?from=1&to=3")).ShouldBe(200);
        app.Diagnostics.ShouldNotContain("unhandled exception");
        app.Diagnostics.ShouldContain("status.json is of a tree of");

        await PutStatusAsync(later);
        (await app.GetAsync("/api/evidence-packs?fund=between", auditor)).ShouldBe(200);

        async Task PutStatusAsync(byte[] status)
        {
            await app.Stores.Site.RecoverAsync(Cancel);
            await app.Stores.Site.StageAsync("status.json", status, Cancel);
            await app.Stores.Site.ApplyAsync(["status.json"], [], Cancel);
        }
    }

    // Publishes, or rolls forward, up to a file that is put no more. Null where all are put.
    private static async Task<string?> CutOffAsync(PublishWorld world, int files)
    {
        string? next = null;
        int put = 0;
        world.Site.BeforeChange = path =>
        {
            if (put++ == files)
            {
                next = path;
                throw new CrashException();
            }
        };
        try
        {
            await (files == 0 ? world.PublishAsync() : world.Site.RecoverAsync(Cancel));
        }
        catch (CrashException)
        {
        }

        world.Site.BeforeChange = null;
        return next;
    }

    private static async Task<PackContents?> FindAsync(PublishWorld world)
    {
        try
        {
            return (await Packs.FindAsync(world)).Contents;
        }
        catch (MidPublishException)
        {
            return null;
        }
    }

    // Entries and proofs need the log's files alone, of which each is put before the checkpoint that needs it.
    private static async Task ShouldProveAsync(PublishWorld world, string next)
    {
        var log = new PublishedLog(world.Site);
        PublishedCheckpoint published = (await log.CheckpointAsync(Cancel))!;
        (EntryPage? page, _) = await Packs.SearchOf(world, log).PageAsync(new EntryRequest(new EntryQuery(), AsOf: null, EntryRequest.LimitMax, Cursor: null, Format: null, Filters: ""), Cancel);
        page!.Entries.Length.ShouldBe((int)published.Head.Size, next);
        var proofs = new LogProofs(log);
        var finder = new LeafFinder(new ArchiveSeals(world.Archive), new SegmentFiles(world.Archive), log);
        FoundLeaf last = (await finder.FindAsync(page.Entries[^1].Entry, new ReadCount(), Cancel)).ShouldNotBeNull(next);
        (InclusionProof inclusion, TreeHead head) = await proofs.InclusionAsync(last, published.Head.Size, published, Cancel);
        inclusion.Verify(Rfc6962.LeafHash(last.Bytes.Span), head);
        (ConsistencyProof growth, TreeHead older, TreeHead newer) = await proofs.ConsistencyAsync(3, published.Head.Size, published, Cancel);
        growth.Verify(older, newer);
    }
}
