using DisclosureCloud.Testing;
using DisclosureCloud.Testing.Go;

namespace DisclosureCloud.Transparency.Tests;

/// <summary>A log as it is published, and our proofs, checked by the code that Go has for such logs; and what that code refuses.</summary>
public sealed class GoTests(PublishedTree tree, GoTlog go) : IClassFixture<PublishedTree>, IClassFixture<GoTlog>
{
    private const int TreeSize = PublishedTree.TreeSize;
    private const int ProofsOfASort = PublishedTree.ProofsOfASort;

    [Fact]
    public async Task Checkpoint_AndAThousandProofsOfASort_AreTakenByGo()
    {
        (int code, string output) = await go.CheckAsync(tree.Folder, tree.Vkey, tree.Proofs);
        output.ShouldBe($"ok: checkpoint of example.com/log, {TreeSize} leaves, {ProofsOfASort} inclusion proofs, {ProofsOfASort} consistency proofs\n");
        code.ShouldBe(0);
    }

    [Theory]
    [InlineData("inclusion")]
    [InlineData("consistency")]
    public async Task Proof_Altered_IsRefusedByGo(string sort)
    {
        string[] proofs = [.. tree.Proofs.Where(line => line.StartsWith(sort, StringComparison.Ordinal) && line.Split(' ').Length > 9).Take(6)];
        proofs.Length.ShouldBe(6);
        for (int i = 0; i < proofs.Length; i++)
        {
            string[] fields = proofs[i].Split(' ');
            int at = fields.Length - 1 - (i / 3);
            string[] altered = (i % 3) switch
            {
                0 => [.. fields[..at], .. fields[(at + 1)..]],
                1 => [.. fields[..at], fields[at], .. fields[at..]],
                _ => [.. fields[..at], Flipped(fields[at]), .. fields[(at + 1)..]],
            };
            await ShouldRefuseAsync(tree.Folder, [proofs[^(i + 1)], string.Join(' ', altered)], "line 2 of the proofs");
        }
    }

    [Theory]
    [InlineData("inclusion", 2)]
    [InlineData("consistency", 2)]
    [InlineData("consistency", 4)]
    public async Task Root_Altered_IsRefusedByGo(string sort, int field)
    {
        string[] fields = tree.Proofs.First(line => line.StartsWith(sort, StringComparison.Ordinal)).Split(' ');
        fields[field] = Flipped(fields[field]);
        await ShouldRefuseAsync(tree.Folder, [string.Join(' ', fields)], "the root of");
    }

    /// <summary>Which check of Go's finds it depends on its version: older ones do not hold every tile against its parent.</summary>
    [Fact]
    public async Task Leaf_OrTile_OrBoth_Altered_IsRefusedByGo()
    {
        const string bundle = "tile/entries/007", tile = "tile/0/007";
        using TemporaryFolder copy = tree.Copy();
        foreach (string file in new[] { bundle, tile, "tile/1/000", "tile/2/000.p/1" })
        {
            byte[] before = await ReadAsync(file);
            byte[] altered = [.. before];
            altered[20] ^= 1; // In a bundle, a byte of an entry: each is four to seven long, after two bytes of its length.
            await WriteAsync(file, altered);
            await ShouldRefuseAsync(copy.Path, tree.Proofs, file == bundle ? "leaf 1794 is not that of the tiles" : "");
            await WriteAsync(file, before);
        }

        // A leaf and its hash together: then it is the checkpoint's root that they do not have. The proof is of a tree before that leaf.
        byte[] leaves = await ReadAsync(bundle), hashes = await ReadAsync(tile);
        leaves[20] ^= 1;
        Rfc6962.LeafHash(EntryBundle.Decode(leaves, 256)[2].Span).Bytes.CopyTo(hashes.AsSpan(2 * TreeHash.Size));
        await WriteAsync(bundle, leaves);
        await WriteAsync(tile, hashes);
        tree.Proofs[0].ShouldStartWith("inclusion 1 ");
        await ShouldRefuseAsync(copy.Path, [tree.Proofs[0]], "");

        Task<byte[]> ReadAsync(string file) => File.ReadAllBytesAsync(copy.File(file), TestContext.Current.CancellationToken);
        Task WriteAsync(string file, byte[] bytes) => File.WriteAllBytesAsync(copy.File(file), bytes, TestContext.Current.CancellationToken);
    }

    [Fact]
    public async Task Checkpoint_WhoseSignatureOrTextWasAltered_IsRefusedByGo()
    {
        string note = await File.ReadAllTextAsync(Path.Combine(tree.Folder, "checkpoint"), TestContext.Current.CancellationToken);
        string signature = note.Split('\n').First(line => line.StartsWith("— example.com/log ", StringComparison.Ordinal)).Split(' ')[^1];
        foreach (string altered in new[]
        {
            note.Replace(signature, Flipped(signature), StringComparison.Ordinal),
            note.Replace($"\n{TreeSize}\n", $"\n{TreeSize - 1}\n", StringComparison.Ordinal),
            note.Replace("example.com/log\n", "example.com/other\n", StringComparison.Ordinal),
        })
        {
            (altered == note).ShouldBeFalse();
            await ShouldRefuseAsync(altered, "invalid signature");
        }

        await ShouldRefuseAsync(string.Join('\n', note.Split('\n').Where(line => !line.Contains(signature, StringComparison.Ordinal))), "no verifiable signatures");
    }

    [Fact]
    public async Task Checkpoint_SignedOverAnotherRootOrSize_IsRefusedByGo()
    {
        await ShouldRefuseAsync(tree.Sign(new TreeHead(TreeSize, tree.Head(TreeSize - 1).Root)), "inconsistent tile");
        await ShouldRefuseAsync(tree.Sign(new TreeHead(TreeSize - 1, tree.Head(TreeSize).Root)), "tile/"); // The partial tile of that size is not there.
    }

    private async Task ShouldRefuseAsync(string checkpoint, string said)
    {
        using TemporaryFolder copy = tree.With(checkpoint);
        await ShouldRefuseAsync(copy.Path, tree.Proofs, said);
    }

    private async Task ShouldRefuseAsync(string folder, IEnumerable<string> proofs, string said)
    {
        (int code, string output) = await go.CheckAsync(folder, tree.Vkey, proofs);
        code.ShouldBe(1, output);
        output.ShouldStartWith("refused: ");
        output.ShouldContain(said, Case.Sensitive);
    }

    // Another bit in the middle, where no base64 digit stands for less than six bits.
    private static string Flipped(string base64)
    {
        byte[] bytes = Convert.FromBase64String(base64);
        bytes[bytes.Length / 2] ^= 16;
        return Convert.ToBase64String(bytes);
    }
}
