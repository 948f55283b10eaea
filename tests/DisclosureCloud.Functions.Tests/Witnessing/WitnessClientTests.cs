using System.Collections.Concurrent;
using System.Net;
using System.Text;
using DisclosureCloud.Functions.Hosting.Log;
using DisclosureCloud.Functions.Hosting.Witnessing;
using DisclosureCloud.Functions.Tests.Running;
using DisclosureCloud.Testing;
using DisclosureCloud.Transparency;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Server.Kestrel.Core;
using Microsoft.Extensions.Logging;

namespace DisclosureCloud.Functions.Tests.Witnessing;

/// <summary>The log asks its witnesses: over HTTP, real ones and ones that are wrong in every way.</summary>
public sealed class WitnessClientTests : IAsyncDisposable
{
    private readonly TemporaryFolder _site = new();
    private readonly TemporaryFolder _state = new();
    private readonly TimerClock _clock = new();
    private readonly List<string> _said = [];
    private readonly ConcurrentBag<string> _cosigned = [];
    private readonly List<string> _alarms = [];
    private readonly List<WebApplication> _apps = [];
    private readonly List<IDisposable> _owned = [];
    private readonly TestLog _log;

    public WitnessClientTests() => _log = new TestLog(_site.Path);

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    public async ValueTask DisposeAsync()
    {
        foreach (WebApplication app in _apps)
        {
            await app.DisposeAsync();
        }

        _owned.ForEach(owned => owned.Dispose());
        _log.Dispose();
        _site.Dispose();
        _state.Dispose();
    }

    [Fact]
    public async Task Cosign_ByRealWitnesses_GivesTheNoteWithTheirLines()
    {
        string[] lines = [await WitnessAsync("w1"), await WitnessAsync("w2"), await WitnessAsync("w3")];
        (WitnessClient client, WitnessPolicy policy) = Client([.. lines, "group g 2 w1 w2 w3", "quorum g"]);
        foreach (int size in (int[])[5, 5, 600, 70_000])
        {
            _log.Publish(size);
            policy.IsWitnessed(_log.Note).ShouldBeFalse();
            SignedNote cosigned = await client.CosignAsync(_log.Note, Prove, Cancel);
            policy.IsWitnessed(cosigned).ShouldBeTrue();
            cosigned.Signatures.Select(signature => signature.Name).ShouldBe([TestLog.Origin, "w1.example", "w2.example", "w3.example"]);
            cosigned.Text.ShouldBe(_log.Note.Text);
        }

        _said.ShouldBeEmpty();
    }

    [Fact]
    public async Task Cosign_AfterARestartOfThePublisher_LearnsWhatTheWitnessKnows()
    {
        string line = await WitnessAsync("w1");
        (WitnessClient client, _) = Client([line, "quorum w1"]);
        await client.CosignAsync(_log.Publish(600).Note, Prove, Cancel);
        (WitnessClient next, WitnessPolicy policy) = Client([line, "quorum w1"]);
        policy.IsWitnessed(await next.CosignAsync(_log.Publish(700).Note, Prove, Cancel)).ShouldBeTrue();
        policy.IsWitnessed(await client.CosignAsync(_log.Publish(800).Note, Prove, Cancel)).ShouldBeTrue("another sequencer asked meanwhile");
    }

    [Fact]
    public async Task Cosign_OfASplitView_IsRefusedAndTheWitnessHasTheEvidence()
    {
        (WitnessClient client, WitnessPolicy policy) = Client([await WitnessAsync("w1"), "quorum w1"]);
        await client.CosignAsync(_log.Publish(600).Note, Prove, Cancel);
        policy.IsWitnessed(await client.CosignAsync(_log.Publish(600, 599, "!").Note, Prove, Cancel)).ShouldBeFalse();
        _said.Single().ShouldContain("rolled back or split");
        _alarms.Single().ShouldStartWith("split-view");
        policy.IsWitnessed(await client.CosignAsync(_log.Publish(700, 500, "!").Note, Prove, Cancel)).ShouldBeFalse();
        _said[^1].ShouldContain("422");
    }

