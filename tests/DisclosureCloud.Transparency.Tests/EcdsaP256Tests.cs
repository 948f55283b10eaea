using System.Security.Cryptography;
using System.Text;

namespace DisclosureCloud.Transparency.Tests;

public sealed class EcdsaP256Tests
{
    // Signed checkpoints of two logs, and their keys: transparency-dev/formats, note/note_verifier_test.go.
    private const string RekorKey =
        "rekor.sigstore.dev+c0d23d6a+AjBZMBMGByqGSM49AgEGCCqGSM49AwEHA0IABNhtmPtrWm3U1eQXBogSMdGvXwBcK5AW5i0hrZLOC96l+smGNM7nwZ4QvFK/4sueRoVj//QP22Ni4Qt9DPfkWLc=";

    private const string RekorNote =
        "Rekor\n798034\nf+7CoKgXKE/tNys9TTXcr/ad6U/K3xvznmzew9y6SP0=\n\n— rekor.sigstore.dev wNI9ajBEAiARInWIWyCdyG27CO6LPnPekyw20qO0YJfoaPaowGp/XgIgc+qEHS3+GKVClgqq20uDLet7MCoTURUCRdxwWBHHufk=\n";

    private const string PixelKey =
        "pixel6_transparency_log+91c16e30+AjBZMBMGByqGSM49AgEGCCqGSM49AwEHA0IABN+4x0Jk1yTwvLFI9A4NDdGZcX0aiWVdWM5XJVy0M4VWD3AvyW5Q6Hs9A0mcDkpUoYgn+KKPNzFC0H3nN3q6JQ8=";

    private const string PixelNote =
        "DEFAULT\n10\nbsWRucJU5xJPHb5eBdOm6+DM+VelCZBuvtI3sHERJ9Y=\n\n— pixel6_transparency_log kcFuMDBFAiEAhqMAP8P6qf6QxtUJhzMhbN+MbZ9dwfUHzGQJmffJHtoCIGD0cNe47dHWBoPwYdgBCepB06/+g5O1FmYjXl06owL4\n";

    [Theory]
    [InlineData(RekorKey, RekorNote, 798_034)]
    [InlineData(PixelKey, PixelNote, 10)]
    public void Verify_OfPublishedCheckpoints_FindsThemSigned(string key, string note, long size)
    {
        var verifier = new EcdsaP256Verifier(VerifierKey.Parse(key));
        var signed = SignedNote.Parse(Encoding.UTF8.GetBytes(note));
        signed.Verify([verifier]).Single().KeyId.ShouldBe(verifier.KeyId);
        Checkpoint.Parse(signed.Text).Head.Size.ShouldBe(size);
        Should.Throw<NotVerifiedException>(() => new SignedNote("x" + signed.Text, signed.Signatures).Verify([verifier]));
    }

    [Fact]
    public void Verify_OfWhatASignerSigned_FindsItSigned()
    {
        using var key = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        var signer = new EcdsaP256Signer("localhost/disclosurecloud", key);
        string text = new Checkpoint("localhost/disclosurecloud", TreeHead.Empty).Text;
        var note = SignedNote.Parse(SignedNote.Sign(text, [signer]).ToBytes());
        var verifier = new EcdsaP256Verifier(VerifierKey.Parse(signer.VerifierKey.ToString()));
        note.Verify([verifier]).Single().Name.ShouldBe("localhost/disclosurecloud");
        note.Signatures[0].Bytes.Span[0].ShouldBe((byte)0x30, "a DER sequence, not the plain pair of numbers");
        signer.VerifierKey.PublicKey.ToArray().ShouldBe(key.ExportSubjectPublicKeyInfo());
    }

    [Fact]
    public void Accepts_AnySignatureChangedCutOrLengthened_SaysNo()
    {
        var verifier = new EcdsaP256Verifier(VerifierKey.Parse(RekorKey));
        var note = SignedNote.Parse(Encoding.UTF8.GetBytes(RekorNote));
        byte[] text = Encoding.UTF8.GetBytes(note.Text);
        byte[] good = note.Signatures[0].Bytes.ToArray();
        verifier.Accepts(text, good).ShouldBeTrue();
        for (int bit = 0; bit < good.Length * 8; bit++)
        {
            byte[] bad = [.. good];
            bad[bit / 8] ^= (byte)(1 << (bit % 8));
            verifier.Accepts(text, bad).ShouldBeFalse($"bit {bit}");
        }

        for (int length = 0; length < good.Length; length++)
        {
            verifier.Accepts(text, good.AsSpan(0, length)).ShouldBeFalse($"cut to {length}");
        }

        verifier.Accepts(text, [.. good, 0]).ShouldBeFalse();
        verifier.Accepts(text, new byte[64]).ShouldBeFalse();
        verifier.Accepts(text, new byte[10_000]).ShouldBeFalse();
        for (int bit = 0; bit < text.Length * 8; bit++)
        {
            byte[] bad = [.. text];
            bad[bit / 8] ^= (byte)(1 << (bit % 8));
            verifier.Accepts(bad, good).ShouldBeFalse($"bit {bit} of the text");
        }
    }

    [Theory]
    [InlineData("")]
    [InlineData("30")]
    [InlineData("3000")]
    [InlineData("3080")]
    [InlineData("30ffffffffffffffff")]
    [InlineData("3006020100020100")] // Both numbers 0.
    [InlineData("3006020101020101")]
    [InlineData("30060201ff0201ff")] // Below 0.
    [InlineData("300402000200")]
    [InlineData("3026022100ffffffff00000000ffffffffffffffffbce6faada7179e84f3b9cac2fc632551020101")] // The order of the curve.
    [InlineData("30080203010001020101ff")]
    public void Accepts_WhatIsNoSignature_SaysNoAndDoesNotThrow(string hex) =>
        new EcdsaP256Verifier(VerifierKey.Parse(RekorKey)).Accepts("text\n"u8, Convert.FromHexString(hex)).ShouldBeFalse();

    [Fact]
    public void Accepts_RandomBytes_SaysNoAndDoesNotThrow()
    {
        var verifier = new EcdsaP256Verifier(VerifierKey.Parse(RekorKey));
        var random = new Random(61);
        for (int round = 0; round < 1000; round++)
        {
            byte[] bytes = new byte[random.Next(1, 100)];
            random.NextBytes(bytes);
            bytes[0] = random.Next(2) == 0 ? (byte)0x30 : bytes[0];
            verifier.Accepts("text\n"u8, bytes).ShouldBeFalse();
        }
    }

    [Fact]
    public void Signer_OfAnotherCurve_IsRefused()
    {
        using var key = ECDsa.Create(ECCurve.NamedCurves.nistP384);
        Should.Throw<ArgumentException>(() => new EcdsaP256Signer("log", key));
        Should.Throw<ArgumentException>(() => new EcdsaP256Verifier(new VerifierKey("log", SignatureType.Ed25519, new byte[32])));
    }
}
