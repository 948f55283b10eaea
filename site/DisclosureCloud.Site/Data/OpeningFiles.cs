using System.Text.Json.Nodes;
using DisclosureCloud.Ledger;

namespace DisclosureCloud.Site.Data;

/// <summary>The openings beside the data: for each leaf of the log that has any, the values behind its commitments with their salts.</summary>
/// <remarks>
/// <c>data/openings/{k}.ndjson</c> goes with the k-th entry bundle of the log: leaves 256 k to 256 k + 255, a line a leaf. Who has a leaf from
/// the log and its line from here has the whole entry, and can check that each value is the one that was committed to.
/// </remarks>
internal static class OpeningFiles
{
    /// <summary>As an entry bundle has (c2sp.org/tlog-tiles).</summary>
    private const int LeavesPerFile = 256;

    public static IEnumerable<SiteFile> Plan(Snapshot snapshot) => snapshot.Log is not { } log
        ? []
        : Enumerable.Range(0, snapshot.Entries.Length)
            .Where(i => log.Openings[i].Length > 0)
            .GroupBy(i => log.LeafIndexes[i] / LeavesPerFile)
            .Select(file => new SiteFile(PublishedOpenings.PathOf(file.Key), SiteStage.Data, () => Write(file.Select(i => Line(snapshot.Entries[i].Id, log, i)))));

    private static JsonObject Line(EntryId entry, LogView log, int i) => new()
    {
        ["entry"] = entry.Value,
        ["leafIndex"] = log.LeafIndexes[i],
        ["openings"] = new JsonArray([.. log.Openings[i].Select(opening => new JsonObject
        {
            ["commitment"] = opening.Commitment.Hex,
            ["salt"] = Convert.ToHexStringLower(opening.Salt.Span),
            ["value"] = opening.Value,
        })]),
    };

    private static byte[] Write(IEnumerable<JsonObject> lines)
    {
        using var all = new MemoryStream();
        foreach (JsonObject line in lines)
        {
            all.Write(CanonicalJson.Write(line));
            all.WriteByte((byte)'\n');
        }

        return all.ToArray();
    }
}
