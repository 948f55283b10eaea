using DisclosureCloud.Ledger;

namespace DisclosureCloud.Site;

/// <summary>A payment as it stands, whatever kind of entry states it.</summary>
/// <param name="Fen">What was paid.</param>
/// <param name="BackFen">What of it came back.</param>
internal sealed record Payment(Posted<Fact> Posted, ProjectView Project, long Fen, long BackFen)
{
    /// <param name="entries">Of one fund, or of one project of it.</param>
    public static IReadOnlyList<Payment> Of(FundView fund, IEnumerable<Posted<Fact>> entries) => [.. entries.Select(posted => posted.Fact switch
    {
        Disbursement one => new Payment(posted, fund.ProjectOf(one.ProjectId), one.Amount.Fen, fund.RefundedOf(posted.Entry.Id)),
        HouseholdTransfer one => new Payment(posted, fund.ProjectOf(one.ProjectId), one.Amount.Fen, (one.Returned?.Fen ?? 0) + fund.RefundedOf(posted.Entry.Id)),
        OpeningBalance { ProjectId: { } project, Disbursed: { } paid } => new Payment(posted, fund.ProjectOf(project), paid.Fen, 0),
        _ => null,
    }).OfType<Payment>()];
}

/// <summary>Payments from one fund, in the order of the ledger. A payment of zero is what a notice states, and says so.</summary>
internal static class PaymentTable
{
    /// <param name="withProject">False on the page of one project, which need not say its own name in every row: there the day names the row.</param>
    public static LongTable<Payment> Of(Thing thing, string name, FundView fund, IEnumerable<Posted<Fact>> entries, bool withProject) =>
        new(thing, name, static c => c.Texts.PaymentsTable, Payment.Of(fund, entries), (c, part) => Table(c, fund, part, withProject)) { Paging = Paging.NewestFirst(60) };

    private static Fragment Table(PageContext c, FundView fund, TablePart<Payment> payments, bool withProject) => FactTable.Fold(c, payments, Fragment.Of(page =>
    {
        string back = c.Texts.InYuan.Plain(c.Say(MoneyWords.CameBack));
        page.Write($"""
            <div class="scroll" role="region" aria-labelledby="{payments.Whole.TableId}-caption" tabindex="0">
            <table id="{payments.Whole.TableId}" class="wide stack"><caption id="{payments.Whole.TableId}-caption">{c.Texts.PaymentsTable}{payments.Rows(c)}</caption>
            <thead><tr>{Fragment.When(withProject, part => part.Write($"""<th scope="col">{c.Texts.Project}</th>"""))}<th scope="col">{c.Texts.When}</th><th scope="col">{c.Texts.PaymentNature}</th><th scope="col" class="n">{c.Texts.AmountYuan}</th><th scope="col" class="n">{back}</th></tr></thead>
            <tbody>{Fragment.Each(payments.Items, (_, paid) => page.Write($"""
            <tr>{Row(c, paid, withProject)}<td data-l="{c.Texts.PaymentNature}">{Nature(c, fund, paid)}</td>{c.Cell(paid.Fen) with { Label = c.Texts.AmountYuan }}{new Optional(paid.BackFen, c.Texts, back)}</tr>
            """))}</tbody>{Fragment.When(payments.IsFirst, part => Total(part, c, payments, withProject, back))}</table>
            </div>
            {payments.Turn(c)}
            """);
    }));

    private static void Total(PageWriter page, PageContext c, TablePart<Payment> payments, bool withProject, string back) => page.Write($"""
        <tfoot><tr><th scope="row" colspan="{(withProject ? 3 : 2)}">{payments.TotalHead(c)}</th>{c.Cell(payments.Whole.Rows.Sum(paid => paid.Fen)) with { Label = c.Texts.AmountYuan }}{new Optional(payments.Whole.Rows.Sum(paid => paid.BackFen), c.Texts, back)}</tr></tfoot>
        """);

    private static Fragment Row(PageContext c, Payment paid, bool withProject) => Fragment.Of(page =>
    {
        Fragment mark = AmendmentMark.Of(c, paid.Posted.Entry.Id);
        Day day = c.Day(paid.Posted.Entry.Date);
        if (withProject)
        {
            page.Write($"""<th scope="row">{c.ProjectLink(paid.Project)}{mark}</th><td data-l="{c.Texts.When}">{day}</td>""");
        }
        else
        {
            page.Write($"""<th scope="row">{day}{mark}</th>""");
        }
    });

    private static Fragment Nature(PageContext c, FundView fund, Payment paid) => Fragment.Of(page =>
    {
        switch (paid.Posted.Fact)
        {
            case Disbursement { Amount.IsZero: true }:
                page.Write($"{c.Texts.StatedNothingPaid}");
                break;
            case Disbursement { Nature: DisbursementNature.TransferToUnit }:
                long claimed = fund.Books.Payments.GetValueOrDefault(paid.Posted.Entry.Id)?.Claimed.Fen ?? 0;
                page.Write($"{c.Texts.PaymentOf(DisbursementNature.TransferToUnit)} <small>{c.Phrase(MoneyWords.ClaimedOf).With(c.Sum(claimed))}</small>");
                break;
            case Disbursement { Nature: { } nature }:
                page.Write($"{c.Texts.PaymentOf(nature)}");
                break;
            case HouseholdTransfer:
                page.Write($"{c.Say(MoneyWords.HouseholdBatch)}");
                break;
            case OpeningBalance:
                page.Write($"{c.Say(MoneyWords.BeforeLog)}");
                break;
            default:
                page.Write($"{c.NotStated}");
                break;
        }
    });
}
