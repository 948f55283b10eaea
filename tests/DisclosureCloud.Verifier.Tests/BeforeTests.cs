using System.Security.Cryptography;
using System.Text;
using DisclosureCloud.Testing;
using DisclosureCloud.Transparency;

namespace DisclosureCloud.Verifier.Tests;

/// <summary>A log that goes on from others: what is proven of them, what is found wrong, and who comes over to it.</summary>
public sealed class BeforeTests
{
    private const string Second = "log.example/second";
    private const string Third = "log.example/third";

    [Theory]
    [InlineData(0)]
    [InlineData(1)]
    [InlineData(255)]
    [InlineData(256)]
    [InlineData(257)]
    [InlineData(4_096 + 300)]
    public async Task VerifyLog_AfterALogOfAnySize_ProvesThatItBeginsWithIt(int size)
    {
        using var site = new SignedSite();
        for (int i = 0; i < size; i++)
        {
            site.Add(SmallWorld.Leaf(i));
        }

        site.Checkpoint();
        site.End(Second);
        site.Succeed(Second);
        (await LogAsync(site)).Proven.ShouldContain(line => line.StartsWith($"The log begins with the {size} leaves of '{SignedSite.Origin}'", StringComparison.Ordinal));
        for (int more = 0; more < 300; more += 100)
        {
            Grow(site, 100);
            VerifyReport report = await LogAsync(site);
            report.Findings.ShouldBeEmpty();
            report.Proven.ShouldContain(line => line.StartsWith($"The log begins with the {size} leaves of '{SignedSite.Origin}'", StringComparison.Ordinal));
        }
    }

    [Fact]
    public async Task Verify_OfAThirdLog_ProvesEachAndSaysWhoseKeysMayBeStolen()
    {
        using SignedSite site = Chain();
        VerifyReport report = await site.VerifyAsync();
        report.Findings.ShouldBeEmpty();
        report.Proven.Count(line => line.StartsWith("The log begins with", StringComparison.Ordinal)).ShouldBe(2);
        report.Proven.ShouldContain(line => line.Contains($"'{SignedSite.Origin}', which ended on 2026-11-23 (key-compromised) and named '{Second}'", StringComparison.Ordinal));
        report.Proven.ShouldContain(line => line.Contains($"'{Second}', which ended on 2026-11-23 (closed) and named '{Third}'", StringComparison.Ordinal));
        report.Unproven.Where(line => line.Contains("may be in other hands", StringComparison.Ordinal)).ShouldHaveSingleItem().ShouldContain(SignedSite.Origin);
    }

    [Fact]
    public async Task Verify_AfterAnyBitFlipOrTruncation_NamesThatFileAlone()
    {
        using SignedSite site = Chain();
        string[] files = [.. site.Files.Where(path => path.StartsWith("log/before/", StringComparison.Ordinal))];
        files.Length.ShouldBe(6);
        foreach (string path in files)
        {
            byte[] right = site.Read(path);
            for (int at = 0; at < right.Length; at++)
            {
                byte[] wrong = [.. right];
                wrong[at] ^= (byte)(1 << (at % 8));
                site.Write(path, at % 7 == 0 ? right[..at] : wrong);
                (await LogAsync(site)).Findings.Select(finding => finding.Subject).ShouldBe([path], $"byte {at}");
            }

            site.Write(path, right);
        }
    }

    [Fact]
    public async Task Verify_WithoutAnyOneFile_NamesIt()
    {
        using SignedSite site = Chain();
        foreach (string path in site.Files.Where(path => path.StartsWith("log/before/", StringComparison.Ordinal)).ToArray())
        {
            byte[] right = site.Read(path);
            System.IO.File.Delete(site.File(path));
            (await site.VerifyAsync()).Findings.Select(finding => finding.Subject).ShouldBe([path]);
            site.Write(path, right);
        }
    }

    [Theory]
    [InlineData("log/before/1/other")]
    [InlineData("log/before/4/frozen")]
    [InlineData("log/before/vkey")]
    public async Task Verify_WithAFileThatDoesNotBelong_NamesIt(string path)
    {
        using SignedSite site = Chain();
        site.Write(path, [1]);
        (await site.VerifyAsync()).Findings.ShouldHaveSingleItem().Subject.ShouldBe(path);
    }

    [Theory]
    [InlineData(null)]
    [InlineData("log.example/other")]
    public async Task Verify_AfterALogThatNamedAnother_IsWrong(string? named)
    {
        using SignedSite site = SmallWorld.Site();
        site.End(named);
        site.Succeed(Second);
        Publish(site);
        Finding finding = (await site.VerifyAsync()).Findings.ShouldHaveSingleItem();
        finding.Subject.ShouldBe("log/before/1/frozen");
        finding.Message.ShouldEndWith($"as the one that goes on; after it came '{Second}'.");
    }

