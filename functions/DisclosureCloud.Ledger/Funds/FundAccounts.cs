using System.Collections.Immutable;

namespace DisclosureCloud.Ledger;

/// <summary>What one project has of its fund.</summary>
public sealed record ProjectAccount
{
    public ProjectType Type { get; init; }

    public Programme? Programme { get; init; }

    public PlanCategory? Category { get; init; }

    /// <summary>True where a published notice is its evidence: it needs no plan item and no target.</summary>
    public bool FromNotice { get; init; }

    /// <summary>True where nothing more is allocated to it: it was cancelled, or goes on as another.</summary>
    public bool Closed { get; init; }

    /// <summary>The projects as which it goes on.</summary>
    public ImmutableArray<ProjectId> Successors { get; init; } = [];

    /// <summary>How many targets it states.</summary>
    public int Targets { get; init; }

    /// <summary>How many milestones it states.</summary>
    public int Milestones { get; init; }

    /// <summary>Its whole cost, where that is stated: no fund gives more.</summary>
    public Money? TotalInvestment { get; init; }

    public Money Allocated { get; init; }

    public Money Reduced { get; init; }

    public Money Committed { get; init; }

    public Money Disbursed { get; init; }

    public Money Refunded { get; init; }

    /// <summary>Paid to units that have not accounted for it.</summary>
    public Money Moved { get; init; }

    /// <summary>How many payments are recorded; with none, what was paid is not stated.</summary>
    public int Disbursements { get; init; }

    public Money NetAllocated => Allocated - Reduced;

    public Money NetDisbursed => Disbursed - Refunded;

    public Money Left => NetAllocated - NetDisbursed;
}

/// <summary>One allocation and what was done with it.</summary>
public sealed record AllocationAccount
{
    public ProjectId Project { get; init; }

    /// <summary>The appropriation that it draws on by name.</summary>
    public EntryId? Appropriation { get; init; }

    public Money Amount { get; init; }

    public Money Reduced { get; init; }

    public Money Committed { get; init; }

    public Money Disbursed { get; init; }

    public Money Refunded { get; init; }

    /// <summary>What it is after reductions.</summary>
    public Money Net => Amount - Reduced;

    /// <summary>What can still be paid of it.</summary>
    public Money Left => Net - Disbursed + Refunded;

    /// <summary>What can still be put under contract.</summary>
    public Money Uncommitted => Net - Committed;
}

/// <summary>One appropriation and what draws on it by name.</summary>
public sealed record AppropriationAccount
{
    public Money Amount { get; init; }

    public Money Allocated { get; init; }

    public Money Returned { get; init; }

    public Money Left => Amount - Allocated - Returned;
}

/// <summary>One contract and what was paid of it.</summary>
public sealed record CommitmentAccount
{
    public ProjectId Project { get; init; }

    public EntryId Allocation { get; init; }

    public Money Amount { get; init; }

    public Percent? AdvanceRate { get; init; }

    public Percent? RetentionRate { get; init; }

    public Money Paid { get; init; }

    /// <summary>Of what was paid, what had been retained.</summary>
    public Money Released { get; init; }

    /// <summary>What the contract retains until the warranty ends: its rate of the amount; what is finer than a fen is left out.</summary>
    public Money Retention => RetentionRate is { } rate ? new Money((long)((Int128)Amount.Fen * rate.Value / 100), Amount.Currency) : Money.Zero(Amount.Currency);
}

/// <summary>One payment of which something came back or was claimed.</summary>
public sealed record PaymentAccount
{
    public ProjectId Project { get; init; }

    public EntryId Allocation { get; init; }

    public EntryId? Commitment { get; init; }

    public DisbursementNature? Nature { get; init; }

    public Money Amount { get; init; }

    public Money Refunded { get; init; }

    public Money Claimed { get; init; }

    /// <summary>What can still come back or be claimed.</summary>
    public Money Left => Amount - Refunded - Claimed;

    /// <summary>The account of a payment of which nothing came back yet; null where the fact is no payment.</summary>
    public static PaymentAccount? Of(Fact? fact) => fact switch
    {
        Disbursement one => new PaymentAccount
        {
            Project = one.ProjectId, Allocation = one.Allocation, Commitment = one.Commitment, Nature = one.Nature, Amount = one.Amount,
        },
        HouseholdTransfer one => new PaymentAccount
        {
            Project = one.ProjectId,
            Allocation = one.Allocation,
            Nature = DisbursementNature.HouseholdSubsidy,
            Amount = one.Amount,
            Refunded = one.Returned ?? Money.Zero(one.Amount.Currency),
        },
        _ => null,
    };
}

/// <summary>One loan of a revolving fund.</summary>
public sealed record LoanAccount
{
    public Money Amount { get; init; }

    public Money Repaid { get; init; }

    public Money Fees { get; init; }

    public Money WrittenOff { get; init; }

    public Quantity Quantity { get; init; }

    public Quantity QuantityRepaid { get; init; }

    public Quantity QuantityWrittenOff { get; init; }

    /// <summary>When it is due; null where nobody said when it was made.</summary>
    public DateOnly? Due { get; init; }

    public bool IsInKind => !Quantity.IsZero;

    public Money Outstanding => Amount - Repaid - WrittenOff;

    public Quantity QuantityOutstanding => Quantity - QuantityRepaid - QuantityWrittenOff;
}

/// <summary>What finance stated at the end of a year.</summary>
public sealed record YearEnd
{
    public BudgetYear Year { get; init; }

    public Money CarriedOver { get; init; }

    public Money Surplus { get; init; }
}
