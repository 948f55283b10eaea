using System.Globalization;
using DisclosureCloud.Functions.Hosting.Publishing;
using DisclosureCloud.Functions.Hosting.Triggers;

namespace DisclosureCloud.Functions.TurnDay;

/// <summary>Every hour, since the host's clock knows no zone but UTC: does the day's work where the day has turned in the deployment's zone.</summary>
internal static class TurnDayFunction
{
    public static void Map(IEndpointRouteBuilder routes) => routes.MapTimer<KeepUp>("TurnDay", async (keepUp, cancellationToken) =>
        await keepUp.TurnDayAsync(cancellationToken) is { } position
            ? string.Create(CultureInfo.InvariantCulture, $"the ledger was counted anew: position {position}")
            : "the day's work is done");
}
