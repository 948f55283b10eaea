using System.Collections.Immutable;

namespace DisclosureCloud.Ledger;

/// <summary>The books of one fund: its running totals and accounts, carried by every commit of its stream.</summary>
/// <remarks>The identities are those of design section 4, rule 1; <see cref="FundIdentities"/> checks them as a whole.</remarks>
public sealed record FundBooks : StreamState
{
    /// <summary>Every commit carries a line for each account, so that their number is bounded: some 100 bytes each.</summary>
    public const int AccountsMax = 5_000;

    public FundId Fund { get; init; }

    public BudgetYear Year { get; init; }

    public RegionCode Region { get; init; }

    public FundType Type { get; init; }

    /// <summary>The programmes that it may pay for, by itself or by an integration plan; any where there is none.</summary>
    public ImmutableArray<Programme> Programmes { get; init; } = [];

    /// <summary>The categories that it may pay for, by itself or by an integration plan; any where there is none.</summary>
    public ImmutableArray<PlanCategory> Categories { get; init; } = [];

    /// <summary>True where some of the totals come from before the log.</summary>
    public bool HasOpening { get; init; }

    /// <summary>Given to the fund.</summary>
    public Money Appropriated { get; init; }

    public Money Interest { get; init; }

    /// <summary>Returned to its source.</summary>
    public Money Returned { get; init; }

    /// <summary>Given on to lower governments.</summary>
    public Money PassedDown { get; init; }

    /// <summary>Shared out to projects and programmes, before reductions.</summary>
    public Money Allocated { get; init; }

    /// <summary>Taken back from projects and programmes before it was paid.</summary>
    public Money Reduced { get; init; }

    /// <summary>Under contract.</summary>
    public Money Committed { get; init; }

    /// <summary>Paid against allocations, before refunds.</summary>
    public Money Disbursed { get; init; }

    /// <summary>Paid and come back.</summary>
    public Money Refunded { get; init; }

    public Money Lent { get; init; }

    public Money PrincipalRepaid { get; init; }

    public Money Fees { get; init; }

    public Money WrittenOff { get; init; }

    /// <summary>The projects that it registers.</summary>
    public ImmutableSortedDictionary<ProjectId, ProjectAccount> Projects { get; init; } = ById<ProjectId, ProjectAccount>();

    /// <summary>Every allocation and what was done with it.</summary>
    public ImmutableSortedDictionary<EntryId, AllocationAccount> Allocations { get; init; } = ById<EntryId, AllocationAccount>();

    /// <summary>Every appropriation, and what draws on it by name.</summary>
    public ImmutableSortedDictionary<EntryId, AppropriationAccount> Appropriations { get; init; } = ById<EntryId, AppropriationAccount>();

    /// <summary>Every contract and what was paid of it.</summary>
    public ImmutableSortedDictionary<EntryId, CommitmentAccount> Commitments { get; init; } = ById<EntryId, CommitmentAccount>();

    /// <summary>Those payments of which something came back or was claimed; the others need no account.</summary>
    public ImmutableSortedDictionary<EntryId, PaymentAccount> Payments { get; init; } = ById<EntryId, PaymentAccount>();

    public ImmutableSortedDictionary<EntryId, LoanAccount> Loans { get; init; } = ById<EntryId, LoanAccount>();

    /// <summary>Pass-downs of other funds, and how much of each this fund has acknowledged.</summary>
    public ImmutableSortedDictionary<EntryId, Money> Receipts { get; init; } = ById<EntryId, Money>();

    /// <summary>What finance stated at the end of each year.</summary>
    public ImmutableArray<YearEnd> YearEnds { get; init; } = [];

    /// <summary>The commitment to the content of the notice that made it, by which the same notice is known again.</summary>
    public NoticeMark? Notice { get; init; }

    /// <summary>Shared out and not taken back.</summary>
    public Money NetAllocated => Allocated - Reduced;

    /// <summary>Paid and not come back.</summary>
    public Money NetDisbursed => Disbursed - Refunded;

    /// <summary>Lent and neither repaid nor written off.</summary>
    public Money Outstanding => Lent - PrincipalRepaid - WrittenOff;

    /// <summary>Paid to units that have not accounted for it: moved, not spent.</summary>
    public Money Moved => Sum(account => account.Moved);

    /// <summary>Paid as deposits: placed, not spent.</summary>
    public Money Placed => Sum(account => account.Type == ProjectType.RiskDeposit ? account.NetDisbursed - account.Moved : default);

    /// <summary>Paid, neither moved nor placed.</summary>
    public Money Spent => NetDisbursed - Moved - Placed;

    /// <summary>All that ever came in from outside: the rules keep this sum an amount, so that what is taken from it is one too.</summary>
    public Money Received => Appropriated + Interest + Fees;

    /// <summary>What can still be shared out, passed down, lent or returned. Never below zero.</summary>
    public Money Free => Received - Returned - PassedDown - NetAllocated - (Lent - PrincipalRepaid);

    /// <summary>What is in the fund's account: what came in and did not go out.</summary>
    public Money Cash => Received - Returned - PassedDown - NetDisbursed - (Lent - PrincipalRepaid);

    /// <summary>How many accounts a commit carries.</summary>
    public int AccountCount => Projects.Count + Allocations.Count + Appropriations.Count + Commitments.Count + Payments.Count + Loans.Count + Receipts.Count;

    public static FundBooks Open(Fund fund)
    {
        ArgumentNullException.ThrowIfNull(fund);
        return new FundBooks
        {
            Fund = fund.FundId,
            Year = fund.BudgetYear,
            Region = fund.Region,
            Type = fund.Type ?? FundType.Earmarked,
            Programmes = fund.Programmes,
            Categories = fund.Categories,
        };
    }

    public override StreamState With(Fact fact, About about) => FundMovements.Apply(this, fact, about);

    /// <summary>The books of each fund, from entries as they now stand (<see cref="History.Live"/>); for readers that have no commits.</summary>
    public static IReadOnlyDictionary<FundId, FundBooks> Fold(IEnumerable<Entry> live)
    {
        ArgumentNullException.ThrowIfNull(live);
        Entry[] all = [.. live];
        Dictionary<EntryId, Fact> facts = all.ToDictionary(entry => entry.Id, entry => entry.Fact);
        return all.Where(entry => IsOfStream(entry.Fact))
            .GroupBy(entry => ((IOfFund)entry.Fact).FundId)
            .Where(ofOne => ofOne.Any(entry => entry.Fact is Fund))
            .ToDictionary(ofOne => ofOne.Key, ofOne => FundMovements.Fold([.. ofOne], facts));
    }

    /// <summary>True where a fact belongs to a fund's stream.</summary>
    public static bool IsOfStream(Fact fact) => fact is IOfFund && StreamName.For(fact).Type == StreamType.Fund;

    private Money Sum(Func<ProjectAccount, Money> part) =>
        Projects.Values.Aggregate(Money.Zero(Appropriated.Currency), (sum, account) => sum + part(account));

    private static ImmutableSortedDictionary<TId, TAccount> ById<TId, TAccount>()
        where TId : struct, IId<TId> => ImmutableSortedDictionary.Create<TId, TAccount>(new IdOrder<TId>());
}

/// <summary>The notice that made a fund, as its books remember it.</summary>
public sealed record NoticeMark
{
    public NoticeId Id { get; init; }

    public Commitment Content { get; init; }

    public PostingId Posting { get; init; }
}
