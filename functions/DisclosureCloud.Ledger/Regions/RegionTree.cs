using System.Collections.Immutable;

namespace DisclosureCloud.Ledger;

/// <summary>The regions that the entries name, from the provinces down, with totals in which each fen counts once.</summary>
public sealed class RegionTree
{
    private readonly SortedDictionary<RegionCode, RegionNode> _nodes = new(new IdOrder<RegionCode>());

    private RegionTree()
    {
    }

    /// <summary>Every region, by code: a province stands before its cities, these before their counties and villages.</summary>
    public IEnumerable<RegionNode> All => _nodes.Values;

    /// <summary>The whole country: not among <see cref="All"/>, and without a page.</summary>
    public RegionNode Country { get; } = new(RegionCode.Country, null, null);

    public RegionNode? Find(RegionCode code) => code == RegionCode.Country ? Country : _nodes.GetValueOrDefault(code);

    /// <param name="entries">Those of one fund in their order; the order of the funds makes no difference to a total.</param>
    public static RegionTree Of(IEnumerable<Entry> entries)
    {
        ArgumentNullException.ThrowIfNull(entries);
        var tree = new RegionTree();
        Entry[] all = [.. entries];
        var projects = new Dictionary<(FundId, ProjectId), RegionCode>();

        // Known before anything is added: a receipt may come before its pass-down, since theirs are two streams.
        Dictionary<FundId, RegionCode> funds = all.Select(entry => entry.Fact).OfType<Fund>().ToDictionary(fund => fund.FundId, fund => fund.Region);
        Receipts receipts = Receipts.Of(all);
        foreach (Entry entry in all)
        {
            switch (entry.Fact)
            {
                case Fund fund:
                    // The names count from the end; with one withheld there is no saying which place another belongs to.
                    string?[] names = [.. fund.RegionNames.Select(name => name.Value)];
                    tree.Name(fund.Region, names.Contains(null) ? [] : [.. names.OfType<string>()]);
                    tree.Each(fund.Region, node => node.FundList.Add(fund.FundId));
                    break;
                case Appropriation money:
                    tree.Appropriate(money, funds[money.FundId], receipts.SenderOf(entry.Id) is { } sender ? funds[sender] : null);
                    break;
                case PassDown money:
                    tree.NameBelow(money.Place, money.PlaceName.Value);
                    tree.PassDown(money, funds[money.FundId]);
                    break;
                case Project project:
                    projects[(project.FundId, project.ProjectId)] = project.Place;
                    tree.NameBelow(project.Place, project.PlaceName?.Value);
                    tree.Each(project.Place, node => node.ProjectList.Add(project.ProjectId));
                    break;
                case Allocation money:
                    tree.Each(projects[(money.FundId, money.ProjectId)], node => node.Allocated += money.Amount);
                    break;
                case Disbursement money:
                    tree.Each(projects[(money.FundId, money.ProjectId)], node => node.Disburse(money.Amount));
                    break;
                default:
                    break;
            }
        }

        return tree;
    }

    // Money that came down from a fund inside a region is that region's already; only what came from outside it is new to it.
    private void Appropriate(Appropriation money, RegionCode region, RegionCode? from)
    {
        Each(region, node =>
        {
            if (from is { } inside && node.Code.Covers(inside))
            {
                node.Received += money.Amount;
            }
            else
            {
                node.Appropriated += money.Amount;
            }
        });
    }

    private void PassDown(PassDown money, RegionCode from)
    {
        Each(from, node =>
        {
            if (node.Code.Covers(money.Place))
            {
                node.PassedDownWithin += money.Amount;
            }
            else
            {
                node.PassedDownOut += money.Amount;
            }
        });
        foreach (RegionNode node in Up(money.Place).Where(node => !node.Code.Covers(from)))
        {
            node.PassedDownIn += money.Amount;
        }
    }

    private void Each(RegionCode code, Action<RegionNode> change)
    {
        foreach (RegionNode node in Up(code))
        {
            change(node);
        }
    }

    private IEnumerable<RegionNode> Up(RegionCode code)
    {
        for (RegionNode? node = At(code); node is not null; node = node.Parent)
        {
            yield return node;
        }
    }

    private RegionNode At(RegionCode code)
    {
        if (Find(code) is { } known)
        {
            return known;
        }

        RegionNode parent = At(code.Parent!.Value);
        var node = new RegionNode(code, parent, GbRegions.Name(code));
        parent.ChildList.Add(node);
        _nodes.Add(code, node);
        return node;
    }

    private void Name(RegionCode region, string[] names)
    {
        foreach ((RegionCode code, string? name) in RegionPath.Named(region, names))
        {
            // A province or prefecture has its name from the list: one posting must not rename it for all.
            RegionNode node = At(code);
            node.Name ??= name;
        }
    }

    // The place's text names the place only where it made its code; a text of several places counts at a region that has a name.
    private void NameBelow(RegionCode code, string? name)
    {
        RegionNode node = At(code);
        if (node is { Name: null, Parent: not null } && name is not null && node.Parent.Code.Below(name) == code)
        {
            node.Name = name;
        }
    }
}

/// <summary>One region and what is recorded for it and all below it.</summary>
public sealed class RegionNode
{
    internal RegionNode(RegionCode code, RegionNode? parent, string? name) => (Code, Parent, Name) = (code, parent, name);

    public RegionCode Code { get; }

    /// <summary>Null for the country alone.</summary>
    public RegionNode? Parent { get; }

    /// <summary>As GB/T 2260 has it, or else as the first entry that names it; null where none does.</summary>
    public string? Name { get; internal set; }

    /// <summary>The places directly below, by code.</summary>
    public IEnumerable<RegionNode> Children => ChildList.OrderBy(node => node.Code.Value, StringComparer.Ordinal);

    /// <summary>The funds for this region or one below it.</summary>
    public IReadOnlyList<FundId> Funds => FundList;

    /// <summary>The projects in it or below it.</summary>
    public IReadOnlyList<ProjectId> Projects => ProjectList;

    /// <summary>Given to funds in it from outside it: each fen once.</summary>
    public Total Appropriated { get; internal set; }

    /// <summary>Received by its funds from other funds in it: part of <see cref="Appropriated"/> already, and not added to it.</summary>
    public Total Received { get; internal set; }

    /// <summary>Passed down from funds in it to places in it.</summary>
    public Total PassedDownWithin { get; internal set; }

    /// <summary>Passed down from funds in it to places outside it.</summary>
    public Total PassedDownOut { get; internal set; }

    /// <summary>Sent to places in it by funds outside it, whether or not its receipt is posted.</summary>
    public Total PassedDownIn { get; internal set; }

    /// <summary>Shared out to projects and programmes in it.</summary>
    public Total Allocated { get; internal set; }

    /// <summary>Paid for projects in it; null where nobody has stated a payment.</summary>
    public Total? Disbursed { get; private set; }

    internal List<RegionNode> ChildList { get; } = [];

    internal List<FundId> FundList { get; } = [];

    internal List<ProjectId> ProjectList { get; } = [];


    internal void Disburse(Money amount) => Disbursed = (Disbursed ?? default) + amount;
}
