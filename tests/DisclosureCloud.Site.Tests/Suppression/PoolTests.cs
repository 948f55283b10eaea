using DisclosureCloud.Ledger;
using DisclosureCloud.Site.Suppression;

namespace DisclosureCloud.Site.Tests.Suppression;

public sealed class PoolTests
{
    private const int Most = Headcount.LeastShown - 1;

    // Every way in which so many counts from 1 to 9 come to that sum.
    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(3)]
    [InlineData(4)]
    public void TellsNothing_OfAnySum_IsTrueWhereTheFirstCountCouldBeAny(int counts)
    {
        ILookup<int, int> firsts = Ways(counts).ToLookup(way => way.Sum(), way => way[0]);
        for (int sum = 0; sum <= (counts * Most) + 1; sum++)
        {
            Pool.TellsNothing(counts, sum).ShouldBe(firsts[sum].Distinct().Count() == Most, $"{sum}");
        }
    }

    // Else that a sum is not told would tell something.
    [Theory]
    [InlineData(nameof(Measure.IncomeHouseholds))]
    [InlineData(nameof(Measure.LoanHouseholds))]
    public void SumThatIsNotTold_LeavesTheFirstCountAny(string measure)
    {
        int counts = Enum.Parse<Measure>(measure).PoolSize();
        for (int first = 1; first <= Most; first++)
        {
            // All that the others can come to lies between all of them 1 and all of them 9.
            Enumerable.Range(counts - 1, ((Most - 1) * (counts - 1)) + 1).ShouldContain(others => !Pool.TellsNothing(counts, first + others), $"{first}");
        }
    }

    [Fact]
    public void SumThatIsTold_IsTenOrMore()
    {
        for (int counts = 1; counts <= 20; counts++)
        {
            Enumerable.Range(0, counts * Most).Where(sum => Pool.TellsNothing(counts, sum)).ShouldAllBe(sum => sum >= Headcount.LeastShown);
        }
    }

    private static IEnumerable<int[]> Ways(int counts) => counts == 0
        ? [[]]
        : Ways(counts - 1).SelectMany(way => Enumerable.Range(1, Most).Select(count => (int[])[.. way, count]));
}
