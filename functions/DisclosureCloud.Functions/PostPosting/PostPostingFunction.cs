using DisclosureCloud.Functions.Hosting.Http;
using DisclosureCloud.Ledger;

namespace DisclosureCloud.Functions.PostPosting;

/// <summary>Takes one posting.</summary>
internal static class PostPostingFunction
{
    public static void Map(IEndpointRouteBuilder routes) => Submit.Describe(routes.MapPost("/api/postings", HandleAsync)
        .WithName("PostPosting")
        .WithSummary("Post one record")
        .WithDescription("The body is one posting; its 'kind' says which schema it has (/api/schemas/{kind}.json). It is stored as proposed, "
            + "exactly once for your department and key, and takes effect when a second person of your department approves it; at once "
            + "where the operator has set that its kind needs no approval, which is never so for money.")
        .WithTags("postings"), "posting", Example.Postings);

    private static Task<IResult> HandleAsync(HttpContext context, Submit submit) => submit.HandleAsync(context, PostingReader.ReadPosting);
}
