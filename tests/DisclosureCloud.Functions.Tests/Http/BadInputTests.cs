using System.Globalization;
using System.IO.Compression;
using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;
using DisclosureCloud.Functions.Tests.Running;
using DisclosureCloud.Ledger;

namespace DisclosureCloud.Functions.Tests.Http;

/// <summary>What must be refused, over HTTP: a problem document with pointer and code, and nothing stored.</summary>
public sealed class BadInputTests(RunningApp app) : IClassFixture<RunningApp>
{
    private const string Postings = "/api/postings";
    private const string Notices = "/api/notices";

    private readonly Office _office = new(app);

    /// <summary>Name, what is replaced in a good body, by what, status, code, pointer.</summary>
    public static TheoryData<string, string, string, string, int, string, string> Table => new()
    {
        { "not JSON", Postings, "{", "<", 400, "not-json", "" },
        { "not JSON", Notices, "{", "<", 400, "not-json", "" },
        { "a comment", Postings, "{", "{/* */", 400, "not-json", "" },
        { "a comma too many", Notices, "}", ",}", 400, "not-json", "" },
        { "NaN", Postings, "1000", "NaN", 400, "not-json", "" },
        { "amount as a string", Postings, "1000", "\"1000\"", 422, "wrong-type", "/amount" },
        { "amount as a string", Notices, "200000", "\"200000\"", 422, "wrong-type", "/allocations/0/amount" },
        { "amount missing", Postings, "\"amount\":1000", "\"reference\":\"r\"", 422, "missing", "/amount" },
        { "amount null", Postings, "1000", "null", 422, "missing", "/amount" },
        { "date as a number", Postings, "\"2020-03-02\"", "20200302", 422, "wrong-type", "/date" },
        { "title as a list", Notices, "\"title\":\"", "\"title\":[],\"x\":\"", 422, "wrong-type", "/title" },
        { "unknown field", Postings, "\"kind\"", "\"vendor\":1,\"kind\"", 422, "unknown-field", "/vendor" },
        { "unknown field", Notices, "\"no\":1,", "\"no\":1,\"payee/a~b\":1,", 422, "unknown-field", "/allocations/0/payee~1a~0b" },
        { "duplicate key", Postings, "\"amount\":1000", "\"amount\":1000,\"amount\":1", 400, "duplicate-key", "" },
        { "duplicate key", Notices, "\"no\":1,", "\"no\":1,\"n\\u006f\":1,", 400, "duplicate-key", "/allocations/0" },
        { "negative", Postings, "1000", "-1", 422, "not-positive", "/amount" },
        { "negative", Notices, "200000", "-200000", 422, "not-positive", "/allocations/0/amount" },
        { "zero", Postings, "1000", "0", 422, "not-positive", "/amount" },
        { "zero, written otherwise", Postings, "1000", "-0.00e9", 422, "not-positive", "/amount" },
        { "zero", Notices, "200000", "0", 422, "not-positive", "/allocations/0/amount" },
        { "three decimals of a yuan", Postings, "1000", "0.001", 422, "not-whole-fen", "/amount" },
        { "three decimals of a yuan", Notices, "200000", "200000.001", 422, "not-whole-fen", "/allocations/0/amount" },
        { "1e400", Postings, "1000", "1e400", 422, "amount-too-large", "/amount" },
        { "1e400", Notices, "200000", "1e400", 422, "amount-too-large", "/allocations/0/amount" },
        { "1e-400", Postings, "1000", "1e-400", 422, "not-whole-fen", "/amount" },
        { "2^53 fen", Postings, "1000", "90071992547409.92", 422, "amount-too-large", "/amount" },
        { "a date in the year 9999", Postings, "2020-03-02", "9999-12-31", 422, "date-out-of-range", "/date" },
        { "a date in the year 1", Postings, "2020-03-02", "0001-01-01", 422, "date-out-of-range", "/date" },
        { "30 February", Postings, "2020-03-02", "2020-02-30", 422, "not-a-date", "/date" },
        { "a date with a time", Notices, "2019-12-27", "2019-12-27T00:00:00Z", 422, "not-a-date", "/published" },
        { "published in the future", Notices, "2019-12-27", "2100-01-01", 422, "date-out-of-range", "/published" },
        { "the year 20200", Notices, "\"fiscalYear\":2020", "\"fiscalYear\":20200", 422, "out-of-range", "/fiscalYear" },
        { "a region without a name", Notices, "\"region\":[", "\"region\":[],\"x\":[", 422, "", "/region" },
        { "a region with an empty name", Notices, "\"region\":[", "\"region\":[\" \",", 422, "empty-text", "/region/0" },
        { "a control character", Postings, "中央财政", "中央\\u0007财政", 422, "forbidden-character", "/sourceName" },
        { "a control character", Notices, "水果基地", "水果\\u0000基地", 422, "forbidden-character", "/allocations/0/project" },
        { "a change of direction", Notices, "水果基地", "水果\\u202e基地", 422, "forbidden-character", "/allocations/0/project" },
        { "half a pair", Postings, "中央财政", "中央\\ud800财政", 400, "lone-surrogate", "" },
        { "an unknown unit", Postings, "yuan", "dollar", 422, "unknown-code", "/unit" },
        { "an unknown kind", Postings, "\"appropriation\"", "\"budget\"", 422, "unknown-kind", "/kind" },
        { "a notice at the wrong address", Postings, "\"appropriation\"", "\"notice\"", 422, "unknown-kind", "/kind" },
        { "an id with a way up", Postings, "\"fund\":\"bad-fund\"", "\"fund\":\"../../x\"", 422, "bad-id", "/fund" },
        { "an id with capitals", Notices, "\"bad-notice\"", "\"Bad-Notice\"", 422, "bad-id", "/id" },
        { "too deep", Notices, "\"kind\"", "\"x\":[[[[[[[[[[[[[[[[[[]]]]]]]]]]]]]]]]]],\"kind\"", 400, "too-deep", "" },
        { "an identity number", Postings, "中央财政", "11010519491231002X", 422, "personal-data", "/sourceName" },
        { "a mobile number", Notices, "水果基地", "电话138-1234-5678", 422, "personal-data", "/allocations/0/project" },
        { "a bank card in full-width digits", Notices, "水果基地", "６２２８４８０４０２５６４８９００１８", 422, "personal-data", "/allocations/0/project" },
        { "a mobile number as a field's name", Postings, "\"kind\"", "\"13812345678\":1,\"kind\"", 422, "personal-data", "" },
        { "sums that do not add up", Notices, "\"amount\":200000", "\"amount\":200001", 422, "", "" },
    };