    [Fact]
    public async Task Cosign_OfATreeThatShrank_IsRefused()
    {
        (WitnessClient client, WitnessPolicy policy) = Client([await WitnessAsync("w1"), "quorum w1"]);
        await client.CosignAsync(_log.Publish(600).Note, Prove, Cancel);
        policy.IsWitnessed(await client.CosignAsync(_log.Publish(599).Note, Prove, Cancel)).ShouldBeFalse();
        _said.Single().ShouldContain("it cosigned 600");
    }

    [Fact]
    public async Task Cosign_WhereOneIsFrozen_GoesOnWithTheOthersAfterFiveSeconds()
    {
        var asked = new TaskCompletionSource();
        string frozen = await BrokenAsync("w2", async context =>
        {
            asked.SetResult();
            await Task.Delay(Timeout.Infinite, context.RequestAborted);
        });
        var dripping = new TaskCompletionSource();
        string drips = await BrokenAsync("w3", async context =>
        {
            await context.Response.WriteAsync("\u2014 w", context.RequestAborted);
            await context.Response.Body.FlushAsync(context.RequestAborted);
            dripping.SetResult();
            await Task.Delay(Timeout.Infinite, context.RequestAborted);
        });
        (WitnessClient client, WitnessPolicy policy) = Client([await WitnessAsync("w1"), frozen, drips, "quorum w1"]);
        Task<SignedNote> cosigning = client.CosignAsync(_log.Publish(5).Note, Prove, Cancel);
        await asked.Task;
        await dripping.Task;
        await Eventually.TrueAsync("w1 has cosigned", () => Task.FromResult(_cosigned.Contains("The witness w1 cosigned the tree of 5 leaves.", StringComparer.Ordinal)));
        _clock.Advance(WitnessClient.Limit - TimeSpan.FromTicks(1));
        cosigning.IsCompleted.ShouldBeFalse();
        _clock.Advance(TimeSpan.FromTicks(1));
        SignedNote cosigned = await cosigning;
        cosigned.Signatures.Select(signature => signature.Name).ShouldBe([TestLog.Origin, "w1.example"]);
        policy.IsWitnessed(cosigned).ShouldBeTrue();
        _said.Order(StringComparer.Ordinal).ShouldBe(["The witness w2 did not answer within 5 seconds.", "The witness w3 did not answer within 5 seconds."]);
    }

    [Fact]
    public async Task Cosign_CalledOff_IsCalledOff()
    {
        var asked = new TaskCompletionSource();
        string frozen = await BrokenAsync("w1", async context =>
        {
            asked.SetResult();
            await Task.Delay(Timeout.Infinite, context.RequestAborted);
        });
        (WitnessClient client, _) = Client([frozen, "quorum w1"]);
        using var calledOff = new CancellationTokenSource();
        Task<SignedNote> cosigning = client.CosignAsync(_log.Publish(5).Note, Prove, calledOff.Token);
        await asked.Task;
        await calledOff.CancelAsync();
        await Should.ThrowAsync<OperationCanceledException>(() => cosigning);
    }

    public static TheoryData<string> Wrongs =>
    [
        "another-key", "another-note", "rubbish", "empty", "html", "oversized", "endless", "redirect", "error", "size-without-type", "size-rubbish", "size-of-dreams",
        "always-another-size", "many-lines", "breaks-off", "too-many-headers",
    ];

    [Theory]
    [MemberData(nameof(Wrongs))]
    public async Task Cosign_ByAWitnessThatIsWrong_CostsItsCosignatureAlone(string how)
    {
        int elsewhere = 0;
        string target = await ServeAsync(_ =>
        {
            elsewhere++;
            return Task.CompletedTask;
        });
        int requests = 0;
        string wrong = await BrokenAsync("w2", context => AnswerWronglyAsync(how, context, requests++, target));
        (WitnessClient client, WitnessPolicy policy) = Client([await WitnessAsync("w1"), wrong, "group g any w1 w2", "quorum g"]);
        SignedNote cosigned = await client.CosignAsync(_log.Publish(70).Note, Prove, Cancel);
        cosigned.Signatures.Select(signature => signature.Name).ShouldBe([TestLog.Origin, "w1.example"]);
        policy.IsWitnessed(cosigned).ShouldBeTrue();
        _said.Count.ShouldBe(1);
        _said[0].ShouldContain("w2");
        _said[0].Contains("its answer is more than 16384 bytes", StringComparison.Ordinal).ShouldBe(how is "oversized" or "endless");
        elsewhere.ShouldBe(0, "no redirect is followed");
        requests.ShouldBeLessThanOrEqualTo(3);
    }

