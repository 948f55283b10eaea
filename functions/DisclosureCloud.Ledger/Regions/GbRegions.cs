using System.Collections.Frozen;

namespace DisclosureCloud.Ledger;

/// <summary>Names of provinces and prefectures by their codes in GB/T 2260, as of 2023.</summary>
/// <remarks>
/// Used to find the code of a city that a notice names without one, to name provinces and prefectures on the pages of places, and to
/// refuse a code that stands for another place than the names beside it. A notice itself is always shown as it was published.
/// </remarks>
public static class GbRegions
{
    private static readonly FrozenDictionary<RegionCode, string> Names = Load();

    private static readonly FrozenSet<string> AllNames = Names.Values.ToFrozenSet(StringComparer.Ordinal);

    private static readonly FrozenDictionary<(RegionCode Parent, string Name), RegionCode> Codes =
        Names.ToFrozenDictionary(pair => (pair.Key.Parent!.Value, pair.Value), pair => pair.Key);

    /// <summary>The codes of all provinces, in their order.</summary>
    public static IEnumerable<RegionCode> Provinces => Names.Keys.Where(code => code.Level == 1).OrderBy(code => code.Value, StringComparer.Ordinal);

    public static string? Name(RegionCode code) => Names.GetValueOrDefault(code);

    /// <summary>The code of a province or prefecture by its full name, or null.</summary>
    public static RegionCode? Find(RegionCode parent, string name) =>
        Codes.TryGetValue((parent, name), out RegionCode code) ? code : null;

    /// <summary>True where a province or prefecture has this name, and it is not the one with this code.</summary>
    public static bool IsNameOfAnother(string name, RegionCode code) => AllNames.Contains(name) && Name(code) != name;

    /// <summary>True where provinces or prefectures have this name, and none of them lies in the province of this code.</summary>
    public static bool IsOfOtherProvince(string name, RegionCode code) =>
        AllNames.Contains(name) && Name(code.Path.First()) is not null && !Names.Any(pair => pair.Value == name && code.Path.First().Covers(pair.Key));

    private static FrozenDictionary<RegionCode, string> Load()
    {
        using Stream stream = typeof(GbRegions).Assembly.GetManifestResourceStream("gbt2260.csv")!;
        using var reader = new StreamReader(stream);
        reader.ReadLine(); // The head.
        var names = new Dictionary<RegionCode, string>();
        while (reader.ReadLine() is { } line)
        {
            string[] cells = line.Split(',');
            names.Add(Id.Parse<RegionCode>(cells[0]), cells[1]);
        }

        return names.ToFrozenDictionary();
    }
}
