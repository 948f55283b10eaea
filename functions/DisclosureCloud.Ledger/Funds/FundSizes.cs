using System.Runtime.InteropServices;

namespace DisclosureCloud.Ledger;

/// <summary>Whether the totals of entries, as they would stand after a correction, are still amounts: asked before they are added up.</summary>
/// <remarks>A fact that is new is held against the totals of the books. A replacement is not in them yet, and what it replaces still is.</remarks>
internal static class FundSizes
{
    /// <param name="live">The entries as they would stand.</param>
    /// <param name="amended">The one that says something new. Without it every total was an amount.</param>
    public static Rejection? Check(IReadOnlyCollection<Entry> live, EntryId amended)
    {
        foreach (IGrouping<string, Part> total in live.SelectMany(Parts).GroupBy(part => part.Total, StringComparer.Ordinal))
        {
            Int128 whole = total.Aggregate((Int128)0, (sum, part) => sum + part.Amount);
            if (whole > Money.FenMax)
            {
                Part own = total.Last(part => part.Entry == amended);
                Money others = new((long)Int128.Min(whole - own.Amount, Money.FenMax));
                return own.Field == GoodsField
                    ? new Rejection.ExceedsGoods(Quantity.OfThousandths(Money.FenMax - others.Fen), Quantity.OfThousandths(own.Amount))
                    : new Rejection.TotalTooLarge(others, new Money(own.Amount), own.Field);
            }
        }

        return null;
    }

    private const string GoodsField = "quantity";

    private static IEnumerable<Part> Parts(Entry entry)
    {
        return entry.Fact switch
        {
            Appropriation one => [Of("received", "amount", one.Amount)],
            Interest one => [Of("received", "amount", one.Amount)],
            OpeningBalance one =>
            [
                Of("received", "appropriated", one.Appropriated), Of("received", "interest", one.Interest), Of("returned", "returned", one.Returned),
                Of("passed down", "passedDown", one.PassedDown), Of("allocated", "allocated", one.Allocated), Of("disbursed", "disbursed", one.Disbursed),
            ],
            ReturnToSource one => [Of("returned", "amount", one.Amount)],
            PassDown one => [Of("passed down", "amount", one.Amount)],
            Allocation one => [Of("allocated", "amount", one.Amount)],
            AllocationReduction one => [Of("reduced", "newAmount", one.OldAmount - one.NewAmount)],
            ContractCommitment one => [Of("committed", "amount", one.Amount)],
            Disbursement one => [Of("disbursed", "amount", one.Amount)],
            HouseholdTransfer one => [Of("disbursed", "amount", one.Amount), Of("refunded", "returned", one.Returned)],
            Refund one => [Of("refunded", "amount", one.Amount)],
            Claim one => [Of("claimed", "amount", one.Amount)],
            Loan one => [Of("lent", "amount", one.Amount)],
            Repayment one =>
            [
                Of("repaid", "principal", one.Principal), Of("received", "fee", one.Fee), Goods($"repaid of {one.Loan}", one.Quantity),
            ],
            WriteOff one => [Of("written off", "amount", one.Amount), Goods($"written off of {one.Loan}", one.Quantity)],
            _ => [],
        };

        Part Of(string total, string field, Money? amount) => new(entry.Id, total, field, amount?.Fen ?? 0);

        Part Goods(string total, Quantity? goods) => new(entry.Id, total, GoodsField, goods?.Thousandths ?? 0);
    }

    [StructLayout(LayoutKind.Auto)]
    private readonly record struct Part(EntryId Entry, string Total, string Field, long Amount);
}
