using System.Collections.Immutable;
using DisclosureCloud.Functions.Hosting.Load;
using DisclosureCloud.Functions.Hosting;
using DisclosureCloud.Functions.Hosting.Entries;
using DisclosureCloud.Functions.Hosting.Http;
using DisclosureCloud.Ledger;
using Microsoft.AspNetCore.WebUtilities;
using Microsoft.Net.Http.Headers;

namespace DisclosureCloud.Functions.GetEntries;

/// <summary>Lets auditors query the archive: every entry that is public, as it was recorded.</summary>
internal static class GetEntriesFunction
{
    private const string Path = "/api/entries";
    private const string ReadHeader = "Disclosure-Read";

    private static readonly EntryFormat[] Formats = Enum.GetValues<EntryFormat>();

    public static void Map(IEndpointRouteBuilder routes) => routes.MapGet(Path, HandleAsync)
        .Weighs(Weight.Search)
        .WithName("GetEntries")
        .WithSummary("Query the archive")
        .WithDescription("Entries that are in the published log, as they were recorded: a correction is an entry of its own. They come in the order of the log, "
            + "in pages, and what is recorded meanwhile changes none of them. All filters that are given must match. Values that were committed to are matched and shown "
            + $"as they are published; a withheld one is null and matches no text. NDJSON and CSV have the entries alone: the header {ReadHeader} says what was read, "
            + "and Link, with rel=next, where the next page is. Red flags cannot be asked for yet.")
        .WithTags("entries")
        .TakesQuery(EntryParameters.All)
        .Answers<EntryPage>(StatusCodes.Status200OK, "A page of entries.")
        .AnswersText("A page of entries, one a line.", EntryAnswer.MediaType(EntryFormat.Ndjson))
        .AnswersText("A page of entries as a table, with a header row.", EntryAnswer.MediaType(EntryFormat.Csv))
        .Refuses(StatusCodes.Status403Forbidden, "Or the token is good for a region, and region or fund names another.")
        .Refuses(StatusCodes.Status400BadRequest, "A parameter that there is not, or not of its form; each error names its parameter.");

    private static async Task<IResult> HandleAsync(HttpContext context, EntrySearch search, AuditorScope scope, Deployment deployment, CancellationToken cancellationToken)
    {
        var findings = new Findings();
        EntryRequest? request = EntryQueryReader.Read(
            context.Request.Query.Select(parameter => KeyValuePair.Create(parameter.Key, (IReadOnlyList<string>)[.. parameter.Value.Select(value => value ?? "")])),
            deployment.Zone,
            findings);
        if (request is null)
        {
            return Bad([.. findings.All]);
        }

        (EntryQuery query, Finding? refusal) = await scope.NarrowAsync(request.Query, Caller.RegionOf(context.User), cancellationToken);
        if (refusal is not null)
        {
            return new Problem(StatusCodes.Status403Forbidden, "Nothing was looked for.", refusal);
        }

        (EntryPage? page, Finding? fault) = await search.PageAsync(request with { Query = query }, cancellationToken);
        return page is null ? Bad(fault!) : new PageResult(page, request.Format ?? Wanted(context.Request));
    }

    private static Problem Bad(params ImmutableArray<Finding> findings) => new(
        StatusCodes.Status400BadRequest, "Nothing was looked for. Each entry of 'errors' names a parameter and what is wrong with it.", [.. findings]);

    // The first of the caller's wishes that there is; JSON where there is none.
    private static EntryFormat Wanted(HttpRequest request) =>
        MediaTypeHeaderValue.TryParseList(request.Headers.Accept, out IList<MediaTypeHeaderValue>? wishes)
            ? wishes.OrderByDescending(wish => wish, MediaTypeHeaderValueComparer.QualityComparer)
                .SelectMany(wish => Formats.Where(format => MediaTypeHeaderValue.Parse(EntryAnswer.MediaType(format)).IsSubsetOf(wish)).Take(1))
                .FirstOrDefault(EntryFormat.Json)
            : EntryFormat.Json;

    private sealed class PageResult(EntryPage page, EntryFormat format) : IResult
    {
        public async Task ExecuteAsync(HttpContext httpContext)
        {
            HttpResponse response = httpContext.Response;
            response.Headers[ReadHeader] = EntryAnswer.ReadText(page);
            response.Headers.Vary = HeaderNames.Accept;
            if (page.Next is { } next)
            {
                response.Headers.Link = $"<{QueryHelpers.AddQueryString(Path, Parameters(httpContext.Request, next))}>; rel=\"next\"";
            }

            byte[] body = EntryAnswer.Bytes(page, format);
            response.ContentType = $"{EntryAnswer.MediaType(format)}; charset=utf-8";
            response.ContentLength = body.Length;
            await response.Body.WriteAsync(body, httpContext.RequestAborted);
        }

        private static IEnumerable<KeyValuePair<string, string?>> Parameters(HttpRequest request, string cursor) => request.Query
            .Where(parameter => parameter.Key != "cursor")
            .Select(parameter => KeyValuePair.Create(parameter.Key, (string?)parameter.Value[0]))
            .Append(KeyValuePair.Create("cursor", (string?)cursor));
    }
}
