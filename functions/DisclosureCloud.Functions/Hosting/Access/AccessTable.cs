using System.Collections.Immutable;
using DisclosureCloud.Functions.Hosting.Bearer;

namespace DisclosureCloud.Functions.Hosting.Access;

/// <summary>Who may what: every call that there is, once. What is not listed here is not served, and the app does not start with it.</summary>
/// <remarks>Decision 0021. Department, region, roles and person come from the validated token alone.</remarks>
internal static class AccessTable
{
    /// <summary>A posting that comes as a message, by the same rule as over HTTP.</summary>
    public static AccessRule Posted { get; } = new(Door.Queue, "postings", [Role.Poster], DepartmentRule.Own, RegionRule.Within, Writes: true, AppRole.Api);

    public static ImmutableArray<AccessRule> All { get; } =
    [
        // Anyone: nothing of it is more than what is public.
        new(Door.Http, "GET /api/health", []),
        new(Door.Http, "GET /api/openapi.json", [], App: AppRole.Api),
        new(Door.Http, "GET /api/schemas/{name}", [], App: AppRole.Api),
        new(Door.Http, "GET /api/templates/{name}", [], App: AppRole.Api),
        new(Door.Http, "GET /api/entries/{id}/proof", [], App: AppRole.Api),
        new(Door.Http, "GET /api/log/consistency", [], App: AppRole.Api),

        // A department, of its own postings.
        new(Door.Http, "POST /api/postings", [Role.Poster], DepartmentRule.Own, RegionRule.Within, Writes: true, AppRole.Api),
        new(Door.Http, "POST /api/notices", [Role.Poster], DepartmentRule.Own, RegionRule.Within, Writes: true, AppRole.Api),
        new(Door.Http, "POST /api/postings/{id}/approval", [Role.Approver], DepartmentRule.Own, RegionRule.Within, Writes: true, AppRole.Api),
        new(Door.Http, "POST /api/postings/{id}/rejection", [Role.Approver], DepartmentRule.Own, RegionRule.Within, Writes: true, AppRole.Api),
        new(Door.Http, "GET /api/postings", [.. Role.All], DepartmentRule.Own, RegionRule.Within, App: AppRole.Api),
        new(Door.Http, "GET /api/postings/{id}", [.. Role.All], DepartmentRule.Own, RegionRule.Within, App: AppRole.Api),

        // Files of many postings.
        new(Door.Http, "POST /api/bulk", [Role.Poster], DepartmentRule.Own, RegionRule.Within, Writes: true, AppRole.Api),
        new(Door.Http, "GET /api/bulk/{id}", [.. Role.All], DepartmentRule.Own, RegionRule.Within, App: AppRole.Api),

        // Evidence files: a department sends and sees its own; auditors see what an entry of theirs names.
        new(Door.Http, "POST /api/evidence-files", [Role.Poster], DepartmentRule.Own, RegionRule.Within, Writes: true, AppRole.Api),
        new(Door.Http, "GET /api/evidence-files/{id}", [Role.Poster, Role.Approver, Role.Auditor], DepartmentRule.OwnOrAudited, RegionRule.Within, App: AppRole.Api),

        // Complaints: anyone sends one, and looks it up with its code; those who handle them read and answer.
        new(Door.Http, "POST /api/complaints", [], App: AppRole.Api),
        new(Door.Http, "GET /api/complaints/{code}", [], App: AppRole.Api),
        new(Door.Http, "GET /api/complaints", [Role.Poster, Role.Approver, Role.Auditor], DepartmentRule.Handling, RegionRule.Narrowed, App: AppRole.Api),
        new(Door.Http, "POST /api/complaints/{id}/answer", [Role.Poster], DepartmentRule.Handling, RegionRule.Within, Writes: true, AppRole.Api),

        // Auditors, of all departments.
        new(Door.Http, "GET /api/entries", [Role.Auditor], Region: RegionRule.Narrowed, App: AppRole.Api),
        new(Door.Http, "GET /api/evidence-packs", [Role.Auditor], Region: RegionRule.Narrowed, App: AppRole.Api),

        // The Functions host, on the loopback.
        new(Door.Host, "POST /IngestPosting", [], App: AppRole.Api),
        new(Door.Host, "POST /ApplyBulk", [], App: AppRole.Api),
        new(Door.Host, "POST /FollowLedger", [], App: AppRole.Publisher),
        new(Door.Host, "POST /OnArchiveBlob", [], App: AppRole.Publisher),
        new(Door.Host, "POST /PublishSite", [], App: AppRole.Publisher),
        new(Door.Host, "POST /Reconcile", [], App: AppRole.Publisher),
        new(Door.Host, "POST /TurnDay", [], App: AppRole.Publisher),

        Posted,
        new(Door.Queue, "ledger-changed", []), // It only wakes.
        new(Door.Queue, "bulk-work", []), // It only names what was taken from a poster.
        new(Door.Site, "GET /{file}", []),
        new(Door.Witness, "POST /add-checkpoint", []), // The log's own signature is what it believes.
        new(Door.Witness, "GET /checkpoint", []),
        new(Door.Witness, "GET /vkey", []),

        // Whoever runs a verb has the data folder itself, keys included: no token would hold them. import takes an embedded store alone.
        .. new[] { "demo", "freeze", "import", "poison", "publish", "query", "rebuild", "send", "serve", "token", "verify", "witness" }.Select(verb => new AccessRule(Door.Verb, verb, [])),
    ];

    /// <summary>Lets routes be mapped that the table lists, each with its rule.</summary>
    /// <exception cref="InvalidOperationException">When the app looks at its routes: one is not listed.</exception>
    public static IEndpointRouteBuilder Guard(IEndpointRouteBuilder routes, Door door = Door.Http)
    {
        RouteGroupBuilder guarded = routes.MapGroup("");
        ((IEndpointConventionBuilder)guarded).Add(endpoint =>
        {
            string[] calls = CallsOf((RouteEndpointBuilder)endpoint);
            endpoint.Metadata.Add(All.FirstOrDefault(rule => calls is [var call] && rule.Call == call && IsBy(rule, door))
                ?? throw new InvalidOperationException($"Nobody has said in {nameof(AccessTable)} who may call {string.Join(", ", calls)}."));
        });
        return guarded;
    }

    /// <summary>Sees that all is mapped that the table lists, and nothing else.</summary>
    /// <exception cref="InvalidOperationException">It is not.</exception>
    public static void Check(IEndpointRouteBuilder routes, AppRole role, bool behindHost)
    {
        string[] mapped = [.. routes.DataSources.SelectMany(source => source.Endpoints).Select(endpoint => endpoint.Metadata.GetMetadata<AccessRule>()?.Call ?? endpoint.DisplayName ?? "")];
        string[] listed = [.. All.Where(rule => rule.IsServedBy(role, behindHost)).Select(rule => rule.Call)];
        string[] wrong = [.. mapped.Except(listed, StringComparer.Ordinal), .. listed.Except(mapped, StringComparer.Ordinal)];
        if (wrong.Length > 0 || mapped.Length != listed.Length)
        {
            throw new InvalidOperationException($"What is mapped and what {nameof(AccessTable)} lists is not the same: {string.Join(", ", wrong)}.");
        }
    }

    private static bool IsBy(AccessRule rule, Door door) => rule.Door == door || (door == Door.Http && rule.Door == Door.Host);

    private static string[] CallsOf(RouteEndpointBuilder endpoint) =>
        [.. endpoint.Metadata.OfType<IHttpMethodMetadata>().SelectMany(one => one.HttpMethods).Select(method => $"{method} {endpoint.RoutePattern.RawText}")];
}
