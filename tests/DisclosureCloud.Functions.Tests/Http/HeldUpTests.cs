using System.Text;
using System.Text.Json.Nodes;
using DisclosureCloud.Functions.Hosting.Postings;
using DisclosureCloud.Functions.Tests.Running;
using DisclosureCloud.Ledger;
using Microsoft.Data.Sqlite;

namespace DisclosureCloud.Functions.Tests.Http;

/// <summary>What a request meets while another one of its key is held up in the store.</summary>
public sealed class HeldUpTests
{
    [Fact]
    public async Task Post_WhileTheFirstCannotBeStored_Is409InFlightAndThenTheSameAnswer()
    {
        var clock = new TimerClock();
        await using var busy = new RunningApp { Clock = clock };
        await busy.InitializeAsync();
        var office = new Office(busy);
        JsonObject fund = Office.Fund("fund-held");
        Task<Answer> first;
        await using (await HoldAsync(busy.Deployment.LedgerFile))
        {
            first = office.PostAsync(fund, "held");
            await Eventually.TrueAsync("the first is at it", () => Task.FromResult(busy.InFlight.Count == 1));
            Task<Answer[]> copies = Task.WhenAll(office.PostAsync(fund, "held"), office.PostAsync(Office.Fund("fund-else"), "held"));
            await Eventually.TrueAsync("both have waited in vain", () =>
            {
                clock.Advance(TimeSpan.FromSeconds(1));
                return Task.FromResult(copies.IsCompleted);
            });
            foreach (Answer copy in await copies)
            {
                copy.ShouldBeProblem(409, "in-flight").RetryAfter.ShouldBe("5");
            }
        }

        Answer stored = (await first).ShouldBe(201);
        (await office.PostAsync(fund, "held")).ShouldBe(stored);
        (await office.PostAsync(Office.Fund("fund-else"), "held")).ShouldBeProblem(422, "key-reused");
        busy.InFlight.Count.ShouldBe(0);
        (await busy.CountAsync()).Commits.ShouldBe(1);
    }

    [Fact]
    public async Task Post_WhoseSenderHangsUp_LeavesTheKeyToWhoSendsItAgain()
    {
        await using var busy = new RunningApp();
        await busy.InitializeAsync();
        var office = new Office(busy);
        Task<Answer> again;
        await using (await HoldAsync(busy.Deployment.LedgerFile))
        {
            using var hangUp = new CancellationTokenSource();
            using HttpRequestMessage request = RunningApp.Request(HttpMethod.Post, "/api/postings", office.Poster);
            request.Content = RunningApp.Json(Encoding.UTF8.GetBytes(Office.Fund("fund-gone").ToJsonString()));
            request.Headers.Add("Idempotency-Key", "gone");
            Task<HttpResponseMessage> gone = busy.Http.SendAsync(request, hangUp.Token);
            await Eventually.TrueAsync("the first is at it", () => Task.FromResult(busy.InFlight.Count == 1));
            again = office.PostAsync(Office.Fund("fund-gone"), "gone");
            await hangUp.CancelAsync();
            await Should.ThrowAsync<OperationCanceledException>(() => gone);
        }

        (await again).ShouldBe(201);
        await Eventually.TrueAsync("nobody is at it", () => Task.FromResult(busy.InFlight.Count == 0));
        (await busy.CountAsync()).Commits.ShouldBe(1);
        busy.Diagnostics.ShouldNotContain("unhandled exception");
    }

    // As another process that writes: nobody else may append until it is done.
    internal static async Task<SqliteConnection> HoldAsync(string file)
    {
        var connection = new SqliteConnection(new SqliteConnectionStringBuilder { DataSource = file, Pooling = false }.ConnectionString);
        await connection.OpenAsync(TestContext.Current.CancellationToken);
        await using SqliteCommand begin = connection.CreateCommand();
        begin.CommandText = "BEGIN IMMEDIATE";
        await begin.ExecuteNonQueryAsync(TestContext.Current.CancellationToken);
        return connection;
    }
}
