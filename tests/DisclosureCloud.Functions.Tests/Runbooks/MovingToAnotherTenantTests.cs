namespace DisclosureCloud.Functions.Tests.Runbooks;

/// <summary>The page <c>moving-to-another-tenant.md</c>: another place, the same log to whoever knew it.</summary>
public sealed class MovingToAnotherTenantTests(Counties counties)
{
    [Fact]
    public async Task Steps_MoveTheLog_AndTheOldPlaceSignsNoMore()
    {
        IReadOnlyList<string> steps = Runbook.Open("moving-to-another-tenant.md").Tried("On one machine");
        steps.Count.ShouldBe(3);
        using County county = await counties.OpenAsync();

        (await county.RunAsync(steps[0])).ShouldContain("the old place signs no more");
        await county.RunAsync(steps[1]);
        string output = await county.RunAsync(steps[2]);

        output.ShouldContain("is signed by the 2 keys of the log that were there when it was first seen");
        output.ShouldMatch("The log begins with the [0-9]+ leaves that were seen last: none of them was changed or taken away");
        output.ShouldContain("nothing is wrong in what was checked.");
    }
}
