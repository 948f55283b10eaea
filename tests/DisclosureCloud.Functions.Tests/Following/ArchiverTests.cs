using System.Text.Json;
using System.Text.Json.Nodes;
using DisclosureCloud.Functions.Hosting.Following;
using DisclosureCloud.Functions.Tests.Postings;
using DisclosureCloud.Functions.Tests.Publishing;
using DisclosureCloud.Functions.Tests.Running;
using DisclosureCloud.Ledger;

namespace DisclosureCloud.Functions.Tests.Following;

/// <summary>The archive follows the ledger: every commit once, before the site shows it, and whatever else lies there is told.</summary>
public sealed class ArchiverTests : IAsyncLifetime
{
    private PublishWorld _world = null!;

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    public async ValueTask InitializeAsync() => _world = await PublishWorld.OpenAsync();

    public ValueTask DisposeAsync()
    {
        _world.Dispose();
        return ValueTask.CompletedTask;
    }

    [Fact]
    public async Task Follow_PutsEveryCommitByteForByteAndOnce()
    {
        int count = await _world.Archiver.FollowAsync(Cancel);
        count.ShouldBe((await _world.Desks.CommitsAsync()).Count);
        await ShouldHoldTheLedgerAsync();
        (await _world.Archiver.FollowAsync(Cancel)).ShouldBe(0);

        await _world.Desks.RecordAsync(Office.Fund("f-later"), "later");
        (await _world.Archiver.FollowAsync(Cancel)).ShouldBe(4, "proposed, approved, recorded, settled");
        await ShouldHoldTheLedgerAsync();

        // The next process goes on where this one ended.
        _world.Start();
        (await _world.Archiver.FollowAsync(Cancel)).ShouldBe(0);
    }

    [Fact]
    public async Task Archive_HoldsNoValueThatCouldBeForgotten()
    {
        JsonObject fund = Office.Fund("f-values");
        fund["name"] = "只在值里的名称";
        await _world.Desks.RecordAsync(fund, "values");
        await _world.Archiver.FollowAsync(Cancel);
        await foreach (string path in _world.Archive.ListAsync("", Cancel))
        {
            System.Text.Encoding.UTF8.GetString((await _world.Archive.ReadAsync(path, Cancel))!).ShouldNotContain("只在值里的名称");
        }
    }

    [Fact]
    public async Task Publish_ShowsNothingThatIsNotInTheArchive()
    {
        // At the moment at which the site changes, all that it will show is archived.
        _world.Site.BeforeChange = _ => Missing().ShouldBeEmpty();
        await _world.Followers.FollowAsync(Cancel);
        _world.Site.Changes.ShouldBeGreaterThan(0);

        string[] Missing() =>
        [
            .. _world.Desks.CommitsAsync().GetAwaiter().GetResult().Where(commit => commit.Stream.HoldsFacts)
                .Select(Archiver.PathOf).Where(path => !File.Exists(Path.Combine(_world.ArchiveFolder, path))),
        ];
    }

    [Theory]
    [InlineData("fund/f-")]
    [InlineData("fund/0-------------------------------------------------------------------------------")]
    [InlineData("posting/aaaaaaaaaaaaaaaaaaaaaaaaaa")]
    [InlineData("site/main")]
    public async Task Stream_OfAnyName_HasItsPlace(string stream)
    {
        var commit = new Commit(Id.Parse<StreamName>(stream), 9_999_999_999, "c", _world.Desks.Clock.GetUtcNow(), [], []);
        (await _world.Archive.PutAsync(Archiver.PathOf(commit), commit.ToBytes(), Cancel)).ShouldBe(PutOutcome.Put);
    }

    [Fact]
    public async Task FileOfAVersionToCome_TakesNobodysPlace()
    {
        await _world.Archive.PutAsync("commits/fund/n-one/0000000001-abcdefabcdefabcdefabcdefabcdefab.json", "{}"u8.ToArray(), Cancel);
        await _world.Desks.RecordAsync(Office.Appropriation("n-one", 1), "next");
        await _world.Followers.FollowAsync(Cancel);
        (await _world.LastAsync()).ShouldNotBeNull();
        (await AuditAsync()).ShouldBe((0, 1));
        _world.Raised.Lines.ShouldHaveSingleItem().ShouldContain("foreign-blob");
    }

