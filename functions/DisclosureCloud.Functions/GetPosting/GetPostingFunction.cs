using DisclosureCloud.Functions.Hosting.Entries;
using DisclosureCloud.Functions.Hosting.Http;
using DisclosureCloud.Functions.Hosting.Postings;
using DisclosureCloud.Ledger;

namespace DisclosureCloud.Functions.GetPosting;

/// <summary>Says how far a posting has come.</summary>
internal static class GetPostingFunction
{
    public static void Map(IEndpointRouteBuilder routes) => routes.MapGet("/api/postings/{id}", HandleAsync)
        .WithName("GetPosting")
        .WithSummary("How far a posting has come")
        .WithDescription("State, findings and entries; 'approval' says whether a second person is needed. Only the department that posted it sees it; to any other, and to a token of another region, it does not exist.")
        .WithTags("postings")
        .Answers<WholePosting>(StatusCodes.Status200OK, "How far it has come, and what it says.")
        .Refuses(StatusCodes.Status404NotFound, "Your department has no such posting.");

    private static async Task<IResult> HandleAsync(string id, HttpContext context, PostingDesk desk, IValueStore values, PostingLeaves leaves, CancellationToken cancellationToken)
    {
        PostingFate? fate = PostingId.TryParse(id, out PostingId posting) ? await desk.FindAsync(posting, cancellationToken) : null;
        return fate is not null && Caller.Of(context.User, Channel.Http).MaySee(fate)
            ? AnswerJson.Ok(await PostingJson.WholeAsync(fate, values, leaves, cancellationToken))
            : new Problem(StatusCodes.Status404NotFound, "Your department has no such posting.");
    }
}
