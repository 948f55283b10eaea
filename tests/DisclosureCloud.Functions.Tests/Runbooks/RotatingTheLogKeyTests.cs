namespace DisclosureCloud.Functions.Tests.Runbooks;

/// <summary>The page <c>rotating-the-log-key.md</c>: at no moment does a new reader find the site wrong.</summary>
public sealed class RotatingTheLogKeyTests(Counties counties)
{
    private const string AnybodyNew = """disclosurecloud verify --data "$DATA" --seen "$DATA.nobody"; rm -f "$DATA.nobody" """;

    [Fact]
    public async Task Steps_ChangeTheKeys_OfTheSameLog()
    {
        IReadOnlyList<string> steps = Runbook.Open("rotating-the-log-key.md").Tried("On one machine");
        steps.Count.ShouldBe(5);
        using County county = await counties.OpenAsync();
        string[] old = Keys(county);

        await county.RunAsync(steps[0]);
        await county.RunAsync(AnybodyNew);
        Keys(county)[..2].ShouldBe(old, "the checkpoint is from before");

        await county.GrowAsync(2);
        (await county.RunAsync(steps[1])).ShouldBe("4\n");
        Keys(county)[2..].ShouldBe(old);
        (await county.TryAsync("""disclosurecloud verify --data "$DATA" """)).Output.ShouldContain("has other keys than when this log was first seen");
        (await county.RunAsync(steps[2])).ShouldContain("were seen last: none of them was changed or taken away");

        await county.RunAsync(steps[3]);
        await county.GrowAsync(3);
        (await county.RunAsync(steps[1])).ShouldBe("2\n");
        (await county.RunAsync(steps[4])).ShouldContain("were seen last: none of them was changed or taken away");
        await county.RunAsync(AnybodyNew);
        Keys(county).Length.ShouldBe(4, "old checkpoints stay verifiable");
    }

    private static string[] Keys(County county) => File.ReadAllLines(Path.Combine(county.Data, "site", "log", "vkey"));
}
