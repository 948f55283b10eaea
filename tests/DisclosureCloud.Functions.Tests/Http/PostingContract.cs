using System.Text.Json;
using System.Text.Json.Nodes;
using DisclosureCloud.Functions.Hosting.Bearer;
using DisclosureCloud.Functions.Tests.Running;
using DisclosureCloud.Ledger;

namespace DisclosureCloud.Functions.Tests.Http;

/// <summary>The way of a posting over HTTP, as design sections 3 and 5 promise it, whichever store the ledger is in.</summary>
public abstract class PostingContract(RunningApp app)
{
    private readonly Office _office = new(app);

    [Fact]
    public async Task Post_Good_Is201WithTheFourMembersAndLocation()
    {
        Answer answer = await _office.PostAsync(Office.Fund("fund-good"));

        answer.ShouldBe(201);
        answer.MediaType.ShouldBe("application/json");
        answer.Json.EnumerateObject().Select(member => member.Name).ShouldBe(["id", "kind", "state", "receivedAt"]);
        answer.Json.GetProperty("kind").GetString().ShouldBe("fund");
        answer.State.ShouldBe("proposed");
        answer.Location.ShouldBe($"/api/postings/{answer.Id}");
        (await app.GetAsync(answer.Location!, _office.Poster)).ShouldBe(200).Id.ShouldBe(answer.Id);
    }

    [Fact]
    public async Task Post_SameKeyAndBody_IsTheSameAnswerByteForByteAlsoWhenEffective()
    {
        JsonObject posting = Office.Fund("fund-same");
        Answer first = await _office.PostAsync(posting, "same-1");
        (await _office.PostAsync(posting, "same-1")).ShouldBe(first);
        (await _office.ApproveAsync(first.Id)).State.ShouldBe("effective");
        (await _office.PostAsync(posting, "same-1")).ShouldBe(first);

        // The same content in another order and spacing is the same posting.
        string turned = new JsonObject(posting.AsEnumerable().Reverse().Select(member => KeyValuePair.Create(member.Key, member.Value?.DeepClone())))
            .ToJsonString(new JsonSerializerOptions { WriteIndented = true });
        (await app.PostAsync("/api/postings", turned, "same-1", _office.Poster)).ShouldBe(first);
    }

    [Fact]
    public async Task Post_SameKeyOtherBody_Is422KeyReused()
    {
        Answer first = await _office.PostAsync(Office.Fund("fund-reused"), "reused-1");
        (int, int) before = await app.CountAsync();
        (await _office.PostAsync(Office.Fund("fund-reused-2"), "reused-1")).ShouldBeProblem(422, "key-reused");
        (await app.CountAsync()).ShouldBe(before);
        (await _office.GetAsync(first.Id)).Json.GetProperty("fund").GetString().ShouldBe("fund-reused");
    }

    [Fact]
    public async Task Post_SameKeyOfAnotherDepartment_IsAnotherPosting()
    {
        Answer one = await _office.PostAsync(Office.Fund("fund-mine"), "shared-key");
        Answer other = await new Office(app, "transport").PostAsync(Office.Fund("fund-theirs"), "shared-key");
        other.ShouldBe(201).Id.Equals(one.Id, StringComparison.Ordinal).ShouldBeFalse();
    }

    [Theory]
    [InlineData(null)]
    [InlineData("")]
    [InlineData("\"\"")]
    [InlineData("\"abc")]
    [InlineData("\"a\\bc\"")]
    [InlineData("\"abc\";a=1")]
    [InlineData("\"a b\"")]
    [InlineData("a b")]
    public async Task Post_NoKeyOrBadKey_Is400(string? key)
    {
        (int, int) before = await app.CountAsync();
        foreach (string path in new[] { "/api/postings", "/api/notices" })
        {
            (await app.PostAsync(path, Office.Fund("fund-no-key").ToJsonString(), key, _office.Poster)).ShouldBeProblem(400, "bad-key");
        }

        (await app.CountAsync()).ShouldBe(before);
    }

    [Fact]
    public async Task Post_TwoKeys_Is400()
    {
        using HttpRequestMessage request = RunningApp.Request(HttpMethod.Post, "/api/postings", _office.Poster);
        request.Content = RunningApp.Json("{}"u8.ToArray());
        request.Headers.TryAddWithoutValidation("Idempotency-Key", ["one", "two"]);
        Answer answer = await app.SendAsync(request);
        answer.ShouldBeProblem(400);
    }