    [Fact]
    public async Task Cosign_ByAWitnessThatIsAway_CostsItsCosignatureAlone()
    {
        string away = await BrokenAsync("w2", _ => Task.CompletedTask);
        await _apps[^1].DisposeAsync();
        (WitnessClient client, WitnessPolicy policy) = Client([await WitnessAsync("w1"), away, "group g all w1 w2", "quorum g"]);
        SignedNote cosigned = await client.CosignAsync(_log.Publish(5).Note, Prove, Cancel);
        cosigned.Signatures.Count.ShouldBe(2);
        policy.IsWitnessed(cosigned).ShouldBeFalse();
    }

    [Fact]
    public async Task Cosign_WhereTheProofCannotBeMade_Throws()
    {
        (WitnessClient client, _) = Client([await WitnessAsync("w1"), "quorum w1"]);
        await client.CosignAsync(_log.Publish(5).Note, Prove, Cancel);
        await Should.ThrowAsync<InvalidDataException>(() => client.CosignAsync(_log.Publish(6).Note, (_, _) => throw new InvalidDataException("the log's tiles are gone"), Cancel));
    }

    [Fact]
    public async Task Cosign_WithoutAddresses_AsksNobody()
    {
        using var witness = new Ed25519Cosigner("w1.example", [.. Enumerable.Repeat((byte)7, 32)]);
        (WitnessClient client, _) = Client([$"witness w1 {witness.VerifierKey}", "quorum w1"]);
        (await client.CosignAsync(_log.Publish(5).Note, Prove, Cancel)).ToString().ShouldBe(_log.Note.ToString());
    }

    [Theory] // Of tlog-witness, "add-checkpoint", as they go over the wire.
    [InlineData("good", 200, "text/plain")]
    [InlineData("rubbish", 400, "text/plain")]
    [InlineData("origin", 404, null)]
    [InlineData("key", 403, null)]
    [InlineData("above", 400, null)]
    [InlineData("old", 409, "text/x.tlog.size")]
    [InlineData("root", 409, "text/x.tlog.size")]
    [InlineData("proof", 422, null)]
    [InlineData("oversized", 413, null)]
    public async Task Server_Asked_AnswersAsTheSpecificationHasIt(string what, int status, string? type)
    {
        string url = (await WitnessAsync("w1")).Split(' ')[^1];
        using var http = new HttpClient();
        (await PostAsync(http, url, _log.Publish(5).Request(0).ToBytes())).Status.ShouldBe(200);
        using var stranger = new TestLog(_state.File("stranger"), seed: 9);
        byte[] body = what switch
        {
            "good" => _log.Publish(9).Request(5).ToBytes(),
            "rubbish" => "rubbish"u8.ToArray(),
            "origin" => Encoding.UTF8.GetBytes(Encoding.UTF8.GetString(_log.Publish(9).Request(5).ToBytes()).Replace($"\n{TestLog.Origin}\n", "\nexample.com/other\n", StringComparison.Ordinal)),
            "key" => stranger.Publish(9).Request(5).ToBytes(),
            "above" => new AddCheckpointRequest(10, new ConsistencyProof([]), _log.Publish(9).Note).ToBytes(),
            "old" => _log.Publish(9).Request(4).ToBytes(),
            "root" => _log.Publish(5, 0, "!").Request(5).ToBytes(),
            "proof" => _log.Publish(9, 0, "!").Request(5).ToBytes(),
            _ => new byte[AddCheckpointRequest.SizeMax + 1],
        };
        (int Status, string? Type, string Text) answer = await PostAsync(http, url, body);
        answer.Status.ShouldBe(status);
        answer.Type.ShouldBe(type);
        if (status == 409)
        {
            answer.Text.ShouldBe("5\n");
        }

        byte[] newest = await http.GetByteArrayAsync(new Uri($"{url}checkpoint"), Cancel);
        var note = SignedNote.Parse(newest);
        Checkpoint.Parse(note.Text).Head.Size.ShouldBe(status == 200 ? 9 : 5);
        note.Verify([NoteVerifier.Of(VerifierKey.Parse((await http.GetStringAsync(new Uri($"{url}vkey"), Cancel)).TrimEnd('\n')))]).Count.ShouldBe(1);
    }

