namespace DisclosureCloud.Functions.Tests.Runbooks;

/// <summary>The page <c>adding-a-department.md</c>: who is named acts, and nobody else.</summary>
public sealed class AddingADepartmentTests(Counties counties)
{
    [Fact]
    public async Task Steps_NameTheAccounts_AndAStrangerIsRefused()
    {
        IReadOnlyList<string> steps = Runbook.Open("adding-a-department.md").Tried("On one machine");
        steps.Count.ShouldBe(4);
        using County county = await counties.OpenAsync();

        string output = await county.RunAsync(County.Serve + string.Concat(steps) + steps[^1].Replace("$STRANGER", "$POSTER", StringComparison.Ordinal));

        output.ShouldContain("\"state\":\"effective\"");
        output.ShouldContain("\"wouldBeAccepted\":false");
        output.ShouldContain("not-registered");
        output.ShouldContain("\"wouldBeAccepted\":true", Case.Sensitive, "who is named acts");
    }
}
