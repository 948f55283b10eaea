using System.Collections.Immutable;
using System.Globalization;
using DisclosureCloud.Functions.Hosting.Load;
using DisclosureCloud.Functions.Hosting;
using DisclosureCloud.Functions.Hosting.Entries;
using DisclosureCloud.Functions.Hosting.Evidence;
using DisclosureCloud.Functions.Hosting.Http;
using DisclosureCloud.Ledger;

namespace DisclosureCloud.Functions.GetEvidencePack;

/// <summary>Gives auditors the entries of a fund, project, department or payee as a zip that can be verified without us.</summary>
internal static class GetEvidencePackFunction
{
    private static readonly string[] Subjects = ["fund", "project", "department", "payee"];

    private static readonly ImmutableArray<EntryParameter> Parameters =
        [.. EntryParameters.All.Where(parameter => Subjects.Contains(parameter.Name, StringComparer.Ordinal) || parameter.Name is "budgetYear" or "from" or "to" or "asOf")];

    public static void Map(IEndpointRouteBuilder routes) => routes.MapGet("/api/evidence-packs", HandleAsync)
        .Weighs(Weight.Pack)
        .WithName("GetEvidencePack")
        .WithSummary("A pack of evidence")
        .WithDescription("A zip of the public entries of one fund, project, department or payee, and of what corrects or withdraws them: leaves, openings, inclusion proofs, the signed checkpoint, "
            + "the notices as published, sums, and a README with the commands that verify all of it. The same request upon the same published checkpoint gives the same bytes. "
            + string.Create(CultureInfo.InvariantCulture, $"At most {EvidenceSelection.EntriesMax} entries: budgetYear, from and to narrow it."))
        .WithTags("entries")
        .TakesQuery(Parameters)
        .AnswersDocument("The pack.", "application/zip", Described.Binary)
        .Refuses(StatusCodes.Status403Forbidden, "Or the token is good for a region, and the fund is of another.")
        .Refuses(StatusCodes.Status400BadRequest, "A parameter that there is not, or not of its form, none or several of the four, too many entries, or nothing is published yet.")
        .Refuses(StatusCodes.Status503ServiceUnavailable, "The site is being published just now: its files are of two publications. Retry-After says when to ask again.");

    private static async Task<IResult> HandleAsync(HttpContext context, EvidencePack pack, AuditorScope scope, Deployment deployment, CancellationToken cancellationToken)
    {
        var findings = new Findings();
        foreach (string name in context.Request.Query.Keys.Where(name => !Parameters.Any(parameter => parameter.Name == name)))
        {
            findings.Add(new Finding("", "unknown-parameter", "There is no such parameter.", null, string.Join(", ", Parameters.Select(parameter => parameter.Name))) { Parameter = name.Length > 40 ? name[..40] : name });
        }

        EntryRequest? request = EntryQueryReader.Read(
            context.Request.Query.Where(parameter => Parameters.Any(one => one.Name == parameter.Key))
                .Select(parameter => KeyValuePair.Create(parameter.Key, (IReadOnlyList<string>)[.. parameter.Value.Select(value => value ?? "")])),
            deployment.Zone,
            findings);
        string[] subjects = [.. Subjects.Where(context.Request.Query.ContainsKey)];
        if (subjects.Length != 1)
        {
            findings.Add(new Finding("", "one-subject", "A pack is of one subject.", string.Join(", ", subjects), "one of " + string.Join(", ", Subjects)) { Parameter = "fund" });
        }

        if (findings.Any)
        {
            return Bad([.. findings.All]);
        }

        (EntryQuery query, Finding? refusal) = await scope.NarrowAsync(request!.Query, Caller.RegionOf(context.User), cancellationToken);
        if (refusal is not null)
        {
            return new Problem(StatusCodes.Status403Forbidden, "There is no such pack for you.", refusal);
        }

        if (await pack.ShownAsync(cancellationToken) is not { } shown || request.AsOf > shown.Checkpoint.Head.Size)
        {
            return Bad(new Finding("", "not-published", "asOf names a tree that is larger than the published one, or nothing is published yet.") { Parameter = "asOf" });
        }

        return await pack.FindAsync(query, request.AsOf ?? shown.Checkpoint.Head.Size, shown, cancellationToken) is { } contents
            ? new PackResult(pack, contents, subjects[0], query.Region)
            : Bad(new Finding("", "too-many-entries", "A pack of so many entries is not made: narrow it by budgetYear, from and to, or take the log itself.", null, string.Create(CultureInfo.InvariantCulture, $"at most {EvidenceSelection.EntriesMax}")) { Parameter = subjects[0] });
    }

    private static Problem Bad(params ImmutableArray<Finding> findings) => new(
        StatusCodes.Status400BadRequest, "There is no such pack. Each entry of 'errors' names a parameter and what is wrong with it.", [.. findings]);

    private sealed class PackResult(EvidencePack pack, PackContents contents, string subject, RegionCode? narrowedTo) : IResult
    {
        public Task ExecuteAsync(HttpContext httpContext)
        {
            HttpResponse response = httpContext.Response;
            response.ContentType = "application/zip";
            response.Headers.CacheControl = "no-store"; // What is withheld tomorrow is to lie in no cache.
            response.Headers.ContentDisposition = string.Create(CultureInfo.InvariantCulture, $"attachment; filename=\"evidence-{subject}-{contents.TreeSize}.zip\"");
            return pack.WriteAsync(
                response.Body,
                Asked(httpContext.Request.Query),
                contents,
                httpContext.RequestAborted);
        }

        // What was left out because the auditor is of one region must be seen from the pack.
        private IEnumerable<KeyValuePair<string, string>> Asked(IQueryCollection query) => query
            .Select(parameter => KeyValuePair.Create(parameter.Key, parameter.Value[0]!))
            .Concat(narrowedTo is { } region ? [KeyValuePair.Create("region", region.Value)] : [])
            .OrderBy(parameter => parameter.Key, StringComparer.Ordinal);
    }
}
