using DisclosureCloud.Ledger;

namespace DisclosureCloud.Functions.Hosting.Complaints;

/// <summary>A complaint as it stands.</summary>
/// <param name="Changes">How often its state was changed.</param>
/// <param name="Last">The last change; null where nobody has looked at it yet.</param>
internal sealed record FoundComplaint(ComplaintId Id, DateTimeOffset ReceivedAt, Complaint Said, int Changes, ComplaintChange? Last)
{
    public ComplaintState State => Last?.Reply.State ?? ComplaintState.Received;

    public DateTimeOffset ChangedAt => Last?.At ?? ReceivedAt;

    public ComplaintPlace Place => ComplaintPlace.Of(ReceivedAt, Id);

    /// <summary>Names it, and nothing of what was said.</summary>
    public override string ToString() => $"complaint {Id}";
}

/// <summary>A change of a complaint's state.</summary>
internal sealed record ComplaintChange(ComplaintReply Reply, PersonId By, DateTimeOffset At);