    [Fact]
    public async Task Post_KeyOf255Characters_IsTakenAnd256IsNot()
    {
        string body = Office.Fund("fund-long-key").ToJsonString();
        (await app.PostAsync("/api/postings", body, new string('k', 255), _office.Poster)).ShouldBe(201);
        (await app.PostAsync("/api/postings", body, new string('k', 256), _office.Poster)).ShouldBeProblem(400);
    }

    [Fact]
    public async Task Post_KeyQuotedOrBare_IsTheSameKey()
    {
        JsonObject posting = Office.Fund("fund-quoted");
        Answer bare = await _office.PostAsync(posting, "abc-quoted");
        (await _office.PostAsync(posting, "\"abc-quoted\"")).ShouldBe(bare);

        Answer escaped = await _office.PostAsync(posting, "\"a\\\"b\\\\c\"");
        (await _office.PostAsync(posting, "a\"b\\c")).ShouldBe(escaped);
        escaped.Id.Equals(bare.Id, StringComparison.Ordinal).ShouldBeFalse();
    }

    [Fact]
    public async Task DryRun_GoodAndBad_Is200WithFindingsAndStoresNothing()
    {
        (int, int) before = await app.CountAsync();
        Answer good = await app.PostAsync("/api/postings?dryRun=true", Office.Fund("fund-dry").ToJsonString(), key: null, _office.Poster);
        good.ShouldBe(200).Codes.ShouldBeEmpty();
        Answer bad = await app.PostAsync("/api/postings?dryRun=true", """{"kind":"fund"}""", key: null, _office.Poster);
        bad.ShouldBe(200).Codes.ShouldContain("[missing]");
        Answer refused = await app.PostAsync(
            "/api/postings?dryRun=true", Office.Allocation("fund-nowhere", 1).ToJsonString(), key: null, _office.Poster);
        refused.ShouldBe(200).Codes.ShouldBe("[no-such-fund]");
        Answer notice = await app.PostAsync("/api/notices?dryRun=true", Office.Notice("dry-notice").ToJsonString(), key: null, _office.Poster);
        notice.ShouldBe(200).Codes.ShouldBeEmpty();
        (await app.CountAsync()).ShouldBe(before);
    }

    [Theory]
    [InlineData("?dryRun=perhaps")]
    [InlineData("?dryRun=")]
    [InlineData("?dry-run=true")]
    [InlineData("?dryrun=true&other=1")]
    [InlineData("?dryRun=true&dryRun=false")]
    public async Task DryRun_NeitherTrueNorFalse_Is400AndStoresNothing(string query)
    {
        (int, int) before = await app.CountAsync();
        (await app.PostAsync($"/api/postings{query}", Office.Fund("fund-perhaps").ToJsonString(), Office.NewKey(), _office.Poster)).ShouldBeProblem(400);
        (await app.CountAsync()).ShouldBe(before);
    }

    [Fact]
    public async Task Approve_ByAnotherPerson_IsEffectiveWithEntries()
    {
        Answer posted = await _office.PostAsync(Office.Fund("fund-approved"));
        Answer waiting = await _office.GetAsync(posted.Id);
        waiting.Entries.ShouldBeEmpty();
        JsonElement says = waiting.Json.GetProperty("says")[0]; // The second person sees what is to be decided, in words.
        (says.GetProperty("kind").GetString(), says.GetProperty("fund").GetString()).ShouldBe(("fund", "fund-approved"));
        says.GetProperty("name").GetString().ShouldBe(Office.Fund("fund-approved")["name"]!.GetValue<string>());
        says.GetProperty("regionNames")[0].GetString().ShouldNotBeNullOrEmpty();
        waiting.Json.TryGetProperty("checked", out _).ShouldBeFalse();

        Answer approved = await _office.ApproveAsync(posted.Id);
        approved.ShouldBe(200).State.ShouldBe("effective");
        approved.Entries.ShouldBe([$"{posted.Id}-1"]);
        approved.Json.GetProperty("approval").GetString().ShouldBe("needed");
        approved.Json.GetProperty("decidedBy").GetString().ShouldBe("finance-approver");
        (await _office.GetAsync(posted.Id)).Text.ShouldBe(approved.Text);
    }

