using System.Collections.Immutable;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json.Nodes;
using DisclosureCloud.Ledger;
using DisclosureCloud.Site;
using DisclosureCloud.Site.Data;
using DisclosureCloud.Testing;
using DisclosureCloud.Transparency;

namespace DisclosureCloud.Browser.Tests;

/// <summary>The sample site with its log, signed as a publisher signs it: every file by its path.</summary>
internal static class LoggedSite
{
    public const string Origin = "log.example/county";

    private static ImmutableArray<Entry> Entries => SiteFolder.Entries;

    public static ImmutableDictionary<string, byte[]> Files { get; } = Publish();

    /// <summary>The entry of the notice that the tests look at.</summary>
    public static Entry Notice => Entries.Single(entry => entry.Fact is Notice { NoticeId.Value: "beita-2020-batch1" });

    public static int LeafOf(Entry entry) => Entries.IndexOf(entry);

    /// <summary>How many leaves the checkpoint has: the entries and one publication.</summary>
    public static int Size => Entries.Length + 1;

    public static byte[]? Find(string path) => Files.GetValueOrDefault(path);

    private static ImmutableDictionary<string, byte[]> Publish()
    {
        SealedLeaf[] leaves = [.. Entries.Select((entry, i) => SealedLeaf.Of(entry, new SeededSalts(i))!)];
        var log = new LogView(Origin, [.. leaves.Select((_, i) => (long)i)], [leaves.Length],
        [
            .. leaves.Zip(Entries, (leaf, entry) => PublicOpenings.Of(SealedFact.Of(leaf.Leaf.Json), entry, leaf.Openings.ToDictionary(opening => opening.Commitment))),
        ]);
        var snapshot = new Snapshot(Entries.Length, SiteFolder.AsOf, Entries, SiteSettings.Trial with { Address = SiteFolder.Origin }) { Log = log };
        var files = SiteRenderer.Plan(snapshot).Concat(DataFiles.Plan(snapshot)).ToDictionary(file => file.Path, file => file.Render(), StringComparer.Ordinal);
        files[Manifest.Path] = Manifest.Of(files.Select(file => (file.Key, Sha256Hex.Of(file.Value), file.Value.LongLength))).ToBytes();

        var fact = new Publication(Entries.Length, SiteFolder.AsOf, null, Sha256Hex.Of(files[Manifest.Path]), Sha256Hex.Of([1]), leaves.Length, Release: null);
        DepartmentId site = Id.Parse<DepartmentId>("site");
        EntryId id = EntryId.Of(PostingId.Of(site, "0"), 1);
        var publication = new Entry(id, fact.AsOf, SampleWorld.RecordedAt, site, Channel.Publisher, fact);
        Checkpoint checkpoint = AddLog(files, [.. leaves.Append(SealedLeaf.Of(publication, new SeededSalts(-1))!).Select(leaf => leaf.Leaf.Bytes.ToArray())]);
        JsonObject status = SealedFact.Plain(fact);
        status["publication"] = id.Value;
        status["leafIndex"] = leaves.Length;
        status["origin"] = Origin;
        status["treeSize"] = checkpoint.Head.Size;
        status["rootHash"] = checkpoint.Head.Root.ToBase64();
        files["status.json"] = CanonicalJson.Write(status);
        return files.ToImmutableDictionary(StringComparer.Ordinal);
    }

    /// <summary>Adds the tiles and bundles of a log.</summary>
    public static TreeHead AddTiles(Dictionary<string, byte[]> files, byte[][] leaves)
    {
        TreeGrowth growth = TreeEdge.Empty.Append([.. leaves.Select(leaf => Rfc6962.LeafHash(leaf))]);
        foreach (Tile tile in growth.Tiles)
        {
            files[$"log/{tile.Coordinate.Path}"] = tile.Bytes.ToArray();
        }

        foreach (EntryBundleCoordinate bundle in Tiling.NewEntryBundles(0, leaves.Length))
        {
            ReadOnlyMemory<byte>[] entries = [.. leaves.Skip((int)bundle.FirstLeafIndex).Take(bundle.Width).Select(leaf => (ReadOnlyMemory<byte>)leaf)];
            files[$"log/{bundle.Path}"] = EntryBundle.Encode(entries);
        }

        return growth.Edge.Head;
    }

    private static Checkpoint AddLog(Dictionary<string, byte[]> files, byte[][] leaves)
    {
        using var key = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        using var ed25519 = new Ed25519Signer(Origin, SHA256.HashData("the tests' key"u8));
        var p256 = new EcdsaP256Signer(Origin, key);
        var checkpoint = new Checkpoint(Origin, AddTiles(files, leaves));
        files["log/checkpoint"] = SignedNote.Sign(checkpoint.Text, [ed25519, p256]).ToBytes();
        files["log/vkey"] = Encoding.UTF8.GetBytes($"{ed25519.VerifierKey}\n{p256.VerifierKey}\n");
        return checkpoint;
    }
}
