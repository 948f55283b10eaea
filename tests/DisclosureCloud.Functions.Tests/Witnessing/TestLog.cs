using System.Text;
using DisclosureCloud.Transparency;

namespace DisclosureCloud.Functions.Tests.Witnessing;

/// <summary>A log in a folder as it is published, which can also lie: shrink, or grow into another tree.</summary>
internal sealed class TestLog : IDisposable
{
    public const string Origin = "example.com/log";

    private readonly Ed25519Signer _signer;
    private readonly string _folder;
    private readonly Dictionary<TileCoordinate, ReadOnlyMemory<byte>> _tiles = [];
    private readonly List<TreeHash> _leaves = [];

    public TestLog(string folder, byte seed = 1)
    {
        _folder = folder;
        _signer = new Ed25519Signer(Origin, [.. Enumerable.Repeat(seed, 32)]);
        Write("log/vkey", Encoding.UTF8.GetBytes($"{_signer.VerifierKey}\n"));
    }

    public string Vkey => _signer.VerifierKey.ToString();

    public SignedNote Note { get; private set; } = null!;

    public TreeHead Head { get; private set; } = TreeHead.Empty;

    /// <summary>Writes the tree of these leaves, and its checkpoint.</summary>
    /// <param name="size">In leaves.</param>
    /// <param name="sameTo">From this leaf on, the leaves are others than before.</param>
    public TestLog Publish(int size, int? sameTo = null, string salt = "")
    {
        _leaves.RemoveRange(Math.Min(sameTo ?? size, _leaves.Count), Math.Max(0, _leaves.Count - (sameTo ?? size)));
        while (_leaves.Count < size)
        {
            _leaves.Add(Rfc6962.LeafHash(Encoding.UTF8.GetBytes($"leaf {_leaves.Count}{salt}")));
        }

        TreeGrowth growth = TreeEdge.Empty.Append([.. _leaves]);
        _tiles.Clear();
        if (Directory.Exists(Path.Combine(_folder, "log", "tile")))
        {
            Directory.Delete(Path.Combine(_folder, "log", "tile"), recursive: true);
        }

        foreach (Tile tile in growth.Tiles)
        {
            _tiles[tile.Coordinate] = tile.Bytes;
            Write($"log/{tile.Coordinate.Path}", tile.Bytes.ToArray());
        }

        Head = growth.Edge.Head;
        Note = SignedNote.Sign(new Checkpoint(Origin, Head).Text, [_signer]);
        Write("log/checkpoint", Note.ToBytes());
        return this;
    }

    public ConsistencyProof Prove(long oldSize) => new TiledTree(Head.Size, tile => _tiles[tile]).ConsistencyProof(oldSize);

    public AddCheckpointRequest Request(long oldSize) => new(oldSize, Prove(oldSize), Note);

    public SignedNote Sign(string text) => SignedNote.Sign(text, [_signer]);

    /// <summary>The log signs what it is asked to, whatever its tiles are.</summary>
    public void PublishCheckpoint(TreeHead head, string origin = Origin) => Write("log/checkpoint", SignedNote.Sign(new Checkpoint(origin, head).Text, [_signer]).ToBytes());

    public void Write(string path, byte[] bytes)
    {
        string file = Path.Combine(_folder, path);
        Directory.CreateDirectory(Path.GetDirectoryName(file)!);
        File.WriteAllBytes(file, bytes);
    }

    public void Dispose() => _signer.Dispose();
}
