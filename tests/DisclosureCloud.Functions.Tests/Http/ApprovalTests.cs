using DisclosureCloud.Functions.Hosting.Postings;
using DisclosureCloud.Functions.Tests.Running;

namespace DisclosureCloud.Functions.Tests.Http;

/// <summary>A deployment whose operator has set that progress needs no second person.</summary>
public sealed class ApprovalTests : IAsyncLifetime
{
    private readonly RunningApp _app = new() { Approval = Approval.Read("progress") };

    public ValueTask InitializeAsync() => _app.InitializeAsync();

    public ValueTask DisposeAsync() => _app.DisposeAsync();

    [Fact]
    public async Task Post_OfAKindThatNeedsNone_IsAnsweredAsAnyAndEffectiveAtOnce()
    {
        var office = new Office(_app);
        await office.OpenFundAsync("fund-none", 100);

        Answer posted = (await office.PostAsync(Office.Progress("fund-none"), "none-1")).ShouldBe(201);
        posted.Json.EnumerateObject().Select(member => member.Name).ShouldBe(["id", "kind", "state", "receivedAt"]);
        posted.State.ShouldBe("proposed");

        Answer progress = await office.GetAsync(posted.Id);
        progress.State.ShouldBe("effective");
        progress.Entries.ShouldBe([$"{posted.Id}-1"]);
        progress.Json.GetProperty("approval").GetString().ShouldBe("not-needed");
        progress.Json.TryGetProperty("decidedBy", out _).ShouldBeFalse();

        (int, int) before = await _app.CountAsync();
        (await office.PostAsync(Office.Progress("fund-none"), "none-1")).ShouldBe(posted);
        foreach (Answer answer in new[] { await office.ApproveAsync(posted.Id), await office.RejectAsync(posted.Id) })
        {
            answer.ShouldBeProblem(409, "already-decided").Text.ShouldContain("effective");
        }

        (await _app.CountAsync()).ShouldBe(before);
        (await office.GetAsync(posted.Id)).Text.ShouldBe(progress.Text);
    }

    [Fact]
    public async Task Post_32CopiesAtOnceOfAKindThatNeedsNone_TakeEffectOnce()
    {
        var office = new Office(_app);
        await office.OpenFundAsync("fund-copies", 100);
        (int before, _) = await _app.CountAsync();
        Answer[] answers = await Task.WhenAll(Enumerable.Range(0, 32).Select(_ => office.PostAsync(Office.Progress("fund-copies"), "copies")));
        answers.Distinct().ShouldHaveSingleItem().ShouldBe(201);
        (await office.GetAsync(answers[0].Id)).State.ShouldBe("effective");
        (await _app.CountAsync()).Commits.ShouldBe(before + 3, "proposed, its entry, settled");
    }

    [Fact]
    public async Task Post_OfMoney_StillWaitsForASecondPerson()
    {
        var office = new Office(_app);
        await office.OpenFundAsync("fund-money", 100);
        Answer posted = await office.PostAsync(Office.Allocation("fund-money", 1));
        Answer waiting = await office.GetAsync(posted.Id);
        waiting.State.ShouldBe("proposed");
        waiting.Json.GetProperty("approval").GetString().ShouldBe("needed");
        (await office.ApproveAsync(posted.Id)).State.ShouldBe("effective");
    }
}
