using System.Text;
using DisclosureCloud.Functions.Hosting.Following;
using DisclosureCloud.Functions.Hosting.Log;
using DisclosureCloud.Functions.Hosting.Rebuilding;
using DisclosureCloud.Ledger;
using DisclosureCloud.Testing;

namespace DisclosureCloud.Functions.Tests.Rebuilding;

/// <summary>Where archive, log and ledger do not fit together, it is said what was found, and nothing is written.</summary>
public sealed class RebuildRefusalTests : IAsyncLifetime
{
    private RebuildWorld _world = null!;

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    public async ValueTask InitializeAsync() => _world = await RebuildWorld.OpenAsync();

    public ValueTask DisposeAsync()
    {
        _world.Dispose();
        return ValueTask.CompletedTask;
    }

    [Fact]
    public async Task EachFileMissing_IsFoundWhereAnythingElseTellsOfIt()
    {
        var unseen = new List<Commit>();
        foreach (Commit commit in _world.Original)
        {
            string path = Archiver.PathOf(commit);
            byte[] bytes = _world.Archive.Files[path];
            _world.Archive.Lose(path);
            try
            {
                var ledger = new MemoryLedgerStore();
                await _world.RebuildAsync(ledger);
                unseen.Add(commit);
            }
            catch (RebuildRefusedException refused)
            {
                refused.Lines.ShouldNotBeEmpty();
            }

            _world.Archive.Files[path] = bytes;
        }

        // The last that was said of a posting, where nothing came of it that is kept elsewhere: who finishes postings says it again, or a person does.
        unseen.ShouldAllBe(commit => commit.Stream.Posting != null && commit.Entries.Length == 0);
        unseen.ShouldAllBe(commit => commit.Version == _world.Original.Where(other => other.Stream == commit.Stream).Max(other => other.Version));
        unseen.ShouldAllBe(commit => commit.Id == "settled" || !_world.Original.Any(other => other.Stream.HoldsFacts && commit.Stream.Value == $"posting/{other.Id}"));
    }

    [Fact]
    public async Task FileMissing_OfAnEntry_NamesTheLeaf()
    {
        Commit last = _world.Original.Last(commit => commit.Stream == StreamName.Site);
        _world.Archive.Lose(Archiver.PathOf(last));
        await ShouldRefuseAsync($"1 of the {_world.World.Sequencer.Known.Size} leaves of the log are in no archived commit");
    }

    [Fact]
    public async Task FileMissing_InTheMiddle_NamesTheGap()
    {
        _world.Archive.Lose(Archiver.PathOf(Fund(1)));
        await ShouldRefuseAsync("fund/f-one lacks 1 commits before 2, from 1 on");
    }

    [Fact]
    public async Task FileAltered_NamesIt()
    {
        _world.Archive.Alter(Archiver.PathOf(Fund(1)), bytes => bytes[^1] ^= 1);
        await ShouldRefuseAsync($"{Archiver.PathOf(Fund(1))} was altered");
    }

    [Fact]
    public async Task FileRenamed_NamesWhatItHolds()
    {
        string path = Archiver.PathOf(Fund(1));
        string other = path.Replace("/f-one/", "/f-two/", StringComparison.Ordinal).Replace("/0000000001-", "/0000000000-", StringComparison.Ordinal);
        _world.Archive.Files[other] = _world.Archive.Files[path];
        await ShouldRefuseAsync($"{other} holds commit 1 of fund/f-one");
    }

    [Theory]
    [InlineData("commits/readme.txt")]
    [InlineData("commits/fund/f-one/99.json")]
    public async Task FileThatIsNoCommit_IsNamedAndMayBeLeftOut(string path)
    {
        _world.Archive.Files[path] = [1];
        await ShouldRefuseAsync($"{path} is no file that the archiver writes");
        (await _world.RebuildAsync(new MemoryLedgerStore(), dryRun: false, path)).StateHash.Value.ShouldBe(_world.StateHash);
    }

