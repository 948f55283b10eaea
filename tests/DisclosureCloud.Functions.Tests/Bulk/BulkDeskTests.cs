using System.Globalization;
using System.Text;
using System.Text.Json.Nodes;
using DisclosureCloud.Functions.Hosting.Bulk;
using DisclosureCloud.Functions.Tests.Postings;
using DisclosureCloud.Functions.Tests.Running;
using DisclosureCloud.Ledger;
using DisclosureCloud.Testing;

namespace DisclosureCloud.Functions.Tests.Bulk;

/// <summary>Files of many postings over stores that fail: whatever dies, doing the file again ends in the same ledger.</summary>
public sealed class BulkDeskTests
{
    private static readonly BulkFormat Lines = new(BulkForm.Ndjson);

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    [Fact]
    public async Task File_DoneAgainAfterACrashAtAnyWrite_IsStoredOnce()
    {
        int crashes = 0;
        for (int at = 0; ; at++)
        {
            foreach (bool done in new[] { false, true })
            {
                var world = new BulkWorld();
                BulkId id = await world.TakeAsync(File("a", "b", "c"), "crash");
                int writes = 0;
                world.Desks.Ledger.BeforeAppend = _ => Die(!done && writes++ == at);
                world.Desks.Ledger.AfterAppend = _ => Die(done && writes++ == at);
                bool crashed = false;
                try
                {
                    await world.Desk.DoAsync(id.Value, Cancel);
                }
                catch (CrashException)
                {
                    (crashed, crashes) = (true, crashes + 1);
                    (world.Desks.Ledger.BeforeAppend, world.Desks.Ledger.AfterAppend) = (null, null);
                    await world.Desk.DoAsync(id.Value, Cancel);
                }

                BulkStatusIn(await world.AnswerAsync(id)).ShouldBe("stored");
                (await world.Desks.CommitsAsync()).Count.ShouldBe(3, string.Create(CultureInfo.InvariantCulture, $"write {at}, done {done}: one proposed posting a fund"));
                if (!crashed)
                {
                    crashes.ShouldBe(6, "each of three writes, not done and done");
                    return;
                }
            }
        }
    }

    [Fact]
    public async Task File_WhoseSecondFundChangedBetweenACrashAndTheNextTime_TellsWhatIsStored()
    {
        var world = new BulkWorld();
        BulkId id = await world.TakeAsync(File("a", "b"), "told");
        int writes = 0;
        world.Desks.Ledger.BeforeAppend = _ => Die(writes++ == 1);
        await Should.ThrowAsync<CrashException>(() => world.Desk.DoAsync(id.Value, Cancel));
        world.Desks.Ledger.BeforeAppend = null;
        (await world.Desks.RecordAsync(Office.Fund("fund-b"), "first")).State.ShouldBe(PostingState.Effective);

        // Whoever reads 'refused' sends it all again, and the first fund's money would be there twice.
        await world.Desk.DoAsync(id.Value, Cancel);
        JsonNode answer = JsonNode.Parse(await world.AnswerAsync(id))!;
        answer["state"]!.GetValue<string>().ShouldBe("partly-stored");
        answer["postings"]!.AsArray().Select(one => one!["fund"]!.GetValue<string>()).ShouldBe(["fund-a"]);
        answer["findings"]!.AsArray().Select(one => one!["code"]!.GetValue<string>()).ShouldBe(["fund-exists"]);
    }

    [Fact]
    public async Task File_ThatTakesTooLong_GoesOnLaterAndIsStoredOnce()
    {
        var world = new BulkWorld();
        BulkId id = await world.TakeAsync(File("a", "b", "c"), "long");
        world.Desks.Ledger.AfterAppend = _ => world.Desks.Clock.Advance(BulkDesk.TurnMax);
        (await world.Desk.DoAsync(id.Value, Cancel)).ShouldBe($"{id} goes on later");
        (await world.Work.CountAsync(Cancel)).ShouldBe(2);
        (await world.Desks.CommitsAsync()).Count.ShouldBe(1);
        world.Desks.Ledger.AfterAppend = null;
        await world.Desk.DoAsync(id.Value, Cancel);
        BulkStatusIn(await world.AnswerAsync(id)).ShouldBe("stored");
        (await world.Desks.CommitsAsync()).Count.ShouldBe(3);
    }

