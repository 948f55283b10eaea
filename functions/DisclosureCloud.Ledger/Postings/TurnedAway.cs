using System.Collections.Immutable;
using System.Text.Json.Nodes;

namespace DisclosureCloud.Ledger;

/// <summary>A message that can never become a posting. It is kept so that its department, which waits for no answer, sees why.</summary>
/// <remarks>Nothing of what it said is kept but the findings: it may have been refused for what it said.</remarks>
/// <param name="Kind">The kind that it was to be; null where it could not be read.</param>
/// <param name="Content">
/// The commitment to the fingerprint of its content, by which the same message is known again; null where it could not be read.
/// </param>
/// <param name="Findings">Why; one or more.</param>
public sealed record TurnedAway(
    PostingId Id,
    DepartmentId Department,
    PersonId Poster,
    Channel Channel,
    DateTimeOffset ReceivedAt,
    string? Kind,
    Commitment? Content,
    ImmutableArray<Finding> Findings) : PostingFate(Id, Department, Poster, Channel, ReceivedAt)
{
    public override IEnumerable<Commitment> Commitments => Content is { } content ? [content] : [];

    /// <summary>The one commit of its stream.</summary>
    /// <remarks>Its id is drawn from its content, so that it is never taken for another's: of two at once one conflicts, and reads.</remarks>
    public Commit ToCommit()
    {
        var state = new JsonObject
        {
            ["state"] = Code.Text(PostingState.Refused),
            ["department"] = Department.Value,
            ["poster"] = Poster.Value,
            ["channel"] = Code.Text(Channel),
            ["findings"] = new JsonArray([.. Findings.Select(PostingRecord.FindingJson)]),
        };
        if (Kind is not null)
        {
            state["kind"] = Kind;
        }

        if (Content is { } content)
        {
            state["content"] = content.Hex;
        }

        return new Commit(Stream, 0, Content is { } one ? $"refused-{one.Hex}" : "refused", ReceivedAt, [], state);
    }

    /// <summary>True for the first commit of a stream that says that what was sent is no posting.</summary>
    internal static bool IsOne(Commit first) => first.Version == 0 && PostingRecord.StateOf(first) == PostingState.Refused;

    internal static TurnedAway Of(Commit first)
    {
        JsonObject state = first.State;
        return new TurnedAway(
            first.Stream.Posting ?? throw new FormatException($"{first.Stream} is no posting's stream."),
            Ledger.Id.Parse<DepartmentId>(Text("department")!),
            Ledger.Id.Parse<PersonId>(Text("poster")!),
            Code.Parse<Channel>(Text("channel")!),
            first.RecordedAt,
            Text("kind"),
            Text("content") is { } content ? Commitment.Parse(content) : null,
            [.. state["findings"]!.AsArray().Select(finding => PostingRecord.FindingOf(finding!))]);

        string? Text(string name) => state[name]?.GetValue<string>();
    }
}
