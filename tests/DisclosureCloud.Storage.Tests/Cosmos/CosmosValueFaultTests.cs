using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;
using DisclosureCloud.Emulators;
using DisclosureCloud.Ledger;
using DisclosureCloud.Testing;
using Microsoft.Azure.Cosmos;

namespace DisclosureCloud.Storage.Tests;

/// <summary>What the values in Cosmos DB do when the service refuses, loses an answer, gives back something else, or another caller comes between.</summary>
/// <remarks>Its own server, since faults are of a server and not of a test.</remarks>
public sealed class CosmosValueFaultTests : IAsyncLifetime
{
    private const int TooMany = 429;
    private const int RetryWith = 449;
    private const int Unavailable = 503;
    private const int NotAsRead = 412;

    private static readonly PostingId Posting = PostingId.Of(Id.Parse<DepartmentId>("test-department"), "values");

    private readonly CosmosServer server = new();
    private readonly SeededSalts salts = new(seed: 5);
    private CosmosDatabase database = null!;
    private CosmosValueStore store = null!;

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    public async ValueTask InitializeAsync()
    {
        await server.InitializeAsync();
        database = server.Open(await server.NewDatabaseAsync(Cancel));
        store = new CosmosValueStore(database, TimeProvider.System);
    }

    public async ValueTask DisposeAsync()
    {
        database?.Dispose();
        await server.DisposeAsync();
    }

    [Theory]
    [InlineData(TooMany)]
    [InlineData(RetryWith)]
    public async Task PutOfSeveralDocuments_RefusedForLoad_IsDoneInTheEnd(int status)
    {
        Opening[] put = Several();
        int refusals = 4;
        server.Faults = request => CosmosRequest.IsCreate(request) && Interlocked.Decrement(ref refusals) >= 0 ? new Fault.Refuse(status, TimeSpan.FromMilliseconds(5)) : null;
        await store.PutAsync(put, Cancel);
        refusals.ShouldBeLessThan(0);
        await ShouldHaveAsync(put);
    }

    [Theory]
    [InlineData(TooMany)]
    [InlineData(Unavailable)]
    public async Task PutOfSeveralDocuments_RefusedAfterTheFirst_IsToldAndTheRepeatPutsTheRest(int status)
    {
        Opening[] put = Several();
        int creates = 0;
        server.Faults = request => CosmosRequest.IsCreate(request) && Interlocked.Increment(ref creates) > 1 ? new Fault.Refuse(status, TimeSpan.FromMilliseconds(5)) : null;
        await Should.ThrowAsync<StoreBusyException>(() => store.PutAsync(put, Cancel));
        (await store.GetAsync([Posting], Cancel)).Count.ShouldBeLessThan(put.Length);

        server.Faults = null;
        await store.PutAsync(put, Cancel);
        await ShouldHaveAsync(put);
    }

    [Fact]
    public async Task PutOfSeveralDocuments_WhoseProcessDiedAfterTheFirst_RepeatPutsTheRest()
    {
        Opening[] put = Several();
        CosmosValues[] documents = [.. CosmosValues.Of(Posting, put, 0)];
        await store.PutAsync(documents[0].Openings, Cancel);
        await store.PutAsync(put, Cancel);
        await ShouldHaveAsync(put);
        (await DocumentsAsync()).Count.ShouldBe(documents.Length);
    }

    [Theory]
    [InlineData(Unavailable, 1)]
    [InlineData(Unavailable, 100)]
    [InlineData(408, 100)]
    [InlineData(Fault.Broken, 100)]
    public async Task PutOfSeveralDocuments_AnswersLost_RepeatChangesNothing(int status, int losses)
    {
        Opening[] put = Several();
        int lost = 0;
        server.Faults = request => CosmosRequest.IsCreate(request) && Interlocked.Increment(ref lost) <= losses ? new Fault.LoseAnswer(status) : null;
        await TryAsync(() => store.PutAsync(put, Cancel));
        lost.ShouldBeGreaterThan(0);

        server.Faults = null;
        await store.PutAsync(put, Cancel);
        await ShouldHaveAsync(put);
        (await DocumentsAsync()).Count.ShouldBe(CosmosValues.Of(Posting, put, 0).Count());
    }

    [Fact]
    public async Task PutAgain_WhileItIsForgotten_IsThereWhenItReturns()
    {
        // It is told that the document is there; before it looks into it, another caller forgets all of it.
        Opening[] put = [Make("a"), Make("b")];
        await store.PutAsync(put, Cancel);
        await BetweenAsync(CosmosRequest.IsRead, () => store.ForgetAsync(KeysOf(put), Cancel), () => store.PutAsync(put, Cancel));
        await ShouldHaveAsync(put);
    }

