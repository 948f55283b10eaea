using DisclosureCloud.Ledger;

namespace DisclosureCloud.Site;

/// <summary>A payment as it stands, whatever kind of entry states it.</summary>
/// <param name="Fen">What was paid.</param>
/// <param name="BackFen">What of it came back.</param>
internal sealed record Payment(Posted<Fact> Posted, ProjectView Project, long Fen, long BackFen)
{
    /// <param name="entries">Of one fund, or of one project of it.</param>
    public static IReadOnlyList<Payment> Of(FundView fund, IReadOnlyList<Posted<Fact>> entries) => [.. entries.Select(posted => posted.Fact switch
    {
        Disbursement one => new Payment(posted, Find(fund, one.ProjectId), one.Amount.Fen, BackOf(fund, posted.Entry.Id)),
        HouseholdTransfer one => new Payment(posted, Find(fund, one.ProjectId), one.Amount.Fen, (one.Returned?.Fen ?? 0) + BackOf(fund, posted.Entry.Id)),
        OpeningBalance { ProjectId: { } project, Disbursed: { } paid } => new Payment(posted, Find(fund, project), paid.Fen, 0),
        _ => null,
    }).OfType<Payment>()];

    private static ProjectView Find(FundView fund, ProjectId id) => fund.Projects.First(project => project.Fact.ProjectId == id);

    private static long BackOf(FundView fund, EntryId payment) => fund.Of<Refund>().Where(refund => refund.Fact.Disbursement == payment).Sum(refund => refund.Fact.Amount.Fen);
}

/// <summary>Payments from one fund, at least one, in the order of the ledger. A payment of zero is what a notice states, and says so.</summary>
internal static class PaymentTable
{
    /// <param name="withProject">False on the page of one project, which need not say its own name in every row: there the day names the row.</param>
    public static Fragment Of(PageContext c, FundView fund, IReadOnlyList<Payment> payments, bool withProject) => Fragment.Of(page =>
    {
        string back = c.Texts.InYuan.Plain(c.Say(MoneyWords.CameBack));
        page.Write($"""
            <div class="scroll" role="region" aria-labelledby="payments-{fund.Id}" tabindex="0">
            <table class="wide stack"><caption id="payments-{fund.Id}">{c.Texts.PaymentsTable}</caption>
            <thead><tr>{Fragment.When(withProject, part => part.Write($"""<th scope="col">{c.Texts.Project}</th>"""))}<th scope="col">{c.Texts.When}</th><th scope="col">{c.Texts.PaymentNature}</th><th scope="col" class="n">{c.Texts.AmountYuan}</th><th scope="col" class="n">{back}</th></tr></thead>
            <tbody>{Fragment.Each(payments, (_, paid) => page.Write($"""
            <tr>{Row(c, paid, withProject)}<td data-l="{c.Texts.PaymentNature}">{Nature(c, fund, paid)}</td>{c.Cell(paid.Fen) with { Label = c.Texts.AmountYuan }}{new Optional(paid.BackFen, c.Texts, back)}</tr>
            """))}</tbody>
            <tfoot><tr><th scope="row" colspan="{(withProject ? 3 : 2)}">{c.Texts.Total}</th>{c.Cell(payments.Sum(paid => paid.Fen)) with { Label = c.Texts.AmountYuan }}{new Optional(payments.Sum(paid => paid.BackFen), c.Texts, back)}</tr></tfoot></table>
            </div>

            """);
    });

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
