namespace DisclosureCloud.Transparency.Tests;

/// <summary>
/// The well-known vectors of Certificate Transparency: the eight entries of google/certificate-transparency's Merkle tests, as
/// transparency-dev/merkle publishes them in testonly/constants.go and proof/verify_test.go.
/// </summary>
public sealed class Rfc6962Tests
{
    private static readonly string[] Entries =
        ["", "00", "10", "2021", "3031", "40414243", "5051525354555657", "606162636465666768696a6b6c6d6e6f"];

    private static readonly string[] Roots =
    [
        "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855",
        "6e340b9cffb37a989ca544e6bb780a2c78901d3fb33738768511a30617afa01d",
        "fac54203e7cc696cf0dfcb42c92a1d9dbaf70ad9e621f4bd8d98662f00e3c125",
        "aeb6bcfe274b70a14fb067a5e5578264db0fa9b51af5e0ba159158f329e06e77",
        "d37ee418976dd95753c1c73862b9398fa2a2cf9b4ff0fdfe8b30cd95209614b7",
        "4e3bbb1f7b478dcfe71fb631631519a3bca12c9aefca1612bfce4c13a86264d4",
        "76e67dadbcdf1e10e1b74ddc608abd2f98dfb16fbce75277b5232a127f2087ef",
        "ddb89be403809e325750d3d263cd78929c2942b7942a34b77e122c9594a74c8c",
        "5dc9da79a70659a9ad559cb701ded9a2ab9d823aad2f4960cfe370eff4604328",
    ];

    // The nodes of the proofs by their first two bytes.
    private static readonly Dictionary<string, string> Nodes = new[]
    {
        "6e340b9cffb37a989ca544e6bb780a2c78901d3fb33738768511a30617afa01d",
        "96a296d224f285c67bee93c30f8a309157f0daa35dc5b87e410b78630a09cfc7",
        "bc1a0643b12e4d2d7c77918f44e0f4f79a838b6cf9ec5b5c283e1f4d88599e6b",
        "fac54203e7cc696cf0dfcb42c92a1d9dbaf70ad9e621f4bd8d98662f00e3c125",
        "5f083f0a1a33ca076a95279832580db3e0ef4584bdff1f54c8a360f50de3031e",
        "0ebc5d3437fbe2db158b9f126a1d118e308181031d0a949f8dededebc558ef6a",
        "ca854ea128ed050b41b35ffc1b87b8eb2bde461e9e3b5596ece6b9d5975a0ae0",
        "d37ee418976dd95753c1c73862b9398fa2a2cf9b4ff0fdfe8b30cd95209614b7",
        "6b47aaf29ee3c2af9af889bc1fb9254dabd31177f16232dd6aab035ca39bf6e4",
    }.ToDictionary(node => node[..4], StringComparer.Ordinal);

    [Fact]
    public void EmptyRoot_IsTheHashOfNothing() => Rfc6962.EmptyRoot.ToString().ShouldBe(Roots[0]);

    [Fact]
    public void LeafHash_OfTheEmptyEntry_IsThatOfOneZeroByte() => Rfc6962.LeafHash([]).ToString().ShouldBe(Roots[1]);

    [Fact]
    public void LeafHash_OfHelloWorld_IsWhatGoPrints() =>
        Rfc6962.LeafHash("hello world"u8).ToBase64().ShouldBe("TszzRgjTG6xce+z2AG31kAXYKBgQVtCSCE40HmuwBb0=", "golang.org/x/mod/sumdb/tlog, note_test.go");

    [Theory]
    [InlineData(1022)]
    [InlineData(1023)]
    [InlineData(1024)]
    [InlineData(65535)]
    public void LeafHash_OfALongEntry_IsTheReferences(int length)
    {
        byte[] entry = [.. Enumerable.Range(0, length).Select(i => (byte)i)];
        Rfc6962.LeafHash(entry).ShouldBe(new ReferenceTree([entry]).Mth(0, 1));
    }

    [Fact]
    public void Roots_OfTheEightEntries_AreThePublishedOnes()
    {
        for (int size = 0; size <= Entries.Length; size++)
        {
            Edge(size).Head.Root.ToString().ShouldBe(Roots[size], $"size {size}");
            Tree(size).Head().Root.ToString().ShouldBe(Roots[size], $"size {size}");
            new ReferenceTree([.. Entries.Select(Convert.FromHexString)]).Mth(0, size).ToString().ShouldBe(Roots[size], $"size {size}");
        }
    }

