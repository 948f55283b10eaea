namespace DisclosureCloud.Site.Tests.Suppression;

public sealed class LinearProgramTests
{
    private const int Most = 8;

    // Sums over nested sets of unknowns: what brute force finds over whole numbers, the program finds, too.
    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(3)]
    public void RangeOf_SumsOfFourUnknowns_IsThatOfEveryWholeSolution(int seed)
    {
        var random = new Random(seed);
        for (int round = 0; round < 20; round++)
        {
            int[] truth = [.. Enumerable.Range(0, 4).Select(_ => random.Next(Most + 1))];
            (int From, int To)[] sums = [(0, 4), (0, random.Next(2, 4))];
            var program = new LinearProgram([.. sums.Select(sum => (Of(sum), (Fraction)truth[sum.From..sum.To].Sum()))], [Most, Most, Most, Most]);
            int[][] solutions = [.. All().Where(one => sums.All(sum => one[sum.From..sum.To].Sum() == truth[sum.From..sum.To].Sum()))];

            program.IsFeasible.ShouldBeTrue();
            for (int i = 0; i < 4; i++)
            {
                (Fraction least, Fraction most) = program.RangeOf(i);
                least.Floor().ShouldBe(solutions.Min(one => one[i]), $"seed {seed}, round {round}");
                most.Floor().ShouldBe(solutions.Max(one => one[i]), $"seed {seed}, round {round}");
            }
        }
    }

    [Fact]
    public void Program_WithoutASolution_IsNotFeasible() =>
        new LinearProgram([(Of((0, 2)), 5), (Of((0, 3)), 4)], [Most, Most, Most, Most]).IsFeasible.ShouldBeFalse();

    private static Fraction[] Of((int From, int To) sum) => [.. Enumerable.Range(0, 4).Select(i => (Fraction)(i >= sum.From && i < sum.To ? 1 : 0))];

    private static IEnumerable<int[]> All() =>
        from a in Enumerable.Range(0, Most + 1)
        from b in Enumerable.Range(0, Most + 1)
        from c in Enumerable.Range(0, Most + 1)
        from d in Enumerable.Range(0, Most + 1)
        select (int[])[a, b, c, d];
}
