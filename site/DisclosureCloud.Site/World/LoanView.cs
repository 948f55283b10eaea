using DisclosureCloud.Ledger;

namespace DisclosureCloud.Site;

/// <summary>A loan of a revolving fund with what came back and what was written off.</summary>
internal sealed record LoanView(Posted<Loan> Posted, LoanAccount Account, IReadOnlyList<Posted<Repayment>> Repayments, IReadOnlyList<Posted<WriteOff>> WriteOffs)
{
    public Loan Fact => Posted.Fact;

    private bool IsOutstanding => Account.IsInKind ? !Account.QuantityOutstanding.IsZero : !Account.Outstanding.IsZero;

    private bool IsWrittenOff => Account.IsInKind ? !Account.QuantityWrittenOff.IsZero : !Account.WrittenOff.IsZero;

    /// <summary>How it stands on a day. One whose date nobody stated is never overdue.</summary>
    public LoanState StateOn(DateOnly day) => this switch
    {
        { IsOutstanding: true } => Account.Due is { } due && due < day ? LoanState.Overdue : LoanState.Running,
        { IsWrittenOff: true } => LoanState.WrittenOff,
        _ => LoanState.Repaid,
    };
}

/// <summary>How a loan stands.</summary>
internal enum LoanState
{
    Running,
    Overdue,
    Repaid,

    /// <summary>Nothing is outstanding, and of what was lent something will not come back.</summary>
    WrittenOff,
}
