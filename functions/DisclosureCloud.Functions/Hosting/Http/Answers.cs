using System.Collections.Immutable;
using System.ComponentModel;
using System.Text.Json.Nodes;
using System.Text.Json.Serialization;
using DisclosureCloud.Functions.Hosting.Entries;
using DisclosureCloud.Ledger;

namespace DisclosureCloud.Functions.Hosting.Http;

// The bodies of the interface's answers. OpenAPI describes them from these records, and from nothing else.

/// <summary>The answer to a posting. It never changes, however far the posting has come.</summary>
internal sealed record Receipt(PostingId Id, string Kind, PostingState State, DateTimeOffset ReceivedAt);

/// <summary>The answer to an evidence file. It never changes, as long as the file is kept.</summary>
internal sealed record EvidenceReceipt(
    [property: Description("What postings name it by, in 'evidenceFiles'.")] EvidenceFileId Id,
    int Bytes,
    string MediaType,
    DateTimeOffset ReceivedAt);

/// <summary>The answer to a complaint.</summary>
internal sealed record ComplaintReceipt(
    [property: Description("What the complaint is looked up with. It is told here alone, and kept nowhere: write it down.")] ComplaintCode Code,
    DateTimeOffset ReceivedAt,
    ComplaintState State);

/// <summary>How far a complaint has come, for whoever has its code.</summary>
internal sealed record ComplaintStanding(
    ComplaintState State,
    ComplaintSort Sort,
    ComplaintCategory Category,
    DateTimeOffset ReceivedAt,
    [property: Description("When its state was changed last; when it was received, before that.")] DateTimeOffset ChangedAt,
    [property: Description("What those who handle it last said; absent where they said nothing yet.")] string? Answer);

/// <summary>What a complaint is about: one of these.</summary>
internal sealed record ComplaintAbout(NoticeId? Notice, FundId? Fund, ProjectId? Project, RegionCode? Region, DepartmentId? Department);

/// <summary>A complaint, for those who handle it.</summary>
internal sealed record HandledComplaint(
    [property: Description("What it is answered under. Its code does not follow from it.")] ComplaintId Id,
    ComplaintSort Sort,
    ComplaintCategory Category,
    ComplaintAbout About,
    string Text,
    DateTimeOffset ReceivedAt,
    ComplaintState State,
    DateTimeOffset ChangedAt,
    PersonId? ChangedBy,
    string? Answer);

/// <summary>A complaint of which a part was lost or altered, so that nobody can read it.</summary>
internal sealed record UnreadableComplaint(ComplaintId Id, DateTimeOffset ReceivedAt);

/// <summary>A page of complaints, the newest first.</summary>
internal sealed record ComplaintList(
    ImmutableArray<HandledComplaint> Complaints,
    [property: Description("Those among them of which a part was lost or altered. Whoever keeps the stores finds the reason in the diagnostics.")] ImmutableArray<UnreadableComplaint> Unreadable,
    [property: Description("What 'after' takes for the next page; absent on the last one.")] string? Next);

/// <summary>The answer to a notice that is in the ledger already. Whose department did not post it learns no more than that.</summary>
internal sealed record UnchangedNotice(
    [property: Description("The posting that brought it, where your department sent it.")] PostingId? Id,
    string? Kind,
    PostingState? State,
    DateTimeOffset? ReceivedAt,
    [property: Description("Always true: nothing was stored.")] bool Unchanged);

/// <summary>What a rehearsal finds.</summary>
internal sealed record Rehearsal(bool DryRun, bool WouldBeAccepted, ImmutableArray<Finding> Findings);

/// <summary>A posting in the list of its department.</summary>
internal sealed record ListedPosting(
    PostingId Id,
    [property: Description("Absent where a message of the queue was refused that could not be read.")] string? Kind,
    PostingState State,
    DateTimeOffset ReceivedAt,
    string? Fund,
    PersonId Poster,
    Approving Approval);

/// <summary>A page of postings, the newest first.</summary>
internal sealed record PostingList(
    ImmutableArray<ListedPosting> Postings,
    [property: Description("What 'after' takes for the next page; absent on the last one.")] PostingId? Next);

/// <summary>How far a posting has come and all that it says.</summary>
internal sealed record WholePosting(
    PostingId Id,
    [property: Description("Absent where a message of the queue was refused that could not be read.")] string? Kind,
    PostingState State,
    DateTimeOffset ReceivedAt,
    FundId? Fund,
    PersonId Poster,
    Approving Approval,
    Channel Channel,
    [property: Description("Why it was refused; empty otherwise.")] ImmutableArray<Finding> Findings,
    PersonId? DecidedBy,
    DateTimeOffset? DecidedAt,
    [property: Description("The entries that it made; empty before it is effective.")] ImmutableArray<EntryId> Entries,
    [property: Description("Those of them that are in the published log, with the addresses of their proofs; absent before the first is.")] IReadOnlyList<PublicEntry>? Public,
    [property: Description("What it says, fact by fact. A correction is followed by what takes the entry's place.")] ImmutableArray<OpenedFact> Says,
    [property: Description("What the second person said was checked.")] string? Checked);

/// <summary>Whether a second person decides.</summary>
internal enum Approving
{
    Needed,
    NotNeeded,
}

/// <summary>One fact of a posting in clear, as <see cref="OpenedFactSchema"/> describes it.</summary>
[JsonConverter(typeof(OpenedFactConverter))]
internal sealed record OpenedFact(JsonObject Json);

/// <summary>That the stores answer, and how far archive, log and site are behind. Positions count entries.</summary>
internal sealed record Health(
    HealthStatus Status,
    [property: Description("The release that answers.")] ReleaseVersion Version,
    long LedgerPosition,
    ArchiveHealth Archive,
    LogHealth Log,
    SiteHealth Site);

internal enum HealthStatus
{
    Ok,
}

/// <summary>Where the archive stands: never behind the log, for an entry is archived before it is logged.</summary>
internal sealed record ArchiveHealth([property: Description("At most so many entries are not in the archive yet.")] long Behind);

/// <summary>Where the log stands. It also has what the program records of itself: publications, and seals of the archive.</summary>
internal sealed record LogHealth(
    [property: JsonIgnore(Condition = JsonIgnoreCondition.Never)]
    [property: Description("The tree size of the newest checkpoint; null before the first.")] long? TreeSize,
    long Behind);

/// <summary>Where the site stands.</summary>
internal sealed record SiteHealth(
    [property: JsonIgnore(Condition = JsonIgnoreCondition.Never)]
    [property: Description("The position that the site shows; null before the first publish.")] long? Position,
    long Behind);

/// <summary>Every error answer: problem details (RFC 9457).</summary>
internal sealed record ProblemDocument(
    string Type, string Title, [property: Description("The HTTP status again.")] int Status, string Detail, ImmutableArray<Finding> Errors);
