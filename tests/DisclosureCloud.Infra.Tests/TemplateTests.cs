using DisclosureCloud.Infra.Tests.Checks;

namespace DisclosureCloud.Infra.Tests;

/// <summary>The template keeps to every check, and every check finds a mistake.</summary>
public sealed class TemplateTests(InfraFixture infra)
{
    private static readonly Check[] Checks = [.. Policies.All, .. Shape.All, .. WithTheApp.All];

    public static TheoryData<string> Names => [.. Checks.Select(check => check.Name)];

    public static TheoryData<int> Mistakes => [.. Enumerable.Range(0, Planted.All.Count)];

    [Fact]
    public void Compiler_SaysNothing() => infra.Said.ShouldBeEmpty();

    [Theory]
    [MemberData(nameof(Names))]
    public void Template_KeepsTo(string check) => Checks.Single(one => one.Name == check).Find(infra.Template).ShouldBeEmpty();

    [Theory]
    [MemberData(nameof(Mistakes))]
    public void Mistake_IsFound(int number)
    {
        Planted planted = Planted.All[number];
        if (planted.Check == Planted.Compiler)
        {
            infra.SaidOf(planted).ShouldNotBeEmpty(planted.ToString());
        }
        else
        {
            infra.SaidOf(planted).ShouldBeEmpty(planted.ToString()); // Else it would be the compiler's to find, and the check would not be shown to.
            Checks.Single(one => one.Name == planted.Check).Find(infra.With(planted)).ShouldNotBeEmpty(planted.ToString());
        }
    }

    [Fact]
    public void EveryCheck_HasAMistakeThatItFinds() =>
        Checks.Select(check => check.Name).Except(Planted.All.Select(planted => planted.Check), StringComparer.Ordinal).ShouldBeEmpty();
}
