using DisclosureCloud.Ledger;

namespace DisclosureCloud.Site;

/// <summary>Payments from one fund, at least one, in the order of the ledger. A payment of zero is what a notice states, and says so.</summary>
internal static class PaymentTable
{
    public static Fragment Of(PageContext c, IReadOnlyList<Posted<Disbursement>> payments) => Fragment.Of(page => page.Write($"""
        <div class="scroll" role="region" aria-labelledby="payments-{payments[0].Fact.FundId.Value}" tabindex="0">
        <table class="wide"><caption id="payments-{payments[0].Fact.FundId.Value}">{c.Texts.PaymentsTable}</caption>
        <thead><tr><th scope="col">{c.Texts.Project}</th><th scope="col">{c.Texts.When}</th><th scope="col">{c.Texts.PaymentNature}</th><th scope="col" class="n">{c.Texts.AmountYuan}</th></tr></thead>
        <tbody>{Fragment.Each(payments, (_, paid) => page.Write($"""
        <tr id="{paid.Entry.Id.Value}"><th scope="row">{c.ProjectLink(c.World.ProjectOf(paid.Fact.FundId, paid.Fact.ProjectId))}</th><td>{c.Day(paid.Entry.Date)}</td><td>{Nature(c, paid.Fact)}</td>{c.Cell(paid.Fact.Amount.Fen)}</tr>
        """))}</tbody>
        <tfoot><tr><th scope="row" colspan="3">{c.Texts.Total}</th>{c.Cell(payments.Sum(paid => paid.Fact.Amount.Fen))}</tr></tfoot></table>
        </div>

        """));

    private static Fragment Nature(PageContext c, Disbursement paid) => Fragment.Of(page =>
    {
        if (paid.Amount.IsZero)
        {
            page.Write($"{c.Texts.StatedNothingPaid}");
        }
        else if (paid.Nature is { } nature)
        {
            page.Write($"{c.Texts.PaymentOf(nature)}");
        }
        else
        {
            page.Write($"{c.NotStated}");
        }
    });
}
