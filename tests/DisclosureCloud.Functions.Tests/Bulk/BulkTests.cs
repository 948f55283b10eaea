using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;
using DisclosureCloud.Functions.Hosting.Bearer;
using DisclosureCloud.Functions.Hosting.Bulk;
using DisclosureCloud.Functions.Hosting.Sheets;
using DisclosureCloud.Functions.Tests.Running;
using DisclosureCloud.Functions.Tests.Sheets;
using DisclosureCloud.Ledger;

namespace DisclosureCloud.Functions.Tests.Bulk;

/// <summary>Files of many postings over HTTP: the app itself does them, as in embedded mode.</summary>
public sealed class BulkTests(RunningApp app) : IClassFixture<RunningApp>
{
    private const string Ndjson = "application/x-ndjson";
    private const string Xlsx = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet";

    private readonly Office _office = new(app);

    [Fact]
    public async Task File_OfTwoFunds_IsOnePostingOfEachWhichOnePersonApproves()
    {
        Answer done = await SendAsync(Office.Fund("two-a"), Office.Fund("two-b"), Office.Appropriation("two-a", 100), Office.Appropriation("two-b", 70), Office.Appropriation("two-a", 5));
        done.State.ShouldBe("stored");
        done.Json.GetProperty("rows").GetInt32().ShouldBe(5);
        JsonElement[] postings = [.. done.Json.GetProperty("postings").EnumerateArray()];
        postings.Select(one => (one.GetProperty("kind").GetString(), one.GetProperty("fund").GetString(), one.GetProperty("row").GetInt32(), one.GetProperty("rows").GetInt32()))
            .ShouldBe([("batch", "two-a", 1, 3), ("batch", "two-b", 2, 2)]);

        foreach (string id in postings.Select(one => one.GetProperty("id").GetString()!))
        {
            Answer proposed = await _office.GetAsync(id);
            proposed.State.ShouldBe("proposed");
            proposed.Json.GetProperty("says").EnumerateArray().First().GetProperty("kind").GetString().ShouldBe("fund");
            (await _office.ApproveAsync(id)).ShouldBe(200).State.ShouldBe("effective");
        }

        (await BooksAsync("two-a")).Appropriated.Fen.ShouldBe(105_00);
        (await BooksAsync("two-b")).Appropriated.Fen.ShouldBe(70_00);
        (await _office.GetAsync(postings[0].GetProperty("id").GetString()!)).Entries.Length.ShouldBe(3);
    }

    [Fact]
    public async Task Row_ThatCitesOneAbove_HasItsEntry()
    {
        await _office.OpenFundAsync("cites", 1_000);
        Answer done = await SendAsync(Office.Allocation("cites", 600), Office.Disbursement("cites", "!1", 200), Office.Disbursement("cites", "!1", 300));
        done.State.ShouldBe("stored", done.Text);
        string id = done.Json.GetProperty("postings")[0].GetProperty("id").GetString()!;
        (await _office.ApproveAsync(id)).ShouldBe(200).State.ShouldBe("effective");

        FundBooks books = await BooksAsync("cites");
        books.Disbursed.Fen.ShouldBe(500_00);
        books.Allocations[Id.Parse<EntryId>($"{id}-1")].Disbursed.Fen.ShouldBe(500_00);
    }

    [Fact]
    public async Task Row_ThatCitesWhatItCannot_IsToldWhy()
    {
        await _office.OpenFundAsync("astray", 1_000);
        await _office.OpenFundAsync("astray-too", 1_000);
        Answer done = await SendAsync(
            Office.Allocation("astray", 600), Office.Disbursement("astray", "!2", 1), Office.Disbursement("astray", "!3", 2), Office.Disbursement("astray-too", "!1", 3), Office.Disbursement("astray", "!99", 4));
        done.State.ShouldBe("refused");
        Rows(done).ShouldBe([(2, "no-such-row", "/cites"), (3, "no-such-row", "/cites"), (4, "no-such-row", "/cites"), (5, "no-such-row", "/cites")]);
        done.Json.GetProperty("postings").GetArrayLength().ShouldBe(0);
        (await BooksAsync("astray")).Allocated.Fen.ShouldBe(0);
    }

