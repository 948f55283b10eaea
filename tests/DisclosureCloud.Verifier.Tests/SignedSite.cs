using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json.Nodes;
using DisclosureCloud.Ledger;
using DisclosureCloud.Testing;
using DisclosureCloud.Transparency;

namespace DisclosureCloud.Verifier.Tests;

/// <summary>A site in a folder, with its log and every signature, made from leaves and files as the publisher would make it.</summary>
internal sealed class SignedSite : IDisposable
{
    public const string Origin = "log.example/county";

    private readonly TemporaryFolder _folder = new();
    private ECDsa[] _keys;
    private readonly List<byte[]> _leaves = [];
    private long _facts;
    private long _publications;
    private string? _previous;
    private TreeEdge _edge = TreeEdge.Empty;
    private int _ended;

    public SignedSite(params ECDsa[] keys)
    {
        _keys = keys.Length > 0 ? keys : [ECDsa.Create(ECCurve.NamedCurves.nistP256), ECDsa.Create(ECCurve.NamedCurves.nistP256)];
        Directory.CreateDirectory(Root);
        WriteKeys();
    }

    public string Root => _folder.File("site");

    public string SeenPath => _folder.File("seen.txt");

    /// <summary>The origin of its newest log.</summary>
    public string Name { get; private set; } = Origin;

    public IReadOnlyList<byte[]> Leaves => _leaves;

    public ECDsa[] Keys => _keys;

    public IReadOnlyList<EcdsaP256Signer> Signers => [.. _keys.Select(key => new EcdsaP256Signer(Name, key))];

    public IEnumerable<string> Files => Directory.EnumerateFiles(Root, "*", SearchOption.AllDirectories)
        .Select(file => Path.GetRelativePath(Root, file).Replace('\\', '/')).Order(StringComparer.Ordinal);

    public string File(string path) => Path.Combine(Root, path);

    public byte[] Read(string path) => System.IO.File.ReadAllBytes(File(path));

    public void Write(string path, ReadOnlySpan<byte> bytes)
    {
        Directory.CreateDirectory(Path.GetDirectoryName(File(path))!);
        System.IO.File.WriteAllBytes(File(path), bytes);
    }

    public void WriteText(string path, string text) => Write(path, Encoding.UTF8.GetBytes(text));

    /// <summary>Adds a leaf that is no publication.</summary>
    public void Add(byte[] leaf, bool isFact = true)
    {
        _leaves.Add(leaf);
        _facts += isFact ? 1 : 0;
    }

    /// <summary>Signs what is logged so far, as if a checkpoint of it had been published.</summary>
    public void Checkpoint()
    {
        TreeGrowth growth = _edge.Append([.. _leaves.Skip((int)_edge.Head.Size).Select(leaf => Rfc6962.LeafHash(leaf))]);
        foreach (Tile tile in growth.Tiles)
        {
            Write($"log/{tile.Coordinate.Path}", tile.Bytes.Span);
        }

        foreach (EntryBundleCoordinate bundle in Tiling.NewEntryBundles(_edge.Head.Size, growth.Edge.Head.Size))
        {
            ReadOnlyMemory<byte>[] entries = [.. _leaves.Skip((int)bundle.FirstLeafIndex).Take(bundle.Width).Select(leaf => (ReadOnlyMemory<byte>)leaf)];
            Write($"log/{bundle.Path}", EntryBundle.Encode(entries));
        }

        _edge = growth.Edge;
        Sign(new Checkpoint(Name, _edge.Head));
    }

    /// <summary>Ends the log.</summary>
    public void End(string? successor, FreezeReason reason = FreezeReason.Closed) =>
        Write("log/frozen", SignedNote.Sign(new FrozenLog(Name, Head, new DateOnly(2026, 11, 23), reason, successor).Text, [.. Signers]).ToBytes());

    /// <summary>Goes on as another log, with keys of its own: the three files of the one that ended go below <c>log/before/</c>.</summary>
    public void Succeed(string origin, params ECDsa[] keys)
    {
        _ended++;
        foreach (string name in new[] { "checkpoint", "frozen", "vkey" })
        {
            Write($"log/before/{_ended}/{name}", Read($"log/{name}"));
        }

        System.IO.File.Delete(File("log/frozen"));
        _keys = keys.Length > 0 ? keys : [ECDsa.Create(ECCurve.NamedCurves.nistP256)];
        Name = origin;
        WriteKeys();
        Checkpoint();
    }

