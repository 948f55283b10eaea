using System.Text;
using DisclosureCloud.Transparency;

namespace DisclosureCloud.Verifier.Tests;

/// <summary>What a checker remembers from one time to the next.</summary>
public sealed class SeenTests
{
    [Fact]
    public async Task Verify_TheSecondTime_ProvesThatTheLogGrew()
    {
        using SignedSite site = SmallWorld.Site();
        VerifyReport first = await site.VerifyAsync(remember: true);
        first.Unproven.ShouldContain(line => line.StartsWith("This log was not seen before", StringComparison.Ordinal));
        long before = site.Head.Size;
        Grow(site, 500);
        VerifyReport second = await site.VerifyAsync(remember: true);
        second.Findings.ShouldBeEmpty();
        second.Proven.ShouldContain($"The log begins with the {before} leaves that were seen last: none of them was changed or taken away.", StringComparer.Ordinal);
        second.Proven[0].ShouldContain("were there when it was first seen");
        Encoding.UTF8.GetString(System.IO.File.ReadAllBytes(site.SeenPath)).ShouldContain($"\n{site.Head.Size}\n");
        (await site.VerifyAsync(remember: true)).Findings.ShouldBeEmpty();
    }

    [Fact]
    public async Task Verify_OfAnOlderSiteThatWasRight_IsARollback()
    {
        using SignedSite site = SmallWorld.Site();
        using SignedSite older = SmallWorldWith(site, SmallWorld.Facts);
        Grow(site, 10);
        (await site.VerifyAsync(remember: true)).Findings.ShouldBeEmpty();
        byte[] seen = System.IO.File.ReadAllBytes(site.SeenPath);

        (await older.VerifyAsync()).Findings.ShouldBeEmpty("it is right in itself");
        VerifyReport report = await VerifyAsSeenBy(site, older);
        Finding finding = report.Findings.ShouldHaveSingleItem();
        finding.Subject.ShouldBe("log/checkpoint");
        finding.Message.ShouldStartWith($"ROLLBACK: the log had {site.Head.Size} leaves when it was last seen, and has {older.Head.Size} now.");
        System.IO.File.ReadAllBytes(site.SeenPath).ShouldBe(seen, "what was seen is kept");
        EvidenceHolds(site, older);
    }

    [Theory]
    [InlineData(0)] // Two trees of one size.
    [InlineData(300)]
    public async Task Verify_OfAForkWithTheSameKeys_IsASplitView(int more)
    {
        using SignedSite site = SmallWorld.Site();
        (await site.VerifyAsync(remember: true)).Findings.ShouldBeEmpty();
        using SignedSite fork = SmallWorldWith(site, SmallWorld.Facts, first: SmallWorld.Leaf(7_000));
        if (more > 0)
        {
            Grow(fork, more);
        }

        VerifyReport report = await VerifyAsSeenBy(site, fork);
        report.Findings.ShouldContain(finding => finding.Subject == "log/checkpoint" && finding.Message.StartsWith("SPLIT VIEW", StringComparison.Ordinal));
        EvidenceHolds(site, fork);
    }

    [Fact]
    public async Task Verify_OfASiteThatIsNotRight_RemembersNothing()
    {
        using SignedSite site = SmallWorld.Site();
        site.Write("index.html", [1]);
        (await site.VerifyAsync(remember: true)).IsWell.ShouldBeFalse();
        System.IO.File.Exists(site.SeenPath).ShouldBeFalse();
    }

    [Fact]
    public async Task Verify_OfOtherKeysThanAtFirst_IsRefusedUnlessTheyAreGiven()
    {
        using SignedSite site = SmallWorld.Site();
        (await site.VerifyAsync(remember: true)).Findings.ShouldBeEmpty();
        using SignedSite other = SmallWorld.Site();
        (await VerifyAsSeenBy(site, other)).Findings.ShouldHaveSingleItem().ToString().ShouldBe("log/vkey: has other keys than when this log was first seen. Give --key if that is meant.");
        VerifyReport given = await SiteVerifier.VerifyAsync(
            new FolderSource(other.Root),
            new VerifyRequest([.. other.Signers.Select(signer => signer.VerifierKey)], _ => site.SeenPath, VerifyRequest.KnownVerifiers),
            TestContext.Current.CancellationToken);
        given.Findings.ShouldBeEmpty("the leaves are the same, and the keys were given");
    }

