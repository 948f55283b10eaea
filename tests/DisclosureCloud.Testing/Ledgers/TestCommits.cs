using System.Collections.Immutable;
using System.Text.Json.Nodes;
using DisclosureCloud.Ledger;

namespace DisclosureCloud.Testing;

/// <summary>Makes small valid commits. For stores, what the entries say does not matter.</summary>
public static class TestCommits
{
    public static DateTimeOffset RecordedAt { get; } = new(2026, 3, 2, 12, 0, 0, 123, TimeSpan.Zero);

    public static StreamName Fund(string id = "f1") => StreamName.Of(Id.Parse<FundId>($"fund-{id}"));

    /// <param name="id">By default one that no other version has.</param>
    /// <param name="text">Something by which commits of the same id can be told apart.</param>
    public static Commit Of(StreamName stream, long version, string? id = null, int entries = 1, string text = "text")
    {
        string commitId = id ?? $"commit-{version}";
        PostingId posting = PostingId.Of(Id.Parse<DepartmentId>("test-department"), $"{stream.Value} {commitId}");
        ImmutableArray<Leaf> leaves =
        [
            .. Enumerable.Range(1, entries).Select(number => Leaf.Of(new JsonObject
            {
                ["format"] = Leaf.Format,
                ["id"] = EntryId.Of(posting, number).Value,
                ["recordedAt"] = Instant.Text(RecordedAt),
                ["text"] = text,
            })),
        ];
        return new Commit(stream, version, commitId, RecordedAt, leaves, new JsonObject { ["versions"] = version + 1 });
    }

    /// <summary>A commit of facts as the ledger seals them, without asking its rules.</summary>
    /// <param name="openings">Takes the openings of what was committed to.</param>
    public static Commit Of(StreamName stream, IEnumerable<Fact> facts, ICollection<Opening>? openings = null)
    {
        var department = Id.Parse<DepartmentId>("test-department");
        PostingId posting = PostingId.Of(department, stream.Value);
        var salts = new SeededSalts(1);
        return new Commit(
            stream,
            Version: 0,
            posting.Value,
            RecordedAt,
            [
                .. facts.Select((fact, index) => SealedFact.Seal(fact, DateOnly.FromDateTime(RecordedAt.Date), salts, posting, openings ?? [])
                    .ToLeaf(EntryId.Of(posting, index + 1), RecordedAt, department, Channel.Http)),
            ],
            []);
    }
}
