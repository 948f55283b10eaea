using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using DisclosureCloud.Transparency;

namespace DisclosureCloud.Functions.Tests.Evidence;

/// <summary>Reads a pack as a stranger does who has nothing but it and the log's keys: with SHA-256, and the code of the log alone.</summary>
/// <param name="vkey">The keys as the stranger has them from elsewhere.</param>
internal sealed class PackReader(OrderedDictionary<string, byte[]> files, string vkey)
{
    private const string Site = "site/";
    private const string Status = Site + "status.json";
    private const string Manifest = Site + "data/manifest.json";

    // What every entry has, and what has another name or another sense in the status.
    private static readonly string[] NotInStatus = ["channel", "commitment", "date", "department", "format", "id", "kind", "recordedAt", "treeSize"];

    /// <summary>Every file has its sum, and no other is there.</summary>
    /// <exception cref="BrokenLinkException">One has not.</exception>
    public void CheckSums()
    {
        Hold(files[Packs.Sums].AsSpan().SequenceEqual(Packs.SumsOf(files)), "sums");
        using JsonDocument manifest = JsonDocument.Parse(files["manifest.json"]);
        Hold(
            manifest.RootElement.GetProperty("files").EnumerateArray().Select(file => (file.GetProperty("path").GetString()!, file.GetProperty("sha256").GetString()!, file.GetProperty("bytes").GetInt64()))
                .SequenceEqual(files.Where(file => file.Key is not (Packs.Sums or "manifest.json")).Select(file => (file.Key, Sha256(file.Value), file.Value.LongLength))),
            "sums");
    }

    /// <summary>Follows each page, entry and tile to the signatures. The sums of the pack have no part in it.</summary>
    /// <returns>How many pages and leaves there are.</returns>
    /// <exception cref="BrokenLinkException">A link does not hold.</exception>
    public (int Pages, int Leaves) Follow()
    {
        string link = "signature";
        try
        {
            Checkpoint checkpoint = Signed();
            link = "proof";
            Dictionary<long, JsonDocument> leaves = Proven(checkpoint.Head);
            link = "publication";
            long index = JsonElement.Parse(files[Status]).GetProperty("leafIndex").GetInt64();
            CheckPublication(leaves[index].RootElement, index, checkpoint);
            link = "page";
            int pages = CheckPages();
            link = "entry";
            CheckEntries(leaves, index);
            return (pages, leaves.Count);
        }
        catch (Exception fault) when (fault is FormatException or JsonException or KeyNotFoundException or InvalidOperationException or ArgumentException or NotVerifiedException or DecoderFallbackException)
        {
            throw new BrokenLinkException(link, fault);
        }
    }

    private Checkpoint Signed()
    {
        Hold(Text("vkey") == vkey, "keys");
        SignedNote note = SignedNote.Parse(files["checkpoint"]);
        INoteVerifier[] keys = [.. vkey.TrimEnd('\n').Split('\n').Select(key => NoteVerifier.Of(VerifierKey.Parse(key)))];
        Hold(note.Verify(keys).Count == keys.Length && note.Signatures.Count == keys.Length, "signature");
        return Checkpoint.Parse(note.Text);
    }

    // Each leaf by its proof, and each proof by the tiles that it was made from.
    private Dictionary<long, JsonDocument> Proven(TreeHead head)
    {
        var leaves = new Dictionary<long, JsonDocument>();
        var tiles = new TiledTree(head.Size, tile => files[$"log/{tile.Path}"]);
        Hold(files["proofs.ndjson"][^1] == '\n', "proof");
        foreach (JsonElement proof in Packs.Lines(files["proofs.ndjson"]))
        {
            long index = proof.GetProperty("leafIndex").GetInt64();
            byte[] leaf = files[FormattableString.Invariant($"leaves/{index}.json")];
            TreeHash[] hashes = [.. proof.GetProperty("hashes").EnumerateArray().Select(hash => TreeHash.ParseBase64(hash.GetString()!))];
            TreeHash leafHash = Rfc6962.LeafHash(leaf);
            new InclusionProof(index, hashes).Verify(leafHash, head);
            Hold(proof.GetProperty("treeSize").GetInt64() == head.Size && proof.GetProperty("leafHash").GetString() == leafHash.ToBase64(), "proof");
            Hold(tiles.InclusionProof(index).Hashes.SequenceEqual(hashes), "tile");
            leaves.Add(index, JsonDocument.Parse(leaf));
        }

        Hold(Below("leaves/").Count() == leaves.Count, "proof");
        Hold(Below("log/tile/").Order(StringComparer.Ordinal).SequenceEqual(
            leaves.Keys.SelectMany(index => TiledTree.TilesForInclusionProof(index, head.Size)).Select(tile => $"log/{tile.Path}").Distinct(StringComparer.Ordinal).Order(StringComparer.Ordinal), StringComparer.Ordinal), "tile");
        return leaves;
    }

