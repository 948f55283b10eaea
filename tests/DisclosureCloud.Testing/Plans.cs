using DisclosureCloud.Ledger;

namespace DisclosureCloud.Testing;

/// <summary>Items of the project library for tests that are about something else.</summary>
public static class Plans
{
    /// <summary>One that every tier has approved.</summary>
    public static PlanState InAnnualPlan { get; } = new()
    {
        Item = Id.Parse<PlanItemId>("item-1"),
        Place = Id.Parse<RegionCode>("410503"),
        Year = new BudgetYear(2018),
        Acts = [.. Enum.GetValues<Tier>().Select(tier => new TierAct { Tier = tier, Department = Id.Parse<DepartmentId>($"tier-{Code.Text(tier)}") })],
    };
}
