using DisclosureCloud.Functions.Hosting.Http;
using DisclosureCloud.Functions.Hosting.Postings;
using DisclosureCloud.Functions.Hosting.Publishing;
using DisclosureCloud.Ledger;

namespace DisclosureCloud.Functions.GetHealth;

/// <summary>Says that the stores answer, and how far the site is behind.</summary>
internal static class GetHealthFunction
{
    public static void Map(IEndpointRouteBuilder routes) => routes.MapGet("/api/health", HandleAsync)
        .WithName("GetHealth")
        .WithSummary("Whether the stores answer, and how far the site is behind")
        .WithDescription("No token is needed. Positions count entries.")
        .WithTags("operations")
        .Answers<Health>(StatusCodes.Status200OK, "The stores answer.")
        .Refuses(StatusCodes.Status503ServiceUnavailable, "A store is busy or does not answer.");

    private static async Task<IResult> HandleAsync(ISiteFiles site, PositionFollower follower, CancellationToken cancellationToken)
    {
        long position = await follower.ReadAsync(cancellationToken);
        long? shown = await PublicationRecord.ShownPositionAsync(site, cancellationToken);
        return AnswerJson.Ok(new Health(HealthStatus.Ok, position, new SiteHealth(shown, position - (shown ?? 0))));
    }
}
