using DisclosureCloud.Functions.Hosting.Http;
using DisclosureCloud.Ledger;

namespace DisclosureCloud.Functions.Hosting.Complaints;

/// <summary>Complaints as the HTTP interface shows them.</summary>
internal static class ComplaintJson
{
    /// <summary>What whoever has the code is shown: how far it has come, and not what was said, which may be on a slip of paper that somebody found.</summary>
    public static ComplaintStanding Standing(FoundComplaint complaint) => new(
        complaint.State, complaint.Said.Sort, complaint.Said.Category, complaint.ReceivedAt, complaint.ChangedAt, complaint.Last?.Reply.Answer?.Value);

    /// <summary>What those are shown who handle it.</summary>
    public static HandledComplaint Whole(FoundComplaint complaint) => new(
        complaint.Id,
        complaint.Said.Sort,
        complaint.Said.Category,
        new ComplaintAbout(complaint.Said.About.Notice, complaint.Said.About.Fund, complaint.Said.About.Project, complaint.Said.About.Region, complaint.Said.About.Department),
        complaint.Said.Text.Value!,
        complaint.ReceivedAt,
        complaint.State,
        complaint.ChangedAt,
        complaint.Last?.By,
        complaint.Last?.Reply.Answer?.Value);

    public static UnreadableComplaint Unreadable(DamagedComplaint complaint) => new(complaint.Place.Id, complaint.Place.ReceivedAt);
}
