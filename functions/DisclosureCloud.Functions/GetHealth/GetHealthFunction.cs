using System.Text.Json.Nodes;
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
        .WithTags("operations");

    private static async Task<IResult> HandleAsync(ISiteFiles site, PositionFollower follower, CancellationToken cancellationToken)
    {
        long position = await follower.ReadAsync(cancellationToken);
        long? shown = await PublicationRecord.ShownPositionAsync(site, cancellationToken);
        return Results.Json(new JsonObject
        {
            ["status"] = "ok",
            ["ledgerPosition"] = position,
            ["site"] = new JsonObject
            {
                ["position"] = shown,
                ["behind"] = position - (shown ?? 0),
            },
        });
    }
}
