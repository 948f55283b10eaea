using System.Globalization;
using DisclosureCloud.Functions.Hosting.Log;
using DisclosureCloud.Functions.Hosting.Publishing;
using DisclosureCloud.Functions.Hosting.Triggers;

namespace DisclosureCloud.Functions.Reconcile;

/// <summary>Every minute: brings to their end what a crash has left approved, removes values whose posting never came, looks for set aside messages, and says how far the log is.</summary>
internal static class ReconcileFunction
{
    public static void Map(IEndpointRouteBuilder routes) => routes.MapTimer<KeepUp>("Reconcile", async (keepUp, cancellationToken) =>
    {
        (int finished, int stuck) = await keepUp.FinishAsync(cancellationToken);
        await keepUp.SweepAsync(cancellationToken);
        await keepUp.WatchAsync(cancellationToken);
        LogStand log = await keepUp.LogStandAsync(cancellationToken);
        return string.Create(CultureInfo.InvariantCulture, $"{finished} postings finished, {stuck} to be tried again; {log}");
    });
}
