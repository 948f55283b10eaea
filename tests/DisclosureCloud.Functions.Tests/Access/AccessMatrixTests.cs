using System.Globalization;
using System.Text;
using DisclosureCloud.Functions.Hosting;
using DisclosureCloud.Functions.Hosting.Access;
using DisclosureCloud.Functions.Hosting.Load;
using DisclosureCloud.Functions.Tests.Complaints;
using DisclosureCloud.Functions.Tests.EvidenceFiles;
using DisclosureCloud.Functions.Tests.Running;
using DisclosureCloud.Ledger;

namespace DisclosureCloud.Functions.Tests.Access;

/// <summary>Every call of the table, by everybody: each set of roles, of the posting's department or another, for each sort of region.</summary>
/// <remarks>What is expected is said here once more, in other words than the table's: <see cref="Expected"/>.</remarks>
public sealed class AccessMatrixTests
{
    private const string Place = "430511";

    private static readonly string[] RoleSets =
    [
        "", "poster", "approver", "auditor", "operator", "poster approver", "auditor operator",
        "poster operator", "approver operator", "poster auditor", "approver auditor", "poster approver auditor operator",
    ];

    private static readonly string[] Departments = ["finance", "transport"];

    // None; the place itself; the city above it; its neighbour; a village in it.
    private static readonly string?[] Regions = [null, Place, "430500", "430502", "430511-0123abcd"];

    private static readonly string[] ForAnyone =
        ["GET /api/health", "GET /api/openapi.json", "GET /api/schemas/{name}", "GET /api/templates/{name}", "GET /api/entries/{id}/proof", "GET /api/log/consistency", "POST /api/complaints", "GET /api/complaints/{code}"];

    private int _made;
    private string _evidence = "";
    private string _bulk = "";
    private string _code = "";
    private string _complaint = "";

    [Fact]
    public async Task EveryCall_ByEverybody_IsAnsweredAsTheModelSays()
    {
        var noLimit = new LoadLimits { CallerBurst = int.MaxValue, PostingsAnHour = int.MaxValue, FilesAnHour = int.MaxValue, BulkAnHour = int.MaxValue, ComplaintsAnHour = int.MaxValue, ComplaintsAnHourOfSource = int.MaxValue, ComplaintAttemptsAnHour = int.MaxValue }; // Somebody asks thousands of times here.
        await using var app = new RunningApp { Listening = new Listening.ForHost(Port: 0), Load = noLimit, ComplaintsDepartment = "finance" };
        await app.InitializeAsync();
        var office = new Office(app);
        await office.OpenFundAsync("matrix", 100);
        await app.Publisher.PublishAsync(at: null, TestContext.Current.CancellationToken); // Whose a fund is, auditors' calls know from the archive.
        _evidence = (await office.SendEvidenceAsync("matrix")).ShouldBe(201).Id;
        _bulk = (await app.SendBulkAsync(Encoding.UTF8.GetBytes(Office.Fund("matrix-bulk").ToJsonString()), "application/x-ndjson", "matrix", app.Token("finance", "finance-poster", Id.Parse<RegionCode>(Place), ["poster"]))).ShouldBe(202).Id;
        string waiting = (await office.PostAsync(Office.WithEvidence(Office.Allocation("matrix", 10), _evidence))).ShouldBe(201).Id;

        _code = (await app.PostAsync("/api/complaints", ComplaintSamples.Of(Place).ToJsonString(), key: null, token: null)).ShouldBe(202).Json.GetProperty("code").GetString()!;
        _complaint = ComplaintId.Of(Id.Parse<ComplaintCode>(_code)).Value;

        string[] calls = [.. AccessTable.All.Where(rule => rule.Door is Door.Http or Door.Host).Select(rule => rule.Call)];
        int cases = 0;
        foreach (string call in calls)
        {
            foreach (Who who in Everybody())
            {
                (int status, string code) = Expected(call, who);
                string target = call.Contains("approval", StringComparison.Ordinal) || call.Contains("rejection", StringComparison.Ordinal)
                    ? status == 200 ? (await office.PostAsync(Office.Allocation("matrix", 1))).ShouldBe(201).Id : waiting
                    : waiting;
                Answer answer = await SendAsync(app, call, who, target);
                answer.Status.ShouldBe(status, $"{call} by {who}: {answer.Text}");
                if (status is 401 or 403)
                {
                    answer.Codes.ShouldBe($"[{code}]", $"{call} by {who}");
                }
                else if (call == "GET /api/postings")
                {
                    answer.Json.GetProperty("postings").EnumerateArray().Any(one => one.GetProperty("id").GetString() == waiting)
                        .ShouldBe(IsOwn(who), $"{call} by {who}");
                }

                else if (call == "GET /api/complaints" && status == 200)
                {
                    (answer.Json.GetProperty("complaints").GetArrayLength() > 0).ShouldBe(Reaches(who), $"{call} by {who}: all of them are about one place");
                }

                cases++;
            }
        }

        (await office.GetAsync(waiting)).State.ShouldBe("proposed");
        TestContext.Current.SendDiagnosticMessage(string.Create(CultureInfo.InvariantCulture, $"Who may what: {cases} cases over {calls.Length} routes."));
        cases.ShouldBe(calls.Length * ((RoleSets.Length * Departments.Length * Regions.Length) + 1));
    }

    private static (int Status, string Code) Expected(string call, Who who)
    {
        if (call.StartsWith("POST /", StringComparison.Ordinal) && !call.Contains("/api/", StringComparison.Ordinal))
        {
            return (400, ""); // The host's own, without the data that the host would send; no token matters.
        }

        if (ForAnyone.Contains(call, StringComparer.Ordinal))
        {
            return (call switch { "GET /api/entries/{id}/proof" => 404, "GET /api/log/consistency" => 400, "POST /api/complaints" => 202, _ => 200 }, "");
        }

        return who.Roles is null ? (401, "unauthorized") : Known(call, who);
    }

