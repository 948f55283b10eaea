namespace DisclosureCloud.Functions.Tests.Runbooks;

/// <summary>The page <c>restoring.md</c>: a copy of yesterday comes back, and what was published today stays.</summary>
public sealed class RestoringTests(Counties counties)
{
    private static readonly Runbook Page = Runbook.Open("restoring.md");

    [Fact]
    public async Task Stores_OfYesterday_TakeWhatTheyLack_AndTheWholeFolderIsToldAsARollback()
    {
        using County county = await counties.OpenAsync();
        await county.RunAsync(Page.Tried("What may come back, and what never").ShouldHaveSingleItem());
        await county.GrowAsync(2);
        await county.RunAsync("""disclosurecloud verify --data "$DATA" """);

        (int code, string rollback) = await county.TryAsync(Page.Tried("All of it, and only an old copy is left").ShouldHaveSingleItem());
        code.ShouldBe(1);
        rollback.ShouldContain("ROLLBACK");

        foreach (string heading in new[] { "The ledger alone", "Ledger, values and evidence" })
        {
            string output = await county.RunAsync(Page.Tried(heading).ShouldHaveSingleItem());
            output.ShouldMatch("took [1-9][0-9]* commits with [1-9][0-9]* entries", heading);
            output.ShouldContain("were seen last: none of them was changed or taken away");
            output.ShouldNotContain("withheld values");
            File.Exists(Path.Combine(county.Data, "site", "notices", "beiguan-2018", "index.html")).ShouldBeTrue();
        }
    }
}
