using DisclosureCloud.Ledger;

namespace DisclosureCloud.Site;

/// <summary>What a loan in kind, its repayment or its write-off counts. It is no money: it has no amount, not even one of zero.</summary>
/// <param name="Measure">Of what; null where nobody has said.</param>
internal sealed record Goods(Quantity Quantity, FreeText? Measure)
{
    /// <summary>Null for everything else. What came back is counted as what was lent.</summary>
    public static Goods? Of(World world, Fact fact) => fact switch
    {
        Loan { Quantity: { } lent } loan => new Goods(lent, loan.Measure),
        Repayment { Quantity: { } back } one => new Goods(back, MeasureOf(world, one.Loan)),
        WriteOff { Quantity: { } lost } one => new Goods(lost, MeasureOf(world, one.Loan)),
        _ => null,
    };

    public Fragment Say(PageContext c) => Fragment.Of(page => page.Write($"""<span class="goods">{Quantity.ToString()} {c.Name(Measure)}</span>"""));

    private static FreeText? MeasureOf(World world, EntryId loan) => (world.History.Find(loan)?.Now.Fact as Loan)?.Measure;
}