    [Fact]
    public async Task Rows_ThatDifferOnlyInTheRowThatTheyCite_AreTwo()
    {
        await _office.OpenFundAsync("alike", 1_000);
        Answer done = await SendAsync(
            Office.Allocation("alike", 100), Office.Allocation("alike", 200), Office.Disbursement("alike", "!1", 50), Office.Disbursement("alike", "!2", 50), Office.Disbursement("alike", "!2", 50));
        Rows(done).ShouldBe([(5, "repeats-row", "")]);
    }

    [Fact]
    public async Task Rows_AboutOneProjectOfFundsOfTwoPlaces_AreOfBoth()
    {
        // One project, which funds of two counties register: who acts for one of them may not speak for the other's.
        JsonObject other = Office.Fund("place-b");
        (other["region"], other["regionNames"]) = ("410503", new JsonArray("河南省", "安阳市", "北关区"));
        foreach ((string fund, JsonObject opened) in new[] { ("place-a", Office.Fund("place-a")), ("place-b", other) })
        {
            (await _office.RecordAsync(opened)).ShouldBe(200).State.ShouldBe("effective");
            foreach ((string of, JsonObject posting) in Office.Opening(fund, 10).Skip(2))
            {
                JsonObject own = posting;
                if (own["kind"]!.GetValue<string>() == "project")
                {
                    own["project"] = "road-of-both";
                }

                (await (of == "finance" ? _office : new Office(app, of)).RecordAsync(own)).ShouldBe(200).State.ShouldBe("effective");
            }
        }

        JsonObject[] progress = [.. new[] { "place-a", "place-b" }.Select(fund =>
        {
            JsonObject said = Office.Progress(fund);
            said["project"] = "road-of-both";
            return said;
        })];
        var bound = new Office(app, "finance", Id.Parse<RegionCode>("430511"));
        Answer one = await app.BulkDoneAsync(await app.SendBulkAsync(Lines(progress[0]), Ndjson, Office.NewKey(), bound.Poster, "?dryRun=true"), bound.Poster);
        one.State.ShouldBe("good", one.Text);
        Answer both = await app.BulkDoneAsync(await app.SendBulkAsync(Lines(progress), Ndjson, Office.NewKey(), bound.Poster, "?dryRun=true"), bound.Poster);
        both.State.ShouldBe("refused");
        Rows(both).ShouldBe([(2, "other-region", "/fund")]);
    }

    [Fact]
    public async Task File_InWhichRowsAreWrong_TellsAllOfThemAndStoresNothing()
    {
        (int Commits, int Values) before = await app.CountAsync();
        Answer done = await SendAsync(
            Office.Fund("wrong"), Office.Appropriation("wrong", 1), Office.Fund("wrong"), Office.Appropriation("wrong", 100), Office.Allocation("wrong", 40), Office.Appropriation("wrong-too", 9), Office.Fund("wrong-well"));
        done.State.ShouldBe("refused");
        Rows(done).ShouldBe([(3, "repeats-row", ""), (5, "no-such-project", "/project"), (6, "no-such-fund", "/fund")]);
        (await app.CountAsync()).ShouldBe(before);
    }

    [Fact]
    public async Task File_InWhichRowsAreMalformed_TellsAllOfThemAtOnceAndIsNotKept()
    {
        JsonObject noAmount = Office.Appropriation("malformed", 1);
        noAmount.Remove("amount");
        JsonObject unknown = Office.Fund("malformed-too");
        unknown["colour"] = "red";
        string key = Office.NewKey();
        Answer refused = await app.SendBulkAsync(Lines(Office.Fund("malformed"), noAmount, unknown), Ndjson, key, _office.Poster);
        refused.ShouldBeProblem(422);
        Rows(refused, "errors").ShouldBe([(2, "missing", "/amount"), (3, "unknown-field", "/colour")]);
        (await app.GetAsync($"/api/bulk/{BulkId.Of(Id.Parse<DepartmentId>("finance"), key)}", _office.Poster)).ShouldBeProblem(404);
    }

