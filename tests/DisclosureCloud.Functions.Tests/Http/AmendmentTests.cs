using System.Text.Json.Nodes;
using DisclosureCloud.Functions.Tests.Running;
using DisclosureCloud.Ledger;

namespace DisclosureCloud.Functions.Tests.Http;

/// <summary>Corrections, withdrawals and the other kinds keep the promise of design section 3: exactly once, the same answer for ever.</summary>
public sealed class AmendmentTests(RunningApp app) : IClassFixture<RunningApp>
{
    private readonly Office _office = new(app);

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    [Theory]
    [InlineData("correction")]
    [InlineData("withdrawal")]
    public async Task Amendment_SameKeyAndBody_IsTheSameAnswerAlsoWhenEffective(string kind)
    {
        string fund = $"fund-again-{kind}";
        JsonObject amendment = await AmendmentAsync(kind, fund);
        Answer first = (await _office.PostAsync(amendment, fund)).ShouldBe(201);
        (await _office.PostAsync(amendment, fund)).ShouldBe(first);
        (await _office.ApproveAsync(first.Id)).ShouldBe(200).State.ShouldBe("effective");

        // By now the rules would refuse it: the entry is withdrawn, or says already what it should. The answer is that of then.
        (int, int) before = await app.CountAsync();
        (await _office.PostAsync(amendment, fund)).ShouldBe(first);
        (await app.CountAsync()).ShouldBe(before);
        (await BooksAsync(fund)).Allocated.Fen.ShouldBe(kind == "correction" ? 6_000 : 0);
    }

    [Theory]
    [InlineData("correction")]
    [InlineData("withdrawal")]
    public async Task Amendment_SameKeyOtherBody_Is422KeyReused(string kind)
    {
        string fund = $"fund-reused-{kind}";
        JsonObject amendment = await AmendmentAsync(kind, fund);
        (await _office.PostAsync(amendment, fund)).ShouldBe(201);
        (int, int) before = await app.CountAsync();
        foreach (JsonObject other in Others(amendment))
        {
            (await _office.PostAsync(other, fund)).ShouldBeProblem(422, "key-reused");
        }

        (await app.CountAsync()).ShouldBe(before);
    }

    [Fact]
    public async Task Correction_32CopiesAtOnce_AmendsOnce()
    {
        JsonObject correction = await AmendmentAsync("correction", "fund-copies-correction");
        (int before, _) = await app.CountAsync();
        Answer[] answers = await Task.WhenAll(Enumerable.Range(0, 32).Select(_ => _office.PostAsync(correction, "copies-correction")));
        answers.Distinct().Count().ShouldBe(1);
        answers[0].ShouldBe(201);
        (await app.CountAsync()).Commits.ShouldBe(before + 1);

        Answer[] decisions = await Task.WhenAll(Enumerable.Range(0, 32).Select(_ => _office.ApproveAsync(answers[0].Id)));
        decisions.Count(answer => answer.Status == 200).ShouldBe(1);
        decisions.Count(answer => answer.Status == 409).ShouldBe(31);
        Answer settled = await _office.GetAsync(answers[0].Id);
        settled.State.ShouldBe("effective");
        settled.Entries.Length.ShouldBe(2, "the correction, and what stands from now on");
        History history = await HistoryAsync("fund-copies-correction");
        history.Amendments.Length.ShouldBe(1);
        FundBooks books = await BooksAsync("fund-copies-correction");
        books.Allocated.Fen.ShouldBe(6_000);
        books.Amended.Length.ShouldBe(1);
    }

    [Fact]
    public async Task CorrectionAndWithdrawals_OfOneEntryAtOnce_LeaveNothingHalfDone()
    {
        for (int round = 0; round < 4; round++)
        {
            string fund = $"fund-race-{round}";
            JsonObject correction = await AmendmentAsync("correction", fund);
            var withdrawal = Office.Withdrawal(correction["cites"]!.GetValue<string>());
            Answer[] posted = await Task.WhenAll(
                _office.PostAsync(correction), _office.PostAsync(withdrawal), _office.PostAsync(correction), _office.PostAsync(withdrawal));
            Answer[] decided = await Task.WhenAll(posted.Select(answer => _office.ApproveAsync(answer.ShouldBe(201).Id)));

            // One withdrawal counts; what came after it finds the entry gone, and a second correction finds it corrected.
            decided[1].State.Equals(decided[3].State, StringComparison.Ordinal).ShouldBeFalse();
            decided.Where(answer => answer.State == "refused").ShouldAllBe(answer => answer.Codes == "[entry-withdrawn]" || answer.Codes == "[nothing-changed]");
            History history = await HistoryAsync(fund);
            history.Amendments.Length.ShouldBe(decided.Count(answer => answer.State == "effective"));
            history.Withdrawn.Count().ShouldBe(1);
            FundBooks books = await BooksAsync(fund);
            books.Allocated.Fen.ShouldBe(0);
            books.Allocations.ShouldBeEmpty();
        }
    }

