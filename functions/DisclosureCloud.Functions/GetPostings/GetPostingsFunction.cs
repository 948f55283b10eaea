using System.Globalization;
using DisclosureCloud.Functions.Hosting.Http;
using DisclosureCloud.Functions.Hosting.Postings;
using DisclosureCloud.Ledger;

namespace DisclosureCloud.Functions.GetPostings;

/// <summary>Lists what a department has sent, the newest first.</summary>
internal static class GetPostingsFunction
{
    /// <summary>A page of this size is read at a glance by a program and within a second over a slow line.</summary>
    public const int LimitMax = 200;

    public const int LimitDefault = 50;

    private static readonly string[] Parameters = ["state", "limit", "after"];

    private static readonly string StatesWanted = string.Join(", ", Code.Texts(typeof(PostingState)));

    public static void Map(IEndpointRouteBuilder routes) => routes.MapGet("/api/postings", HandleAsync)
        .WithName("GetPostings")
        .WithSummary("What your department has sent")
        .WithDescription("The newest first, in pages; 'next' is there where a page follows, and is what 'after' takes. What is posted meanwhile "
            + "stands before the first page: whatever was there when you began is on exactly one page. A department sees its own postings alone, and a token of a region those of the region.")
        .WithTags("postings")
        .Answers<PostingList>(StatusCodes.Status200OK, "A page of postings.")
        .Refuses(StatusCodes.Status400BadRequest, "A parameter that there is not, or not of its form.");

    private static async Task<IResult> HandleAsync(HttpContext context, PostingIndex index, CancellationToken cancellationToken)
    {
        IQueryCollection query = context.Request.Query;

        // A misspelt filter must not turn "those that wait" into all.
        if (query.Keys.Any(name => !Parameters.Contains(name, StringComparer.Ordinal)) || query.Any(parameter => parameter.Value.Count != 1))
        {
            return Bad("There are the query parameters state, limit and after, each given once at most.", string.Join(", ", Parameters));
        }

        PostingState? state = null;
        if (query.TryGetValue("state", out var text) && (state = (PostingState?)Code.TryParse(typeof(PostingState), text[0]!)) is null)
        {
            return Bad("state is one of the states of a posting.", StatesWanted);
        }

        int limit = LimitDefault;
        if (query.TryGetValue("limit", out var number)
            && !(int.TryParse(number[0], NumberStyles.None, CultureInfo.InvariantCulture, out limit) && limit is >= 1 and <= LimitMax))
        {
            return Bad("limit is a whole number within its range.", $"1 to {LimitMax}");
        }

        PostingId? after = null;
        if (query.TryGetValue("after", out var cursor))
        {
            if (!PostingId.TryParse(cursor[0], out PostingId last))
            {
                return BadCursor();
            }

            after = last;
        }

        PostingPage? page = await index.ReadAsync(Caller.Of(context.User, Channel.Http), state, after, limit, cancellationToken);
        return page is null ? BadCursor() : AnswerJson.Ok(new PostingList([.. page.Lines.Select(PostingJson.Line)], page.Next));
    }

    private static Problem BadCursor() => Bad("after is the 'next' of the page before.", PostingId.Pattern);

    private static Problem Bad(string detail, string wanted) => new(
        StatusCodes.Status400BadRequest, "The list was not read.", new Finding("", "bad-query", detail, null, wanted));
}
