namespace DisclosureCloud.Ledger;

/// <content>The project library and its tiers.</content>
public abstract partial record Rejection
{
    public sealed record PlanItemExists(PlanItemId Item)
        : Rejection("plan-item-exists", "/planItem", $"There is an item '{Item}' already.");

    public sealed record NoSuchPlanItem(PlanItemId Item)
        : Rejection("no-such-plan-item", "/planItem", $"The project library has no item '{Item}'.");

    public sealed record PlanItemRemoved(PlanItemId Item)
        : Rejection("plan-item-removed", "/planItem", $"The item '{Item}' was taken out of the project library.");

    /// <summary>An item that the tiers have not approved as far as money needs.</summary>
    public sealed record PlanItemNotApproved : Rejection
    {
        public PlanItemNotApproved(PlanItemId item, IReadOnlyCollection<Tier> done, Tier wanted)
            : base("plan-item-not-approved", "/planItem", $"The item '{item}' is not in the annual plan yet.") =>
            (Found, Wanted) = (done.Count == 0 ? "no tier" : string.Join(", ", done.Select(one => Ledger.Code.Text(one))), Ledger.Code.Text(wanted));
    }

    public sealed record TierNotInRules : Rejection
    {
        public TierNotInRules(Tier found, IReadOnlyCollection<Tier> wanted)
            : base("tier-not-in-rules", "/tier", "The rules of the place know no such tier.") =>
            (Found, Wanted) = (Ledger.Code.Text(found), string.Join(", ", wanted.Select(one => Ledger.Code.Text(one))));
    }

    public sealed record TierActedBefore(Tier Tier)
        : Rejection("tier-acted-before", "/tier", $"The tier '{Ledger.Code.Text(Tier)}' has approved it already.");

    public sealed record TierOutOfOrder : Rejection
    {
        public TierOutOfOrder(Tier found, Tier wanted)
            : base("tier-out-of-order", "/tier", "The tiers speak from below, one after the other.") =>
            (Found, Wanted) = (Ledger.Code.Text(found), Ledger.Code.Text(wanted));
    }

    /// <summary>Nobody acts for two tiers.</summary>
    public sealed record BodyActedForOtherTier : Rejection
    {
        public BodyActedForOtherTier(Tier before, Tier now)
            : base("body-acted-for-other-tier", "/tier", "Your department has spoken for another tier: nobody acts for two.") =>
            (Found, Wanted) = (Ledger.Code.Text(now), Ledger.Code.Text(before));
    }
}
