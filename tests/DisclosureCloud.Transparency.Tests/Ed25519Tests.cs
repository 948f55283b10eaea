using System.Text;

namespace DisclosureCloud.Transparency.Tests;

public sealed class Ed25519Tests
{
    private const string Text = "If you think cryptography is the answer to your problem,\nthen you don't know what your problem is.\n";

    // golang.org/x/mod/sumdb/note, its documentation and note_test.go; of the private key's text the part after the type.
    private const string NeumannKey = "PeterNeumann+c74f20a3+ARpc2QcUPDhMQegwxbzhKqiBfsVkmqq/LDE4izWy10TW";
    private const string NeumannLine = "— PeterNeumann x08go/ZJkuBS9UG/SffcvIAQxVBtiFupLLr8pAcElZInNIuGUgYN1FFYC2pZSNXgKvqfqdngotpRZb6KE6RyyBwJnAM=\n";
    private const string RootKey = "EnochRoot+af0cfe78+ATtqJ7zOtqQtYqOo0CpvDXNlMhV3HeJDpjrASKGLWdop";
    private const string RootLine = "— EnochRoot rwz+eBzmZa0SO3NbfRGzPCpDckykFXSdeX+MNtCOXm2/5n2tiOHp+vAF1aGrQ5ovTG01oOTGwnWLox33WWd1RvMc+QQ=\n";

    private static readonly byte[] NeumannSeed = Convert.FromBase64String("AYEKFALVFGyNhPJEMzD1QIDr+Y7hfZx09iUvxdXHKDFz")[1..];

    // The y of the points of small order, and what RFC 8032 does not decode: the field's prime and above.
    private const string Zero = "0000000000000000000000000000000000000000000000000000000000000000";
    private const string One = "0100000000000000000000000000000000000000000000000000000000000000";
    private const string MinusOne = "ecffffffffffffffffffffffffffffffffffffffffffffffffffffffffffff7f";
    private const string OrderEight = "26e8958fc2b227b045c3f489f2ef98f0d5dfac05d3c63339b13802886d53fc05";
    private const string OtherOrderEight = "c7176a703d4dd84fba3c0b760d10670f2a2053fa2c39ccc64ec7fd7792ac037a";
    private const string Prime = "edffffffffffffffffffffffffffffffffffffffffffffffffffffffffffff7f";
    private const string PrimeAndOne = "eeffffffffffffffffffffffffffffffffffffffffffffffffffffffffffff7f";
    private const string Largest = "ffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffff7f";

    [Theory] // RFC 8032, section 7.1: TEST 1, TEST 2, TEST 3, TEST SHA(abc).
    [InlineData(
        "9d61b19deffd5a60ba844af492ec2cc44449c5697b326919703bac031cae7f60",
        "d75a980182b10ab7d54bfed3c964073a0ee172f3daa62325af021a68f707511a",
        "",
        "e5564300c360ac729086e2cc806e828a84877f1eb8e5d974d873e065224901555fb8821590a33bacc61e39701cf9b46bd25bf5f0595bbe24655141438e7a100b")]
    [InlineData(
        "4ccd089b28ff96da9db6c346ec114e0f5b8a319f35aba624da8cf6ed4fb8a6fb",
        "3d4017c3e843895a92b70aa74d1b7ebc9c982ccf2ec4968cc0cd55f12af4660c",
        "72",
        "92a009a9f0d4cab8720e820b5f642540a2b27b5416503f8fb3762223ebdb69da085ac1e43e15996e458f3613d0f11d8c387b2eaeb4302aeeb00d291612bb0c00")]
    [InlineData(
        "c5aa8df43f9f837bedb7442f31dcb7b166d38535076f094b85ce3a2e0b4458f7",
        "fc51cd8e6218a1a38da47ed00230f0580816ed13ba3303ac5deb911548908025",
        "af82",
        "6291d657deec24024827e69c3abe01a30ce548a284743a445e3680d7db5ac3ac18ff9b538d16f290ae67f760984dc6594a7c15e9716ed28dc027beceea1ec40a")]
    [InlineData(
        "833fe62409237b9d62ec77587520911e9a759cec1d19755b7da901b96dca3d42",
        "ec172b93ad5e563bf4932c70e1245034c35467ef2efd4d64ebf819683467e2bf",
        "ddaf35a193617abacc417349ae20413112e6fa4e89a97ea20a9eeee64b55d39a2192992a274fc1a836ba3c23a3feebbd454d4423643ce80e2a9ac94fa54ca49f",
        "dc2a4459e7369633a52b1bf277839a00201009a3efbf3ecb69bea2186c26b58909351fc9ac90b3ecfdfbc7c66431e0303dca179c138ac17ad9bef1177331a704")]
    public void Sign_OfTheVectorsOfRfc8032_GivesTheirKeysAndSignatures(string seed, string publicKey, string text, string signature)
    {
        using var signer = new Ed25519Signer("log", Convert.FromHexString(seed));
        byte[] bytes = Convert.FromHexString(text);
        Convert.ToHexStringLower(signer.VerifierKey.PublicKey).ShouldBe(publicKey);
        Convert.ToHexStringLower(signer.Sign(bytes)).ShouldBe(signature);
        var verifier = new Ed25519Verifier(new VerifierKey("log", SignatureType.Ed25519, Convert.FromHexString(publicKey)));
        verifier.Accepts(bytes, Convert.FromHexString(signature)).ShouldBeTrue();
        verifier.Accepts([.. bytes, 0], Convert.FromHexString(signature)).ShouldBeFalse();
    }