    /// <summary>All is signed as it should be, and the second log left a leaf of the first out.</summary>
    [Fact]
    public async Task Verify_OfALogThatDoesNotBeginWithTheOneBefore_IsWrong()
    {
        using SignedSite site = SmallWorld.Site();
        using var forged = new SignedSite(site.Keys);
        forged.Add(SmallWorld.Leaf(7_000));
        forged.Checkpoint();
        forged.End(Second);
        site.End(Second);
        site.Succeed(Second);
        Publish(site);
        foreach (string name in new[] { "checkpoint", "frozen" })
        {
            site.Write($"log/before/1/{name}", forged.Read($"log/{name}"));
        }

        (await site.VerifyAsync()).Findings.ShouldHaveSingleItem().ToString().ShouldStartWith($"log/before/1/frozen: says that '{SignedSite.Origin}' ended with 1 leaves");
    }

    [Fact]
    public async Task Verify_ByWhoSawTheOldLog_ComesOverToTheNewOneAndRemembersIt()
    {
        using SignedSite site = SmallWorld.Site();
        (await site.VerifyAsync(remember: true)).Findings.ShouldBeEmpty();
        long seen = site.Head.Size;
        Publish(site, more: 20);
        site.End(Second);
        site.Succeed(Second);
        Publish(site, more: 100);
        VerifyReport report = await site.VerifyAsync(remember: true);
        report.Findings.ShouldBeEmpty();
        report.Proven[0].ShouldBe($"The log '{Second}' of {site.Head.Size} leaves goes on from '{SignedSite.Origin}', whose keys that were there when it was first seen signed that it ended and that '{Second}' comes after it.");
        report.Proven.ShouldContain($"The log begins with the {seen} leaves that were seen last: none of them was changed or taken away.", StringComparer.Ordinal);
        report.Unproven.ShouldContain(line => line.StartsWith($"The keys of '{Second}' came from the site itself", StringComparison.Ordinal));

        // And from there to the third, though the first is long ended.
        Encoding.UTF8.GetString(System.IO.File.ReadAllBytes(site.SeenPath)).ShouldContain($"\n{Second}\n");
        site.End(Third);
        site.Succeed(Third);
        Publish(site, more: 1);
        (await site.VerifyAsync(remember: true)).Proven[0].ShouldContain($"goes on from '{Second}'");
    }

    [Fact]
    public async Task Verify_ByWhoSawTheFirstOfThree_ComesOverByTheWholeChain()
    {
        using SignedSite site = SmallWorld.Site();
        VerifierKey[] pinned = [.. site.Signers.Select(signer => signer.VerifierKey)];
        (await site.VerifyAsync(remember: true)).Findings.ShouldBeEmpty();
        Succeed(site);
        VerifyReport report = await site.VerifyAsync(remember: true);
        report.Findings.ShouldBeEmpty();
        report.Unproven.ShouldContain(line => line.StartsWith($"The keys of '{Second}', '{Third}' came from the site itself", StringComparison.Ordinal));

        // Given by hand, and not remembered.
        (await site.VerifyAsync(keys: pinned)).Proven[0].ShouldContain("whose keys that were given signed that it ended");
        using SignedSite other = SmallWorld.Site();
        Finding finding = (await site.VerifyAsync(keys: [.. other.Signers.Select(signer => signer.VerifierKey)])).Findings[0];
        finding.Message.ShouldContain("is not signed by the log's key");
    }

    /// <summary>A file for each origin, as the command has it: what is known of the old log is found by the name that the new one gives it.</summary>
    [Fact]
    public async Task Verify_WithAFileForEachOrigin_ComesOverAndKeepsBoth()
    {
        using SignedSite site = SmallWorld.Site();
        using var folder = new TemporaryFolder();
        string PathOf(string origin) => folder.File(origin.Replace('/', '-'));
        Task<VerifyReport> RunAsync(params VerifierKey[] keys) => SiteVerifier.VerifyAsync(
            new FolderSource(site.Root), new VerifyRequest(keys, PathOf, VerifyRequest.KnownVerifiers), TestContext.Current.CancellationToken);

        (await RunAsync()).Findings.ShouldBeEmpty();
        byte[] old = System.IO.File.ReadAllBytes(PathOf(SignedSite.Origin));
        site.End(Second);
        site.Succeed(Second);
        Publish(site, more: 5);

        // Also with the new keys given: what was seen of the old log is held against the new one all the same.
        VerifyReport report = await RunAsync([.. site.Signers.Select(signer => signer.VerifierKey)]);
        report.Findings.ShouldBeEmpty();
        report.Proven[0].ShouldEndWith("is signed by the 1 given keys of the log.");
        report.Proven.ShouldContain(line => line.EndsWith("leaves that were seen last: none of them was changed or taken away.", StringComparison.Ordinal));
        System.IO.File.ReadAllBytes(PathOf(SignedSite.Origin)).ShouldBe(old);
        (await RunAsync()).Proven[0].ShouldContain("were there when it was first seen");

        using SignedSite thief = SmallWorld.Site();
        System.IO.File.Delete(PathOf(Second));
        site.Write("log/before/1/vkey", thief.Read("log/vkey"));
        (await RunAsync([.. site.Signers.Select(signer => signer.VerifierKey)])).Findings.ShouldNotBeEmpty();
    }

