using System.Security.Cryptography;
using System.Text;
using DisclosureCloud.Transparency;

namespace DisclosureCloud.Verifier.Tests;

/// <summary>The checkpoint: whose it must be, and what of it is not believed.</summary>
public sealed class CheckpointTests
{
    [Fact]
    public async Task Verify_WithTheLogsKeys_DoesNotBelieveTheSites()
    {
        using SignedSite site = SmallWorld.Site();
        VerifyReport report = await site.VerifyAsync(keys: [.. site.Signers.Select(signer => signer.VerifierKey)]);
        report.Findings.ShouldBeEmpty();
        report.Proven[0].ShouldBe($"The checkpoint of '{SignedSite.Origin}' over {site.Head.Size} leaves is signed by the 2 given keys of the log.");
        report.Unproven.ShouldNotContain(line => line.Contains("came from the site", StringComparison.Ordinal));
    }

    [Fact]
    public async Task Verify_WithOneOfTheKeys_IsWell()
    {
        using SignedSite site = SmallWorld.Site();
        (await site.VerifyAsync(keys: site.Signers[1].VerifierKey)).Findings.ShouldBeEmpty();
    }

    [Fact]
    public async Task Verify_WithAnotherKeyOfTheSameName_NamesTheCheckpoint()
    {
        using SignedSite site = SmallWorld.Site();
        using var other = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        VerifyReport report = await site.VerifyAsync(keys: new EcdsaP256Signer(SignedSite.Origin, other).VerifierKey);
        report.Findings.ShouldHaveSingleItem().ToString().ShouldStartWith("log/checkpoint: is not signed by the log's key");
    }

    [Fact]
    public async Task Verify_WithTheKeyOfAnotherLog_NamesTheCheckpoint()
    {
        using SignedSite site = SmallWorld.Site();
        using var other = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        VerifyReport report = await site.VerifyAsync(keys: new EcdsaP256Signer("log.example/city", other).VerifierKey);
        report.Findings.ShouldHaveSingleItem().ToString().ShouldBe("log/checkpoint: is of the log 'log.example/county'; the given keys are of 'log.example/city'.");
    }

    [Fact]
    public async Task Verify_OfASiteSignedByOthersUnderItsName_IsFoundByTheGivenKey()
    {
        // All of it is consistent: only whoever has the key from elsewhere can tell.
        using SignedSite site = SmallWorld.Site();
        using SignedSite forged = SmallWorld.Site();
        (await forged.VerifyAsync()).Findings.ShouldBeEmpty();
        (await forged.VerifyAsync(keys: site.Signers[0].VerifierKey)).Findings.ShouldHaveSingleItem().Subject.ShouldBe("log/checkpoint");
    }

    [Fact]
    public async Task Verify_OfASignatureUnderAnotherKeysId_NamesTheCheckpoint()
    {
        using SignedSite site = SmallWorld.Site();
        var note = SignedNote.Parse(site.Read("log/checkpoint"));
        NoteSignature first = note.Signatures[0];
        var wrong = new NoteSignature(first.Name, note.Signatures[1].KeyId, first.Bytes);
        site.Write("log/checkpoint", new SignedNote(note.Text, [wrong, note.Signatures[1]]).ToBytes());
        (await site.VerifyAsync()).Findings.ShouldHaveSingleItem().ToString().ShouldStartWith("log/checkpoint: The signature of log.example/county");
    }

    [Fact]
    public async Task Verify_OfALogKeyThatSignedAndIsNotPublished_NamesTheKeys()
    {
        using SignedSite site = SmallWorld.Site();
        site.WriteText("log/vkey", $"{site.Signers[0].VerifierKey}\n");
        (await site.VerifyAsync()).Findings.ShouldHaveSingleItem().ToString().ShouldStartWith("log/vkey: lacks the key");
    }

    [Fact]
    public async Task Verify_OfAWitnessThatIsNotKnown_SaysThatItWasNotChecked()
    {
        using SignedSite site = SmallWorld.Site();
        var note = SignedNote.Parse(site.Read("log/checkpoint"));
        site.Write("log/checkpoint", note.With(new NoteSignature("witness.example/w", new KeyId(7), new byte[72])).ToBytes());
        VerifyReport report = await site.VerifyAsync();
        report.Findings.ShouldBeEmpty();
        report.Unproven.ShouldContain(line => line.StartsWith("1 signatures of the checkpoint are of keys that were not given", StringComparison.Ordinal));
    }

