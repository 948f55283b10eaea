namespace DisclosureCloud.Ledger.Tests;

public sealed class RestatementTests
{
    private static readonly Target Target = new(FreeText.Of("亩数"), FreeText.Of("亩"), default, Quantity.OfThousandths(50_000), new DateOnly(2018, 12, 31));
    private static readonly Project Before = Made("果园");

    [Fact]
    public void Is_TheSameWordsFiguresAndGroups_IsTrue() => Restatement.Is(Before, Made("果园")).ShouldBeTrue();

    [Fact]
    public void Is_AnotherWordFigureGroupOrKind_IsFalse()
    {
        Restatement.Is(Before, Made("茶园")).ShouldBeFalse();
        Restatement.Is(Before, Before with { TotalInvestment = new Money(2) }).ShouldBeFalse();
        Restatement.Is(Before, Before with { TotalInvestment = null }).ShouldBeFalse();
        Restatement.Is(Before, Before with { Targets = [] }).ShouldBeFalse();
        Restatement.Is(Before, Before with { Targets = [Target, Target] }).ShouldBeFalse();
        Restatement.Is(Before, Before with { Targets = [Target with { Indicator = FreeText.Of("户数") }] }).ShouldBeFalse();
        Restatement.Is(Before, Before with { Targets = [Target with { Due = new DateOnly(2018, 12, 30) }] }).ShouldBeFalse();
        Restatement.Is(Before, new Interest(Before.FundId, new Money(1), null, null, null)).ShouldBeFalse();
    }

    [Fact]
    public void Is_AWithheldValueOnEitherSideOrBoth_IsFalse()
    {
        Project withheld = Before with { Name = FreeText.Withheld };

        Restatement.Is(withheld, Before).ShouldBeFalse();
        Restatement.Is(Before, withheld).ShouldBeFalse();
        Restatement.Is(withheld, withheld).ShouldBeFalse();
        Restatement.Is(Before with { Targets = [Target with { Measure = FreeText.Withheld }] }, Before).ShouldBeFalse();
    }

    private static Project Made(string name) => new(
        Id.Parse<FundId>("fund-1"), Id.Parse<ProjectId>("project-1"), ProjectType.Project, FreeText.Of(name), Id.Parse<RegionCode>("410503"), null, null, null, null, new Money(1), null,
        null, null, null, null, null, [Target with { Indicator = FreeText.Of("亩数") }], [], null);
}