    [Fact]
    public async Task Reject_ByAnotherPerson_IsRejectedWithoutEntries()
    {
        Answer posted = await _office.PostAsync(Office.Fund("fund-rejected"));
        Answer rejected = await _office.RejectAsync(posted.Id);
        rejected.ShouldBe(200).State.ShouldBe("rejected");
        rejected.Entries.ShouldBeEmpty();
        (await _office.GetAsync(posted.Id)).Json.GetProperty("checked").GetString().ShouldNotBeNullOrEmpty(); // Its poster learns why.
        (await _office.PostAsync(Office.Appropriation("fund-rejected", 1))).ShouldBeProblem(422, "no-such-fund");
    }

    [Theory]
    [InlineData("approval")]
    [InlineData("rejection")]
    public async Task Decide_OnesOwn_Is403OwnPosting(string decision)
    {
        string both = app.Token("finance", "finance-both", Role.Poster, Role.Approver);
        Answer posted = await app.PostAsync("/api/postings", Office.Fund("fund-own").ToJsonString(), Office.NewKey(), both);
        (await app.PostAsync($"/api/postings/{posted.Id}/{decision}", Office.Checked, null, both)).ShouldBeProblem(403, "own-posting");
        (await _office.GetAsync(posted.Id)).State.ShouldBe("proposed");
    }

    [Fact]
    public async Task Decide_ASecondTime_Is409AlreadyDecided()
    {
        Answer posted = await _office.PostAsync(Office.Fund("fund-twice"));
        await _office.ApproveAsync(posted.Id);
        (int, int) before = await app.CountAsync();
        (await _office.ApproveAsync(posted.Id)).ShouldBeProblem(409, "already-decided");
        (await _office.RejectAsync(posted.Id)).ShouldBeProblem(409, "already-decided");
        (await app.CountAsync()).ShouldBe(before);
        (await _office.GetAsync(posted.Id)).State.ShouldBe("effective");
    }

    [Fact]
    public async Task OtherDepartment_GetAndDecide_Is404AsForOneThatIsNot()
    {
        Answer posted = await _office.PostAsync(Office.Fund("fund-hidden"));
        var other = new Office(app, "transport");
        Answer hidden = (await other.GetAsync(posted.Id)).ShouldBeProblem(404);
        (await other.ApproveAsync(posted.Id)).ShouldBeProblem(404);
        (await other.RejectAsync(posted.Id)).ShouldBeProblem(404);
        (await other.GetAsync(new string('a', 26))).Text.ShouldBe(hidden.Text);
        (await other.GetAsync("no-posting-id")).Text.ShouldBe(hidden.Text);
        (await _office.GetAsync(posted.Id)).State.ShouldBe("proposed");
    }

    [Fact]
    public async Task Decide_WithoutAWord_Is4xxAndUndecided()
    {
        Answer posted = await _office.PostAsync(Office.Fund("fund-wordless"));
        foreach ((string body, int status) in new[] { ("{}", 422), ("", 400), ("[]", 422), ("""{"checked":" "}""", 422), ("""{"checked":"x","y":1}""", 422) })
        {
            (await app.PostAsync($"/api/postings/{posted.Id}/approval", body, null, _office.Approver)).ShouldBeProblem(status);
        }

        (await app.PostAsync($"/api/postings/{posted.Id}/approval", """{"checked":"call 13912345678"}""", null, _office.Approver))
            .ShouldBeProblem(422, "personal-data").Text.ShouldNotContain("13912345678");
        (await _office.GetAsync(posted.Id)).State.ShouldBe("proposed");
    }

    [Fact]
    public async Task Approve_WhenTheFundHasMeanwhileEmptied_IsRefusedWithTheFigures()
    {
        await _office.OpenFundAsync("fund-emptied", 100);
        Answer first = await _office.PostAsync(Office.Allocation("fund-emptied", 60));
        Answer second = await _office.PostAsync(Office.Allocation("fund-emptied", 60));
        (await _office.ApproveAsync(first.Id)).State.ShouldBe("effective");

        Answer refused = await _office.ApproveAsync(second.Id);
        refused.ShouldBe(200).State.ShouldBe("refused");
        refused.Codes.ShouldBe("[exceeds-free]");
        refused.Json.GetProperty("findings")[0].GetProperty("found").GetString().ShouldBe("6000 fen");
        refused.Json.GetProperty("findings")[0].GetProperty("wanted").GetString().ShouldBe("at most 4000 fen");
        refused.Entries.ShouldBeEmpty();
        (await _office.ApproveAsync(second.Id)).ShouldBeProblem(409, "already-decided");
    }