    [Theory]
    [InlineData("[]")]
    [InlineData("{}")]
    [InlineData("""{"commit":"x","entries":[{}],"recordedAt":"2026-03-02T12:00:00.000Z","state":{},"stream":"fund/f-nine","version":0}""")]
    [InlineData("""{"commit":"x","entries":[],"recordedAt":"2026-03-02T12:00:00.000Z","state":{},"stream":"fund/f-nine","version":0.5}""")]
    [InlineData("""{ "commit":"x","entries":[],"recordedAt":"2026-03-02T12:00:00.000Z","state":{},"stream":"fund/f-nine","version":0}""")]
    public async Task FileOfTheRightHash_ThatTheLedgerNeverWrote_IsNamed(string text)
    {
        byte[] bytes = Encoding.UTF8.GetBytes(text);
        string path = $"commits/fund/f-nine/0000000000-{Sha256Hex.Of(bytes).Value[..32]}.json";
        _world.Archive.Files[path] = bytes;
        await ShouldRefuseAsync($"{path} holds ");
    }

    [Fact]
    public async Task PostingWithoutAState_IsNamed()
    {
        string posting = $"posting/{PostingId.Of(Id.Parse<DepartmentId>("finance"), "forged").Value}";
        byte[] bytes = Encoding.UTF8.GetBytes($$"""{"commit":"x","entries":[],"recordedAt":"2026-03-02T12:00:00.000Z","state":{},"stream":"{{posting}}","version":0}""");
        string path = $"commits/{posting}/0000000000-{Sha256Hex.Of(bytes).Value[..32]}.json";
        _world.Archive.Files[path] = bytes;
        await ShouldRefuseAsync($"{path} holds no commit");
    }

    [Fact]
    public async Task TwoFilesOfOneCommit_AreNamedAndTheWrongOneCannotBeKept()
    {
        Commit good = Fund(1);
        string forged = Put(good with { RecordedAt = good.RecordedAt.AddSeconds(1), Entries = [Leaf.Of(Altered(good.Entries[0]))] });
        await ShouldRefuseAsync("commit 1 of fund/f-one is there twice");
        await ShouldRefuseAsync("of the log are in no archived commit", Archiver.PathOf(good));
        (await _world.RebuildAsync(new MemoryLedgerStore(), dryRun: false, forged)).StateHash.Value.ShouldBe(_world.StateHash);
        await ShouldRefuseAsync("commits/nothing.json is to be left out, and is not there", forged, "commits/nothing.json");
    }

    [Fact]
    public async Task EntryInTwoCommits_IsNamed()
    {
        Commit good = Fund(0);
        Put(good with { Stream = StreamName.Of(Id.Parse<FundId>("f-nine")), Version = 0, Id = "copy" });
        await ShouldRefuseAsync("and of another commit");
    }

    [Fact]
    public async Task CommitBeforeALoggedOne_ThatIsInNoLeaf_IsNamed()
    {
        Commit good = Fund(1);
        _world.Archive.Lose(Archiver.PathOf(good));
        Put(good with { Entries = [Leaf.Of(Altered(good.Entries[0]))] });
        await ShouldRefuseAsync("which is not in it");
    }

    [Fact]
    public async Task CommitThatTheLedgerHasOtherwise_IsNamedAndTheLedgerStays()
    {
        int at = _world.Original.FindIndex(commit => commit.Stream == Fund(1).Stream && commit.Version == 1);
        MemoryLedgerStore ledger = await _world.CopyAsync(at);
        await ledger.AppendAsync(Fund(1) with { RecordedAt = Fund(1).RecordedAt.AddSeconds(1) }, Cancel);
        RebuildRefusedException refused = await Should.ThrowAsync<RebuildRefusedException>(() => _world.RebuildAsync(ledger));
        refused.Lines.ShouldHaveSingleItem().ShouldStartWith("commit 1 of fund/f-one is another in the ledger than in the archive");
        (await RebuildWorld.CommitsOf(ledger)).Count.ShouldBe(at + 1);
    }

