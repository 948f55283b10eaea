using System.Collections.Immutable;
using DisclosureCloud.Ledger;
using DisclosureCloud.Testing;

namespace DisclosureCloud.Site.Tests;

/// <summary>Money on its way from a city's fund to a county's, and a county that posts without any notice.</summary>
public sealed class PassDownTests
{
    private static readonly FundId City = Id.Parse<FundId>("city-fund");
    private static readonly FundId County = Id.Parse<FundId>("county-fund");
    private static readonly ProjectId Road = Id.Parse<ProjectId>("road");

    [Fact]
    public void Home_WithoutANotice_HasAllItsPictures()
    {
        TestSite site = TestSite.Of(TestSite.SnapshotOf(Entries(receipt: false)));

        foreach (string part in new[] { "#find", "#far", "#funnel-table" })
        {
            site.Page("index.html").QuerySelector(part).ShouldNotBeNull(part);
        }

        site.Page("index.html").QuerySelector("#latest").ShouldBeNull();
    }

    [Fact]
    public void PassDown_WithoutReceipt_IsSentAndCountsOnce()
    {
        TestSite site = TestSite.Of(TestSite.SnapshotOf(Entries(receipt: false)));

        site.Text("en/funds/city-fund/index.html").ShouldContain("not yet posted its receipt");
        site.Text("en/regions/410503/index.html").ShouldContain("was passed down to 北关区");
        site.Text("en/regions/410000/index.html").ShouldContain("Within 河南省");
        TestSite.Fen(site.Page("en/index.html").QuerySelector(".answer")!).ShouldBe([10_000, 1_000]);
    }

    [Fact]
    public void PassDown_WithReceipt_IsShownWithTheFundThatGotItAndCountsOnce()
    {
        TestSite site = TestSite.Of(TestSite.SnapshotOf(Entries(receipt: true)));

        site.Text("en/funds/city-fund/index.html").ShouldContain("which have posted its receipt");
        site.Text("en/funds/city-fund/index.html").ShouldNotContain("not yet posted its receipt");
        site.Text("en/regions/410000/index.html").ShouldNotContain("not yet posted its receipt");
        TestSite.Fen(site.Page("en/index.html").QuerySelector(".answer")!).ShouldBe([10_000, 600]);
        site.Text("en/index.html").ShouldContain("shared out in 1 allocation.");
    }

    [Fact]
    public void Receipt_OfMoreThanWasSent_IsForTheRestMoneyFromElsewhereAndNotLost()
    {
        ImmutableArray<Entry> entries = Entries(receipt: true);
        Entry receipt = entries.Last(entry => entry.Fact is Appropriation);
        TestSite site = TestSite.Of(TestSite.SnapshotOf(entries.Replace(
            receipt, receipt with { Fact = (Appropriation)receipt.Fact with { Amount = new Money(5_000) } })));

        TestSite.Fen(site.Page("en/index.html").QuerySelector(".answer")!).ShouldBe([14_000, 600]);
    }

    private static ImmutableArray<Entry> Entries(bool receipt)
    {
        PostingId posting = PostingId.Of(SampleWorld.Department, "pass-down");
        FreeText text = FreeText.Of("扶贫资金");
        EntryId sent = EntryId.Of(posting, 3);
        List<Fact> facts =
        [
            FundAt(City, "410500", "河南省", "安阳市"),
            new Appropriation(City, SourceLevel.Provincial, SourceNature.Earmarked, text, new Money(10_000), null, null, null),
            new PassDown(
                City, new Money(1_000), Id.Parse<RegionCode>("410503"), FreeText.Of("北关区"), text, null, null, null, null, null, null, null, null, null, null, null),
            FundAt(County, "410503", "河南省", "安阳市", "北关区"),
        ];
        if (receipt)
        {
            facts.Add(new Appropriation(County, SourceLevel.Municipal, SourceNature.Earmarked, text, new Money(1_000), null, sent, null));
            facts.Add(new Project(
                County, Road, ProjectType.Project, text, Id.Parse<RegionCode>("410503"), null, null, null, null, null, null, null, null, null, null,
                Id.Parse<PlanItemId>("item-1"), [], [], null));
            facts.Add(new Allocation(County, Road, new Money(600), null, null, null, null, null, null, null, null));
        }

        return
        [
            .. facts.Select((fact, index) => new Entry(
                EntryId.Of(posting, index + 1), SampleWorld.Today, SampleWorld.RecordedAt, SampleWorld.Department, Channel.Http, fact)),
        ];
    }

    private static Fund FundAt(FundId id, string region, params string[] names) => new(
        id, FreeText.Of("专项资金"), new BudgetYear(2020), Id.Parse<RegionCode>(region), [.. names.Select(FreeText.Of)], FreeText.Of("财政局"), null, null, [], [], null);
}
