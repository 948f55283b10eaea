using DisclosureCloud.Functions.Hosting;
using DisclosureCloud.Functions.Hosting.Log;
using DisclosureCloud.Testing;
using DisclosureCloud.Transparency;
using Microsoft.Extensions.Configuration;

namespace DisclosureCloud.Functions.Tests.Log;

/// <summary>The settings of a log that follows another: what goes together, and what is refused when the app starts.</summary>
public sealed class SuccessorSettingsTests : IDisposable
{
    private const string Old = "example.com/log";
    private const string New = "example.com/log-2";

    private readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public void Settings_OfASuccessor_NameItsPlaceAndWhatItFollows()
    {
        string keys = KeysOf(Old);
        Deployment deployment = Read(New, "log-2", Old, keys);
        (deployment.LogFolder, deployment.LogSeedFile).ShouldBe((_folder.File("log-2"), Path.Combine(_folder.File("keys"), "log-2.seed")));
        deployment.LogOldSeedFile.ShouldBe(Path.Combine(_folder.File("keys"), "log-2.old.seed"));
        deployment.Place.Row.Value.ShouldBe("log-2/checkpoint");
        (deployment.Place.Name, deployment.Place.EdgeName).ShouldBe(("log-2", "log-2-edge"));
        deployment.Predecessor!.Origin.ShouldBe(Old);
        deployment.Predecessor.KeysOf(Old).Count.ShouldBe(2);

        Deployment first = Read(Old, null, null, null);
        (first.LogFolder, first.LogSeedFile, first.Place.Row.Value, first.Predecessor).ShouldBe((_folder.File("log"), Path.Combine(_folder.File("keys"), "log.seed"), "log/checkpoint", null));
    }

    [Theory]
    [InlineData("log-edge")]
    [InlineData("log-")]
    [InlineData("log-2-edge")]
    [InlineData("log-LATE")]
    [InlineData("log-a/b")]
    [InlineData("../log-2")]
    [InlineData("archive")]
    [InlineData("site")]
    [InlineData("log-123456789012345678901")]
    public void Place_OfAnotherForm_IsRefused(string place) => Refused("Disclosure:Log:Place is 'log', or", New, place, Old, KeysOf(Old));

    [Fact]
    public void Settings_ThatDoNotGoTogether_AreRefusedOneByOne()
    {
        string keys = KeysOf(Old);
        Refused("Disclosure:Log:Place is 'log-2' and Disclosure:Log:Predecessor is not set", New, "log-2", null, null);
        Refused("Disclosure:Log:PredecessorKeys is set and Disclosure:Log:Predecessor is not", New, null, null, keys);
        Refused("Disclosure:Log:Predecessor is 'example.com/log', and Disclosure:Log:Place is 'log'", New, null, Old, keys);
        Refused("Disclosure:Log:Predecessor is 'example.com/log-2', and so is the log's own origin", New, "log-2", New, keys);
        Refused("Disclosure:Log:Predecessor is a host and a path", New, "log-2", "two words", keys);
        Refused("Disclosure:Log:PredecessorKeys has no key of 'example.com/log'", New, "log-2", Old, KeysOf("example.com/other"));
        Refused("Disclosure:Log:PredecessorKeys has no key of", New, "log-2", Old, null);
        Refused("Disclosure:Log:PredecessorKeys is verifier keys", New, "log-2", Old, "rubbish");
        Refused("Disclosure:Log:PredecessorKeys has a key twice", New, "log-2", Old, $"{keys},{keys}");
        Refused("Disclosure:Log:PredecessorKeys has the key", New, "log-2", Old, $"{keys},{KeysOf(New, "else")}");
        using var witness = new Ed25519Cosigner("w.example", new byte[32]);
        Refused("which is a witness's", New, "log-2", Old, $"{keys},{witness.VerifierKey}");
    }

    /// <summary>The old seed for the new log: who stole it would sign for both.</summary>
    [Fact]
    public void Keys_OfTheOldSeed_AreRefusedAndOfANewOneAreNot()
    {
        string keys = KeysOf(Old);
        Deployment successor = Read(New, "log-2", Old, keys);
        File.Copy(Path.Combine(_folder.File("keys"), "log.seed"), Path.Combine(_folder.File("keys"), "log-2.seed"));
        Should.Throw<InvalidOperationException>(() => LogKeys.Open(successor)).Message.ShouldContain("of the log 'example.com/log', which came before it");
        File.Delete(Path.Combine(_folder.File("keys"), "log-2.seed"));

        // Also where it is named beside a new one.
        File.Copy(Path.Combine(_folder.File("keys"), "log.seed"), Path.Combine(_folder.File("keys"), "log-2.old.seed"));
        Should.Throw<InvalidOperationException>(() => LogKeys.Open(successor));
        File.Delete(Path.Combine(_folder.File("keys"), "log-2.old.seed"));
        using LogKeys own = LogKeys.Open(successor);
        own.VerifierKeys.ShouldAllBe(key => key.Name == New);
    }

    private void Refused(string why, string origin, string? place, string? predecessor, string? keys) =>
        Should.Throw<InvalidOperationException>(() => Read(origin, place, predecessor, keys)).Message.ShouldContain(why);

    // Of a log of this machine, as its /log/vkey has them.
    private string KeysOf(string origin, string? folder = null)
    {
        using LogKeys keys = LogKeys.Open(Read(origin, null, null, null, folder));
        return string.Join(',', keys.VerifierKeys);
    }

    private Deployment Read(string origin, string? place, string? predecessor, string? keys, string? folder = null) => Deployment.Read(
        new ConfigurationBuilder().AddInMemoryCollection(new Dictionary<string, string?>(StringComparer.Ordinal)
        {
            ["Disclosure:Log:Origin"] = origin,
            ["Disclosure:Log:Place"] = place,
            ["Disclosure:Log:Predecessor"] = predecessor,
            ["Disclosure:Log:PredecessorKeys"] = keys,
        }).Build(),
        folder is null ? _folder.Path : _folder.File(folder));
}