    public void Sign(Checkpoint checkpoint) => Write("log/checkpoint", SignedNote.Sign(checkpoint.Text, [.. Signers]).ToBytes());

    public TreeHead Head => _edge.Head;

    /// <summary>Publishes files: the manifest, the publication in the log, its checkpoint, the status. Files of before stay.</summary>
    /// <param name="change">Changes the publication's leaf before it is logged.</param>
    public void Publish(IReadOnlyDictionary<string, byte[]> files, long? position = null, Action<JsonObject>? change = null)
    {
        foreach ((string path, byte[] bytes) in files)
        {
            Write(path, bytes);
        }

        Checkpoint();
        WriteManifest();
        JsonObject leaf = PublicationLeaf(position ?? _facts);
        change?.Invoke(leaf);
        _previous = leaf["id"]!.GetValue<string>();
        _leaves.Add(CanonicalJson.Write(leaf));
        _publications++;
        Checkpoint();
        WriteStatus(leaf);
    }

    public void WriteManifest()
    {
        IEnumerable<string> listed = Files.Where(path => path is not ("data/manifest.json" or "status.json") && !path.StartsWith("log/", StringComparison.Ordinal));
        Write("data/manifest.json", CanonicalJson.Write(new JsonObject
        {
            ["files"] = new JsonArray([.. listed.Select(path => new JsonObject
            {
                ["bytes"] = Read(path).LongLength, ["path"] = path, ["sha256"] = Hash(Read(path)),
            })]),
            ["format"] = 1,
        }));
    }

    public void WriteStatus(JsonObject leaf)
    {
        JsonObject status = [];
        foreach (string name in new[] { "position", "asOf", "previous", "manifestSha256", "contentVersion", "version" })
        {
            if (leaf[name] is { } value)
            {
                status[name] = value.DeepClone();
            }
        }

        status["publication"] = leaf["id"]!.DeepClone();
        status["publishedAt"] = leaf["recordedAt"]!.DeepClone();
        status["leafIndex"] = _leaves.Count - 1;
        status["origin"] = Name;
        status["treeSize"] = _edge.Head.Size;
        status["rootHash"] = _edge.Head.Root.ToBase64();
        Write("status.json", [.. CanonicalJson.Write(status), (byte)'\n']);
    }

    public Task<VerifyReport> VerifyAsync(bool remember = false, params VerifierKey[] keys) => VerifyAsync(new FolderSource(Root), remember, keys);

    public Task<VerifyReport> VerifyAsync(ISiteSource source, bool remember, params VerifierKey[] keys) => SiteVerifier.VerifyAsync(
        source, new VerifyRequest(keys, _ => remember ? SeenPath : null, VerifyRequest.KnownVerifiers), TestContext.Current.CancellationToken);

    public static string Hash(byte[] bytes) => Convert.ToHexStringLower(SHA256.HashData(bytes));

    public void Dispose() => _folder.Dispose();

    private void WriteKeys() => WriteText("log/vkey", string.Concat(Signers.Select(signer => signer.VerifierKey + "\n")));

    private JsonObject PublicationLeaf(long position)
    {
        var leaf = new JsonObject
        {
            ["asOf"] = "2026-11-22",
            ["channel"] = "publisher",
            ["contentVersion"] = Hash([1]),
            ["date"] = "2026-11-22",
            ["department"] = "site",
            ["format"] = 1,
            ["id"] = string.Create(CultureInfo.InvariantCulture, $"site{_publications}-1"),
            ["kind"] = "publication",
            ["manifestSha256"] = Hash(Read("data/manifest.json")),
            ["position"] = position,
            ["recordedAt"] = "2026-11-22T01:00:00.000Z",
            ["treeSize"] = _edge.Head.Size,
            ["version"] = "1.2.3",
        };
        if (_previous is not null)
        {
            leaf["previous"] = _previous;
        }

        return leaf;
    }
}