    private static (int Status, string Code) Known(string call, Who who)
    {
        (string? needed, bool writes) = call switch
        {
            "POST /api/postings" or "POST /api/notices" => ("poster", true),
            "POST /api/postings/{id}/approval" or "POST /api/postings/{id}/rejection" => ("approver", true),
            "GET /api/postings" or "GET /api/postings/{id}" or "GET /api/bulk/{id}" => (null, false),
            "POST /api/bulk" => ("poster", true),
            "POST /api/evidence-files" => ("poster", true),
            "GET /api/evidence-files/{id}" => ("poster approver auditor", false),
            "GET /api/complaints" => ("poster approver auditor", false),
            "POST /api/complaints/{id}/answer" => ("poster", true),
            "GET /api/entries" or "GET /api/evidence-packs" => ("auditor", false),
            _ => throw new InvalidOperationException($"Nobody has said here what is expected of {call}."),
        };
        if (needed is null ? who.Roles!.Length == 0 : !needed.Split(' ').Any(who.Is))
        {
            return (403, "forbidden");
        }

        // Whoever runs or audits does not write; whoever posts may approve what others posted.
        if (writes && (who.Is("operator") || who.Is("auditor")))
        {
            return (403, "conflicting-roles");
        }

        return call switch
        {
            "GET /api/postings" => (200, ""),
            "GET /api/postings/{id}" or "GET /api/bulk/{id}" => (IsOwn(who) ? 200 : 404, ""),
            "POST /api/bulk" => (202, ""), // What it says of other places is judged when it is done.
            "POST /api/evidence-files" => (201, ""),

            // Auditors read what is within their region, of any department; those who handle complaints are of one.
            "GET /api/complaints" => (who.Is("auditor") || who.Department == "finance" ? 200 : 404, ""),

            // What no public entry names is nobody's but its department's, and of the place that its posting is about.
            "GET /api/evidence-files/{id}" => (IsOwn(who) && (who.Is("poster") || who.Is("approver")) ? 200 : 404, ""),
            "POST /api/postings" or "POST /api/notices" => Reaches(who) ? (201, "") : (403, "other-region"),
            "GET /api/entries" => Reaches(who) ? (200, "") : (403, "other-region"),
            "GET /api/evidence-packs" => Reaches(who) ? (200, "") : (403, "other-region"),
            _ => (IsOwn(who) ? 200 : 404, ""),
        };
    }

    private static bool IsOwn(Who who) => who.Department == "finance" && Reaches(who);

    private static bool Reaches(Who who) => who.Region is null or Place or "430500";

    private static IEnumerable<Who> Everybody() =>
        RoleSets.SelectMany(roles => Departments.SelectMany(department => Regions.Select(region =>
            new Who(roles.Split(' ', StringSplitOptions.RemoveEmptyEntries), department, region)))).Append(new Who(null, "", null));

    private async Task<Answer> SendAsync(RunningApp app, string call, Who who, string posting)
    {
        (string method, string path) = call.Split(' ') is [var verb, var route] ? (verb, route) : default;
        string address = path.Replace("{code}", _code, StringComparison.Ordinal).Replace("complaints/{id}", $"complaints/{_complaint}", StringComparison.Ordinal)
            .Replace("files/{id}", $"files/{_evidence}", StringComparison.Ordinal).Replace("bulk/{id}", $"bulk/{_bulk}", StringComparison.Ordinal)
            .Replace("{id}", path.Contains("proof", StringComparison.Ordinal) ? $"{posting}-1" : posting, StringComparison.Ordinal)
            .Replace("{name}", path.Contains("templates", StringComparison.Ordinal) ? "fund.xlsx" : "fund.json", StringComparison.Ordinal)
            + path switch { "/api/entries" => $"?region={Place}", "/api/evidence-packs" => "?fund=matrix", _ => "" };
        string name = string.Create(CultureInfo.InvariantCulture, $"matrix-{++_made}");
        string? token = who.Roles is null
            ? null
            : app.Token(who.Department, "somebody", who.Region is { } region ? Id.Parse<RegionCode>(region) : null, who.Roles);
        return method == "GET" ? await app.GetAsync(address, token)
            : path == "/api/evidence-files" ? await app.SendFileAsync(EvidenceSamples.File(name), "application/pdf", name, token)
            : path == "/api/bulk" ? await app.SendBulkAsync(Encoding.UTF8.GetBytes(Office.Fund(name).ToJsonString()), "application/x-ndjson", name, token)
            : await app.PostAsync(address, Body(path, name), path is "/api/postings" or "/api/notices" ? name : null, token);
    }

    private static string Body(string path, string name) => path switch
    {
        "/api/postings" => Office.Fund(name).ToJsonString(),
        "/api/notices" => Office.Notice(name).ToJsonString(),
        "/api/complaints" => ComplaintSamples.Of(Place).ToJsonString(),
        "/api/complaints/{id}/answer" => ComplaintSamples.InHand,
        _ when path.StartsWith("/api/", StringComparison.Ordinal) => Office.Checked,
        _ => "{}",
    };

    /// <param name="Roles">Null for somebody without a token.</param>
    private sealed record Who(string[]? Roles, string Department, string? Region)
    {
        public bool Is(string role) => Roles!.Contains(role, StringComparer.Ordinal);

        public override string ToString() => Roles is null ? "nobody" : $"[{string.Join(' ', Roles)}] of {Department} for {Region ?? "all"}";
    }
}
