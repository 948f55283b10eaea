using System.Globalization;
using DisclosureCloud.Functions.Hosting.Publishing;
using DisclosureCloud.Functions.Hosting.Triggers;

namespace DisclosureCloud.Functions.TurnDay;

/// <summary>Every hour, since the host's clock knows no zone but UTC: does the day's work where the day has turned in the deployment's zone.</summary>
internal static class TurnDayFunction
{
    public static void Map(IEndpointRouteBuilder routes) => routes.MapTimer<KeepUp>("TurnDay", async (keepUp, cancellationToken) =>
        await keepUp.TurnDayAsync(cancellationToken) switch
        {
            { Failed: > 0 and var failed } => string.Create(CultureInfo.InvariantCulture, $"parts of the day's work that failed, and are tried again: {failed}"),
            { Position: { } position } => string.Create(CultureInfo.InvariantCulture, $"the ledger was counted anew: position {position}"),
            _ => "the day's work is done",
        });
}