    [Fact]
    public async Task Correction_ThatSaysWhatTheEntrySays_IsRefusedWhenSentAndWhenDecided()
    {
        await _office.OpenFundAsync("fund-same", 100);
        string entry = (await _office.RecordAsync(Noted("第一批"))).Entries[0];
        (await _office.PostAsync(Office.Correction(entry, Noted("第一批")))).ShouldBeProblem(422, "nothing-changed").Pointers.ShouldBe("[/replacement]");

        // Both change the note when they are sent; when the second is decided it is changed already.
        Answer first = (await _office.PostAsync(Office.Correction(entry, Noted("第二批")))).ShouldBe(201);
        Answer second = (await _office.PostAsync(Office.Correction(entry, Noted("第二批")))).ShouldBe(201);
        (await _office.ApproveAsync(first.Id)).ShouldBe(200).State.ShouldBe("effective");
        Answer decided = (await _office.ApproveAsync(second.Id)).ShouldBe(200);
        (decided.State, decided.Codes).ShouldBe(("refused", "[nothing-changed]"));
        (await HistoryAsync("fund-same")).Amendments.Length.ShouldBe(1);

        // What it goes back to is a change: the entry is compared as it stands, not as it was first recorded.
        await _office.RecordAsync(Office.Correction(entry, Noted("第一批")));

        JsonObject Noted(string note)
        {
            JsonObject allocation = Office.Allocation("fund-same", 90);
            allocation["note"] = note;
            return allocation;
        }
    }

    [Fact]
    public async Task Correction_OfAnEntryWhoseWordsAreForgotten_IsTaken()
    {
        await _office.OpenFundAsync("fund-forgotten", 100);
        JsonObject noted = Office.Allocation("fund-forgotten", 90);
        noted["note"] = "第一批";
        string entry = (await _office.RecordAsync(noted)).Entries[0];
        Commit last = (await app.Stores.Ledger.ReadLastAsync(StreamName.Of(Id.Parse<FundId>("fund-forgotten")), Cancel))!;
        await app.Stores.Values.ForgetAsync(
            [.. last.Entries.SelectMany(leaf => SealedFact.Of(leaf.Json).Commitments().Select(commitment => new ValueKey(leaf.Id.Posting, commitment)))], Cancel);

        // Nobody can know any more whether the note is the same; it is stated anew.
        await _office.RecordAsync(Office.Correction(entry, noted));
        (await _office.PostAsync(Office.Correction(entry, noted))).ShouldBeProblem(422, "nothing-changed");
    }

    [Fact]
    public async Task EveryOtherKind_SameKey_IsTheSameAnswerOrKeyReused()
    {
        await _office.OpenFundAsync("fund-kinds", 1_000);
        JsonObject allocation = Office.Allocation("fund-kinds", 500);
        string share = (await _office.RecordAsync(allocation)).Entries[0];
        string payment = (await _office.RecordAsync(Office.Disbursement("fund-kinds", share, 100))).Entries[0];
        foreach (string text in Kinds)
        {
            JsonObject posting = JsonNode.Parse(text.Replace("SHARE", share, StringComparison.Ordinal).Replace("PAYMENT", payment, StringComparison.Ordinal))!.AsObject();
            posting["date"] = "2020-12-31";
            string key = Office.NewKey();
            Answer first = (await _office.PostAsync(posting, key)).ShouldBe(201);
            (await _office.PostAsync(posting, key)).ShouldBe(first);
            (await _office.ApproveAsync(first.Id)).ShouldBe(200).State.ShouldBe("effective", text);
            (await _office.PostAsync(posting, key)).ShouldBe(first, text);
            posting["date"] = "2021-01-04";
            (await _office.PostAsync(posting, key)).ShouldBeProblem(422, "key-reused");
        }
    }

