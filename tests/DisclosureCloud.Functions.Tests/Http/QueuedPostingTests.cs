using System.Text.Json;
using System.Text.Json.Nodes;
using DisclosureCloud.Functions.Tests.Running;
using DisclosureCloud.Ledger;

namespace DisclosureCloud.Functions.Tests.Http;

/// <summary>What was sent by the queue, as its department sees it over HTTP. The app itself takes the messages, as in embedded mode.</summary>
public sealed class QueuedPostingTests : IAsyncLifetime
{
    private readonly RunningApp _app = new();

    public async ValueTask InitializeAsync()
    {
        await _app.InitializeAsync();
        await new Office(_app).RegisterAsync();
    }

    public ValueTask DisposeAsync() => _app.DisposeAsync();

    [Fact]
    public async Task Posting_ByTheQueue_IsApprovedAndEffectiveLikeAnyOther()
    {
        var office = new Office(_app);
        string id = await SendAsync(office, Office.Fund("f-queued"), "queued-1");
        JsonElement posting = await ReadAsync(office, id);
        posting.GetProperty("channel").GetString().ShouldBe("queue");
        (await office.ApproveAsync(id)).State.ShouldBe("effective");

        // The same by HTTP is the same posting.
        (await _app.PostAsync("/api/postings", Office.Fund("f-queued").ToJsonString(), "queued-1", office.Poster)).ShouldBe(201).Id.ShouldBe(id);
    }

    [Fact]
    public async Task MessageThatCanNeverSucceed_IsARefusalThatItsDepartmentAloneSees()
    {
        var office = new Office(_app);
        string id = await SendAsync(office, new JsonObject { ["kind"] = "fund" }, "bad-1");
        JsonElement refused = await ReadAsync(office, id);
        refused.GetProperty("state").GetString().ShouldBe("refused");
        refused.GetProperty("approval").GetString().ShouldBe("not-needed");
        refused.TryGetProperty("kind", out _).ShouldBeFalse("it could not be read");
        refused.GetProperty("findings").EnumerateArray().ShouldAllBe(finding => finding.GetProperty("pointer").GetString()!.StartsWith("/posting"));
        (await _app.GetAsync("/api/postings?state=refused", office.Poster)).Json.GetProperty("postings").EnumerateArray().Select(line => line.GetProperty("id").GetString()).ShouldBe([id]);
        (await _app.GetAsync($"/api/postings/{id}", new Office(_app, "transport").Poster)).ShouldBe(404);

        // There is nothing to decide, and its key is used up.
        (await office.ApproveAsync(id)).ShouldBeProblem(409, "already-decided");
        (await _app.PostAsync("/api/postings", Office.Fund("f-anew").ToJsonString(), "bad-1", office.Poster)).ShouldBeProblem(422, "key-reused");
    }

    [Fact]
    public async Task WhatARuleRefusedByTheQueue_IsTheSameAnswerOverHttp()
    {
        var office = new Office(_app);
        string id = await SendAsync(office, Office.Appropriation("f-none", 100), "rule-1");
        (await ReadAsync(office, id)).GetProperty("kind").GetString().ShouldBe("appropriation");
        (await _app.PostAsync("/api/postings", Office.Appropriation("f-none", 100).ToJsonString(), "rule-1", office.Poster)).ShouldBeProblem(422, "no-such-fund");
    }

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    private async Task<string> SendAsync(Office office, JsonObject posting, string key)
    {
        await _app.Stores.Postings.SendAsync(MessageSigner.Message(office.Poster, key, posting, _app.Clock.GetUtcNow()), Cancel);
        return PostingId.Of(Id.Parse<DepartmentId>("finance"), key).Value;
    }

    private async Task<JsonElement> ReadAsync(Office office, string id)
    {
        Answer answer = await _app.GetAsync($"/api/postings/{id}", office.Poster);
        await Eventually.TrueAsync("the message is taken", async () => (answer = await _app.GetAsync($"/api/postings/{id}", office.Poster)).Status == 200);
        return answer.Json;
    }
}
