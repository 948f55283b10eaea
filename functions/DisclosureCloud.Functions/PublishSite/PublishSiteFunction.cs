using System.Globalization;
using DisclosureCloud.Functions.Hosting.Publishing;
using DisclosureCloud.Functions.Hosting.Triggers;

namespace DisclosureCloud.Functions.PublishSite;

/// <summary>Every minute: publishes what is new. The turn of the day, in the deployment's zone, is news too.</summary>
internal static class PublishSiteFunction
{
    public static void Map(IEndpointRouteBuilder routes) => routes.MapTimer<Followers>("PublishSite", async (followers, cancellationToken) =>
        await followers.FollowAsync(cancellationToken) is { } published
            ? string.Create(CultureInfo.InvariantCulture, $"published position {published.Position}: {published.Written} of {published.Files} files")
            : "nothing is new");
}
