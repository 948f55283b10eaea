using System.Collections.Immutable;
using AngleSharp.Dom;
using DisclosureCloud.Ledger;
using DisclosureCloud.Testing;

namespace DisclosureCloud.Site.Tests;

/// <summary>Whatever the rules accept can be published: a page that cannot be made would stop every publish after it.</summary>
public sealed class AnyWorldTests
{
    public static TheoryData<int> Seeds => [.. Enumerable.Range(1, 40)];

    [Theory]
    [MemberData(nameof(Seeds))]
    public void AnyAcceptedWorld_Rendered_HasEveryPageOnceAndEachFenOnce(int seed)
    {
        ImmutableArray<Entry> entries = RandomWorld.Entries(seed, steps: 150);

        TestSite site = TestSite.Of(TestSite.SnapshotOf(entries)); // Throws where two files have one path.

        foreach (string project in entries.Select(entry => entry.Fact).OfType<Project>().Select(fact => fact.ProjectId.Value))
        {
            site.Files.ShouldContainKey($"projects/{project}/index.html");
        }

        foreach (IGrouping<FundId, Allocation> fund in entries.Select(entry => entry.Fact).OfType<Allocation>().GroupBy(fact => fact.FundId))
        {
            long allocated = fund.Sum(fact => fact.Amount.Fen);
            TestSite.Fen(site.Page($"funds/{fund.Key.Value}/index.html").QuerySelector("main")!).ShouldContain(allocated, $"seed {seed}, fund {fund.Key}");
        }
    }

    [Fact]
    public void Funds_OfTheLargestAmountThereIs_AreAddedUp()
    {
        ImmutableArray<Entry> entries =
        [
            .. SampleWorld.Entries.Select(entry => entry.Fact is Appropriation money ? entry with { Fact = money with { Amount = new Money(Money.FenMax) } } : entry)
                .GroupBy(entry => ((IOfFund)entry.Fact).FundId)
                .SelectMany(fund => fund.Where(entry => entry.Fact is not Appropriation).Append(fund.First(entry => entry.Fact is Appropriation))),
        ];

        TestSite site = TestSite.Of(TestSite.SnapshotOf(entries));

        TestSite.Fen(site.Page("index.html").QuerySelector(".answer")!).First().ShouldBe(7 * Money.FenMax);
    }

    [Fact]
    public void Project_OfTwoFunds_HasOnePageWithTheMoneyOfBoth()
    {
        ImmutableArray<Entry> first = [.. SampleWorld.Entries.Where(entry => entry.Fact is not Notice)];
        ProjectId shared = Id.Parse<ProjectId>("beiguan-2018-p01");
        FundId other = Id.Parse<FundId>("dehua-2020-batch2");
        PostingId posting = PostingId.Of(SampleWorld.Department, "second fund");
        Project own = first.Select(entry => entry.Fact).OfType<Project>().First(fact => fact.ProjectId == shared);
        Entry[] more =
        [
            new(EntryId.Of(posting, 1), SampleWorld.Today, SampleWorld.RecordedAt, SampleWorld.Department, Channel.Http, own with { FundId = other }),
            new(EntryId.Of(posting, 2), SampleWorld.Today, SampleWorld.RecordedAt, SampleWorld.Department, Channel.Http,
                new Allocation(other, shared, new Money(12_345), null, null, null, null, null, null, null, null)),
        ];

        TestSite site = TestSite.Of(TestSite.SnapshotOf([.. first, .. more]));

        IElement page = site.Page("en/projects/beiguan-2018-p01/index.html").QuerySelector("main")!;
        TestSite.Fen(page).ShouldContain(20_000_000);
        TestSite.Fen(page).ShouldContain(12_345);
        page.TextContent.ShouldContain("Also paid from");
        TestSite.Fen(page.QuerySelector(".answer")!).ShouldBe([20_012_345]);
    }
}