    [Theory]
    [MemberData(nameof(Table))]
    public async Task Post_Bad_IsAProblemAndNothingIsStored(
        string name, string path, string good, string bad, int status, string code, string pointer)
    {
        string body = Good(path);
        int at = body.IndexOf(good, StringComparison.Ordinal);
        at.ShouldBeGreaterThanOrEqualTo(0, $"'{good}' stands in the good body");
        (int, int) before = await app.CountAsync();

        Answer answer = await app.PostAsync(path, body[..at] + bad + body[(at + good.Length)..], Office.NewKey(), _office.Poster);

        answer.ShouldBeProblem(status);
        answer.Codes.ShouldContain(code.Length == 0 ? "[" : $"[{code}]", Case.Sensitive, name);
        answer.Pointers.ShouldContain(pointer.Length == 0 ? "[" : $"[{pointer}]", Case.Sensitive, name);
        (await app.CountAsync()).ShouldBe(before);
        if (code == "personal-data")
        {
            string value = bad.Trim('"').Split('"')[0];
            answer.Text.ShouldNotContain(value);
            app.Diagnostics.ShouldNotContain(value);
        }
    }

    [Theory]
    [InlineData(Postings)]
    [InlineData(Notices)]
    public async Task Post_GoodBodyOfTheTable_IsTaken(string path)
    {
        // Else every row of the table might be refused for another reason.
        Answer answer = await app.PostAsync($"{path}?dryRun=true", Good(path), null, _office.Poster);
        answer.Codes.ShouldBe(path == Notices ? "" : "[no-such-fund]");
    }

    [Fact]
    public async Task Allocation_OverFree_Is422WithTheFigures()
    {
        await _office.OpenFundAsync("bad-free", 100);
        (int, int) before = await app.CountAsync();
        Answer answer = await _office.PostAsync(Office.Allocation("bad-free", 101));
        answer.ShouldBeProblem(422, "exceeds-free").Pointers.ShouldBe("[/amount]");
        answer.Json.GetProperty("errors")[0].GetProperty("found").GetString().ShouldBe("10100 fen");
        answer.Json.GetProperty("errors")[0].GetProperty("wanted").GetString().ShouldBe("at most 10000 fen");
        (await app.CountAsync()).ShouldBe(before);
        (await _office.PostAsync(Office.Allocation("bad-free", 100))).ShouldBe(201);
    }

