using System.Collections.Concurrent;
using System.Collections.Immutable;
using DisclosureCloud.Ledger;
using DisclosureCloud.Site.Suppression;

namespace DisclosureCloud.Site.Tests.Suppression;

/// <summary>An attacker over all that was ever published: it must find nothing here, and does find it where numbers are merely left blank.</summary>
public sealed class AttackTests
{
    private const int HistoryCount = 100;
    private const int NaiveCount = 5;

    [Fact]
    public void Attacker_OverAHundredHistories_FindsNoCount()
    {
        var found = new ConcurrentBag<string>();
        int hidden = 0, told = 0;
        Parallel.For(0, HistoryCount, seed =>
        {
            var attacker = new Attacker();
            CountHistory history = CountHistory.Of(seed);
            foreach (ImmutableArray<Entry> snapshot in history.Snapshots)
            {
                PublishedCounts published = PublishedCounts.Of(snapshot);
                published.CheckFormats();
                published.Tell(attacker);
            }

            foreach ((string cell, (long least, long most)) in attacker.Find())
            {
                found.Add($"seed {seed}: {cell} is from {least} to {most}");
            }

            Interlocked.Add(ref hidden, attacker.Small.Count);
            Interlocked.Add(ref told, Pooling.Of(history.Snapshots[^1]).Count(pool => pool.Sum is not null));
        });

        found.ShouldBeEmpty();
        hidden.ShouldBeGreaterThan(HistoryCount * 20); // Else there was nothing to find,
        told.ShouldBeGreaterThan(HistoryCount * 2); // or nothing to find it from.
    }

    [Fact]
    public void Attacker_WhereOnlySmallNumbersAreLeftBlank_FindsCountsInEachHistory()
    {
        for (int seed = 0; seed < NaiveCount; seed++)
        {
            var attacker = new Attacker();
            CountHistory history = CountHistory.Of(seed);
            Dictionary<string, int> truth = Truth(history.Snapshots[^1]);
            foreach (ImmutableArray<Entry> snapshot in history.Snapshots)
            {
                PublishedCounts.Of(snapshot).TellAsIfOnlySmallNumbersWereHidden(attacker, truth);
            }

            IReadOnlyDictionary<string, (long Least, long Most)> found = attacker.Find();
            found.Count(one => one.Value.Least == one.Value.Most).ShouldBeGreaterThan(0, $"seed {seed}");
            found.ShouldAllBe(one => one.Value.Least <= truth[one.Key] && truth[one.Key] <= one.Value.Most, $"seed {seed}");
        }
    }

    [Fact]
    public void Attacker_WhereASumWereToldThatTellsTooMuch_NarrowsEachOfThemDown()
    {
        foreach (ImmutableArray<Entry> recorded in Enumerable.Range(0, NaiveCount).Select(seed => CountHistory.Of(seed).Snapshots[^1]))
        {
            Dictionary<string, int> truth = Truth(recorded);
            foreach (Pool pool in Pooling.Of(recorded).Where(one => one.Sum is null))
            {
                var attacker = new Attacker();
                string[] cells = [.. pool.Entries.Select(id => $"{id.Value}:{Code.Text(pool.Measure)}")];
                foreach (string cell in cells)
                {
                    attacker.SawSmall(cell);
                }

                attacker.SawSum(cells, cells.Sum(cell => truth[cell]));
                attacker.Find().Keys.ShouldBe(cells, ignoreOrder: true);
            }
        }
    }

    private static Dictionary<string, int> Truth(ImmutableArray<Entry> recorded) => recorded
        .SelectMany(entry => Measures.Of(entry.Fact).Select(one => ($"{entry.Id.Value}:{Code.Text(one.Measure)}", one.Count.Value!.Value)))
        .ToDictionary(StringComparer.Ordinal);
}
