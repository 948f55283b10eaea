using System.Text;
using DisclosureCloud.Functions.Hosting.Entries;
using DisclosureCloud.Functions.Tests.Publishing;
using DisclosureCloud.Functions.Tests.Running;
using DisclosureCloud.Testing;
using DisclosureCloud.Testing.Go;
using DisclosureCloud.Transparency;

namespace DisclosureCloud.Functions.Tests.Evidence;

/// <summary>The log of a site that was really published, and the proofs that the interface gives of it, checked by Go's own code.</summary>
public sealed class GoSiteTests(GoTlog go) : IClassFixture<GoTlog>
{
    private const int Seed = 20261123;
    private const int ProofsOfASort = 1_000;

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    [Fact]
    public async Task PublishedSite_AndAThousandProofsOfASort_AreTakenByGo()
    {
        using PublishWorld world = await PublishWorld.OpenAsync();
        await world.PublishAsync();
        await world.Desks.RecordAsync(Office.NoticeOfRows("n-three", 130), "three"); // More than one bundle.
        await world.PublishAsync();
        SortedDictionary<string, byte[]> site = await world.FilesAsync();
        using var folder = new TemporaryFolder();
        foreach ((string path, byte[] bytes) in site.Where(file => file.Key.StartsWith("log/", StringComparison.Ordinal)))
        {
            string file = folder.File(path);
            Directory.CreateDirectory(Path.GetDirectoryName(file)!);
            await File.WriteAllBytesAsync(file, bytes, Cancel);
        }

        var log = new PublishedLog(world.Site);
        PublishedCheckpoint published = (await log.CheckpointAsync(Cancel))!;
        published.Head.Size.ShouldBeGreaterThan(257, "else there is one tile alone");
        string[] proofs = [.. await InclusionsAsync(log, published).ToArrayAsync(Cancel), .. await ConsistenciesAsync(log, published).ToArrayAsync(Cancel)];
        string vkey = Encoding.UTF8.GetString(site["log/vkey"]);
        (int code, string output) = await go.CheckAsync(folder.File("log"), vkey, proofs);
        output.ShouldBe($"ok: checkpoint of {world.Deployment.Origin}, {published.Head.Size} leaves, {ProofsOfASort} inclusion proofs, {ProofsOfASort} consistency proofs\n");
        code.ShouldBe(0);

        string[] keys = vkey.Split('\n');
        (await go.CheckAsync(folder.File("log"), $"{keys[1]}\n", proofs)).Output.ShouldContain("no verifiable signatures", Case.Sensitive, "the P-256 key is none that Go knows");
        string bundle = Tiling.EntryBundles(published.Head.Size).First().Path;
        byte[] leaves = site[$"log/{bundle}"];
        leaves[40]++;
        await File.WriteAllBytesAsync(folder.File($"log/{bundle}"), leaves, Cancel);
        (await go.CheckAsync(folder.File("log"), vkey, proofs)).Code.ShouldBe(1);
    }

    private static async IAsyncEnumerable<string> InclusionsAsync(PublishedLog log, PublishedCheckpoint published)
    {
        var random = new Random(Seed);
        var proofs = new LogProofs(log);
        for (int i = 0; i < ProofsOfASort; i++)
        {
            long size = i % 3 == 0 ? published.Head.Size : random.NextInt64(1, published.Head.Size + 1);
            long index = random.NextInt64(size);
            IReadOnlyList<ReadOnlyMemory<byte>> leaves = await log.LeavesAsync(index, index + 1, new ReadCount(), Cancel);
            (InclusionProof proof, TreeHead head) = await proofs.InclusionAsync(new FoundLeaf(index, leaves[0]), size, published, Cancel);
            yield return string.Join(' ', [$"inclusion {size} {head.Root.ToBase64()} {index}", .. proof.Hashes.Select(hash => hash.ToBase64())]);
        }
    }

    private static async IAsyncEnumerable<string> ConsistenciesAsync(PublishedLog log, PublishedCheckpoint published)
    {
        var random = new Random(Seed + 1);
        var proofs = new LogProofs(log);
        for (int i = 0; i < ProofsOfASort; i++)
        {
            long size = i % 3 == 0 ? published.Head.Size : random.NextInt64(1, published.Head.Size + 1);
            (ConsistencyProof proof, TreeHead older, TreeHead newer) = await proofs.ConsistencyAsync(random.NextInt64(1, size + 1), size, published, Cancel);
            yield return string.Join(' ', [$"consistency {older.Size} {older.Root.ToBase64()} {newer.Size} {newer.Root.ToBase64()}", .. proof.Hashes.Select(hash => hash.ToBase64())]);
        }
    }
}
