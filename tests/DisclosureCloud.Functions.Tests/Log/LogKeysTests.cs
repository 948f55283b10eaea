using System.Text;
using DisclosureCloud.Functions.Hosting;
using DisclosureCloud.Functions.Hosting.Log;
using DisclosureCloud.Testing;
using DisclosureCloud.Transparency;
using Microsoft.Extensions.Configuration;

namespace DisclosureCloud.Functions.Tests.Log;

/// <summary>One seed gives both keys of the log; where it comes from, how it is changed, and what is refused.</summary>
public sealed class LogKeysTests : IDisposable
{
    private const string Origin = "example.com/log";
    private const string Text = "example.com/log\n0\n47DEQpj8HBSa+/TImW+5JCeuQeRkm5NMpJWZG3hSuFU=\n";

    // Of the seed 00 01 … 1f, computed with another library (HKDF, Ed25519 and P-256 of Python's cryptography). They never change.
    private const string Ed25519Vkey = "example.com/log+e7869286+AbFWz25t+GT423JPUsnaAX9E+zaUUE9Yy550SLdg4jVg";
    private const string P256Vkey = "example.com/log+48aebbcc+AjBZMBMGByqGSM49AgEGCCqGSM49AwEHA0IABCQhPR5IXDiXo0GgWcgeu8unNZqj/l85lw6kKNFNwU1Jz02ciuWJAW5zLBLzLj4wLdVjAdHwaBd8GFyNPrKbdgs=";

    private static readonly string Seed = Convert.ToBase64String([.. Enumerable.Range(0, 32).Select(i => (byte)i)]);
    private static readonly string OtherSeed = Convert.ToBase64String([.. Enumerable.Range(1, 32).Select(i => (byte)i)]);

    private static readonly (string, string)[] Azure =
    [
        ("Disclosure:Storage", "azure"), ("Disclosure:Storage:Archive", "https://archive.blob.core.windows.net/"),
        ("Disclosure:Storage:Site", "https://site.blob.core.windows.net/"), ("Disclosure:Storage:Queues", "https://host.queue.core.windows.net/"),
        ("Disclosure:Storage:Tables", "https://host.table.core.windows.net/"), ("Disclosure:Identity:Authority", "https://login.example/"),
    ];

    private readonly TemporaryFolder _folder = new();

    private string SeedFile => Path.Combine(_folder.Path, "keys", "log.seed");

    private string OldSeedFile => Path.Combine(_folder.Path, "keys", "log.old.seed");

    public void Dispose() => _folder.Dispose();

    [Fact]
    public void Keys_OfOneSeed_AreTheOnesTheyHaveEverBeen()
    {
        using LogKeys keys = Open(("Disclosure:Log:Seed", Seed));
        keys.VerifierKeys.Select(key => key.ToString()).ShouldBe([Ed25519Vkey, P256Vkey]);
        Encoding.UTF8.GetString(keys.VkeyBytes).ShouldBe($"{Ed25519Vkey}\n{P256Vkey}\n");
        var note = SignedNote.Sign(Text, keys.Signers);
        note.Signatures.Select(signature => signature.KeyId).ShouldBe(keys.VerifierKeys.Select(key => key.KeyId));
        note.Signatures.ShouldAllBe(signature => signature.Name == Origin);
        note.Verify(keys.Verifiers).Count.ShouldBe(2);
    }

    [Fact]
    public void Seed_OnThisMachine_IsMadeOnceAndIsItsOwnersAlone()
    {
        using LogKeys first = Open();
        using LogKeys second = Open();
        second.VkeyBytes.ShouldBe(first.VkeyBytes);
        Convert.FromBase64String(File.ReadAllText(SeedFile)).Length.ShouldBe(32);
        first.VerifierKeys[0].Name.ShouldBe(Origin);
        if (!OperatingSystem.IsWindows())
        {
            File.GetUnixFileMode(SeedFile).ShouldBe(UnixFileMode.UserRead | UnixFileMode.UserWrite);
        }

        using var elsewhere = new TemporaryFolder();
        using LogKeys other = LogKeys.Open(Deployment.Read(Configuration([]), elsewhere.Path));
        other.VkeyBytes.ShouldNotBe(first.VkeyBytes);
    }

