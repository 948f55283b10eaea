using System.Globalization;

namespace DisclosureCloud.Ledger;

/// <content>Contracts, payments, and what comes back of them.</content>
public abstract partial record Rejection
{
    /// <summary>More than is left of the allocation that is cited.</summary>
    public sealed record ExceedsAllocated : Rejection
    {
        public ExceedsAllocated(Money left, Money wanted, string field = "amount")
            : base("exceeds-allocated", $"/{field}", $"The allocation has {left} left; {wanted} is more.") =>
            (Found, Wanted) = (Fen(wanted), $"at most {Fen(left)}");
    }

    /// <summary>More under contract than the allocation comes to.</summary>
    public sealed record ExceedsUncommitted : Rejection
    {
        public ExceedsUncommitted(Money left, Money wanted)
            : base("exceeds-uncommitted", "/amount", $"The allocation has {left} that is not under contract; {wanted} is more.") =>
            (Found, Wanted) = (Fen(wanted), $"at most {Fen(left)}");
    }

    /// <summary>More released than the contract retained.</summary>
    public sealed record ExceedsRetention : Rejection
    {
        public ExceedsRetention(Money left, Money wanted)
            : base("exceeds-retention", "/amount", $"The contract retains {left} still; {wanted} is more.") =>
            (Found, Wanted) = (Fen(wanted), $"at most {Fen(left)}");
    }

    /// <summary>More back or accounted for than is left of the payment.</summary>
    public sealed record ExceedsPayment : Rejection
    {
        public ExceedsPayment(Money left, Money wanted)
            : base("exceeds-payment", "/amount", $"Of the payment {left} is left; {wanted} is more.") =>
            (Found, Wanted) = (Fen(wanted), $"at most {Fen(left)}");
    }

    /// <summary>More failed than was sent, or more returned than failed.</summary>
    public sealed record ExceedsBatch : Rejection
    {
        public ExceedsBatch(Money left, Money wanted, string field)
            : base("exceeds-batch", $"/{field}", $"There is {left}; {wanted} is more.") =>
            (Found, Wanted) = (Fen(wanted), $"at most {Fen(left)}");
    }

    /// <summary>So few households or persons that the amount, divided by the standard, would tell who they are.</summary>
    public sealed record TooFewHouseholds : Rejection
    {
        private TooFewHouseholds(Headcount found, string field)
            : base(
                "too-few-households", $"/{field}",
                "Amounts are public: divided by the standard, this one would tell the number of a few households. Post it together with others, or for the place above. What failed of a batch goes with the next batch.") =>
            (Found, Wanted) = (found.Value!.Value.ToString(CultureInfo.InvariantCulture), string.Create(CultureInfo.InvariantCulture, $"0, or at least {Headcount.LeastShown}"));

        /// <summary>The rejection of a count from 1 to 9; null for any other.</summary>
        internal static TooFewHouseholds? Of(Headcount? count, string field) =>
            count is { IsSmall: true, Value: not null } ? new TooFewHouseholds(count, field) : null;
    }

    public sealed record NoSuchCommitment(EntryId Entry)
        : Rejection("no-such-commitment", "/commitment", $"The fund has no contract '{Entry}'.");

    public sealed record CommitmentOfOtherAllocation : Rejection
    {
        public CommitmentOfOtherAllocation(EntryId contract, EntryId found, EntryId wanted)
            : base("commitment-of-other-allocation", "/commitment", $"The contract '{contract}' draws on another allocation.") => (Found, Wanted) = (found.Value, wanted.Value);
    }

    public sealed record NoSuchPayment(EntryId Entry)
        : Rejection("no-such-payment", "/cites", $"The fund has no payment '{Entry}'.");

    public sealed record PaymentOfOtherProject : Rejection
    {
        public PaymentOfOtherProject(EntryId payment, ProjectId found, ProjectId wanted)
            : base("payment-of-other-project", "/project", $"The payment '{payment}' was for another project.") => (Found, Wanted) = (found.Value, wanted.Value);
    }

    /// <summary>Only money that was transferred to a unit is accounted for afterwards.</summary>
    public sealed record NotATransfer : Rejection
    {
        public NotATransfer(EntryId payment, DisbursementNature? nature)
            : base("not-a-transfer", "/cites", $"The payment '{payment}' was no transfer to a unit: it is spent already.") =>
            (Found, Wanted) = (nature is { } one ? Ledger.Code.Text(one) : "not stated", Ledger.Code.Text(DisbursementNature.TransferToUnit));
    }

    /// <summary>A payee that is one of many individuals has no name here.</summary>
    public sealed record IndividualsNamed(string Field)
        : Rejection("individuals-named", $"/{Field}", "Individuals are paid in aggregate and never named.");
}
