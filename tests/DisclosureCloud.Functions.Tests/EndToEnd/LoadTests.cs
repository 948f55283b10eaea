using System.Text;
using DisclosureCloud.Functions.Hosting.Bearer;
using DisclosureCloud.Functions.Tests.Running;
using DisclosureCloud.Ledger;
using DisclosureCloud.Testing;
using DisclosureCloud.Testing.Load;

namespace DisclosureCloud.Functions.Tests.EndToEnd;

/// <summary>The built app, as a process of its own, with four times as many senders as it takes at once.</summary>
[Collection(MachineAlone.Name)]
public sealed class LoadTests
{
    private const long MemoryMax = 512L << 20;

    private const int QuietPostings = 100;

    [Fact]
    public async Task Serve_AtFourTimesItsLoad_ShedsAndKeepsTheOtherDepartmentServedInItsMemory()
    {
        CancellationToken cancel = TestContext.Current.CancellationToken;
        using var folder = new TemporaryFolder();
        using LocalIssuer issuer = LocalIssuer.Open(RunningApp.DeploymentOf(folder.File("data")));
        await using Cli.Serving serving = await Cli.ServeAsync(folder, ("Disclosure__Limits__PostingsAnHour", "1000000"));
        using var http = new HttpClient { BaseAddress = serving.Address };
        var run = new LoadRun(http, Token("noisy"), Token("quiet"));

        double capacity = await run.CapacityAsync(400, cancel);
        LoadFigures figures = await run.OverloadAsync(QuietPostings, Encoding.UTF8.GetBytes(Office.LargestNotice("load-notice").ToJsonString()), cancel);
        long memory = serving.Running.MemoryPeak;

        TestContext.Current.TestOutputHelper?.WriteLine(FormattableString.Invariant(
            $"{capacity:F0} postings a second; noisy {LoadFigures.Count(figures.Noisy)}; quiet {LoadFigures.Count(figures.Quiet)}; {figures.Took.TotalSeconds:F1} s; {memory >> 20} MiB"));
        figures.Noisy.Concat(figures.Quiet).Where(answer => !answer.IsInOrder).Take(3).ShouldBeEmpty(serving.Running.State);
        figures.Noisy.ShouldContain(answer => answer.Status == 429);
        figures.Noisy.ShouldContain(answer => answer.Status == 201);
        figures.Quiet.Count.ShouldBe(QuietPostings);
        figures.Quiet.Count(answer => answer.Status == 201).ShouldBeGreaterThanOrEqualTo(QuietPostings * 99 / 100, LoadFigures.Count(figures.Quiet));
        memory.ShouldBeLessThan(MemoryMax);
        serving.Running.Said.ShouldNotContain("unhandled exception");

        string Token(string department) =>
            issuer.Issue(Id.Parse<DepartmentId>(department), Id.Parse<PersonId>($"{department}-poster"), [Role.Poster], region: null, TimeProvider.System);
    }
}