    [Fact]
    public async Task Seed_MadeByManyAtOnce_IsOne()
    {
        string[] keys = await Task.WhenAll(Enumerable.Range(0, 16).Select(_ => Task.Run(() =>
        {
            using LogKeys opened = Open();
            return Encoding.UTF8.GetString(opened.VkeyBytes);
        })));
        keys.Distinct(StringComparer.Ordinal).Count().ShouldBe(1);
        Directory.GetFiles(Path.GetDirectoryName(SeedFile)!).ShouldBe([SeedFile]);
    }

    [Fact]
    public void SeedFile_OpenToOthers_IsRefused()
    {
        if (OperatingSystem.IsWindows())
        {
            Assert.Skip("Windows has no permission bits.");
            return;
        }

        Open().Dispose();
        foreach (UnixFileMode more in (UnixFileMode[])[UnixFileMode.GroupRead, UnixFileMode.OtherRead, UnixFileMode.GroupWrite, UnixFileMode.OtherExecute])
        {
            File.SetUnixFileMode(SeedFile, UnixFileMode.UserRead | UnixFileMode.UserWrite | more);
            string said = Should.Throw<InvalidDataException>(() => Open()).Message;
            said.ShouldContain(SeedFile);
            said.ShouldContain("chmod 600");
        }

        File.SetUnixFileMode(SeedFile, UnixFileMode.UserRead);
        Open().Dispose();
    }

    [Theory]
    [InlineData("")]
    [InlineData("c2VjcmV0")]
    [InlineData("AAECAwQFBgcICQoLDA0ODxAREhMUFRYXGBkaGxwdHh8g")] // 33 bytes
    [InlineData("AAECAwQFBgcICQoLDA0ODxAREhMUFRYXGBkaGxwdHg==")] // 31 bytes
    [InlineData("000102030405060708090a0b0c0d0e0f101112131415161718191a1b1c1d1e1f")]
    public void SeedFile_OfAnotherForm_IsRefusedAndNotShown(string text)
    {
        Open().Dispose();
        File.WriteAllText(SeedFile, text);
        string said = Should.Throw<InvalidOperationException>(() => Open()).Message;
        said.ShouldStartWith($"'{SeedFile}' is no seed");
        said.Contains(text, StringComparison.Ordinal).ShouldBe(text.Length == 0);
        Should.Throw<InvalidOperationException>(() => Settings(("Disclosure:Log:Seed", text + "!"))).Message.ShouldStartWith("Disclosure:Log:Seed is no seed");
    }

    [Fact]
    public void SeedFile_WithoutEnd_IsNotReadToItsEnd()
    {
        Open().Dispose();
        File.WriteAllText(SeedFile, new string('A', 65));
        Should.Throw<InvalidDataException>(() => Open()).Message.ShouldContain("at most 64 bytes");
    }

    [Fact]
    public void Rotation_ByFiles_HasBothSignAndTheNewFirst()
    {
        string[] old = Vkeys(Open());
        File.Move(SeedFile, OldSeedFile);
        using LogKeys both = Open();
        string[] keys = [.. both.VerifierKeys.Select(key => key.ToString())];
        keys[2..].ShouldBe(old);
        keys[..2].ShouldNotBe(old);
        both.Signers.Select(signer => signer.KeyId).ShouldBe(both.VerifierKeys.Select(key => key.KeyId));
        var note = SignedNote.Sign(Text, both.Signers);
        note.Verify([.. old.Select(key => NoteVerifier.Of(VerifierKey.Parse(key)))]).Count.ShouldBe(2, "whoever knows the old keys alone verifies");

        // A checkpoint of before is shown until the log grows: whoever wants a signature of the first key of each type finds one.
        both.VkeyBytesOf(note).ShouldBe(both.VkeyBytes);
        Encoding.UTF8.GetString(both.VkeyBytesOf(SignedNote.Sign(Text, [.. both.Signers.Skip(2)]))).TrimEnd('\n').Split('\n').ShouldBe([.. old, .. keys[..2]]);

        File.Delete(OldSeedFile);
        using LogKeys after = Open(("Disclosure:Log:RetiredKeys", string.Join(" , ", old)));
        after.VerifierKeys.Select(key => key.ToString()).ShouldBe(keys);
        after.Signers.Count.ShouldBe(2, "a retired key signs nothing");
        note.Verify(after.Verifiers).Count.ShouldBe(4);
    }