    [Fact]
    public async Task Server_WithoutACheckpoint_HasNone()
    {
        string url = (await WitnessAsync("w1")).Split(' ')[^1];
        using var http = new HttpClient();
        (await http.GetAsync(new Uri($"{url}checkpoint"), Cancel)).StatusCode.ShouldBe(HttpStatusCode.NotFound);
    }

    [Fact]
    public async Task Watch_OverHttp_ReadsAsFromAFolderAndFollowsNoRedirect()
    {
        string url = await ServeAsync(async context =>
        {
            string path = context.Request.Path.Value!;
            string file = Path.Combine(_site.Path, path.TrimStart('/'));
            if (path.StartsWith("/moved/", StringComparison.Ordinal))
            {
                context.Response.Redirect("/" + path["/moved/".Length..]);
            }
            else if (File.Exists(file))
            {
                await context.Response.Body.WriteAsync(await File.ReadAllBytesAsync(file, Cancel), Cancel);
            }
            else
            {
                context.Response.StatusCode = 404;
            }
        });
        _log.Publish(600);
        using LogSource source = LogSource.Of(url)!;
        WitnessedLog log = await LogWatch.ReadKeysAsync(source, Cancel);
        log.Text.ShouldBe($"{_log.Vkey}\n");
        using var cosigner = new Ed25519Cosigner("w", new byte[32]);
        using var witness = new Witness(new WitnessMemory(_state.File("w")), log, cosigner, _clock, _alarms.Add);
        (await new LogWatch(source, witness).LookAsync(Cancel)).Line.ShouldContain("cosigned at 600");

        using LogSource moved = LogSource.Of(url + "moved")!;
        (await Should.ThrowAsync<IOException>(() => LogWatch.ReadKeysAsync(moved, Cancel))).Message.ShouldContain("answers 302");
        (await Should.ThrowAsync<IOException>(() => source.ReadAsync("log/vkey", 10, Cancel))).Message.ShouldContain("more than 10 bytes");
        await Should.ThrowAsync<FileNotFoundException>(() => source.ReadAsync("log/none", 10, Cancel));
    }

    [Theory]
    [InlineData("http://example.com/")]
    [InlineData("https://user:word@example.com/")]
    [InlineData("https://example.com/?sv=1")]
    [InlineData("ftp://127.0.0.1/")]
    [InlineData("no/such/folder")]
    public void Source_AtAnotherAddress_IsNone(string place) => LogSource.Of(place).ShouldBeNull();

    private static async Task<(int Status, string? Type, string Text)> PostAsync(HttpClient http, string url, byte[] body)
    {
        using var content = new ByteArrayContent(body);
        using HttpResponseMessage answer = await http.PostAsync(new Uri($"{url}add-checkpoint"), content, Cancel);
        return ((int)answer.StatusCode, answer.Content.Headers.ContentType?.MediaType, await answer.Content.ReadAsStringAsync(Cancel));
    }

