namespace DisclosureCloud.Verifier.Tests;

public sealed class GoodSiteTests
{
    [Fact]
    public async Task Verify_OfASiteThatIsRight_FindsNothingAndSaysWhatItProved()
    {
        using SignedSite site = SmallWorld.Site();
        VerifyReport report = await site.VerifyAsync();
        report.Findings.ShouldBeEmpty();
        report.IsWell.ShouldBeTrue();
        report.Proven.ShouldContain($"Every entry of the {site.Leaves.Count} leaves hashes to the checkpoint's root, and no tile or bundle is missing, shorter or longer.", StringComparer.Ordinal);
        report.Proven.ShouldContain(line => line.StartsWith("Of 300 commitments 225 are open and true; 75 are withheld, 1 of them in entries that 1 redactions name (e299-1)", StringComparison.Ordinal));
        report.Proven.ShouldContain("3 figures in pages read as their values say; 2 of them say what they are and were reckoned anew from the leaves.", StringComparer.Ordinal);
        report.Proven.ShouldContain("Each of the 300 rows in the two tables of entries has its leaf, with the same kind, date, amount and recorder.", StringComparer.Ordinal);
        report.Proven.ShouldContain("1 segments of the archive are sealed in their order, 30 leaves.", StringComparer.Ordinal);
        report.Unproven.ShouldContain(line => line.StartsWith("The keys came from the site itself", StringComparison.Ordinal));
    }

    [Fact]
    public async Task Verify_OfALogWithAFullTileOfLevelOne_IsWell()
    {
        using var site = new SignedSite();
        for (int i = 0; i < 66_000; i++)
        {
            site.Add(SmallWorld.Leaf((2 * i) + 1));
        }

        site.Publish(new Dictionary<string, byte[]>(StringComparer.Ordinal) { ["index.html"] = [] });
        VerifyReport report = await site.VerifyAsync();
        report.Findings.ShouldBeEmpty();

        foreach (string path in new[] { "log/tile/1/000", "log/tile/2/000.p/1", "log/tile/0/003", "log/tile/0/257.p/209", "log/tile/entries/100" })
        {
            byte[] right = site.Read(path);
            byte[] wrong = [.. right];
            wrong[^20] ^= 4;
            site.Write(path, wrong);
            (await site.VerifyAsync()).Findings.ShouldHaveSingleItem().Subject.ShouldBe(path);
            site.Write(path, right);
        }
    }

    [Fact]
    public async Task Verify_OfAnEmptyLog_SaysThatNothingVouchesForTheSite()
    {
        using var site = new SignedSite();
        site.Checkpoint();
        (await site.VerifyAsync()).Findings.ShouldHaveSingleItem().ToString().ShouldBe("data/manifest.json: is vouched for by nothing: the log has no publication.");
    }
}
