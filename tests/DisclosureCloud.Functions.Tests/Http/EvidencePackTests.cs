using System.Text;
using System.Text.Json;
using DisclosureCloud.Functions.Hosting.Bearer;
using DisclosureCloud.Functions.Hosting.Entries;
using DisclosureCloud.Functions.Hosting.Evidence;
using DisclosureCloud.Functions.Tests.Entries;
using DisclosureCloud.Functions.Tests.Evidence;
using DisclosureCloud.Functions.Tests.Publishing;
using DisclosureCloud.Functions.Tests.Running;
using DisclosureCloud.Ledger;
using DisclosureCloud.Testing;
using DisclosureCloud.Transparency;

namespace DisclosureCloud.Functions.Tests.Http;

/// <summary>Packs of evidence of an app that publishes by itself, and what a stranger finds out about them without it.</summary>
public sealed class EvidencePackTests(EvidencePackTests.World app) : IClassFixture<EvidencePackTests.World>
{
    private string Auditor => app.Token("audit", "audit-auditor", Role.Auditor);

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Pack_OfAFund_HoldsItsEntriesAndProvesThem()
    {
        OrderedDictionary<string, byte[]> files = await FilesAsync("fund=pack");
        JsonElement manifest = JsonElement.Parse(files["manifest.json"]);
        manifest.GetProperty("request").GetRawText().ShouldBe("""{"fund":"pack"}""");
        manifest.GetProperty("entries").GetInt32().ShouldBe(Packs.Lines(files["entries.ndjson"]).Length);
        SignedNote note = SignedNote.Parse(files["checkpoint"]);
        VerifierKey[] keys = [.. Encoding.UTF8.GetString(files["vkey"]).TrimEnd('\n').Split('\n').Select(VerifierKey.Parse)];
        note.Verify([.. keys.Select(NoteVerifier.Of)]).Count.ShouldBe(2);
        TreeHead head = Checkpoint.Parse(note.Text).Head;
        manifest.GetProperty("treeSize").GetInt64().ShouldBe(head.Size);
        manifest.GetProperty("rootHash").GetString().ShouldBe(head.Root.ToBase64());
        new PackReader(files, Encoding.UTF8.GetString((await app.Stores.Site.ReadAsync("log/vkey", Cancel))!)).Follow().Leaves.ShouldBeGreaterThan(5);
        Tiling.PartialTiles(head.Size).ShouldContain(tile => files.ContainsKey($"log/{tile.Path}"));
    }

    [Fact]
    public async Task Pack_OfAFund_HoldsItsCorrectionsAndCountsWhatTheyAmend()
    {
        OrderedDictionary<string, byte[]> files = await FilesAsync("fund=pack");
        JsonElement[] entries = Packs.Lines(files["entries.ndjson"]);
        entries.Select(entry => entry.GetProperty("leaf").GetProperty("kind").GetString()).ShouldContain("correction", StringComparer.Ordinal);
        string figures = Encoding.UTF8.GetString(files["figures.csv"]);
        figures.ShouldContain("allocation,pack,pack-p01,CNY,2,11000000,1,6000000\r\n", Case.Sensitive);
        (await FilesAsync("project=pack-p01"))["figures.csv"].ShouldNotBeEmpty();
    }

    [Fact]
    public async Task Pack_OfANotice_HasItsPagesInBothLanguages()
    {
        OrderedDictionary<string, byte[]> files = await FilesAsync("department=finance");
        files.Keys.ShouldContain("site/notices/pack-notice/index.html", StringComparer.Ordinal);
        files.Keys.ShouldContain("site/en/notices/pack-notice/index.html", StringComparer.Ordinal);
        files.Keys.ShouldContain(path => path.EndsWith(".css", StringComparison.Ordinal));
    }

    [Fact]
    public async Task Pack_OfTheSameRequest_IsTheSameToTheByte() =>
        (await BytesAsync("fund=pack")).ShouldBe(await BytesAsync("fund=pack"));

    [Fact]
    public async Task Pack_OfAnOlderTree_HoldsNothingLater()
    {
        long third = Packs.Lines((await FilesAsync("fund=pack"))["entries.ndjson"])[2].GetProperty("leafIndex").GetInt64();
        JsonElement[] entries = Packs.Lines((await FilesAsync($"fund=pack&asOf={third}"))["entries.ndjson"]);
        entries.Length.ShouldBe(2);
    }

    [Theory]
    [InlineData("", "one-subject")]
    [InlineData("?fund=a-fund&project=b-project", "one-subject")]
    [InlineData("?asOf=1", "one-subject")]
    [InlineData("?fund=!", "bad-parameter")]
    [InlineData("?fund=pack&fund=pack", "repeated-parameter")]
    [InlineData("?fund=pack&kind=fund", "unknown-parameter")]
    [InlineData("?fund=pack&limit=5", "unknown-parameter")]
    [InlineData("?fund=pack&asOf=99999", "not-published")]
    [InlineData("?fund=pack&asOf=-1", "bad-parameter")]
    [InlineData("?payee=", "bad-parameter")]
    public async Task Pack_OfABadRequest_Is400(string query, string code) =>
        (await app.GetAsync($"/api/evidence-packs{query}", Auditor)).ShouldBeProblem(400, code);

    [Theory]
    [InlineData(Role.Poster)]
    [InlineData(Role.Approver)]
    [InlineData(Role.Operator)]
    public async Task Pack_ForAnyOtherRole_Is403(string role)
    {
        (await app.GetAsync("/api/evidence-packs?fund=pack", app.Token("finance", "finance-other", role))).ShouldBeProblem(403);
        (await app.GetAsync("/api/evidence-packs?fund=pack")).ShouldBeProblem(401);
    }