    /// <summary>Who saw more of the old log than it says it ended with holds two notes that cannot both be true.</summary>
    [Fact]
    public async Task Verify_ByWhoSawMoreThanTheOldLogEndedWith_IsARollback()
    {
        using SignedSite site = SmallWorld.Site(keys: ECDsa.Create(ECCurve.NamedCurves.nistP256));
        using SignedSite ahead = SmallWorld.Site(keys: site.Keys);
        Publish(ahead, more: 9);
        (await ahead.VerifyAsync(remember: true)).Findings.ShouldBeEmpty();
        site.End(Second);
        site.Succeed(Second);
        Publish(site, more: 100);
        VerifyReport report = await AsSeenBy(ahead, site);
        report.Findings.ShouldHaveSingleItem().ToString().ShouldStartWith($"log/before/1/frozen: ROLLBACK: the log had {ahead.Head.Size} leaves when it was last seen, and ended with");
        string text = Encoding.UTF8.GetString(System.IO.File.ReadAllBytes(Directory.GetFiles(Path.GetDirectoryName(ahead.SeenPath)!, "*.evidence-*").ShouldHaveSingleItem()));
        text.ShouldContain(Encoding.UTF8.GetString(site.Read("log/before/1/frozen")));
    }

    /// <summary>A thief of the site alone, who has no key of the log that its readers know.</summary>
    [Fact]
    public async Task Verify_ByWhoSawTheOldLog_IsNotLedAwayByOtherKeys()
    {
        using SignedSite site = SmallWorld.Site();
        (await site.VerifyAsync(remember: true)).Findings.ShouldBeEmpty();
        using SignedSite thief = SmallWorld.Site();
        thief.End(Second);
        thief.Succeed(Second);
        Publish(thief);
        (await thief.VerifyAsync()).Findings.ShouldBeEmpty("it is right in itself");
        (await AsSeenBy(site, thief)).Findings.ShouldHaveSingleItem().ToString().ShouldBe("log/before/1/vkey: has other keys than when this log was first seen. Give --key if that is meant.");

        // The old keys published, and the note not signed by them.
        thief.Write("log/before/1/vkey", site.Read("log/vkey"));
        thief.Write("log/before/1/checkpoint", site.Read("log/checkpoint"));
        (await AsSeenBy(site, thief)).Findings.ShouldContain(finding => finding.Subject == "log/before/1/frozen");

        // The whole of it left out: another log, which nobody who knew the old one has named.
        Directory.Delete(thief.File("log/before"), recursive: true);
        (await AsSeenBy(site, thief)).Findings.ShouldHaveSingleItem().Message.ShouldContain($"this site's log was '{SignedSite.Origin}' before");
    }

    [Fact]
    public async Task Verify_OfAFrozenNoteWithAnAlteredSignature_IsWrong()
    {
        using SignedSite site = SmallWorld.Site(keys: ECDsa.Create(ECCurve.NamedCurves.nistP256));
        site.End(Second);
        byte[] right = site.Read("log/frozen");
        for (int at = 0; at < right.Length; at++)
        {
            byte[] wrong = [.. right];
            wrong[at] ^= 1;
            site.Write("log/frozen", wrong);
            (await LogAsync(site)).Findings.Select(finding => finding.Subject).ShouldBe(["log/frozen"], $"byte {at}");
        }
    }

    /// <summary>Three logs of one site, the first of which lost its key.</summary>
    private static SignedSite Chain()
    {
        SignedSite site = SmallWorld.Site(keys: ECDsa.Create(ECCurve.NamedCurves.nistP256));
        Succeed(site);
        return site;
    }

    private static void Succeed(SignedSite site)
    {
        site.End(Second, FreezeReason.KeyCompromised);
        site.Succeed(Second);
        Publish(site, more: 40);
        site.End(Third);
        site.Succeed(Third);
        Publish(site, more: 40);
    }

    private static void Grow(SignedSite site, int more)
    {
        for (int i = 0; i < more; i++)
        {
            site.Add(SmallWorld.Leaf((2 * (5_000 + site.Leaves.Count)) + 1));
        }

        site.Checkpoint();
    }

    private static void Publish(SignedSite site, int more = 0)
    {
        Grow(site, more);
        site.Publish(new Dictionary<string, byte[]>(StringComparer.Ordinal), position: SmallWorld.Facts);
    }

    private static Task<VerifyReport> LogAsync(SignedSite site) => SiteVerifier.VerifyLogAsync(
        new FolderSource(site.Root), new VerifyRequest([], _ => null, VerifyRequest.KnownVerifiers), TestContext.Current.CancellationToken);

    private static Task<VerifyReport> AsSeenBy(SignedSite seenBy, SignedSite now) => SiteVerifier.VerifyAsync(
        new FolderSource(now.Root), new VerifyRequest([], _ => seenBy.SeenPath, VerifyRequest.KnownVerifiers), TestContext.Current.CancellationToken);
}
