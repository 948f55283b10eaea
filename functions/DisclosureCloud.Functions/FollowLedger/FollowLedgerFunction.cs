using System.Globalization;
using DisclosureCloud.Functions.Hosting.Publishing;
using DisclosureCloud.Functions.Hosting.Triggers;

namespace DisclosureCloud.Functions.FollowLedger;

/// <summary>For each message of the queue <c>ledger-changed</c>: archive, site and subscribers follow the ledger.</summary>
/// <remarks>The message only wakes: whatever is new is followed, and what was followed before costs a look.</remarks>
internal static class FollowLedgerFunction
{
    public static void Map(IEndpointRouteBuilder routes) => routes.MapQueue<Followers>("FollowLedger", async (followers, _, cancellationToken) =>
        await followers.FollowAsync(cancellationToken) is { } published
            ? string.Create(CultureInfo.InvariantCulture, $"published position {published.Position}: {published.Written} of {published.Files} files")
            : "nothing is new");
}
