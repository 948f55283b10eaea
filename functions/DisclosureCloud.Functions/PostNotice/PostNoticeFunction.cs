using DisclosureCloud.Functions.Hosting.Http;
using DisclosureCloud.Ledger;

namespace DisclosureCloud.Functions.PostNotice;

/// <summary>Takes a whole notice.</summary>
internal static class PostNoticeFunction
{
    public static void Map(IEndpointRouteBuilder routes) => Submit.Describe(routes.MapPost("/api/notices", HandleAsync)
        .WithName("PostNotice")
        .WithSummary("Post a whole notice")
        .WithDescription("The body is a notice (/api/schemas/notice.json). Its totals must add up to the fen. Approved, it becomes one commit: "
            + "fund, appropriations, projects, allocations, pass-downs, payments and the notice itself.")
        .WithTags("postings"), "notice", Example.Notices)
        .Answers<UnchangedNotice>(StatusCodes.Status200OK, "The same notice is there already, and nothing was stored.")
        .Refuses(StatusCodes.Status409Conflict, "There is a notice of this id with other content.");

    private static Task<IResult> HandleAsync(HttpContext context, Submit submit) => submit.HandleAsync(context, PostingReader.ReadNotice);
}
