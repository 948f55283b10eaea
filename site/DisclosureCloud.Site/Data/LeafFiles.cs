using System.Collections.Immutable;
using System.Text.Json.Nodes;
using DisclosureCloud.Ledger;

namespace DisclosureCloud.Site.Data;

/// <summary>Where in the log an entry stands, by its id, in files so small that a phone can fetch one.</summary>
/// <remarks>
/// <c>data/leaves/{xx}.ndjson</c> has the postings whose ids begin with those two characters, which are evenly spread: ids are hashes. Entries
/// of a posting whose numbers and leaf indexes both run on stand in one line, so that a file grows with postings and not with entries.
/// </remarks>
internal static class LeafFiles
{
    public const string Folder = "data/leaves/";

    private const int PrefixLength = 2;

    public static IEnumerable<SiteFile> Plan(Snapshot snapshot) => snapshot.Log is not { } log
        ? []
        : snapshot.Entries.Select((entry, i) => new LoggedLeaf(entry.Id, log.LeafIndexes[i]))
            .GroupBy(leaf => leaf.Entry.Value[..PrefixLength], StringComparer.Ordinal)
            .Select(file => new SiteFile($"{Folder}{file.Key}.ndjson", SiteStage.Data, () => Write([.. file])));

    private static byte[] Write(ImmutableArray<LoggedLeaf> leaves)
    {
        using var all = new MemoryStream();
        LoggedLeaf[] ordered = [.. leaves.OrderBy(leaf => leaf.Entry.Posting.Value, StringComparer.Ordinal).ThenBy(leaf => leaf.Entry.Number)];
        for (int from = 0, to; from < ordered.Length; from = to)
        {
            to = from + 1;
            while (to < ordered.Length && ordered[to].Follows(ordered[to - 1]))
            {
                to++;
            }

            all.Write(CanonicalJson.Write(new JsonObject
            {
                ["count"] = to - from,
                ["first"] = ordered[from].Entry.Number,
                ["leafIndex"] = ordered[from].LeafIndex,
                ["posting"] = ordered[from].Entry.Posting.Value,
            }));
            all.WriteByte((byte)'\n');
        }

        return all.ToArray();
    }

    private sealed record LoggedLeaf(EntryId Entry, long LeafIndex)
    {
        public bool Follows(LoggedLeaf before) =>
            Entry.Posting == before.Entry.Posting && Entry.Number == before.Entry.Number + 1 && LeafIndex == before.LeafIndex + 1;
    }
}
