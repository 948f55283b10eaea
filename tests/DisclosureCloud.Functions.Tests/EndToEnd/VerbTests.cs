using System.Net;
using System.Net.Http.Headers;
using System.Net.Sockets;
using System.Text;
using System.Text.Json;
using DisclosureCloud.Functions.Hosting;
using DisclosureCloud.Functions.Hosting.Bearer;
using DisclosureCloud.Functions.Tests.Running;
using DisclosureCloud.Functions.Tests.Sheets;
using DisclosureCloud.Ledger;
using DisclosureCloud.Testing;

namespace DisclosureCloud.Functions.Tests.EndToEnd;

/// <summary>The verbs of the built executable: what they print, what they leave, how they end.</summary>
public sealed class VerbTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    private string Data => _folder.File("data");

    public void Dispose() => _folder.Dispose();

    [Fact]
    public async Task Demo_OnAFreePort_ServesSevenNoticesOnceItSaysSo()
    {
        await using Cli.Running demo = Cli.Start(_folder.Path, [("ASPNETCORE_URLS", "http://127.0.0.1:1")], "demo", "--data", Data, "--port", "0");
        string line = await demo.LineAsync("serving ", TimeSpan.FromMinutes(2));
        using var http = new HttpClient { BaseAddress = new Uri(line.Split(' ')[1]) };

        (await http.GetStringAsync("/", Cancel)).ShouldContain("<html lang=\"zh");
        (await http.GetStringAsync("/en/", Cancel)).ShouldContain("<html lang=\"en");
        string notices = await http.GetStringAsync("/data/notices.ndjson", Cancel);
        notices.Split('\n', StringSplitOptions.RemoveEmptyEntries).Length.ShouldBe(7);
        string allocations = await http.GetStringAsync("/data/allocations.ndjson", Cancel);
        string[] rows = allocations.Split('\n', StringSplitOptions.RemoveEmptyEntries);
        rows.Length.ShouldBe(38);
        rows.Sum(row => JsonElement.Parse(row).GetProperty("amountFen").GetInt64()).ShouldBe(6_572_800_000);
        demo.Said.Split('\n').Count(said => said.StartsWith("ok ", StringComparison.Ordinal)).ShouldBe(7);
        using HttpResponseMessage nothing = await http.GetAsync(new Uri("/nothing/", UriKind.Relative), Cancel);
        nothing.StatusCode.ShouldBe(HttpStatusCode.NotFound);

        // A second one beside it, over the same ledger, changes nothing.
        await using Cli.Running second = Cli.Start(_folder.Path, [], "demo", "--data", Data, "--port", "0");
        await second.LineAsync("serving ", TimeSpan.FromMinutes(2));
        second.Said.ShouldContain("unchanged");
        second.Said.ShouldContain("nothing had changed");
    }

    [Fact]
    public async Task Demo_OverAnotherLedger_RefusesAndChangesNothing()
    {
        Write("other.json", Office.Notice("other-notice").ToJsonString());
        (await Cli.RunAsync(_folder.Path, "import", "--data", Data, "other.json")).Code.ShouldBe(0);
        Cli.Ended demo = await Cli.RunAsync(_folder.Path, "demo", "--data", Data, "--port", "0");
        demo.Code.ShouldBe(1);
        demo.Error.ShouldContain("--data");
    }

    [Fact]
    public async Task Import_OfAFolder_TakesItsFilesInOrdinalOrderEachForItself()
    {
        Write("in/B.json", Office.Notice("notice-b").ToJsonString());
        Write("in/a.json", Office.Notice("notice-a").ToJsonString());
        Write("in/bad.json", """{"id":"notice-bad"}""");
        Write("in/c.json", "<html>");
        Write("in/readme.txt", "not a notice");
        Write("in/d.ndjson", "no JSON");
        Write("in/e.csv", "kind,date,fund,name,budgetYear,region,regionNames,authority\nfund,2020-03-02,fund-e,专项资金,2020,430511,湖南省;邵阳市;北塔区,北塔区财政局\n");
        Write("in/deeper/e.json", Office.Notice("notice-e").ToJsonString());
        Write("alone.json", Office.Notice("notice-alone").ToJsonString());

        Cli.Ended dry = await Cli.RunAsync(_folder.Path, "import", "--dry-run", "in", "alone.json");
        dry.Code.ShouldBe(1);
        dry.Lines.Length.ShouldBe(7);
        dry.Lines[5].ShouldEndWith("would be recorded: 1 rows in 1 postings");

        Cli.Ended import = await Cli.RunAsync(_folder.Path, "import", "in", "alone.json", "nowhere.json");
        import.Code.ShouldBe(1);
        import.Error.ShouldBeEmpty();
        string[] heads = [.. import.Lines.Select(line => line[..line.IndexOf(": ", StringComparison.Ordinal)])];
        heads.ShouldBe(
            [$"ok       {Path.Combine("in", "B.json")}", $"ok       {Path.Combine("in", "a.json")}", $"refused  {Path.Combine("in", "bad.json")}",
            $"refused  {Path.Combine("in", "c.json")}", $"refused  {Path.Combine("in", "d.ndjson")}", $"ok       {Path.Combine("in", "e.csv")}", "ok       alone.json", "refused  nowhere.json"]);
        import.Lines[0].ShouldEndWith("recorded in 35 entries");
        import.Lines[2].ShouldContain("/title missing");
        import.Lines[3].ShouldContain("not-json");
        import.Lines[4].ShouldContain("row 1 not-json");
        import.Lines[5].ShouldEndWith("recorded 1 rows in 1 postings");

        Cli.Ended again = await Cli.RunAsync(_folder.Path, "import", "alone.json", Path.Combine("in", "a.json"));
        again.Code.ShouldBe(0);
        again.Lines.ShouldAllBe(line => line.Contains("unchanged", StringComparison.Ordinal));

        Write("alone.json", Office.Notice("notice-alone", "notices/dehua-2020-batch2.json").ToJsonString());
        Cli.Ended other = await Cli.RunAsync(_folder.Path, "import", "alone.json");
        other.Code.ShouldBe(1);
        other.Lines.Single().ShouldContain("notice-exists");
        Directory.Exists(_folder.File(".disclosure")).ShouldBeTrue("the default of --data is in the working folder");
    }

    [Fact]
    public async Task Import_OfSheets_RecordsTheirRowsOnceAndTellsCells()
    {
        string good = string.Join('\n', Office.Fund("fund-sheet").ToJsonString(), Office.Appropriation("fund-sheet", 10).ToJsonString(), Office.Appropriation("fund-sheet", 20).ToJsonString());
        Write("year.ndjson", good);
        byte[] book = TestBook.Of(
            "interest", TestBook.Row(1, "date", "fund", "amount", "unit"), TestBook.Row(2, "2020-03-20", "fund-sheet", "n:1.5", "yuan"), TestBook.Row(3, "2020-06-20", "fund-sheet", "n:2.25", "yuan")).Bytes();
        await File.WriteAllBytesAsync(_folder.File("interest.xlsx"), book, Cancel);
        Cli.Ended import = await Cli.RunAsync(_folder.Path, "import", "--data", Data, "year.ndjson", "interest.xlsx");
        import.Code.ShouldBe(0, import.Output + import.Error);
        import.Lines.ShouldBe(["ok       year.ndjson: recorded 3 rows in 1 postings", "ok       interest.xlsx: recorded 2 rows in 1 postings"]);

        // Again it is the same, and nothing is recorded twice.
        (await Cli.RunAsync(_folder.Path, "import", "--data", Data, "interest.xlsx", "year.ndjson")).Code.ShouldBe(0);
        await using (Stores stores = await Stores.OpenAsync(RunningApp.DeploymentOf(Data), TimeProvider.System, Cancel))
        {
            FundBooks books = Outcome.BooksOf(await stores.Ledger.ReadLastAsync(StreamName.Of(Id.Parse<FundId>("fund-sheet")), Cancel))!;
            (books.Appropriated.Fen, books.Interest.Fen).ShouldBe((30_00, 3_75));
        }

        byte[] wrong = TestBook.Of("interest", TestBook.Row(1, "date", "fund", "amount", "unit"), TestBook.Row(2, "2020-03-20", "fund-sheet", "a lot", "yuan"), TestBook.Row(3, "2020-03-20", "fund-none", "n:1", "yuan")).Bytes();
        await File.WriteAllBytesAsync(_folder.File("wrong.xlsx"), wrong, Cancel);
        Cli.Ended refused = await Cli.RunAsync(_folder.Path, "import", "--data", Data, "wrong.xlsx");
        refused.Code.ShouldBe(1);
        refused.Lines.Single().ShouldStartWith("refused  wrong.xlsx: interest!C2 /amount wrong-type");
        refused.Lines.Single().ShouldContain("interest!B3 /fund no-such-fund");
    }

    [Fact]
    public async Task Import_ItsKey_IsASecretOfTheFolderWithoutWhichTheSameIsAnother()
    {
        // The id of a posting is public: it must not be what anybody can reckon from a text that was redacted.
        Write("one.ndjson", Office.Fund("fund-key").ToJsonString());
        (await Cli.RunAsync(_folder.Path, "import", "--data", Data, "one.ndjson")).Code.ShouldBe(0);
        string key = Path.Combine(Data, "keys", "import.key");
        if (!OperatingSystem.IsWindows())
        {
            File.GetUnixFileMode(key).ShouldBe(UnixFileMode.UserRead | UnixFileMode.UserWrite);
        }

        (await Cli.RunAsync(_folder.Path, "import", "--data", Data, "one.ndjson")).Code.ShouldBe(0);
        File.Delete(key);
        (await Cli.RunAsync(_folder.Path, "import", "--data", Data, "one.ndjson")).Lines.Single().ShouldContain("fund-exists");
        await File.WriteAllTextAsync(key, "no key", Cancel);
        (await Cli.RunAsync(_folder.Path, "import", "--data", Data, "one.ndjson")).Code.ShouldBe(1);
    }

    [Fact]
    public async Task Import_OfPersonalData_NamesTheFieldAndNotTheValue()
    {
        Write("one.json", Office.Notice("notice-one").ToJsonString().Replace("200000", "200000,\"note\":\"13812345678\"", StringComparison.Ordinal));
        Cli.Ended import = await Cli.RunAsync(_folder.Path, "import", "--data", Data, "one.json");
        import.Code.ShouldBe(1);
        import.Output.ShouldContain("/allocations/0/note personal-data");
        (import.Output + import.Error).ShouldNotContain("13812345678");
    }

    [Fact]
    public async Task Import_OfAFileTooLarge_IsALine()
    {
        Write("large.json", new string(' ', 2 << 20));
        await using (FileStream sparse = File.Create(_folder.File("large.csv")))
        {
            sparse.SetLength((50 << 20) + 1);
        }

        Cli.Ended import = await Cli.RunAsync(_folder.Path, "import", "--data", Data, "large.json", "large.csv");
        import.Code.ShouldBe(1);
        import.Lines.Length.ShouldBe(2);
        import.Lines.ShouldAllBe(line => line.Contains("body-too-large", StringComparison.Ordinal));
    }

    [Theory]
    [InlineData()]
    [InlineData("nothing")]
    [InlineData("serve", "--port", "70000")]
    [InlineData("serve", "--port", "x")]
    [InlineData("import")]
    [InlineData("import", "--nothing", "x")]
    [InlineData("publish", "--at", "-1")]
    [InlineData("publish", "--at", "x")]
    [InlineData("token", "--role", "poster")]
    [InlineData("token", "--department", "Finance Bureau", "--role", "poster")]
    [InlineData("token", "--department", "finance", "--role", "king")]
    [InlineData("token", "--department", "finance", "--role", "poster,operator")]
    [InlineData("token", "--department", "finance", "--role", "auditor,approver")]
    [InlineData("send", "a.json", "--token", "x", "--key", "k")]
    [InlineData("send", "a.json", "--token", "x", "--key", "with space", "--signing-key", "sender.pem")]
    [InlineData("demo", "--world", "mars")]
    [InlineData("rebuild", "all")]
    [InlineData("freeze")]
    [InlineData("freeze", "--origin", "localhost/disclosurecloud", "--reason", "tired")]
    [InlineData("freeze", "--origin", "localhost/disclosurecloud", "--reason", "closed", "--at", "somewhere")]
    public async Task Usage_Wrong_Is2AndMakesNoData(params string[] args)
    {
        Cli.Ended ended = await Cli.RunAsync(_folder.Path, args);
        ended.Code.ShouldBe(2, ended.Output + ended.Error);
        Directory.Exists(_folder.File(".disclosure")).ShouldBeFalse();
    }

    [Fact]
    public async Task Help_Asked_Is0()
    {
        Cli.Ended help = await Cli.RunAsync(_folder.Path, "--help");
        help.Code.ShouldBe(0);
        foreach (string verb in new[] { "demo", "serve", "import", "publish", "token", "send", "rebuild", "freeze" })
        {
            help.Output.ShouldContain($"  {verb} ");
        }
    }

    [Fact]
    public async Task Version_Asked_IsThatOfTheRelease() =>
        (await Cli.RunAsync(_folder.Path, "--version")).Output.Trim().ShouldBe(AppVersion.Current.Value);

    /// <summary>Functions hosts hand their own environment on, and .NET heeds this one before the app's setting.</summary>
    [Fact]
    public async Task Verb_WhereTextIsNotNormalised_Is1BeforeAnythingIsWritten()
    {
        Cli.Ended ended = await Cli.RunAsync(_folder.Path, [("DOTNET_SYSTEM_GLOBALIZATION_INVARIANT", "1")], "publish", "--data", Data);
        ended.Code.ShouldBe(1);
        ended.Error.ShouldContain("libicu");
        Directory.Exists(Data).ShouldBeFalse();
    }

    [Theory]
    [InlineData("ledger.db")]
    [InlineData("values.db")]
    [InlineData("keys/issuer.pem")]
    public async Task Verb_OverADamagedFile_Is1WithALineAndNoStack(string file)
    {
        Write(Path.Combine("data", file), new string('x', 10_000));
        Cli.Ended ended = await Cli.RunAsync(_folder.Path, "serve", "--data", Data, "--port", "0");
        ended.Code.ShouldBe(1);
        ended.Error.Trim().ShouldNotBeEmpty();
        ended.Error.ShouldNotContain("   at ");
    }

    [Fact]
    public async Task Verb_WithSettingsThatCannotBe_Is1WithALineAndNoStack()
    {
        using var taken = new TcpListener(IPAddress.Loopback, 0);
        taken.Start();
        string port = ((IPEndPoint)taken.LocalEndpoint).Port.ToString(System.Globalization.CultureInfo.InvariantCulture);
        Write("file", "no folder");
        Cli.Ended[] all =
        [
            await Cli.RunAsync(_folder.Path, [("FUNCTIONS_CUSTOMHANDLER_PORT", port)], "serve", "--data", Data),
            await Cli.RunAsync(_folder.Path, [("FUNCTIONS_CUSTOMHANDLER_PORT", "x")], "serve", "--data", Data),
            await Cli.RunAsync(_folder.Path, [("Disclosure__TimeZone", "Moon/Crater")], "publish", "--data", Data),
            await Cli.RunAsync(_folder.Path, "publish", "--data", ""),
            await Cli.RunAsync(_folder.Path, "publish", "--data", _folder.File("file")),
            await Cli.RunAsync(_folder.Path, "publish", "--data", Data, "--at", "7"),
        ];
        foreach (Cli.Ended ended in all)
        {
            ended.Code.ShouldBe(1, ended.Error);
            ended.Error.Trim().ShouldNotBeEmpty();
            ended.Error.ShouldNotContain("   at ");
        }
    }

    [Theory]
    [InlineData("allocation", "'allocation' always needs")]
    [InlineData("progress,fund", "'fund' always needs")]
    [InlineData("notice", "'notice' always needs")]
    [InlineData("progress,proggress", "no kind of posting 'proggress'")]
    [InlineData("publication", "no kind of posting 'publication'")]
    public async Task Verb_WithKindsThatCannotDoWithoutApproval_Is1AndNamesThem(string kinds, string said)
    {
        Cli.Ended ended = await Cli.RunAsync(_folder.Path, [("Disclosure__Approval__NotNeeded", kinds)], "serve", "--data", Data, "--port", "0");
        ended.Code.ShouldBe(1);
        ended.Error.ShouldStartWith("Disclosure:Approval:NotNeeded: ");
        ended.Error.ShouldContain(said);
        ended.Error.ShouldContain("progress");
        ended.Error.Trim().ShouldNotContain('\n');
        Directory.Exists(Data).ShouldBeFalse("nothing was begun");
    }

    [Fact]
    public async Task Handler_WithItsPort_ListensThereAndNowhereElse()
    {
        using var free = new TcpListener(IPAddress.Loopback, 0);
        free.Start();
        string port = ((IPEndPoint)free.LocalEndpoint).Port.ToString(System.Globalization.CultureInfo.InvariantCulture);
        free.Stop();
        await using Cli.Running serve = Cli.Start(
            _folder.Path, [("FUNCTIONS_CUSTOMHANDLER_PORT", port), ("ASPNETCORE_URLS", "http://127.0.0.1:1")], "serve", "--data", Data, "--port", "7");
        (await serve.LineAsync("serving ", TimeSpan.FromMinutes(2))).ShouldStartWith($"serving http://localhost:{port}/");
        using var http = new HttpClient();
        (await http.GetStringAsync(new Uri($"http://127.0.0.1:{port}/api/health"), Cancel)).ShouldContain("\"ok\"");
    }

    [Fact]
    public async Task Publish_TwiceInOtherZonesAndLanguages_WritesNothing()
    {
        Write("one.json", Office.Notice("notice-one").ToJsonString());
        await Cli.RunAsync(_folder.Path, "import", "--data", Data, "one.json");
        Cli.Ended first = await Cli.RunAsync(_folder.Path, [("TZ", "Pacific/Kiritimati"), ("LANG", "tr_TR.UTF-8")], "publish", "--data", Data);
        first.Code.ShouldBe(0);
        string status = await File.ReadAllTextAsync(Path.Combine(Data, "site", "status.json"), Cancel);
        Cli.Ended second = await Cli.RunAsync(_folder.Path, [("TZ", "Pacific/Pago_Pago"), ("LC_ALL", "ar_SA.UTF-8")], "publish", "--data", Data);
        second.Code.ShouldBe(0);

        // Only where midnight in Shanghai fell between the two may there be something new.
        string after = await File.ReadAllTextAsync(Path.Combine(Data, "site", "status.json"), Cancel);
        if (JsonElement.Parse(after).GetProperty("asOf").GetString() == JsonElement.Parse(status).GetProperty("asOf").GetString())
        {
            second.Output.ShouldContain("nothing had changed");
            after.ShouldBe(status);
        }
    }

    [Fact]
    public async Task TokenAndPublish_BesideAServe_Work()
    {
        await using Cli.Serving serving = await Cli.ServeAsync(_folder);
        Cli.Ended token = await Cli.RunAsync(_folder.Path, "token", "--data", Data, "--department", "finance", "--role", "poster,approver");
        token.Code.ShouldBe(0);
        string poster = token.Lines[^1];
        poster.Split('.').Length.ShouldBe(3);

        using var http = new HttpClient { BaseAddress = serving.Address };
        http.DefaultRequestHeaders.Authorization = new AuthenticationHeaderValue("Bearer", poster);
        using var content = new StringContent(Office.Fund("fund-beside").ToJsonString(), Encoding.UTF8, "application/json");
        content.Headers.Add("Idempotency-Key", "beside-serve");
        using HttpResponseMessage posted = await http.PostAsync(new Uri("/api/postings", UriKind.Relative), content, Cancel);
        posted.StatusCode.ShouldBe(HttpStatusCode.Created);

        Write("one.json", Office.Notice("notice-one").ToJsonString());
        (await Cli.RunAsync(_folder.Path, "import", "--data", Data, "one.json")).Code.ShouldBe(0);
        Cli.Ended publish = await Cli.RunAsync(_folder.Path, "publish", "--data", Data);
        publish.Code.ShouldBe(0, publish.Error);
        publish.Output.ShouldContain("published position 35 ");
        (await http.GetStringAsync("/funds/notice-one/", Cancel)).ShouldContain("<html");
        serving.Running.Said.ShouldNotContain(poster.Split('.')[1]);
        serving.Running.Said.ShouldNotContain("beside");
    }

    [Fact]
    public async Task Token_ByDefault_IsForThePersonOfTheRole()
    {
        Cli.Ended token = await Cli.RunAsync(_folder.Path, "token", "--data", Data, "--department", "finance", "--role", "poster", "--region", "430511");
        JsonElement claims = JsonElement.Parse(System.Buffers.Text.Base64Url.DecodeFromChars(token.Lines[^1].Split('.')[1]));
        claims.GetProperty(TokenClaims.Person).GetString().ShouldBe("finance-poster");
        claims.GetProperty(TokenClaims.Department).GetString().ShouldBe("finance");
        claims.GetProperty(TokenClaims.Region).GetString().ShouldBe("430511");
        if (!OperatingSystem.IsWindows())
        {
            File.GetUnixFileMode(Path.Combine(Data, "keys", "issuer.pem")).ShouldBe(UnixFileMode.UserRead | UnixFileMode.UserWrite);
        }
    }

    private void Write(string name, string text)
    {
        Directory.CreateDirectory(Path.GetDirectoryName(_folder.File(name))!);
        File.WriteAllText(_folder.File(name), text);
    }
}
