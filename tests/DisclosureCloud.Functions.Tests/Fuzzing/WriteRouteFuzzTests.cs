using System.Net.Http.Headers;
using System.Text;
using System.Text.Json.Nodes;
using DisclosureCloud.Functions.Hosting.Bearer;
using DisclosureCloud.Functions.Hosting.Load;
using DisclosureCloud.Functions.Tests.Running;
using DisclosureCloud.Ledger;

namespace DisclosureCloud.Functions.Tests.Fuzzing;

/// <summary>Every call that writes, sent bodies that no reader may take. Kinds and calls are found, not listed: a new one is tried too.</summary>
public sealed class WriteRouteFuzzTests(WriteRouteFuzzTests.World app) : IClassFixture<WriteRouteFuzzTests.World>
{
    private const int SurelyBad = 1_000;
    private const int Mutated = 300;

    private static readonly KindSchema[] Kinds = [.. KindSchema.All.Where(kind => kind.IsPosted)];

    /// <summary>As many as one department has at its desks; the machine is busy with other tests too.</summary>
    private const int AtOnce = 4;

    // A seed that failed once stays in the list.
    [Theory]
    [InlineData(20261122)]
    public async Task WriteRoutes_SentInvalidBodies_RefuseEachAndStoreNothing(int seed)
    {
        string[] routes = [.. app.MappedRoutes().Where(route => route.StartsWith("POST ", StringComparison.Ordinal))];
        routes.Length.ShouldBeGreaterThanOrEqualTo(4);
        foreach (string route in routes)
        {
            Target target = await TargetOfAsync(route)
                ?? throw new InvalidOperationException($"{route} is not tried: say in {nameof(TargetOfAsync)} who calls it, and what a good body of it is.");
            var random = new Random(seed);
            BadBody[] bodies = [.. Enumerable.Range(0, SurelyBad + Mutated).Select(i => target.Make(random, i < SurelyBad))];
            (int, int) before = await app.CountAsync();
            var options = new ParallelOptions { MaxDegreeOfParallelism = AtOnce, CancellationToken = TestContext.Current.CancellationToken };
            await Parallel.ForAsync(0, bodies.Length, options, async (i, _) => await TryAsync(target, bodies[i], $"{route}, seed {seed}, body {i}"));
            (await app.CountAsync()).ShouldBe(before, $"{route}, seed {seed}: something was stored");
            Directory.Exists(app.Deployment.ComplaintsFolder).ShouldBeFalse($"{route}, seed {seed}: a complaint was stored");
        }

        app.Diagnostics.ShouldNotContain("unhandled exception");
    }

    [Fact]
    public void Samples_OfMostKinds_AreRead()
    {
        // Else every body above might be refused for want of a good one to begin with. A kind may have rules of its own that no schema
        // tells, so that not all samples need be good; what a schema tells, all obey.
        var random = new Random(20261122);
        int good = 0;
        foreach (KindSchema kind in Kinds)
        {
            var findings = new Findings();
            PostingReader.ReadPosting(Encoding.UTF8.GetBytes(SchemaSample.Object(KindJsonSchema.Of(kind), random).ToJsonString()), new DateOnly(2026, 3, 2), findings);
            findings.All.Select(finding => finding.Code).Intersect(["wrong-type", "unknown-field", "unknown-code", "bad-id", "not-a-date", "not-positive"], StringComparer.Ordinal)
                .ShouldBeEmpty(kind.Name);
            good += findings.Any ? 0 : 1;
        }

        good.ShouldBeGreaterThan(Kinds.Length / 2);
    }

    [Fact]
    public async Task Target_OfACallThatNobodyKnows_IsNone() => (await TargetOfAsync("POST /api/unheard-of")).ShouldBeNull();

