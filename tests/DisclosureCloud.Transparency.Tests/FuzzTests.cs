using System.Text;

namespace DisclosureCloud.Transparency.Tests;

/// <summary>Good texts and bytes, changed at random: each is refused with a FormatException, or is exactly what it would be written as.</summary>
public sealed class FuzzTests
{
    private const int Rounds = 20_000;

    // What readers stumble over: separators, signs, digits and spaces of other scripts, halves of characters.
    private const string Spice = "\n\r\0\t \u00a0\u0085\u2028\u3000+-/=.x0129\u0661AaZ_—–\ufeff\ud800\udc00pé";

    private const string Checkpoint1 = "example.com/behind-the-sofa\n20852163\nCsUYapGGPo4dkMgIAUqom/Xajj7h2fB2MPA3j2jxq2I=\nextension\n";
    private const string Line = "— witness.example.com/w1 jWbPPwAAAABkGFDLEZMHwSRaJNiIDoe9DYn/zXcrtPHeolMI5OWXEhZCB9dlrDJsX3b2oyin1nPZqhf5nNo0xUe+mbIUBkBIfZ+qnA==";
    private const string EcdsaKey = "rekor.sigstore.dev+c0d23d6a+AjBZMBMGByqGSM49AgEGCCqGSM49AwEHA0IABNhtmPtrWm3U1eQXBogSMdGvXwBcK5AW5i0hrZLOC96l+smGNM7nwZ4QvFK/4sueRoVj//QP22Ni4Qt9DPfkWLc=";

    [Theory]
    [InlineData("tile/0/x001/x234/067.p/112")]
    [InlineData("tile/7/000.p/64")]
    public void TilePaths_Changed(string path) => Check(path, text => TileCoordinate.Parse(text).Path);

    [Theory]
    [InlineData("tile/entries/x001/x234/067.p/112")]
    [InlineData("tile/entries/999")]
    public void EntryBundlePaths_Changed(string path) => Check(path, text => EntryBundleCoordinate.Parse(text).Path);

    [Theory]
    [InlineData(Checkpoint1)]
    [InlineData("a\n0\n47DEQpj8HBSa+/TImW+5JCeuQeRkm5NMpJWZG3hSuFU=\n")]
    public void Checkpoints_Changed(string checkpoint) => Check(checkpoint, text => Checkpoint.Parse(text).Text);

    [Theory]
    [InlineData("cosignature/v1\ntime 1679315147\n" + Checkpoint1)]
    public void CosignatureMessages_Changed(string message) => Check(message, text => CosignatureMessage.Parse(text).Text);

    [Theory]
    [InlineData(Line)]
    [InlineData("— a AAAAAQI=")]
    public void SignatureLines_Changed(string line) => Check(line, text => NoteSignature.Parse(text).Line);

    [Theory]
    [InlineData("PeterNeumann+c74f20a3+ARpc2QcUPDhMQegwxbzhKqiBfsVkmqq/LDE4izWy10TW")]
    [InlineData("witness1.smartit.nu/witness1+a48c820f+BPSFWg9G6KPiO7QPryYO5Xq4oYJJ+kAvLKLSimDhoxMO")]
    [InlineData(EcdsaKey)]
    public void VerifierKeys_Changed(string key) => Check(key, text => VerifierKey.Parse(text).ToString());

    [Theory]
    [InlineData("CsUYapGGPo4dkMgIAUqom/Xajj7h2fB2MPA3j2jxq2I=")]
    public void TreeHashes_Changed(string hash) => Check(hash, text => TreeHash.ParseBase64(text).ToBase64());

    [Theory]
    [InlineData(Checkpoint1 + "\n" + Line + "\n" + Line + "\n")]
    [InlineData("a\n\nb\n\n— a AAAAAQI=\n")]
    public void Notes_Changed(string note)
    {
        CheckBytes(Encoding.UTF8.GetBytes(note), bytes => SignedNote.Parse(bytes).ToBytes());
        Check(note, text => Encoding.UTF8.GetString(SignedNote.Parse(Encoding.UTF8.GetBytes(text)).ToBytes()), isUnicode: true);
    }

