using DisclosureCloud.Functions.Hosting;
using DisclosureCloud.Storage;
using Microsoft.Azure.Cosmos;

namespace DisclosureCloud.Infra.Tests.Checks;

/// <summary>The names that the app has for its stores.</summary>
internal static class AppStores
{
    public const string Archive = Stores.ArchiveContainer;
    public const string Evidence = Stores.EvidenceContainer;
    public const string Complaints = Stores.ComplaintsContainer;
    public const string Bulk = Stores.BulkContainer;
    public const string Site = BlobSite.SiteContainer;
    public const string Staging = Stores.StagingContainer;
    public const string Table = Stores.CellTable;

    public static IReadOnlyList<string> Queues { get; } =
        [.. new[] { Stores.PostingsQueue, Stores.ChangesQueue, Stores.BulkQueue }.SelectMany(queue => new[] { queue, Stores.PoisonOf(queue) })];

    /// <summary>Name, partition key and indexed paths of each container, a line each.</summary>
    public static IReadOnlyList<string> CosmosContainers { get; } =
    [
        .. new[]
        {
            CosmosDatabase.LedgerProperties(),
            CosmosDatabase.ValuesProperties(CosmosDatabase.ValuesContainer),
            CosmosDatabase.ValuesProperties(CosmosDatabase.EvidenceKeysContainer),
        }.Select(Line),
    ];

    private static string Line(ContainerProperties container) =>
        $"{container.Id} {container.PartitionKeyPath} {string.Join(' ', container.IndexingPolicy.IncludedPaths.Select(path => path.Path))}";
}