    [Fact]
    public async Task Verify_OfAnotherOriginThanAtFirst_IsRefused()
    {
        using SignedSite site = SmallWorld.Site();
        (await site.VerifyAsync(remember: true)).Findings.ShouldBeEmpty();
        EcdsaP256Signer[] signers = [.. site.Keys.Select(key => new EcdsaP256Signer("log.example/city", key))];
        site.WriteText("log/vkey", string.Concat(signers.Select(signer => signer.VerifierKey + "\n")));
        site.Write("log/checkpoint", SignedNote.Sign(new Checkpoint("log.example/city", site.Head).Text, [.. signers]).ToBytes());
        (await site.VerifyAsync(remember: true)).Findings[0].ToString()
            .ShouldBe("log/checkpoint: is of the log 'log.example/city'; this site's log was 'log.example/county' before. Give --key if that is meant.");
    }

    [Theory]
    [InlineData("")]
    [InlineData("something else")]
    [InlineData("disclosurecloud: the last checkpoint seen of a log, and its keys\nkey\n\nno note\n")]
    public async Task Verify_WithADamagedSeenFile_SaysThatThePastIsNotKnown(string text)
    {
        using SignedSite site = SmallWorld.Site();
        System.IO.File.WriteAllBytes(site.SeenPath, SmallWorld.Utf8(text));
        await Should.ThrowAsync<InvalidDataException>(() => site.VerifyAsync(remember: true));
    }

    private static Task<VerifyReport> VerifyAsSeenBy(SignedSite seenBy, SignedSite now) => SiteVerifier.VerifyAsync(
        new FolderSource(now.Root), new VerifyRequest([], _ => seenBy.SeenPath, VerifyRequest.KnownVerifiers), TestContext.Current.CancellationToken);

    private static void EvidenceHolds(SignedSite before, SignedSite now)
    {
        string file = Directory.GetFiles(Path.GetDirectoryName(before.SeenPath)!, "*.evidence-*").ShouldHaveSingleItem();
        string text = Encoding.UTF8.GetString(System.IO.File.ReadAllBytes(file));
        text.ShouldContain(Encoding.UTF8.GetString(before.Read("log/checkpoint")));
        text.ShouldContain(Encoding.UTF8.GetString(now.Read("log/checkpoint")));
    }

    // The same as SmallWorld.Site(), signed with the keys of another.
    private static SignedSite SmallWorldWith(SignedSite keys, int facts, byte[]? first = null)
    {
        var site = new SignedSite(keys.Keys);
        for (int i = 0; i < keys.Leaves.Count && i < facts; i++)
        {
            byte[] leaf = i == 0 && first is not null ? first : keys.Leaves[i];
            site.Add(leaf, isFact: !Encoding.UTF8.GetString(leaf).Contains("\"channel\":\"publisher\"", StringComparison.Ordinal));
        }

        while (site.Leaves.Count < keys.Leaves.Count - 1 && first is not null)
        {
            site.Add(SmallWorld.Leaf(9_000 + site.Leaves.Count));
        }

        site.Publish(new Dictionary<string, byte[]>(StringComparer.Ordinal) { ["index.html"] = [1] }, change: leaf =>
        {
            leaf["previous"] = "site0-1";
            leaf["id"] = "site1-1";
        });
        return site;
    }

    private static void Grow(SignedSite site, int more)
    {
        for (int i = 0; i < more; i++)
        {
            site.Add(SmallWorld.Leaf((2 * (5_000 + site.Leaves.Count)) + 1));
        }

        site.Publish(new Dictionary<string, byte[]>(StringComparer.Ordinal), position: 300);
    }
}