    [Fact]
    public void Rotation_BySettings_HasBothSignAndTheNewFirst()
    {
        using LogKeys keys = Open(("Disclosure:Log:Seed", OtherSeed), ("Disclosure:Log:OldSeed", Seed), ("Disclosure:Log:RetiredKeys", Ed25519Vkey));
        keys.VerifierKeys.Select(key => key.ToString()).Skip(2).ShouldBe([Ed25519Vkey, P256Vkey], "one that still signs is no second time there");
        keys.Signers.Count.ShouldBe(4);
    }

    [Fact]
    public void Rotation_ToTheSameSeed_IsRefused()
    {
        Should.Throw<InvalidOperationException>(() => Open(("Disclosure:Log:Seed", Seed), ("Disclosure:Log:OldSeed", Seed))).Message.ShouldContain("nothing would be rotated");
        Should.Throw<InvalidOperationException>(() => Settings(("Disclosure:Log:OldSeed", Seed))).Message.ShouldStartWith("Disclosure:Log:OldSeed");
    }

    [Fact]
    public void OldSeedFile_BesideASeedThatIsSet_DoesNotSign()
    {
        Open().Dispose();
        File.Move(SeedFile, OldSeedFile);
        Vkeys(Open(("Disclosure:Log:Seed", Seed))).ShouldBe([Ed25519Vkey, P256Vkey]);
        File.Exists(SeedFile).ShouldBeFalse("a seed that is set needs no file");
    }

    [Theory]
    [InlineData("Disclosure:Log:Seed")]
    [InlineData("Disclosure:Log:OldSeed")]
    public void Seed_ThatAzureDidNotResolve_IsToldAsThat(string setting)
    {
        (string, string) reference = (setting, "@Microsoft.KeyVault(SecretUri=https://county.vault.azure.net/secrets/log-seed)");
        string said = Should.Throw<InvalidOperationException>(() => Settings(reference)).Message;
        said.ShouldStartWith(setting);
        said.ShouldContain("Key Vault");
        said.ShouldContain("did not resolve");
    }

    [Fact]
    public void Seed_WhereTheStorageIsInAzure_MustBeSetAndIsThePublishersAlone()
    {
        foreach (string role in (string[])["all", "publisher"])
        {
            Should.Throw<InvalidOperationException>(() => Open([.. Azure, ("Disclosure:Role", role)])).Message.ShouldStartWith("Disclosure:Log:Seed is needed");
            Open([.. Azure, ("Disclosure:Role", role), ("Disclosure:Log:Seed", Seed + "\n")]).Dispose();
        }

        Settings([.. Azure, ("Disclosure:Role", "api")]).Log.Seed().ShouldBeNull("the API starts without");
        Should.Throw<InvalidOperationException>(() => Open([.. Azure, ("Disclosure:Role", "api")])).Message.ShouldContain("signs nothing");
        Should.Throw<InvalidOperationException>(() => Settings([.. Azure, ("Disclosure:Role", "api"), ("Disclosure:Log:Seed", Seed)])).Message.ShouldStartWith("Disclosure:Log:Seed");
        File.Exists(SeedFile).ShouldBeFalse();
    }

