using System.Runtime.InteropServices;
using DisclosureCloud.Transparency;

namespace DisclosureCloud.Verifier;

/// <summary>The tiles of one tree as they lie in a site, each held against the one above it, and the last ones against the root.</summary>
/// <remarks>
/// Two files that disagree do not say which is wrong. A tile that agrees with the one above it is right, so that the file below is to
/// blame; one that does not is wrong itself. Tiles are asked for from the left, and one a level is kept.
/// </remarks>
internal sealed class TileChain(ISiteSource source, TreeHead head, VerifyNotes notes)
{
    private readonly StoredTile?[] _current = new StoredTile?[TileCoordinate.LevelMax + 1];
    private readonly StoredTile?[] _edge = new StoredTile?[TileCoordinate.LevelMax + 1];

    /// <summary>True where the tiles at the right edge lead to the checkpoint's root.</summary>
    public bool LeadsToRoot { get; private set; }

    /// <summary>Reads the partial tiles, which alone make the root. Called once, before all else.</summary>
    public async Task ReadEdgeAsync(CancellationToken cancellationToken)
    {
        IReadOnlyList<TileCoordinate> partial = Tiling.PartialTiles(head.Size);
        foreach (TileCoordinate tile in partial)
        {
            _edge[tile.Level] = new StoredTile(tile, await ReadAsync(tile, cancellationToken));
        }

        bool complete = partial.All(tile => _edge[tile.Level]!.Bytes is not null);
        LeadsToRoot = complete && IsRoot();
        foreach (TileCoordinate tile in partial)
        {
            // Where one of them is missing, it is named; there is no reason to doubt the others.
            _edge[tile.Level]!.IsTrusted = LeadsToRoot || !complete;
        }
    }

    /// <summary>The tile of the tree at a level and index, or what is left of it.</summary>
    public async Task<StoredTile> GetAsync(int level, long index, CancellationToken cancellationToken)
    {
        if (_edge[level] is { } edge && edge.Coordinate.Index == index)
        {
            return edge;
        }

        if (_current[level] is { } known && known.Coordinate.Index == index)
        {
            return known;
        }

        var coordinate = new TileCoordinate(level, index);
        var tile = new StoredTile(coordinate, await ReadAsync(coordinate, cancellationToken)) { IsTrusted = true };
        StoredTile above = await GetAsync(level + 1, index / TileCoordinate.WidthMax, cancellationToken);
        if (tile.Bytes is not null && above.Bytes is not null)
        {
            tile.IsTrusted = Rfc6962.PerfectTreeHash(tile.Hashes) == above.Hashes[(int)(index % TileCoordinate.WidthMax)];
            if (!tile.IsTrusted)
            {
                Blame(LogLayout.PathOf(coordinate), above, "its hashes do not lead to the one that the tile above it has.");
            }
        }

        _current[level] = tile;
        return tile;
    }

    /// <summary>Says which of two files that disagree is wrong: the one below, unless the tile above is in doubt itself.</summary>
    public void Blame(string below, StoredTile above, string message)
    {
        if (above.IsTrusted)
        {
            notes.Find(below, message);
        }
        else
        {
            notes.Find(LogLayout.PathOf(above.Coordinate), "its hashes agree neither with what lies below it nor with what stands above.");
        }
    }

    private bool IsRoot()
    {
        try
        {
            TreeEdge.Read(head, tile => _edge[tile.Level]!.Bytes!);
            return true;
        }
        catch (FormatException)
        {
            return false;
        }
    }

    private async Task<byte[]?> ReadAsync(TileCoordinate tile, CancellationToken cancellationToken)
    {
        string path = LogLayout.PathOf(tile);
        byte[]? bytes = await source.ReadAsync(path, tile.SizeBytes, cancellationToken);
        if (bytes is null)
        {
            notes.Find(path, $"is missing; a tree of {head.Size} leaves has it.");
        }
        else if (bytes.Length != tile.SizeBytes)
        {
            notes.Find(path, $"is {tile.SizeBytes} bytes; found {(bytes.Length > tile.SizeBytes ? "more" : bytes.Length)}.");
            bytes = null;
        }

        return bytes;
    }
}

/// <summary>A tile as it lies in a site; without bytes where it is missing or of a wrong length.</summary>
internal sealed class StoredTile(TileCoordinate coordinate, byte[]? bytes)
{
    public TileCoordinate Coordinate { get; } = coordinate;

    public byte[]? Bytes { get; } = bytes;

    /// <summary>True where it agrees with what stands above it.</summary>
    public bool IsTrusted { get; set; }

    public ReadOnlySpan<TreeHash> Hashes => MemoryMarshal.Cast<byte, TreeHash>(Bytes);
}