    [Fact]
    public async Task DryRun_OfAGoodFile_StoresNothingAndLeavesTheKey()
    {
        byte[] file = Lines(Office.Fund("dry"), Office.Appropriation("dry", 100));
        string key = Office.NewKey();
        (int Commits, int Values) before = await app.CountAsync();
        Answer checkedOnly = await app.BulkDoneAsync(await app.SendBulkAsync(file, Ndjson, key, _office.Poster, "?dryRun=true"), _office.Poster);
        checkedOnly.State.ShouldBe("good");
        checkedOnly.Json.GetProperty("dryRun").GetBoolean().ShouldBeTrue();
        (await app.CountAsync()).ShouldBe(before);

        (await app.BulkDoneAsync(await app.SendBulkAsync(file, Ndjson, key, _office.Poster), _office.Poster)).State.ShouldBe("stored");
    }

    [Fact]
    public async Task File_SentAgain_IsTheSameAndStoresNothingTwice()
    {
        byte[] file = Lines(Office.Fund("again"), Office.Appropriation("again", 100));
        string key = Office.NewKey();
        Answer first = await app.SendBulkAsync(file, Ndjson, key, _office.Poster);
        Answer done = await app.BulkDoneAsync(first, _office.Poster);
        (int Commits, int Values) after = await app.CountAsync();

        Answer again = (await app.SendBulkAsync(file, Ndjson, key, _office.Poster)).ShouldBe(202);
        (again.Location, again.Text).ShouldBe((first.Location, first.Text));
        (await app.GetAsync(first.Location!, _office.Poster)).Text.ShouldBe(done.Text);
        (await app.CountAsync()).ShouldBe(after);
        (await app.SendBulkAsync(Lines(Office.Fund("another")), Ndjson, key, _office.Poster)).ShouldBeProblem(422, "key-reused");
        (await app.SendBulkAsync(file, "text/csv", key, _office.Poster)).ShouldBeProblem(422);
    }

    [Fact]
    public async Task File_OfAnotherDepartmentOrRegion_IsNotThere()
    {
        Answer taken = await app.SendBulkAsync(Lines(Office.Fund("mine")), Ndjson, Office.NewKey(), _office.Poster);
        await app.BulkDoneAsync(taken, _office.Poster);
        (await app.GetAsync(taken.Location!, _office.Approver)).ShouldBe(200);
        (await app.GetAsync(taken.Location!, new Office(app, "transport").Poster)).ShouldBeProblem(404);
        (await app.GetAsync(taken.Location!, new Office(app, "finance", Id.Parse<RegionCode>("430511")).Approver)).ShouldBeProblem(404);
        (await app.GetAsync("/api/bulk/none", _office.Poster)).ShouldBeProblem(404);
    }

    [Fact]
    public async Task File_OfAPersonBoundToARegion_MayNameThatAlone()
    {
        var town = new Office(app, "finance", Id.Parse<RegionCode>("430522"));
        Answer done = await app.BulkDoneAsync(await app.SendBulkAsync(Lines(Office.Fund("elsewhere"), Office.Appropriation("elsewhere", 1)), Ndjson, Office.NewKey(), town.Poster), town.Poster);
        done.State.ShouldBe("refused");
        Rows(done).ShouldBe([(1, "other-region", "/region")]);
    }

    [Theory]
    [InlineData("", "no-rows", 422)]
    [InlineData("\r\n \n", "no-rows", 422)]
    [InlineData("{", "not-json", 400)]
    [InlineData("\uFEFF{}", "byte-order-mark", 400)]
    [InlineData("{\"a\":1,\"a\":2}", "duplicate-key", 400)]
    public async Task File_ThatCannotBeRead_IsRefusedAtOnce(string text, string code, int status) =>
        (await app.SendBulkAsync(Encoding.UTF8.GetBytes(text), Ndjson, Office.NewKey(), _office.Poster)).ShouldBeProblem(status, code);

