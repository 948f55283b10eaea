using System.Collections.Immutable;

namespace DisclosureCloud.Ledger;

/// <summary>The regions that the entries name, from the provinces down, with totals in which each fen counts once.</summary>
public sealed class RegionTree
{
    private readonly SortedDictionary<RegionCode, RegionNode> _nodes = new(new IdOrder<RegionCode>());

    private readonly Dictionary<FundId, RegionCode> _funds = [];
    private readonly Dictionary<(FundId, ProjectId), RegionCode> _projects = [];
    private readonly Successions _successions;
    private readonly Receipts _receipts;

    private RegionTree(Successions successions, Receipts receipts) => (_successions, _receipts) = (successions, receipts);

    /// <summary>Every region, by code: a province stands before its cities, these before their counties and villages.</summary>
    public IEnumerable<RegionNode> All => _nodes.Values;

    /// <summary>The whole country: not among <see cref="All"/>, and without a page.</summary>
    public RegionNode Country { get; } = new(RegionCode.Country, null, null);

    public RegionNode? Find(RegionCode code) => code == RegionCode.Country ? Country : _nodes.GetValueOrDefault(code);

    /// <param name="live">The entries as they now stand (<see cref="History.Live"/>); their order makes no difference to a total.</param>
    public static RegionTree Of(IEnumerable<Entry> live)
    {
        ArgumentNullException.ThrowIfNull(live);
        Entry[] all = [.. live];
        var tree = new RegionTree(Successions.Of(all), Receipts.Of(all));

        // Known before anything is added: a receipt may come before its pass-down, since theirs are two streams.
        foreach (Entry entry in all)
        {
            tree.TakePlace(entry.Fact);
        }

        foreach (Entry entry in all)
        {
            tree.TakeName(entry.Fact);
            tree.TakeMoney(entry);
        }

        return tree;
    }

    /// <summary>The region in which what was recorded for a place counts now.</summary>
    public RegionCode Now(RegionCode place) => _successions.Now(place);

    /// <summary>The region in which a project of a fund counts now; null where the fund registers no such project.</summary>
    public RegionCode? PlaceOf(FundId fund, ProjectId project) => _projects.TryGetValue((fund, project), out RegionCode place) ? place : null;

    private void TakePlace(Fact fact)
    {
        switch (fact)
        {
            case Fund fund:
                _funds[fund.FundId] = Now(fund.Region);
                break;
            case Project project:
                _projects.TryAdd((project.FundId, project.ProjectId), Now(project.Place));
                break;
            case ProjectChange { Place: { } place } change:
                _projects[(change.FundId, change.ProjectId)] = Now(place);
                break;
            default:
                break;
        }
    }

    private void TakeName(Fact fact)
    {
        switch (fact)
        {
            case Fund fund:
                // The names count from the end; with one withheld there is no saying which place another belongs to.
                string?[] names = [.. fund.RegionNames.Select(name => name.Value)];
                if (Now(fund.Region) == fund.Region)
                {
                    Name(fund.Region, names.Contains(null) ? [] : [.. names.OfType<string>()]);
                }

                Each(Now(fund.Region), node => node.FundList.Add(fund.FundId));
                break;
            case PassDown money:
                NameBelow(Now(money.Place), money.PlaceName.Value);
                break;
            case Project project when _projects[(project.FundId, project.ProjectId)] is var place:
                NameBelow(place, project.PlaceName?.Value);
                Each(place, node => node.ProjectList.Add(project.ProjectId));
                break;
            case ProjectChange { Place: { } place } change:
                NameBelow(Now(place), change.PlaceName?.Value);
                break;
            case CreditReport report:
                _ = At(Now(report.Place)); // A place that is reported on is a place, whether or not money is for it.
                break;
            case RegionChange change:
                foreach ((RegionCode code, FreeText name) in change.Successors.Zip(change.SuccessorNames))
                {
                    At(code).Name = name.Value ?? At(code).Name;
                }

                break;
            default:
                break;
        }
    }

    private void TakeMoney(Entry entry)
    {
        switch (entry.Fact)
        {
            case Appropriation money:
                Appropriate(money, _receipts.Of(entry.Id));
                break;
            case PassDown money:
                PassDown(money, _funds[money.FundId]);
                break;
            case OpeningBalance { ProjectId: null } money:
                Each(_funds[money.FundId], node =>
                {
                    node.Appropriated += money.Appropriated ?? default;
                    node.PassedDownOut += money.PassedDown ?? default;
                });
                break;
            case OpeningBalance { ProjectId: { } project } money:
                Allocate(money.FundId, project, money.Allocated ?? default);
                if (money.Disbursed is { } paid)
                {
                    Disburse(money.FundId, project, paid);
                }

                break;
            case Allocation money:
                Allocate(money.FundId, money.ProjectId, money.Amount);
                break;
            case AllocationReduction money:
                Allocate(money.FundId, money.ProjectId, money.NewAmount - money.OldAmount);
                break;
            case Disbursement money:
                Disburse(money.FundId, money.ProjectId, money.Amount);
                break;
            case HouseholdTransfer money:
                Disburse(money.FundId, money.ProjectId, money.Amount - (money.Returned ?? default));
                break;
            case Refund money:
                Disburse(money.FundId, money.ProjectId, new Money(-money.Amount.Fen, money.Amount.Currency));
                break;
            default:
                break;
        }
    }

    private void Allocate(FundId fund, ProjectId project, Money amount) => Each(_projects[(fund, project)], node => node.Allocated += amount);

    private void Disburse(FundId fund, ProjectId project, Money amount) => Each(_projects[(fund, project)], node => node.Disburse(amount));

    // Money that came down from a fund inside a region is that region's already; only what came from outside it is new to it.
    private void Appropriate(Appropriation money, Receipt? receipt)
    {
        Each(_funds[money.FundId], node =>
        {
            Money inside = receipt is not null && node.Code.Covers(_funds[receipt.Sender]) ? receipt.Amount : Money.Zero(money.Amount.Currency);
            node.Received += inside;
            node.Appropriated += money.Amount - inside;
        });
    }

    private void PassDown(PassDown money, RegionCode from)
    {
        Each(from, node =>
        {
            if (node.Code.Covers(Now(money.Place)))
            {
                node.PassedDownWithin += money.Amount;
            }
            else
            {
                node.PassedDownOut += money.Amount;
            }
        });
        foreach (RegionNode node in Up(Now(money.Place)).Where(node => !node.Code.Covers(from)))
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