    [Fact]
    public async Task SomethingElseInACommitsPlace_StopsThePublishAndRaisesAnAlarm()
    {
        Commit commit = (await _world.Desks.CommitsAsync())[^1];
        await _world.Archive.PutAsync(Archiver.PathOf(commit), "{}"u8.ToArray(), Cancel);
        await Should.ThrowAsync<ArchiveException>(() => _world.Followers.FollowAsync(Cancel));
        _world.Raised.Lines.ShouldHaveSingleItem().ShouldContain("foreign-blob");
        _world.Site.Changes.ShouldBe(0);
        (await _world.PublicationsAsync()).ShouldBe(0);
    }

    [Theory]
    [InlineData("before")]
    [InlineData("after")]
    public async Task CrashWhileTheBookmarkIsMoved_LosesNothing(string when)
    {
        _world.Cells.Before = when == "before" ? (request, _) => Crash(request) : null;
        _world.Cells.After = when == "after" ? (request, _) => Crash(request) : null;
        await Should.ThrowAsync<CrashException>(() => _world.Archiver.FollowAsync(Cancel));
        (_world.Cells.Before, _world.Cells.After) = (null, null);
        await _world.Desks.RecordAsync(Office.Fund("f-crash"), "crash");
        await _world.Archiver.FollowAsync(Cancel); // The same process, which does not know what became of its write.
        await ShouldHoldTheLedgerAsync();
        _world.Start();
        await _world.Archiver.FollowAsync(Cancel);
        await ShouldHoldTheLedgerAsync();

        static Task Crash(Testing.CellRequest request) => request == Testing.CellRequest.Get ? Task.CompletedTask : Task.FromException(new CrashException());
    }

    [Fact]
    public async Task TwoProcesses_FollowingAtOnce_HoldTheLedgerAndLoseNothing()
    {
        using var other = new Archiver(_world.Desks.Ledger, _world.Archive, _world.Cells.Open(), _world.Alarms);
        for (int round = 0; round < 20; round++)
        {
            await _world.Desks.RecordAsync(Office.Fund($"f-two-{round}"), $"two-{round}");
            await Task.WhenAll(Task.Run(() => _world.Archiver.FollowAsync(Cancel), Cancel), Task.Run(() => other.FollowAsync(Cancel), Cancel));
        }

        await ShouldHoldTheLedgerAsync();
        _world.Raised.Lines.ShouldBeEmpty();
    }

    [Fact]
    public async Task Check_PutsBackWhatWasTakenOutAndTellsWhatIsNotOurs()
    {
        (await AuditAsync()).ShouldBe((0, 0));
        _world.Raised.Lines.ShouldBeEmpty();

        string taken = Path.Combine(_world.ArchiveFolder, Archiver.PathOf((await _world.Desks.CommitsAsync())[2]));
        File.Delete(taken);
        await _world.Archive.PutAsync("commits/fund/nobodys/0000000000.json", "{}"u8.ToArray(), Cancel);
        await _world.Archive.PutAsync("readme.txt", "x"u8.ToArray(), Cancel);
        string altered = Archiver.PathOf((await _world.Desks.CommitsAsync())[1]);
        await File.WriteAllBytesAsync(Path.Combine(_world.ArchiveFolder, altered), [.. (await _world.Archive.ReadAsync(altered, Cancel))!, (byte)' '], Cancel);
        (await AuditAsync()).ShouldBe((1, 3));
        _world.Raised.Lines.Count.ShouldBe(2);
        _world.Raised.Lines[0].ShouldContain("missing-from-archive");
        _world.Raised.Lines[0].ShouldContain($"1, the first {Archiver.PathOf((await _world.Desks.CommitsAsync())[2])}.");
        _world.Raised.Lines[1].ShouldContain("foreign-blob");
        _world.Raised.Lines[1].ShouldContain($"3, the first {new[] { altered, "commits/fund/nobodys/0000000000.json" }.Min(StringComparer.Ordinal)}.");
        (await File.ReadAllBytesAsync(taken, Cancel)).ShouldBe((await _world.Desks.CommitsAsync())[2].ToBytes());
    }

    [Fact]
    public async Task Check_BesidePostings_TellsNothing()
    {
        using var done = new CancellationTokenSource();
        Task posting = Task.Run(
            async () =>
            {
                for (int i = 0; i < 30; i++)
                {
                    await _world.Desks.RecordAsync(Office.Fund($"f-beside-{i}"), $"beside-{i}");
                }

                await done.CancelAsync();
            },
            Cancel);
        while (!done.IsCancellationRequested)
        {
            (await AuditAsync()).ShouldBe((0, 0));
        }

        await posting;
    }