    [Theory]
    [InlineData(Unavailable, false)]
    [InlineData(Unavailable, true)]
    [InlineData(408, false)]
    [InlineData(Fault.Broken, false)]
    [InlineData(Fault.Broken, true)]
    public async Task Forget_AnswerLost_IsGoneAndTheRepeatIsNoError(int status, bool all)
    {
        Opening[] put = [Make("forget me"), Make("keep me")];
        await store.PutAsync(put, Cancel);
        ValueKey[] gone = KeysOf(all ? put : put[..1]);
        int lost = 0;
        server.Faults = request => CosmosRequest.IsChange(request) && Interlocked.Increment(ref lost) == 1 ? new Fault.LoseAnswer(status) : null;
        await TryAsync(() => store.ForgetAsync(gone, Cancel));
        lost.ShouldBeGreaterThan(0);
        await ShouldHaveAsync(all ? [] : put[1..]); // Done, whatever its caller was told.

        await store.ForgetAsync(gone, Cancel);
        await ShouldHaveAsync(all ? [] : put[1..]);
    }

    [Theory]
    [InlineData(TooMany)]
    [InlineData(Unavailable)]
    public async Task Forget_RefusedAgainAndAgain_IsToldAndNothingIsGone(int status)
    {
        Opening[] put = [Make("a"), Make("b")];
        await store.PutAsync(put, Cancel);
        server.Faults = request => CosmosRequest.IsChange(request) ? new Fault.Refuse(status, TimeSpan.FromMilliseconds(5)) : null;
        await Should.ThrowAsync<StoreBusyException>(() => store.ForgetAsync(KeysOf(put[..1]), Cancel));
        server.Faults = null;
        await ShouldHaveAsync(put);
    }

    [Fact]
    public async Task Forget_WhileAnotherForgetsInTheSameDocument_NeitherComesBack()
    {
        Opening[] put = [Make("mine"), Make("theirs"), Make("keep me")];
        await store.PutAsync(put, Cancel);
        await BetweenAsync(
            CosmosRequest.IsChange, () => store.ForgetAsync([put[1].Key], Cancel), () => store.ForgetAsync([put[0].Key], Cancel));
        await ShouldHaveAsync(put[2..]);
    }

    [Fact]
    public async Task Forget_WhileAnotherForgetsAllOfIt_IsNoError()
    {
        Opening[] put = [Make("a"), Make("b")];
        await store.PutAsync(put, Cancel);
        await BetweenAsync(
            CosmosRequest.IsChange, () => store.ForgetAsync(KeysOf(put), Cancel), () => store.ForgetAsync([put[0].Key], Cancel));
        await ShouldHaveAsync([]);
    }

    [Fact]
    public async Task Forget_NeverInTheStateAsRead_IsToldWithinABound()
    {
        Opening put = Make("a");
        await store.PutAsync([put], Cancel);
        server.Faults = request => CosmosRequest.IsChange(request) ? new Fault.Refuse(NotAsRead) : null;
        (await Should.ThrowAsync<StoreBusyException>(() => store.ForgetAsync([put.Key], Cancel))).RetryAfter.ShouldBeGreaterThan(TimeSpan.Zero);
    }

    [Fact]
    public async Task Forgotten_IsInNoDocumentOfTheContainer()
    {
        Opening[] put = [Make("a value to be forgotten"), Make("a value to be kept")];
        await store.PutAsync(put, Cancel);
        (await DocumentsAsync()).ShouldHaveSingleItem()["body"]!.GetValue<string>().ShouldContain("a value to be forgotten"); // Else the look below would be blind.

        await store.ForgetAsync([put[0].Key], Cancel);
        string rest = (await DocumentsAsync()).ShouldHaveSingleItem().ToJsonString();
        rest.ShouldContain("a value to be kept");
        rest.ShouldNotContain("forgotten");
        rest.ShouldNotContain(put[0].Commitment.Hex);

        await store.ForgetAsync([put[1].Key], Cancel);
        (await DocumentsAsync()).ShouldBeEmpty();
    }

    [Fact]
    public async Task ValueAlteredInItsStore_IsNotGivenOutAndCanBeForgotten()
    {
        Opening[] put = [Make("12 households"), Make("keep me")];
        await store.PutAsync(put, Cancel);
        JsonObject document = (await DocumentsAsync()).ShouldHaveSingleItem();
        document["body"] = document["body"]!.GetValue<string>().Replace("12 households", "21 households", StringComparison.Ordinal);
        using ResponseMessage answer = await database.Values.ReplaceItemStreamAsync(
            new MemoryStream(JsonSerializer.SerializeToUtf8Bytes(document)), document["id"]!.GetValue<string>(), new PartitionKey(Posting.Value), cancellationToken: Cancel);
        answer.EnsureSuccessStatusCode();

        foreach (Func<Task> read in new Func<Task>[] { () => store.GetAsync([Posting], Cancel), () => store.ReadPutBeforeAsync(DateTimeOffset.MaxValue, Cancel).ToListAsync(Cancel).AsTask() })
        {
            string message = (await Should.ThrowAsync<InvalidDataException>(read)).Message;
            message.ShouldContain(put[0].Commitment.Hex);
            message.ShouldNotContain("households");
        }

        await store.ForgetAsync([put[0].Key], Cancel);
        await ShouldHaveAsync(put[1..]);
    }

