using System.Collections.Concurrent;
using System.Collections.Immutable;
using System.Text.Json.Nodes;
using DisclosureCloud.Functions.Hosting.Entries;
using DisclosureCloud.Functions.Hosting.Following;
using DisclosureCloud.Functions.Hosting.Publishing;
using DisclosureCloud.Ledger;
using DisclosureCloud.Site.Data;
using DisclosureCloud.Testing;
using DisclosureCloud.Transparency;

namespace DisclosureCloud.Functions.Tests.Entries;

/// <summary>A published log of three sealed segments and a tail, as the stores have it. Every seventh opening is withheld. The last leaf is a publication of no pages.</summary>
internal static class ArchiveWorld
{
    public const int Segments = 3;
    public const int TreeSize = (Segments * Segment.LeavesMax) + 300;

    private static readonly byte[] NoPages = Manifest.Of([]).ToBytes();

    private static readonly PublicationRecord Shown = Publication();

    private static readonly Lazy<ImmutableArray<SealedLeaf>> Made = new(() => [.. LeafWorld.Leaves(42, TreeSize - 1), new SealedLeaf(Shown.Leaf, [])]);
    private static readonly Lazy<ImmutableArray<byte[]>> Files = new(() =>
        [.. Enumerable.Range(0, Segments).Select(number => Segment.Write(number, [.. Leaves.Skip(number * Segment.LeavesMax).Take(Segment.LeavesMax).Select(leaf => leaf.Leaf.Bytes)]))]);

    private static readonly Lazy<ImmutableArray<(JsonObject, IReadOnlyDictionary<string, string>)>> Plain = new(() =>
        [.. Leaves.Select((leaf, index) => (leaf.Leaf.Json, (IReadOnlyDictionary<string, string>)Published(leaf, index).ToDictionary(one => one.Commitment.Hex, one => one.Value, StringComparer.Ordinal)))]);

    private static readonly Lazy<TreeHash[]> Hashes = new(() => [.. Leaves.Select(leaf => Rfc6962.LeafHash(leaf.Leaf.Bytes.Span))]);

    private static readonly ConcurrentDictionary<int, byte[]> OfBundle = new();

    public static ImmutableArray<SealedLeaf> Leaves => Made.Value;

    /// <summary>Each leaf as plain JSON, with the values that are published by commitment: what a naive scan looks at.</summary>
    public static ImmutableArray<(JsonObject Leaf, IReadOnlyDictionary<string, string> Values)> Scanned => Plain.Value;

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    public static string PathOf(int segment) => Segment.PathOf(segment, Sha256Hex.Of(Files.Value[segment]));

    /// <summary>Puts the segments and their seals where they belong.</summary>
    public static async Task SealAsync(IArchiveFiles archive, int segments = Segments, int first = 0)
    {
        var salts = new SeededSalts(9);
        for (int number = first; number < segments; number++)
        {
            byte[] file = Files.Value[number];
            (await archive.PutAsync(PathOf(number), file, Cancel)).ShouldBe(PutOutcome.Put);
            var seal = new ArchiveSeal(number, number * (long)Segment.LeavesMax, Segment.LeavesMax, Sha256Hex.Of(file));
            PostingId posting = PostingId.Of(Id.Parse<DepartmentId>("site"), $"seal-{number}");
            Leaf leaf = SealedFact.Seal(seal, date: null, salts, posting, []).ToLeaf(EntryId.Of(posting, 1), SampleWorld.RecordedAt, Id.Parse<DepartmentId>("site"), Channel.Publisher);
            var commit = new Commit(StreamName.Archive, number, posting.Value, SampleWorld.RecordedAt, [leaf], []);
            (await archive.PutAsync(Archiver.PathOf(commit), commit.ToBytes(), Cancel)).ShouldBe(PutOutcome.Put);
        }
    }

