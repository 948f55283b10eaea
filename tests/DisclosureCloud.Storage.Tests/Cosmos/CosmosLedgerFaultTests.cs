using System.Collections.Concurrent;
using System.Diagnostics.Metrics;
using System.Text.Json.Nodes;
using DisclosureCloud.Emulators;
using DisclosureCloud.Ledger;
using DisclosureCloud.Testing;

namespace DisclosureCloud.Storage.Tests;

/// <summary>What the ledger in Cosmos DB does when the service refuses, loses an answer, or gives back something else.</summary>
/// <remarks>Its own server, since faults are of a server and not of a test.</remarks>
public sealed class CosmosLedgerFaultTests : IAsyncLifetime
{
    private const int TooMany = 429;
    private const int RetryWith = 449;
    private const int Unavailable = 503;

    private static readonly StreamName Stream = TestCommits.Fund();

    private readonly CosmosServer server = new();
    private CosmosDatabase database = null!;
    private CosmosLedgerStore store = null!;

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    public async ValueTask InitializeAsync()
    {
        await server.InitializeAsync();
        database = server.Open(await server.NewDatabaseAsync(Cancel));
        store = new CosmosLedgerStore(database, TimeProvider.System);
    }

    public async ValueTask DisposeAsync()
    {
        database?.Dispose();
        await server.DisposeAsync();
    }

    [Theory]
    [InlineData(TooMany)]
    [InlineData(RetryWith)]
    public async Task RefusedForLoadThreeTimes_IsDoneAtTheFourth(int status)
    {
        int refusals = 3;
        server.Faults = request => CosmosRequest.IsCreate(request) && Interlocked.Decrement(ref refusals) >= 0 ? new Fault.Refuse(status, TimeSpan.FromMilliseconds(5)) : null;
        (await store.AppendAsync(TestCommits.Of(Stream, 0), Cancel)).ShouldBe(AppendOutcome.Appended);
        refusals.ShouldBe(-1);
    }

    [Theory]
    [InlineData(TooMany)]
    [InlineData(RetryWith)]
    [InlineData(Unavailable)]
    public async Task RefusedAgainAndAgain_IsToldWithinABoundAndNothingIsThere(int status)
    {
        // At a 449 the SDK asks again by itself, for a minute where nobody stops it.
        var impatient = new CosmosLedgerStore(database, TimeProvider.System, callMax: TimeSpan.FromSeconds(2));
        server.Faults = request => CosmosRequest.IsCreate(request) ? new Fault.Refuse(status, TimeSpan.FromMilliseconds(5)) : null;
        StoreBusyException busy = await Should.ThrowAsync<StoreBusyException>(() => impatient.AppendAsync(TestCommits.Of(Stream, 0), Cancel));
        busy.RetryAfter.ShouldBeGreaterThan(TimeSpan.Zero);

        server.Faults = null;
        (await store.ReadLastAsync(Stream, Cancel)).ShouldBeNull();
    }

    [Fact]
    public async Task RefusedWithALongWait_TheCallerIsToldThatWait()
    {
        server.Faults = request => CosmosRequest.IsCreate(request) ? new Fault.Refuse(Unavailable, TimeSpan.FromSeconds(7)) : null;
        StoreBusyException busy = await Should.ThrowAsync<StoreBusyException>(() => store.AppendAsync(TestCommits.Of(Stream, 0), Cancel));
        busy.RetryAfter.ShouldBe(TimeSpan.FromSeconds(7));
    }

    [Theory]
    [InlineData(Unavailable)]
    [InlineData(408)]
    public async Task AnswerLostAfterTheWrite_RepeatIsAlreadyThere(int status)
    {
        int lost = 0;
        server.Faults = request => CosmosRequest.IsCreate(request) && Interlocked.Increment(ref lost) == 1 ? new Fault.LoseAnswer(status) : null;
        Commit commit = TestCommits.Of(Stream, 0);
        try
        {
            // The SDK may repeat it by itself; then the repeat finds the first one's commit.
            (await store.AppendAsync(commit, Cancel)).ShouldBe(AppendOutcome.AlreadyThere);
        }
        catch (StoreBusyException)
        {
            (await store.AppendAsync(commit, Cancel)).ShouldBe(AppendOutcome.AlreadyThere);
        }

        lost.ShouldBeGreaterThan(0);
        (await store.ReadAsync(Stream, 0, Cancel)).ShouldNotBeNull().ToBytes().ShouldBe(commit.ToBytes());
        (await store.ReadAsync(Stream, 1, Cancel)).ShouldBeNull();
    }

    [Fact]
    public async Task CommitThatCameBetweenLookAndWrite_IsConflict()
    {
        bool came = false;
        server.Faults = request =>
        {
            if (CosmosRequest.IsCreate(request) && !came)
            {
                came = true;
                store.AppendAsync(TestCommits.Of(Stream, 0, "other"), Cancel).GetAwaiter().GetResult().ShouldBe(AppendOutcome.Appended);
            }

            return null;
        };
        (await store.AppendAsync(TestCommits.Of(Stream, 0, "mine"), Cancel)).ShouldBe(AppendOutcome.Conflict);
        (await store.ReadLastAsync(Stream, Cancel)).ShouldNotBeNull().Id.ShouldBe("other");
    }

