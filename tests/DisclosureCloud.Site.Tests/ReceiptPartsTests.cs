using System.Collections.Immutable;
using AngleSharp.Dom;
using DisclosureCloud.Ledger;
using DisclosureCloud.Site.Data;
using DisclosureCloud.Site.Tests.Data;
using DisclosureCloud.Testing;

namespace DisclosureCloud.Site.Tests;

/// <summary>A pass-down of 10 yuan that three funds of one place acknowledge with 6, 6 and 1: pages and files say what of each counted.</summary>
public sealed class ReceiptPartsTests
{
    private static readonly ImmutableArray<Entry> Entries = World();
    private static readonly TestSite Site = TestSite.Of(TestSite.SnapshotOf(Entries));

    [Theory]
    [InlineData("fund-a", "receipt of what city passed down")]
    [InlineData("fund-b", "4 yuan of it is the receipt of what city passed down; the other 2 yuan counts as money from elsewhere")]
    [InlineData("fund-c", "named as the receipt of what city passed down, all of which was acknowledged before: it counts as money from elsewhere")]
    [InlineData("fund-d", "named as the receipt of a pass-down that is not in these books")]
    public void Source_ThatIsAReceipt_SaysWhatOfItCounted(string fund, string says)
    {
        IElement row = Site.Page($"en/funds/{fund}/index.html").QuerySelector("#sources-table tbody tr")!;

        row.QuerySelectorAll("small").Select(line => line.TextContent).ShouldBe([says]);
        row.QuerySelectorAll("small a").Select(link => link.GetAttribute("href")).ShouldBe(fund == "fund-d" ? [] : ["/en/funds/city/"]);
    }

    [Fact]
    public void PassDown_AcknowledgedInParts_NamesEachFundWithItsPart()
    {
        IElement row = Site.Page("en/funds/city/index.html").QuerySelector("#passed-table tbody tr")!;

        TestSite.Fen(row).ShouldBe([1_000, 1_000, 600, 400, 0]);
        row.QuerySelectorAll("small a").Select(link => link.GetAttribute("href")).ShouldBe(["/en/funds/fund-a/", "/en/funds/fund-b/"]);
        TestSite.Fen(Site.Page("en/index.html").QuerySelector(".answer")!).First().ShouldBe(1_000 + 200 + 100 + 300); // The part that is no receipt is new money.
    }

    [Fact]
    public void Files_OfBoth_MarkWhatCounted()
    {
        List<Dictionary<string, string>> given = DataWorld.ReadCsv(Site.Files["data/appropriations.csv"]);
        given.Select(row => (row["fund"], row["amountFen"], row["receivedFromFund"], row["receivedFen"])).ShouldBe(
            [("city", "1000", "", ""), ("fund-a", "600", "city", "600"), ("fund-b", "600", "city", "400"), ("fund-c", "100", "", ""), ("fund-d", "300", "", "")]);

        DataWorld.ReadCsv(Site.Files["data/allocations.csv"]).Select(row => (row["recipient"], row["acknowledgedFen"])).ShouldBe([("lower-government", "1000")]);
        DataTables.Appropriations.Columns.Single(column => column.Name == "receivedFen").English.ShouldContain("the rest is money from elsewhere");
    }

    private static ImmutableArray<Entry> World()
    {
        FreeText text = FreeText.Of("扶贫资金");
        PostingId posting = PostingId.Of(SampleWorld.Department, "parts");
        EntryId sent = EntryId.Of(posting, 3);
        FundId city = Id.Parse<FundId>("city");
        List<Fact> facts =
        [
            FundAt("city", "410500", "河南省", "安阳市"),
            Given("city", 1_000, null),
            new PassDown(city, new Money(1_000), Id.Parse<RegionCode>("410503"), FreeText.Of("北关区"), text, null, null, null, null, null, null, null, null, null, null, null),
        ];
        foreach ((string fund, long fen, EntryId of) in new[] { ("fund-a", 600L, sent), ("fund-b", 600L, sent), ("fund-c", 100L, sent), ("fund-d", 300L, EntryId.Of(posting, 99)) })
        {
            facts.Add(FundAt(fund, "410503", "河南省", "安阳市", "北关区"));
            facts.Add(Given(fund, fen, of));
        }

        return
        [
            .. facts.Select((fact, index) => new Entry(
                EntryId.Of(posting, index + 1), SampleWorld.Today, SampleWorld.RecordedAt.AddMinutes(index), SampleWorld.Department, Channel.Http, fact)),
        ];
    }

    private static Appropriation Given(string fund, long fen, EntryId? of) =>
        new(Id.Parse<FundId>(fund), SourceLevel.Municipal, SourceNature.Earmarked, FreeText.Of("上级"), new Money(fen), null, of, null);

    private static Fund FundAt(string id, string region, params string[] names) => new(
        Id.Parse<FundId>(id), FreeText.Of(id), new BudgetYear(2020), Id.Parse<RegionCode>(region), [.. names.Select(FreeText.Of)], FreeText.Of("财政局"), null, null, [], [], null);
}
