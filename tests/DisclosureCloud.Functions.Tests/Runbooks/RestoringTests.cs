namespace DisclosureCloud.Functions.Tests.Runbooks;

/// <summary>The page <c>restoring.md</c>: a copy of yesterday comes back, and what was published today stays.</summary>
public sealed class RestoringTests(Counties counties)
{
    private static readonly Runbook Page = Runbook.Open("restoring.md");

    [Theory]
    [InlineData("The ledger alone")]
    [InlineData("Ledger, values and evidence")]
    public async Task Stores_OfYesterday_TakeWhatTheyLack(string heading)
    {
        using County county = await YesterdayAndTodayAsync();
        string output = await county.RunAsync(Page.Tried(heading).ShouldHaveSingleItem());
        output.ShouldMatch("took [1-9][0-9]* commits with [1-9][0-9]* entries");
        output.ShouldContain("were seen last: none of them was changed or taken away");
        output.ShouldNotContain("withheld values");
        File.Exists(Path.Combine(county.Data, "site", "notices", "xinxiang-gaoxin-2018", "index.html")).ShouldBeTrue();
    }

    [Fact]
    public async Task WholeFolder_OfYesterday_IsToldAsARollback()
    {
        using County county = await YesterdayAndTodayAsync();
        (int code, string output) = await county.TryAsync(Page.Tried("All of it, and only an old copy is left").ShouldHaveSingleItem());
        code.ShouldBe(1);
        output.ShouldContain("ROLLBACK");
    }

    // A copy is made as the page says, and then something more is published, which a reader sees.
    private async Task<County> YesterdayAndTodayAsync()
    {
        County county = await counties.OpenAsync();
        await county.RunAsync(Page.Tried("What may come back, and what never").ShouldHaveSingleItem());
        await county.GrowAsync(2);
        await county.RunAsync("""disclosurecloud verify --data "$DATA" """);
        return county;
    }
}
