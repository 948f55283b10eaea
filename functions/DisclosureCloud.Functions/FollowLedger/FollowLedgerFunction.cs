using DisclosureCloud.Functions.Hosting.Publishing;
using DisclosureCloud.Functions.Hosting.Triggers;

namespace DisclosureCloud.Functions.FollowLedger;

/// <summary>For each message of the queue <c>ledger-changed</c>: archive, site and subscribers follow the ledger.</summary>
/// <remarks>
/// The message only wakes: whatever is new is followed, and what was followed before costs a look. Where it fails, the message is done all
/// the same, since the timer tries each minute: set aside, it would be an alarm of which nothing is to be done.
/// </remarks>
internal static class FollowLedgerFunction
{
    public static void Map(IEndpointRouteBuilder routes) => routes.MapQueue<Followers>("FollowLedger", async (followers, _, cancellationToken) =>
        await followers.TryFollowAsync(cancellationToken) ? "followed" : "to be followed by the timer");
}
