using DisclosureCloud.Functions.Hosting.Following;
using DisclosureCloud.Functions.Hosting.Triggers;

namespace DisclosureCloud.Functions.OnArchiveBlob;

/// <summary>For each event of the archive's storage: raises an alarm where something was done there that we did not do.</summary>
internal static class OnArchiveBlobFunction
{
    public static void Map(IEndpointRouteBuilder routes) =>
        routes.MapEvent<ArchiveWatch>("OnArchiveBlob", (watch, told, cancellationToken) => watch.LookAsync(told, cancellationToken));
}
