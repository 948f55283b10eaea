using System.Collections.Immutable;
using System.Globalization;
using DisclosureCloud.Ledger;

namespace DisclosureCloud.Testing;

/// <summary>Many leaves of the tests' worlds, as a log has them one after another: every id once, and each recorded later than the one before.</summary>
public static class LeafWorld
{
    /// <summary>So many leaves of random worlds and of the world of money. Same seed, same leaves.</summary>
    public static ImmutableArray<SealedLeaf> Leaves(int seed, int count) =>
    [
        .. Entries(seed).Where(entry => SealedLeaf.Of(entry, new SeededSalts(0)) is not null).Take(count)
            .Select((entry, index) => SealedLeaf.Of(InPlace(entry, seed, index), new SeededSalts((seed * 1_000_003) + index))!),
    ];

    private static IEnumerable<Entry> Entries(int seed)
    {
        for (int world = 0; ; world++)
        {
            foreach (Entry entry in RandomWorld.Entries((seed * 1_000) + world, 150))
            {
                yield return entry;
            }

            foreach (Entry entry in MoneyWorld.Entries)
            {
                yield return entry;
            }
        }
    }

    // One posting in five has three entries.
    private static Entry InPlace(Entry entry, int seed, int index)
    {
        int posting = index % 15 < 3 ? index - (index % 15) : index;
        return entry with
        {
            Id = EntryId.Of(PostingId.Of(SampleWorld.Department, string.Create(CultureInfo.InvariantCulture, $"leaf-{seed}-{posting}")), 1 + index - posting),
            RecordedAt = SampleWorld.RecordedAt.AddMinutes(index),
            Department = Id.Parse<DepartmentId>(index % 3 == 0 ? "finance" : "transport"),
        };
    }
}