    [Fact]
    public async Task Pack_WhileTheLedgerGrowsOrTheCallerHangsUp_StaysTheSameOrEnds()
    {
        using PublishWorld world = await PublishWorld.OpenAsync();
        await world.PublishAsync();
        byte[] before = await Packs.OfFinanceAsync(world);
        await world.Desks.RecordAsync(Office.Notice("n-three", "notices/beita-2020-batch1.json"), "three");
        await world.Sequencer.FollowAsync(Cancel);
        (await Packs.OfFinanceAsync(world)).ShouldBe(before);

        using var gone = new CancellationTokenSource();
        await Should.ThrowAsync<OperationCanceledException>(() => Packs.OfFinanceAsync(world, new HangingUp(gone), gone.Token));
    }

    [Fact]
    public async Task Pack_OfThousandsOfEntries_GuardsItsTableAndNamesWhatIsWithheld()
    {
        var site = new MemorySiteFiles();
        var archive = new MemoryArchive();
        await ArchiveWorld.SealAsync(archive);
        await ArchiveWorld.PublishAsync(site);
        var log = new PublishedLog(site);
        var search = new EntrySearch(new ArchiveSeals(archive), new SegmentFiles(archive), log);
        var query = new EntryQuery { Department = Id.Parse<DepartmentId>("finance") };
        var pack = new EvidencePack(site, log, search);
        ShownPublication shown = (await pack.ShownAsync(Cancel))!;
        PackContents contents = (await pack.FindAsync(query, ArchiveWorld.TreeSize, shown, Cancel))!;
        int[] own = [.. Enumerable.Range(0, ArchiveWorld.TreeSize).Where(index => index % 3 == 0)];
        own.Length.ShouldBeGreaterThan(4_000);
        own.ShouldBeSubsetOf(contents.Selection.LeafIndexes.Select(index => (int)index));
        (await new EvidencePack(site, log, search) { EntriesMax = 4_000 }.FindAsync(query, ArchiveWorld.TreeSize, shown, Cancel)).ShouldBeNull();

        using var output = new MemoryStream();
        await pack.WriteAsync(output, [], contents, Cancel);
        OrderedDictionary<string, byte[]> files = await Packs.FilesAsync(output.ToArray());
        string table = Encoding.UTF8.GetString(files["entries.csv"]);
        table.ShouldContain("'=1+1", Case.Sensitive);
        table.Split("\r\n").SelectMany(line => line.Split(',')).ShouldAllBe(cell => !cell.StartsWith('=') && !cell.StartsWith("\"=") && !cell.StartsWith('＝'));
        JsonElement[] withheld = Packs.Lines(files["withheld.ndjson"]);
        withheld.Length.ShouldBeGreaterThan(100);
        foreach (JsonElement line in withheld)
        {
            int index = line.GetProperty("leafIndex").GetInt32();
            string[] open = [.. ArchiveWorld.Leaves[index].Openings.Where((_, at) => (index + at) % 7 != 0).Select(opening => opening.Commitment.Hex)];
            line.GetProperty("commitments").EnumerateArray().Select(one => one.GetString()).Intersect(open, StringComparer.Ordinal).ShouldBeEmpty();
        }
    }

    private async Task<byte[]> BytesAsync(string query)
    {
        using HttpRequestMessage request = RunningApp.Request(HttpMethod.Get, $"/api/evidence-packs?{query}", Auditor);
        using HttpResponseMessage response = await app.Http.SendAsync(request, Cancel);
        byte[] bytes = await response.Content.ReadAsByteArrayAsync(Cancel);
        ((int)response.StatusCode).ShouldBe(200, Encoding.UTF8.GetString(bytes));
        response.Content.Headers.ContentType!.MediaType.ShouldBe("application/zip");
        return bytes;
    }

    private async Task<OrderedDictionary<string, byte[]>> FilesAsync(string query) => await Packs.FilesAsync(await BytesAsync(query));

    /// <summary>Takes a little, and is then gone.</summary>
    private sealed class HangingUp(CancellationTokenSource gone) : MemoryStream
    {
        public override async ValueTask WriteAsync(ReadOnlyMemory<byte> buffer, CancellationToken cancellationToken = default)
        {
            await base.WriteAsync(buffer, cancellationToken);
            if (Length > 2_000)
            {
                await gone.CancelAsync();
            }
        }
    }

    /// <summary>A fund with a correction, and a notice, published.</summary>
    public sealed class World : RunningApp
    {
        public override async ValueTask InitializeAsync()
        {
            await base.InitializeAsync();
            var office = new Office(this);
            await office.OpenFundAsync("pack", 100_000);
            string allocation = (await office.RecordAsync(Office.Allocation("pack", 60_000))).Entries.Single();
            await office.RecordAsync(Office.Correction(allocation, Office.Allocation("pack", 50_000)));
            Answer notice = await office.PostNoticeAsync(Office.Notice("pack-notice"));
            await office.ApproveAsync(notice.Id);
            string last = (await office.GetAsync(notice.Id)).Entries[^1];
            await Eventually.TrueAsync("all of it is published", async () =>
                (await GetAsync($"/api/entries/{last}/proof")).Status == 200
                && await Stores.Site.ReadAsync("notices/pack-notice/index.html", Cancel) is not null
                && (await GetAsync("/api/health")).Json.GetProperty("site").GetProperty("behind").GetInt64() == 0); // status.json is the last file of a publish.
        }
    }
}