    [Fact]
    public void Sign_WithTheKeyThatGoPrints_GivesTheNoteThatGoPrints()
    {
        using var signer = new Ed25519Signer("PeterNeumann", NeumannSeed);
        signer.VerifierKey.ToString().ShouldBe(NeumannKey);
        (signer.Name, signer.KeyId.ToString()).ShouldBe(("PeterNeumann", "c74f20a3"));
        Encoding.UTF8.GetString(SignedNote.Sign(Text, [signer]).ToBytes()).ShouldBe($"{Text}\n{NeumannLine}");
    }

    [Theory]
    [InlineData(Text, NeumannLine, NeumannKey)]
    [InlineData(Text, RootLine, RootKey)]
    [InlineData(
        "This is an example message.\n",
        "— example.com/foo Uw2QOkn8srV1yJGh2VYRlL1Tnagv1YEq6TfXppzi2ONncAlTgK7Ztg1ERYNZXsYjOBH3mFXmRKuwHjG1Yu72IneyaQM=\n",
        "example.com/foo+530d903a+AekyeRrm56hApGFkyQR4ZCbV54Id2LKaANYcrnKv3U2k")] // c2sp.org/signed-note
    public void Verify_OfPublishedNotes_FindsThemSigned(string text, string line, string key)
    {
        INoteVerifier verifier = NoteVerifier.Of(VerifierKey.Parse(key));
        verifier.ShouldBeOfType<Ed25519Verifier>();
        var note = SignedNote.Parse(Encoding.UTF8.GetBytes($"{text}\n{line}"));
        note.Verify([verifier]).Single().KeyId.ShouldBe(verifier.KeyId);
        Should.Throw<NotVerifiedException>(() => new SignedNote("x" + text, note.Signatures).Verify([verifier]));
    }

    [Fact]
    public void Accepts_AnySignatureChangedCutOrLengthened_SaysNo()
    {
        var verifier = new Ed25519Verifier(VerifierKey.Parse(NeumannKey));
        byte[] text = Encoding.UTF8.GetBytes(Text);
        byte[] good = NoteSignature.Parse(NeumannLine.TrimEnd('\n')).Bytes.ToArray();
        verifier.Accepts(text, good).ShouldBeTrue();
        for (int bit = 0; bit < good.Length * 8; bit++)
        {
            verifier.Accepts(text, WithBit(good, bit)).ShouldBeFalse($"bit {bit}");
        }

        for (int bit = 0; bit < text.Length * 8; bit++)
        {
            verifier.Accepts(WithBit(text, bit), good).ShouldBeFalse($"bit {bit} of the text");
        }

        for (int length = 0; length < good.Length; length++)
        {
            verifier.Accepts(text, good.AsSpan(0, length)).ShouldBeFalse($"cut to {length}");
        }

        verifier.Accepts(text, [.. good, 0]).ShouldBeFalse();
        verifier.Accepts(text, new byte[64]).ShouldBeFalse();
        verifier.Accepts(text, new byte[10_000]).ShouldBeFalse();
        verifier.Accepts([], good).ShouldBeFalse();
    }

    [Fact]
    public void Accepts_ASignatureWithTheGroupsOrderAdded_SaysNo()
    {
        // RFC 8032, section 5.1.7: S is below the order L. S + L would verify too, and a note would have two texts.
        byte[] order = Convert.FromHexString("edd3f55c1a631258d69cf7a2def9de1400000000000000000000000000000010");
        byte[] malleated = NoteSignature.Parse(NeumannLine.TrimEnd('\n')).Bytes.ToArray();
        for (int i = 0, carry = 0; i < order.Length; i++)
        {
            carry += malleated[32 + i] + order[i];
            malleated[32 + i] = (byte)carry;
            carry >>= 8;
        }

        new Ed25519Verifier(VerifierKey.Parse(NeumannKey)).Accepts(Encoding.UTF8.GetBytes(Text), malleated).ShouldBeFalse();
    }

    [Fact]
    public void Accepts_RandomKeysTextsAndSignatures_SaysNoAndDoesNotThrow()
    {
        var random = new Random(81);
        for (int round = 0; round < 2000; round++)
        {
            byte[] key = new byte[32];
            byte[] signature = new byte[random.Next(2) == 0 ? 64 : random.Next(0, 200)];
            byte[] text = new byte[random.Next(0, 300)];
            random.NextBytes(key);
            random.NextBytes(signature);
            random.NextBytes(text);
            foreach (SignatureType type in (SignatureType[])[SignatureType.Ed25519, SignatureType.Ed25519Cosignature])
            {
                NoteVerifier.Of(new VerifierKey("log", type, key)).Accepts(text, signature).ShouldBeFalse($"round {round}");
            }
        }
    }