    [Theory]
    [InlineData(0, 1, "")]
    [InlineData(0, 8, "96a2 5f08 6b47")]
    [InlineData(5, 8, "bc1a ca85 d37e")]
    [InlineData(2, 3, "fac5")]
    [InlineData(1, 5, "6e34 5f08 bc1a")]
    public void InclusionProof_OfTheEightEntries_IsThePublishedOne(int leafIndex, int size, string nodes)
    {
        InclusionProof proof = Tree(size).InclusionProof(leafIndex);
        proof.Hashes.ShouldBe(Named(nodes));
        proof.Verify(Rfc6962.LeafHash(Convert.FromHexString(Entries[leafIndex])), Edge(size).Head);
    }

    [Theory]
    [InlineData(1, 1, "")]
    [InlineData(1, 8, "96a2 5f08 6b47")]
    [InlineData(6, 8, "0ebc ca85 d37e")]
    [InlineData(2, 5, "5f08 bc1a")]
    [InlineData(2, 8, "5f08 6b47")]
    public void ConsistencyProof_OfTheEightEntries_IsThePublishedOne(int oldSize, int newSize, string nodes)
    {
        ConsistencyProof proof = Tree(newSize).ConsistencyProof(oldSize);
        proof.Hashes.ShouldBe(Named(nodes));
        proof.Verify(Edge(oldSize).Head, Edge(newSize).Head);
    }

    [Fact]
    public void Proofs_OfTheTreeOfSeven_AreThoseOfSection213()
    {
        // The nodes have the RFC's letters: a to f and j are leaves, g, h and i pairs, k the first four, l the other three.
        ReferenceTree tree = ReferenceTree.OfSize(7);
        var nodes = new Dictionary<char, TreeHash>
        {
            ['a'] = tree.Leaf(0), ['b'] = tree.Leaf(1), ['c'] = tree.Leaf(2), ['d'] = tree.Leaf(3), ['e'] = tree.Leaf(4), ['f'] = tree.Leaf(5),
            ['j'] = tree.Leaf(6), ['g'] = tree.Mth(0, 2), ['h'] = tree.Mth(2, 4), ['i'] = tree.Mth(4, 6), ['k'] = tree.Mth(0, 4), ['l'] = tree.Mth(4, 7),
        };
        var tiled = new TiledTree(7, new TileStore(tree.Tiles(7)).Read);

        tiled.InclusionProof(0).Hashes.ShouldBe("bhl".Select(name => nodes[name]));
        tiled.InclusionProof(3).Hashes.ShouldBe("cgl".Select(name => nodes[name]));
        tiled.InclusionProof(4).Hashes.ShouldBe("fjk".Select(name => nodes[name]));
        tiled.InclusionProof(6).Hashes.ShouldBe("ik".Select(name => nodes[name]));
        tiled.ConsistencyProof(3).Hashes.ShouldBe("cdgl".Select(name => nodes[name]));
        tiled.ConsistencyProof(4).Hashes.ShouldBe("l".Select(name => nodes[name]));
        tiled.ConsistencyProof(6).Hashes.ShouldBe("ijk".Select(name => nodes[name]));
    }

    private static TreeEdge Edge(int size) =>
        TreeEdge.Empty.Append(Entries.Take(size).Select(entry => Rfc6962.LeafHash(Convert.FromHexString(entry))).ToArray()).Edge;

    private static TiledTree Tree(int size) =>
        new(size, new TileStore(new ReferenceTree([.. Entries.Select(Convert.FromHexString)]).Tiles(size)).Read);

    private static IEnumerable<TreeHash> Named(string nodes) =>
        nodes.Split(' ', StringSplitOptions.RemoveEmptyEntries).Select(name => new TreeHash(Convert.FromHexString(Nodes[name])));

    [Fact]
    public void PerfectTreeHash_OfEachWidth_IsThatOfNodesOverNodes()
    {
        TreeHash[] hashes = [.. Enumerable.Range(0, TileCoordinate.WidthMax).Select(i => Rfc6962.LeafHash([(byte)i]))];
        for (int width = 1; width <= hashes.Length; width *= 2)
        {
            Rfc6962.PerfectTreeHash(hashes.AsSpan(0, width)).ShouldBe(Nodes(hashes[..width]));
        }

        static TreeHash Nodes(TreeHash[] hashes) => hashes is [var one] ? one : Rfc6962.NodeHash(Nodes(hashes[..(hashes.Length / 2)]), Nodes(hashes[(hashes.Length / 2)..]));
    }

    [Theory]
    [InlineData(0)]
    [InlineData(3)]
    [InlineData(255)]
    [InlineData(512)]
    public void PerfectTreeHash_OfAnotherWidth_IsRefused(int width) => Should.Throw<ArgumentException>(() => Rfc6962.PerfectTreeHash(new TreeHash[width]));
}
