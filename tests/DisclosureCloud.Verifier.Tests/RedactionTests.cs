using System.Text.Json.Nodes;
using DisclosureCloud.Ledger;

namespace DisclosureCloud.Verifier.Tests;

/// <summary>Redactions that were logged, and what the site still opens.</summary>
public sealed class RedactionTests
{
    [Fact]
    public async Task Verify_OfAValueThatIsOpenThoughItWasRedacted_NamesTheFileAndBothLeaves()
    {
        using SignedSite site = SiteWith(SmallWorld.Redaction(SmallWorld.Facts - 1, of: 5, "/name"));
        Finding finding = (await site.VerifyAsync()).Findings.ShouldHaveSingleItem();
        finding.Subject.ShouldBe("data/openings/000000.ndjson");
        finding.Message.ShouldEndWith($" of leaf 4, which leaf {SmallWorld.Facts - 1}, 'e299-1', redacts.", Case.Sensitive);
    }

    [Theory]
    [InlineData("/amountFen")]
    [InlineData("/notes/1")]
    [InlineData("/notes/-1")]
    [InlineData("/notes/0/commitment")]
    [InlineData("/nothing")]
    [InlineData("name")]
    public async Task Verify_OfARedactionOfWhatIsNoCommitment_NamesIt(string pointer)
    {
        using SignedSite site = SiteWith(SmallWorld.Redaction(SmallWorld.Facts - 1, of: 5, pointer));
        Finding finding = (await site.VerifyAsync()).Findings.ShouldHaveSingleItem();
        finding.Subject.ShouldBe($"leaf {SmallWorld.Facts - 1}");
        finding.Message.ShouldBe($"redacts {pointer} of leaf 4, where no commitment stands.");
    }

    [Fact]
    public async Task Verify_OfARedactionOfAnEntryThatIsNotThere_NamesIt()
    {
        using SignedSite site = SiteWith(SmallWorld.Redaction(SmallWorld.Facts - 1, of: 1_000));
        (await site.VerifyAsync()).Findings.ShouldHaveSingleItem().Message.ShouldBe("redacts an entry that is in no leaf before it.");
    }

    [Fact]
    public async Task Verify_OfARedactionThatTheSiteCannotShowYet_FindsNothing()
    {
        // Logged after the site was rendered, and before the publication of that: it is open, and will not be with the next.
        using SignedSite site = SiteWith(
            SmallWorld.Redaction(SmallWorld.Facts - 1, of: 5, "/name"), shown: SmallWorld.Facts - 1, publication => publication["treeSize"] = SmallWorld.Facts - 1);
        (await site.VerifyAsync()).Findings.ShouldBeEmpty();
    }

    private static SignedSite SiteWith(byte[] redaction, int shown = SmallWorld.Facts, Action<JsonObject>? change = null)
    {
        var site = new SignedSite();
        for (int i = 0; i < SmallWorld.Facts - 1; i++)
        {
            site.Add(SmallWorld.Leaf(i));
        }

        site.Add(redaction);
        site.Publish(SmallWorld.FilesOf(site, shown), shown, change);
        return site;
    }
}
