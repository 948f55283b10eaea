using System.Collections.Immutable;

namespace DisclosureCloud.Testing.Azure;

/// <summary>What may be done at a store in Azure.</summary>
public enum AzureAccess
{
    Read,
    Write,

    /// <summary>To put a message into a queue.</summary>
    Send,

    /// <summary>To take messages out of a queue.</summary>
    Take,
}

/// <summary>Something that one of the two apps needs to be let do.</summary>
/// <param name="App"><c>api</c> or <c>publisher</c>.</param>
/// <param name="Store">Service and name, such as <c>blobs/archive</c>.</param>
/// <param name="ByHost">Whether it is the Functions host that does it, and not the app behind it.</param>
public sealed record AzureRight(string App, string Store, AzureAccess Access, bool ByHost = false)
{
    /// <summary>
    /// All that is needed, and so all that the template may give. One test holds the requests of the two apps to it, another the
    /// template's role assignments.
    /// </summary>
    public static ImmutableArray<AzureRight> All { get; } =
    [
        new("api", "blobs/archive", AzureAccess.Read),
        new("api", "blobs/evidence", AzureAccess.Read),
        new("api", "blobs/evidence", AzureAccess.Write),
        new("api", "blobs/bulk", AzureAccess.Read),
        new("api", "blobs/bulk", AzureAccess.Write),
        new("api", "blobs/complaints", AzureAccess.Read),
        new("api", "blobs/complaints", AzureAccess.Write),
        new("api", "blobs/$web", AzureAccess.Read),
        new("api", "queues/bulk-work", AzureAccess.Send),
        new("api", "queues/ledger-changed", AzureAccess.Send),
        new("api", "tables/cells", AzureAccess.Read),
        new("api", "queues/postings", AzureAccess.Take, ByHost: true),
        new("api", "queues/postings-poison", AzureAccess.Send, ByHost: true),
        new("api", "queues/bulk-work", AzureAccess.Take, ByHost: true),
        new("api", "queues/bulk-work-poison", AzureAccess.Send, ByHost: true),

        new("publisher", "blobs/archive", AzureAccess.Read),
        new("publisher", "blobs/archive", AzureAccess.Write),
        new("publisher", "blobs/log", AzureAccess.Read),
        new("publisher", "blobs/log", AzureAccess.Write),
        new("publisher", "blobs/log-edge", AzureAccess.Read),
        new("publisher", "blobs/log-edge", AzureAccess.Write),
        new("publisher", "blobs/evidence", AzureAccess.Read),
        new("publisher", "blobs/evidence", AzureAccess.Write),
        new("publisher", "blobs/bulk", AzureAccess.Read),
        new("publisher", "blobs/bulk", AzureAccess.Write),
        new("publisher", "blobs/complaints", AzureAccess.Read),
        new("publisher", "blobs/complaints", AzureAccess.Write),
        new("publisher", "blobs/$web", AzureAccess.Read),
        new("publisher", "blobs/$web", AzureAccess.Write),
        new("publisher", "blobs/staging", AzureAccess.Read),
        new("publisher", "blobs/staging", AzureAccess.Write),
        new("publisher", "tables/cells", AzureAccess.Read),
        new("publisher", "tables/cells", AzureAccess.Write),
        new("publisher", "queues/postings-poison", AzureAccess.Read),
        new("publisher", "queues/bulk-work-poison", AzureAccess.Read),
        new("publisher", "queues/ledger-changed-poison", AzureAccess.Read),
        new("publisher", "queues/ledger-changed", AzureAccess.Take, ByHost: true),
        new("publisher", "queues/ledger-changed-poison", AzureAccess.Send, ByHost: true),
    ];
}