    [Fact]
    public async Task LargeCommit_IsPackedAndReadBackToTheByte()
    {
        Commit large = TestCommits.Of(Stream, 0, entries: 400, text: string.Concat(Enumerable.Repeat("公示 ", 300)));
        large.ToBytes().Length.ShouldBeGreaterThan(CosmosBody.PlainMax);
        JsonNode.Parse(CosmosCommit.ToDocument(large))!["packed"].ShouldNotBeNull();

        (await store.AppendAsync(large, Cancel)).ShouldBe(AppendOutcome.Appended);
        (await store.ReadAsync(Stream, 0, Cancel)).ShouldNotBeNull().ToBytes().ShouldBe(large.ToBytes());
    }

    [Fact]
    public void CommitLargerThanADocument_IsRefusedByNameAndSize()
    {
        var random = new Random(1);
        string noise = string.Concat(Enumerable.Range(0, 30_000).Select(_ => (char)random.Next(0x4e00, 0x9fa5)));
        Commit huge = TestCommits.Of(Stream, 0, entries: 1) with { State = new JsonObject { ["noise"] = string.Concat(Enumerable.Range(0, 40).Select(_ => Shuffled())) } };
        Should.Throw<ArgumentException>(() => CosmosCommit.ToDocument(huge)).Message.ShouldContain(Stream.Value);

        string Shuffled()
        {
            char[] all = noise.ToCharArray();
            random.Shuffle(all);
            return new string(all);
        }
    }

    [Theory]
    [InlineData("{\"_ts\":1,\"commit\":\"c\",\"entries\":0,\"stream\":\"fund/f1\",\"version\":0,\"body\":\"{}\"}")]
    [InlineData("{\"_ts\":1,\"commit\":\"c\",\"entries\":0,\"stream\":\"fund/f1\",\"version\":0,\"packed\":\"AAAA\"}")]
    [InlineData("{\"_ts\":1,\"commit\":\"c\",\"entries\":0,\"stream\":\"fund/f1\",\"version\":0}")]
    public void DocumentWhoseBodyIsNoCommit_IsDamaged(string document)
    {
        using var json = System.Text.Json.JsonDocument.Parse(document);
        Should.Throw<InvalidDataException>(() => CosmosCommit.Read(json.RootElement)).Message.ShouldContain("fund/f1");
    }

    [Theory]
    [InlineData("stream", "fund/fund-other")]
    [InlineData("commit", "other")]
    [InlineData("version", 7)]
    [InlineData("entries", 7)]
    public void DocumentWhoseKeyIsAnothers_IsDamaged(string name, object value)
    {
        JsonObject document = JsonNode.Parse(CosmosCommit.ToDocument(TestCommits.Of(Stream, 0)))!.AsObject();
        document["_ts"] = 1;
        document[name] = System.Text.Json.JsonSerializer.SerializeToNode(value);
        using var json = System.Text.Json.JsonDocument.Parse(document.ToJsonString());
        Should.Throw<InvalidDataException>(() => CosmosCommit.Read(json.RootElement));
    }

    [Fact]
    public async Task Account_WithStrongConsistency_PassesTheCheckAndAnotherDoesNot()
    {
        await database.CheckAsync(Cancel);
        server.Consistency = "Session";
        using CosmosDatabase weak = server.Open(await server.NewDatabaseAsync(Cancel));
        (await Should.ThrowAsync<InvalidOperationException>(() => weak.CheckAsync(Cancel))).Message.ShouldContain("Strong");
    }

    [Fact]
    public void EndpointThatIsNotThisMachine_TakesNoKey() =>
        Should.Throw<ArgumentException>(() => CosmosDatabase.OpenLocal(new Uri("https://county.documents.example/"), "disclosure"));

    [Fact]
    public async Task EveryCall_TellsItsChargeToTheMeter()
    {
        var charges = new ConcurrentDictionary<string, decimal>(StringComparer.Ordinal);
        using var listener = new MeterListener();
        listener.InstrumentPublished = (instrument, own) =>
        {
            if (instrument.Meter.Name == StorageMeter.Name && instrument.Name == CosmosCall.ChargeName)
            {
                own.EnableMeasurementEvents(instrument);
            }
        };
        listener.SetMeasurementEventCallback<decimal>((_, charge, tags, _) =>
            charges.AddOrUpdate((string)tags.ToArray().Single(tag => tag.Key == "operation").Value!, charge, (_, sum) => sum + charge));
        listener.Start();

        await store.AppendAsync(TestCommits.Of(Stream, 0), Cancel);
        await store.ReadAsync(Stream, 0, Cancel);
        await store.ReadLastAsync(Stream, Cancel);
        await store.FindAsync(Stream, "commit-0", Cancel);
        await foreach (Commit _ in store.ReadStreamAsync(Stream, 0, Cancel))
        {
        }

        await foreach (CommitAt _ in store.ReadAllAsync(Cursor.Start, Cancel))
        {
        }

        foreach (string operation in new[] { "look", "append", "read", "read-last", "find", "read-stream", "read-all" })
        {
            charges.GetValueOrDefault(operation).ShouldBeGreaterThan(0, operation);
        }
    }
}
