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

        return CheckSource(books, money) ?? CheckIncrease(books, money, project.NetAllocated, about) ?? CheckPurpose(books, money, about, afterwards: false)
            ?? FundRules.Room(books) ?? FundRules.Fits(books.Allocated, money.Amount);
    }

    /// <summary>What the project is for is something that the fund may pay for, and managing stays under its cap.</summary>
    /// <param name="afterwards">True where the books hold the allocation already.</param>
    public static Rejection? CheckPurpose(FundBooks books, Allocation money, About about, bool afterwards)
    {
        return CheckPurpose(books, money.ProjectId)
            ?? (books.Projects[money.ProjectId].Type == ProjectType.ManagementFee ? CheckFee(books, money, about, afterwards) : null);
    }

    /// <summary>Whether a fund may pay for one of its projects.</summary>
    public static Rejection? CheckPurpose(FundBooks books, ProjectId id)
    {
        ProjectAccount project = books.Projects[id];

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

    /// <summary>What managing projects takes already stays under its cap.</summary>
    public static Rejection? CheckFees(FundBooks books, About about)
    {
        Money max = about.RulesOrDefault.For(books.Region).ManagementFeeMax(books.Appropriated);
        Money fees = FeesOf(books);
        return fees > max ? new Rejection.ExceedsManagementFee(max, fees) : null;
    }

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

        if (change.NewAmount >= change.OldAmount)
        {
            return new Rejection.NoReduction(change.OldAmount, change.NewAmount);
        }

        if (change.NewAmount < account.Disbursed - account.Refunded)
        {
            return new Rejection.BelowDisbursed(account.Disbursed - account.Refunded, change.NewAmount);
        }

        if (change.NewAmount < account.Committed)
        {
            return new Rejection.BelowCommitted(account.Committed, change.NewAmount);
        }

        return CheckTier(books, change.OldAmount, change.NewAmount, change.Tier, about) ?? FundRules.Fits(books.Reduced, change.OldAmount - change.NewAmount);
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

    /// <summary>An increase says what it increases, why, and who approved it; a first share, or one more by a document of its own, does not.</summary>
    /// <param name="before">What the project had before it.</param>
    public static Rejection? CheckIncrease(FundBooks books, Allocation money, Money before, About about)
    {
        if (money.OldAmount is not { } old)
        {
            return money is { Tier: null, Reason: null } ? null : new Rejection.NothingStated("oldAmount", "oldAmount");
        }

        if (old != before)
        {
            return new Rejection.OldAmountDiffers(before, old);
        }

        if (money.Reason is null)
        {
            return new Rejection.NothingStated("reason", "reason");
        }

        if (money.Tier is not { } tier)
        {
            return new Rejection.NothingStated("tier", "tier");
        }

        return CheckTier(books, old, old + money.Amount, tier, about);
    }

    private static Rejection? CheckFee(FundBooks books, Allocation money, About about, bool afterwards)
    {
        Money max = about.RulesOrDefault.For(books.Region).ManagementFeeMax(books.Appropriated);
        Money before = FeesOf(books);
        Money others = afterwards ? before - money.Amount : before;
        return others + money.Amount > max ? new Rejection.ExceedsManagementFee(max - others, money.Amount) : null;
    }

    private static Money FeesOf(FundBooks books) => books.Projects.Values.Where(one => one.Type == ProjectType.ManagementFee)
        .Aggregate(Money.Zero(books.Appropriated.Currency), (sum, one) => sum + one.NetAllocated);
}