    private static string[] Kinds { get; } =
    [
        """{"kind":"interest","fund":"fund-kinds","unit":"yuan","amount":1.10}""",
        """{"kind":"integration-plan","fund":"fund-kinds","programmes":["industry"],"tier":"county","body":"县政府","reference":"1号"}""",
        """{"kind":"project-change","fund":"fund-kinds","project":"fund-kinds-p01","change":"name","reason":"更名","tier":"county","reference":"2号","name":"果园"}""",
        """{"kind":"commitment","fund":"fund-kinds","project":"fund-kinds-p01","cites":"SHARE","unit":"yuan","amount":200,"reference":"合同1","contractor":"某公司","procurement":"inquiry"}""",
        """{"kind":"household-transfer","fund":"fund-kinds","project":"fund-kinds-p01","cites":"SHARE","unit":"yuan","amount":30,"reference":"1","policy":"补助","standard":"每户一元","households":30}""",
        """{"kind":"refund","fund":"fund-kinds","project":"fund-kinds-p01","cites":"PAYMENT","unit":"yuan","amount":10,"reason":"多付"}""",
        """{"kind":"allocation-reduction","fund":"fund-kinds","project":"fund-kinds-p01","cites":"SHARE","unit":"yuan","oldAmount":500,"newAmount":400,"reason":"调减","reference":"3号","tier":"county"}""",
        """{"kind":"return-to-source","fund":"fund-kinds","unit":"yuan","amount":5,"reason":"收回"}""",
        """{"kind":"carry-over","fund":"fund-kinds","year":2020,"unit":"yuan","carriedOver":100,"surplus":0}""",
        """{"kind":"progress","fund":"fund-kinds","project":"fund-kinds-p01","stage":"started","done":"开工"}""",
        """{"kind":"acceptance","fund":"fund-kinds","project":"fund-kinds-p01","result":"passed","body":"验收组"}""",
        """{"kind":"asset","fund":"fund-kinds","project":"fund-kinds-p01","asset":"asset-kinds","name":"果园","owner":"村集体","unit":"yuan","value":300,"condition":"in-use"}""",
        """{"kind":"income-distribution","fund":"fund-kinds","project":"fund-kinds-p01","asset":"asset-kinds","unit":"yuan","income":7}""",
        """{"kind":"evaluation","fund":"fund-kinds","year":2020,"body":"财政局","grade":"good","outcome":"良好"}""",
        """{"kind":"credit-report","place":"430511","from":"2020-01-01","to":"2020-03-31","unit":"yuan","lent":10,"outstanding":10,"overdue":0,"households":20,"source":"银行"}""",
        """{"kind":"department","departmentId":"finance","name":"财政局"}""",
    ];

    // Another word in the amendment itself, and another figure within.
    private static IEnumerable<JsonObject> Others(JsonObject amendment)
    {
        JsonObject reason = amendment.DeepClone().AsObject();
        reason["reason"] = "另一个原因";
        yield return reason;
        if (amendment["replacement"] is not null)
        {
            JsonObject figure = amendment.DeepClone().AsObject();
            figure["replacement"]!["amount"] = 61;
            yield return figure;
            JsonObject date = amendment.DeepClone().AsObject();
            date["replacement"]!["date"] = "2020-03-03";
            yield return date;
        }
    }

    // A fund of 100 yuan of which 90 are allocated where 60, or nothing, was meant.
    private async Task<JsonObject> AmendmentAsync(string kind, string fund)
    {
        await _office.OpenFundAsync(fund, 100);
        string entry = (await _office.RecordAsync(Office.Allocation(fund, 90))).Entries[0];
        return kind == "correction" ? Office.Correction(entry, Office.Allocation(fund, 60)) : Office.Withdrawal(entry);
    }

    private async Task<FundBooks> BooksAsync(string fund) =>
        Outcome.BooksOf(await app.Stores.Ledger.ReadLastAsync(StreamName.Of(Id.Parse<FundId>(fund)), Cancel))!;

    private async Task<History> HistoryAsync(string fund)
    {
        var entries = new List<Entry>();
        await foreach (Commit commit in app.Stores.Ledger.ReadStreamAsync(StreamName.Of(Id.Parse<FundId>(fund)), 0, Cancel))
        {
            entries.AddRange(commit.Entries.Select(leaf => Entry.Of(leaf, _ => null)));
        }

        return History.Of(entries);
    }
}
