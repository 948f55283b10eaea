using DisclosureCloud.Functions.Hosting.Load;
using DisclosureCloud.Functions.Hosting;
using DisclosureCloud.Functions.Hosting.Http;
using DisclosureCloud.Functions.Hosting.Log;
using DisclosureCloud.Functions.Hosting.Publishing;
using DisclosureCloud.Ledger;

namespace DisclosureCloud.Functions.GetHealth;

/// <summary>Says that the stores answer, and how far archive, log and site are behind.</summary>
internal static class GetHealthFunction
{
    public static void Map(IEndpointRouteBuilder routes) => routes.MapGet("/api/health", HandleAsync)
        .Weighs(Weight.None)
        .WithName("GetHealth")
        .WithSummary("Whether the stores answer, and how far archive, log and site are behind")
        .WithDescription("No token is needed. Positions count entries.")
        .WithTags("operations")
        .Answers<Health>(StatusCodes.Status200OK, "The stores answer.")
        .Refuses(StatusCodes.Status503ServiceUnavailable, "A store is busy or does not answer.");

    private static async Task<IResult> HandleAsync(ISiteFiles site, LogStands stands, Deployment deployment, CancellationToken cancellationToken)
    {
        LogStand log = await stands.LookAsync(cancellationToken);
        long? shown = await PublicationRecord.ShownPositionAsync(site, cancellationToken);
        long position = log.At.Position;
        return AnswerJson.Ok(new Health(
            HealthStatus.Ok, deployment.Release, position, new ArchiveHealth(log.Waiting), new LogHealth(log.Size, log.Waiting), new SiteHealth(shown, position - (shown ?? 0))));
    }
}
