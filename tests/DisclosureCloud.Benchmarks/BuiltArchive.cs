using System.Text.Json.Nodes;
using DisclosureCloud.Functions.Hosting.Entries;
using DisclosureCloud.Functions.Hosting.Following;
using DisclosureCloud.Ledger;
using DisclosureCloud.Storage;
using DisclosureCloud.Testing;
using DisclosureCloud.Transparency;

namespace DisclosureCloud.Benchmarks;

/// <summary>An archive on disk with so many entries: segments, their seals, and a published site with openings and the tail.</summary>
internal sealed class BuiltArchive(string folder)
{
    public ArchiveFolder Archive { get; } = new(Path.Combine(folder, "archive"), TimeProvider.System);

    public FolderSite Site { get; } = new(Path.Combine(folder, "site"));

    public List<EntryId> Ids { get; } = [];

    public List<string> Segments { get; } = [];

    public long ArchiveBytes { get; private set; }

    public long LeafBytes { get; private set; }

    public async Task BuildAsync(int count, TextWriter progress)
    {
        var segment = new List<ReadOnlyMemory<byte>>(Segment.LeavesMax);
        var bundle = new List<SealedLeaf>(Segment.BlockLeaves);
        foreach (SealedLeaf leaf in ManyLeaves.Of(count))
        {
            Ids.Add(leaf.Leaf.Id);
            LeafBytes += leaf.Leaf.Bytes.Length;
            segment.Add(leaf.Leaf.Bytes);
            bundle.Add(leaf);
            if (bundle.Count == Segment.BlockLeaves || Ids.Count == count)
            {
                PutBundle(bundle);
                bundle.Clear();
            }

            if (segment.Count == Segment.LeavesMax)
            {
                await SealAsync(segment);
                segment.Clear();
                await progress.WriteAsync($"\r{Ids.Count} of {count} ");
            }
        }

        await progress.WriteLineAsync();
        Site.Put(PublishedLog.CheckpointPath, SignedNote.Sign(new Checkpoint("example.com/log", new TreeHead(count, Rfc6962.LeafHash([1]))).Text, [new NoKey()]).ToBytes());
    }

    private async Task SealAsync(List<ReadOnlyMemory<byte>> leaves)
    {
        byte[] file = Segment.Write(Segments.Count, leaves);
        var hash = Sha256Hex.Of(file);
        await Archive.PutAsync(Segment.PathOf(Segments.Count, hash), file, CancellationToken.None);
        DepartmentId department = Id.Parse<DepartmentId>("site");
        PostingId posting = PostingId.Of(department, $"seal-{Segments.Count}");
        var seal = new ArchiveSeal(Segments.Count, Segments.Count * (long)Segment.LeavesMax, Segment.LeavesMax, hash);
        Leaf leaf = SealedFact.Seal(seal, null, new SeededSalts(0), posting, []).ToLeaf(EntryId.Of(posting, 1), SampleWorld.RecordedAt, department, Channel.Publisher);
        var commit = new Commit(StreamName.Archive, Segments.Count, posting.Value, SampleWorld.RecordedAt, [leaf], []);
        await Archive.PutAsync(Archiver.PathOf(commit), commit.ToBytes(), CancellationToken.None);
        Segments.Add(Segment.PathOf(Segments.Count, hash));
        ArchiveBytes += file.Length;
    }

    private void PutBundle(List<SealedLeaf> leaves)
    {
        int first = Ids.Count - leaves.Count;
        Site.Put($"log/{new EntryBundleCoordinate(first / 256, leaves.Count).Path}", EntryBundle.Encode([.. leaves.Select(leaf => leaf.Leaf.Bytes)]));
        using var lines = new MemoryStream();
        foreach ((SealedLeaf leaf, int at) in leaves.Select((leaf, at) => (leaf, at)).Where(pair => pair.leaf.Openings.Length > 0))
        {
            lines.Write(CanonicalJson.Write(new JsonObject
            {
                ["entry"] = leaf.Leaf.Id.Value,
                ["leafIndex"] = first + at,
                ["openings"] = new JsonArray([.. leaf.Openings.Select(one => (JsonNode)new JsonObject
                {
                    ["commitment"] = one.Commitment.Hex,
                    ["salt"] = Convert.ToHexStringLower(one.Salt.Span),
                    ["value"] = one.Value,
                })]),
            }));
            lines.WriteByte((byte)'\n');
        }

        Site.Put(PublishedOpenings.PathOf(first / 256), lines.ToArray());
    }

    private sealed class NoKey : INoteSigner
    {
        public string Name => "example.com/log";

        public KeyId KeyId => new(1);

        public byte[] Sign(ReadOnlySpan<byte> text) => [1];
    }
}

/// <summary>A site's files in a folder, for reading alone.</summary>
internal sealed class FolderSite(string folder) : ISiteFiles
{
    public void Put(string path, byte[] bytes)
    {
        string file = Path.Combine(folder, path);
        Directory.CreateDirectory(Path.GetDirectoryName(file)!);
        File.WriteAllBytes(file, bytes);
    }

    public async Task<byte[]?> ReadAsync(string path, CancellationToken cancellationToken) =>
        File.Exists(Path.Combine(folder, path)) ? await File.ReadAllBytesAsync(Path.Combine(folder, path), cancellationToken) : null;

    public Task<IReadOnlyList<string>> ListAsync(CancellationToken cancellationToken) => throw new NotSupportedException();

    public Task StageAsync(string path, ReadOnlyMemory<byte> bytes, CancellationToken cancellationToken) => throw new NotSupportedException();

    public Task ApplyAsync(IReadOnlyList<string> puts, IReadOnlyList<string> removals, CancellationToken cancellationToken) => throw new NotSupportedException();

    public Task RecoverAsync(CancellationToken cancellationToken) => throw new NotSupportedException();
}