    [Fact]
    public async Task File_ThatAMessageOfTheQueueWasRefusedUnder_TellsWhyItWas()
    {
        // Nobody sends such a key by chance: it has a space. What was refused under it is told, and nothing is stuck.
        var world = new BulkWorld();
        BulkId id = await world.TakeAsync(Encoding.UTF8.GetBytes(Office.Fund("fund-a").ToJsonString()), "refused");
        var posting = PostingId.Of(DeskWorld.Poster.Department, $"bulk {id} fund/fund-a");
        await world.Desks.Desk.TurnAwayAsync(posting, DeskWorld.Poster, DeskWorld.DraftOf(Office.Fund("fund-a")), [new Finding("/posting/fund", "no-good", "As it was said then.")], Cancel);
        await world.Desk.DoAsync(id.Value, Cancel);
        JsonNode.Parse(await world.AnswerAsync(id))!["findings"]![0]!["code"]!.GetValue<string>().ShouldBe("no-good");
    }

    [Fact]
    public async Task File_WhoseAnswerWasNotKept_IsDoneAgainAndStoresNothing()
    {
        var world = new BulkWorld();
        BulkId id = await world.TakeAsync(File("a"), "answer");
        world.Files.BeforeWrite = path => Die(path.EndsWith("answer.json", StringComparison.Ordinal));
        await Should.ThrowAsync<CrashException>(() => world.Desk.DoAsync(id.Value, Cancel));
        world.Files.BeforeWrite = null;
        (await world.Desks.CommitsAsync()).Count.ShouldBe(1);

        await world.Desk.DoAsync(id.Value, Cancel);
        (await world.Desks.CommitsAsync()).Count.ShouldBe(1);
        BulkStatusIn(await world.AnswerAsync(id)).ShouldBe("stored");
        (await world.Desk.DoAsync(id.Value, Cancel)).ShouldBe("nothing to do");
    }

    [Fact]
    public async Task File_WhoseSenderDiedBeforeItWasQueued_IsQueuedWhenItIsSentAgain()
    {
        var world = new BulkWorld();
        world.Work.BeforeSend = () => throw new CrashException();
        await Should.ThrowAsync<CrashException>(() => world.TakeAsync(File("a"), "unqueued"));
        world.Work.BeforeSend = null;
        (await world.Work.CountAsync(Cancel)).ShouldBe(0);

        await world.TakeAsync(File("a"), "unqueued");
        (await world.Work.CountAsync(Cancel)).ShouldBe(1);
    }

    [Fact]
    public async Task File_WhoseFundChangedInBetween_IsStoredInPart()
    {
        var world = new BulkWorld();
        BulkId id = await world.TakeAsync(File("a", "b"), "race");
        int appends = 0;
        world.Desks.Ledger.AfterAppend = commit =>
        {
            if (appends++ == 0)
            {
                // Somebody else opens the second fund, once the first is stored.
                world.Desks.Ledger.AfterAppend = null;
                world.Desks.RecordAsync(Office.Fund("fund-b"), "first").GetAwaiter().GetResult().State.ShouldBe(PostingState.Effective);
            }
        };
        await world.Desk.DoAsync(id.Value, Cancel);

        JsonNode answer = JsonNode.Parse(await world.AnswerAsync(id))!;
        answer["state"]!.GetValue<string>().ShouldBe("partly-stored");
        answer["postings"]!.AsArray().Select(one => one!["fund"]!.GetValue<string>()).ShouldBe(["fund-a"]);
        answer["findings"]!.AsArray().Select(one => (one!["row"]!.GetValue<int>(), one["code"]!.GetValue<string>())).ShouldBe([(3, "fund-exists")]);
    }

