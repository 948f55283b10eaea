using System.Text;
using System.Text.RegularExpressions;
using DisclosureCloud.Functions.Tests.Publishing;
using DisclosureCloud.Testing;
using DisclosureCloud.Testing.Go;

namespace DisclosureCloud.Functions.Tests.Evidence;

/// <summary>The commands of a pack's README, in both languages, run on a pack as they stand; and on altered ones.</summary>
public sealed partial class PackReadmeTests(PackReadmeTests.World world) : IClassFixture<PackReadmeTests.World>
{
    private const string Leaf = "leaves/5.json";
    private const string Page = "site/notices/n-one/index.html";

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    [Theory]
    [InlineData("README.md")]
    [InlineData("README.zh.md")]
    public async Task Commands_OfTheReadme_VerifyThePack(string readme)
    {
        await SkipWithoutToolsAsync();
        using TemporaryFolder folder = await world.UnpackAsync();
        string text = await File.ReadAllTextAsync(folder.File(readme), Cancel);
        string[] blocks = [.. Shell.Matches(text).Select(block => block.Groups["body"].Value)];
        blocks.Length.ShouldBe(7);
        (int code, string output) = await Packs.RunAsync(folder.Path, "set -e\n" + string.Concat(blocks));
        code.ShouldBe(0, output);
        output.ShouldContain("Signature Verified Successfully");
        output.ShouldContain("Verified OK");
        output.ShouldMatch(@"ok: \d+ files, \d+ leaves of the \d+ of localhost/disclosurecloud, \d+ openings, \d+ files of the site");
        output.ShouldMatch(@"ok: \d+ leaves of the \d+ that localhost/disclosurecloud signed");
        output.ShouldMatch(@"ok: leaves/\d+\.json");
        output.ShouldNotContain("WRONG");

        text.ShouldContain($"```go\n{await File.ReadAllTextAsync(folder.File("verify.go"), Cancel)}```\n", Case.Sensitive);
    }

    /// <summary>Each tool by itself finds what is in its part, though the sums were made anew.</summary>
    [Theory]
    [InlineData("verify.py", Leaf, "{", "is not in the tree")]
    [InlineData("verify.py", "site/data/manifest.json", "{", "is not the one that was published")]
    [InlineData("verify.py", Page, "<title", Page)]
    [InlineData("verify.py", "site/status.json", "contentVersion\":", "AssertionError")]
    [InlineData("verify.go", Leaf, "{", "invalid")]
    [InlineData("verify.go", "checkpoint", "\n", "invalid signature")]
    [InlineData("verify.go", "proofs.ndjson", "\"hashes\":", "invalid")]
    [InlineData("openssl pkeyutl", "checkpoint", "\n", "Signature Verification Failure")]
    [InlineData("openssl pkeyutl", "checkpoint", "\n", "Verification failure")]
    [InlineData("leafHash", Leaf, "{", $"WRONG: {Leaf}")]
    [InlineData("WRONG: $path", Page, "<title", "WRONG: ./notices/n-one/index.html")]
    [InlineData("sha256sum --quiet", Page, "<title", "FAILED")]
    public async Task Command_OnAnAlteredFile_TellsOfIt(string command, string altered, string after, string said)
    {
        await SkipWithoutToolsAsync();
        using TemporaryFolder folder = await world.UnpackAsync(altered, after, anew: !command.StartsWith("sha256sum", StringComparison.Ordinal));
        (int code, string output) = await Packs.RunAsync(folder.Path, await BlockAsync(folder, command));
        (code != 0 || output.Contains("WRONG", StringComparison.Ordinal) || output.Contains("Failure", StringComparison.Ordinal)).ShouldBeTrue(output);
        output.ShouldContain(said, Case.Sensitive);
    }

    [Fact]
    public async Task Commands_OnAnotherManifestOfTheSite_SayNoOk()
    {
        await SkipWithoutToolsAsync();
        using TemporaryFolder folder = await world.UnpackAsync("site/data/manifest.json", "{");
        (int code, string output) = await Packs.RunAsync(folder.Path, await BlockAsync(folder, "manifestSha256"));
        code.ShouldNotBe(0);
        output.ShouldNotContain("ok");
    }

    private static async Task<string> BlockAsync(TemporaryFolder folder, string command) =>
        Shell.Matches(await File.ReadAllTextAsync(folder.File("README.md"), Cancel)).Select(match => match.Groups["body"].Value).Single(body => body.Contains(command, StringComparison.Ordinal));

    private static async Task SkipWithoutToolsAsync()
    {
        Assert.SkipUnless(await Packs.RunAsync("/", "command -v openssl && command -v python3 && command -v sha256sum") is (0, _), "openssl, python3 and sha256sum are not all here");
        Assert.SkipWhen(GoTlog.Missing is not null, GoTlog.Missing ?? "");
    }

    [GeneratedRegex(@"^```sh\n(?<body>.*?)^```", RegexOptions.Multiline | RegexOptions.Singleline | RegexOptions.ExplicitCapture, 1000)]
    private static partial Regex Shell { get; }

    /// <summary>A pack, made once.</summary>
    public sealed class World : IAsyncLifetime
    {
        private OrderedDictionary<string, byte[]>? _files;

        public async ValueTask InitializeAsync()
        {
            using PublishWorld world = await PublishWorld.OpenAsync();
            await world.PublishAsync();
            _files = await Packs.FilesAsync(await Packs.OfFinanceAsync(world));
        }

        public ValueTask DisposeAsync() => default;

        /// <param name="altered">A file of which one letter is another.</param>
        /// <param name="after">What stands before that letter.</param>
        /// <param name="anew">Whether the sums are made anew: those of the pack's manifest, and the others.</param>
        internal async Task<TemporaryFolder> UnpackAsync(string? altered = null, string after = "", bool anew = true)
        {
            OrderedDictionary<string, byte[]> files = new(_files!, StringComparer.Ordinal);
            if (altered is not null)
            {
                string before = Ledger.Sha256Hex.Of(files[altered]).Value;
                byte[] bytes = [.. files[altered]];
                int from = bytes.AsSpan().IndexOf(Encoding.UTF8.GetBytes(after)) + after.Length;

                // What stands in hexadecimal stays so. Of root hashes in base64 one in thirty has no such letter, and the next one after it is not signed.
                bytes[from + bytes.AsSpan(from).IndexOfAnyInRange((byte)'a', altered == "checkpoint" ? (byte)'y' : (byte)'e')]++;
                files[altered] = bytes;
                if (anew)
                {
                    files["manifest.json"] = Encoding.UTF8.GetBytes(Encoding.UTF8.GetString(files["manifest.json"]).Replace(before, Ledger.Sha256Hex.Of(bytes).Value, StringComparison.Ordinal));
                    files[Packs.Sums] = Packs.SumsOf(files);
                }
            }

            var folder = new TemporaryFolder();
            await Packs.UnpackAsync(folder, files);
            return folder;
        }
    }
}
