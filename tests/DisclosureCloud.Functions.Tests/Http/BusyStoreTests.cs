using DisclosureCloud.Emulators;
using DisclosureCloud.Functions.Tests.Running;

namespace DisclosureCloud.Functions.Tests.Http;

/// <summary>What a department is told while the store refuses, and what becomes of its posting.</summary>
public sealed class BusyStoreTests : IAsyncLifetime
{
    private const int TooMany = 429;
    private const int Unavailable = 503;

    private readonly CosmosServer _server = new();
    private AppOverCosmos _app = null!;

    public async ValueTask InitializeAsync()
    {
        await _server.InitializeAsync();
        _app = new AppOverCosmos(_server);
        await _app.InitializeAsync();
    }

    public async ValueTask DisposeAsync()
    {
        _server.Faults = null;
        await _app.DisposeAsync();
        await _server.DisposeAsync();
    }

    [Theory]
    [InlineData(TooMany)]
    [InlineData(Unavailable)]
    public async Task Post_WhileTheStoreRefuses_Is503AndTheSameKeyIsDoneOnceLater(int status)
    {
        var office = new Office(_app);
        string key = Office.NewKey();
        _server.Faults = _ => new Fault.Refuse(status, TimeSpan.FromMilliseconds(1));
        Answer refused = (await office.PostAsync(Office.Fund("fund-busy"), key)).ShouldBeProblem(503, "store-busy");
        int.Parse(refused.RetryAfter!, System.Globalization.CultureInfo.InvariantCulture).ShouldBeGreaterThan(0);
        (await _app.GetAsync("/api/health")).ShouldBeProblem(503, "store-busy");

        _server.Faults = null;
        Answer taken = (await office.PostAsync(Office.Fund("fund-busy"), key)).ShouldBe(201);
        (await office.PostAsync(Office.Fund("fund-busy"), key)).ShouldBe(taken);
        (await _app.CountAsync()).Commits.ShouldBe(1);
        _app.Diagnostics.ShouldNotContain("unhandled exception");
        _app.Diagnostics.ShouldContain("'cosmos/ledger' is busy");
    }

    [Fact]
    public async Task Post_WhoseWriteLostItsAnswer_IsOneRecordAndTheSameAnswer()
    {
        var office = new Office(_app);
        string key = Office.NewKey();
        int lost = 0;
        _server.Faults = request => request.Method == "POST" && request.Headers.ContainsKey("x-ms-documentdb-partitionkey")
            && request.ContentType?.Contains("query", StringComparison.Ordinal) != true && Interlocked.Increment(ref lost) <= 8
                ? new Fault.LoseAnswer(Unavailable)
                : null;
        Answer answer;
        do
        {
            answer = await office.PostAsync(Office.Fund("fund-lost"), key);
        }
        while (answer.Status == Unavailable);

        answer.ShouldBe(201);
        lost.ShouldBeGreaterThan(8);
        (await _app.CountAsync()).Commits.ShouldBe(1);
        (await office.ApproveAsync(answer.Id)).State.ShouldBe("effective");
    }
}
