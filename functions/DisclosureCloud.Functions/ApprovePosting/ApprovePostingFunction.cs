using DisclosureCloud.Functions.Hosting.Http;

namespace DisclosureCloud.Functions.ApprovePosting;

/// <summary>Approves a posting; it takes effect if the rules still allow it.</summary>
internal static class ApprovePostingFunction
{
    public static void Map(IEndpointRouteBuilder routes) => Decide.Describe(routes.MapPost("/api/postings/{id}/approval", HandleAsync)
        .WithName("ApprovePosting")
        .WithSummary("Approve a posting")
        .WithDescription("Approves a posting; it takes effect if the rules still allow it. Another person of the same department decides; the body says what was checked.")
        .WithTags("decisions"));

    private static Task<IResult> HandleAsync(string id, HttpContext context, Decide decide) => decide.HandleAsync(context, id, approve: true);
}