    [Fact]
    public async Task Disbursement_OverItsAllocation_Is422WithTheFigures()
    {
        await _office.OpenFundAsync("bad-paid", 100);
        string entry = (await _office.RecordAsync(Office.Allocation("bad-paid", 50))).Entries.Single();
        (await _office.RecordAsync(Office.Disbursement("bad-paid", entry, 20))).State.ShouldBe("effective");
        (int, int) before = await app.CountAsync();
        Answer answer = await _office.PostAsync(Office.Disbursement("bad-paid", entry, 31));
        answer.ShouldBeProblem(422, "exceeds-allocated");
        answer.Json.GetProperty("errors")[0].GetProperty("found").GetString().ShouldBe("3100 fen");
        answer.Json.GetProperty("errors")[0].GetProperty("wanted").GetString().ShouldBe("at most 3000 fen");
        (await app.CountAsync()).ShouldBe(before);
        (await _office.PostAsync(Office.Disbursement("bad-paid", entry, 30))).ShouldBe(201);
    }

    [Theory]
    [InlineData(Postings, false)]
    [InlineData(Postings, true)]
    [InlineData(Notices, false)]
    [InlineData(Notices, true)]
    public async Task Body_Of2MiB_Is413AndOf1MiBIsRead(string path, bool chunked)
    {
        (int, int) before = await app.CountAsync();
        (await SendAsync(path, Padded(path, 2 << 20), chunked: chunked)).ShouldBeProblem(413, "body-too-large");
        (await SendAsync(path, Padded(path, (1 << 20) + 1), chunked: chunked)).ShouldBeProblem(413, "body-too-large");
        (await SendAsync($"{path}?dryRun=true", Padded(path, 1 << 20), chunked: chunked)).ShouldBe(200);
        (await app.CountAsync()).ShouldBe(before);
    }

    [Theory]
    [InlineData(Postings)]
    [InlineData(Notices)]
    public async Task Body_InAnotherForm_IsRefused(string path)
    {
        byte[] good = Encoding.UTF8.GetBytes(Good(path));
        (int, int) before = await app.CountAsync();
        using var zipped = new MemoryStream();
        await using (var zip = new GZipStream(zipped, CompressionMode.Compress, leaveOpen: true))
        {
            await zip.WriteAsync(good, TestContext.Current.CancellationToken);
        }

        (await SendAsync(path, zipped.ToArray(), encoding: "gzip")).ShouldBeProblem(415, "compressed-body");
        foreach (string? type in new[] { null, "text/plain", "application/x-www-form-urlencoded", "application/json; charset=gbk", "nonsense", "application/json, text/plain" })
        {
            (await SendAsync(path, good, type: type)).ShouldBeProblem(415, "unsupported-media-type");
        }

        (await SendAsync(path, [])).ShouldBeProblem(400, "not-json");
        (await SendAsync(path, [.. good[..20], 0xff, .. good[20..]])).ShouldBeProblem(400, "not-utf8");
        (await SendAsync(path, Encoding.Unicode.GetBytes(Good(path)))).ShouldBeProblem(400);
        (await SendAsync(path, [.. Encoding.UTF8.Preamble, .. good])).ShouldBeProblem(400, "byte-order-mark");
        foreach (string whole in new[] { "null", "[]", "1", "\"x\"", "{}", "[{}]" })
        {
            (await SendAsync(path, Encoding.UTF8.GetBytes(whole))).ShouldBeProblem(422);
        }

        (await app.CountAsync()).ShouldBe(before);
        (await SendAsync($"{path}?dryRun=true", good, chunked: true)).ShouldBe(200);
        (await SendAsync($"{path}?dryRun=true", good, type: "APPLICATION/json; charset=\"UTF-8\"")).ShouldBe(200);
    }

    [Fact]
    public async Task Body_BrokenBelowHttp_Is4xxAndNothingIsStored()
    {
        (int, int) before = await app.CountAsync();
        string head = RawHead();
        (await app.RawAsync($"{head}Transfer-Encoding: chunked\r\n\r\nzz\r\n{{}}\r\n0\r\n\r\n")).ShouldStartWith("HTTP/1.1 400");
        (await app.RawAsync($"{head}Content-Length: -1\r\n\r\n")).ShouldStartWith("HTTP/1.1 400");
        (await app.RawAsync($"{head}Content-Length: 2\r\nTransfer-Encoding: chunked\r\n\r\n{{}}")).ShouldStartWith("HTTP/1.1 4");
        (await app.RawAsync($"{head}Idempotency-Key\u00ff: x\r\nContent-Length: 2\r\n\r\n{{}}")).ShouldStartWith("HTTP/1.1 400");
        (await app.CountAsync()).ShouldBe(before);
    }