    private static async Task AnswerWronglyAsync(string how, HttpContext context, int request, string elsewhere)
    {
        using var body = new MemoryStream();
        await context.Request.Body.CopyToAsync(body, context.RequestAborted);
        var asked = AddCheckpointRequest.Parse(body.ToArray());
        using var another = new Ed25519Cosigner("w2.example", [.. Enumerable.Repeat((byte)99, 32)]);
        using var own = new Ed25519Cosigner("w2.example", SeedOf("w2"));
        HttpResponse response = context.Response;
        if (how.StartsWith("size", StringComparison.Ordinal) || how == "always-another-size")
        {
            (response.StatusCode, response.ContentType) = (409, how == "size-without-type" ? "text/plain" : "text/x.tlog.size");
        }

        switch (how)
        {
            case "redirect":
                response.Redirect($"{elsewhere}add-checkpoint", permanent: false, preserveMethod: true);
                return;
            case "error":
                response.StatusCode = 500;
                return;
            case "too-many-headers":
                response.Headers["X-Much"] = new string('x', 20_000);
                break;
            case "breaks-off":
                response.ContentLength = 1000;
                await response.WriteAsync("\u2014 ", context.RequestAborted);
                await response.Body.FlushAsync(context.RequestAborted);
                context.Abort();
                return;
        }

        await response.WriteAsync(
            how switch
            {
                "another-key" => another.Cosign(7, asked.Checkpoint).Line + "\n",
                "another-note" => own.Cosign(7, new Checkpoint(TestLog.Origin, TreeHead.Empty)).Line + "\n",
                "rubbish" => "\u2014 w2.example\n",
                "empty" => "",
                "html" => "<!doctype html>\n",
                "oversized" => new string('\u2014', 16 * 1024),
                "endless" => new string('a', 10_000_000),
                "size-without-type" => "5\n",
                "size-rubbish" => "05 leaves\n",
                "size-of-dreams" => $"{long.MaxValue}\n",
                "always-another-size" => $"{request + 1}\n",
                "many-lines" => string.Concat(Enumerable.Repeat("\u2014 a AAAAAQI=\n", 65)),
                "too-many-headers" => own.Cosign(7, asked.Checkpoint).Line + "\n",
                _ => throw new InvalidOperationException(how),
            },
            context.RequestAborted);
    }

    private Task<ConsistencyProof> Prove(long oldSize, CancellationToken cancellationToken) => Task.FromResult(_log.Prove(oldSize));

    private static byte[] SeedOf(string name) => [.. Enumerable.Repeat((byte)name[^1], 32)];

    private (WitnessClient Client, WitnessPolicy Policy) Client(string[] lines)
    {
        var policy = WitnessPolicy.Parse(string.Join('\n', lines));
        var client = new WitnessClient(policy, _clock, new Said(_said, _cosigned));
        _owned.Add(client);
        return (client, policy);
    }

    /// <summary>A real witness, and its line of a policy.</summary>
    private async Task<string> WitnessAsync(string name)
    {
        var cosigner = new Ed25519Cosigner($"{name}.example", SeedOf(name));
        _owned.Add(cosigner);
        var witness = new Witness(new WitnessMemory(_state.File(name)), WitnessedLog.Of([_log.Vkey], "here"), cosigner, _clock, _alarms.Add);
        _owned.Add(witness);
        WebApplication app = WitnessServer.Build(witness, 0);
        _apps.Add(app);
        await app.StartAsync(Cancel);
        return $"witness {name} {cosigner.VerifierKey} {app.Urls.Single()}/";
    }

    private async Task<string> BrokenAsync(string name, RequestDelegate answer)
    {
        using var cosigner = new Ed25519Cosigner($"{name}.example", SeedOf(name));
        return $"witness {name} {cosigner.VerifierKey} {await ServeAsync(answer)}";
    }

    private async Task<string> ServeAsync(RequestDelegate answer)
    {
        WebApplicationBuilder builder = WebApplication.CreateSlimBuilder();
        builder.Logging.ClearProviders();
        builder.WebHost.UseUrls().ConfigureKestrel(kestrel => kestrel.Listen(IPAddress.Loopback, 0));
        WebApplication app = builder.Build();
        app.Run(answer);
        _apps.Add(app);
        await app.StartAsync(Cancel);
        return $"{app.Urls.Single()}/";
    }

    private sealed class Said(List<string> lines, ConcurrentBag<string> cosigned) : ILogger<WitnessClient>
    {
        public IDisposable? BeginScope<TState>(TState state)
            where TState : notnull => null;

        public bool IsEnabled(LogLevel logLevel) => true;

        public void Log<TState>(LogLevel logLevel, EventId eventId, TState state, Exception? exception, Func<TState, Exception?, string> formatter)
        {
            if (logLevel == LogLevel.Debug)
            {
                cosigned.Add(formatter(state, exception));
                return;
            }

            lock (lines)
            {
                lines.Add(formatter(state, exception));
            }
        }
    }
}
