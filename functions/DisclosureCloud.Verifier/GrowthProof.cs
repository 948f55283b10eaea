using DisclosureCloud.Transparency;

namespace DisclosureCloud.Verifier;

/// <summary>Proves from the tiles of a site, which were found right before, that its tree begins with an older one.</summary>
internal static class GrowthProof
{
    /// <exception cref="NotVerifiedException">It does not.</exception>
    /// <exception cref="SourceException">The site changes while it is checked.</exception>
    public static async Task VerifyAsync(ISiteSource source, TreeHead before, TreeHead now, CancellationToken cancellationToken)
    {
        if (before.Size > now.Size)
        {
            throw new NotVerifiedException($"The tree shrank from {before.Size} to {now.Size} leaves.");
        }

        var tiles = new Dictionary<TileCoordinate, byte[]>();
        foreach (TileCoordinate tile in TiledTree.TilesForConsistencyProof(before.Size, now.Size))
        {
            byte[]? bytes = await source.ReadAsync(LogLayout.PathOf(tile), tile.SizeBytes, cancellationToken);
            tiles[tile] = bytes ?? throw new SourceException($"{LogLayout.PathOf(tile)} was there and is gone: the site changes while it is checked. Check again.");
        }

        try
        {
            new TiledTree(now.Size, tile => tiles[tile]).ConsistencyProof(before.Size).Verify(before, now);
        }
        catch (FormatException fault)
        {
            throw new SourceException("A tile that was right a moment ago is not any more: the site changes while it is checked. Check again.", fault);
        }
    }
}
