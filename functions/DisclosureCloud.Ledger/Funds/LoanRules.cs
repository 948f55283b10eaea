namespace DisclosureCloud.Ledger;

/// <summary>A revolving fund: lent, repaid with fees, written off, lent again. Goods are counted beside all money.</summary>
internal static class LoanRules
{
    public static Rejection? Check(FundBooks books, Loan loan, About about)
    {
        if (CheckForm(books, loan, about) is { } rejection)
        {
            return rejection;
        }

        Money amount = loan.Amount ?? Money.Zero(books.Free.Currency);
        return amount > books.Free ? new Rejection.ExceedsFree(books.Free, amount) : FundRules.Room(books) ?? FundRules.Fits(books.Lent, amount);
    }

    public static Rejection? CheckForm(FundBooks books, Loan loan, About about)
    {
        if (books.Type != FundType.Revolving)
        {
            return new Rejection.NotRevolving(books.Fund);
        }

        bool inKind = loan.Quantity is { IsZero: false };
        return inKind == loan.Amount is not null || inKind != loan.Measure is not null || loan.Quantity is { IsZero: true }
            ? new Rejection.MoneyOrGoods("amount")
            : CheckTerm(loan, about);
    }

    // Due within the dates that make sense: a term may be stated that no calendar reaches.
    private static Rejection? CheckTerm(Loan loan, About about)
    {
        if (about.Date is not { } date)
        {
            return null;
        }

        return loan.Term > TermMax(date) ? new Rejection.TermTooLong(loan.Term, TermMax(date)) : null;
    }

    /// <summary>When a loan is due; null where its date is not stated, or no calendar reaches so far: an amendment is asked for its form after the books.</summary>
    public static DateOnly? DueOf(Loan loan, DateOnly? date) => date is { } made && loan.Term <= TermMax(made) ? made.AddMonths(loan.Term) : null;

    private static int TermMax(DateOnly date) => ((CivilDate.Last.Year - date.Year) * 12) + CivilDate.Last.Month - date.Month;

    public static Rejection? Check(FundBooks books, Repayment back)
    {
        if (!books.Loans.TryGetValue(back.Loan, out LoanAccount? loan))
        {
            return new Rejection.NoSuchLoan(back.Loan);
        }

        return CheckForm(loan, back) ?? CheckOutstanding(loan, back.Principal, back.Quantity, "principal")
            ?? FundRules.Fits(books.PrincipalRepaid, back.Principal ?? default, "principal")
            ?? FundRules.Fits(books.Received, back.Fee ?? default, "fee");
    }

    public static Rejection? Check(FundBooks books, WriteOff loss)
    {
        if (!books.Loans.TryGetValue(loss.Loan, out LoanAccount? loan))
        {
            return new Rejection.NoSuchLoan(loss.Loan);
        }

        return CheckForm(loan, loss) ?? CheckOutstanding(loan, loss.Amount, loss.Quantity, "amount") ?? FundRules.Fits(books.WrittenOff, loss.Amount ?? default);
    }

    public static Rejection? CheckForm(LoanAccount loan, Repayment back) => back is { Principal: null, Fee: null, Quantity: null }
        ? new Rejection.NothingStated("principal", "principal, fee, quantity")
        : CheckGoods(loan, back.Principal, back.Quantity, "principal");

    public static Rejection? CheckForm(LoanAccount loan, WriteOff loss) => loss is { Amount: null, Quantity: null }
        ? new Rejection.NothingStated("amount", "amount, quantity")
        : CheckGoods(loan, loss.Amount, loss.Quantity, "amount");

    // What was lent as money comes back as money, and goods as goods.
    private static Rejection? CheckGoods(LoanAccount loan, Money? amount, Quantity? goods, string field) =>
        (loan.IsInKind ? amount is not null : goods is not null) ? new Rejection.MoneyOrGoods(loan.IsInKind ? field : "quantity") : null;

    private static Rejection? CheckOutstanding(LoanAccount loan, Money? amount, Quantity? goods, string field)
    {
        if (amount is { } money && money > loan.Outstanding)
        {
            return new Rejection.ExceedsOutstanding(loan.Outstanding, money, field);
        }

        return goods is { } many && many > loan.QuantityOutstanding ? new Rejection.ExceedsGoods(loan.QuantityOutstanding, many) : null;
    }
}
