using System.Collections.Immutable;
using AngleSharp.Dom;
using DisclosureCloud.Ledger;
using DisclosureCloud.Testing;

namespace DisclosureCloud.Site.Tests;

public sealed class NotStatedTests
{
    private static readonly DateOnly Open = new(2021, 8, 1);

    /// <summary>A fund that was opened and got nothing yet: no heading stands above nothing.</summary>
    [Fact]
    public void Fund_WithoutMoney_DoesNotTellHowFarItHasGot()
    {
        Entry fund = SampleWorld.Entries.First(entry => entry.Fact is Fund);
        TestSite site = TestSite.Of(TestSite.SnapshotOf([fund]));

        foreach (string path in (string[])["index.html", "en/index.html", $"funds/{((Fund)fund.Fact).FundId}/index.html"])
        {
            site.Page(path).QuerySelector("#far").ShouldBeNull(path);
            site.Page(path).QuerySelectorAll("section").ShouldAllBe(section => section.ChildElementCount > 1, path);
            TestSite.Sample.Page(path).QuerySelector("#far + *").ShouldNotBeNull(path);
        }
    }

    [Fact]
    public void Payments_NobodyReported_AreNotStatedAndNeverZero()
    {
        foreach (string path in TestSite.Sample.Pages.Where(path => path.StartsWith("projects/", StringComparison.Ordinal) && path != "projects/index.html"))
        {
            IElement paid = TestSite.Sample.Page(path).QuerySelectorAll(".stages tbody tr").Single(row => row.QuerySelector("th")!.TextContent == "拨付");
            paid.QuerySelector("td.n")!.TextContent.ShouldBe("未载明");
            TestSite.Fen(paid).ShouldBeEmpty();
        }
    }

    [Fact]
    public void Payments_StatedAsNothing_ShowZeroAndSaySo()
    {
        TestSite site = TestSite.Of(TestSite.SnapshotOf(WithPayment(0)));

        string text = site.Text("en/projects/beiguan-2018-p01/index.html");

        text.ShouldContain("It is stated that nothing has been paid.");
        text.ShouldContain("stated as nothing paid");
        site.Text("en/projects/beiguan-2018-p02/index.html").ShouldContain("Nobody has reported payments yet.");
    }

    [Fact]
    public void Payments_OfOneProject_LeaveTheOthersNotStated()
    {
        TestSite site = TestSite.Of(TestSite.SnapshotOf(WithPayment(5_000_000)));

        IElement table = site.Page("en/funds/beiguan-2018/index.html").QuerySelector("#funnel-table")!;

        TestSite.Fen(table).ShouldBe([113_500_000, 113_500_000, 5_000_000, 93_500_000, 0, 15_000_000]);
        site.Page("en/funds/beiguan-2018/index.html").QuerySelectorAll("table[id^=payments]").ShouldHaveSingleItem();
    }

    [Fact]
    public void Notice_WithoutDate_SaysNotStated() =>
        TestSite.Sample.Page("en/notices/beiguan-2018/index.html").QuerySelector(".signed")!.TextContent.ShouldContain("not stated");

    [Fact]
    public void Home_OnADayInAPeriod_ShowsTheNoticeAndTheDaysLeft()
    {
        TestSite site = TestSite.Of(TestSite.SampleSnapshot(Open));

        site.Page("index.html").QuerySelector(".now")!.TextContent.ShouldContain("还有10天");
        TestSite.Sample.Page("index.html").QuerySelector(".now")!.TextContent.ShouldContain("没有正在公示期内的公示");
    }

    [Fact]
    public void Home_OnADayInThePeriodOfAGonggao_ShowsNothingOpen()
    {
        ImmutableArray<Entry> decided =
        [
            .. SampleWorld.Entries.Select(entry => entry.Fact is Notice notice ? entry with { Fact = notice with { Form = NoticeForm.Gonggao } } : entry),
        ];

        TestSite site = TestSite.Of(TestSite.SnapshotOf(decided, Open));

        site.Page("index.html").QuerySelector(".now")!.TextContent.ShouldContain("没有正在公示期内的公示");
    }

    [Fact]
    public void Phones_PrintedInANotice_AreMarkedWithItsYear() =>
        TestSite.Sample.Text("en/notices/shapotou-2021/index.html").ShouldContain("as printed in 2021");

    [Fact]
    public void About_Limits_AreCounted() =>
        TestSite.Sample.Text("en/about/index.html").ShouldContain("32 of 32 projects: no due date is stated.");

    private static ImmutableArray<Entry> WithPayment(long fen)
    {
        Entry allocation = SampleWorld.Entries.First(entry => entry.Fact is Allocation { ProjectId.Value: "beiguan-2018-p01" });
        var fact = (Allocation)allocation.Fact;
        var paid = new Disbursement(fact.FundId, fact.ProjectId, allocation.Id, new Money(fen), null, null, null, null, null, null, null);
        PostingId posting = PostingId.Of(SampleWorld.Department, "payment");
        return SampleWorld.Entries.Add(new Entry(EntryId.Of(posting, 1), null, SampleWorld.RecordedAt, SampleWorld.Department, Channel.Http, paid));
    }
}
