using System.Security.Cryptography;

namespace DisclosureCloud.Functions.Tests.Runbooks;

/// <summary>The page <c>a-lost-store.md</c>: the store is gone, the page is followed, and a reader who had seen the site finds the same history.</summary>
public sealed class ALostStoreTests(Counties counties)
{
    private const string SameHistory = "were seen last: none of them was changed or taken away";
    private const string NothingWrong = "nothing is wrong in what was checked.";

    private static readonly Runbook Page = Runbook.Open("a-lost-store.md");

    [Theory]
    [InlineData("The ledger")]
    [InlineData("Places of followers")]
    [InlineData("The queues")]
    [InlineData("The log's files")]
    [InlineData("The site")]
    public async Task Store_Deleted_IsMadeAgainAndTheSiteIsTheSame(string store)
    {
        using County county = await counties.OpenAsync();
        string before = HashOf(Path.Combine(county.Data, "site", "data"));

        string output = await county.RunAsync(Page.Tried(store).ShouldHaveSingleItem());

        output.ShouldContain(SameHistory);
        output.ShouldContain(NothingWrong);
        HashOf(Path.Combine(county.Data, "site", "data")).ShouldBe(before);
    }

    [Fact]
    public async Task Values_Deleted_StopThePublishUntilTheyAreTakenBackFromTheSite()
    {
        using County county = await counties.OpenAsync();
        string before = HashOf(Path.Combine(county.Data, "site", "data"));
        foreach (string file in Directory.EnumerateFiles(county.Data, "values.db*"))
        {
            File.Delete(file);
        }

        (int code, string stopped) = await county.TryAsync("""disclosurecloud publish --data "$DATA" """);
        code.ShouldBe(1);
        stopped.ShouldContain("disclosurecloud rebuild");
        HashOf(Path.Combine(county.Data, "site", "data")).ShouldBe(before);

        string output = await county.RunAsync(Page.Tried("The values").ShouldHaveSingleItem());
        output.ShouldContain("were taken back from what the site has published");
        output.ShouldContain(SameHistory);
        output.ShouldNotContain("withheld values");
        HashOf(Path.Combine(county.Data, "site", "data")).ShouldBe(before);
    }

    [Fact]
    public async Task LockRow_Deleted_EndsTheLogAndAnotherGoesOnFromIt()
    {
        using County county = await counties.OpenAsync();
        string output = await county.RunAsync(Page.Tried("The lock row").ShouldHaveSingleItem());
        output.ShouldContain("The log 'gongkai.county.example/log' has ended on ");
        output.ShouldContain("goes on from 'gongkai.county.example/log', whose keys that were there when it was first seen signed");
        output.ShouldContain(SameHistory);
        output.ShouldContain(NothingWrong);
    }

    [Fact]
    public async Task Archive_Deleted_IsMadeAgainByteForByte()
    {
        using County county = await counties.OpenAsync();
        string archive = Path.Combine(county.Data, "archive");
        Dictionary<string, string> before = FilesOf(archive);
        Directory.Delete(archive, recursive: true);

        string output = await county.RunAsync(Page.Tried("The archive").ShouldHaveSingleItem());

        output.ShouldContain("would take 0 commits");
        Dictionary<string, string> after = FilesOf(archive); // The day may have turned, and then there is a publication more.
        before.ShouldAllBe(file => after[file.Key] == file.Value);
    }

    [Fact]
    public async Task Seed_Deleted_GivesTheSameLogOtherKeys()
    {
        IReadOnlyList<string> steps = Page.Tried("The seed");
        steps.Count.ShouldBe(2);
        using County county = await counties.OpenAsync();

        await county.RunAsync(steps[0]);
        await county.RunAsync("""disclosurecloud verify --data "$DATA" --seen "$DATA.nobody" """);
        await county.GrowAsync(2);
        string output = await county.RunAsync(steps[1]);

        output.ShouldContain("is signed by the 2 given keys of the log");
        output.ShouldContain(SameHistory);
    }

    private static Dictionary<string, string> FilesOf(string folder) => Directory.EnumerateFiles(folder, "*", SearchOption.AllDirectories)
        .ToDictionary(file => Path.GetRelativePath(folder, file), file => Convert.ToHexStringLower(SHA256.HashData(File.ReadAllBytes(file))), StringComparer.Ordinal);

    // What is published of the ledger; pages have the day's date.
    private static string HashOf(string folder) =>
        string.Join('\n', FilesOf(folder).Where(file => file.Key.EndsWith(".ndjson", StringComparison.Ordinal)).OrderBy(file => file.Key, StringComparer.Ordinal));
}
