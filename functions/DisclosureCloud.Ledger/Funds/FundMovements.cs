using System.Collections.Immutable;

namespace DisclosureCloud.Ledger;

/// <summary>What each fact does to a fund's books. It asks for no leave: <see cref="FundRules"/> and <see cref="FundIdentities"/> give it.</summary>
internal static class FundMovements
{
    // An account must be there before what names it; beyond that the order makes no difference to a sum.
    private static readonly Type[] Order =
    [
        typeof(Fund), typeof(Appropriation), typeof(Interest), typeof(IntegrationPlan), typeof(PassDown), typeof(Project), typeof(ProjectChange),
        typeof(OpeningBalance), typeof(Allocation), typeof(AllocationReduction), typeof(ContractCommitment), typeof(Disbursement),
        typeof(HouseholdTransfer), typeof(Refund), typeof(Claim), typeof(ReturnToSource), typeof(Loan), typeof(Repayment), typeof(WriteOff),
        typeof(CarryOver), typeof(Evaluation), typeof(Notice),
    ];

    /// <summary>The books from the facts of one fund as they now stand, in whatever order they were recorded.</summary>
    public static FundBooks Fold(IReadOnlyCollection<Entry> live, IReadOnlyDictionary<EntryId, Fact> facts)
    {
        FundBooks? books = null;
        foreach (Entry entry in live.OrderBy(entry => Array.IndexOf(Order, entry.Fact.GetType())))
        {
            books = entry.Fact is Fund fund && books is null ? FundBooks.Open(fund) : Apply(books!, entry.Fact, AboutOf(entry, facts));
        }

        return books!;
    }

    public static FundBooks Apply(FundBooks books, Fact fact, About about) => fact switch
    {
        Appropriation one => Give(books, one, about.Id),
        Interest one => books with { Interest = books.Interest + one.Amount },
        ReturnToSource one => books with
        {
            Returned = books.Returned + one.Amount,
            Appropriations = one.Appropriation is { } from ? books.Appropriations.Change(from, it => it with { Returned = it.Returned + one.Amount }) : books.Appropriations,
        },
        PassDown one => books with { PassedDown = books.PassedDown + one.Amount },
        IntegrationPlan one => books with
        {
            // A fund that may pay for anything is not narrowed by a plan that widens it.
            Programmes = books.Programmes.IsEmpty ? [] : [.. books.Programmes.Union(one.Programmes)],
            Categories = books.Categories.IsEmpty ? [] : [.. books.Categories.Union(one.Categories)],
        },
        OpeningBalance one => Bring(books, one, about.Id),
        Project one => books with { Projects = books.Projects.Add(one.ProjectId, AccountOf(one)) },
        ProjectChange one => books with { Projects = books.Projects.Change(one.ProjectId, it => Changed(it, one)) },
        Allocation one => Allocate(books, one.ProjectId, about.Id, one.Amount, one.Appropriation),
        AllocationReduction one => Reduce(books, one),
        ContractCommitment one => Commit(books, one, about.Id),
        Disbursement one => Pay(books, PaymentAccount.Of(one)!),
        HouseholdTransfer one => Refund(Pay(books, PaymentAccount.Of(one)!), PaymentAccount.Of(one)!, PaymentAccount.Of(one)!.Refunded),
        Refund one => Refund(books, one, about),
        Claim one => Claim(books, one, about),
        Loan one => Lend(books, one, about),
        Repayment one => Repay(books, one),
        WriteOff one => WriteOff(books, one),
        CarryOver one => books with { YearEnds = books.YearEnds.Add(new YearEnd { Year = one.Year, CarriedOver = one.CarriedOver, Surplus = one.Surplus }) },
        Notice or Evaluation => books,
        _ => throw new InvalidOperationException($"A {KindSchema.Of(fact).Name} is no fact of an open fund's stream."),
    };

    private static About AboutOf(Entry entry, IReadOnlyDictionary<EntryId, Fact> facts) => new(
        entry.Id, entry.Date, entry.Department, CitedBy(entry.Fact) is { } cited ? facts.GetValueOrDefault(cited) : null);

    /// <summary>The entry that a fact cites of which the books keep no account unless something came of it.</summary>
    public static EntryId? CitedBy(Fact fact) => fact switch
    {
        Refund one => one.Disbursement,
        Claim one => one.Transfer,
        Appropriation one => one.PassDown,
        _ => null,
    };