    [Fact]
    public async Task Progress_OfARegisteredProject_IsEffectiveAndOfAnotherRefused()
    {
        await _office.OpenFundAsync("fund-progress", 100);
        JsonObject progress = Office.Progress("fund-progress");
        (await _office.RecordAsync(progress)).State.ShouldBe("effective");
        progress["project"] = "fund-progress-p02";
        (await _office.PostAsync(progress)).ShouldBeProblem(422, "no-such-project");
    }

    [Fact]
    public async Task Notice_Twice_SameIsUnchangedAndOtherIs409()
    {
        JsonObject notice = Office.Notice("notice-twice");
        Answer posted = (await _office.PostNoticeAsync(notice)).ShouldBe(201);
        posted.Json.GetProperty("kind").GetString().ShouldBe("notice");
        Answer approved = await _office.ApproveAsync(posted.Id);
        approved.State.ShouldBe("effective");
        approved.Entries.Length.ShouldBe(35);

        (int, int) before = await app.CountAsync();
        Answer again = await _office.PostNoticeAsync(notice);
        again.ShouldBe(200).Json.GetProperty("unchanged").GetBoolean().ShouldBeTrue();
        again.Id.ShouldBe(posted.Id);

        // Another department learns that it is there, and nothing about who posted it.
        Answer foreign = await new Office(app, "transport").PostNoticeAsync(notice);
        foreign.ShouldBe(200).Text.ShouldBe("""{"unchanged":true}""");

        notice["title"] = "Another title";
        (await _office.PostNoticeAsync(notice)).ShouldBeProblem(409, "notice-exists");
        (await app.PostAsync("/api/notices?dryRun=true", notice.ToJsonString(), null, _office.Poster)).Codes.ShouldBe("[notice-exists]");
        (await app.CountAsync()).ShouldBe(before);
    }

    /// <summary>A store takes a commit whole, however large intake lets it be: Cosmos DB has documents of at most 2 MB.</summary>
    [Fact]
    public async Task Notice_AsLargeAsIntakeTakes_IsEffectiveWithAllItsRows()
    {
        Answer posted = (await _office.PostNoticeAsync(Office.LargestNotice("notice-large"))).ShouldBe(201);
        Answer approved = await _office.ApproveAsync(posted.Id);
        approved.State.ShouldBe("effective");
        approved.Entries.Length.ShouldBeGreaterThan(2 * NoticeReader.RowsMax);
    }

    [Fact]
    public async Task Notice_ProposedTwiceUnderTwoKeys_TakesEffectOnce()
    {
        JsonObject notice = Office.Notice("notice-two-keys");
        Answer one = await _office.PostNoticeAsync(notice);
        Answer two = (await _office.PostNoticeAsync(notice)).ShouldBe(201);
        two.Id.Equals(one.Id, StringComparison.Ordinal).ShouldBeFalse();
        (await _office.ApproveAsync(one.Id)).State.ShouldBe("effective");
        Answer late = await _office.ApproveAsync(two.Id);
        late.State.ShouldBe("refused");
        late.Codes.ShouldBe("[notice-exists]");
    }

    [Fact]
    public async Task Html_InNames_IsTextAndStored()
    {
        JsonObject fund = Office.Fund("fund-html");
        fund["name"] = "<script>alert(1)</script>";
        (await _office.RecordAsync(fund)).ShouldBe(200).State.ShouldBe("effective");
        JsonObject notice = Office.Notice("notice-html");
        notice["allocations"]![0]!["project"] = "<img src=x onerror=alert(1)>";
        Answer posted = (await _office.PostNoticeAsync(notice)).ShouldBe(201);
        (await _office.ApproveAsync(posted.Id)).State.ShouldBe("effective");
    }
}

public sealed class PostingTests(RunningApp app) : PostingContract(app), IClassFixture<RunningApp>;

public sealed class PostingOverCosmosTests(AppOverCosmos app) : PostingContract(app), IClassFixture<AppOverCosmos>;
