using DisclosureCloud.Functions.Hosting.Http;

namespace DisclosureCloud.Functions.RejectPosting;

/// <summary>Rejects a posting.</summary>
internal static class RejectPostingFunction
{
    public static void Map(IEndpointRouteBuilder routes) => Decide.Describe(routes.MapPost("/api/postings/{id}/rejection", HandleAsync)
        .WithName("RejectPosting")
        .WithSummary("Reject a posting")
        .WithDescription("Rejects a posting. Another person of the same department decides; the body says what was checked.")
        .WithTags("decisions"));

    private static Task<IResult> HandleAsync(string id, HttpContext context, Decide decide) => decide.HandleAsync(context, id, approve: false);
}
