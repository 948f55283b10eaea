using System.Text.Json;
using DisclosureCloud.Functions.Hosting;
using DisclosureCloud.Functions.Tests.Entries;
using DisclosureCloud.Functions.Tests.Running;
using DisclosureCloud.Testing;

namespace DisclosureCloud.Functions.Tests.EndToEnd;

/// <summary>The verb <c>query</c> of the built executable reads the same stores as the interface, with the same filters.</summary>
public sealed class QueryVerbTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    public void Dispose() => _folder.Dispose();

    [Fact]
    public async Task Query_OfAPublishedLog_PrintsWhatTheInterfaceAnswers()
    {
        await using (Stores stores = await Stores.OpenAsync(RunningApp.DeploymentOf(_folder.File("data")), TimeProvider.System, Cancel))
        {
            await ArchiveWorld.SealAsync(stores.Archive);
            await ArchiveWorld.PublishAsync(stores.Site);
        }

        int[] wanted = NaiveScan.Find("amountMin", "1000000000");
        Cli.Ended json = await QueryAsync("--amount-min", "1000000000", "--limit", "3");
        json.Code.ShouldBe(0, json.Error);
        JsonElement page = JsonElement.Parse(json.Output);
        page.GetProperty("entries").EnumerateArray().Select(entry => entry.GetProperty("leafIndex").GetInt32()).ShouldBe(wanted.Take(3));

        Cli.Ended lines = await QueryAsync("--amount-min", "1000000000", "--limit", "2", "--format", "ndjson", "--cursor", page.GetProperty("next").GetString()!);
        lines.Code.ShouldBe(0, lines.Error);
        lines.Output.Trim().Split('\n').Select(line => JsonElement.Parse(line).GetProperty("leafIndex").GetInt32()).ShouldBe(wanted.Skip(3).Take(2));
        lines.Error.ShouldContain($"tree-size={ArchiveWorld.TreeSize}, segments=");
        lines.Error.ShouldContain("--cursor ");

        Cli.Ended table = await QueryAsync("--text", "nothing at all", "--format", "csv");
        table.Code.ShouldBe(0, table.Error);
        table.Output.ShouldStartWith("leafIndex,entry,kind,");
        table.Output.Trim().Split('\n').Length.ShouldBe(1);
    }

    [Fact]
    public async Task Query_OfNothingPublished_IsEmpty()
    {
        Cli.Ended ended = await QueryAsync();
        ended.Code.ShouldBe(0, ended.Error);
        JsonElement.Parse(ended.Output).GetProperty("treeSize").GetInt32().ShouldBe(0);
    }

    [Theory]
    [InlineData("--limit: ", "--limit", "0")]
    [InlineData("--amount-min: ", "--amount-min", "1.5")]
    [InlineData("--limit: ", "--limit", "5", "--limit", "6")]
    [InlineData("--record", "--recorded-from", "2020-01-02", "--recorded-to", "2020-01-01")]
    [InlineData("--as-of: ", "--as-of", "5")]
    [InlineData("--flag", "--flag", "any")]
    [InlineData("--cursor: ", "--cursor", "xxxx")]
    public async Task Query_ThatIsBad_IsAFaultOfUsage(string said, params string[] args)
    {
        Cli.Ended ended = await QueryAsync(args);
        ended.Code.ShouldBe(2, ended.Error);
        (ended.Error + ended.Output).ShouldContain(said);
    }

    private Task<Cli.Ended> QueryAsync(params string[] args) => Cli.RunAsync(_folder.Path, ["query", "--data", _folder.File("data"), .. args]);
}
