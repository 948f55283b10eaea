using System.Collections.Immutable;
using AngleSharp.Dom;
using DisclosureCloud.Ledger;
using DisclosureCloud.Testing;

namespace DisclosureCloud.Site.Tests;

/// <summary>A notice stays as it was printed, whatever became of its rows.</summary>
public sealed class PrintedNoticeTests
{
    private static readonly PostingId Posting = PostingId.Of(SampleWorld.Department, "amendment");

    private static Entry Row => SampleWorld.Entries.First(entry => entry.Fact is Allocation { ProjectId.Value: "beiguan-2018-p01" });

    [Fact]
    public void Notice_WithARowCorrectedSince_ShowsWhatItPrintedAndMarksIt()
    {
        var row = (Allocation)Row.Fact;
        TestSite site = Site(new Correction(Row.Id, FreeText.Of("金额看错"), null), row with { Amount = new Money(19_000_000) });

        IElement printed = RowOf(site, "notices/beiguan-2018/index.html");

        TestSite.Fen(printed).ShouldContain(row.Amount.Fen);
        printed.QuerySelector("a.mark")!.GetAttribute("href").ShouldBe($"/corrections/#{EntryId.Of(Posting, 1).Value}");
        site.Text("en/notices/beiguan-2018/index.html").ShouldContain("The table stands as it was printed.");
        TestSite.Fen(site.Page("projects/beiguan-2018-p01/index.html").QuerySelector(".answer")!).ShouldBe([19_000_000]);
        site.Text("index.html").ShouldContain("金额看错");
    }

    [Fact]
    public void Notice_WithARowWithdrawnSince_StillShowsIt()
    {
        TestSite site = Site(new Withdrawal(Row.Id, FreeText.Of("重复"), null));

        RowOf(site, "notices/beiguan-2018/index.html").TextContent.ShouldContain("已撤销");
        TestSite.Fen(site.Page("notices/beiguan-2018/index.html").QuerySelector(".sheet tfoot")!).First().ShouldBe(113_500_000);
        TestSite.Fen(site.Page("projects/beiguan-2018-p01/index.html").QuerySelector(".answer")!).ShouldBe([0]);
    }

    [Fact]
    public void Notice_OfAFundThatWasGivenMoreSince_ListsOnlyWhatItPrinted()
    {
        TestSite site = Site(new Appropriation(
            Id.Parse<FundId>("beiguan-2018"), SourceLevel.Central, SourceNature.Earmarked, FreeText.Of("后来的钱"), new Money(700), null, null, null));

        site.Text("notices/beiguan-2018/index.html").ShouldNotContain("后来的钱");
        site.Text("funds/beiguan-2018/index.html").ShouldContain("后来的钱");
    }

    private static IElement RowOf(TestSite site, string path) => site.Page(path).QuerySelectorAll(".sheet tbody tr")
        .Single(row => row.QuerySelector("a[href='/projects/beiguan-2018-p01/']") is not null);

    private static TestSite Site(params Fact[] facts) => TestSite.Of(TestSite.SnapshotOf(
    [
        .. SampleWorld.Entries,
        .. facts.Select((fact, index) => new Entry(
            EntryId.Of(Posting, index + 1), SampleWorld.Today, SampleWorld.RecordedAt, SampleWorld.Department, Channel.Http, fact)),
    ]));
}
