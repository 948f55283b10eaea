using System.Globalization;
using DisclosureCloud.Functions.Hosting.Postings;
using DisclosureCloud.Ledger;

namespace DisclosureCloud.Functions.Hosting.Log;

/// <summary>How far the log is: the ledger's position, and the size of the checkpoint that was signed last.</summary>
/// <param name="At">The ledger's position.</param>
/// <param name="Size">Leaves under the checkpoint; null where none was ever signed.</param>
internal sealed record LogStand(LedgerPosition At, long? Size)
{
    /// <summary>Entries of the ledger that no checkpoint covers yet.</summary>
    public long Waiting => Math.Max(0, At.Entries - (Size ?? 0)); // The log may have grown since the ledger was looked at.

    /// <summary>As the alerts of the template read it: a test holds their queries to it.</summary>
    public override string ToString() => string.Create(CultureInfo.InvariantCulture, $"log at {Size ?? 0}, {Waiting} waiting");
}

/// <summary>Looks how far the log is, in any role: it needs no key.</summary>
/// <param name="cells">Where the lock row is.</param>
internal sealed class LogStands(PositionFollower follower, ICellStore cells, CellKey row)
{
    public async Task<LogStand> LookAsync(CancellationToken cancellationToken) =>
        new(await follower.LookAsync(cancellationToken), await CheckpointCell.SizeAsync(cells, row, cancellationToken));
}
