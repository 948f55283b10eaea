namespace DisclosureCloud.Ledger;

/// <content>What a project is given, and what is taken back before it is paid.</content>
public abstract partial record Rejection
{
    public sealed record NoSuchAllocation(EntryId Entry)
        : Rejection("no-such-allocation", "/cites", $"The fund has no allocation '{Entry}'. A disbursement cites the allocation it draws on.");

    public sealed record AllocationOfOtherProject : Rejection
    {
        public AllocationOfOtherProject(EntryId entry, ProjectId found, ProjectId wanted)
            : base("allocation-of-other-project", "/project", $"The allocation '{entry}' is for another project.") =>
            (Found, Wanted) = (found.Value, wanted.Value);
    }

    /// <summary>More for managing projects than the rules of the place allow.</summary>
    public sealed record ExceedsManagementFee : Rejection
    {
        public ExceedsManagementFee(Money left, Money wanted)
            : base("exceeds-management-fee", "/amount", $"The cap on management fees leaves {left}; {wanted} is more.") =>
            (Found, Wanted) = (Fen(wanted), $"at most {Fen(left)}");
    }

    /// <summary>What is stated as the old amount is not what the books say: somebody else changed it meanwhile.</summary>
    public sealed record OldAmountDiffers : Rejection
    {
        public OldAmountDiffers(Money wanted, Money found)
            : base("old-amount-differs", "/oldAmount", $"The books say {wanted}, not {found}.") => (Found, Wanted) = (Fen(found), Fen(wanted));
    }

    public sealed record NoReduction : Rejection
    {
        public NoReduction(Money old, Money wanted)
            : base("no-reduction", "/newAmount", $"{wanted} is no less than {old}. More is a further allocation.") => (Found, Wanted) = (Fen(wanted), $"less than {Fen(old)}");
    }

    /// <summary>Less than was paid already.</summary>
    public sealed record BelowDisbursed : Rejection
    {
        public BelowDisbursed(Money paid, Money wanted)
            : base("below-disbursed", "/newAmount", $"{paid} was paid of it already; {wanted} is less.") => (Found, Wanted) = (Fen(wanted), $"at least {Fen(paid)}");
    }

    /// <summary>Less than is under contract.</summary>
    public sealed record BelowCommitted : Rejection
    {
        public BelowCommitted(Money committed, Money wanted)
            : base("below-committed", "/newAmount", $"{committed} of it is under contract; {wanted} is less. Correct or withdraw the contract first.") =>
            (Found, Wanted) = (Fen(wanted), $"at least {Fen(committed)}");
    }

    /// <summary>A change that goes back to the body that approved.</summary>
    public sealed record TierTooLow : Rejection
    {
        public TierTooLow(Tier found, Tier wanted)
            : base("tier-too-low", "/tier", "A change of this size or sort goes back to the tier that decided.") =>
            (Found, Wanted) = (Ledger.Code.Text(found), Ledger.Code.Text(wanted));
    }

    /// <summary>Something that the posting needs, given what else it says.</summary>
    public sealed record NothingStated : Rejection
    {
        public NothingStated(string field, string wanted)
            : base("nothing-stated", $"/{field}", $"With what else it says, the posting must state {wanted}.") => Wanted = wanted;
    }
}
