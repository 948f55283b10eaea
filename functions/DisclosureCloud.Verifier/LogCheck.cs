using DisclosureCloud.Transparency;

namespace DisclosureCloud.Verifier;

/// <summary>Checks that the tiles and entry bundles of a log are those of its checkpoint, and gives its leaves.</summary>
/// <remarks>It goes through the log once, bundle by bundle. What it keeps is one tile a level and the bundles that are read ahead.</remarks>
internal sealed class LogCheck(ISiteSource source, TreeHead head)
{
    // Two for each reader: while one is awaited, the next is on its way. A bundle has at most 16 MiB, and as a rule some 100 kB.
    private const int AheadOfEach = 2;

    // How often a long check says how far it has got.
    private const int ProgressEvery = 65_536;

    /// <summary>What is wrong with tiles and bundles: apart from what others find meanwhile, for on it depends what is asked next.</summary>
    private readonly VerifyNotes _notes = new();

    /// <param name="read">Makes what is wanted of the leaves of a bundle, on any thread. Their bytes are good until it was taken.</param>
    /// <param name="take">Takes what was made of the leaves of a bundle, bundle after bundle; not of one that is not right.</param>
    /// <returns>What is wrong: nothing where tiles, bundles and root agree.</returns>
    public async Task<VerifyNotes> CheckAsync<TBundle>(
        Func<EntryBundleCoordinate, IReadOnlyList<ReadOnlyMemory<byte>>, CancellationToken, Task<TBundle>> read,
        Action<TBundle> take,
        Action<string>? progress,
        CancellationToken cancellationToken)
        where TBundle : class
    {
        var chain = new TileChain(source, head, _notes);
        await chain.ReadEdgeAsync(cancellationToken);
        IAsyncEnumerable<Bundle<TBundle>> bundles = Tiling.EntryBundles(head.Size).InOrderAsync(
            AheadOfEach * source.ParallelMax, (one, token) => ReadAsync(one, read, token), cancellationToken);
        await foreach (Bundle<TBundle> bundle in bundles)
        {
            using FileBytes? file = bundle.File;
            StoredTile tile = await chain.GetAsync(0, bundle.Coordinate.Index, cancellationToken);
            if (IsRight(bundle, tile, chain))
            {
                take(bundle.Read!);
            }

            if (_notes.Count >= VerifyReport.FindingsMax)
            {
                _notes.Find(LogLayout.Folder, $"the rest was not checked, since {_notes.Count} files of it are wrong already."); // A size that is a lie has no end.
                break;
            }

            long end = bundle.Coordinate.FirstLeafIndex + bundle.Coordinate.Width;
            if (end % ProgressEvery == 0)
            {
                progress?.Invoke($"{end} of {head.Size} leaves");
            }
        }

        if (head.Size > 0 && !chain.LeadsToRoot && _notes.Count == 0)
        {
            _notes.Find(LogLayout.Checkpoint, $"has the root hash {head.Root.ToBase64()} at {head.Size} leaves; the tiles, which agree with the entries, lead to another.");
        }

        return _notes;
    }

    private async Task<Bundle<TBundle>> ReadAsync<TBundle>(
        EntryBundleCoordinate coordinate,
        Func<EntryBundleCoordinate, IReadOnlyList<ReadOnlyMemory<byte>>, CancellationToken, Task<TBundle>> read,
        CancellationToken cancellationToken)
        where TBundle : class
    {
        string path = LogLayout.PathOf(coordinate);
        FileBytes? file = await source.RentAsync(path, LogLayout.BundleSizeMax, cancellationToken);
        if (file is null)
        {
            return new Bundle<TBundle>(coordinate, null, null, null, $"is missing; a tree of {head.Size} leaves has it.");
        }

        try
        {
            IReadOnlyList<ReadOnlyMemory<byte>> leaves = EntryBundle.Decode(file.Bytes, coordinate.Width);
            TreeHash[] hashes = [.. leaves.Select(leaf => Rfc6962.LeafHash(leaf.Span))];
            return new Bundle<TBundle>(coordinate, file, hashes, await read(coordinate, leaves, cancellationToken), null);
        }
        catch (FormatException fault)
        {
            return new Bundle<TBundle>(coordinate, file, null, null, fault.Message);
        }
    }

    private bool IsRight<TBundle>(Bundle<TBundle> bundle, StoredTile tile, TileChain chain)
        where TBundle : class
    {
        string path = LogLayout.PathOf(bundle.Coordinate);
        if (bundle.Hashes is null)
        {
            _notes.Find(path, bundle.Fault!);
            return false;
        }

        if (tile.Bytes is null)
        {
            return true; // The tile is named already.
        }

        int same = bundle.Hashes.AsSpan().CommonPrefixLength(tile.Hashes);
        if (same < bundle.Hashes.Length)
        {
            chain.Blame(path, tile, $"leaf {bundle.Coordinate.FirstLeafIndex + same} is not the one whose hash stands in {LogLayout.PathOf(tile.Coordinate)}.");
            return false;
        }

        return true;
    }

    private sealed record Bundle<TBundle>(EntryBundleCoordinate Coordinate, FileBytes? File, TreeHash[]? Hashes, TBundle? Read, string? Fault);
}
