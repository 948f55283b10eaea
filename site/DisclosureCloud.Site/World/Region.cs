using DisclosureCloud.Ledger;

namespace DisclosureCloud.Site;

/// <summary>A place with what is for it: its own funds, projects and shares, and the places below it.</summary>
internal sealed class Region(RegionNode node, Region? parent)
{
    public RegionCode Code => node.Code;

    public string Id => Code.Value;

    /// <summary>As the ledger has it; withheld where no entry names it any more.</summary>
    public FreeText Name { get; } = node switch
    {
        { Name: { } name } => FreeText.Of(name),
        _ when node.Code == RegionCode.Country => FreeText.Of("全国"),
        _ => FreeText.Withheld,
    };

    /// <summary>The place above; null for a province.</summary>
    public Region? Parent => parent;

    /// <summary>In the order of their codes.</summary>
    public List<Region> Children { get; } = [];

    /// <summary>The same, in the order in which a reader looks for a name.</summary>
    public IEnumerable<Region> ChildrenByName => Children.Order(ChineseOrder.Instance);

    /// <summary>Funds of this very place.</summary>
    public List<FundView> Funds { get; } = [];

    /// <summary>Projects that count at this very place.</summary>
    public List<ProjectView> Projects { get; } = [];

    /// <summary>Shares passed down to the government of this very place.</summary>
    public List<Posted<PassDown>> Received { get; } = [];

    /// <summary>What was reported of bank loans to poor households here.</summary>
    public List<Posted<CreditReport>> CreditReports { get; } = [];

    /// <summary>From the province down to this place.</summary>
    public IEnumerable<Region> Path => Parent is null ? [this] : Parent.Path.Append(this);

    /// <summary>This place and all below it, from the top down.</summary>
    public IEnumerable<Region> All => Children.SelectMany(child => child.All).Prepend(this);

    public IEnumerable<FundView> AllFunds => All.SelectMany(region => region.Funds);

    public IEnumerable<ProjectView> AllProjects => All.SelectMany(region => region.Projects);

    public IEnumerable<Posted<PassDown>> AllReceived => All.SelectMany(region => region.Received);
}
