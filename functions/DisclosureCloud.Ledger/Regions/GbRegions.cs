using System.Collections.Frozen;

namespace DisclosureCloud.Ledger;

/// <summary>Names of provinces and prefectures by their codes in GB/T 2260, as of 2023.</summary>
/// <remarks>
/// Used to find the code of a city that a notice names without one, and the name of a place above the ones it names. A name in a notice
/// always goes before a name here.
/// </remarks>
public static class GbRegions
{
    private static readonly FrozenDictionary<RegionCode, string> Names = Load();

    private static readonly FrozenDictionary<(RegionCode Parent, string Name), RegionCode> Codes =
        Names.ToFrozenDictionary(pair => (pair.Key.Parent!.Value, pair.Value), pair => pair.Key);

    public static string? Name(RegionCode code) => Names.GetValueOrDefault(code);

    /// <summary>The code of a province or prefecture by its full name, or null.</summary>
    public static RegionCode? Find(RegionCode parent, string name) =>
        Codes.TryGetValue((parent, name), out RegionCode code) ? code : null;

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