    [Theory]
    [InlineData("old 0\n\n" + Checkpoint1 + "\n" + Line + "\n")]
    [InlineData("old 20852014\nPlRNCrwHpqhGrupue0L7gxbjbMiKA9temvuZZDDpkaw=\njrJZDmY8Y7SyJE0MWLpLozkIVMSMZcD5kvuKxPC3swk=\n\n" + Checkpoint1 + "\n" + Line + "\n")]
    public void AddCheckpointRequests_Changed(string request) =>
        CheckBytes(Encoding.UTF8.GetBytes(request), bytes => AddCheckpointRequest.Parse(bytes).ToBytes());

    [Fact]
    public void TimestampedSignatures_Changed() =>
        CheckBytes(new TimestampedSignature(1_679_315_147, new byte[64]).ToBytes(), bytes => TimestampedSignature.Parse(bytes).ToBytes());

    [Fact]
    public void EntryBundles_Changed()
    {
        ReadOnlyMemory<byte>[] entries = [new byte[] { 1, 2, 3 }, ReadOnlyMemory<byte>.Empty, new byte[300], new byte[] { 0 }];
        CheckBytes(EntryBundle.Encode(entries), bytes => EntryBundle.Encode(EntryBundle.Decode(bytes, entries.Length)));
    }

    private static void Check(string good, Func<string, string> parseAndWrite, bool isUnicode = false)
    {
        parseAndWrite(good).ShouldBe(good);
        var random = new Random(51);
        for (int round = 0; round < Rounds; round++)
        {
            string text = new(Change([.. good], Spice, random));
            text = isUnicode ? Encoding.UTF8.GetString(Encoding.UTF8.GetBytes(text)) : text;
            try
            {
                string written = parseAndWrite(text);
                (written == text).ShouldBeTrue($"round {round}: '{text}' is written as '{written}'");
            }
            catch (FormatException)
            {
                // Refused.
            }
        }
    }

    private static void CheckBytes(byte[] good, Func<byte[], byte[]> parseAndWrite)
    {
        parseAndWrite(good).ShouldBe(good);
        var random = new Random(52);
        byte[] spice = [0, 1, 10, 13, 0x7f, 0x80, 0xc0, 0xe2, 0xed, 0xff, .. Enumerable.Range(0, 256).Select(i => (byte)i)];
        for (int round = 0; round < Rounds; round++)
        {
            byte[] bytes = Change(good, spice, random);
            try
            {
                parseAndWrite(bytes).AsSpan().SequenceEqual(bytes).ShouldBeTrue($"round {round}: {Convert.ToHexString(bytes)}");
            }
            catch (FormatException)
            {
                // Refused.
            }
        }
    }

    /// <summary>One to three changes: an element put in another's place, put in, taken out; a part doubled, cut off, or moved.</summary>
    private static T[] Change<T>(T[] good, ReadOnlySpan<T> spice, Random random)
    {
        List<T> changed = [.. good];
        for (int changes = random.Next(1, 4); changes > 0 && changed.Count > 0; changes--)
        {
            int at = random.Next(changed.Count);
            int length = random.Next(1, Math.Min(9, changed.Count - at + 1));
            T element = spice[random.Next(spice.Length)];
            switch (random.Next(7))
            {
                case 0:
                    changed[at] = element;
                    break;
                case 1:
                    changed.Insert(at, element);
                    break;
                case 2:
                    changed.RemoveRange(at, length);
                    break;
                case 3:
                    changed.InsertRange(at, changed.GetRange(at, length));
                    break;
                case 4:
                    changed.RemoveRange(at, changed.Count - at);
                    break;
                case 5:
                    changed.Add(element);
                    break;
                default:
                    (changed[at], changed[^1]) = (changed[^1], changed[at]);
                    break;
            }
        }

        return [.. changed];
    }
}
