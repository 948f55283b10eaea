namespace DisclosureCloud.Ledger;

/// <summary>What comes into a fund from above, goes down to others, and goes back.</summary>
internal static class AppropriationRules
{
    public static Rejection? Check(FundBooks books, Appropriation money, About about) =>
        FundRules.Room(books) ?? FundRules.Fits(books.Received, money.Amount) ?? CheckReceipt(books, money, about);

    /// <summary>A receipt names money that another fund sent to this place, and no more of it than is left.</summary>
    public static Rejection? CheckReceipt(FundBooks books, Appropriation money, About about)
    {
        if (money.PassDown is not { } id)
        {
            return null;
        }

        if (about.Cited is not PassDown sent)
        {
            return new Rejection.NoSuchPassDown(id);
        }

        if (sent.FundId == books.Fund)
        {
            return new Rejection.ReceiptOfOwnFund(id);
        }

        if (!sent.Place.Covers(books.Region))
        {
            return new Rejection.ReceiptOfOtherPlace(sent.Place, books.Region);
        }

        Money left = sent.Amount - books.Receipts.GetValueOrDefault(id, Money.Zero(sent.Amount.Currency));
        return money.Amount > left ? new Rejection.ExceedsPassedDown(left, money.Amount, "amount") : null;
    }

    public static Rejection? Check(FundBooks books, PassDown money) =>
        money.Amount > books.Free ? new Rejection.ExceedsFree(books.Free, money.Amount) : CheckParts(money);

    public static Rejection? CheckParts(PassDown money) => money.Transferred is { } transferred && transferred > money.Amount
        ? new Rejection.ExceedsPassedDown(money.Amount, transferred, "transferred")
        : ProjectRegistrationRules.CheckInvestment(money.TotalInvestment, money.Amount, money.SelfRaised);

    public static Rejection? Check(FundBooks books, ReturnToSource money)
    {
        if (money.Appropriation is { } id)
        {
            if (!books.Appropriations.TryGetValue(id, out AppropriationAccount? account))
            {
                return new Rejection.NoSuchAppropriation(id);
            }

            if (money.Amount > account.Left)
            {
                return new Rejection.ExceedsAppropriation(account.Left, money.Amount);
            }
        }

        if (money.Amount > books.Free)
        {
            return new Rejection.ExceedsFree(books.Free, money.Amount);
        }

        return FundRules.Fits(books.Returned, money.Amount);
    }
}
