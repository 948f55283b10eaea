using System.Globalization;
using System.Text;
using DisclosureCloud.Ledger;
using DisclosureCloud.Testing;

namespace DisclosureCloud.Benchmarks;

/// <summary>Leaves of many counties, each with a fund, its projects and all that became of them. The same in every run.</summary>
internal static class ManyLeaves
{
    private const int ProjectsOfACounty = 150;

    private static readonly string[] Regions = ["410503", "532922", "410502", "532901", "411002", "620102"];

    /// <summary>So many leaves, in the order in which they were recorded, a few seconds apart.</summary>
    public static IEnumerable<SealedLeaf> Of(int count)
    {
        var salts = new SeededSalts(1);
        Entry[] entries = [.. LongWorld.Projects(ProjectsOfACounty, inTownship: true)];
        int made = 0;
        for (int county = 0; made < count; county++)
        {
            foreach (Entry entry in entries.TakeWhile(_ => made < count))
            {
                SealedLeaf leaf = SealedLeaf.Of(
                    entry with
                    {
                        Id = EntryId.Of(PostingId.Of(SampleWorld.Department, string.Create(CultureInfo.InvariantCulture, $"many-{made}")), 1),
                        Date = entry.Date!.Value.AddDays(county % 1000),
                        RecordedAt = SampleWorld.RecordedAt.AddSeconds(7L * made),
                    },
                    salts)!;
                made++;
                yield return leaf with { Leaf = OfCounty(leaf.Leaf, county) };
            }
        }
    }

    // Ids and places of its own, as each county has.
    private static Leaf OfCounty(Leaf leaf, int county)
    {
        string text = Encoding.UTF8.GetString(leaf.Bytes.Span)
            .Replace("long-2020", string.Create(CultureInfo.InvariantCulture, $"county-{county}-2020"), StringComparison.Ordinal)
            .Replace("\"project-", string.Create(CultureInfo.InvariantCulture, $"\"county-{county}-p"), StringComparison.Ordinal)
            .Replace("\"410503", $"\"{Regions[county % Regions.Length]}", StringComparison.Ordinal)
            .Replace("\"department\":\"import\"", string.Create(CultureInfo.InvariantCulture, $"\"department\":\"finance-{county % 40}\""), StringComparison.Ordinal);
        return new Leaf(leaf.Id, Encoding.UTF8.GetBytes(text));
    }
}
