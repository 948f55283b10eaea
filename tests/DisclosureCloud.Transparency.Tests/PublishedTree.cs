using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using DisclosureCloud.Testing;

namespace DisclosureCloud.Transparency.Tests;

/// <summary>A log's folder, signed by both keys and a witness, and proofs of many sizes made from its tiles.</summary>
public sealed class PublishedTree : IDisposable
{
    /// <summary>More than a full tile of the second level, so that there are three levels of tiles, and partial ones.</summary>
    public const int TreeSize = 65_536 + 700;

    public const int ProofsOfASort = 1_000;

    private const int Seed = 1123;

    private readonly TemporaryFolder _folder = new();
    private readonly ECDsa _p256 = ECDsa.Create(ECCurve.NamedCurves.nistP256);
    private readonly Ed25519Signer _ed25519 = new("example.com/log", Enumerable.Repeat((byte)7, 32).ToArray());
    private readonly ReferenceTree _reference = ReferenceTree.OfSize(TreeSize);
    private readonly Dictionary<(int Level, long Index), TileCoordinate> _published = Tiling.Tiles(TreeSize).ToDictionary(tile => (tile.Level, tile.Index));

    public PublishedTree()
    {
        for (int bundle = 0; bundle * 256 < TreeSize; bundle++)
        {
            ReadOnlyMemory<byte>[] entries = [.. Enumerable.Range(bundle * 256, Math.Min(256, TreeSize - (bundle * 256))).Select(index => (ReadOnlyMemory<byte>)_reference.Entry(index))];
            Write(new EntryBundleCoordinate(bundle, entries.Length).Path, EntryBundle.Encode(entries));
        }

        foreach (Tile tile in TreeEdge.Empty.Append([.. Enumerable.Range(0, TreeSize).Select(index => Rfc6962.LeafHash(_reference.Entry(index)))]).Tiles)
        {
            Write(tile.Coordinate.Path, tile.Bytes.ToArray());
        }

        Write("checkpoint", Encoding.UTF8.GetBytes(Sign(Head(TreeSize))));
        Proofs = [.. Inclusions(), .. Consistencies()];
    }

    public string Folder => _folder.Path;

    public string Vkey => $"{_ed25519.VerifierKey}\n{new EcdsaP256Signer("example.com/log", _p256).VerifierKey}\n";

    /// <summary>As the program reads them.</summary>
    public IReadOnlyList<string> Proofs { get; }

    public TreeHead Head(int size) => Tree(size).Head();

    public string Sign(TreeHead head)
    {
        var checkpoint = new Checkpoint("example.com/log", head);
        using var witness = new Ed25519Cosigner("witness.example.com/w", Enumerable.Repeat((byte)8, 32).ToArray());
        SignedNote note = SignedNote.Sign(checkpoint.Text, [_ed25519, new EcdsaP256Signer("example.com/log", _p256)]);
        return new SignedNote(note.Text, [.. note.Signatures, witness.Cosign(1_700_000_000, checkpoint)]).ToString();
    }

    /// <summary>The same tiles and bundles under another checkpoint.</summary>
    public TemporaryFolder With(string checkpoint)
    {
        var other = new TemporaryFolder();
        Directory.CreateSymbolicLink(other.File("tile"), Path.Combine(Folder, "tile"));
        File.WriteAllText(other.File("checkpoint"), checkpoint);
        return other;
    }

    public TemporaryFolder Copy()
    {
        var copy = new TemporaryFolder();
        foreach (string file in Directory.EnumerateFiles(Folder, "*", SearchOption.AllDirectories))
        {
            string to = copy.File(Path.GetRelativePath(Folder, file));
            Directory.CreateDirectory(Path.GetDirectoryName(to)!);
            File.Copy(file, to);
        }

        return copy;
    }

    public void Dispose()
    {
        _folder.Dispose();
        _ed25519.Dispose();
        _p256.Dispose();
    }

    // Smaller trees as any reader has them: from the published tiles, of which they have the first hashes.
    private TiledTree Tree(long size) => new(size, tile =>
    {
        TileCoordinate published = _published[(tile.Level, tile.Index)];
        return File.ReadAllBytes(_folder.File(published.Path)).AsMemory(0, tile.SizeBytes);
    });

    private IEnumerable<string> Inclusions()
    {
        var random = new Random(Seed);
        foreach (int size in Sizes(random))
        {
            TiledTree tree = Tree(size);
            foreach (int index in Enumerable.Range(0, ProofsOfASort / 20).Select(i => i == 0 ? size - 1 : random.Next(size)))
            {
                yield return Line("inclusion", size, tree.Head().Root, index, tree.InclusionProof(index).Hashes);
            }
        }
    }

    private IEnumerable<string> Consistencies()
    {
        var random = new Random(Seed + 1);
        foreach (int size in Sizes(random))
        {
            TiledTree tree = Tree(size);
            foreach (int older in Enumerable.Range(0, ProofsOfASort / 20).Select(i => i == 0 ? size : random.Next(1, size + 1)))
            {
                yield return Line("consistency", older, tree.Head(older).Root, $"{size} {tree.Head().Root.ToBase64()}", tree.ConsistencyProof(older).Hashes);
            }
        }
    }

    // Twenty sizes, with those at which the shape of the tree turns.
    private static int[] Sizes(Random random) =>
        [1, 2, 255, 256, 257, 511, 512, 4_096, 65_535, 65_536, 65_537, TreeSize - 1, TreeSize, .. Enumerable.Range(0, 7).Select(_ => random.Next(1, TreeSize))];

    private static string Line(string sort, int size, TreeHash root, object what, IEnumerable<TreeHash> hashes) =>
        string.Join(' ', [sort, size.ToString(CultureInfo.InvariantCulture), root.ToBase64(), string.Create(CultureInfo.InvariantCulture, $"{what}"), .. hashes.Select(hash => hash.ToBase64())]);

    private void Write(string path, byte[] bytes)
    {
        string file = _folder.File(path);
        Directory.CreateDirectory(Path.GetDirectoryName(file)!);
        File.WriteAllBytes(file, bytes);
    }
}
