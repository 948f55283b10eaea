using System.Text;
using DisclosureCloud.Functions.Tests.Publishing;
using DisclosureCloud.Ledger;
using DisclosureCloud.Transparency;

namespace DisclosureCloud.Functions.Tests.Evidence;

/// <summary>Whether all of a pack hangs together: what a stranger follows from a page to a signature, and what becomes of it where anything was altered.</summary>
public sealed class PackChainTests(PackChainTests.World world) : IClassFixture<PackChainTests.World>
{
    private const int Seed = 20261123;

    private const int FlipsOfAFile = 5;

    /// <summary>Of the few files that hold all the others together.</summary>
    private const int FlipsOfALink = 60;

    private static readonly string[] Links = ["checkpoint", "vkey", "proofs.ndjson", "site/status.json", "site/data/manifest.json"];

    // They are no evidence: how to verify, what was asked for, and what whoever has the entries makes of them anew. The sums alone are of them.
    private static readonly string[] Beside =
        ["README.md", "README.zh.md", "verify.py", "verify.go", "manifest.json", "SHA256SUMS", "entries.ndjson", "entries.csv", "figures.csv", "withheld.ndjson"];

    [Fact]
    public void Pack_ReadByAStranger_LeadsFromEachPageAndEntryToTheSignatures()
    {
        PackReader reader = Reader(world.Files);
        reader.CheckSums();
        (int pages, int leaves) = reader.Follow();
        pages.ShouldBeGreaterThan(4);
        leaves.ShouldBeGreaterThan(10);
        world.Files.Keys.ShouldContain("site/notices/n-one/index.html", StringComparer.Ordinal);
        world.Files.Keys.ShouldContain("site/en/notices/n-one/index.html", StringComparer.Ordinal);
    }

    [Fact]
    public void Pack_HasTheNewestPublicationOfItsTree()
    {
        string[] publications = [.. world.Logged.Where(leaf => leaf.Contains("\"kind\":\"publication\"", StringComparison.Ordinal))];
        publications.Length.ShouldBe(2);
        Encoding.UTF8.GetString(world.Files[$"leaves/{Array.IndexOf(world.Logged, publications[^1])}.json"]).ShouldBe(publications[^1]);
        JsonOf("manifest.json").GetProperty("publicationLeaf").GetInt32().ShouldBe(Array.IndexOf(world.Logged, publications[^1]));
        Packs.Lines(world.Files["entries.ndjson"]).ShouldAllBe(entry => entry.GetProperty("leaf").GetProperty("kind").GetString() != "publication");
    }

    [Fact]
    public void Byte_OfAnyFile_Flipped_BreaksTheSums()
    {
        var random = new Random(Seed);
        foreach ((string path, byte[] bytes) in world.Files.Where(file => file.Value.Length > 0))
        {
            for (int flip = 0; flip < 4; flip++)
            {
                BrokenLinkException broken = Should.Throw<BrokenLinkException>(() => Reader(Flipped(path, random.Next(bytes.Length), random)).CheckSums(), path);
                broken.Link.ShouldBe("sums");
            }
        }
    }

    [Fact]
    public void Byte_OfAnyFileThatIsEvidence_FlippedAndSummedAnew_BreaksTheChain()
    {
        var random = new Random(Seed);
        string[] evidence = [.. world.Files.Keys.Except(Beside, StringComparer.Ordinal)];
        evidence.Length.ShouldBeGreaterThan(20);
        var links = new HashSet<string>(StringComparer.Ordinal);
        foreach (string path in evidence)
        {
            for (int flip = 0; flip < (Links.Contains(path, StringComparer.Ordinal) ? FlipsOfALink : FlipsOfAFile); flip++)
            {
                int at = random.Next(world.Files[path].Length);
                OrderedDictionary<string, byte[]> altered = Flipped(path, at, random);
                altered[Packs.Sums] = Packs.SumsOf(altered);
                links.Add(Should.Throw<BrokenLinkException>(() => Reader(altered).Follow(), $"seed {Seed}: {path}, byte {at}").Link);
            }
        }

        string.Join(' ', links.Order(StringComparer.Ordinal)).ShouldBe("keys page proof publication signature status tile", "else a link is never looked at");
    }