    private async Task<Target?> TargetOfAsync(string route)
    {
        string poster = app.Token("finance", "finance-poster", Role.Poster);
        string[] notice = [.. SchemaSample.Required(KindJsonSchema.OfNotice())];
        switch (route)
        {
            case "POST /api/postings":
                return new Target("/api/postings", poster, HasDryRun: true, (random, bad) =>
                {
                    JsonObject schema = KindJsonSchema.Of(Kinds[random.Next(Kinds.Length)]);
                    return Spoilt(SchemaSample.Object(schema, random), [.. SchemaSample.Required(schema)], random, bad);
                });
            case "POST /api/notices":
                return new Target("/api/notices", poster, HasDryRun: true, (random, bad) => Spoilt(Office.Notice("fuzz-notice"), notice, random, bad));
            case "POST /api/evidence-files":
                // Whatever becomes of it, JSON begins as no file does that is taken.
                return new Target("/api/evidence-files", poster, HasDryRun: false, (random, bad) => Spoilt(Office.Notice("fuzz-notice"), notice, random, bad)) { Type = "application/pdf" };
            case "POST /api/bulk":
                // Each a line alone. What may be good by chance would be kept, and done later.
                return new Target("/api/bulk", poster, HasDryRun: false, (random, _) =>
                {
                    JsonObject schema = KindJsonSchema.Of(Kinds[random.Next(Kinds.Length)]);
                    return Spoilt(SchemaSample.Object(schema, random), [.. SchemaSample.Required(schema)], random, bad: true);
                }) { Type = "application/x-ndjson" };
            case "POST /api/complaints":
                // What is good by chance is a notice, and no complaint.
                return new Target("/api/complaints", poster, HasDryRun: false, (random, bad) => Spoilt(Office.Notice("fuzz-notice"), notice, random, bad));
            case "POST /api/complaints/{id}/answer":
                // There is no such complaint: what is good by chance finds none.
                return new Target($"/api/complaints/{new string('a', 26)}/answer", poster, HasDryRun: false, (random, bad) =>
                    Spoilt(SchemaSample.Object(ComplaintReplyReader.Schema(), random), [.. SchemaSample.Required(ComplaintReplyReader.Schema())], random, bad));
            case "POST /api/postings/{id}/approval" or "POST /api/postings/{id}/rejection":
                // Where a changed body is good by chance, it is one's own posting, which nobody decides.
                string both = app.Token("finance", "finance-both", Role.Poster, Role.Approver);
                Answer own = (await app.PostAsync("/api/postings", Office.Fund("fund-fuzz").ToJsonString(), Office.NewKey(), both)).ShouldBe(201);
                string path = route["POST ".Length..].Replace("{id}", own.Id, StringComparison.Ordinal);
                return new Target(path, both, HasDryRun: false, (random, bad) =>
                    Spoilt(SchemaSample.Object(DecisionReader.Schema(), random), [.. SchemaSample.Required(DecisionReader.Schema())], random, bad));
            default:
                return null;
        }
    }

    private static BadBody Spoilt(JsonObject good, string[] required, Random random, bool bad) =>
        bad ? BadBody.Of(good, required, random) : BadBody.Mutated(good, random);

    private async Task TryAsync(Target target, BadBody body, string which)
    {
        try
        {
            if (body.IsSurelyBad)
            {
                Answer answer = await SendAsync(target.Path, target, body);
                answer.ShouldBeProblem(answer.Status == 400 ? 400 : 422);
                answer.Codes.ShouldNotBeEmpty();
                return;
            }

            Answer? dry = target.HasDryRun ? (await SendAsync($"{target.Path}?dryRun=true", target, body)).ShouldBe(200) : null;
            if (dry is null || dry.Codes.Length > 0)
            {
                // What a dry run finds, a real one refuses, with the same findings.
                Answer real = await SendAsync(target.Path, target, body);
                real.Status.ShouldBeInRange(400, 499);
                real.ShouldBeProblem(real.Status);
                real.Codes.ShouldBe(dry?.Codes ?? real.Codes);
            }
        }
        catch (ShouldAssertException fault)
        {
            throw new InvalidOperationException($"{which} ({body.How}): {Convert.ToBase64String(body.Bytes)}", fault);
        }
    }

    private async Task<Answer> SendAsync(string path, Target target, BadBody body)
    {
        using HttpRequestMessage request = RunningApp.Request(HttpMethod.Post, path, target.Token);
        request.Headers.Add("Idempotency-Key", Office.NewKey());
        request.Content = new ByteArrayContent(body.Bytes);
        request.Content.Headers.ContentType = new MediaTypeHeaderValue(target.Type);
        return await app.SendAsync(request);
    }

    /// <summary>An app that takes as many files and complaints in an hour as are sent here.</summary>
    public sealed class World : RunningApp
    {
        public World()
        {
            Load = new LoadLimits { CallerBurst = int.MaxValue, FilesAnHour = int.MaxValue, BulkAnHour = int.MaxValue, ComplaintsAnHour = int.MaxValue, ComplaintsAnHourOfSource = int.MaxValue, ComplaintAttemptsAnHour = int.MaxValue };
            ComplaintsDepartment = "finance";
        }
    }

    /// <summary>A call, who may make it, and how a body for it is made and spoilt: surely, or by changing bytes.</summary>
    private sealed record Target(string Path, string Token, bool HasDryRun, Func<Random, bool, BadBody> Make)
    {
        public string Type { get; init; } = "application/json";
    }
}
