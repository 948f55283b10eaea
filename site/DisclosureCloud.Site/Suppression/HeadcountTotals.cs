using System.Collections.Immutable;
using DisclosureCloud.Ledger;

namespace DisclosureCloud.Site.Suppression;

/// <summary>Totals of households and persons by place and year: made of counts that are shown one by one, and of whole pools.</summary>
/// <remarks>
/// The total of a place is that of the places below it, what is shown at the place itself, and what was put together there. So no total and no
/// difference between two of them, of one snapshot or of several, holds less than a whole pool.
/// </remarks>
internal sealed class HeadcountTotals
{
    private readonly SortedDictionary<(string Region, int Year, Measure Measure), HeadcountTotal> _totals = new(Comparer.Instance);
    private readonly RegionTree _regions;

    /// <param name="history">The entries as the public is told them.</param>
    /// <param name="pools">What was put together of the same entries.</param>
    public HeadcountTotals(History history, RegionTree regions, IEnumerable<Pool> pools)
    {
        _regions = regions;
        Dictionary<FundId, RegionCode> funds = history.Live.Select(entry => entry.Fact).OfType<Fund>().DistinctBy(fund => fund.FundId).ToDictionary(fund => fund.FundId, fund => regions.Now(fund.Region));
        var current = new Dictionary<EntryId, (RegionCode Place, HashSet<Measure> Hidden)>();
        foreach (Entry entry in history.Live)
        {
            RegionCode place = PlaceOf(entry.Fact);
            HashSet<Measure> hidden = [];
            foreach ((Measure measure, Headcount count) in Measures.Of(entry.Fact))
            {
                if (count.Value is not { } value)
                {
                    hidden.Add(measure);
                }

                Add(place, Measures.YearOf(entry), measure, count.Value is { } shown
                    ? one => one with { Count = one.Count + shown, Entries = one.Entries + 1 }
                    : one => one with { LeftOut = one.LeftOut + 1 });
            }

            if (hidden.Count > 0)
            {
                current.Add(IdNow(history, entry.Id), (place, hidden));
            }
        }

        Take(pools, current);

        RegionCode PlaceOf(Fact fact) => fact switch
        {
            Notice notice => regions.Now(notice.Region),
            IOfProject one when regions.PlaceOf(one.FundId, one.ProjectId) is { } place => place,
            IOfFund one => funds.GetValueOrDefault(one.FundId, RegionCode.Country),
            _ => RegionCode.Country,
        };
    }

    /// <summary>By place, year and what is counted.</summary>
    public IEnumerable<HeadcountTotal> All => _totals.Values;

    /// <summary>Those of one place, the latest year first.</summary>
    public IEnumerable<HeadcountTotal> Of(RegionCode place) => All.Where(one => one.Region == place).OrderByDescending(one => one.Year).ThenBy(one => one.Measure);

    // A pool counts as a whole or not at all: where one of it was corrected, withdrawn or moved elsewhere, taking that one out would tell it.
    private void Take(IEnumerable<Pool> pools, Dictionary<EntryId, (RegionCode Place, HashSet<Measure> Hidden)> current)
    {
        foreach (Pool pool in pools)
        {
            RegionCode at = _regions.Now(pool.Place);
            bool isWhole = pool.Entries.All(id => current.TryGetValue(id, out var one) && one.Hidden.Contains(pool.Measure) && at.Covers(one.Place));
            if (pool.Sum is not { } sum || !isWhole)
            {
                continue;
            }

            int counts = pool.Entries.Length;
            Add(at, pool.Year, pool.Measure, one => one with { Count = one.Count + sum, Entries = one.Entries + counts, LeftOut = one.LeftOut - counts, Pooled = one.Pooled + sum });
            foreach (EntryId id in pool.Entries)
            {
                for (RegionCode? below = current[id].Place; below is { } place && place != at; below = place.Parent)
                {
                    Change(place, pool.Year, pool.Measure, one => one with { MovedUp = one.MovedUp + 1 });
                }
            }
        }
    }

    private void Add(RegionCode place, int year, Measure measure, Func<HeadcountTotal, HeadcountTotal> change)
    {
        foreach (RegionCode code in place.Path)
        {
            Change(code, year, measure, change);
        }
    }

    private void Change(RegionCode place, int year, Measure measure, Func<HeadcountTotal, HeadcountTotal> change)
    {
        (string, int, Measure) key = (place.Value, year, measure);
        _totals[key] = change(_totals.GetValueOrDefault(key) ?? new HeadcountTotal(place, _regions.Find(place)?.Name, year, measure));
    }

    // The pools know an entry as it was recorded; what counts is known by the id of the first that said so.
    private static EntryId IdNow(History history, EntryId id) => history.Find(id)?.Amendments is [.., { Replacement: { } replacement }] ? replacement : id;

    private sealed class Comparer : IComparer<(string Region, int Year, Measure Measure)>
    {
        public static Comparer Instance { get; } = new();

        public int Compare((string Region, int Year, Measure Measure) x, (string Region, int Year, Measure Measure) y) =>
            string.CompareOrdinal(x.Region, y.Region) is var region and not 0 ? region : (x.Year, x.Measure).CompareTo((y.Year, y.Measure));
    }
}

/// <summary>How many households or persons a place comes to in a year, as far as that can be told.</summary>
internal sealed record HeadcountTotal(RegionCode Region, string? RegionName, int Year, Measure Measure)
{
    /// <summary>What can be told; it holds all that <see cref="Entries"/> state.</summary>
    public long Count { get; init; }

    /// <summary>Of <see cref="Count"/>: what was put together of counts under ten, here or below.</summary>
    public long Pooled { get; init; }

    /// <summary>How many entries are in the count.</summary>
    public int Entries { get; init; }

    /// <summary>How many entries of this place are not, since their count cannot be told here.</summary>
    public int LeftOut { get; init; }

    /// <summary>Of <see cref="LeftOut"/>: those that are in the count of a place above.</summary>
    public int MovedUp { get; init; }

    /// <summary>True where nothing can be told here: a count of nought would say that there are none.</summary>
    public bool IsNotShown => Entries == 0;
}
