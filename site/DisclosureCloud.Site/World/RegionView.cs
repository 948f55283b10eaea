using DisclosureCloud.Ledger;

namespace DisclosureCloud.Site;

/// <summary>A place with what is for it: its own funds, projects and shares, and the places below it.</summary>
internal sealed class Region(RegionCode code)
{
    public RegionCode Code { get; } = code;

    public string Id => Code.Value;

    /// <summary>As the ledger has it; withheld where no entry names it.</summary>
    public FreeText Name { get; set; } = FreeText.Withheld;

    public Region? Parent { get; set; }

    /// <summary>In the order of their codes.</summary>
    public List<Region> Children { get; } = [];

    /// <summary>Funds of this very place.</summary>
    public List<FundView> Funds { get; } = [];

    /// <summary>Projects that count at this very place.</summary>
    public List<ProjectView> Projects { get; } = [];

    /// <summary>Shares passed down to the government of this very place.</summary>
    public List<Posted<PassDown>> Received { get; } = [];

    /// <summary>From the province down to this place.</summary>
    public IEnumerable<Region> Path => Parent is null ? [this] : Parent.Path.Append(this);

    /// <summary>This place and all below it, from the top down.</summary>
    public IEnumerable<Region> All => Children.SelectMany(child => child.All).Prepend(this);

    public IEnumerable<FundView> AllFunds => All.SelectMany(region => region.Funds);

    public IEnumerable<ProjectView> AllProjects => All.SelectMany(region => region.Projects);

    public IEnumerable<Posted<PassDown>> AllReceived => All.SelectMany(region => region.Received);
}
