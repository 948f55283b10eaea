using System.Collections.Immutable;
using DisclosureCloud.Ledger;
using DisclosureCloud.Site.Data;
using DisclosureCloud.Site.Suppression;
using DisclosureCloud.Testing;

namespace DisclosureCloud.Site.Tests.Suppression;

/// <summary>Two counties whose hidden counts differ, and nothing else: who reads all that is published, knowing the code, cannot tell which is which.</summary>
/// <remarks>The attacker of <see cref="AttackTests"/> reads numbers; here it reads every byte of every file and page in both languages.</remarks>
public sealed class TwinTests
{
    private const int Most = Headcount.LeastShown - 1;

    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(3)]
    public void Worlds_ThatDifferInHiddenCountsAlone_LookTheSame(int seed)
    {
        CountHistory history = CountHistory.Of(seed);
        ImmutableArray<ImmutableArray<Entry>> snapshots = [history.Snapshots[6], history.Snapshots[13], history.Snapshots[^1]];
        Dictionary<string, byte[]>[] published = [.. snapshots.Select(Render)];
        for (int count = 1; count <= Most; count++)
        {
            Dictionary<(EntryId, Measure), int> other = Other(snapshots[^1], count);
            other.Count.ShouldBeGreaterThan(10, $"seed {seed}");
            for (int i = 0; i < snapshots.Length; i++)
            {
                Dictionary<string, byte[]> twin = Render([.. snapshots[i].Select(entry => With(entry, other))]);
                twin.Keys.ShouldBe(published[i].Keys, ignoreOrder: true);
                foreach ((string path, byte[] bytes) in twin)
                {
                    bytes.AsSpan().SequenceEqual(published[i][path]).ShouldBeTrue($"seed {seed}, count {count}, {path}");
                }
            }
        }
    }

    private static Dictionary<string, byte[]> Render(ImmutableArray<Entry> recorded)
    {
        var snapshot = new Snapshot(recorded.Length, SampleWorld.Today, recorded, SiteSettings.Trial);
        return DataFiles.Plan(snapshot).Concat(SiteRenderer.Plan(snapshot).Where(file => file.Stage != SiteStage.Asset))
            .ToDictionary(file => file.Path, file => file.Render(), StringComparer.Ordinal);
    }

    // One of each pool, another one each time, is that count, and the others are what leaves the sum as it is, or leaves it untold. Alone, each is that count.
    private static Dictionary<(EntryId, Measure), int> Other(ImmutableArray<Entry> recorded, int count)
    {
        var other = new Dictionary<(EntryId, Measure), int>();
        foreach (Pool pool in Pooling.Of(recorded))
        {
            int others = pool.Entries.Length - 1;
            int rest = pool.Sum is { } sum
                ? sum - count
                : Enumerable.Range(others, (Most - 1) * others).First(rest => !Pool.TellsNothing(others + 1, count + rest));
            EntryId chosen = pool.Entries[count % pool.Entries.Length];
            other[(chosen, pool.Measure)] = count;
            foreach (EntryId id in pool.Entries.Where(id => id != chosen))
            {
                int part = Math.Clamp(rest - --others, 1, Most);
                other[(id, pool.Measure)] = part;
                rest -= part;
            }

            rest.ShouldBe(0);
        }

        foreach (Entry entry in recorded)
        {
            foreach ((Measure measure, Headcount hidden) in Measures.Of(entry.Fact).Where(one => one.Count.IsSmall))
            {
                other.TryAdd((entry.Id, measure), count);
            }
        }

        return other;
    }

    private static Entry With(Entry entry, Dictionary<(EntryId, Measure), int> other)
    {
        // Counts stand in a fact in the order in which they are measured.
        var measures = new Queue<Measure>(Measures.Of(entry.Fact).Select(one => one.Measure));
        return entry with
        {
            Fact = KindSchema.MapCounts(entry.Fact, count => other.TryGetValue((entry.Id, measures.Dequeue()), out int value) ? Headcount.Of(value) : count),
        };
    }
}
