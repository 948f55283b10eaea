using System.Text.Json;
using DisclosureCloud.Functions.Hosting;
using DisclosureCloud.Functions.Tests.Entries;
using DisclosureCloud.Functions.Tests.Running;
using DisclosureCloud.Ledger;
using DisclosureCloud.Transparency;
using Microsoft.Data.Sqlite;

namespace DisclosureCloud.Functions.Tests.Http;

/// <summary>Proofs over HTTP, of a log whose archive holds more than is published. The ledger and the values are gone: nobody asks them.</summary>
public sealed class ProofTests(ProofTests.World app) : IClassFixture<ProofTests.World>
{
    private const int Published = 9_000;

    private static readonly string NobodysEntry = EntryId.Of(PostingId.Of(Id.Parse<DepartmentId>("nobody"), "x"), 1).Value;

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    [Theory]
    [InlineData(0)]
    [InlineData(255)]
    [InlineData(256)]
    [InlineData(4_095)]
    [InlineData(4_096)]
    [InlineData(8_192)]
    [InlineData(8_999)]
    public async Task Proof_OfAPublicEntry_VerifiesAgainstTheCheckpointItCarries(int index)
    {
        JsonElement proof = (await app.GetAsync(Address(index))).ShouldBe(200).Json;
        Checkpoint checkpoint = Checkpoint.Parse(SignedNote.Parse(System.Text.Encoding.UTF8.GetBytes(proof.GetProperty("checkpoint").GetString()!)).Text);
        checkpoint.Head.ShouldBe(ArchiveWorld.HeadOf(Published));
        Verify(proof, index, checkpoint.Head);
        proof.TryGetProperty("consistency", out _).ShouldBeFalse();
    }

    [Theory]
    [InlineData(17, 18)]
    [InlineData(17, 256)]
    [InlineData(300, 4_096)]
    [InlineData(8_500, 8_999)]
    public async Task Proof_InAnOlderTree_ComesWithTheWayToThePublishedOne(int index, int size)
    {
        JsonElement proof = (await app.GetAsync($"{Address(index)}?treeSize={size}")).ShouldBe(200).Json;
        proof.TryGetProperty("checkpoint", out _).ShouldBeFalse("there is no note of that tree");
        Verify(proof, index, ArchiveWorld.HeadOf(size));
        JsonElement growth = proof.GetProperty("consistency");
        Verify(growth, size, Published);
        growth.GetProperty("checkpoint").GetString()!.ShouldStartWith($"example.com/log\n{Published}\n");
        (await app.GetAsync($"{Address(index)}?treeSize={Published}")).ShouldBe(200).Json.GetProperty("checkpoint").GetString().ShouldNotBeNull();
    }

    [Fact]
    public async Task Proof_OfLeavesWithOpenings_HasThePublishedOnesAlone()
    {
        int opened = 0;
        foreach (int index in Enumerable.Range(100, 30))
        {
            JsonElement proof = (await app.GetAsync(Address(index))).Json;
            Opening[] wanted = [.. ArchiveWorld.Leaves[index].Openings.Where((_, at) => (index + at) % 7 != 0)];
            proof.GetProperty("openings").EnumerateArray().Select(one => one.GetProperty("value").GetString()).ShouldBe(wanted.Select(one => one.Value));
            foreach (JsonElement one in proof.GetProperty("openings").EnumerateArray())
            {
                Commitment.Of(Convert.FromHexString(one.GetProperty("salt").GetString()!), one.GetProperty("value").GetString()!).Hex.ShouldBe(one.GetProperty("commitment").GetString());
                opened++;
            }
        }

        opened.ShouldBeGreaterThan(10);
    }

    [Fact]
    public async Task Proof_IsNotKeptByCaches_AndConsistencyIs()
    {
        using HttpResponseMessage proof = await app.Http.GetAsync(Address(3), Cancel);
        proof.Headers.CacheControl!.NoCache.ShouldBeTrue();
        using HttpResponseMessage growth = await app.Http.GetAsync("/api/log/consistency?from=3&to=9", Cancel);
        growth.Headers.CacheControl!.ToString().ShouldContain("immutable", Case.Sensitive);
        using HttpResponseMessage bad = await app.Http.GetAsync("/api/log/consistency?from=3&to=99999", Cancel);
        bad.Headers.CacheControl!.NoStore.ShouldBeTrue("it is published one day");
    }