    [Fact]
    public async Task CommitThatSomebodyWritesMeanwhile_IsARefusalAndNotTakenForOurs()
    {
        Commit other = Fund(0) with { RecordedAt = Fund(0).RecordedAt.AddSeconds(1) };
        var ledger = new MemoryLedgerStore();
        ledger.BeforeAppend = commit =>
        {
            if (commit.Stream == other.Stream)
            {
                ledger.BeforeAppend = null;
                ledger.AppendAsync(other, Cancel).GetAwaiter().GetResult().ShouldBe(AppendOutcome.Appended);
            }
        };
        RebuildRefusedException refused = await Should.ThrowAsync<RebuildRefusedException>(() => _world.RebuildAsync(ledger));
        refused.Message.ShouldContain("commit 0 of fund/f-one was written by somebody else meanwhile");
    }

    [Fact]
    public async Task LogThatIsNotWhatItsCheckpointSays_Refuses()
    {
        string bundle = _world.World.Log.Keys.Single(path => path.StartsWith("tile/entries/", StringComparison.Ordinal));
        byte[] good = _world.World.Log[bundle];
        _world.World.Log[bundle] = [.. good[..^1], (byte)(good[^1] ^ 1)];
        await Should.ThrowAsync<LogRefusedException>(() => _world.RebuildAsync(Untouched()));
        _world.World.Log.Remove(bundle);
        await Should.ThrowAsync<LogRefusedException>(() => _world.RebuildAsync(Untouched()));
        _world.World.Log[bundle] = good;

        Cell row = (await _world.World.LogCells.GetAsync(LogHome.First.Row, Cancel))!;
        byte[] note = row.Value.ToArray();
        note[^3] ^= 1;
        CellTag tag = (await _world.World.LogCells.ReplaceAsync(LogHome.First.Row, note, row.Tag, Cancel))!.Value;
        await Should.ThrowAsync<LogRefusedException>(() => _world.RebuildAsync(Untouched()));
        await _world.World.LogCells.DeleteAsync(LogHome.First.Row, tag, Cancel);
        (await Should.ThrowAsync<LogRefusedException>(() => _world.RebuildAsync(Untouched()))).Message.ShouldContain("lock row is gone");
    }

    [Fact]
    public async Task LockRowBehindThePublicCheckpoint_Refuses()
    {
        Cell row = (await _world.World.LogCells.GetAsync(LogHome.First.Row, Cancel))!;
        SignedCheckpoint small = _world.World.Signer.Sign(Transparency.TreeHead.Empty);
        await _world.World.LogCells.ReplaceAsync(LogHome.First.Row, small.Note.ToBytes(), row.Tag, Cancel);
        _world.World.Log.Clear();
        (await Should.ThrowAsync<LogRefusedException>(() => _world.RebuildAsync(Untouched()))).Message.ShouldContain("set back");
    }

    private static MemoryLedgerStore Untouched() => new() { BeforeAppend = _ => throw new InvalidOperationException("Nothing is written where something does not fit.") };

    private static System.Text.Json.Nodes.JsonObject Altered(Leaf leaf)
    {
        System.Text.Json.Nodes.JsonObject json = leaf.Json;
        json["department"] = "somebody-else";
        return json;
    }

    private Commit Fund(long version) => _world.Original.Single(commit => commit.Stream.Value == "fund/f-one" && commit.Version == version);

    private string Put(Commit commit)
    {
        _world.Archive.Files[Archiver.PathOf(commit)] = commit.ToBytes();
        return Archiver.PathOf(commit);
    }

    private async Task ShouldRefuseAsync(string line, params string[] without)
    {
        RebuildRefusedException refused = await Should.ThrowAsync<RebuildRefusedException>(() => _world.RebuildAsync(Untouched(), dryRun: false, without));
        refused.Lines.ShouldContain(said => said.Contains(line, StringComparison.Ordinal), refused.Message);
    }
}
