using System.Buffers;
using System.Collections.Concurrent;
using System.Globalization;
using System.IO.Compression;
using System.Net.Http.Headers;
using System.Text;
using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Nodes;
using DisclosureCloud.Functions.Hosting;
using DisclosureCloud.Functions.Hosting.Bearer;
using DisclosureCloud.Functions.Tests.Complaints;
using DisclosureCloud.Functions.Tests.EndToEnd;
using DisclosureCloud.Functions.Tests.EvidenceFiles;
using DisclosureCloud.Functions.Tests.Fuzzing;
using DisclosureCloud.Functions.Tests.Running;
using DisclosureCloud.Ledger;
using DisclosureCloud.Testing;

namespace DisclosureCloud.Functions.Tests.Canaries;

/// <summary>Five hundred texts with data of persons, sent in by every door of the built app, and then looked for everywhere.</summary>
/// <remarks>The app runs as an operator may start it who wants to see everything: all levels, all scopes, spans and metrics to a collector.</remarks>
public sealed class CanaryTests : IAsyncLifetime
{
    private const int Count = 500;
    private const int Seed = 20261123;

    private static readonly JsonSerializerOptions AsItIs = new() { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    private readonly TemporaryFolder _folder = new();
    private readonly ConcurrentQueue<(string Where, byte[] Bytes)> _told = new();
    private readonly Canary[] _canaries = Canary.Make(Seed, Count);
    private readonly Dictionary<string, int> _doors = new(StringComparer.Ordinal);
    private readonly List<string> _accepted = [];
    private WebApplication _collector = null!;
    private LocalIssuer _issuer = null!;
    private int _next;

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    public async ValueTask InitializeAsync()
    {
        WebApplicationBuilder builder = WebApplication.CreateSlimBuilder();
        builder.Logging.ClearProviders();
        builder.WebHost.UseUrls("http://127.0.0.1:0");
        _collector = builder.Build();
        _collector.Run(async context =>
        {
            using var body = new MemoryStream();
            await context.Request.Body.CopyToAsync(body, context.RequestAborted);
            _told.Enqueue(($"telemetry {context.Request.Path}", body.ToArray()));
            context.Response.ContentType = "application/x-protobuf";
        });
        await _collector.StartAsync();
        _issuer = LocalIssuer.Open(RunningApp.DeploymentOf(_folder.File("data")));
    }

    public async ValueTask DisposeAsync()
    {
        _issuer.Dispose();
        await _collector.DisposeAsync();
        _folder.Dispose();
    }

    [Fact]
    public async Task Canaries_SentThroughEveryDoor_AreFoundNowhere()
    {
        await ImportAsync();
        await EnqueueAsync();
        await using (Cli.Serving serving = await Cli.ServeAsync(
            _folder,
            ("Logging__LogLevel__Default", "Trace"),
            ("Logging__LogLevel__Microsoft.AspNetCore", "Trace"),
            ("Logging__LogLevel__Microsoft.AspNetCore.Hosting.Diagnostics", "Trace"),
            ("Logging__Console__LogLevel__Default", "Trace"),
            ("Logging__Console__FormatterOptions__IncludeScopes", "true"),
            ("Disclosure__Limits__PostingsAnHour", "1000000"),
            ("Disclosure__Limits__Proxies", "1"), // So that complaints come from many addresses.
            ("Disclosure__Complaints__Department", "finance"),
            ("OTEL_EXPORTER_OTLP_ENDPOINT", _collector.Urls.Single()),
            ("OTEL_EXPORTER_OTLP_PROTOCOL", "http/protobuf"),
            ("OTEL_BSP_SCHEDULE_DELAY", "100"),
            ("OTEL_METRIC_EXPORT_INTERVAL", "200")))
        {
            using var http = new HttpClient(new SocketsHttpHandler { AllowAutoRedirect = false }) { BaseAddress = serving.Address };
            string posted = await PostGoodAsync(http);
            await SendBodiesAsync(http, posted);
            await SendKeysAsync(http);
            await SendFilesAsync(http);
            await SendManyAsync(http);
            await SendComplaintsAsync(http);
            await SendAddressesAsync(http);
            await SendHeadersAndTokensAsync(http);
            await Eventually.TrueAsync("the good posting is published", async () =>
                JsonElement.Parse(await http.GetStringAsync("/api/health", Cancel)).GetProperty("site").GetProperty("behind").GetInt64() == 0);
            await Eventually.TrueAsync("the collector was told", () => Task.FromResult(_told.Any(one => one.Where.EndsWith("traces", StringComparison.Ordinal)) && _told.Any(one => one.Where.EndsWith("metrics", StringComparison.Ordinal))));
            _told.Enqueue(("what the app said", Encoding.UTF8.GetBytes(serving.Running.Said)));
            serving.Running.Said.ShouldContain("DisclosureCloud", Case.Sensitive, "else nothing was written");
        }

        _next.ShouldBeGreaterThanOrEqualTo(Count, "every canary was sent");
        foreach (string file in Directory.GetFiles(_folder.File("data"), "*", SearchOption.AllDirectories))
        {
            byte[] bytes = await File.ReadAllBytesAsync(file, Cancel);
            string name = Path.GetRelativePath(_folder.Path, file);
            _told.Enqueue((name, bytes));
            _told.Enqueue(($"name of {name}", Encoding.UTF8.GetBytes(name)));
            if (bytes is [0x1f, 0x8b, ..] || name.EndsWith(".gz", StringComparison.Ordinal))
            {
                _told.Enqueue(($"unpacked {name}", await UnpackAsync(bytes)));
            }
        }

        _accepted.ShouldBeEmpty("doors that let one in");
        _told.Count.ShouldBeGreaterThan(1_000);
        SearchValues<string> traces = Canary.Search(_canaries);
        string[] found = [.. _told.Where(one => Encoding.Latin1.GetString(one.Bytes).AsSpan().ContainsAny(traces)).Select(one => one.Where).Distinct(StringComparer.Ordinal)];
        found.ShouldBeEmpty($"seed {Seed}; sent: {string.Join(", ", _doors)}");
    }

    [Fact]
    public void Search_OfEveryFormOfACanary_FindsIt()
    {
        // Else a leak in that form would be passed over.
        SearchValues<string> traces = Canary.Search(_canaries);
        foreach (Canary canary in _canaries)
        {
            foreach (string trace in canary.Traces(isHashed: true).Where(trace => trace.Length >= 8))
            {
                $"xx{trace}yy".AsSpan().ContainsAny(traces).ShouldBeTrue();
            }
        }

        _canaries.Count(canary => canary.Number is not null).ShouldBeGreaterThan(Count / 4);
        "GET /api/postings 2026-03-02T12:00:00Z 430511 10000000".AsSpan().ContainsAny(traces).ShouldBeFalse();
    }

    // The doors, each with canaries of its own until all were sent, and then from the first again.
    private Canary Next(string door)
    {
        _doors[door] = _doors.GetValueOrDefault(door) + 1;
        return _canaries[_next++ % Count];
    }

    private async Task ImportAsync()
    {
        Directory.CreateDirectory(_folder.File("notices"));
        JsonObject notice = Office.Notice("canary-import");
        for (int i = 0; i < 6; i++)
        {
            string name = i < 3 ? string.Create(CultureInfo.InvariantCulture, $"notice-{i}") : FileName(Next("names of files").Text);
            notice["title"] = i < 3 ? Next("contents of files").Text : $"公示{i}";
            notice["id"] = string.Create(CultureInfo.InvariantCulture, $"canary-import-{i}");
            await File.WriteAllTextAsync(Path.Combine(_folder.File("notices"), $"{name}.json"), notice.ToJsonString(AsItIs), Cancel);
        }

        Cli.Ended ended = await Cli.RunAsync(_folder.Path, "import", "notices", "--data", _folder.File("data"));
        _told.Enqueue(("what import said", Encoding.UTF8.GetBytes(ended.Output + ended.Error)));
        if (ended.Lines.Length != 6 || ended.Lines.Any(line => line.StartsWith("ok", StringComparison.Ordinal)))
        {
            _accepted.Add($"import: {ended.Lines.Length} lines");
        }
    }

    private static string FileName(string text) => string.Concat(text.Select(c => c is '/' or '\0' ? ' ' : c));

    private async Task EnqueueAsync()
    {
        await using Stores stores = await Stores.OpenAsync(RunningApp.DeploymentOf(_folder.File("data")), TimeProvider.System, Cancel);
        string token = Token(Role.Poster);
        await Registration.RecordAsync(stores, "finance", Cancel);
        JsonObject fund = Office.Fund("canary-queue");
        for (int i = 0; i < 40; i++)
        {
            string text = Next("messages of the queue").Text;
            fund["name"] = text;
            JsonObject message = (i % 5) switch
            {
                0 => new JsonObject { ["token"] = token, ["key"] = $"queue-{i}", ["posting"] = fund.DeepClone() },
                1 => new JsonObject { ["token"] = token, ["key"] = text, ["posting"] = Office.Fund("canary-key") },
                2 => new JsonObject { ["token"] = "no token", ["key"] = "x", ["posting"] = fund.DeepClone() },
                3 => new JsonObject { ["token"] = token, ["key"] = $"queue-{i}", [text] = text, ["posting"] = fund.DeepClone() },
                _ => new JsonObject { ["token"] = text, ["notice"] = text },
            };
            string json = (i % 10 < 5 ? MessageSigner.Sign(message, "finance-poster", TimeProvider.System.GetUtcNow()) : message).ToJsonString(AsItIs);
            await stores.Postings.SendAsync(i % 7 == 6 ? json[..(json.Length - 3)] : json, Cancel);
        }
    }

    private async Task<string> PostGoodAsync(HttpClient http)
    {
        string body = Office.Fund("canary-good").ToJsonString();
        string answer = await SendAsync(http, "good", HttpMethod.Post, "/api/postings", body, Token(Role.Poster), "canary-good", expectRefusal: false);
        string id = JsonElement.Parse(answer).GetProperty("id").GetString()!;
        await SendAsync(http, "good", HttpMethod.Post, $"/api/postings/{id}/approval", Office.Checked, Token(Role.Approver), key: null, expectRefusal: false);
        answer = await SendAsync(http, "good", HttpMethod.Post, "/api/postings", Office.Fund("canary-second").ToJsonString(), Token(Role.Poster), "canary-second", expectRefusal: false);
        return JsonElement.Parse(answer).GetProperty("id").GetString()!;
    }

    // Every text of every kind, of a notice, and of a decision; and names of fields.
    private async Task SendBodiesAsync(HttpClient http, string posted)
    {
        var random = new Random(Seed);
        foreach (KindSchema kind in KindSchema.All.Where(kind => kind.IsPosted))
        {
            await SendEachTextAsync(http, $"posting of {kind.Name}", "/api/postings", SchemaSample.Object(KindJsonSchema.Of(kind), random), Role.Poster);
        }

        await SendEachTextAsync(http, "notice", "/api/notices", Office.Notice("canary-notice"), Role.Poster);
        foreach (string decision in new[] { "approval", "rejection" })
        {
            for (int i = 0; i < 10; i++)
            {
                var body = new JsonObject { ["checked"] = Next(decision).Text };
                await SendAsync(http, decision, HttpMethod.Post, $"/api/postings/{posted}/{decision}", body.ToJsonString(i % 2 == 0 ? AsItIs : null), Token(Role.Approver), key: null);
            }
        }
    }

    // What an evidence file holds is nobody's business but its readers': it is taken, and is nowhere but in their answers.
    private async Task SendFilesAsync(HttpClient http)
    {
        for (int i = 0; i < 10; i++)
        {
            using HttpRequestMessage request = RunningApp.FileRequest(
                EvidenceSamples.File(Next("evidence files").Text), "application/pdf", string.Create(CultureInfo.InvariantCulture, $"canary-file-{i}"), Token(Role.Poster));
            string id = JsonElement.Parse(await SendAsync(http, "evidence files", request, expectRefusal: false)).GetProperty("id").GetString()!;
            using HttpRequestMessage again = RunningApp.Request(HttpMethod.Get, $"/api/evidence-files/{id}", Token(Role.Poster));
            using HttpResponseMessage read = await http.SendAsync(again, Cancel);
            (await read.Content.ReadAsByteArrayAsync(Cancel)).AsSpan().StartsWith("%PDF-"u8).ShouldBeTrue("it was kept");
        }

        foreach (Canary canary in _canaries.Where(canary => canary.Number is not null).Take(5))
        {
            using HttpRequestMessage request = RunningApp.FileRequest(EvidenceSamples.File("good"), "application/pdf", canary.Number, Token(Role.Poster));
            await SendAsync(http, "keys of evidence files", request, expectRefusal: PersonalDataGuard.Rule(canary.Number!) is not null);
        }
    }

    // In files of many postings: in lines, in cells, and where a spreadsheet has no posting: comments, and names of columns.
    private async Task SendManyAsync(HttpClient http)
    {
        string good = Office.Fund("canary-many").ToJsonString(AsItIs);
        for (int i = 0; i < 40; i++)
        {
            string text = Next("files of many postings").Text;
            JsonObject fund = Office.Fund("canary-lines");
            fund["name"] = text;
            string cell = $"\"{text.Replace("\"", "\"\"", StringComparison.Ordinal)}\"";
            (string type, string file) = (i % 4) switch
            {
                0 => ("application/x-ndjson", $"{good}\n{fund.ToJsonString(AsItIs)}"),
                1 => ("text/csv", $"kind,date,fund,amount,unit,reference\r\ninterest,2020-03-02,canary-cells,1,yuan,{cell}\r\n"),
                2 => ("text/csv", $"kind,date,fund,amount,unit\r\n\"# {cell[1..]}\r\ninterest,2020-03-02,canary-cells,1,yuan\r\n"),
                _ => ("text/csv", $"kind,date,fund,amount,unit,{cell}\r\ninterest,2020-03-02,canary-cells,1,yuan,x\r\n"),
            };
            using HttpRequestMessage request = RunningApp.FileRequest(
                Encoding.UTF8.GetBytes(file), type, string.Create(CultureInfo.InvariantCulture, $"canary-many-{i}"), Token(Role.Poster), "/api/bulk");
            await SendAsync(http, "files of many postings", request, expectRefusal: true);
        }
    }

    // Whoever complains writes down most of all who they are. Each canary comes once, from an address of its own.
    private async Task SendComplaintsAsync(HttpClient http)
    {
        string[] subjects = ["notice", "fund", "project", "region", "department"];
        for (int i = 0; i < Count; i++)
        {
            string text = Next("complaints").Text;
            JsonObject complaint = (i % 10) switch
            {
                0 => ComplaintSamples.About(subjects[i / 10 % subjects.Length], text),
                1 => ComplaintSamples.About(text, "430511"),
                2 => new JsonObject { ["sort"] = text, ["category"] = text, ["about"] = new JsonObject { ["region"] = "430511" }, ["text"] = "good" },
                3 => new JsonObject { [text] = 1, ["sort"] = "complaint", ["category"] = "other", ["about"] = new JsonObject { ["region"] = "430511" }, ["text"] = "good" },
                _ => ComplaintSamples.Of("430511", text),
            };
            using HttpRequestMessage request = RunningApp.Request(HttpMethod.Post, "/api/complaints", token: null);
            request.Headers.Add("X-Forwarded-For", string.Create(CultureInfo.InvariantCulture, $"198.51.{i / 250}.{i % 250}"));
            request.Content = RunningApp.Json(Encoding.UTF8.GetBytes(complaint.ToJsonString(i % 2 == 0 ? AsItIs : null)));
            await SendAsync(http, "complaints", request, expectRefusal: true);
        }

        for (int i = 0; i < 20; i++)
        {
            var reply = new JsonObject { ["state"] = i % 4 == 0 ? Next("answers to complaints").Text : "answered", ["answer"] = Next("answers to complaints").Text };
            await SendAsync(http, "answers to complaints", HttpMethod.Post, $"/api/complaints/{new string('a', 26)}/answer", reply.ToJsonString(AsItIs), Token(Role.Poster), key: null);
            string part = Uri.EscapeDataString(Next("codes of complaints").Text);
            await SendAsync(http, "codes of complaints", HttpMethod.Get, $"/api/complaints/{part}", body: null, Token(Role.Poster), key: null);
            await SendAsync(http, "lists of complaints", HttpMethod.Get, $"/api/complaints?{(i % 2 == 0 ? "after" : part)}={part}", body: null, Token(Role.Poster), key: null);
        }

        Directory.Exists(Path.Combine(_folder.File("data"), "complaints")).ShouldBeFalse("none was kept");
    }

    private async Task SendEachTextAsync(HttpClient http, string door, string path, JsonObject good, string role)
    {
        for (int i = 0; ; i++)
        {
            var copy = (JsonObject)good.DeepClone();
            if (TextsOf(copy).ElementAtOrDefault(i) is not { } place)
            {
                break;
            }

            place.ReplaceWith(JsonValue.Create(Next(door).Text));
            await SendAsync(http, door, HttpMethod.Post, path, copy.ToJsonString(i % 2 == 0 ? AsItIs : null), Token(role), string.Create(CultureInfo.InvariantCulture, $"canary-{_next}"));
            if (i % 4 == 0)
            {
                await SendAsync(http, door, HttpMethod.Post, $"{path}?dryRun=true", copy.ToJsonString(AsItIs), Token(role), key: null, expectRefusal: false);
            }
        }

        good[Next("names of fields").Text] = 1;
        await SendAsync(http, door, HttpMethod.Post, path, good.ToJsonString(AsItIs), Token(role), string.Create(CultureInfo.InvariantCulture, $"canary-{_next}"));
    }

    private static IEnumerable<JsonNode> TextsOf(JsonNode json) => json switch
    {
        JsonObject members => members.Where(member => member.Key != "kind" && member.Value is not null).SelectMany(member => TextsOf(member.Value!)),
        JsonArray items => items.Where(item => item is not null).SelectMany(item => TextsOf(item!)),
        _ when json.GetValueKind() == JsonValueKind.String => [json],
        _ => [],
    };

    private async Task SendKeysAsync(HttpClient http)
    {
        foreach (Canary canary in _canaries.Where(canary => canary.Number is not null).Take(60))
        {
            string key = canary.Text.All(c => c is > ' ' and < '\x7f') ? canary.Text : canary.Number!;
            if (PersonalDataGuard.Rule(key) is not null)
            {
                _doors["keys"] = _doors.GetValueOrDefault("keys") + 1;
                await SendAsync(http, "keys", HttpMethod.Post, "/api/postings", Office.Fund("canary-key").ToJsonString(), Token(Role.Poster), key);
            }
        }
    }

    private async Task SendAddressesAsync(HttpClient http)
    {
        string auditor = Token(Role.Auditor);
        string[] parameters = [.. EntryParameters.All.Select(parameter => parameter.Name)];
        for (int i = 0; i < 60; i++)
        {
            string text = Uri.EscapeDataString(Next("query strings").Text);
            await GetAsync($"/api/entries?{parameters[i % parameters.Length]}={text}");
            await GetAsync($"/api/entries?{text}=1");
            await GetAsync($"/api/evidence-packs?{(i % 2 == 0 ? "payee" : text)}={text}");
            await GetAsync($"/api/postings?{(i % 2 == 0 ? "state" : text)}={text}");
            await GetAsync($"/api/log/consistency?from={text}&to=1");
            await GetAsync($"/api/health?{text}");
            string part = Uri.EscapeDataString(Next("parts of paths").Text);
            await GetAsync($"/api/postings/{part}");
            await GetAsync($"/api/entries/{part}/proof");
            await GetAsync($"/api/schemas/{part}.json");
            await GetAsync($"/api/templates/{part}.xlsx");
            await GetAsync($"/api/{part}");
            await GetAsync($"/{part}/");
            await GetAsync($"/data/{part}.csv?{part}");
        }

        Task<string> GetAsync(string path) => SendAsync(http, path.Split('?')[0].Split('/')[1], HttpMethod.Get, path, body: null, auditor, key: null, expectRefusal: false);
    }

    private async Task SendHeadersAndTokensAsync(HttpClient http)
    {
        string[] headers = ["X-Note", "User-Agent", "Accept", "X-Forwarded-For", "Tracestate", "Baggage", "Traceparent", "Cookie", "Referer", "X-Request-Id", "If-None-Match", "Range", "Host"];
        for (int i = 0; i < 2 * headers.Length; i++)
        {
            string text = Next("headers").Text;
            string value = text.All(c => c is >= ' ' and < '\x7f') ? text : Uri.EscapeDataString(text);
            using HttpRequestMessage request = RunningApp.Request(HttpMethod.Get, i % 2 == 0 ? "/api/postings" : "/", Token(Role.Auditor));
            request.Headers.TryAddWithoutValidation(headers[i / 2], headers[i / 2] switch
            {
                "Tracestate" => $"a={value}",
                "Baggage" => $"note={value}",
                "Traceparent" => $"00-{_canaries.First(canary => canary.Number?.Length == 18 && !canary.Number.Contains('X', StringComparison.Ordinal)).Number!.PadLeft(32, 'a')}-00f067aa0ba902b7-01",
                _ => value,
            });
            await SendAsync(http, "headers", request, expectRefusal: false);
        }

        foreach (Canary canary in _canaries.Where(canary => canary.Number is not null).Take(20))
        {
            foreach (string token in new[] { canary.Text, Token(Role.Poster, person: canary.Number), Token(Role.Poster, department: canary.Number) })
            {
                _doors["tokens"] = _doors.GetValueOrDefault("tokens") + 1;
                string header = token.All(c => c is >= ' ' and < '\x7f') ? token : Uri.EscapeDataString(token);
                using HttpRequestMessage request = RunningApp.Request(HttpMethod.Post, "/api/postings", token: null);
                request.Headers.TryAddWithoutValidation("Authorization", $"Bearer {header}");
                request.Headers.Add("Idempotency-Key", string.Create(CultureInfo.InvariantCulture, $"canary-token-{_next++}"));
                request.Content = RunningApp.Json(Encoding.UTF8.GetBytes(Office.Fund(string.Create(CultureInfo.InvariantCulture, $"canary-token-{_next}")).ToJsonString()));
                await SendAsync(http, "tokens", request, expectRefusal: true);
            }
        }
    }

    private string Token(string role, string? department = null, string? person = null) => DepartmentId.TryParse(department ?? "finance", out DepartmentId of) && PersonId.TryParse(person ?? $"finance-{role}", out PersonId who)
        ? _issuer.Issue(of, who, [role], region: null, TimeProvider.System)
        : "no-such-id";

    private async Task<string> SendAsync(HttpClient http, string door, HttpMethod method, string path, string? body, string token, string? key, bool expectRefusal = true)
    {
        using HttpRequestMessage request = RunningApp.Request(method, path, token);
        request.Content = body is null ? null : RunningApp.Json(Encoding.UTF8.GetBytes(body));
        if (key is not null)
        {
            request.Headers.TryAddWithoutValidation("Idempotency-Key", key);
        }

        return await SendAsync(http, door, request, expectRefusal);
    }

    private async Task<string> SendAsync(HttpClient http, string door, HttpRequestMessage request, bool expectRefusal)
    {
        using HttpResponseMessage response = await http.SendAsync(request, Cancel);
        byte[] answer = await response.Content.ReadAsByteArrayAsync(Cancel);
        _told.Enqueue(($"answer to {door}: {(int)response.StatusCode}", answer));
        _told.Enqueue(($"headers of the answer to {door}: {(int)response.StatusCode}", Encoding.UTF8.GetBytes($"{response.Headers}{response.Content.Headers}")));
        if ((expectRefusal && (int)response.StatusCode is < 400 or 429) || (int)response.StatusCode is >= 500 and not 503)
        {
            _accepted.Add($"{door}: {(int)response.StatusCode}");
        }

        return Encoding.UTF8.GetString(answer);
    }

    private static async Task<byte[]> UnpackAsync(byte[] bytes)
    {
        await using var unzip = new GZipStream(new MemoryStream(bytes), CompressionMode.Decompress);
        using var plain = new MemoryStream();
        await unzip.CopyToAsync(plain, Cancel);
        return plain.ToArray();
    }
}
