using DisclosureCloud.Testing;

namespace DisclosureCloud.Functions.Tests.EndToEnd;

/// <summary>The verbs <c>rebuild</c> and <c>freeze</c> of the built executable, over the demo.</summary>
public sealed class RebuildVerbTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public async Task RebuildAndFreeze_AfterTheLedgerWasLost_PublishNothingNewAndVerify()
    {
        await using (Cli.Running demo = Cli.Start(_folder.Path, [], "demo", "--data", _folder.File("data"), "--port", "0"))
        {
            await demo.LineAsync("serving ", TimeSpan.FromMinutes(2));
            await demo.KillAsync();
        }

        string state = Line(await RunAsync("rebuild", "--dry-run"), "state ");
        foreach (string file in new[] { "ledger.db", "ledger.db-wal", "ledger.db-shm" })
        {
            File.Delete(Path.Combine(_folder.File("data"), file));
        }

        Cli.Ended rebuild = await RunAsync("rebuild");
        rebuild.Code.ShouldBe(0, rebuild.Error);
        Line(rebuild, "state ").ShouldBe(state);
        Line(rebuild, "took ").ShouldNotStartWith("took 0 ");
        rebuild.Output.ShouldContain("0 values were not in the value store");

        Cli.Ended publish = await RunAsync("publish");
        publish.Code.ShouldBe(0, publish.Error);
        publish.Output.ShouldContain("nothing had changed");
        Cli.Ended verify = await RunAsync("verify", "--seen", _folder.File("seen.txt"));
        verify.Code.ShouldBe(0, verify.Output + verify.Error);
        Line(await RunAsync("rebuild"), "took ").ShouldStartWith("took 0 commits");

        // The log that it goes on from may be ended, and says so.
        (await RunAsync("freeze", "--origin", "log.example/other", "--reason", "closed")).Code.ShouldBe(1);
        Cli.Ended freeze = await RunAsync("freeze", "--origin", "localhost/disclosurecloud", "--reason", "closed", "--successor", "log.example/next");
        freeze.Code.ShouldBe(0, freeze.Error);
        freeze.Output.ShouldContain("has ended on ");
        Cli.Ended late = await RunAsync("publish");
        late.Code.ShouldBe(1);
        late.Error.ShouldContain("has ended on ");
        Cli.Ended ended = await RunAsync("verify", "--seen", _folder.File("seen.txt"));
        ended.Code.ShouldBe(0, ended.Output + ended.Error);
        ended.Output.ShouldContain("log.example/next");
        (await RunAsync("rebuild", "--dry-run")).Code.ShouldBe(0, "the ledger can be made again from a log that has ended");

        await GoOnAsync();

        // What was altered is refused before the ledger is made.
        string some = Directory.EnumerateFiles(Path.Combine(_folder.File("data"), "archive", "commits"), "*.json", SearchOption.AllDirectories).Order(StringComparer.Ordinal).First();
        await File.AppendAllTextAsync(some, " ", TestContext.Current.CancellationToken);
        Cli.Ended refused = await RunAsync("rebuild");
        refused.Code.ShouldBe(1);
        refused.Error.ShouldContain("was altered");
        refused.Error.ShouldNotContain("   at ");
    }

    // Another log goes on from it, with settings of its own: whoever verified the old one comes over, and a site put on that one's place is refused.
    private async Task GoOnAsync()
    {
        string data = _folder.File("data");
        string keys = string.Join(',', await File.ReadAllLinesAsync(Path.Combine(data, "site", "log", "vkey"), TestContext.Current.CancellationToken));
        (string, string)[] wrong = [("Disclosure__Log__Origin", "log.example/next")];
        (string, string)[] right = [.. wrong, ("Disclosure__Log__Place", "log-2"), ("Disclosure__Log__Predecessor", "localhost/disclosurecloud"), ("Disclosure__Log__PredecessorKeys", keys)];
        (string, string)[] unnamed = [("Disclosure__Log__Origin", "log.example/other"), .. right[1..]];
        foreach (((string, string)[] settings, string why) in new[] { (wrong, "a place of its own"), (unnamed, "does not name 'log.example/other'") })
        {
            Cli.Ended refused = await Cli.RunAsync(_folder.Path, settings, "publish", "--data", data);
            refused.Code.ShouldBe(1);
            refused.Error.ShouldContain(why);
        }

        Cli.Ended publish = await Cli.RunAsync(_folder.Path, right, "publish", "--data", data);
        publish.Code.ShouldBe(0, publish.Error);
        File.Exists(Path.Combine(data, "site", "log", "frozen")).ShouldBeFalse();
        Cli.Ended verify = await Cli.RunAsync(_folder.Path, right, "verify", "--data", data, "--seen", _folder.File("seen.txt"));
        verify.Code.ShouldBe(0, verify.Output + verify.Error);
        verify.Output.ShouldContain("goes on from 'localhost/disclosurecloud', whose keys that were there when it was first seen signed");
        Cli.Ended rebuild = await Cli.RunAsync(_folder.Path, right, "rebuild", "--dry-run", "--data", data);
        rebuild.Code.ShouldBe(0, rebuild.Error);

        // It too can be ended, at what is published.
        Cli.Ended freeze = await Cli.RunAsync(_folder.Path, right, "freeze", "--data", data, "--origin", "log.example/next", "--reason", "key-compromised", "--at", "published");
        freeze.Code.ShouldBe(0, freeze.Error);
        freeze.Output.ShouldContain("no log goes on");
    }

    private Task<Cli.Ended> RunAsync(string verb, params string[] args) => Cli.RunAsync(_folder.Path, [verb, "--data", _folder.File("data"), .. args]);

    private static string Line(Cli.Ended ended, string start) => ended.Lines.Single(line => line.StartsWith(start, StringComparison.Ordinal));
}