    [Fact]
    public async Task Verify_OfAKeyTypeThatCannotBeVerified_SaysSo()
    {
        using SignedSite site = SmallWorld.Site();
        using var signer = new Ed25519Signer(SignedSite.Origin, new byte[32]);
        VerifierKey ed25519 = signer.VerifierKey;
        site.WriteText("log/vkey", Encoding.UTF8.GetString(site.Read("log/vkey")) + ed25519 + "\n");
        var note = SignedNote.Parse(site.Read("log/checkpoint"));
        site.Write("log/checkpoint", note.With(new NoteSignature(SignedSite.Origin, ed25519.KeyId, new byte[64])).ToBytes());
        var request = new VerifyRequest([], _ => null, key => key.Type == SignatureType.EcdsaP256 ? new EcdsaP256Verifier(key) : null);
        VerifyReport report = await SiteVerifier.VerifyAsync(new FolderSource(site.Root), request, TestContext.Current.CancellationToken);
        report.Findings.ShouldBeEmpty();
        report.Unproven.ShouldContain($"Signatures of {ed25519.KeyId} (Ed25519) were not checked: this program cannot verify that type.", StringComparer.Ordinal);

        // Where somebody can, its signature must be good.
        VerifyReport checkedToo = await SiteVerifier.VerifyAsync(
            new FolderSource(site.Root), request with { VerifierOf = key => key.Type == SignatureType.EcdsaP256 ? new EcdsaP256Verifier(key) : new Refusing(key) }, TestContext.Current.CancellationToken);
        checkedToo.Findings.ShouldHaveSingleItem().Subject.ShouldBe("log/checkpoint");
    }

    [Theory]
    [InlineData("")]
    [InlineData("\n\n")]
    [InlineData("log.example/county\n300\n")]
    [InlineData("log.example/county\n300\nAAAA\n\n— x AAAAAAAA\n")]
    [InlineData("log.example/county\n0300\nCsUYapGGPo4dkMgIAUqom/Xajj7h2fB2MPA3j2jxq2I=\n\n— log.example/county Az3grlgtzPICa5OS8npVmf1M\n")]
    [InlineData("log.example/county\n-1\nCsUYapGGPo4dkMgIAUqom/Xajj7h2fB2MPA3j2jxq2I=\n\n— log.example/county Az3grlgtzPICa5OS8npVmf1M\n")]
    [InlineData("log.example/county\r\n300\nCsUYapGGPo4dkMgIAUqom/Xajj7h2fB2MPA3j2jxq2I=\n\n— log.example/county Az3grlgtzPICa5OS8npVmf1M\n")]
    [InlineData("log.example/county\n300\nCsUYapGGPo4dkMgIAUqom/Xajj7h2fB2MPA3j2jxq2I=\n\n- log.example/county Az3grlgtzPICa5OS8npVmf1M\n")]
    [InlineData("log.example/county\n300\nCsUYapGGPo4dkMgIAUqom/Xajj7h2fB2MPA3j2jxq2I=\n\n— log.example/county Az3grlgtzPICa5OS8npVmf1M")]
    public async Task Verify_OfAMalformedCheckpoint_NamesIt(string text)
    {
        using SignedSite site = SmallWorld.Site();
        site.WriteText("log/checkpoint", text);
        (await site.VerifyAsync()).Findings.ShouldHaveSingleItem().Subject.ShouldBe("log/checkpoint");
    }

    [Theory]
    [InlineData(0)]
    [InlineData(299)]
    [InlineData(304)]
    [InlineData(1L << 40)]
    public async Task Verify_OfAGoodSignatureOverAnotherSize_IsFound(long size)
    {
        // Whoever has the keys can sign anything: the tiles do not follow.
        using SignedSite site = SmallWorld.Site();
        site.Sign(new Checkpoint(SignedSite.Origin, size == 0 ? TreeHead.Empty : new TreeHead(size, site.Head.Root)));
        (await site.VerifyAsync()).IsWell.ShouldBeFalse();
    }

    [Fact]
    public async Task Verify_OfAGoodSignatureOverAnotherRoot_NamesTheCheckpoint()
    {
        using SignedSite site = SmallWorld.Site();
        site.Sign(new Checkpoint(SignedSite.Origin, new TreeHead(site.Head.Size, Rfc6962.LeafHash([1]))));
        (await site.VerifyAsync()).Findings.ShouldHaveSingleItem().Subject.ShouldBe("log/checkpoint");
    }

    private sealed class Refusing(VerifierKey key) : INoteVerifier
    {
        public string Name => key.Name;

        public KeyId KeyId => key.KeyId;

        public bool Accepts(ReadOnlySpan<byte> text, ReadOnlySpan<byte> signature) => false;
    }
}