    // The leaf has the hash of the manifest, and status.json says what leaf and checkpoint say, and nothing besides.
    private void CheckPublication(JsonElement leaf, long index, Checkpoint checkpoint)
    {
        Hold(leaf.GetProperty("kind").GetString() == "publication", "publication");
        Hold(leaf.GetProperty("manifestSha256").GetString() == Sha256(files[Manifest]), "publication");
        var wanted = new SortedDictionary<string, string>(StringComparer.Ordinal)
        {
            ["publication"] = leaf.GetProperty("id").GetRawText(),
            ["publishedAt"] = leaf.GetProperty("recordedAt").GetRawText(),
            ["leafIndex"] = FormattableString.Invariant($"{index}"),
            ["origin"] = $"\"{checkpoint.Origin}\"",
            ["treeSize"] = FormattableString.Invariant($"{checkpoint.Head.Size}"),
            ["rootHash"] = $"\"{checkpoint.Head.Root.ToBase64()}\"",
        };
        foreach (JsonProperty field in leaf.EnumerateObject().Where(field => !NotInStatus.Contains(field.Name, StringComparer.Ordinal)))
        {
            wanted.Add(field.Name, field.Value.GetRawText());
        }

        Hold(Text(Status) == $"{{{string.Join(',', wanted.Select(field => $"\"{field.Key}\":{field.Value}"))}}}\n", "status");
    }

    private int CheckPages()
    {
        Dictionary<string, (string Sha256, long Bytes)> listed = JsonElement.Parse(files[Manifest]).GetProperty("files").EnumerateArray()
            .ToDictionary(file => Site + file.GetProperty("path").GetString()!, file => (file.GetProperty("sha256").GetString()!, file.GetProperty("bytes").GetInt64()), StringComparer.Ordinal);
        string[] pages = [.. Below(Site).Where(path => path is not (Status or Manifest))];
        foreach (string page in pages)
        {
            Hold(listed[page] == (Sha256(files[page]), files[page].LongLength), "page");
        }

        return pages.Length;
    }

    private void CheckEntries(Dictionary<long, JsonDocument> leaves, long publication)
    {
        var seen = new HashSet<long>();
        foreach (JsonElement entry in Packs.Lines(files["entries.ndjson"]))
        {
            long index = entry.GetProperty("leafIndex").GetInt64();
            string leaf = Text(FormattableString.Invariant($"leaves/{index}.json"));
            Hold(seen.Add(index) && entry.GetProperty("leaf").GetRawText() == leaf && entry.GetProperty("entry").GetString() == leaves[index].RootElement.GetProperty("id").GetString(), "entry");
            foreach (JsonElement opening in entry.GetProperty("openings").EnumerateArray())
            {
                byte[] opened = [.. Convert.FromHexString(opening.GetProperty("salt").GetString()!), .. Encoding.UTF8.GetBytes(opening.GetProperty("value").GetString()!)];
                Hold(leaf.Contains($"\"commitment\":\"{Sha256(opened)}\"", StringComparison.Ordinal) && opening.GetProperty("commitment").GetString() == Sha256(opened), "opening");
            }
        }

        Hold(leaves.Keys.All(index => index == publication || seen.Contains(index)), "entry");
    }

    private IEnumerable<string> Below(string folder) => files.Keys.Where(path => path.StartsWith(folder, StringComparison.Ordinal));

    // Broken UTF-8 is no text.
    private string Text(string path) => new UTF8Encoding(encoderShouldEmitUTF8Identifier: false, throwOnInvalidBytes: true).GetString(files[path]);

    private static string Sha256(byte[] bytes) => Convert.ToHexStringLower(SHA256.HashData(bytes));

    private static void Hold(bool holds, string link)
    {
        if (!holds)
        {
            throw new BrokenLinkException(link);
        }
    }
}

/// <summary>A link from a page or an entry to the signatures does not hold.</summary>
internal sealed class BrokenLinkException(string link, Exception? inner = null) : Exception($"The link '{link}' does not hold.", inner)
{
    public string Link => link;
}