    [Theory]
    [InlineData("\"body\":\"{}\"")]
    [InlineData("\"body\":\"[1]\"")]
    [InlineData("\"body\":\"[{}]\"")]
    [InlineData("\"body\":\"[{\\\"commitment\\\":\\\"ab\\\",\\\"salt\\\":\\\"\\\",\\\"value\\\":\\\"\\\"}]\"")]
    [InlineData("\"body\":7")]
    [InlineData("\"packed\":\"AAAA\"")]
    [InlineData("\"packed\":\"-\"")]
    [InlineData("\"none\":0")]
    public void DocumentWhoseBodyHoldsNoValues_IsDamaged(string body)
    {
        using var json = JsonDocument.Parse($"{{\"id\":\"x\",\"posting\":\"{Posting}\",\"putAt\":1,\"_etag\":\"e\",{body}}}");
        Should.Throw<InvalidDataException>(() => CosmosValues.Read(json.RootElement)).Message.ShouldContain(Posting.Value);
    }

    [Fact]
    public void Documents_OfTheSameOpenings_AreTheSameInWhateverOrderTheyCome()
    {
        Opening[] put = Several();
        string[] ids = [.. CosmosValues.Of(Posting, put, 1).Select(values => values.Id)];
        CosmosValues.Of(Posting, put.Reverse().Concat(put), 2).Select(values => values.Id).ShouldBe(ids);
        CosmosValues.Of(Posting, put.Skip(1), 1).Select(values => values.Id).ShouldNotBe(ids);
        ids.Distinct(StringComparer.Ordinal).Count().ShouldBe(ids.Length);
    }

    [Fact]
    public void Documents_OfWhatDoesNotCompress_StayFarBelowTheLimit()
    {
        Opening[] put = [.. Several(), Make(Noise(300_000))]; // The last one alone is more than what is else put together.
        CosmosValues[] documents = [.. CosmosValues.Of(Posting, put, 1)];
        documents.Length.ShouldBeGreaterThan(2);
        documents.SelectMany(values => values.Openings).Select(opening => opening.Commitment.Hex).Order(StringComparer.Ordinal)
            .ShouldBe(put.Select(opening => opening.Commitment.Hex).Order(StringComparer.Ordinal));
        documents.Max(values => values.ToDocument().Length).ShouldBeLessThan(CosmosBody.DocumentMax * 3 / 4);
    }

    [Fact]
    public void ValueLargerThanADocument_IsRefusedByItsPostingAndSize() =>
        Should.Throw<ArgumentException>(() => CosmosValues.Of(Posting, [Make(Noise(1_000_000))], 1).Single().ToDocument()).Message.ShouldContain(Posting.Value);

    private Opening Make(string value)
    {
        byte[] salt = new byte[Commitment.SaltLength];
        salts.Fill(salt);
        return new Opening(Commitment.Of(salt, value), salt, value, Posting);
    }

    /// <summary>What takes more than one document.</summary>
    private Opening[] Several() => [.. Enumerable.Range(0, 40).Select(number => Make(Noise(10_000, seed: number)))];

    /// <summary>Chinese characters of which no two follow each other by any rule: three bytes each, and little to compress.</summary>
    private static string Noise(int length, int seed = 1)
    {
        var random = new Random(seed);
        return string.Concat(Enumerable.Range(0, length).Select(_ => new Rune(random.Next(0x4e00, 0x9fa5)).ToString()));
    }

    private static ValueKey[] KeysOf(IEnumerable<Opening> openings) => [.. openings.Select(opening => opening.Key)];

    private async Task ShouldHaveAsync(Opening[] put)
    {
        string[] wanted = [.. put.Select(opening => opening.Value).Order(StringComparer.Ordinal)];
        (await store.GetAsync([Posting], Cancel)).Select(opening => opening.Value).Order(StringComparer.Ordinal).ShouldBe(wanted);
        (await store.ReadPutBeforeAsync(DateTimeOffset.MaxValue, Cancel).ToListAsync(Cancel)).Select(opening => opening.Value).Order(StringComparer.Ordinal).ShouldBe(wanted);
    }

    private async Task<List<JsonObject>> DocumentsAsync() => await CosmosQuery.ReadAsync(
        database.Values,
        new CosmosCall("cosmos/values", TimeProvider.System, CosmosCall.TimeMax),
        "test",
        new QueryDefinition("SELECT * FROM c"),
        new QueryRequestOptions(),
        document => JsonNode.Parse(document.GetRawText())!.AsObject(),
        Cancel).ToListAsync(Cancel);

    /// <summary>Does something, and something else right before its first request of a sort reaches the server.</summary>
    private async Task BetweenAsync(Func<Microsoft.AspNetCore.Http.HttpRequest, bool> isIt, Func<Task> between, Func<Task> act)
    {
        int came = 0;
        server.Faults = request =>
        {
            if (isIt(request) && Interlocked.Increment(ref came) == 1)
            {
                between().GetAwaiter().GetResult();
            }

            return null;
        };
        await act();
        came.ShouldBeGreaterThan(0, "it came between");
        server.Faults = null;
    }

    // The SDK may repeat it by itself, and then all is well.
    private static async Task TryAsync(Func<Task> act)
    {
        try
        {
            await act();
        }
        catch (StoreBusyException)
        {
            // The caller is told that nobody knows.
        }
    }
}
