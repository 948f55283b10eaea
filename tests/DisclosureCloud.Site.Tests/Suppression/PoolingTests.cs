using System.Collections.Immutable;
using System.Globalization;
using DisclosureCloud.Ledger;
using DisclosureCloud.Site.Suppression;
using DisclosureCloud.Testing;

namespace DisclosureCloud.Site.Tests.Suppression;

public sealed class PoolingTests
{
    private static readonly FundId Fund = Id.Parse<FundId>("pooled");
    private static readonly RegionCode County = Id.Parse<RegionCode>("410503");
    private static readonly RegionCode Township = County.Below("乡");

    [Fact]
    public void Pools_OfTheFirstEntries_AreThoseOfAllEntriesThatBegan()
    {
        for (int seed = 0; seed < 5; seed++)
        {
            CountHistory history = CountHistory.Of(seed);
            string[] last = Told(history.Snapshots[^1]);
            foreach (ImmutableArray<Entry> snapshot in history.Snapshots)
            {
                string[] then = Told(snapshot);
                then.ShouldBe(last[..then.Length], $"seed {seed}");
            }
        }
    }

    [Fact]
    public void Counts_OfOneVillage_AreToldInTheVillage()
    {
        Pool pool = Pooling.Of(World(Income(1, 4), Income(1, 5), Income(1, 6), Income(1, 2))).ShouldHaveSingleItem();

        (pool.Place, pool.Sum, pool.Entries.Length).ShouldBe((Township.Below("村1"), 17, 4));
    }

    [Fact]
    public void Counts_OfSeveralVillages_MoveUpToTheirTownship()
    {
        Pool pool = Pooling.Of(World(Income(1, 4), Income(2, 5), Income(1, 6), Income(2, 2))).ShouldHaveSingleItem();

        (pool.Place, pool.Sum).ShouldBe((Township, 17));
    }

    [Theory]
    [InlineData(3)]
    [InlineData(0)]
    public void Counts_TooFewOfThem_Wait(int counts) => Pooling.Of(World([.. Enumerable.Repeat(Income(1, 5), counts)])).ShouldBeEmpty();

    [Theory]
    [InlineData(new[] { 1, 1, 1, 8 }, null)]
    [InlineData(new[] { 1, 1, 1, 9 }, 12)]
    [InlineData(new[] { 9, 9, 9, 1 }, 28)]
    [InlineData(new[] { 9, 9, 9, 2 }, null)]
    public void Sum_IsToldWhereItNarrowsNoneDown(int[] counts, int? sum) =>
        Pooling.Of(World([.. counts.Select(count => Income(1, count))])).ShouldHaveSingleItem().Sum.ShouldBe(sum);

    // A second try with one more of them would tell that one.
    [Fact]
    public void Sum_OnceNotTold_IsNeverPartOfAnother()
    {
        ImmutableArray<Pool> pools = Pooling.Of(World([.. Enumerable.Repeat(Income(1, 1), 4), .. Enumerable.Repeat(Income(1, 5), 4)]));

        pools.Select(pool => pool.Sum).ShouldBe([null, 20]);
        pools.SelectMany(pool => pool.Entries).ShouldBeUnique();
    }

    [Fact]
    public void Numbers_OfNoughtOrTen_AreInNoPool() =>
        Pooling.Of(World(Income(1, 0), Income(1, 10), Income(1, 0), Income(1, 10))).ShouldBeEmpty();

    [Fact]
    public void Withdrawn_BeforeEnoughCameTogether_WaitsNoLonger()
    {
        Entry[] three = World(Income(1, 5), Income(1, 5), Income(1, 5));
        Entry[] all = [.. three, EntryOf(new Withdrawal(three[^1].Id, FreeText.Of("重复"), null), 100), EntryOf(Income(1, 5), 101)];

        Pooling.Of(all).ShouldBeEmpty();
        Pooling.Of([.. all, EntryOf(Income(1, 5), 102)]).ShouldHaveSingleItem().Entries.ShouldNotContain(three[^1].Id);
    }

    // What was put together of entries before it stays; what comes after it could overlap with what nobody can reckon again.
    [Fact]
    public void Forgotten_Count_EndsWhatIsPutTogetherAfterIt()
    {
        Entry[] before = World([.. Enumerable.Repeat(Income(1, 5), 4)]);
        Entry[] after = [.. Enumerable.Range(200, 8).Select(number => EntryOf(Income(1, 5), number))];
        Entry forgotten = EntryOf(Income(1, 5) with { Households = Headcount.Withheld }, 150);

        Pooling.Of([.. before, .. after]).Length.ShouldBe(3);
        Pooling.Of([.. before, forgotten, .. after]).ShouldHaveSingleItem().Entries.ShouldBe([.. before[^4..].Select(entry => entry.Id)]);
    }

    // With the sum of the persons of a few households one could tell these.
    [Fact]
    public void Persons_OfAFewHouseholds_AreInNoPool() => Pooling.Of(World([.. Enumerable.Range(0, 4).Select(number => NoticeOf(number, households: 5, persons: 7))]))
        .Select(pool => pool.Measure).ShouldBe([Measure.NoticeHouseholds]);

    [Fact]
    public void Persons_WhereHouseholdsAreNotStated_ArePutTogether() => Pooling.Of(World([.. Enumerable.Range(0, 4).Select(number => NoticeOf(number, households: null, persons: 7))]))
        .Select(pool => pool.Measure).ShouldBe([Measure.NoticePersons]);

    private static string[] Told(IEnumerable<Entry> recorded) => [.. Pooling.Of(recorded).Select(pool => $"{pool.Place} {pool.Year} {pool.Measure} {pool.Sum} {string.Join(' ', pool.Entries)}")];

    private static Entry[] World(params Fact[] facts) =>
    [
        .. new Fact[]
        {
            new Fund(Fund, FreeText.Of("资金"), new BudgetYear(2020), County, [FreeText.Of("县")], FreeText.Of("局"), null, null, [], [], null),
            ProjectOf(1),
            ProjectOf(2),
        }.Concat(facts).Select(EntryOf),
    ];

    private static Entry EntryOf(Fact fact, int number) => new(
        EntryId.Of(PostingId.Of(SampleWorld.Department, string.Create(CultureInfo.InvariantCulture, $"pooled-{number}")), 1),
        new DateOnly(2020, 5, 1), SampleWorld.RecordedAt, SampleWorld.Department, Channel.Http, fact);

    private static Project ProjectOf(int village) => new(
        Fund, ProjectIn(village), ProjectType.Project, FreeText.Of("项目"), Township.Below($"村{village}"), null, null, null, null, null, null, null, null, null, null, null, [], [], null);

    private static ProjectId ProjectIn(int village) => Id.Parse<ProjectId>($"pooled-p0{village}");

    private static IncomeDistribution Income(int village, int households) => new(
        Fund, ProjectIn(village), Id.Parse<AssetId>("asset"), new Money(100), null, null, Headcount.Of(households), null);

    private static Notice NoticeOf(int number, int? households, int persons) => new(
        Id.Parse<NoticeId>($"pooled-n{number}"), Fund, NoticeForm.Gonggao, FreeText.Of("局"), FreeText.Of("公告"), new BudgetYear(2020), County, [FreeText.Of("县")], new Money(100),
        null, null, null, null, null, null, null, [], [], null, households is { } stated ? Headcount.Of(stated) : null, Headcount.Of(persons), null,
        EntryOf(ProjectOf(1), 1).Id, EntryOf(ProjectOf(1), 1).Id, Fingerprint.Of("ff00"));
}
