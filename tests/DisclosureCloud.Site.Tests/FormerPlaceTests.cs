using System.Collections.Immutable;
using AngleSharp.Html.Dom;
using DisclosureCloud.Ledger;
using DisclosureCloud.Testing;

namespace DisclosureCloud.Site.Tests;

/// <summary>Places that go on as others keep their names, and whoever meets the old code is led on.</summary>
public sealed class FormerPlaceTests
{
    private static readonly FundId Fund = Id.Parse<FundId>("county-2020");
    private static readonly RegionCode Old = Id.Parse<RegionCode>("410506");
    private static readonly RegionCode Between = Id.Parse<RegionCode>("410507");
    private static readonly RegionCode New = Id.Parse<RegionCode>("410508");
    private static readonly RegionCode Village = Old.Below("田江村");
    private static readonly RegionCode Planned = Old.Below("李村");
    private static readonly TestSite Site = TestSite.Of(TestSite.SnapshotOf(Entries()));

    [Theory]
    [InlineData("410506", "龙安区", "1 January 2020")]
    [InlineData("410507", "新区", "1 January 2021")] // Named by the change that made it, and by no other entry.
    public void Place_ThatWasRenamed_KeepsItsNameWithTheDateAndLeadsOn(string code, string name, string since)
    {
        IHtmlDocument page = Site.Page($"en/regions/{code}/index.html");

        page.QuerySelector("h1")!.TextContent.ShouldBe(name);
        page.QuerySelector(".answer")!.TextContent.ShouldBe($"Since {since} this place is 文峰新区: go there.");
        page.QuerySelector("link[rel=canonical]")!.GetAttribute("href").ShouldBe("/en/regions/410508/");
        page.QuerySelector(".notice")!.TextContent.ShouldContain("区划调整");
    }

    [Fact]
    public void Village_BelowARenamedPlace_KeepsItsName()
    {
        Site.Page($"regions/{Village.Value}/index.html").QuerySelector("h1")!.TextContent.ShouldBe("田江村");
        Site.Page($"regions/{Planned.Value}/index.html").QuerySelector("h1")!.TextContent.ShouldBe("李村"); // The project library alone names it.
    }

    [Fact]
    public void OtherPages_WhereTheOldCodeStands_NameItAndLeadToTheNewPlace()
    {
        Site.Page("en/funds/county-2020/index.html").QuerySelector(".margin")!.TextContent.ShouldContain("龙安区 (since 1 January 2020: 文峰新区)");
        Site.Page("funds/county-2020/index.html").QuerySelectorAll(".margin a").Select(link => link.GetAttribute("href"))
            .ShouldBe(["/regions/410506/", "/regions/410508/", "/departments/import/"]);
        Site.Text("projects/road/index.html").ShouldContain("田江村（2020年1月1日起为田江村）");
        Site.Text("projects/index.html").ShouldContain("田江村（2020年1月1日起为田江村）");
        Site.Text("plans/well/index.html").ShouldContain("李村");
    }

    [Fact]
    public void Place_ThatOthersBecame_NamesThemWithTheirCodes()
    {
        string margin = Site.Page("en/regions/410508/index.html").QuerySelector(".margin")!.TextContent;

        margin.ShouldContain("龙安区 410506 until 1 January 2020");
        margin.ShouldContain("新区 410507 until 1 January 2021");
        margin.ShouldNotContain("田江村");
    }

    private static ImmutableArray<Entry> Entries()
    {
        FreeText reason = FreeText.Of("区划调整");
        (DateOnly Date, Fact Fact)[] facts =
        [
            (new(2019, 1, 1), new Fund(
                Fund, FreeText.Of("扶贫资金"), new BudgetYear(2020), Old, [.. new[] { "河南省", "安阳市", "龙安区" }.Select(FreeText.Of)], FreeText.Of("财政局"), null, null, [], [], null)),
            (new(2019, 1, 2), new Project(
                Fund, Id.Parse<ProjectId>("road"), ProjectType.Project, FreeText.Of("道路"), Village, FreeText.Of("田江村"), null, null, null, null, null, null, null, null, null,
                Id.Parse<PlanItemId>("item-1"), [], [], null)),
            (new(2019, 1, 3), new PlanItem(
                Id.Parse<PlanItemId>("well"), FreeText.Of("水井"), ProjectType.Project, Planned, FreeText.Of("李村"), FreeText.Of("水井一口"), null, new BudgetYear(2020), new Money(100), null, null, [])),
            (new(2020, 1, 1), new RegionChange(Old, SuccessionType.Renamed, [Between], [FreeText.Of("新区")], reason, FreeText.Of("1号"))),
            (new(2021, 1, 1), new RegionChange(Between, SuccessionType.Renamed, [New], [FreeText.Of("文峰新区")], reason, FreeText.Of("2号"))),
        ];
        return
        [
            .. facts.Select((one, index) => new Entry(
                EntryId.Of(PostingId.Of(SampleWorld.Department, "places"), index + 1), one.Date, SampleWorld.RecordedAt, SampleWorld.Department, Channel.Http, one.Fact)),
        ];
    }
}
