using System.Text.Json.Nodes;
using DisclosureCloud.Functions.Tests.Running;
using DisclosureCloud.Ledger;

namespace DisclosureCloud.Functions.Tests.Http;

/// <summary>Many calls at once, over HTTP and the real store, whichever it is.</summary>
public abstract class ConcurrencyContract(RunningApp app)
{
    private readonly Office _office = new(app);

    [Fact]
    public async Task Post_32CopiesAtOnce_IsOneRecordAndOneAnswer()
    {
        (int before, _) = await app.CountAsync();
        JsonObject fund = Office.Fund("fund-copies");
        Answer[] answers = await Task.WhenAll(Enumerable.Range(0, 32).Select(_ => _office.PostAsync(fund, "copies")));
        answers.Distinct().Count().ShouldBe(1);
        answers[0].ShouldBe(201);
        (await app.CountAsync()).Commits.ShouldBe(before + 1);
        (await _office.ApproveAsync(answers[0].Id)).State.ShouldBe("effective");
    }

    [Fact]
    public async Task Post_TwoBodiesUnderOneKeyAtOnce_OneIsTakenAndTheOtherReused()
    {
        for (int round = 0; round < 8; round++)
        {
            string key = Office.NewKey();
            Answer[] answers = await Task.WhenAll(_office.PostAsync(Office.Fund("fund-one"), key), _office.PostAsync(Office.Fund("fund-other"), key));
            answers.Select(answer => answer.Status).Order().ShouldBe([201, 422]);
        }
    }

    [Fact]
    public async Task Approve_64AllocationsAtOnceWhere10Fit_Exactly10AreEffective()
    {
        await _office.OpenFundAsync("fund-crowded", 1_000);
        Answer[] posted = await Task.WhenAll(Enumerable.Range(0, 64).Select(_ => _office.PostAsync(Office.Allocation("fund-crowded", 100))));
        Answer[] decided = await Task.WhenAll(posted.Select(answer => _office.ApproveAsync(answer.Id)));

        decided.Count(answer => answer.State == "effective").ShouldBe(10);
        decided.Count(answer => answer.State == "refused").ShouldBe(54);
        FundBooks books = await BooksAsync("fund-crowded");
        books.Free.Fen.ShouldBe(0);
        books.Allocated.Fen.ShouldBe(100_000);
        books.Allocations.Count.ShouldBe(10);
        books.Allocations.Keys.Select(entry => entry.Value).Order(StringComparer.Ordinal).ShouldBe(
            decided.SelectMany(answer => answer.Entries).Order(StringComparer.Ordinal));
        foreach (Answer answer in decided)
        {
            WithoutPlace(await _office.GetAsync(answer.Id)).ShouldBe(WithoutPlace(answer), StringComparer.Ordinal);
        }

        // Where its entries stand in the log is told once they are public, and that may be any moment.
        static string WithoutPlace(Answer answer)
        {
            JsonObject json = JsonNode.Parse(answer.Text)!.AsObject();
            json.Remove("public");
            return json.ToJsonString();
        }
    }

    [Fact]
    public async Task ApproveAndReject_AtOnce_IsOneDecision()
    {
        for (int round = 0; round < 8; round++)
        {
            Answer posted = await _office.PostAsync(Office.Fund($"fund-round-{round}"));
            Answer[] answers = await Task.WhenAll(
                _office.ApproveAsync(posted.Id), _office.RejectAsync(posted.Id), _office.ApproveAsync(posted.Id), _office.RejectAsync(posted.Id));

            answers.Select(answer => answer.Status).Order().ShouldBe([200, 409, 409, 409]);
            string state = answers.Single(answer => answer.Status == 200).State;
            Answer after = await _office.GetAsync(posted.Id);
            after.State.ShouldBe(state);
            after.Entries.Length.ShouldBe(state == "effective" ? 1 : 0);
        }
    }

    private async Task<FundBooks> BooksAsync(string fund) => Outcome.BooksOf(
        await app.Stores.Ledger.ReadLastAsync(StreamName.Of(Id.Parse<FundId>(fund)), TestContext.Current.CancellationToken))!;
}

public sealed class ConcurrencyTests(RunningApp app) : ConcurrencyContract(app), IClassFixture<RunningApp>;

public sealed class ConcurrencyOverCosmosTests(AppOverCosmos app) : ConcurrencyContract(app), IClassFixture<AppOverCosmos>;
