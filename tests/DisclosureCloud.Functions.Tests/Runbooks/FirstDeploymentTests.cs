namespace DisclosureCloud.Functions.Tests.Runbooks;

/// <summary>The page <c>first-deployment.md</c>, from an empty folder to a site that verifies.</summary>
public sealed class FirstDeploymentTests
{
    [Fact]
    public async Task Steps_FromNothing_GiveASiteThatVerifies()
    {
        IReadOnlyList<string> steps = Runbook.Open("first-deployment.md").Tried("On one machine");
        steps.Count.ShouldBe(5);
        using var county = new County();

        string output = await county.RunAsync(string.Concat(steps));

        output.ShouldContain("\"ledgerPosition\":");
        output.ShouldContain("\"state\":\"effective\"");
        output.ShouldContain("nothing is wrong in what was checked.");
        output.ShouldContain("gongkai.county.example/log+");
        File.ReadAllText(county.File("data.seed-copy")).ShouldBe(File.ReadAllText(Path.Combine(county.Data, "keys", "log.seed")));
        (await File.ReadAllTextAsync(Path.Combine(county.Data, "site", "index.html"), TestContext.Current.CancellationToken)).ShouldContain("北关区财政局");
    }
}