    private static FundBooks Give(FundBooks books, Appropriation one, EntryId id) => books with
    {
        Appropriated = books.Appropriated + one.Amount,
        Appropriations = books.Appropriations.Add(id, new AppropriationAccount { Amount = one.Amount }),
        Receipts = one.PassDown is { } from
            ? books.Receipts.SetItem(from, books.Receipts.GetValueOrDefault(from, Money.Zero(one.Amount.Currency)) + one.Amount)
            : books.Receipts,
    };

    private static FundBooks Bring(FundBooks books, OpeningBalance one, EntryId id)
    {
        Money none = Money.Zero(books.Appropriated.Currency);
        if (one.ProjectId is not { } project)
        {
            return books with
            {
                HasOpening = true,
                Appropriated = books.Appropriated + (one.Appropriated ?? none),
                Interest = books.Interest + (one.Interest ?? none),
                Returned = books.Returned + (one.Returned ?? none),
                PassedDown = books.PassedDown + (one.PassedDown ?? none),
            };
        }

        FundBooks allocated = Allocate(books, project, id, one.Allocated ?? none, appropriation: null);
        return one.Disbursed is { } paid ? Pay(allocated, new PaymentAccount { Project = project, Allocation = id, Amount = paid }) : allocated;
    }

    private static ProjectAccount AccountOf(Project one) => new()
    {
        Type = one.Type,
        Programme = one.Programme,
        Category = one.Category,
        FromNotice = one.Notice is not null,
        Targets = one.Targets.Length,
        Milestones = one.Milestones.Length,
        TotalInvestment = one.TotalInvestment,
    };

    private static ProjectAccount Changed(ProjectAccount account, ProjectChange one) => account with
    {
        Closed = account.Closed || one.Change is ProjectChangeType.Cancelled or ProjectChangeType.Merged or ProjectChangeType.Split,
        Successors = one.Successors.IsEmpty ? account.Successors : one.Successors,
        Targets = one.Targets.IsEmpty ? account.Targets : one.Targets.Length,
        Milestones = one.Milestones.IsEmpty ? account.Milestones : one.Milestones.Length,
        TotalInvestment = one.TotalInvestment ?? account.TotalInvestment,
    };

    private static FundBooks Allocate(FundBooks books, ProjectId project, EntryId id, Money amount, EntryId? appropriation) => books with
    {
        Allocated = books.Allocated + amount,
        Projects = books.Projects.Change(project, it => it with { Allocated = it.Allocated + amount }),
        Allocations = books.Allocations.Add(id, new AllocationAccount { Project = project, Amount = amount, Appropriation = appropriation }),
        Appropriations = appropriation is { } from ? books.Appropriations.Change(from, it => it with { Allocated = it.Allocated + amount }) : books.Appropriations,
    };

    private static FundBooks Reduce(FundBooks books, AllocationReduction one)
    {
        Money less = one.OldAmount - one.NewAmount;
        EntryId? from = books.Allocations[one.Allocation].Appropriation;
        return books with
        {
            Reduced = books.Reduced + less,
            Projects = books.Projects.Change(one.ProjectId, it => it with { Reduced = it.Reduced + less }),
            Allocations = books.Allocations.Change(one.Allocation, it => it with { Reduced = it.Reduced + less }),
            Appropriations = from is { } drawn ? books.Appropriations.Change(drawn, it => it with { Allocated = it.Allocated - less }) : books.Appropriations,
        };
    }

    private static FundBooks Commit(FundBooks books, ContractCommitment one, EntryId id) => books with
    {
        Committed = books.Committed + one.Amount,
        Projects = books.Projects.Change(one.ProjectId, it => it with { Committed = it.Committed + one.Amount }),
        Allocations = books.Allocations.Change(one.Allocation, it => it with { Committed = it.Committed + one.Amount }),
        Commitments = books.Commitments.Add(id, new CommitmentAccount
        {
            Project = one.ProjectId,
            Allocation = one.Allocation,
            Amount = one.Amount,
            AdvanceRate = one.AdvanceRate,
            RetentionRate = one.RetentionRate,
        }),
    };