    [Fact]
    public void Page_ForgedWithEachLinkAfterAnother_BreaksAtTheNextOne()
    {
        const string page = "site/notices/n-one/index.html";
        OrderedDictionary<string, byte[]> forged = new(world.Files, StringComparer.Ordinal);
        string leaf = $"leaves/{JsonOf("manifest.json").GetProperty("publicationLeaf")}.json";
        string before = Sha(forged[page]), manifestBefore = Sha(forged["site/data/manifest.json"]), leafHashBefore = Rfc6962.LeafHash(forged[leaf]).ToBase64();

        Replace(page, "<title>", "<title>!");
        ShouldBreak("page");
        Replace("site/data/manifest.json", before, Sha(forged[page]));
        ShouldBreak("publication");
        string manifest = Sha(forged["site/data/manifest.json"]);
        Replace("site/status.json", manifestBefore, manifest);
        Replace(leaf, manifestBefore, manifest);
        ShouldBreak("proof");
        string leafHash = Rfc6962.LeafHash(forged[leaf]).ToBase64();
        Replace("proofs.ndjson", leafHashBefore, leafHash);
        ShouldBreak("proof");
        string root = JsonOf("manifest.json").GetProperty("rootHash").GetString()!;
        Replace("checkpoint", root, leafHash);
        ShouldBreak("signature");
        forged["vkey"] = [.. forged["vkey"], .. "other\n"u8];
        ShouldBreak("keys");

        void Replace(string path, string old, string by)
        {
            string text = Encoding.UTF8.GetString(forged[path]);
            text.ShouldContain(old, Case.Sensitive);
            forged[path] = Encoding.UTF8.GetBytes(text.Replace(old, by, StringComparison.Ordinal));
        }

        void ShouldBreak(string link) => Should.Throw<BrokenLinkException>(() => Reader(forged).Follow()).Link.ShouldBe(link);
    }

    [Theory]
    [InlineData("\"value\":\"", "opening")]
    [InlineData("\"entry\":\"", "entry")]
    [InlineData("\"leaf\":{\"", "entry")]
    public void Entry_OtherThanItsLeaf_BreaksTheChain(string before, string link)
    {
        OrderedDictionary<string, byte[]> altered = new(world.Files, StringComparer.Ordinal);
        string text = Encoding.UTF8.GetString(altered["entries.ndjson"]);
        int at = text.IndexOf(before, StringComparison.Ordinal) + before.Length;
        altered["entries.ndjson"] = Encoding.UTF8.GetBytes($"{text[..at]}x{text[(at + 1)..]}");
        Should.Throw<BrokenLinkException>(() => Reader(altered).Follow()).Link.ShouldBe(link);
    }

    private static string Sha(byte[] bytes) => Sha256Hex.Of(bytes).Value;

    private PackReader Reader(OrderedDictionary<string, byte[]> files) => new(files, world.Vkey);

    private System.Text.Json.JsonElement JsonOf(string path) => System.Text.Json.JsonElement.Parse(world.Files[path]);

    private OrderedDictionary<string, byte[]> Flipped(string path, int at, Random random)
    {
        OrderedDictionary<string, byte[]> altered = new(world.Files, StringComparer.Ordinal);
        altered[path] = [.. altered[path]];
        altered[path][at] ^= (byte)random.Next(1, 256);
        return altered;
    }

    /// <summary>A pack of a site that was published twice, with the log's keys and leaves as the site has them.</summary>
    public sealed class World : IAsyncLifetime
    {
        private OrderedDictionary<string, byte[]>? _files;

        internal OrderedDictionary<string, byte[]> Files => _files!;

        internal string Vkey { get; private set; } = "";

        internal string[] Logged { get; private set; } = [];

        public async ValueTask InitializeAsync()
        {
            using PublishWorld world = await PublishWorld.OpenAsync();
            await world.PublishAsync();
            await world.Desks.RecordAsync(Running.Office.Notice("n-three", "notices/beita-2020-batch1.json"), "three");
            await world.PublishAsync();
            _files = await Packs.FilesAsync(await Packs.OfFinanceAsync(world));
            SortedDictionary<string, byte[]> site = await world.FilesAsync();
            Vkey = Encoding.UTF8.GetString(site["log/vkey"]);
            int size = (int)Checkpoint.Parse(SignedNote.Parse(site["log/checkpoint"]).Text).Head.Size;
            Logged = [.. Enumerable.Range(0, (size + 255) / 256).Select(index => new EntryBundleCoordinate(index, Math.Min(256, size - (index * 256))))
                .SelectMany(bundle => EntryBundle.Decode(site[$"log/{bundle.Path}"], bundle.Width)).Select(leaf => Encoding.UTF8.GetString(leaf.Span))];
        }

        public ValueTask DisposeAsync() => default;
    }
}
