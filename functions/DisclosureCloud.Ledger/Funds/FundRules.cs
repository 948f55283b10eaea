namespace DisclosureCloud.Ledger;

/// <summary>The rules of money, one ladder a kind: the checks stand in the order in which a reader would make them.</summary>
/// <remarks>Pure: the books and one fact in; the new books, or one named rejection, out. Design section 4, rules 1, 2 and 3.</remarks>
public static class FundRules
{
    /// <param name="books">The fund's books; null where it has none yet.</param>
    /// <param name="fact">What is to be recorded.</param>
    /// <param name="id">The id that its entry will have.</param>
    /// <returns>The books after it, or the rejection; never both.</returns>
    public static Decision Decide(FundBooks? books, Fact fact, EntryId id) => fact switch
    {
        Fund one => books is null ? FundBooks.Open(one) : new Rejection.FundExists(one.FundId),
        _ when books is null => new Rejection.NoSuchFund(FundBooks.FundIdOf(fact)),
        Appropriation one => Ladder(books, one, id, Check(books, one)),
        PassDown one => Ladder(books, one, id, Check(books, one)),
        Project one => Ladder(books, one, id, Check(books, one)),
        Allocation one => Ladder(books, one, id, Check(books, one)),
        Disbursement one => Ladder(books, one, id, Check(books, one)),
        _ => books.With(fact, id),
    };

    /// <summary>Decides several facts as one: all, or the first rejection.</summary>
    public static Decision DecideAll(FundBooks? books, IReadOnlyList<Fact> facts, PostingId posting)
    {
        ArgumentNullException.ThrowIfNull(facts);
        FundBooks? now = books;
        for (int i = 0; i < facts.Count; i++)
        {
            Decision decision = Decide(now, facts[i], EntryId.Of(posting, i + 1));
            if (decision.Rejection is not null)
            {
                return decision;
            }

            now = decision.Books;
        }

        return now ?? throw new ArgumentException("There is nothing to decide.", nameof(facts));
    }

    /// <summary>Facts about a project that are not money need only that the fund has registered it.</summary>
    public static Rejection? CheckProject(FundBooks? books, FundId fund, ProjectId project)
    {
        if (books is null)
        {
            return new Rejection.NoSuchFund(fund);
        }

        return books.Projects.ContainsKey(project) ? null : new Rejection.NoSuchProject(project);
    }

    private static Decision Ladder(FundBooks books, Fact fact, EntryId id, Rejection? rejection) =>
        rejection is null ? books.With(fact, id) : rejection;

    private static Rejection? Check(FundBooks books, Appropriation money)
    {
        if (!books.Appropriated.TryAdd(money.Amount, out _))
        {
            return new Rejection.TotalTooLarge(books.Appropriated, money.Amount);
        }

        return null;
    }

    private static Rejection? Check(FundBooks books, PassDown money)
    {
        if (money.Amount > books.Free)
        {
            return new Rejection.ExceedsFree(books.Free, money.Amount);
        }

        if (money.Transferred is { } transferred && transferred > money.Amount)
        {
            return new Rejection.ExceedsPassedDown(money.Amount, transferred);
        }

        return CheckInvestment(money.TotalInvestment, money.Amount, money.SelfRaised);
    }

    private static Rejection? Check(FundBooks books, Project project)
    {
        if (books.Projects.ContainsKey(project.ProjectId))
        {
            return new Rejection.ProjectExists(project.ProjectId);
        }

        if (NoticeFacts.FundOf(project.ProjectId) is { } owner && owner != books.Fund)
        {
            return new Rejection.ProjectIdOfOtherFund(project.ProjectId, books.Fund);
        }

        if (books.Projects.Count >= FundBooks.AllocationsMax)
        {
            return new Rejection.TooManyAccounts(FundBooks.AllocationsMax);
        }

        // A published notice is its own evidence (rule 2); what is posted otherwise comes from the project library.
        if (project.Notice is null && project.PlanItem is null)
        {
            return new Rejection.NoPlanItem(project.ProjectId);
        }

        if (project.Programme is { } programme && !CodeYears.PovertyAlleviation.Cover(books.Year))
        {
            return new Rejection.CodeNotInForce("programme", Code.Text(programme), books.Year, CodeYears.PovertyAlleviation);
        }

        if (project.Category is { } category && !CodeYears.PovertyAlleviation.Cover(books.Year))
        {
            return new Rejection.CodeNotInForce("category", Code.Text(category), books.Year, CodeYears.PovertyAlleviation);
        }

        return CheckInvestment(project.TotalInvestment, amount: default, project.SelfRaised);
    }

    private static Rejection? CheckInvestment(Money? investment, Money amount, Money? own)
    {
        // Two amounts may come to more than any amount can be; that is more than the whole in any case.
        Money parts = amount.TryAdd(own ?? default, out Money sum) ? sum : new Money(Money.FenMax);
        return investment is { } whole && parts > whole ? new Rejection.InvestmentTooSmall(whole, parts) : null;
    }

    private static Rejection? Check(FundBooks books, Allocation money)
    {
        if (!books.Projects.TryGetValue(money.ProjectId, out ProjectAccount? project))
        {
            return new Rejection.NoSuchProject(money.ProjectId);
        }

        if (books.Allocations.Count >= FundBooks.AllocationsMax)
        {
            return new Rejection.TooManyAccounts(FundBooks.AllocationsMax);
        }

        if (money.Amount > books.Free)
        {
            return new Rejection.ExceedsFree(books.Free, money.Amount);
        }

        if (project.TotalInvestment is { } whole && money.Amount > whole - project.Allocated)
        {
            return new Rejection.ExceedsInvestment(whole - project.Allocated, money.Amount);
        }

        return null;
    }

    private static Rejection? Check(FundBooks books, Disbursement money)
    {
        if (!books.Allocations.TryGetValue(money.Allocation, out AllocationAccount? account))
        {
            return new Rejection.NoSuchAllocation(money.Allocation);
        }

        if (account.Project != money.ProjectId)
        {
            return new Rejection.AllocationOfOtherProject(money.Allocation, money.ProjectId, account.Project);
        }

        if (money.Amount > account.Left)
        {
            return new Rejection.ExceedsAllocated(account.Left, money.Amount);
        }

        return null;
    }
}

/// <summary>What the rules say: the books after the fact, or why not.</summary>
public sealed record Decision
{
    private Decision(FundBooks? books, Rejection? rejection) => (Books, Rejection) = (books, rejection);

    public FundBooks? Books { get; }

    public Rejection? Rejection { get; }

    public static Decision FromFundBooks(FundBooks books) => new(books, null);

    public static Decision FromRejection(Rejection rejection) => new(null, rejection);

    public static implicit operator Decision(FundBooks books) => FromFundBooks(books);

    public static implicit operator Decision(Rejection rejection) => FromRejection(rejection);
}
