using System.Collections.Immutable;

namespace DisclosureCloud.Ledger;

/// <summary>What places, departments and projects go on as: old addresses lead to the new ones, and money counts where it now belongs.</summary>
/// <remarks>Only what goes on as one thing is followed: nobody can say which part of a split thing's money belongs to which successor.</remarks>
public sealed class Successions
{
    private readonly Dictionary<RegionCode, RegionChange> _regions = [];
    private readonly Dictionary<DepartmentId, UnitChange> _units = [];

    private Successions()
    {
    }

    /// <param name="live">The entries as they now stand.</param>
    public static Successions Of(IEnumerable<Entry> live)
    {
        ArgumentNullException.ThrowIfNull(live);
        var successions = new Successions();
        foreach (Entry entry in live)
        {
            switch (entry.Fact)
            {
                case RegionChange one:
                    successions._regions.TryAdd(one.Place, one);
                    break;
                case UnitChange one:
                    successions._units.TryAdd(one.DepartmentId, one);
                    break;
                default:
                    break;
            }
        }

        return successions;
    }

    public IEnumerable<RegionChange> Regions => _regions.Values.OrderBy(one => one.Place.Value, StringComparer.Ordinal);

    public IEnumerable<UnitChange> Units => _units.Values.OrderBy(one => one.DepartmentId.Value, StringComparer.Ordinal);

    public RegionChange? Of(RegionCode place) => _regions.GetValueOrDefault(place);

    public UnitChange? Of(DepartmentId unit) => _units.GetValueOrDefault(unit);

    /// <summary>Where what was recorded for a place counts now: its one successor's place, and so on; itself where it was split or never changed.</summary>
    public RegionCode Now(RegionCode place) => Follow(place, code => Below(code));

    /// <summary>The department that now stands for one: its one successor, and so on.</summary>
    public DepartmentId Now(DepartmentId unit) =>
        Follow(unit, id => Of(id) is { Successors: [var next] } ? next : null);

    // A place without a code of its own follows the nearest place above it that has one and went on.
    private RegionCode? Below(RegionCode place)
    {
        for (RegionCode? at = place; at is { } code; at = code.IsHashed ? code.Parent : null)
        {
            if (Of(code) is { Successors: [var next] })
            {
                return RegionCode.TryParse(next.Value + place.Value[code.Value.Length..], out RegionCode moved) ? moved : null;
            }
        }

        return null;
    }

    // Two departments could each post that it goes on as the other: theirs are two streams. The circle ends where it began.
    private static TId Follow<TId>(TId start, Func<TId, TId?> next)
        where TId : struct
    {
        var seen = new HashSet<TId> { start };
        TId at = start;
        while (next(at) is { } following && seen.Add(following))
        {
            at = following;
        }

        return at;
    }
}
