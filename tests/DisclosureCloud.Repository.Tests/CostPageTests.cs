using System.Globalization;
using System.Text.RegularExpressions;

namespace DisclosureCloud.Repository.Tests;

/// <summary>The sums of the page on cost, done again: amounts, dollars, totals.</summary>
public sealed partial class CostPageTests
{
    private const decimal HalfACent = 0.005m;

    [Fact]
    public void Sums_AreRight()
    {
        decimal total = 0;
        int rows = 0;
        int totals = 0;
        foreach (string line in Tree.Read("site/content/operations/cost.md").Split('\n'))
        {
            string[] cells = [.. line.Trim('|', ' ').Split('|').Select(cell => cell.Trim())];
            if (cells is [_, var amount, var price, var dollars] && amount.Contains('=', StringComparison.Ordinal))
            {
                string[] sides = amount.Split('=');
                Value(sides[0]).ShouldBe(Number(sides[1]), line);
                string[] unit = price.Split(" per ");
                Math.Abs((Number(sides[1]) * Number(unit[0]) / Number(unit[1])) - Number(dollars)).ShouldBeLessThanOrEqualTo(HalfACent, line);
                total += Number(dollars);
                rows++;
            }
            else if (cells is ["**Total**", .., var sum])
            {
                Number(sum.Trim('*')).ShouldBe(total, line);
                totals++;
            }
            else if (line.StartsWith("## ", StringComparison.Ordinal))
            {
                total = 0;
            }
        }

        rows.ShouldBeGreaterThan(25);
        totals.ShouldBe(3);
    }

    [Theory]
    [InlineData("2 × 43,200 × 2 + 720 × 2 − 100,000", 74_240)]
    [InlineData("7", 7)]
    [InlineData("2 × 0.5 + 1", 2)]
    public void Value_MultipliesFirst(string expression, int expected) => Value(expression).ShouldBe(expected);

    // Products, added and taken away.
    private static decimal Value(string expression) => Term().Matches(expression)
        .Sum(term => (term.Groups["sign"].Value == "−" ? -1 : 1) * term.Groups["product"].Value.Split('×').Aggregate(1m, (product, factor) => product * Number(factor)));

    private static decimal Number(string text) => decimal.Parse(text.Trim(), NumberStyles.AllowDecimalPoint | NumberStyles.AllowThousands, CultureInfo.InvariantCulture);

    [GeneratedRegex(@"(?<sign>[+−])?\s*(?<product>[\d.,]+(\s*×\s*[\d.,]+)*)", RegexOptions.ExplicitCapture, 1000)]
    private static partial Regex Term();
}