    [Fact]
    public async Task Shelf_AMonthLater_HasForgottenAllAndTheKeyStandsForWhatWasStored()
    {
        var world = new BulkWorld();
        BulkId id = await world.TakeAsync(File("a"), "month");
        await world.Desk.DoAsync(id.Value, Cancel);
        BulkId undone = await world.TakeAsync(File("b"), "undone");
        world.Desks.Clock.Advance(BulkShelf.KeptMax - TimeSpan.FromMinutes(1));
        (await world.Shelf.SweepAsync(Cancel)).ShouldBe(0);

        world.Desks.Clock.Advance(TimeSpan.FromMinutes(2));
        BulkId young = await world.TakeAsync(File("c"), "young");
        (await world.Shelf.SweepAsync(Cancel)).ShouldBe(4);
        (await world.Shelf.FindAsync(id, Cancel)).ShouldBeNull();
        (await world.Shelf.FindAsync(undone, Cancel)).ShouldBeNull();
        (await world.Shelf.FindAsync(young, Cancel)).ShouldNotBeNull();
        (await world.Desk.DoAsync(undone.Value, Cancel)).ShouldBe("nothing to do");

        // The same file under the same key is the same postings; another one is told that the key is taken.
        await world.TakeAsync(File("a"), "month");
        await world.Desk.DoAsync(id.Value, Cancel);
        BulkStatusIn(await world.AnswerAsync(id)).ShouldBe("stored");
        (await world.Desks.CommitsAsync()).Count.ShouldBe(1);
        world.Desks.Clock.Advance(BulkShelf.KeptMax + TimeSpan.FromMinutes(1));
        await world.Shelf.SweepAsync(Cancel);
        await world.TakeAsync(File("a", years: 2021), "month");
        await world.Desk.DoAsync(id.Value, Cancel);
        JsonNode.Parse(await world.AnswerAsync(id))!["findings"]![0]!["code"]!.GetValue<string>().ShouldBe("key-reused");
    }

    [Fact]
    public async Task Shelf_WithAFileWhoseSenderDied_ForgetsItInTime()
    {
        var world = new BulkWorld();
        world.Files.BeforeWrite = path => Die(path.EndsWith("request.json", StringComparison.Ordinal));
        await Should.ThrowAsync<CrashException>(() => world.TakeAsync(File("a"), "dead"));
        world.Files.BeforeWrite = null;
        (await world.Shelf.SweepAsync(Cancel)).ShouldBe(0);
        world.Desks.Clock.Advance(BulkShelf.KeptMax + TimeSpan.FromMinutes(1));
        (await world.Shelf.SweepAsync(Cancel)).ShouldBe(1);
    }

    [Fact]
    public async Task Shelf_WithAnAnswerThatCameAfterAllElseWasForgotten_ForgetsIt()
    {
        var world = new BulkWorld();
        await world.Files.PutAsync($"aa/{new string('a', 26)}/answer.json", "{}"u8.ToArray(), Cancel);
        (await world.Shelf.SweepAsync(Cancel)).ShouldBe(1);
    }

    [Fact]
    public async Task Rows_OfOneFundThatSayMoreThanADocumentHolds_AreRefused()
    {
        var world = new BulkWorld();
        string rows = string.Join('\n', Enumerable.Range(1, 700).Select(number =>
        {
            JsonObject project = Office.Project("wide");
            project["project"] = $"wide-p{number}";
            project["targets"] = new JsonArray([.. Enumerable.Range(0, 20).Select(_ => (JsonNode)Office.Target())]);
            return project.ToJsonString();
        }));
        BulkId id = await world.TakeAsync(Encoding.UTF8.GetBytes(rows), "wide");
        await world.Desk.DoAsync(id.Value, Cancel);
        JsonNode first = JsonNode.Parse(await world.AnswerAsync(id))!["findings"]!.AsArray().First(one => one!["code"]!.GetValue<string>() == "too-many-of-one")!;
        first["row"]!.GetValue<int>().ShouldBeInRange(300, 600);
    }

    [Fact]
    public async Task Rows_OfOneFundBeyondWhatACommitHolds_AreRefused()
    {
        var world = new BulkWorld();
        string rows = string.Join('\n', Enumerable.Range(1, Batch.CountMax).Select(yuan => Office.Appropriation("many", yuan).ToJsonString()));
        BulkId id = await world.TakeAsync(Encoding.UTF8.GetBytes($"{Office.Fund("many").ToJsonString()}\n{rows}"), "many");
        await world.Desk.DoAsync(id.Value, Cancel);
        JsonNode answer = JsonNode.Parse(await world.AnswerAsync(id))!;
        answer["findings"]!.AsArray().Select(one => (one!["row"]!.GetValue<int>(), one["code"]!.GetValue<string>())).ShouldBe([(Batch.CountMax + 1, "too-many-of-one")]);
        answer["state"]!.GetValue<string>().ShouldBe("refused");
    }

