using DisclosureCloud.Functions.Hosting.Entries;
using DisclosureCloud.Testing;
using DisclosureCloud.Transparency;

namespace DisclosureCloud.Functions.Tests.Entries;

/// <summary>Proofs from the files of the site alone, verified against heads that another code made.</summary>
public sealed class LogProofsTests
{
    private const int TreeSize = 4_700;
    private const int Seed = 20261123;

    private static readonly Lazy<TreeHead[]> Heads = new(AllHeads);

    private readonly MemorySiteFiles _site = new();

    private LogProofs Proofs => new(new PublishedLog(_site));

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Inclusion_OfAThousandLeavesAndSizes_Verifies()
    {
        PublishedCheckpoint published = await PublishAsync();
        var random = new Random(Seed);
        for (int i = 0; i < 1_000; i++)
        {
            int size = i % 3 == 0 ? TreeSize : random.Next(1, TreeSize + 1);
            FoundLeaf leaf = Leaf(random.Next(size));
            (InclusionProof proof, TreeHead head) = await Proofs.InclusionAsync(leaf, size, published, Cancel);
            head.ShouldBe(Heads.Value[size]);
            proof.LeafIndex.ShouldBe(leaf.LeafIndex);
            proof.Verify(Rfc6962.LeafHash(leaf.Bytes.Span), Heads.Value[size]);
        }
    }

    [Fact]
    public async Task Consistency_OfAThousandPairs_Verifies()
    {
        PublishedCheckpoint published = await PublishAsync();
        var random = new Random(Seed);
        for (int i = 0; i < 1_000; i++)
        {
            int to = i % 3 == 0 ? TreeSize : random.Next(TreeSize + 1);
            int from = random.Next(to + 1);
            (ConsistencyProof proof, TreeHead older, TreeHead newer) = await Proofs.ConsistencyAsync(from, to, published, Cancel);
            older.ShouldBe(Heads.Value[from]);
            newer.ShouldBe(Heads.Value[to]);
            proof.Verify(Heads.Value[from], Heads.Value[to]);
        }
    }

    [Theory]
    [InlineData(0)]
    [InlineData(1)]
    [InlineData(255)]
    [InlineData(256)]
    [InlineData(257)]
    [InlineData(4_096)]
    [InlineData(4_699)]
    [InlineData(4_700)]
    public async Task Consistency_AtTheEdges_Verifies(int size)
    {
        PublishedCheckpoint published = await PublishAsync();
        (ConsistencyProof same, _, _) = await Proofs.ConsistencyAsync(size, size, published, Cancel);
        same.Hashes.ShouldBeEmpty();
        (ConsistencyProof proof, TreeHead older, TreeHead newer) = await Proofs.ConsistencyAsync(size, TreeSize, published, Cancel);
        proof.Verify(older, newer);
        older.ShouldBe(Heads.Value[size]);
    }

    [Fact]
    public async Task Proof_OfACheckpointWhosePartialTilesBecameFull_IsMadeFromTheFullOnes()
    {
        PublishedCheckpoint published = await PublishAsync();
        await ArchiveWorld.PublishAsync(_site, 5_000, firstBundle: TreeSize / 256);
        await _site.ApplyAsync([], [.. Tiling.PartialTiles(TreeSize).Where(tile => tile.Level == 0).Select(tile => $"log/{tile.Path}")], Cancel);
        (InclusionProof proof, _) = await Proofs.InclusionAsync(Leaf(TreeSize - 1), TreeSize, published, Cancel);
        proof.Verify(Rfc6962.LeafHash(Leaf(TreeSize - 1).Bytes.Span), Heads.Value[TreeSize]);
    }

    [Fact]
    public async Task Proof_ThatDoesNotVerify_IsAnErrorAndNoAnswer()
    {
        PublishedCheckpoint published = await PublishAsync();
        await Should.ThrowAsync<InvalidDataException>(() => Proofs.InclusionAsync(Leaf(7) with { LeafIndex = 8 }, TreeSize, published, Cancel));

        // Of an older tree the head comes from the tiles too: then it is the proof to the published checkpoint that fails.
        string path = $"log/{new TileCoordinate(0, 0).Path}";
        byte[] tile = (await _site.ReadAsync(path, Cancel))!;
        tile[32 * 9]++;
        await PutAsync(path, tile);
        await Should.ThrowAsync<InvalidDataException>(() => Proofs.InclusionAsync(Leaf(7), TreeSize, published, Cancel));
        await Should.ThrowAsync<InvalidDataException>(() => Proofs.InclusionAsync(Leaf(7), 20, published, Cancel));
        await Should.ThrowAsync<InvalidDataException>(() => Proofs.ConsistencyAsync(20, 30, published, Cancel));
        await PutAsync(path, tile[..^1]);
        await Should.ThrowAsync<InvalidDataException>(() => Proofs.InclusionAsync(Leaf(7), TreeSize, published, Cancel));
        await _site.ApplyAsync([], [path], Cancel);
        await Should.ThrowAsync<InvalidDataException>(() => Proofs.InclusionAsync(Leaf(7), TreeSize, published, Cancel));
    }

    private async Task<PublishedCheckpoint> PublishAsync()
    {
        await ArchiveWorld.PublishAsync(_site, TreeSize);
        return (await new PublishedLog(_site).CheckpointAsync(Cancel))!;
    }

    private async Task PutAsync(string path, byte[] bytes)
    {
        await _site.StageAsync(path, bytes, Cancel);
        await _site.ApplyAsync([path], [], Cancel);
    }

    private static FoundLeaf Leaf(int index) => new(index, ArchiveWorld.Leaves[index].Leaf.Bytes);

    // Leaf by leaf, by the code that appends and not by the one that proves.
    private static TreeHead[] AllHeads()
    {
        TreeEdge edge = TreeEdge.Empty;
        var heads = new List<TreeHead> { edge.Head };
        for (int i = 0; i < TreeSize; i++)
        {
            edge = edge.Append([Rfc6962.LeafHash(ArchiveWorld.Leaves[i].Leaf.Bytes.Span)]).Edge;
            heads.Add(edge.Head);
        }

        return [.. heads];
    }
}