    [Fact]
    public async Task File_WithDataOfAPerson_IsRefusedAtOnceWithItsRowAndKeptNowhere()
    {
        const string card = "11010519491231002X"; // GB 11643's own example.
        JsonObject bad = Office.Fund("person");
        bad["name"] = card;
        Answer refused = await app.SendBulkAsync(Lines(Office.Fund("well"), bad), Ndjson, Office.NewKey(), _office.Poster);
        refused.ShouldBeProblem(422, "personal-data");
        JsonElement error = refused.Json.GetProperty("errors")[0];
        (error.GetProperty("row").GetInt32(), error.GetProperty("pointer").GetString()).ShouldBe((2, "/name"));
        refused.Text.ShouldNotContain(card);
        Directory.EnumerateFiles(app.Deployment.Data, "*", SearchOption.AllDirectories)
            .Where(file => file.Contains("bulk", StringComparison.Ordinal)).ShouldAllBe(file => !File.ReadAllText(file).Contains(card));
    }

    [Fact]
    public async Task Workbook_OfSeveralSheets_TellsCellsAndCitesAcrossThem()
    {
        await _office.OpenFundAsync("book", 1_000);
        TestBook book = TestBook
            .Of("allocation", TestBook.Row(1, "date", "fund", "project", "amount", "unit"), TestBook.Row(2, "2020-03-02", "book", Office.ProjectOf("book"), "n:600", "yuan"))
            .Add("disbursement", TestBook.Row(1, "date", "fund", "project", "cites", "amount", "unit")
                + TestBook.Row(2, "2020-03-03", "book", Office.ProjectOf("book"), "allocation!2", "n:150.25", "yuan") + TestBook.Row(3, "2020-03-04", "book", Office.ProjectOf("book"), "allocation!2", "n:9000", "yuan"));
        Answer refused = await app.BulkDoneAsync(await app.SendBulkAsync(book.Bytes(), Xlsx, Office.NewKey(), _office.Poster), _office.Poster);
        refused.State.ShouldBe("refused");
        JsonElement finding = refused.Json.GetProperty("findings").EnumerateArray().Single();
        (finding.GetProperty("cell").GetString(), finding.GetProperty("row").GetInt32(), finding.GetProperty("code").GetString()).ShouldBe(("disbursement!E3", 3, "exceeds-allocated"));

        TestBook good = TestBook
            .Of("allocation", TestBook.Row(1, "date", "fund", "project", "amount", "unit"), TestBook.Row(2, "2020-03-02", "book", Office.ProjectOf("book"), "n:600", "yuan"))
            .Add("disbursement", TestBook.Row(1, "date", "fund", "project", "cites", "amount", "unit") + TestBook.Row(2, "2020-03-03", "book", Office.ProjectOf("book"), "allocation!2", "n:150.25", "yuan"));
        Answer stored = await app.BulkDoneAsync(await app.SendBulkAsync(good.Bytes(), Xlsx, Office.NewKey(), _office.Poster), _office.Poster);
        stored.State.ShouldBe("stored", stored.Text);
        (await _office.ApproveAsync(stored.Json.GetProperty("postings")[0].GetProperty("id").GetString()!)).ShouldBe(200).State.ShouldBe("effective");
        (await BooksAsync("book")).Disbursed.Fen.ShouldBe(150_25);
    }

