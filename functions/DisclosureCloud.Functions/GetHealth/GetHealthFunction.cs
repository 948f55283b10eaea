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

    private static async Task<IResult> HandleAsync(ILedgerStore ledger, PositionFollower follower, CancellationToken cancellationToken)
    {
        long position = await follower.ReadAsync(cancellationToken);
        PublicationRecord? last = await PublicationRecord.LastAsync(ledger, cancellationToken);
        return Results.Json(new JsonObject
        {
            ["status"] = "ok",
            ["ledgerPosition"] = position,
            ["site"] = new JsonObject
            {
                ["position"] = last?.Fact.Position,
                ["behind"] = position - (last?.Fact.Position ?? 0),
            },
        });
    }
}
