using DisclosureCloud.Ledger;

namespace DisclosureCloud.Site;

/// <summary>What places were ever called: a name outlives the entries that gave it and the code under which the place went.</summary>
internal sealed class PlaceNames
{
    private const int HashLength = 8;

    private readonly Dictionary<RegionCode, string> _ofCodes = [];

    // A place without a code of its own keeps its hash, made from its name, when the place above it gets another code.
    private readonly Dictionary<string, string> _ofHashes = new(StringComparer.Ordinal);

    private PlaceNames()
    {
    }

    /// <param name="entries">Those whose names go first, first; an entry may stand twice.</param>
    public static PlaceNames Of(IEnumerable<Entry> entries)
    {
        var names = new PlaceNames();
        foreach (Fact fact in entries.Select(entry => entry.Fact))
        {
            names.Take(fact);
        }

        return names;
    }

    /// <summary>Null where no entry ever said it.</summary>
    public string? Find(RegionCode code) => GbRegions.Name(code)
        ?? _ofCodes.GetValueOrDefault(code)
        ?? (code.IsHashed ? _ofHashes.GetValueOrDefault(code.Value[^HashLength..]) : null);

    private void Take(Fact fact)
    {
        switch (fact)
        {
            case Fund fund:
                TakePath(fund.Region, [.. fund.RegionNames.Select(name => name.Value)]);
                break;
            case Notice notice:
                TakePath(notice.Region, [.. notice.RegionNames.Select(name => name.Value)]);
                break;
            case RegionChange change:
                foreach ((RegionCode code, FreeText name) in change.Successors.Zip(change.SuccessorNames))
                {
                    TakeName(code, name.Value);
                }

                break;
            case PassDown sent:
                TakeHashed(sent.Place, sent.PlaceName.Value);
                break;
            case Project project:
                TakeHashed(project.Place, project.PlaceName?.Value);
                break;
            case ProjectChange { Place: { } place } change:
                TakeHashed(place, change.PlaceName?.Value);
                break;
            case PlanItem item:
                TakeHashed(item.Place, item.PlaceName?.Value);
                break;
            default:
                break;
        }
    }

    // The names count from the end; with one withheld there is no saying which place another belongs to.
    private void TakePath(RegionCode region, string?[] names)
    {
        foreach ((RegionCode code, string? name) in RegionPath.Named(region, names.Contains(null) ? [] : [.. names.OfType<string>()]))
        {
            TakeName(code, name);
        }
    }

    // The text of a row names the place only where it made its code: it may also name several.
    private void TakeHashed(RegionCode code, string? name)
    {
        if (!string.IsNullOrWhiteSpace(name) && code.IsHashed && code.Parent!.Value.Below(name) == code)
        {
            TakeName(code, name);
        }
    }

    private void TakeName(RegionCode code, string? name)
    {
        if (name is not null)
        {
            _ofCodes.TryAdd(code, name);
            if (code.IsHashed)
            {
                _ofHashes.TryAdd(code.Value[^HashLength..], name);
            }
        }
    }
}
