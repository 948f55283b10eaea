using System.Collections.Immutable;

namespace DisclosureCloud.Ledger;

/// <summary>An item of the project library and how far the tiers have taken it.</summary>
public sealed record PlanState : StreamState
{
    public PlanItemId Item { get; init; }

    public RegionCode Place { get; init; }

    public ProjectType Type { get; init; }

    public BudgetYear Year { get; init; }

    public bool IsRemoved { get; init; }

    /// <summary>The tiers that have approved it since it was last sent back, from below.</summary>
    public ImmutableArray<TierAct> Acts { get; init; } = [];

    public static PlanState Open(PlanItem item)
    {
        ArgumentNullException.ThrowIfNull(item);
        return new PlanState { Item = item.PlanItemId, Place = item.Place, Type = item.Type, Year = item.Year };
    }

    public override StreamState With(Fact fact, About about)
    {
        ArgumentNullException.ThrowIfNull(about);
        return fact switch
        {
            PlanApproval { Outcome: TierOutcome.Approved } one => this with { Acts = Acts.Add(new TierAct { Tier = one.Tier, Department = about.Department }) },
            PlanApproval { Outcome: TierOutcome.Returned } => this with { Acts = [] },
            PlanApproval => this with { IsRemoved = true },
            _ => throw new InvalidOperationException($"A {KindSchema.Of(fact).Name} is no fact of a plan item's stream."),
        };
    }

    /// <summary>Entered, in the annual plan, or removed.</summary>
    public PlanItemState StateBy(PlaceRules rules)
    {
        ArgumentNullException.ThrowIfNull(rules);
        return IsRemoved ? PlanItemState.Removed : HasApproved(rules.DecidingTier) ? PlanItemState.InAnnualPlan : PlanItemState.Entered;
    }

    public bool HasApproved(Tier tier) => Acts.Any(act => act.Tier == tier);
}

/// <summary>One tier's approval: nobody acts for two.</summary>
public sealed record TierAct
{
    public Tier Tier { get; init; }

    public DepartmentId Department { get; init; }
}

/// <summary>How far an item of the project library has come.</summary>
public enum PlanItemState
{
    Entered,
    InAnnualPlan,
    Removed,
}
