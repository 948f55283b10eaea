namespace DisclosureCloud.Transparency.Tests;

public sealed class VerifierKeyTests
{
    private const string Neumann = "PeterNeumann+c74f20a3+ARpc2QcUPDhMQegwxbzhKqiBfsVkmqq/LDE4izWy10TW";

    private const string RekorKey =
        "AjBZMBMGByqGSM49AgEGCCqGSM49AwEHA0IABNhtmPtrWm3U1eQXBogSMdGvXwBcK5AW5i0hrZLOC96l+smGNM7nwZ4QvFK/4sueRoVj//QP22Ni4Qt9DPfkWLc=";

    [Theory]
    [InlineData(Neumann, SignatureType.Ed25519)] // golang.org/x/mod/sumdb/note
    [InlineData("sum.golang.org+033de0ae+Ac4zctda0e5eza+HJyk9SxEdh+s3Ux18htTTAD8OuAn8", SignatureType.Ed25519)] // Go's checksum database
    [InlineData("remora.n621.de+da77ade7+BOvN63jn/bLvkieywe8R6UYAtVtNbZpXh34x7onlmtw2", SignatureType.Ed25519Cosignature)] // transparency-dev/formats
    [InlineData($"rekor.sigstore.dev+c0d23d6a+{RekorKey}", SignatureType.EcdsaP256)] // transparency-dev/formats
    public void Parse_OfPublishedKeys_FindsTheirKeyIds(string text, SignatureType type)
    {
        var key = VerifierKey.Parse(text);
        key.Type.ShouldBe(type);
        key.ToString().ShouldBe(text);
        key.KeyId.ToString().ShouldBe(text.Split('+')[1]);
        new VerifierKey(key.Name, type, key.PublicKey).ToString().ShouldBe(text);
    }

    [Fact]
    public void KeyId_OfAnEcdsaKey_IsOfTheKeyAlone() =>
        VerifierKey.Parse($"another.name+c0d23d6a+{RekorKey}").KeyId.ToString().ShouldBe("c0d23d6a", "signed-note says so of type 0x02");

    [Theory]
    [InlineData("")]
    [InlineData("PeterNeumann")]
    [InlineData("PeterNeumann+c74f20a3")]
    [InlineData("PeterNeumann+c74f20a3+")]
    [InlineData("PeterNeumann+C74F20A3+ARpc2QcUPDhMQegwxbzhKqiBfsVkmqq/LDE4izWy10TW")]
    [InlineData("PeterNeumann+c74f20a4+ARpc2QcUPDhMQegwxbzhKqiBfsVkmqq/LDE4izWy10TW")]
    [InlineData("PeterNeumann+0c74f20a3+ARpc2QcUPDhMQegwxbzhKqiBfsVkmqq/LDE4izWy10TW")]
    [InlineData("PeterNeumanm+c74f20a3+ARpc2QcUPDhMQegwxbzhKqiBfsVkmqq/LDE4izWy10TW")]
    [InlineData("Peter Neumann+c74f20a3+ARpc2QcUPDhMQegwxbzhKqiBfsVkmqq/LDE4izWy10TW")]
    [InlineData("+c74f20a3+ARpc2QcUPDhMQegwxbzhKqiBfsVkmqq/LDE4izWy10TW")]
    [InlineData(Neumann + "\n")]
    [InlineData(" " + Neumann)]
    [InlineData("PeterNeumann+c74f20a3+ARpc2QcUPDhMQegwxbzhKqiBfsVkmqq/LDE4izWy10Q=")] // 31 bytes
    [InlineData("rekor.sigstore.dev+12345678+AwEB")] // type 0x03
    [InlineData($"rekor.sigstore.dev+00000000+{RekorKey}")]
    [InlineData("ct.googleapis.com/logs/us1/argon2024+7deb49d0+BTBZMBMGByqGSM49AgEGCCqGSM49AwEHA0IABB25bKnLaZTFXOa2pgO70rjcVEMXKJkMBgFQHZ1kwFlGK9zIAx0FtC2oCfeZQe0E++VXuiYE9hFSzhRlOy92K8A=")]
    public void Parse_OfAnotherText_IsRefused(string text) => Should.Throw<FormatException>(() => VerifierKey.Parse(text));

    [Fact]
    public void VerifierKey_OfAPointOffTheCurve_IsRefused()
    {
        byte[] key = VerifierKey.Parse($"rekor.sigstore.dev+c0d23d6a+{RekorKey}").PublicKey.ToArray();
        new VerifierKey("log", SignatureType.EcdsaP256, key).PublicKey.ToArray().ShouldBe(key);
        key[^1] ^= 1;
        Should.Throw<ArgumentException>(() => new VerifierKey("log", SignatureType.EcdsaP256, key));
    }

    [Theory]
    [InlineData("", SignatureType.Ed25519, 32)]
    [InlineData("a+b", SignatureType.Ed25519, 32)]
    [InlineData("log", SignatureType.Ed25519, 31)]
    [InlineData("log", SignatureType.Ed25519Cosignature, 33)]
    [InlineData("log", SignatureType.EcdsaP256, 91)]
    [InlineData("log", SignatureType.None, 32)]
    [InlineData("log", (SignatureType)0x101, 32)]
    public void VerifierKey_OfAnotherForm_IsRefused(string name, SignatureType type, int length) =>
        Should.Throw<ArgumentException>(() => new VerifierKey(name, type, new byte[length]));
}
