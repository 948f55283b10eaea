using System.Buffers;
using System.Collections.Immutable;

namespace DisclosureCloud.Ledger;

/// <summary>Brings the names of a region, from the province down, and their codes together.</summary>
public static class RegionPath
{
    // Between a municipality and its districts some tables name this; it is no place of its own.
    private static readonly ImmutableArray<string> NoPlaces = ["市辖区", "县", "省直辖县级行政区划", "自治区直辖县级行政区划"];

    /// <summary>The code of the lowest region named.</summary>
    /// <param name="names">From the province down.</param>
    /// <param name="gbCode">The GB/T 2260 code of the lowest named city or county; null where that has none.</param>
    public static RegionCode Resolve(IReadOnlyList<string> names, RegionCode? gbCode)
    {
        ArgumentNullException.ThrowIfNull(names);
        string[] places = Places(names);
        RegionCode at = gbCode ?? RegionCode.Country;

        // A code stands for the name at its depth; what is named below it has no code of its own.
        int next = gbCode is { } code ? Math.Min(code.Path.Count(), places.Length) : 0;
        for (; next < places.Length; next++)
        {
            at = GbRegions.Find(at, places[next]) ?? at.Below(places[next]);
        }

        return at;
    }

    /// <summary>The places from the province down to a code, each with its name where one is known.</summary>
    public static IEnumerable<(RegionCode Code, string? Name)> Named(RegionCode code, IReadOnlyList<string> names)
    {
        ArgumentNullException.ThrowIfNull(names);
        string[] places = Places(names);
        RegionCode[] path = [.. code.Path];
        for (int i = 0; i < path.Length; i++)
        {
            int fromEnd = path.Length - i;
            string? name = fromEnd <= places.Length ? places[^fromEnd] : null;
            yield return (path[i], name ?? GbRegions.Name(path[i]));
        }
    }

    /// <summary>The first name that belongs to another place than its code says, with both; null where none is known to.</summary>
    /// <remarks>
    /// Only a name that the list of provinces and prefectures has for another code is one: places were renamed, and an old notice is right.
    /// Where the list does not know the code itself, as of counties, a name that it has in other provinces alone is wrong: a county may have
    /// become a prefecture since, but in its own province. A place with a hash must be the place that the hash was made from.
    /// </remarks>
    public static (string Name, RegionCode Code)? Mismatch(RegionCode code, IReadOnlyList<string> names)
    {
        foreach ((RegionCode place, string? name) in Named(code, names))
        {
            RegionCode parent = place.Parent!.Value;
            bool wrong = name is not null && (place.IsHashed
                ? parent.Below(name) != place
                : GbRegions.Name(place) is { } official ? name != official && GbRegions.IsNameOfAnother(name, place) : GbRegions.IsOfOtherProvince(name, place));
            if (wrong)
            {
                return (name!, place);
            }
        }

        return null;
    }

    /// <summary>What the list calls a place, or the lowest of those above it that it knows; null where it knows none.</summary>
    public static string? Official(RegionCode code) => code.Path.Select(GbRegions.Name).LastOrDefault(name => name is not null);

    private static string[] Places(IReadOnlyList<string> names) => [.. names.Where(name => !NoPlaces.Contains(name, StringComparer.Ordinal))];
}

/// <summary>The text that says where a project is.</summary>
public static class PlaceText
{
    // The marks between several places. Words such as 和 stand inside names (民和县), so that they divide nothing.
    private static readonly SearchValues<char> Dividers = SearchValues.Create("\u3001\uFF0C,\uFF1B;/\n");

    private static readonly ImmutableArray<string> Everywhere = ["全省", "全市", "全县", "全区", "全乡", "全镇", "各"];

    /// <summary>Where a row counts: its place below the region, or the region itself where the text names several places or none.</summary>
    public static RegionCode Code(RegionCode region, string regionName, string? place) =>
        place is null || place == regionName || place.AsSpan().ContainsAny(Dividers)
        || Everywhere.Any(word => place.StartsWith(word, StringComparison.Ordinal))
            ? region
            : region.Below(place);
}
