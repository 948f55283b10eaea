using System.Collections.Immutable;
using System.Text;
using System.Text.Json.Nodes;

namespace DisclosureCloud.Ledger;

/// <summary>A message that can never become a posting. It is kept so that its department, which waits for no answer, sees why.</summary>
/// <remarks>
/// Nothing of what it said stands in the ledger: it may have been refused for what it said. The findings, whose pointers hold names that its
/// sender chose, are a value that can be forgotten.
/// </remarks>
/// <param name="Kind">The kind that it was to be; null where it could not be read.</param>
/// <param name="Content">
/// The commitment to the fingerprint of its content, by which the same message is known again; null where it could not be read.
/// </param>
/// <param name="Findings">The commitment to why: one finding or more.</param>
public sealed record TurnedAway(
    PostingId Id,
    DepartmentId Department,
    PersonId Poster,
    Channel Channel,
    DateTimeOffset ReceivedAt,
    string? Kind,
    Commitment? Content,
    Commitment Findings) : PostingFate(Id, Department, Poster, Channel, ReceivedAt)
{
    public override IEnumerable<Commitment> Commitments => Content is { } content ? [Findings, content] : [Findings];

    /// <summary>The one commit of its stream.</summary>
    /// <remarks>Its id is drawn from a salted value, so that it is never taken for another's: of two at once one conflicts, and reads.</remarks>
    public Commit ToCommit()
    {
        var state = new JsonObject
        {
            ["state"] = Code.Text(PostingState.Refused),
            ["department"] = Department.Value,
            ["poster"] = Poster.Value,
            ["channel"] = Code.Text(Channel),
            ["findings"] = Findings.Hex,
        };
        if (Kind is not null)
        {
            state["kind"] = Kind;
        }

        if (Content is { } content)
        {
            state["content"] = content.Hex;
        }

        return new Commit(Stream, 0, $"refused-{Findings.Hex}", ReceivedAt, [], WithRegion(state));
    }

    /// <summary>Findings as the value that is kept.</summary>
    public static string Write(IReadOnlyList<Finding> findings) =>
        Encoding.UTF8.GetString(CanonicalJson.Write(new JsonObject { ["findings"] = new JsonArray([.. findings.Select(PostingRecord.FindingJson)]) }));

    /// <summary>Why it was refused, from the values that are kept under its id; one finding that says so where they were forgotten.</summary>
    public ImmutableArray<Finding> FindingsIn(IEnumerable<Opening> kept) => kept.FirstOrDefault(opening => opening.Commitment == Findings) is { } opening
        ? [.. JsonNode.Parse(opening.Value)!["findings"]!.AsArray().Select(finding => PostingRecord.FindingOf(finding!))]
        : [new Finding("", "withheld", "Why it was refused has been forgotten.")];

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
            Commitment.Parse(Text("findings")!)) { Region = RegionIn(first) };

        string? Text(string name) => state[name]?.GetValue<string>();
    }
}
