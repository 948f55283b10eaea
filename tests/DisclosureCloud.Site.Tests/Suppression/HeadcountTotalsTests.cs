using System.Collections.Immutable;
using AngleSharp.Html.Parser;
using DisclosureCloud.Ledger;
using DisclosureCloud.Site.Suppression;
using DisclosureCloud.Site.Tests.Data;
using DisclosureCloud.Testing;

namespace DisclosureCloud.Site.Tests.Suppression;

public sealed class HeadcountTotalsTests
{
    [Fact]
    public void Totals_OfAnyHistory_AddUpAndAreNeverOneToNine()
    {
        for (int seed = 0; seed < 3; seed++)
        {
            var snapshot = SnapshotOf(CountHistory.Of(seed).Snapshots[^1]);
            HeadcountTotal[] totals = [.. new World(snapshot).Headcounts.All];
            totals.ShouldContain(total => total.MovedUp > 0, $"seed {seed}");
            totals.ShouldAllBe(total => total.Count == 0 || total.Count >= Headcount.LeastShown, $"seed {seed}");
            foreach (HeadcountTotal total in totals)
            {
                HeadcountTotal[] below = [.. totals.Where(one => one.Region.Parent == total.Region && one.Year == total.Year && one.Measure == total.Measure)];

                // What is told above and not below was put together above, or stands at the place itself: nothing at all, or ten and more.
                long here = total.Count - below.Sum(one => one.Count);
                (here == 0 || here >= Headcount.LeastShown).ShouldBeTrue($"seed {seed}, {total}");
                (total.Entries + total.LeftOut).ShouldBeGreaterThanOrEqualTo(below.Sum(one => one.Entries + one.LeftOut), $"seed {seed}");
            }
        }
    }

    [Fact]
    public void Pool_OfWhichOneWasCorrected_LeavesTheTotalsAsAWhole()
    {
        Entry[] before = [.. World(4, 5, 6, 2)];
        Entry[] after = [.. before, Amendment(new Correction(before[^1].Id, FreeText.Of("有误"), null), 1), Amendment(before[^1].Fact, 2)];

        Of(before).Select(total => (total.Count, total.Pooled, total.LeftOut)).Distinct().ShouldBe([(17, 17, 0)]);
        Of(after).Select(total => (total.IsNotShown, total.LeftOut)).Distinct().ShouldBe([(true, 4)]);
    }

    [Fact]
    public void Pool_OfWhichOneWasWithdrawn_LeavesTheTotalsAsAWhole()
    {
        Entry[] before = [.. World(4, 5, 6, 2)];

        Of([.. before, Amendment(new Withdrawal(before[^1].Id, FreeText.Of("重复"), null), 1)]).Select(total => (total.IsNotShown, total.LeftOut)).Distinct().ShouldBe([(true, 3)]);
    }

    [Theory]
    [InlineData("regions")]
    [InlineData("en/regions")]
    public void RegionPage_OfAnyHistory_SaysTheSameAsTheData(string folder)
    {
        var snapshot = SnapshotOf(CountHistory.Of(1).Snapshots[^1]);
        Dictionary<string, SiteFile> pages = SiteRenderer.Plan(snapshot).ToDictionary(file => file.Path, StringComparer.Ordinal);
        string notShown = (folder[0] == 'e' ? Texts.English : Texts.Chinese).NotShown;
        foreach (var totals in DataWorld.ReadCsv(DataWorld.Render(snapshot)["data/headcounts.csv"]).GroupBy(row => row["region"], StringComparer.Ordinal))
        {
            using var page = new HtmlParser().ParseDocument(new MemoryStream(pages[$"{folder}/{totals.Key}/index.html"].Render()));
            page.QuerySelectorAll("#headcounts-table tbody tr").Select(row => row.QuerySelector("td.n")!.TextContent).Order(StringComparer.Ordinal)
                .ShouldBe(totals.Select(row => row["count"].Length == 0 ? notShown : row["count"]).Order(StringComparer.Ordinal));
        }
    }

    private static HeadcountTotal[] Of(Entry[] recorded) => [.. new World(SnapshotOf([.. recorded])).Headcounts.All];

    private static Snapshot SnapshotOf(ImmutableArray<Entry> recorded) => new(recorded.Length, SampleWorld.Today, recorded, SiteSettings.Trial);

    private static IEnumerable<Entry> World(params int[] households)
    {
        RegionCode county = Id.Parse<RegionCode>("410503");
        FundId herd = Id.Parse<FundId>("totals");
        PostingId posting = PostingId.Of(SampleWorld.Department, "totals");
        Fact[] facts =
        [
            new Fund(herd, FreeText.Of("资金"), new BudgetYear(2020), county, [FreeText.Of("河南省"), FreeText.Of("安阳市"), FreeText.Of("北关区")], FreeText.Of("局"), null, null, [], [], null),
            new Project(herd, Id.Parse<ProjectId>("totals-p01"), ProjectType.Project, FreeText.Of("项目"), county, null, null, null, null, null, null, null, null, null, null, null, [], [], null),
            .. households.Select(count => new IncomeDistribution(herd, Id.Parse<ProjectId>("totals-p01"), Id.Parse<AssetId>("asset"), new Money(100), null, null, Headcount.Of(count), null)),
        ];
        return facts.Select((fact, i) => new Entry(EntryId.Of(posting, i + 1), SampleWorld.Today, SampleWorld.RecordedAt, SampleWorld.Department, Channel.Http, fact));
    }

    private static Entry Amendment(Fact fact, int number) => new(
        EntryId.Of(PostingId.Of(SampleWorld.Department, "totals-amended"), number),
        SampleWorld.Today, SampleWorld.RecordedAt, SampleWorld.Department, Channel.Http, fact);
}
