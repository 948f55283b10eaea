using System.Security.Cryptography;
using DisclosureCloud.Testing;

namespace DisclosureCloud.Verifier.Tests;

/// <summary>Whatever byte is changed, wherever: it is found, and the file in which it lies is named, and no other.</summary>
public sealed class ChangedByteTests
{
    private const int Rounds = 1_000;

    [Fact]
    public async Task Verify_AfterAnyBitFlipOrTruncation_NamesThatFileAlone()
    {
        // One key: of two of one type the second may have retired, and its line may be gone.
        using SignedSite site = SmallWorld.Site(keys: ECDsa.Create(ECCurve.NamedCurves.nistP256));
        string[] files = [.. site.Files];
        files.Length.ShouldBeGreaterThanOrEqualTo(20);
        var hit = new HashSet<string>(StringComparer.Ordinal);
        for (int seed = 0; seed < Rounds; seed++)
        {
            string path = files[seed % files.Length];
            byte[] right = site.Read(path);
            byte[] wrong = ByteChange.Of(right, seed);
            site.Write(path, wrong);
            VerifyReport report = await site.VerifyAsync();
            report.Findings.Select(finding => finding.Subject).ShouldBe([path], $"seed {seed}: {string.Join(" | ", report.Findings)}");
            site.Write(path, right);
            hit.Add(path);
        }

        hit.Count.ShouldBe(files.Length, "each file is hit");
        (await site.VerifyAsync()).Findings.ShouldBeEmpty();
    }

    [Fact]
    public async Task Verify_WithoutAnyOneFile_NamesIt()
    {
        using SignedSite site = SmallWorld.Site();

        // Tiles and bundles of earlier checkpoints may have been taken away; all others must be there.
        string[] earlier = [.. site.Files.Where(path => path.EndsWith(".p/40", StringComparison.Ordinal) || path.EndsWith(".p/41", StringComparison.Ordinal) || path.EndsWith(".p/46", StringComparison.Ordinal))];
        earlier.Length.ShouldBe(6);
        foreach (string path in site.Files.ToArray())
        {
            byte[] right = site.Read(path);
            System.IO.File.Delete(site.File(path));
            VerifyReport report = await site.VerifyAsync();
            report.Findings.Select(finding => finding.Subject).ShouldBe(earlier.Contains(path, StringComparer.Ordinal) ? [] : [path]);
            site.Write(path, right);
        }
    }

    [Theory]
    [InlineData("log/tile/0/001.p/99")] // No tree of this size has it.
    [InlineData("log/tile/0/002.p/1")]
    [InlineData("log/tile/entries/001.p/60")]
    [InlineData("log/tile/3/000.p/1")]
    [InlineData("log/tile/0/0")]
    [InlineData("log/tile/0/000.p/256")]
    [InlineData("log/staging/x")]
    [InlineData("log/checkpoint.old")]
    [InlineData("log/tile/0/000.p/30")] // A tree had it, with other hashes.
    [InlineData("log/tile/entries/000.p/30")]
    [InlineData("secret.html")]
    [InlineData("data/openings/000009.ndjson")]
    [InlineData(".hidden")]
    public async Task Verify_WithAFileThatDoesNotBelong_NamesIt(string path)
    {
        using SignedSite site = SmallWorld.Site();
        site.Write(path, new byte[960]);
        (await site.VerifyAsync()).Findings.ShouldHaveSingleItem().Subject.ShouldBe(path);
    }

    [Theory]
    [InlineData("log/tile/0/000", "log/tile/0/001.p/47")]
    [InlineData("log/tile/entries/000", "log/tile/entries/001.p/47")]
    [InlineData("log/tile/entries/000", "log/tile/0/000")]
    [InlineData("index.html", "funds/f1/index.html")]
    [InlineData("data/entries.csv", "data/entries.ndjson")]
    [InlineData("data/openings/000000.ndjson", "data/openings/000001.ndjson")]
    [InlineData("log/tile/0/000.p/40", "log/tile/0/000.p/41")]
    public async Task Verify_WithTwoFilesSwapped_NamesBoth(string one, string other)
    {
        using SignedSite site = SmallWorld.Site();
        byte[] first = site.Read(one);
        site.Write(one, site.Read(other));
        site.Write(other, first);
        (await site.VerifyAsync()).Findings.Select(finding => finding.Subject).Order(StringComparer.Ordinal).ShouldBe(new[] { one, other }.Order(StringComparer.Ordinal));
    }

    [Theory]
    [InlineData("log/tile/0/000", 1)]
    [InlineData("log/tile/1/000.p/1", 32)]
    [InlineData("log/tile/entries/000", 1)]
    [InlineData("log/tile/entries/001.p/47", 20_000_000)]
    [InlineData("log/vkey", 20_000)]
    [InlineData("log/checkpoint", 600_000)]
    [InlineData("status.json", 100_000)]
    [InlineData("index.html", 1)]
    public async Task Verify_WithAFileTooLong_NamesIt(string path, int more)
    {
        using SignedSite site = SmallWorld.Site();
        site.Write(path, [.. site.Read(path), .. new byte[more]]);
        (await site.VerifyAsync()).Findings.ShouldHaveSingleItem().Subject.ShouldBe(path);
    }
}