    [Fact]
    public async Task Proof_OfWhatIsNotPublic_Is404()
    {
        (await app.GetAsync($"/api/entries/{NobodysEntry}/proof")).ShouldBeProblem(404, "not-found");
        (await app.GetAsync(Address(Published))).ShouldBeProblem(404, "not-found"); // In a sealed segment, and beyond the checkpoint.
        (await app.GetAsync(Address(ArchiveWorld.TreeSize - 1))).ShouldBeProblem(404, "not-found");
        (await app.GetAsync($"{Address(50)}?treeSize=50")).ShouldBeProblem(404, "not-in-tree");
        (await app.GetAsync($"{Address(50)}?treeSize=51")).ShouldBe(200);
    }

    [Theory]
    [InlineData("nothing", "", "bad-parameter")]
    [InlineData("%20", "", "bad-parameter")]
    [InlineData("..%2f..%2flog", "", "bad-parameter")]
    [InlineData("aaaaaaaaaaaaaaaaaaaaaaaaaa", "", "bad-parameter")]
    [InlineData(null, "?treeSize=0", "bad-parameter")]
    [InlineData(null, "?treeSize=-1", "bad-parameter")]
    [InlineData(null, "?treeSize=+9", "bad-parameter")]
    [InlineData(null, "?treeSize=09", "bad-parameter")]
    [InlineData(null, "?treeSize=9.0", "bad-parameter")]
    [InlineData(null, "?treeSize=", "bad-parameter")]
    [InlineData(null, "?treeSize=9001", "not-published")]
    [InlineData(null, "?treeSize=99999999999999999999", "bad-parameter")]
    [InlineData(null, "?treeSize=9&treeSize=9", "repeated-parameter")]
    [InlineData(null, "?size=9", "unknown-parameter")]
    public async Task Proof_OfABadRequest_Is400(string? id, string query, string code) =>
        (await app.GetAsync($"/api/entries/{id ?? ArchiveWorld.Leaves[3].Leaf.Id.Value}/proof{query}")).ShouldBeProblem(400, code);

    [Theory]
    [InlineData(0, 0)]
    [InlineData(0, 9_000)]
    [InlineData(1, 2)]
    [InlineData(256, 257)]
    [InlineData(4_096, 8_192)]
    [InlineData(8_999, 9_000)]
    [InlineData(9_000, 9_000)]
    public async Task Consistency_BetweenTwoSizes_Verifies(int from, int to) =>
        Verify((await app.GetAsync($"/api/log/consistency?from={from}&to={to}")).ShouldBe(200).Json, from, to);

    [Theory]
    [InlineData("", "missing-parameter")]
    [InlineData("?from=1", "missing-parameter")]
    [InlineData("?to=1", "missing-parameter")]
    [InlineData("?from=2&to=1", "upside-down-range")]
    [InlineData("?from=1&to=9001", "not-published")]
    [InlineData("?from=-1&to=1", "bad-parameter")]
    [InlineData("?from=1&to=0x9", "bad-parameter")]
    [InlineData("?from=1&to=2&to=2", "repeated-parameter")]
    [InlineData("?from=1&to=2&at=2", "unknown-parameter")]
    public async Task Consistency_OfABadRequest_Is400(string query, string code) =>
        (await app.GetAsync($"/api/log/consistency{query}")).ShouldBeProblem(400, code);

