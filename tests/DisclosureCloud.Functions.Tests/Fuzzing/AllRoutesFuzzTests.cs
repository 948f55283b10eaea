using System.Collections.Concurrent;
using System.Text.Json;
using DisclosureCloud.Functions.Hosting.Bearer;
using DisclosureCloud.Functions.Hosting.Load;
using DisclosureCloud.Functions.Tests.Complaints;
using DisclosureCloud.Functions.Tests.Running;
using DisclosureCloud.Ledger;

namespace DisclosureCloud.Functions.Tests.Fuzzing;

/// <summary>Ten thousand spoilt requests over all calls: each is answered soon, none is a mistake of ours, and each refusal is a problem document.</summary>
[Collection(MachineAlone.Name)]
public sealed class AllRoutesFuzzTests
{
    private const int Requests = 10_000;

    /// <summary>As many as a small office has at its desks; the machine is busy with other tests too.</summary>
    private const int AtOnce = 4;

    private const int FailuresShown = 10;

    /// <summary>The slowest answer that the interface may give.</summary>
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(2);

    // A seed that failed once stays in the list.
    [Theory]
    [InlineData(20261123)]
    public async Task Requests_SpoiltInEveryPart_AreAnsweredSoonAndRefusedInOneForm(int seed)
    {
        // How many may come is tried elsewhere: here nothing is to be turned away before it is looked at.
        await using var app = new RunningApp { Load = new LoadLimits { CallerBurst = 10 * Requests, PostingsAnHour = 10 * Requests, FilesAnHour = 10 * Requests, BulkAnHour = 10 * Requests, ComplaintsAnHour = 10 * Requests, ComplaintsAnHourOfSource = 10 * Requests, ComplaintAttemptsAnHour = 10 * Requests }, ComplaintsDepartment = "finance" };
        await app.InitializeAsync();
        MutatedRequest requests = await PrepareAsync(app);
        var failed = new ConcurrentQueue<string>();
        var slow = new ConcurrentQueue<int>();
        var statuses = new ConcurrentDictionary<int, int>();
        var options = new ParallelOptions { MaxDegreeOfParallelism = AtOnce, CancellationToken = TestContext.Current.CancellationToken };
        await Parallel.ForAsync(0, Requests, options, async (i, _) => await TryAsync(i, slow.Enqueue));
        foreach (int i in slow.ToArray())
        {
            // Once more and alone: it may have been the machine.
            await TryAsync(i, late => failed.Enqueue($"{late}: {requests.Make(seed, late).How} took more than {Patience.TotalSeconds} seconds, twice"));
        }

        failed.Take(FailuresShown).ShouldBeEmpty($"seed {seed}: {failed.Count} failed");
        statuses.Values.Sum().ShouldBeGreaterThanOrEqualTo(Requests);
        foreach (int status in new[] { 200, 201, 202, 400, 401, 403, 404, 405, 413, 414, 415, 422 })
        {
            statuses.ShouldContainKey(status, $"else not every part of the app was reached: {string.Join(' ', statuses)}");
        }

        app.Diagnostics.ShouldNotContain("unhandled exception");

        async Task TryAsync(int i, Action<int> late)
        {
            (HttpRequestMessage request, string how) = requests.Make(seed, i);
            using HttpRequestMessage sent = request;
            using var limit = CancellationTokenSource.CreateLinkedTokenSource(TestContext.Current.CancellationToken);
            limit.CancelAfter(Patience);
            try
            {
                using HttpResponseMessage response = await app.Http.SendAsync(sent, limit.Token);
                string text = await response.Content.ReadAsStringAsync(limit.Token);
                statuses.AddOrUpdate((int)response.StatusCode, 1, (_, count) => count + 1);
                if (Fault((int)response.StatusCode, response.Content.Headers.ContentType?.MediaType, text) is { } fault)
                {
                    failed.Enqueue($"{i}: {how}: {fault}");
                }
            }
            catch (OperationCanceledException) when (!TestContext.Current.CancellationToken.IsCancellationRequested)
            {
                late(i);
            }
            catch (HttpRequestException fault)
            {
                failed.Enqueue($"{i}: {how}: no answer: {fault.Message} {fault.InnerException?.Message}");
            }
        }
    }