    [Fact]
    public async Task Rows_AsManyOfOneFundAsACommitHolds_AreOneEffectivePosting()
    {
        var world = new BulkWorld();
        string rows = string.Join('\n', Enumerable.Range(1, Batch.CountMax - 1).Select(yuan => Office.Appropriation("full", yuan).ToJsonString()));
        BulkId id = await world.TakeAsync(Encoding.UTF8.GetBytes($"{Office.Fund("full").ToJsonString()}\n{rows}"), "full");
        await world.Desk.DoAsync(id.Value, Cancel);
        var posting = Id.Parse<PostingId>(JsonNode.Parse(await world.AnswerAsync(id))!["postings"]![0]!["id"]!.GetValue<string>());
        await world.Desks.Desk.DecideAsync(posting, DeskWorld.Approver, approve: true, FreeText.Of("checked"), Cancel);
        (await world.Desks.Desk.FinishAsync(posting, Cancel)).State.ShouldBe(PostingState.Effective);
        (await world.Desks.BooksAsync("full")).Appropriated.Fen.ShouldBe(Enumerable.Range(1, Batch.CountMax - 1).Sum() * 100L);
    }

    private static void Die(bool now)
    {
        if (now)
        {
            throw new CrashException();
        }
    }

    private static string BulkStatusIn(byte[] answer) => JsonNode.Parse(answer)!["state"]!.GetValue<string>();

    private static byte[] File(params string[] funds) => File(2020, funds);

    private static byte[] File(string fund, int years) => File(years, fund);

    private static byte[] File(int year, params string[] funds) => Encoding.UTF8.GetBytes(string.Join('\n', funds.SelectMany(fund =>
    {
        JsonObject opened = Office.Fund($"fund-{fund}");
        opened["budgetYear"] = year;
        return new[] { opened.ToJsonString(), Office.Appropriation($"fund-{fund}", 10).ToJsonString() };
    })));

    /// <summary>A desk for files over stores that a test can break.</summary>
    private sealed class BulkWorld
    {
        public BulkWorld()
        {
            Shelf = new BulkShelf(Files, Desks.Clock);
            Desk = new BulkDesk(Shelf, Desks.Desk, Work, new SeededSalts(7), RunningApp.DeploymentOf("none"), Desks.Clock) { AtOnce = 1 };
        }

        public DeskWorld Desks { get; } = new();

        public MemoryArchive Files { get; } = new();

        public BreakableQueue Work { get; } = new();

        public BulkShelf Shelf { get; }

        public BulkDesk Desk { get; }

        public async Task<BulkId> TakeAsync(byte[] file, string key)
        {
            BulkId id = BulkId.Of(DeskWorld.Poster.Department, key);
            (await Desk.TakeAsync(id, DeskWorld.Poster, Lines, isRehearsal: false, file, BulkFile.Read(file, Lines, DeskWorld.Today).Rows, Cancel)).ShouldNotBeNull().State.ShouldBe(BulkState.Waiting);
            return id;
        }

        public async Task<byte[]> AnswerAsync(BulkId id) => (await Shelf.AnswerAsync(id, Cancel)).ShouldNotBeNull();
    }

    /// <summary>A queue of which only the sending matters here.</summary>
    private sealed class BreakableQueue : IMessageQueue
    {
        private readonly List<string> _sent = [];

        public Action? BeforeSend { get; set; }

        public Task SendAsync(string text, CancellationToken cancellationToken)
        {
            BeforeSend?.Invoke();
            _sent.Add(text);
            return Task.CompletedTask;
        }

        public Task<IReadOnlyList<QueueMessage>> ReceiveAsync(int count, TimeSpan hidden, CancellationToken cancellationToken) => throw new NotSupportedException();

        public Task<bool> DeleteAsync(QueueReceipt receipt, CancellationToken cancellationToken) => throw new NotSupportedException();

        public Task<long> CountAsync(CancellationToken cancellationToken) => Task.FromResult((long)_sent.Count);
    }
}
