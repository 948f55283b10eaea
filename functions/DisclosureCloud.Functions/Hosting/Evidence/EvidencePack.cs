using System.Runtime.CompilerServices;
using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;
using DisclosureCloud.Functions.Hosting.Entries;
using DisclosureCloud.Functions.Hosting.Http;
using DisclosureCloud.Ledger;
using DisclosureCloud.Site.Data;
using DisclosureCloud.Transparency;

namespace DisclosureCloud.Functions.Hosting.Evidence;

/// <summary>Writes packs of evidence: a zip that whoever has it can verify without us.</summary>
/// <remarks>
/// Everything in it is public, and from the site and the archive alone. The same request upon the same published checkpoint gives the same
/// bytes. Memory holds a page, a bundle and a few tiles; what is read more than once is read again.
/// </remarks>
internal sealed class EvidencePack(ISiteFiles site, PublishedLog log, EntrySearch search)
{
    private const string LogFolder = "log/";
    private const string StatusPath = "status.json";

    /// <summary>For tests: a smaller one.</summary>
    internal int EntriesMax { get; init; } = EvidenceSelection.EntriesMax;

    /// <returns>Null where there are more entries than <see cref="EntriesMax"/>.</returns>
    public Task<EvidenceSelection?> SelectAsync(EntryQuery query, long treeSize, CancellationToken cancellationToken) =>
        EvidenceSelection.FindAsync(search, query, treeSize, EntriesMax, cancellationToken);

    /// <summary>Writes a pack. Where it throws, what was written is no zip.</summary>
    /// <param name="about">What was asked for, by parameter.</param>
    /// <param name="treeSize">The tree whose entries they are: the published one, or an older one.</param>
    /// <exception cref="InvalidDataException">A store holds something else than what was published, or something new was published meanwhile.</exception>
    public async Task WriteAsync(
        Stream output, IEnumerable<KeyValuePair<string, string>> about, EvidenceSelection selection, long treeSize, PublishedCheckpoint published, CancellationToken cancellationToken)
    {
        var tiles = new EvidenceTiles(log, published.Head.Size);
        EvidenceZip zip = await EvidenceZip.BeginAsync(output, cancellationToken);
        foreach ((string path, string text) in EvidenceReadme.Files)
        {
            await zip.AddAsync(path, text, cancellationToken);
        }

        await zip.AddAsync("checkpoint", published.Note, cancellationToken);
        await zip.AddAsync("vkey", await NeededAsync(LogFolder + "vkey", cancellationToken), cancellationToken);
        await AddPagesAsync(zip, selection, published, cancellationToken); // First: what is rendered anew meanwhile is noticed before much was sent.
        var figures = new EvidenceFigures();
        await zip.AddAsync("entries.ndjson", LinesAsync(selection, entry => Tallied(entry, figures, selection), cancellationToken), cancellationToken);
        await zip.AddAsync("entries.csv", LinesAsync(selection, entry => EntryTable.Row(entry.Found), cancellationToken, EntryTable.Header), cancellationToken);
        await zip.AddAsync("figures.csv", figures.ToCsv(), cancellationToken);
        await zip.AddAsync("withheld.ndjson", LinesAsync(selection, Withheld, cancellationToken), cancellationToken);
        await zip.AddAsync("proofs.ndjson", ProofsAsync(selection, published, tiles, cancellationToken), cancellationToken);
        await foreach (PackedEntry entry in EntriesAsync(selection, cancellationToken))
        {
            await zip.AddAsync(FormattableString.Invariant($"leaves/{entry.Found.LeafIndex}.json"), entry.Leaf, cancellationToken);
        }

        foreach (TileCoordinate tile in tiles.Read)
        {
            await zip.AddAsync(LogFolder + tile.Path, await log.TileAsync(tile, published.Head.Size, cancellationToken), cancellationToken);
        }

        await zip.FinishAsync(About(about, selection, treeSize, published), cancellationToken);
    }

    private static JsonObject About(IEnumerable<KeyValuePair<string, string>> about, EvidenceSelection selection, long treeSize, PublishedCheckpoint published) => new()
    {
        ["request"] = new JsonObject(about.Select(pair => KeyValuePair.Create(pair.Key, (JsonNode?)pair.Value))),
        ["entries"] = selection.LeafIndexes.Count,
        ["entriesOfTreeSize"] = treeSize,
        ["treeSize"] = published.Head.Size,
        ["rootHash"] = published.Head.Root.ToBase64(),
    };

    private static string Tallied(PackedEntry entry, EvidenceFigures figures, EvidenceSelection selection)
    {
        figures.Add(entry.Found, selection.IsAmended(entry.Found.Entry));
        return JsonSerializer.Serialize(new EvidenceLine(entry.Found.LeafIndex, entry.Found.Entry, new LeafJson(entry.Leaf), [.. entry.Openings.Select(LeafOpening.Of)], entry.Found.Withheld), AnswerJson.Options) + "\n";
    }