    [Fact]
    public void Workbook_WithWhatNobodyReads_IsKeptWithoutThat()
    {
        const string card = "11010519491231002X";
        TestBook book = TestBook.Of("interest", TestBook.Row(1, "date", "fund", "amount", "unit"), TestBook.Row(2, "2020-03-02", "unread", "n:1", "yuan"))
            .With("xl/comments1.xml", $"<comments>{card}</comments>").With("docProps/core.xml", $"<core>{card}</core>");
        book.Level = System.IO.Compression.CompressionLevel.NoCompression;
        byte[] file = book.Bytes();
        Encoding.Latin1.GetString(file).ShouldContain(card);

        BulkFormat format = BulkFormat.Of(Xlsx)!;
        (ReadOnlyMemory<byte> rows, IReadOnlyList<Finding> found) = BulkFile.Read(file, format, new DateOnly(2026, 3, 2));
        found.ShouldBeEmpty();
        using var unpacked = new StreamReader(new System.IO.Compression.GZipStream(new MemoryStream(rows.ToArray()), System.IO.Compression.CompressionMode.Decompress));
        string kept = unpacked.ReadToEnd();
        kept.ShouldNotContain(card);
        kept.ShouldBe("""{"sheet":"interest","row":2,"cells":{"/date":"A2","/fund":"B2","/amount":"C2","/unit":"D2"},"body":{"kind":"interest","date":"2020-03-02","fund":"unread","amount":1,"unit":"yuan"}}""" + "\n");
        SheetRow again = KeptRows.Read(rows.ToArray()).Single();
        (again.Sheet, again.Row, again.CellOf("/amount"), again.CellOf("/other")).ShouldBe(("interest", 2, "C2", null));
    }

    [Fact]
    public async Task File_ThatIsDone_IsKeptNoLonger()
    {
        Answer done = await SendAsync(Office.Fund("gone"));
        string folder = Path.Combine(app.Deployment.BulkFolder, done.Id[..2], done.Id);
        await Eventually.TrueAsync("the rows are gone", () => // The answer is there a moment before that.
            Task.FromResult(Directory.EnumerateFiles(folder).Select(Path.GetFileName).Order(StringComparer.Ordinal).SequenceEqual(["answer.json", "request.json"], StringComparer.Ordinal)));
    }

    [Fact]
    public async Task File_OfAnAuditorOrOperator_IsForbidden()
    {
        (await app.SendBulkAsync(Lines(Office.Fund("no")), Ndjson, Office.NewKey(), app.Token("audit", "audit-1", Role.Auditor))).ShouldBeProblem(403);
        (await app.SendBulkAsync(Lines(Office.Fund("no")), Ndjson, Office.NewKey(), app.Token("finance", "both", Role.Poster, Role.Operator))).ShouldBeProblem(403, "conflicting-roles");
        (await app.SendBulkAsync(Lines(Office.Fund("no")), Ndjson, key: null, _office.Poster)).ShouldBeProblem(400, "bad-key");
        (await app.SendBulkAsync(Lines(Office.Fund("no")), "application/json", Office.NewKey(), _office.Poster)).ShouldBeProblem(415);
        (await app.SendBulkAsync(Lines(Office.Fund("no")), Ndjson, Office.NewKey(), _office.Poster, "?dryrun=true")).ShouldBeProblem(400, "bad-query");
    }

    private async Task<Answer> SendAsync(params JsonObject[] postings) =>
        await app.BulkDoneAsync(await app.SendBulkAsync(Lines(postings), Ndjson, Office.NewKey(), _office.Poster), _office.Poster);

    private async Task<FundBooks> BooksAsync(string fund) =>
        Outcome.BooksOf(await app.Stores.Ledger.ReadLastAsync(StreamName.Of(Id.Parse<FundId>(fund)), TestContext.Current.CancellationToken))!;

    private static (int Row, string Code, string Pointer)[] Rows(Answer done, string list = "findings") => [.. done.Json.GetProperty(list).EnumerateArray().Select(finding =>
        (finding.GetProperty("row").GetInt32(), finding.GetProperty("code").GetString()!, finding.GetProperty("pointer").GetString()!))];

    private static byte[] Lines(params JsonObject[] postings) => Encoding.UTF8.GetBytes(string.Join('\n', postings.Select(posting => posting.ToJsonString())));
}
