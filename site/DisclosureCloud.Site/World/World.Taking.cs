using DisclosureCloud.Ledger;

namespace DisclosureCloud.Site;

/// <content>How each entry that counts finds its place in the views.</content>
internal sealed partial class World
{
    private void Take(Entry entry, int index)
    {
        TakeMoney(entry, index);
        switch (entry.Fact)
        {
            case Fund fact:
                _funds.Add(fact.FundId.Value, new FundView(new(entry, fact, index), _books[fact.FundId]));
                RegionOf(fact.Region).Funds.Add(_funds[fact.FundId.Value]);
                break;
            case Project fact:
                TakeProject(new(entry, fact, index));
                break;
            case ProjectChange fact:
                ProjectOf(fact.FundId, fact.ProjectId).Change(new(entry, fact, index));
                break;
            case PlanItem fact:
                _plans.Add(fact.PlanItemId, new PlanView(new(entry, fact, index), Snapshot.Settings.Rules));
                break;
            case PlanApproval fact:
                FindPlan(fact.PlanItemId)?.Said.Add(new(entry, fact, index));
                break;
            case Progress fact:
                FindProject(fact.FundId, fact.ProjectId)?.Progress.Add(new(entry, fact, index));
                break;
            case Acceptance fact:
                FindProject(fact.FundId, fact.ProjectId)?.Acceptances.Add(new(entry, fact, index));
                break;
            case Asset fact:
                TakeAsset(new(entry, fact, index));
                break;
            case IncomeDistribution fact:
                _assets.GetValueOrDefault((fact.ProjectId, fact.AssetId))?.Incomes.Add(new(entry, fact, index));
                break;
            case CreditReport fact:
                RegionOf(fact.Place).CreditReports.Add(new(entry, fact, index));
                break;
            case Notice fact:
                _notices.Add(new(entry, fact, index));
                FundOf(fact.FundId).Notices.Add(_notices[^1]);
                break;
            default:
                break; // Money is taken above; publications no page shows.
        }
    }

    private void TakeMoney(Entry entry, int index)
    {
        if (entry.Fact is IOfFund and not (Fund or Project or Notice) && FundBooks.IsOfStream(entry.Fact))
        {
            FundOf(((IOfFund)entry.Fact).FundId).Entries.Add(new(entry, entry.Fact, index));
        }

        if ((entry.Fact is IOfProject one and not Project ? one.ProjectId : entry.Fact is Evaluation evaluation ? evaluation.ProjectId : null) is { } project)
        {
            FindProject(((IOfFund)entry.Fact).FundId, project)?.Entries.Add(new(entry, entry.Fact, index));
        }

        switch (entry.Fact)
        {
            case Appropriation fact:
                FundOf(fact.FundId).Appropriations.Add(new(entry, fact, index));
                break;
            case Allocation fact:
                FundOf(fact.FundId).Allocations.Add(new(entry, fact, index));
                ProjectOf(fact.FundId, fact.ProjectId).Allocations.Add(new(entry, fact, index));
                break;
            case PassDown fact:
                TakePassDown(new(entry, fact, index));
                break;
            case Disbursement fact:
                FundOf(fact.FundId).Disbursements.Add(new(entry, fact, index));
                ProjectOf(fact.FundId, fact.ProjectId).Disbursements.Add(new(entry, fact, index));
                break;
            default:
                break;
        }
    }

    // Once its receipt is posted, the money is shown with the fund that got it.
    private void TakePassDown(Posted<PassDown> sent)
    {
        FundView fund = FundOf(sent.Fact.FundId);
        fund.PassDowns.Add(sent);
        if (AwaitingOf(sent) > 0)
        {
            fund.AwaitingFen += AwaitingOf(sent);
            RegionOf(sent.Fact.Place).Received.Add(sent);
        }
    }

    private void TakeProject(Posted<Project> posted)
    {
        var project = new ProjectView(posted, FundOf(posted.Fact.FundId));
        _projects.Add((posted.Fact.FundId, posted.Fact.ProjectId), project);
        _firstProjects.TryAdd(posted.Fact.ProjectId, project);
        project.Fund.Projects.Add(project);
        RegionOf(_tree.PlaceOf(posted.Fact.FundId, posted.Fact.ProjectId) ?? posted.Fact.Place).Projects.Add(project);
    }

    private void TakeAsset(Posted<Asset> posted)
    {
        if (FindProject(posted.Fact.FundId, posted.Fact.ProjectId) is not { } project)
        {
            return;
        }

        (ProjectId, AssetId) key = (posted.Fact.ProjectId, posted.Fact.AssetId);
        if (!_assets.TryGetValue(key, out AssetView? asset))
        {
            asset = new AssetView(project);
            _assets.Add(key, asset);
            project.Assets.Add(asset);
        }

        asset.States.Add(posted);
    }

    // What a notice printed stays as it was printed: its entries as they were first recorded, whatever became of them.
    private ILookup<NoticeId, Posted<Fact>> Printed(Snapshot snapshot, Dictionary<EntryId, int> places) => snapshot.Entries
        .Where(entry => History.Find(entry.Id) is { } history && history.Id == entry.Id)
        .Select(entry => (Notice: NoticeOf(entry.Fact), Posted: new Posted<Fact>(entry, entry.Fact, places[entry.Id])))
        .Where(pair => pair.Notice is not null)
        .ToLookup(pair => pair.Notice!.Value, pair => pair.Posted);

    private static NoticeId? NoticeOf(Fact fact) => fact switch
    {
        Appropriation one => one.Notice,
        Project one => one.Notice,
        Allocation one => one.Notice,
        PassDown one => one.Notice,
        Disbursement one => one.Notice,
        _ => null,
    };
}
