using DisclosureCloud.Ledger;

namespace DisclosureCloud.Functions.Hosting.Publishing;

/// <summary>Where a step that is done again and again may fail without taking anything else with it.</summary>
internal static class HostBoundary
{
    /// <summary>Does a step; what goes wrong is told in diagnostics, and is tried again at the next call.</summary>
    /// <returns>True where it was done.</returns>
    public static async Task<bool> TryAsync(this ILogger diagnostics, Func<Task> step, CancellationToken cancellationToken)
    {
        try
        {
            await step();
            return true;
        }
        catch (StoreBusyException busy) when (!cancellationToken.IsCancellationRequested)
        {
            diagnostics.LogWarning("{Busy}", busy.Message);
            return false;
        }
        catch (Exception fault) when (!cancellationToken.IsCancellationRequested)
        {
            // Every step is safe to do again, and the next look does so; serving goes on meanwhile.
            diagnostics.LogError(fault, "Keeping up with the ledger failed; it is tried again.");
            return false;
        }
    }
}