    [Fact]
    public void Seed_WhereTheStorageIsAnEmulator_IsAFile()
    {
        (string, string)[] local =
        [
            ("Disclosure:Storage", "azure"), ("Disclosure:Storage:Archive", "http://127.0.0.1:10000/a"), ("Disclosure:Storage:Site", "http://127.0.0.1:10000/s"),
            ("Disclosure:Storage:Queues", "http://127.0.0.1:10001/s"), ("Disclosure:Storage:Tables", "http://127.0.0.1:10002/s"),
        ];
        Open(local).Dispose();
        File.Exists(SeedFile).ShouldBeTrue();
    }

    [Fact]
    public void Seed_IsInNoTextOfTheSettings()
    {
        Deployment deployment = Settings(("Disclosure:Log:Seed", OtherSeed), ("Disclosure:Log:OldSeed", Seed));
        deployment.ToString().ShouldNotContain(Seed);
        deployment.ToString().ShouldNotContain(OtherSeed);
    }

    [Fact]
    public void Seed_DisposedOf_IsOverwritten()
    {
        var seed = LogSeed.Parse(Seed, "here");
        seed.Dispose();
        seed.Bytes.ToArray().ShouldAllBe(b => b == 0);
    }

    [Theory]
    [InlineData("PeterNeumann+c74f20a3+ARpc2QcUPDhMQegwxbzhKqiBfsVkmqq/LDE4izWy10TW")]
    [InlineData("example.com/log")]
    public void RetiredKey_OfAnotherLogOrForm_IsRefused(string key) =>
        Should.Throw<InvalidOperationException>(() => Open(("Disclosure:Log:RetiredKeys", key))).Message.ShouldContain("etired");

    [Fact]
    public void RetiredKey_OfAWitness_IsRefused()
    {
        using var witness = new Ed25519Cosigner(Origin, new byte[32]);
        Should.Throw<InvalidOperationException>(() => Open(("Disclosure:Log:RetiredKeys", witness.VerifierKey.ToString()))).Message.ShouldContain("is none of the log");
    }

    [Fact]
    public void RetiredKeys_AreAtMost32()
    {
        string Keys(int count) => string.Join(',', Enumerable.Repeat(Ed25519Vkey, count));
        Open(("Disclosure:Log:RetiredKeys", Keys(32))).Dispose();
        Should.Throw<InvalidOperationException>(() => Settings(("Disclosure:Log:RetiredKeys", Keys(33)))).Message.ShouldContain("at most 32");
    }

    [Theory]
    [InlineData("0000000000000000000000000000000000000000000000000000000000000000", false)]
    [InlineData("0000000000000000000000000000000000000000000000000000000000000001", true)]
    [InlineData("FFFFFFFF00000000FFFFFFFFFFFFFFFFBCE6FAADA7179E84F3B9CAC2FC632550", true)]
    [InlineData("FFFFFFFF00000000FFFFFFFFFFFFFFFFBCE6FAADA7179E84F3B9CAC2FC632551", false)]
    [InlineData("FFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFF", false)]
    public void Scalar_OfP256_IsFromOneToItsOrder(string hex, bool isScalar) => LogKeyDerivation.IsScalar(Convert.FromHexString(hex)).ShouldBe(isScalar);

    private static string[] Vkeys(LogKeys keys)
    {
        using (keys)
        {
            return [.. keys.VerifierKeys.Select(key => key.ToString())];
        }
    }

    private static IConfiguration Configuration(IEnumerable<(string, string)> settings) => new ConfigurationBuilder()
        .AddInMemoryCollection(settings.Append(("Disclosure:Log:Origin", Origin)).Select(setting => KeyValuePair.Create(setting.Item1, (string?)setting.Item2))).Build();

    private Deployment Settings(params (string, string)[] settings) => Deployment.Read(Configuration(settings), _folder.Path);

    private LogKeys Open(params (string, string)[] settings) => LogKeys.Open(Settings(settings));
}
