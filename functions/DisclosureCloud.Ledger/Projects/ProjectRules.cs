namespace DisclosureCloud.Ledger;

/// <summary>The rules of what is known of a project: it is registered, its assets are known, no more is distributed than came in.</summary>
public static class ProjectRules
{
    /// <param name="registrar">The books of the fund that registers the project; null where there is none, or where it was asked before.</param>
    public static Rejection? Check(ProjectState? state, Fact fact, FundBooks? registrar)
    {
        ArgumentNullException.ThrowIfNull(fact);
        if (registrar is not null && CheckRegistered(registrar, fact) is { } rejection)
        {
            return rejection;
        }

        return fact switch
        {
            Asset one => CheckAsset(state, one),
            IncomeDistribution one => CheckIncome(state, one),
            Progress or Acceptance or Evaluation => null,
            _ => throw new InvalidOperationException($"A {KindSchema.Of(fact).Name} is no fact of a project's stream."),
        };
    }

    private static Rejection? CheckRegistered(FundBooks registrar, Fact fact)
    {
        ProjectId id = fact is Evaluation { ProjectId: { } evaluated } ? evaluated : ((IOfProject)fact).ProjectId;
        if (!registrar.Projects.TryGetValue(id, out ProjectAccount? project))
        {
            return new Rejection.NoSuchProject(id);
        }

        if (fact is not Progress progress)
        {
            return null;
        }

        if (progress.Milestone is { } milestone && milestone > project.Milestones)
        {
            return new Rejection.NoSuchMilestone(milestone, project.Milestones);
        }

        int index = progress.Actuals.Select(actual => actual.Target).ToList().FindIndex(target => target > project.Targets);
        return index < 0 ? null : new Rejection.NoSuchTarget(index, progress.Actuals[index].Target, project.Targets);
    }

    private static Rejection? CheckAsset(ProjectState? state, Asset asset)
    {
        if (state?.Assets.GetValueOrDefault(asset.AssetId) is { Condition: AssetCondition.Disposed })
        {
            return new Rejection.AssetDisposed(asset.AssetId);
        }

        return asset is { Condition: AssetCondition.Disposed, Disposal: null } ? new Rejection.DisposalNotStated(asset.AssetId) : null;
    }

    private static Rejection? CheckIncome(ProjectState? state, IncomeDistribution money)
    {
        if (state?.Assets.GetValueOrDefault(money.AssetId) is not { } asset)
        {
            return new Rejection.NoSuchAsset(money.AssetId);
        }

        if (money is { Income: null, Distributed: null })
        {
            return new Rejection.NothingStated("income", "income, distributed");
        }

        if (!asset.Income.TryAdd(money.Income ?? default, out Money income))
        {
            return new Rejection.TotalTooLarge(asset.Income, money.Income ?? default, "income");
        }

        Money left = income - asset.Distributed;
        return money.Distributed is { } distributed && distributed > left ? new Rejection.ExceedsIncome(left, distributed) : null;
    }
}