    /// <summary>Publishes a tree of that size: checkpoint, tiles, bundles, openings; and what the publication needs, where it has that.</summary>
    public static async Task PublishAsync(ISiteFiles site, int treeSize = TreeSize, int firstBundle = 0)
    {
        await site.RecoverAsync(Cancel);
        var paths = new List<string>();
        for (int bundle = firstBundle; bundle * 256 < treeSize; bundle++)
        {
            SealedLeaf[] leaves = [.. Leaves.Skip(bundle * 256).Take(Math.Min(256, treeSize - (bundle * 256)))];
            await StageAsync($"log/{new EntryBundleCoordinate(bundle, leaves.Length).Path}", EntryBundle.Encode([.. leaves.Select(leaf => leaf.Leaf.Bytes)]));
            await StageAsync(PublishedOpenings.PathOf(bundle), Openings(leaves, bundle * 256));
        }

        foreach (Tile tile in TreeEdge.Empty.Append(HashesOf(treeSize)).Tiles)
        {
            await StageAsync($"log/{tile.Coordinate.Path}", tile.Bytes.ToArray());
        }

        await StageAsync(PublishedLog.CheckpointPath, CheckpointOf(treeSize));
        if (treeSize == TreeSize)
        {
            await StageAsync(Manifest.Path, NoPages);
            await StageAsync(PublishedLog.VkeyPath, "none\n"u8.ToArray());
            await StageAsync(Publisher.StatusPath, Shown.StatusBytes(new Checkpoint("example.com/log", HeadOf(TreeSize)), TreeSize - 1, witnesses: null));
        }

        await site.ApplyAsync(paths, [], Cancel);

        async Task StageAsync(string path, byte[] bytes)
        {
            paths.Add(path);
            await site.StageAsync(path, bytes, Cancel);
        }
    }

    public static byte[] CheckpointOf(int treeSize) => SignedNote.Sign(new Checkpoint("example.com/log", HeadOf(treeSize)).Text, [new NoKey()]).ToBytes();

    public static TreeHead HeadOf(int treeSize) => TreeEdge.Empty.Append(HashesOf(treeSize)).Edge.Head;

    private static TreeHash[] HashesOf(int treeSize) => Hashes.Value[..treeSize];

    private static IEnumerable<Opening> Published(SealedLeaf leaf, int index) => leaf.Openings.Where((_, at) => (index + at) % 7 != 0);

    // A full bundle's are the same in every test.
    private static byte[] Openings(SealedLeaf[] leaves, int first) =>
        leaves.Length < 256 ? OpeningsOf(leaves, first) : OfBundle.GetOrAdd(first, _ => OpeningsOf(leaves, first));

    private static byte[] OpeningsOf(SealedLeaf[] leaves, int first) =>
    [
        .. leaves.SelectMany((leaf, at) => Published(leaf, first + at).ToArray() is { Length: > 0 } openings
            ? [.. CanonicalJson.Write(new JsonObject
            {
                ["entry"] = leaf.Leaf.Id.Value,
                ["leafIndex"] = first + at,
                ["openings"] = new JsonArray([.. openings.Select(one => (JsonNode)new JsonObject
                {
                    ["commitment"] = one.Commitment.Hex,
                    ["salt"] = Convert.ToHexStringLower(one.Salt.Span),
                    ["value"] = one.Value,
                })]),
            }), (byte)'\n']
            : Array.Empty<byte>()),
    ];

    private static PublicationRecord Publication()
    {
        var fact = new Publication(TreeSize - 1, new DateOnly(2026, 11, 30), Previous: null, Sha256Hex.Of(NoPages), Sha256Hex.Of("none"u8), TreeSize - 1, Release: null);
        PostingId posting = PostingId.Of(Id.Parse<DepartmentId>("site"), "publication");
        DateTimeOffset at = SampleWorld.RecordedAt.AddMinutes(TreeSize);
        Leaf leaf = SealedFact.Seal(fact, fact.AsOf, new SeededSalts(9), posting, []).ToLeaf(EntryId.Of(posting, 1), at, Id.Parse<DepartmentId>("site"), Channel.Publisher);
        return new PublicationRecord(leaf, Version: 0, at, fact);
    }

    // Who signed is no question here: the checkpoint lies in our own store.
    private sealed class NoKey : INoteSigner
    {
        public string Name => "example.com/log";

        public KeyId KeyId => new(1);

        public byte[] Sign(ReadOnlySpan<byte> text) => [1, 2, 3];
    }
}