    [Theory]
    [InlineData(Zero)]
    [InlineData(One)]
    [InlineData(MinusOne)]
    [InlineData(OrderEight)]
    [InlineData(OtherOrderEight)]
    public void VerifierKey_OfSmallOrder_IsRefusedForAnyoneCanSignForIt(string hex)
    {
        byte[] key = Convert.FromHexString(hex);
        byte[] signature = [.. Convert.FromHexString(One), .. new byte[32]];
        Enumerable.Range(0, 200).Any(i => Ed25519PublicKey.Accepts(key, [(byte)i], signature)).ShouldBeTrue("nobody signed, and OpenSSL says yes");
        ShouldBeRefused(key);
    }

    [Theory]
    [InlineData(Prime)]
    [InlineData(PrimeAndOne)]
    [InlineData(Largest)]
    public void VerifierKey_NotBelowTheFieldsPrime_IsRefused(string hex) => ShouldBeRefused(Convert.FromHexString(hex));

    [Theory]
    [InlineData("ebffffffffffffffffffffffffffffffffffffffffffffffffffffffffffff7f")]
    [InlineData("edfffffffffffffffffffffffffffffffffffffffffffffffffffffffffffe7f")]
    [InlineData("edffffffffffffffffffffffffffffffffffffffffffffffffffffffffffff7e")]
    [InlineData("0200000000000000000000000000000000000000000000000000000000000000")]
    public void VerifierKey_NextToTheRefused_IsTakenAndAcceptsNothing(string hex) =>
        NoteVerifier.Of(new VerifierKey("log", SignatureType.Ed25519, Convert.FromHexString(hex))).Accepts("text\n"u8, new byte[64]).ShouldBeFalse();

    [Theory]
    [InlineData(0)]
    [InlineData(31)]
    [InlineData(33)]
    [InlineData(64)]
    public void Signer_OfASeedOfAnotherLength_IsRefused(int length)
    {
        Should.Throw<ArgumentException>(() => new Ed25519Signer("log", new byte[length]));
        Should.Throw<ArgumentException>(() => new Ed25519Cosigner("log", new byte[length]));
    }

    [Fact]
    public void Signer_OfANameThatIsNone_IsRefused()
    {
        Should.Throw<ArgumentException>(() => new Ed25519Signer("a name", new byte[32]));
        Should.Throw<ArgumentException>(() => new Ed25519Cosigner("a+name", new byte[32]));
    }

    [Fact]
    public void Verifier_OfAKeyOfAnotherType_IsRefused()
    {
        var key = VerifierKey.Parse(NeumannKey);
        Should.Throw<ArgumentException>(() => new Ed25519Verifier(new VerifierKey("log", SignatureType.Ed25519Cosignature, key.PublicKey)));
        Should.Throw<ArgumentException>(() => new Ed25519CosignatureVerifier(key));
    }

    [Fact]
    public void Sign_AfterDisposal_Throws()
    {
        var signer = new Ed25519Signer("log", NeumannSeed);
        signer.Dispose();
        Should.Throw<ObjectDisposedException>(() => signer.Sign("text\n"u8));
    }

    [Fact]
    public void SignAndAccept_BySeveralThreadsAtOnce_GiveWhatOneThreadGets()
    {
        using var signer = new Ed25519Signer("PeterNeumann", NeumannSeed);
        var verifier = new Ed25519Verifier(signer.VerifierKey);
        byte[][] texts = [.. Enumerable.Range(0, 64).Select(i => Encoding.UTF8.GetBytes($"text {i}\n"))];
        byte[][] signatures = [.. texts.Select(text => signer.Sign(text))];
        Parallel.For(0, 2000, new ParallelOptions { MaxDegreeOfParallelism = 8, CancellationToken = TestContext.Current.CancellationToken }, i =>
        {
            byte[] text = texts[i % texts.Length];
            signer.Sign(text).ShouldBe(signatures[i % texts.Length]);
            verifier.Accepts(text, signatures[i % texts.Length]).ShouldBeTrue();
            verifier.Accepts(text, signatures[(i + 1) % texts.Length]).ShouldBeFalse();
        });
    }

    private static void ShouldBeRefused(byte[] key)
    {
        byte[] otherSign = [.. key[..^1], (byte)(key[^1] ^ 0x80)];
        foreach (byte[] bytes in (byte[][])[key, otherSign])
        {
            Should.Throw<ArgumentException>(() => new VerifierKey("log", SignatureType.Ed25519, bytes)).Message.ShouldContain("small order");
            Should.Throw<ArgumentException>(() => new VerifierKey("log", SignatureType.Ed25519Cosignature, bytes));
        }
    }

    private static byte[] WithBit(byte[] bytes, int bit)
    {
        byte[] changed = [.. bytes];
        changed[bit / 8] ^= (byte)(1 << (bit % 8));
        return changed;
    }
}
