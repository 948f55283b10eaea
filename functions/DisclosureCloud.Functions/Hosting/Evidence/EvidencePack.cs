using System.Collections.Immutable;
using System.Runtime.CompilerServices;
using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;
using DisclosureCloud.Functions.Hosting.Entries;
using DisclosureCloud.Functions.Hosting.Http;
using DisclosureCloud.Functions.Hosting.Publishing;
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
    private const string SiteFolder = "site/";

    /// <summary>For tests: a smaller one.</summary>
    internal int EntriesMax { get; init; } = EvidenceSelection.EntriesMax;

    /// <summary>The publication that a pack made now is of; null where nothing is published yet.</summary>
    /// <exception cref="MidPublishException">A publish is putting its files, or was cut off.</exception>
    public Task<ShownPublication?> ShownAsync(CancellationToken cancellationToken) => ShownPublication.ReadAsync(site, log, cancellationToken);

    /// <summary>Finds what a pack holds, and holds each of its pages against the manifest.</summary>
    /// <param name="treeSize">The tree whose entries they are: the published one, or an older one.</param>
    /// <returns>Null where there are more entries than <see cref="EntriesMax"/>.</returns>
    /// <exception cref="MidPublishException">A publish is putting its files, or was cut off.</exception>
    public async Task<PackContents?> FindAsync(EntryQuery query, long treeSize, ShownPublication shown, CancellationToken cancellationToken)
    {
        if (await EvidenceSelection.FindAsync(search, query, treeSize, EntriesMax, cancellationToken) is not { } selection)
        {
            return null;
        }

        ImmutableArray<string> pages = shown.PagesOf(selection.Notices);
        foreach (string path in pages)
        {
            await shown.ReadAsync(path, cancellationToken);
        }

        return new PackContents(shown, selection, pages, treeSize);
    }

    /// <summary>Writes a pack. Where it throws, what was written is no zip.</summary>
    /// <param name="about">What was asked for, by parameter.</param>
    /// <exception cref="InvalidDataException">A store holds something else than what was published.</exception>
    /// <exception cref="MidPublishException">A page was put anew since the pack was found.</exception>
    public async Task WriteAsync(Stream output, IEnumerable<KeyValuePair<string, string>> about, PackContents contents, CancellationToken cancellationToken)
    {
        (ShownPublication shown, EvidenceSelection selection) = (contents.Shown, contents.Selection);
        PublishedCheckpoint published = shown.Checkpoint;
        var tiles = new EvidenceTiles(log, published.Head.Size);
        EvidenceZip zip = await EvidenceZip.BeginAsync(output, cancellationToken);
        foreach (string path in contents.Pages) // First: the next publish may put them anew, and nothing else.
        {
            await zip.AddAsync(SiteFolder + path, await shown.ReadAsync(path, cancellationToken), cancellationToken);
        }

        await zip.AddAsync(SiteFolder + Manifest.Path, shown.Manifest, cancellationToken);
        await zip.AddAsync(SiteFolder + Publisher.StatusPath, shown.Status, cancellationToken);
        foreach ((string path, string text) in EvidenceReadme.Files)
        {
            await zip.AddAsync(path, text, cancellationToken);
        }

        await zip.AddAsync("checkpoint", published.Note, cancellationToken);
        await zip.AddAsync("vkey", shown.Vkey, cancellationToken);
        var figures = new EvidenceFigures();
        await zip.AddAsync("entries.ndjson", LinesAsync(selection, entry => Tallied(entry, figures, selection), cancellationToken), cancellationToken);
        await zip.AddAsync("entries.csv", LinesAsync(selection, entry => EntryTable.Row(entry.Found), cancellationToken, EntryTable.Header), cancellationToken);
        await zip.AddAsync("figures.csv", figures.ToCsv(), cancellationToken);
        await zip.AddAsync("withheld.ndjson", LinesAsync(selection, Withheld, cancellationToken), cancellationToken);
        await zip.AddAsync("proofs.ndjson", ProofsAsync(contents, tiles, cancellationToken), cancellationToken);
        await foreach (PackedEntry entry in EntriesAsync(contents.Leaves, cancellationToken))
        {
            await zip.AddAsync(FormattableString.Invariant($"leaves/{entry.Found.LeafIndex}.json"), entry.Leaf, cancellationToken);
        }

        foreach (TileCoordinate tile in tiles.Read)
        {
            await zip.AddAsync(PublishedLog.Folder + tile.Path, await log.TileAsync(tile, published.Head.Size, cancellationToken), cancellationToken);
        }

        await zip.FinishAsync(About(about, contents), cancellationToken);
    }

    private static JsonObject About(IEnumerable<KeyValuePair<string, string>> about, PackContents contents) => new()
    {
        ["request"] = new JsonObject(about.Select(pair => KeyValuePair.Create(pair.Key, (JsonNode?)pair.Value))),
        ["entries"] = contents.Selection.LeafIndexes.Count,
        ["entriesOfTreeSize"] = contents.TreeSize,
        ["publicationLeaf"] = contents.Shown.LeafIndex,
        ["treeSize"] = contents.Shown.Checkpoint.Head.Size,
        ["rootHash"] = contents.Shown.Checkpoint.Head.Root.ToBase64(),
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

    private async IAsyncEnumerable<ReadOnlyMemory<byte>> ProofsAsync(PackContents contents, EvidenceTiles tiles, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        TreeHead head = contents.Shown.Checkpoint.Head;
        await foreach (PackedEntry entry in EntriesAsync(contents.Leaves, cancellationToken))
        {
            TreeHash leafHash = Rfc6962.LeafHash(entry.Leaf.Span);
            InclusionProof proof = await tiles.ProveAsync(entry.Found.LeafIndex, leafHash, head, cancellationToken);
            var line = new ProofLine(entry.Found.LeafIndex, head.Size, leafHash.ToBase64(), [.. proof.Hashes.Select(hash => hash.ToBase64())]);
            yield return Encoding.UTF8.GetBytes(JsonSerializer.Serialize(line, AnswerJson.Options) + "\n");
        }
    }

    private async IAsyncEnumerable<ReadOnlyMemory<byte>> LinesAsync(
        EvidenceSelection selection, Func<PackedEntry, string> line, [EnumeratorCancellation] CancellationToken cancellationToken, string header = "")
    {
        yield return Encoding.UTF8.GetBytes(header);
        await foreach (PackedEntry entry in EntriesAsync(selection.LeafIndexes, cancellationToken))
        {
            yield return Encoding.UTF8.GetBytes(line(entry));
        }
    }

    // Bundle by bundle, in leaf order.
    private async IAsyncEnumerable<PackedEntry> EntriesAsync(IReadOnlyCollection<long> leafIndexes, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        foreach (IGrouping<long, long> bundle in leafIndexes.GroupBy(index => index / TileCoordinate.WidthMax))
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
}

/// <summary>What a pack holds, found and not yet written.</summary>
/// <param name="Pages">Their paths in the site, in ordinal order.</param>
/// <param name="TreeSize">The tree whose entries they are: the published one, or an older one.</param>
internal sealed record PackContents(ShownPublication Shown, EvidenceSelection Selection, ImmutableArray<string> Pages, long TreeSize)
{
    /// <summary>In rising order: the leaves of the entries, and that of the publication that vouches for the pages.</summary>
    public IReadOnlyCollection<long> Leaves { get; } = new SortedSet<long>(Selection.LeafIndexes) { Shown.LeafIndex };
}
