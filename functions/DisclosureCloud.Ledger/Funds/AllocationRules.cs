namespace DisclosureCloud.Ledger;

/// <summary>How a fund's money is shared out, and taken back before it is paid.</summary>
internal static class AllocationRules
{
    public static Rejection? Check(FundBooks books, Allocation money, About about)
    {
        if (!books.Projects.TryGetValue(money.ProjectId, out ProjectAccount? project))
        {
            return new Rejection.NoSuchProject(money.ProjectId);
        }

        if (project.Closed)
        {
            return new Rejection.ProjectClosed(money.ProjectId);
        }

        if (money.Amount > books.Free)
        {
            return new Rejection.ExceedsFree(books.Free, money.Amount);
        }

        if (project.TotalInvestment is { } whole && money.Amount > whole - project.NetAllocated)
        {
            return new Rejection.ExceedsInvestment(whole - project.NetAllocated, money.Amount);
        }

        return CheckSource(books, money) ?? CheckIncrease(books, money, project, about) ?? CheckPurpose(books, money.ProjectId, project, about)
            ?? (project.Type == ProjectType.ManagementFee ? CheckFees(books, money.Amount, about) : null) ?? FundRules.Room(books) ?? FundRules.Fits(books.Allocated, money.Amount);
    }

    /// <summary>What the project is for is something that the fund may pay for, and it says what is to be reached.</summary>
    public static Rejection? CheckPurpose(FundBooks books, ProjectId id, ProjectAccount project, About about)
    {
        ArgumentNullException.ThrowIfNull(about);

        // No target, no money (rule 4). A published notice may state none, and what was begun before the log is as it is.
        if (project is { Targets: 0, FromNotice: false } && !books.HasOpening)
        {
            return new Rejection.NoTarget(id);
        }

        if (project.Programme is { } programme && books.Programmes is { IsEmpty: false } programmes && !programmes.Contains(programme))
        {
            return new Rejection.OutsidePurpose(Code.Text(programme), programmes.Select(one => Code.Text(one)));
        }

        return project.Category is { } category && books.Categories is { IsEmpty: false } categories && !categories.Contains(category)
            ? new Rejection.OutsidePurpose(Code.Text(category), categories.Select(one => Code.Text(one)))
            : null;
    }

    /// <summary>Managing projects stays under its cap.</summary>
    /// <param name="more">What is to be added to what was allocated for it.</param>
    public static Rejection? CheckFees(FundBooks books, Money more, About about)
    {
        Money max = about.RulesOrDefault.For(books.Region).ManagementFeeMax(books.Appropriated);
        Money before = books.Projects.Values.Where(one => one.Type == ProjectType.ManagementFee)
            .Aggregate(Money.Zero(max.Currency), (sum, one) => sum + one.NetAllocated);
        return more > max - before ? new Rejection.ExceedsManagementFee(max - before, more) : null;
    }

    /// <summary>Of an increase: what increases what, why, and who approved it. A first share, or one more by a document of its own, says none of it.</summary>
    public static Rejection? CheckStated(Allocation money) => money switch
    {
        { OldAmount: null } => money is { Tier: null, Reason: null } ? null : new Rejection.NothingStated("oldAmount", "oldAmount"),
        { Reason: null } => new Rejection.NothingStated("reason", "reason"),
        { Tier: null } => new Rejection.NothingStated("tier", "tier"),
        _ => null,
    };

    /// <summary>Less than before, by a tier that may decide so much.</summary>
    public static Rejection? CheckChange(FundBooks books, AllocationReduction change, About about) => change.NewAmount >= change.OldAmount
        ? new Rejection.NoReduction(change.OldAmount, change.NewAmount)
        : CheckTier(books, change.OldAmount, change.NewAmount, change.Tier, about);

    public static Rejection? Check(FundBooks books, AllocationReduction change, About about)
    {
        if (!books.Allocations.TryGetValue(change.Allocation, out AllocationAccount? account))
        {
            return new Rejection.NoSuchAllocation(change.Allocation);
        }

        if (account.Project != change.ProjectId)
        {
            return new Rejection.AllocationOfOtherProject(change.Allocation, change.ProjectId, account.Project);
        }

        if (change.OldAmount != account.Net)
        {
            return new Rejection.OldAmountDiffers(account.Net, change.OldAmount);
        }

        if (CheckChange(books, change, about) is { } rejection)
        {
            return rejection;
        }

        if (change.NewAmount < account.Disbursed - account.Refunded)
        {
            return new Rejection.BelowDisbursed(account.Disbursed - account.Refunded, change.NewAmount);
        }

        if (change.NewAmount < account.Committed)
        {
            return new Rejection.BelowCommitted(account.Committed, change.NewAmount);
        }

        return FundRules.Fits(books.Reduced, change.OldAmount - change.NewAmount);
    }

    public static Rejection? Check(FundBooks books, IntegrationPlan plan, About about)
    {
        if (plan.Programmes.IsEmpty && plan.Categories.IsEmpty)
        {
            return new Rejection.NothingStated("programmes", "programmes, categories");
        }

        Tier deciding = about.RulesOrDefault.For(books.Region).DecidingTier;
        return plan.Tier < deciding ? new Rejection.TierTooLow(plan.Tier, deciding) : null;
    }

    /// <summary>A large change goes back to the body that approved.</summary>
    public static Rejection? CheckTier(FundBooks books, Money from, Money to, Tier tier, About about)
    {
        PlaceRules rules = about.RulesOrDefault.For(books.Region);
        return tier < rules.DecidingTier && rules.IsLarge(from, to) ? new Rejection.TierTooLow(tier, rules.DecidingTier) : null;
    }

    private static Rejection? CheckSource(FundBooks books, Allocation money)
    {
        if (money.Appropriation is not { } id)
        {
            return null;
        }

        if (!books.Appropriations.TryGetValue(id, out AppropriationAccount? account))
        {
            return new Rejection.NoSuchAppropriation(id);
        }

        return money.Amount > account.Left ? new Rejection.ExceedsAppropriation(account.Left, money.Amount) : null;
    }

    private static Rejection? CheckIncrease(FundBooks books, Allocation money, ProjectAccount project, About about)
    {
        if (CheckStated(money) is { } rejection)
        {
            return rejection;
        }

        if (money.OldAmount is not { } old)
        {
            return null;
        }

        return old == project.NetAllocated
            ? CheckTier(books, old, old + money.Amount, money.Tier!.Value, about)
            : new Rejection.OldAmountDiffers(project.NetAllocated, old);
    }
}