    [Fact]
    public async Task Posting_WhoseEntriesArePublic_SaysWhereAndHowThatIsProven()
    {
        await using var own = new RunningApp();
        await own.InitializeAsync();
        var office = new Office(own);
        (await own.GetAsync($"/api/entries/{NobodysEntry}/proof")).ShouldBeProblem(404); // Nothing is published yet, or this is not.
        Answer notice = await office.PostNoticeAsync(Office.Notice("proven"));
        (await office.GetAsync(notice.Id)).Json.TryGetProperty("public", out _).ShouldBeFalse("it is proposed");
        await office.ApproveAsync(notice.Id);
        JsonElement posting = default;
        await Eventually.TrueAsync("its entries are public", async () =>
        {
            posting = (await office.GetAsync(notice.Id)).Json;
            return posting.TryGetProperty("public", out _);
        });

        JsonElement[] places = [.. posting.GetProperty("public").EnumerateArray()];
        places.Length.ShouldBeGreaterThan(3);
        places.Select(place => place.GetProperty("entry").GetString()).ShouldBe(posting.GetProperty("entries").EnumerateArray().Select(entry => entry.GetString()));
        foreach (JsonElement place in places)
        {
            JsonElement proof = (await own.GetAsync(place.GetProperty("proof").GetString()!)).ShouldBe(200).Json;
            proof.GetProperty("leafIndex").GetInt64().ShouldBe(place.GetProperty("leafIndex").GetInt64());
            proof.GetProperty("entry").GetString().ShouldBe(place.GetProperty("entry").GetString());
        }
    }

    private static string Address(int index) => $"/api/entries/{ArchiveWorld.Leaves[index].Leaf.Id}/proof";

    private static void Verify(JsonElement proof, int index, TreeHead head)
    {
        byte[] leaf = proof.GetProperty("bytes").GetBytesFromBase64();
        leaf.ShouldBe(ArchiveWorld.Leaves[index].Leaf.Bytes.ToArray());
        proof.GetProperty("leaf").GetRawText().ShouldBe(System.Text.Encoding.UTF8.GetString(leaf));
        proof.GetProperty("leafIndex").GetInt32().ShouldBe(index);
        new TreeHead(proof.GetProperty("treeSize").GetInt64(), TreeHash.ParseBase64(proof.GetProperty("rootHash").GetString()!)).ShouldBe(head);
        new InclusionProof(index, Hashes(proof)).Verify(Rfc6962.LeafHash(leaf), head);
    }

    private static void Verify(JsonElement growth, int from, int to)
    {
        var older = new TreeHead(growth.GetProperty("from").GetInt64(), TreeHash.ParseBase64(growth.GetProperty("fromRootHash").GetString()!));
        var newer = new TreeHead(growth.GetProperty("to").GetInt64(), TreeHash.ParseBase64(growth.GetProperty("toRootHash").GetString()!));
        older.ShouldBe(ArchiveWorld.HeadOf(from));
        newer.ShouldBe(ArchiveWorld.HeadOf(to));
        new ConsistencyProof(Hashes(growth)).Verify(older, newer);
    }

    private static TreeHash[] Hashes(JsonElement proof) => [.. proof.GetProperty("hashes").EnumerateArray().Select(hash => TreeHash.ParseBase64(hash.GetString()!))];

    /// <summary>As the Functions host starts it, so that no publisher of its own is at it. Its ledger and its values cannot be read.</summary>
    public sealed class World : RunningApp
    {
        public World() => Listening = new Listening.ForHost(Port: 0);

        public override async ValueTask InitializeAsync()
        {
            await base.InitializeAsync();
            await ArchiveWorld.SealAsync(Stores.Archive);
            await ArchiveWorld.PublishAsync(Stores.Site, Published);
            await DropAsync(Deployment.LedgerFile, "commits");
            await DropAsync(Deployment.ValuesFile, "openings");
        }

        private static async Task DropAsync(string file, string table)
        {
            await using var connection = new SqliteConnection(new SqliteConnectionStringBuilder { DataSource = file, Pooling = false }.ConnectionString);
            await connection.OpenAsync(Cancel);
            await using SqliteCommand drop = connection.CreateCommand();
            drop.CommandText = $"DROP TABLE \"{table}\"";
            await drop.ExecuteNonQueryAsync(Cancel);
        }
    }
}
