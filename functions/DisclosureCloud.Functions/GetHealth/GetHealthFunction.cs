using DisclosureCloud.Functions.Hosting.Load;
using DisclosureCloud.Functions.Hosting;
using DisclosureCloud.Functions.Hosting.Http;
using DisclosureCloud.Functions.Hosting.Log;
using DisclosureCloud.Functions.Hosting.Postings;
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

    private static async Task<IResult> HandleAsync(ISiteFiles site, Stores stores, Deployment deployment, PositionFollower follower, CancellationToken cancellationToken)
    {
        LedgerPosition at = await follower.LookAsync(cancellationToken);
        long? logged = await CheckpointCell.SizeAsync(stores.LogCells, deployment.Place.Row, cancellationToken);
        long? shown = await PublicationRecord.ShownPositionAsync(site, cancellationToken);
        long unlogged = Math.Max(0, at.Entries - (logged ?? 0)); // The log may have grown since the ledger was looked at.
        return AnswerJson.Ok(new Health(
            HealthStatus.Ok, at.Position, new ArchiveHealth(unlogged), new LogHealth(logged, unlogged), new SiteHealth(shown, at.Position - (shown ?? 0))));
    }
}