    [Theory]
    [InlineData("digits and separators", "1 ")]
    [InlineData("nines and three separators", "999999999---")]
    [InlineData("ten digits", "1234567890x")]
    [InlineData("a letter that grows when normalised", "\ufdfa")]
    [InlineData("nested quotes", "\\\"")]
    [InlineData("not a character", "\uffff")]
    public async Task Body_OfAMebibyteThatIsHardToScreen_IsA4xx(string why, string piece)
    {
        (int, int) before = await app.CountAsync();
        var text = new StringBuilder();
        while (Encoding.UTF8.GetByteCount(text.ToString()) < 900_000)
        {
            text.Append(new StringBuilder().Insert(0, piece, 20_000));
        }

        string body = Good(Postings).Replace("中央财政", text.ToString(), StringComparison.Ordinal);
        Answer answer = await app.PostAsync(Postings, body.Length > 1_000_000 ? body[..1_000_000] : body, Office.NewKey(), _office.Poster);
        answer.Status.ShouldBeInRange(400, 422, why);
        answer.Text.Length.ShouldBeLessThan(10_000, why);
        (await app.CountAsync()).ShouldBe(before);
    }

    [Fact]
    public async Task Body_WithTensOfThousandsOfFaults_IsAnsweredWithABoundedList()
    {
        var many = new JsonObject();
        for (int i = 0; i < 50_000; i++)
        {
            many[string.Create(CultureInfo.InvariantCulture, $"f{i}")] = i;
        }

        (await app.PostAsync(Postings, many.ToJsonString(), Office.NewKey(), _office.Poster)).ShouldBeProblem(422);
        many["kind"] = "fund";
        Answer answer = await app.PostAsync(Postings, many.ToJsonString(), Office.NewKey(), _office.Poster);
        answer.ShouldBeProblem(422, "unknown-field").Json.GetProperty("errors").GetArrayLength().ShouldBeLessThanOrEqualTo(Findings.CountMax);
    }

    [Fact]
    public async Task Diagnostics_AfterRequests_HoldNothingOfThem()
    {
        JsonObject fund = Office.Fund("bad-diagnostics");
        fund["name"] = "secret-name-4711";
        Answer posted = await _office.PostAsync(fund, "secret-key-4711");
        await app.PostAsync($"/api/postings/{posted.Id}/approval", """{"checked":"secret-word-4711"}""", null, _office.Approver);
        await app.PostAsync(Postings, """{"secret-field-4711": "secret-value-4711""", "secret-key-4711", _office.Poster);
        await app.GetAsync("/api/postings/secret-id-4711?secret-query-4711", _office.Poster);
        (await app.RawAsync($"{RawHead()}Transfer-Encoding: chunked\r\n\r\n4711-is-no-length\r\n{{}}\r\n0\r\n\r\n")).ShouldContain("broken-body");
        app.Diagnostics.ShouldNotContain("4711");
        app.Diagnostics.ShouldNotContain(_office.Poster);
        app.Diagnostics.ShouldNotContain("unhandled exception");
    }

    private string RawHead() =>
        $"POST {Postings} HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\nAuthorization: Bearer {_office.Poster}\r\n"
        + "Content-Type: application/json\r\nIdempotency-Key: broken\r\n";

    private static string Good(string path) =>
        (path == Notices ? Office.Notice("bad-notice") : Office.Appropriation("bad-fund", 1000)).ToJsonString(new JsonSerializerOptions
        {
            Encoder = System.Text.Encodings.Web.JavaScriptEncoder.UnsafeRelaxedJsonEscaping,
        });

    private static byte[] Padded(string path, int length)
    {
        byte[] body = new byte[length];
        Array.Fill(body, (byte)' ');
        Encoding.UTF8.GetBytes(Good(path)).CopyTo(body, 0);
        return body;
    }

    private async Task<Answer> SendAsync(string path, byte[] body, string? type = "application/json", string? encoding = null, bool chunked = false)
    {
        using HttpRequestMessage request = RunningApp.Request(HttpMethod.Post, path, _office.Poster);
        request.Headers.Add("Idempotency-Key", Office.NewKey());
        request.Headers.TransferEncodingChunked = chunked;
        request.Content = new ByteArrayContent(body);
        if (type is not null)
        {
            request.Content.Headers.TryAddWithoutValidation("Content-Type", type);
        }

        if (encoding is not null)
        {
            request.Content.Headers.ContentEncoding.Add(encoding);
        }

        return await app.SendAsync(request);
    }
}
