using DisclosureCloud.Functions.Hosting.Entries;
using DisclosureCloud.Transparency;

namespace DisclosureCloud.Functions.Hosting.Evidence;

/// <summary>The tiles of the published tree that a pack's proofs need, leaf by leaf in rising order.</summary>
/// <remarks>Tiles of leaves are as many as bundles: only the newest and those of the edge are kept. Above them there is one for 65,536 leaves.</remarks>
internal sealed class EvidenceTiles(PublishedLog log, long treeSize)
{
    private readonly SortedDictionary<string, TileCoordinate> _read = new(StringComparer.Ordinal);
    private readonly Dictionary<TileCoordinate, ReadOnlyMemory<byte>> _kept = [];

    /// <summary>Every tile that was needed, by path.</summary>
    public IEnumerable<TileCoordinate> Read => _read.Values;

    /// <exception cref="InvalidDataException">The proof does not verify: the published files contradict each other.</exception>
    public async Task<InclusionProof> ProveAsync(long leafIndex, TreeHash leafHash, TreeHead head, CancellationToken cancellationToken)
    {
        TileCoordinate[] needed = [.. TiledTree.TilesForInclusionProof(leafIndex, treeSize)];
        foreach (TileCoordinate passed in _kept.Keys.Where(tile => tile.Level == 0 && !needed.Contains(tile)).ToArray())
        {
            _kept.Remove(passed);
        }

        foreach (TileCoordinate tile in needed.Where(tile => !_kept.ContainsKey(tile)))
        {
            _kept[tile] = await log.TileAsync(tile, treeSize, cancellationToken);
            _read[tile.Path] = tile;
        }

        InclusionProof proof = new TiledTree(treeSize, tile => _kept[tile]).InclusionProof(leafIndex);
        try
        {
            proof.Verify(leafHash, head);
        }
        catch (NotVerifiedException fault)
        {
            throw new InvalidDataException($"The published log contradicts itself: {fault.Message}", fault);
        }

        return proof;
    }
}
