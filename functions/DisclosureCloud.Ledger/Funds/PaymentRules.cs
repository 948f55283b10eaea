namespace DisclosureCloud.Ledger;

/// <summary>Contracts, payments, and what comes back or is accounted for.</summary>
internal static class PaymentRules
{
    public static Rejection? Check(FundBooks books, ContractCommitment contract)
    {
        if (CheckAllocation(books, contract.Allocation, contract.ProjectId) is { } rejection)
        {
            return rejection;
        }

        AllocationAccount account = books.Allocations[contract.Allocation];
        return contract.Amount > account.Uncommitted
            ? new Rejection.ExceedsUncommitted(account.Uncommitted, contract.Amount)
            : FundRules.Room(books) ?? FundRules.Fits(books.Committed, contract.Amount);
    }

    public static Rejection? Check(FundBooks books, Disbursement money)
    {
        if (CheckAllocation(books, money.Allocation, money.ProjectId) is { } rejection)
        {
            return rejection;
        }

        AllocationAccount account = books.Allocations[money.Allocation];
        if (money.Amount > account.Left)
        {
            return new Rejection.ExceedsAllocated(account.Left, money.Amount);
        }

        return CheckContract(books, money) ?? CheckPayee(money.PayeeType, money.Payee, money.PayeeCode) ?? FundRules.Fits(books.Disbursed, money.Amount);
    }

    public static Rejection? Check(FundBooks books, HouseholdTransfer money)
    {
        if (CheckAllocation(books, money.Allocation, money.ProjectId) is { } rejection)
        {
            return rejection;
        }

        AllocationAccount account = books.Allocations[money.Allocation];
        if (money.Amount > account.Left)
        {
            return new Rejection.ExceedsAllocated(account.Left, money.Amount);
        }

        return CheckBatch(money) ?? FundRules.Fits(books.Disbursed, money.Amount) ?? FundRules.Fits(books.Refunded, money.Returned ?? default);
    }

    public static Rejection? CheckBatch(HouseholdTransfer money)
    {
        Money failed = money.Failed ?? Money.Zero(money.Amount.Currency);
        if (failed > money.Amount)
        {
            return new Rejection.ExceedsBatch(money.Amount, failed, "failed");
        }

        return money.Returned is { } returned && returned > failed ? new Rejection.ExceedsBatch(failed, returned, "returned") : CheckCounts(money);
    }

    // Every amount is public for ever, and divided by the standard it is a count: also what failed of a batch, and what was left of it to be paid.
    private static Rejection? CheckCounts(HouseholdTransfer money) =>
        Rejection.TooFewHouseholds.Of(money.Households, "households")
        ?? Rejection.TooFewHouseholds.Of(money.Persons, "persons")
        ?? Rejection.TooFewHouseholds.Of(money.FailedHouseholds, "failedHouseholds")
        ?? (money is { Households.Value: { } all, FailedHouseholds.Value: { } failed } && failed < all
            ? Rejection.TooFewHouseholds.Of(Headcount.Of(all - failed), "failedHouseholds")
            : null);

    public static Rejection? Check(FundBooks books, Claim money, About about)
    {
        if (books.PaymentOf(money.Transfer, about.Cited) is not { } paid)
        {
            return new Rejection.NoSuchPayment(money.Transfer);
        }

        if (paid.Project != money.ProjectId)
        {
            return new Rejection.PaymentOfOtherProject(money.Transfer, money.ProjectId, paid.Project);
        }

        if (paid.Nature != DisbursementNature.TransferToUnit)
        {
            return new Rejection.NotATransfer(money.Transfer, paid.Nature);
        }

        return money.Amount > paid.Left
            ? new Rejection.ExceedsPayment(paid.Left, money.Amount)
            : CheckPayee(money.PayeeType, money.Payee, code: null) ?? Room(books, money.Transfer);
    }

    public static Rejection? Check(FundBooks books, Refund money, About about)
    {
        if (books.PaymentOf(money.Disbursement, about.Cited) is not { } paid)
        {
            return new Rejection.NoSuchPayment(money.Disbursement);
        }

        if (paid.Project != money.ProjectId)
        {
            return new Rejection.PaymentOfOtherProject(money.Disbursement, money.ProjectId, paid.Project);
        }

        return money.Amount > paid.Left
            ? new Rejection.ExceedsPayment(paid.Left, money.Amount)
            : Room(books, money.Disbursement) ?? FundRules.Fits(books.Refunded, money.Amount);
    }

    // Only the first that comes of a payment needs an account of its own.
    private static Rejection? Room(FundBooks books, EntryId payment) => books.Payments.ContainsKey(payment) ? null : FundRules.Room(books);

    /// <summary>Whoever is paid as one of many individuals has no name here.</summary>
    public static Rejection? CheckPayee(PayeeType? type, FreeText? payee, OrganisationCode? code)
    {
        if (type == PayeeType.Individuals && (payee is not null || code is not null))
        {
            return new Rejection.IndividualsNamed(payee is null ? "payeeCode" : "payee");
        }

        return type is null && (payee is not null || code is not null) ? new Rejection.NothingStated("payeeType", "payeeType") : null;
    }

    private static Rejection? CheckAllocation(FundBooks books, EntryId id, ProjectId project)
    {
        if (!books.Allocations.TryGetValue(id, out AllocationAccount? account))
        {
            return new Rejection.NoSuchAllocation(id);
        }

        return account.Project == project ? null : new Rejection.AllocationOfOtherProject(id, project, account.Project);
    }

    /// <summary>What was retained was retained by a contract.</summary>
    public static Rejection? CheckContractStated(Disbursement money) => money is { Nature: DisbursementNature.RetentionRelease, Commitment: null }
        ? new Rejection.NothingStated("commitment", "commitment")
        : null;

    private static Rejection? CheckContract(FundBooks books, Disbursement money)
    {
        if (money.Commitment is not { } id)
        {
            return CheckContractStated(money);
        }

        if (!books.Commitments.TryGetValue(id, out CommitmentAccount? contract))
        {
            return new Rejection.NoSuchCommitment(id);
        }

        if (contract.Allocation != money.Allocation)
        {
            return new Rejection.CommitmentOfOtherAllocation(id, money.Allocation, contract.Allocation);
        }

        Money left = contract.Retention - contract.Released;
        return money.Nature == DisbursementNature.RetentionRelease && money.Amount > left ? new Rejection.ExceedsRetention(left, money.Amount) : null;
    }
}