    [Theory]
    [InlineData("type", "Microsoft.Storage.BlobCreated", true)]
    [InlineData("eventType", "Microsoft.Storage.BlobCreated", true)]
    [InlineData("type", "Microsoft.Storage.BlobDeleted", false)]
    [InlineData("type", "Microsoft.Storage.BlobTierChanged", false)]
    public async Task Event_OfABlobOfOurs_IsFineWhereItWasCreated(string name, string type, bool isFine)
    {
        await _world.Archiver.FollowAsync(Cancel);
        string path = Archiver.PathOf((await _world.Desks.CommitsAsync())[0]);
        (await LookAsync(new JsonObject { [name] = type, ["subject"] = $"/blobServices/default/containers/archive/blobs/{path}" })).ShouldBe(isFine ? "ours" : "changed");
        _world.Raised.Lines.Count.ShouldBe(isFine ? 0 : 1);
    }

    [Theory]
    [InlineData("commits/fund/nobodys/0000000000-abcdefabcdefabcdefabcdefabcdefab.json", "commits/fund/nobodys/0000000000-abcdef")]
    [InlineData("commits/fund/n-one/0000000000-abcdefabcdefabcdefabcdefabcdefab.json", "commits/fund/n-one/0000000000-abcdef")]
    [InlineData("commits/fund/n-one/0.json", "commits/fund/n-one/0.json")]
    [InlineData("x/110101199003074258.json", "not repeated here")]
    [InlineData("张三.json", "not repeated here")]
    public async Task Event_OfABlobThatWeDidNotWrite_IsAnAlarm(string path, string told)
    {
        await _world.Archiver.FollowAsync(Cancel);
        (await LookAsync(new JsonObject { ["type"] = "Microsoft.Storage.BlobCreated", ["subject"] = $"/blobServices/default/containers/archive/blobs/{path}" })).ShouldBe("foreign");
        _world.Raised.Lines.ShouldHaveSingleItem().ShouldContain(told);
        _world.Raised.Lines[0].ShouldNotContain("110101199003074258");
    }

    [Fact]
    public async Task Event_OfOurBlobWithOtherBytes_IsAnAlarm()
    {
        string path = Archiver.PathOf((await _world.Desks.CommitsAsync())[0]);
        await _world.Archive.PutAsync(path, "{}"u8.ToArray(), Cancel);
        (await LookAsync(new JsonObject { ["type"] = "Microsoft.Storage.BlobCreated", ["subject"] = $"/blobServices/default/containers/archive/blobs/{path}" })).ShouldBe("foreign");
        _world.Raised.Lines.ShouldHaveSingleItem();
    }

    [Theory]
    [InlineData("{}")]
    [InlineData("""{"type":7,"subject":"/blobs/x"}""")]
    [InlineData("""{"type":"Microsoft.Storage.BlobCreated","subject":"elsewhere"}""")]
    public async Task Event_ThatCannotBeRead_IsAnAlarm(string told)
    {
        (await LookAsync(JsonNode.Parse(told)!)).ShouldBe("unreadable");
        _world.Raised.Lines.ShouldHaveSingleItem();
    }

    private async Task<(int Missing, int Foreign)> AuditAsync()
    {
        ArchiveFindings found = await _world.Audit.CheckAsync(_world.Sequencer.IsSegmentAsync, Cancel);
        return (found.Missing.Count, found.Foreign.Count);
    }

    private Task<string> LookAsync(JsonNode told) => new ArchiveWatch(_world.Archiver, _world.Sequencer, _world.Alarms).LookAsync(JsonElement.Parse(told.ToJsonString()), Cancel);

    private async Task ShouldHoldTheLedgerAsync()
    {
        var files = new SortedDictionary<string, byte[]>(StringComparer.Ordinal);
        await foreach (string path in _world.Archive.ListAsync("", Cancel))
        {
            files[path] = (await _world.Archive.ReadAsync(path, Cancel))!;
        }

        List<Commit> commits = await _world.Desks.CommitsAsync();
        files.Keys.ShouldBe(commits.Select(Archiver.PathOf).Order(StringComparer.Ordinal));
        commits.ShouldAllBe(commit => files[Archiver.PathOf(commit)].SequenceEqual(commit.ToBytes()));
    }
}