    [Theory]
    [InlineData(500, "application/problem+json", """{"type":"about:blank","title":"x","status":500,"detail":"x","errors":[{"pointer":"","code":"x","detail":"x"}]}""")]
    [InlineData(400, "text/plain", "Bad Request")]
    [InlineData(400, null, "")]
    [InlineData(400, "application/problem+json", """{"type":"about:blank","title":"x","status":422,"detail":"x","errors":[{"pointer":"","code":"x","detail":"x"}]}""")]
    [InlineData(400, "application/problem+json", """{"type":"about:blank","title":"x","status":400,"detail":"x","errors":[]}""")]
    [InlineData(400, "application/problem+json", """{"type":"about:blank","title":"x","status":400,"detail":"x","errors":[{"pointer":"name","code":"x","detail":"x"}]}""")]
    [InlineData(400, "application/problem+json", "{")]
    public void Fault_OfAnAnswerThatIsNoProblemDocument_IsSeen(int status, string? type, string text) => Fault(status, type, text).ShouldNotBeNull();

    // A fund that is published, so that there are postings, entries and proofs to ask for, and nothing that is published meanwhile.
    private static async Task<MutatedRequest> PrepareAsync(RunningApp app)
    {
        var office = new Office(app);
        await office.OpenFundAsync("fuzz-all", 100);
        Answer effective = await office.RecordAsync(Office.Allocation("fuzz-all", 60));
        Answer evidence = await office.SendEvidenceAsync("fuzz");
        string code = (await app.PostAsync("/api/complaints", ComplaintSamples.Of("430511").ToJsonString(), key: null, token: null)).ShouldBe(202).Json.GetProperty("code").GetString()!;
        Answer proposed = await office.PostAsync(Office.Fund("fuzz-proposed"));
        await Eventually.TrueAsync("it is published", async () => (await app.GetAsync("/api/health")).Json.GetProperty("site").GetProperty("behind").GetInt64() == 0);
        string auditor = app.Token("audit", "auditor", Role.Auditor);
        await Eventually.TrueAsync("it is published to its last file", async () => (await app.GetAsync("/api/evidence-packs?fund=fuzz-all", auditor)).Status == 200);
        return new MutatedRequest(
            await app.DocumentAsync(),
            [app.Token("finance", "finance-both", Role.Poster, Role.Approver), office.Poster, app.Token("finance", "finance-poster", Role.Approver), auditor, app.Token("transport", "someone")],
            [effective.Id, proposed.Id, evidence.Id, code, ComplaintId.Of(Id.Parse<ComplaintCode>(code)).Value, new string('a', 26)],
            [effective.Entries.Single(), $"{new string('a', 26)}-1"]);
    }

    /// <summary>What is wrong with an answer; null where nothing is.</summary>
    private static string? Fault(int status, string? type, string text)
    {
        if (status < 400)
        {
            return null;
        }

        if (status >= 500 || type != "application/problem+json")
        {
            return $"{status} {type} {text}";
        }

        try
        {
            JsonElement problem = JsonElement.Parse(text);
            JsonElement[] errors = [.. problem.GetProperty("errors").EnumerateArray()];
            bool good = problem.GetProperty("status").GetInt32() == status
                && new[] { "type", "title", "detail" }.All(name => problem.GetProperty(name).GetString()!.Length > 0)
                && errors.Length > 0
                && errors.All(error => error.GetProperty("pointer").GetString() is "" or ['/', ..]
                    && error.GetProperty("code").GetString()!.Length > 0
                    && error.GetProperty("detail").GetString()!.Length > 0);
            return good ? null : $"{status} {text}";
        }
        catch (Exception fault) when (fault is JsonException or KeyNotFoundException or InvalidOperationException)
        {
            return $"{status} {text} {fault.Message}";
        }
    }
}
