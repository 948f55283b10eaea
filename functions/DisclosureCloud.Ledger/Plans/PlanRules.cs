namespace DisclosureCloud.Ledger;

/// <summary>The tiers of approval, from below, each by another body. Design section 4, rule 5.</summary>
public static class PlanRules
{
    public static Rejection? Check(PlanState? state, Fact fact, About about)
    {
        ArgumentNullException.ThrowIfNull(about);
        return fact switch
        {
            PlanItem one => state is null ? CheckItem(one) : new Rejection.PlanItemExists(one.PlanItemId),
            PlanApproval one when state is null or { IsWithdrawn: true } => new Rejection.NoSuchPlanItem(one.PlanItemId),
            PlanApproval one => CheckApproval(state, one, about),
            _ => throw new InvalidOperationException($"A {KindSchema.Of(fact).Name} is no fact of a plan item's stream."),
        };
    }

    private static Rejection? CheckItem(PlanItem item)
    {
        if (item.Programme is { } programme && !CodeYears.PovertyAlleviation.Cover(item.Year))
        {
            return new Rejection.CodeNotInForce("programme", Code.Text(programme), item.Year, CodeYears.PovertyAlleviation);
        }

        return item.Category is { } category && !CodeYears.PovertyAlleviation.Cover(item.Year)
            ? new Rejection.CodeNotInForce("category", Code.Text(category), item.Year, CodeYears.PovertyAlleviation)
            : null;
    }

    private static Rejection? CheckApproval(PlanState state, PlanApproval said, About about)
    {
        PlaceRules rules = about.RulesOrDefault.For(state.Place);
        if (state.IsRemoved)
        {
            return new Rejection.PlanItemRemoved(state.Item);
        }

        int place = rules.Tiers.IndexOf(said.Tier);
        if (place < 0)
        {
            return new Rejection.TierNotInRules(said.Tier, rules.Tiers);
        }

        if (state.HasApproved(said.Tier) && said.Outcome == TierOutcome.Approved)
        {
            return new Rejection.TierActedBefore(said.Tier);
        }

        if (state.Acts.FirstOrDefault(act => act.Department == about.Department && act.Tier != said.Tier) is { } other)
        {
            return new Rejection.BodyActedForOtherTier(other.Tier, said.Tier);
        }

        // Sending back and removing are open to every tier that the item has reached; approving goes step by step.
        return place > state.Acts.Length || (said.Outcome == TierOutcome.Approved && place != state.Acts.Length)
            ? new Rejection.TierOutOfOrder(said.Tier, rules.Tiers[Math.Min(state.Acts.Length, rules.Tiers.Length - 1)])
            : null;
    }
}