    private static FundBooks Pay(FundBooks books, PaymentAccount paid)
    {
        Money moved = MovedBy(paid, paid.Amount);
        return books with
        {
            Disbursed = books.Disbursed + paid.Amount,
            Projects = books.Projects.Change(paid.Project, it => it with
            {
                Disbursed = it.Disbursed + paid.Amount, Moved = it.Moved + moved, Disbursements = it.Disbursements + 1,
            }),
            Allocations = books.Allocations.Change(paid.Allocation, it => it with { Disbursed = it.Disbursed + paid.Amount }),
            Commitments = PaidOf(books, paid, paid.Amount),
        };
    }

    private static FundBooks Refund(FundBooks books, Refund one, About about)
    {
        PaymentAccount paid = books.PaymentOf(one.Disbursement, about.Cited)!;
        return Refund(books, paid, one.Amount) with
        {
            Payments = books.Payments.SetItem(one.Disbursement, paid with { Refunded = paid.Refunded + one.Amount }),
        };
    }

    private static FundBooks Refund(FundBooks books, PaymentAccount paid, Money back) => books with
    {
        Refunded = books.Refunded + back,
        Projects = books.Projects.Change(paid.Project, it => it with { Refunded = it.Refunded + back, Moved = it.Moved - MovedBy(paid, back) }),
        Allocations = books.Allocations.Change(paid.Allocation, it => it with { Refunded = it.Refunded + back }),
        Commitments = PaidOf(books, paid, Money.Zero(back.Currency) - back),
    };

    private static FundBooks Claim(FundBooks books, Claim one, About about)
    {
        PaymentAccount paid = books.PaymentOf(one.Transfer, about.Cited)!;
        return books with
        {
            Projects = books.Projects.Change(one.ProjectId, it => it with { Moved = it.Moved - one.Amount }),
            Payments = books.Payments.SetItem(one.Transfer, paid with { Claimed = paid.Claimed + one.Amount }),
        };
    }

    private static Money MovedBy(PaymentAccount paid, Money amount) =>
        paid.Nature == DisbursementNature.TransferToUnit ? amount : Money.Zero(amount.Currency);

    private static ImmutableSortedDictionary<EntryId, CommitmentAccount> PaidOf(FundBooks books, PaymentAccount paid, Money amount) =>
        paid.Commitment is not { } contract ? books.Commitments : books.Commitments.Change(contract, it => it with
        {
            Paid = it.Paid + amount,
            Released = paid.Nature == DisbursementNature.RetentionRelease ? it.Released + amount : it.Released,
        });

    private static FundBooks Lend(FundBooks books, Loan one, About about) => books with
    {
        Lent = books.Lent + (one.Amount ?? default),
        Loans = books.Loans.Add(about.Id, new LoanAccount
        {
            Amount = one.Amount ?? default, Quantity = one.Quantity ?? default, Due = LoanRules.DueOf(one, about.Date),
        }),
    };

    private static FundBooks Repay(FundBooks books, Repayment one) => books with
    {
        PrincipalRepaid = books.PrincipalRepaid + (one.Principal ?? default),
        Fees = books.Fees + (one.Fee ?? default),
        Loans = books.Loans.Change(one.Loan, it => it with
        {
            Repaid = it.Repaid + (one.Principal ?? default),
            Fees = it.Fees + (one.Fee ?? default),
            QuantityRepaid = it.QuantityRepaid + (one.Quantity ?? default),
        }),
    };

    private static FundBooks WriteOff(FundBooks books, WriteOff one) => books with
    {
        WrittenOff = books.WrittenOff + (one.Amount ?? default),
        Loans = books.Loans.Change(one.Loan, it => it with
        {
            WrittenOff = it.WrittenOff + (one.Amount ?? default), QuantityWrittenOff = it.QuantityWrittenOff + (one.Quantity ?? default),
        }),
    };

    /// <summary>The account of a payment: the one that is kept, or a new one of the payment itself; null where there is no such payment.</summary>
    /// <remarks>What took a payment's place is no second payment: under its id the same money would come back twice.</remarks>
    public static PaymentAccount? PaymentOf(this FundBooks books, EntryId id, Fact? cited) =>
        books.Payments.GetValueOrDefault(id)
        ?? (cited is IOfFund ofFund && ofFund.FundId == books.Fund && !books.Replacements.Contains(id) ? PaymentAccount.Of(cited) : null);

    private static ImmutableSortedDictionary<TId, TAccount> Change<TId, TAccount>(
        this ImmutableSortedDictionary<TId, TAccount> accounts, TId id, Func<TAccount, TAccount> change)
        where TId : notnull => accounts.SetItem(id, change(accounts[id]));
}
