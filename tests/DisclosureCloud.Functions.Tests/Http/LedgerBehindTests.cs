using DisclosureCloud.Functions.Hosting;
using DisclosureCloud.Functions.Hosting.Postings;
using DisclosureCloud.Functions.Tests.Publishing;
using DisclosureCloud.Functions.Tests.Running;
using DisclosureCloud.Ledger;
using DisclosureCloud.Testing;

namespace DisclosureCloud.Functions.Tests.Http;

/// <summary>A ledger that was restored from an old copy takes nothing: what it took would stand where archive and log have something else.</summary>
public sealed class LedgerBehindTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();
    private readonly AlarmLog _raised = new();

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    public void Dispose() => _folder.Dispose();

    [Fact]
    public async Task Post_OverALedgerThatLacksWhatTheSiteShows_Is503UntilItHasIt()
    {
        string status = Path.Combine(RunningApp.DeploymentOf(_folder.Path).SiteFolder, "status.json");
        Directory.CreateDirectory(Path.GetDirectoryName(status)!);
        await File.WriteAllTextAsync(status, $$"""{"publication":"{{EntryId.Of(PostingId.Of(SampleWorld.Department, "lost"), 1)}}"}""", Cancel);
        await using var app = new RunningApp { KeepIn = _folder.Path };
        await app.InitializeAsync();
        var office = new Office(app);
        string key = Office.NewKey();

        Answer refused = (await office.PostAsync(Office.Fund("fund-one"), key)).ShouldBeProblem(503, "ledger-behind");
        refused.RetryAfter.ShouldBe("300");
        (await office.PostAsync(Office.Fund("fund-one"), key)).ShouldBeProblem(503, "ledger-behind");
        (await app.CountAsync()).Commits.ShouldBe(0);
        app.Diagnostics.Split("ALARM ledger-behind").Length.ShouldBe(2, "it is told once");
        app.Diagnostics.ShouldNotContain("unhandled exception");

        File.Delete(status);
        (await office.PostAsync(Office.Fund("fund-one"), key)).ShouldBe(201);
    }

    [Fact]
    public async Task Append_ToALedgerThatWasSetBack_IsRefused()
    {
        using PublishWorld world = await PublishWorld.OpenAsync();
        await world.PublishAsync();
        Commit next = TestCommits.Of(TestCommits.Fund("next"), 0, entries: 1);
        var copy = new MemoryLedgerStore();
        await using (IAsyncEnumerator<CommitAt> all = world.Desks.Ledger.ReadAllAsync(Cursor.Start, Cancel).GetAsyncEnumerator(Cancel))
        {
            while (await all.MoveNextAsync() && all.Current.Commit.Stream != StreamName.Site)
            {
                await copy.AppendAsync(all.Current.Commit, Cancel);
            }
        }

        await Should.ThrowAsync<LedgerBehindException>(() => Open(copy).AppendAsync(next, Cancel));
        (await copy.ReadLastAsync(next.Stream, Cancel)).ShouldBeNull();
        _raised.Lines.ShouldHaveSingleItem().ShouldContain("ledger-behind");
        (await Open(world.Desks.Ledger).AppendAsync(next, Cancel)).ShouldBe(AppendOutcome.Appended);

        CurrentLedger Open(ILedgerStore ledger) => new(ledger, world.Site, new Alarms(_raised));
    }

    [Theory]
    [InlineData(null)]
    [InlineData("")]
    [InlineData("[]")]
    [InlineData("""{"publication":7}""")]
    [InlineData("""{"publication":"nobody"}""")]
    public async Task Append_WhereTheSiteShowsNoPublication_IsDone(string? status)
    {
        var site = new MemorySiteFiles();
        if (status is not null)
        {
            await site.RecoverAsync(Cancel);
            await site.StageAsync("status.json", System.Text.Encoding.UTF8.GetBytes(status), Cancel);
            await site.ApplyAsync(["status.json"], [], Cancel);
        }

        (await new CurrentLedger(new MemoryLedgerStore(), site, new Alarms(_raised)).AppendAsync(TestCommits.Of(TestCommits.Fund("one"), 0, entries: 1), Cancel)).ShouldBe(AppendOutcome.Appended);
        _raised.Lines.ShouldBeEmpty();
    }
}