    // The commitments that nothing here opens; a line for each leaf that has one.
    private static string Withheld(PackedEntry entry)
    {
        var opened = entry.Openings.Select(opening => opening.Commitment.Hex).ToHashSet(StringComparer.Ordinal);
        string[] closed = [.. CommitmentsIn(JsonElement.Parse(entry.Leaf.Span)).Where(commitment => !opened.Contains(commitment))];
        return closed.Length == 0
            ? ""
            : JsonSerializer.Serialize(new WithheldLine(entry.Found.LeafIndex, entry.Found.Entry, closed), AnswerJson.Options) + "\n";
    }

    private static IEnumerable<string> CommitmentsIn(JsonElement node) => node.ValueKind switch
    {
        JsonValueKind.Object when node.TryGetProperty("commitment", out JsonElement hex) && node.GetPropertyCount() == 1 => [hex.GetString()!],
        JsonValueKind.Object => node.EnumerateObject().SelectMany(member => CommitmentsIn(member.Value)),
        JsonValueKind.Array => node.EnumerateArray().SelectMany(CommitmentsIn),
        _ => [],
    };

    private async IAsyncEnumerable<ReadOnlyMemory<byte>> ProofsAsync(
        EvidenceSelection selection, PublishedCheckpoint published, EvidenceTiles tiles, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        await foreach (PackedEntry entry in EntriesAsync(selection, cancellationToken))
        {
            TreeHash leafHash = Rfc6962.LeafHash(entry.Leaf.Span);
            InclusionProof proof = await tiles.ProveAsync(entry.Found.LeafIndex, leafHash, published.Head, cancellationToken);
            var line = new ProofLine(entry.Found.LeafIndex, published.Head.Size, leafHash.ToBase64(), [.. proof.Hashes.Select(hash => hash.ToBase64())]);
            yield return Encoding.UTF8.GetBytes(JsonSerializer.Serialize(line, AnswerJson.Options) + "\n");
        }
    }

    private async IAsyncEnumerable<ReadOnlyMemory<byte>> LinesAsync(
        EvidenceSelection selection, Func<PackedEntry, string> line, [EnumeratorCancellation] CancellationToken cancellationToken, string header = "")
    {
        yield return Encoding.UTF8.GetBytes(header);
        await foreach (PackedEntry entry in EntriesAsync(selection, cancellationToken))
        {
            yield return Encoding.UTF8.GetBytes(line(entry));
        }
    }

    // Bundle by bundle, in leaf order.
    private async IAsyncEnumerable<PackedEntry> EntriesAsync(EvidenceSelection selection, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        foreach (IGrouping<long, long> bundle in selection.LeafIndexes.GroupBy(index => index / TileCoordinate.WidthMax))
        {
            var count = new ReadCount();
            long first = bundle.First();
            IReadOnlyList<ReadOnlyMemory<byte>> leaves = await log.LeavesAsync(first, bundle.Last() + 1, count, cancellationToken);
            PublishedOpenings openings = await log.OpeningsAsync(bundle.Key, count, cancellationToken);
            foreach (long index in bundle)
            {
                yield return PackedEntry.Of(index, leaves[(int)(index - first)], openings);
            }
        }
    }

    // The notices as they are shown, in both languages, with what shows that the log vouches for these very files.
    private async Task AddPagesAsync(EvidenceZip zip, EvidenceSelection selection, PublishedCheckpoint published, CancellationToken cancellationToken)
    {
        if (await site.ReadAsync(Manifest.Path, cancellationToken) is not { } manifest)
        {
            return;
        }

        Dictionary<string, string> hashes = JsonElement.Parse(manifest).GetProperty("files").EnumerateArray()
            .ToDictionary(file => file.GetProperty("path").GetString()!, file => file.GetProperty("sha256").GetString()!, StringComparer.Ordinal);
        string[] folders = [.. selection.Notices.SelectMany(notice => new[] { $"notices/{notice}/", $"en/notices/{notice}/" })];
        string[] paths = [.. hashes.Keys.Where(path => IsOf(path, folders)).Order(StringComparer.Ordinal)];
        foreach (string path in paths)
        {
            byte[] bytes = await NeededAsync(path, cancellationToken);
            await zip.AddAsync($"site/{path}", Sha256Hex.Of(bytes).Value == hashes[path]
                ? bytes
                : throw new InvalidDataException($"The site's {path} is not that of the manifest: something was published meanwhile."), cancellationToken);
        }

        await zip.AddAsync($"site/{Manifest.Path}", manifest, cancellationToken);
        await zip.AddAsync($"site/{StatusPath}", await NeededAsync(StatusPath, cancellationToken), cancellationToken);
        if ((await log.CheckpointAsync(cancellationToken))?.Note != published.Note)
        {
            throw new InvalidDataException("Something was published meanwhile: the pages are not those of the checkpoint.");
        }
    }

    private static bool IsOf(string path, string[] folders) =>
        path.StartsWith("assets/", StringComparison.Ordinal) && (path.EndsWith(".css", StringComparison.Ordinal) || path.EndsWith(".svg", StringComparison.Ordinal))
        || (path.EndsWith(".html", StringComparison.Ordinal) && folders.Any(folder => path.StartsWith(folder, StringComparison.Ordinal)));

    private async Task<byte[]> NeededAsync(string path, CancellationToken cancellationToken) =>
        await site.ReadAsync(path, cancellationToken) ?? throw new InvalidDataException($"The site lacks {path}.");
}
