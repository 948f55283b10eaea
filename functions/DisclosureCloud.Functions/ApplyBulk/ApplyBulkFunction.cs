using DisclosureCloud.Functions.Hosting.Bulk;
using DisclosureCloud.Functions.Hosting.Triggers;

namespace DisclosureCloud.Functions.ApplyBulk;

/// <summary>For each message of the queue <c>bulk-work</c>: does the file of many postings that it names.</summary>
internal static class ApplyBulkFunction
{
    public static void Map(IEndpointRouteBuilder routes) =>
        routes.MapQueue<BulkDesk>("ApplyBulk", (desk, text, cancellationToken) => desk.DoAsync(text, cancellationToken));
}
