using System.Collections.Immutable;
using System.ComponentModel;
using DisclosureCloud.Ledger;

namespace DisclosureCloud.Functions.Hosting.Bulk;

/// <summary>How far a file of many postings has come.</summary>
internal enum BulkState
{
    /// <summary>Kept, and not looked through yet.</summary>
    Waiting,

    /// <summary>A dry run: all of it would be taken.</summary>
    Good,

    /// <summary>Something is wrong; nothing of it was stored.</summary>
    Refused,

    /// <summary>All of it is stored, as proposed.</summary>
    Stored,

    /// <summary>All was well when it was looked through; of some funds something else had changed when their turn came.</summary>
    PartlyStored,
}

/// <summary>The answer to a file of many postings, and how far it has come.</summary>
internal sealed record BulkStatus(
    BulkId Id,
    BulkState State,
    [property: Description("True where nothing is stored in any case.")] bool DryRun,
    DateTimeOffset ReceivedAt,
    [property: Description("When it was done; absent before.")] DateTimeOffset? FinishedAt,
    [property: Description("How many postings the file has; absent before it was looked through.")] int? Rows,
    [property: Description("What was stored: one posting for each fund, project or place, of all rows about it. A second person decides each as a whole.")] ImmutableArray<BulkPosting> Postings,
    [property: Description("What is wrong, the first 1,000; 'row' and 'cell' say where.")] ImmutableArray<Finding> Findings);

/// <summary>What came of the rows about one fund, project or place.</summary>
internal sealed record BulkPosting(
    PostingId Id,
    [property: Description("The kind of its one row; 'batch' where it has several.")] string Kind,
    FundId? Fund,
    [property: Description("The first of its rows in the file.")] int Row,
    [property: Description("How many rows it has.")] int Rows);
