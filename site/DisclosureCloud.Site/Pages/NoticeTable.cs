using DisclosureCloud.Ledger;

namespace DisclosureCloud.Site;

/// <summary>The numbered table of a notice, in its own order, with its total.</summary>
internal static class NoticeTable
{
    public static Fragment Of(PageContext c, Notice notice, FundView fund) => Fragment.Of(page =>
    {
        Row[] rows =
        [
            .. fund.Allocations.Where(share => share.Fact.Notice == notice.NoticeId).Select(share => Of(c, share))
                .Concat(fund.PassDowns.Where(sent => sent.Fact.Notice == notice.NoticeId).Select(sent => Of(c, sent)))
                .OrderBy(row => row.Number ?? int.MaxValue).ThenBy(row => row.Index),
        ];
        if (rows.Length == 0)
        {
            page.Write($"""<p class="note">{c.Texts.NoticeWithoutTable}</p>""");
            return;
        }

        Texts t = c.Texts;
        bool investment = rows.Any(row => row.Investment is not null);
        bool notes = rows.Any(row => row.Note is not null);
        page.Write($"""
            <table class="stack"><caption>{t.NoticeTable}</caption>
            <thead><tr><th scope="col">{t.Number}</th><th scope="col">{t.Project}</th><th scope="col">{t.Place}</th><th scope="col">{t.ContentHead}</th><th scope="col" class="n">{t.AmountYuan}</th>{Fragment.When(investment, head => head.Write($"""<th scope="col" class="n">{t.InYuan.Plain(t.TotalInvestment)}</th>"""))}<th scope="col">{t.ResponsibleUnit}</th>{Fragment.When(notes, head => head.Write($"""<th scope="col">{t.Remark}</th>"""))}</tr></thead>
            <tbody>{Fragment.Each(rows, (_, row) => page.Write($"""
            <tr><td class="no">{row.Number ?? 0}</td><th scope="row">{row.What}</th><td data-l="{t.Place}">{c.Name(row.Place)}</td><td data-l="{t.ContentHead}">{c.Name(row.Content)}</td><td class="n" data-l="{t.AmountYuan}">{new Amount(row.Fen)}</td>{Fragment.When(investment, cell => Investment(cell, c, row))}<td data-l="{t.ResponsibleUnit}">{c.Name(row.Unit)}</td>{Fragment.When(notes, cell => Note(cell, c, row))}</tr>
            """))}</tbody>
            <tfoot><tr><th scope="row" colspan="4">{t.Total}</th><td class="n" data-l="{t.AmountYuan}">{new Amount(rows.Sum(row => row.Fen))}</td><td class="rest" colspan="{1 + (investment ? 1 : 0) + (notes ? 1 : 0)}"></td></tr>{Unallocated(c, notice)}</tfoot></table>

            """);
    });

    private static void Investment(PageWriter page, PageContext c, Row row)
    {
        if (row.Investment is { } fen)
        {
            page.Write($"""<td class="n" data-l="{c.Texts.TotalInvestment}">{new Amount(fen)}</td>""");
        }
        else
        {
            page.Write($"""<td class="n" data-l="{c.Texts.TotalInvestment}">{c.NotStated}</td>""");
        }
    }

    private static void Note(PageWriter page, PageContext c, Row row)
    {
        if (row.Note is null)
        {
            page.Write($"""<td class="rest"></td>""");
        }
        else
        {
            page.Write($"""<td data-l="{c.Texts.Remark}">{c.Name(row.Note)}</td>""");
        }
    }

    private static Fragment Unallocated(PageContext c, Notice notice) => Fragment.When(notice.Unallocated is not null, page => page.Write($"""
        <tr><th scope="row" colspan="4">{c.Texts.StatedUnallocated}</th><td class="n" data-l="{c.Texts.AmountYuan}">{new Amount(notice.Unallocated!.Value.Fen)}</td></tr>
        """));

    private static Row Of(PageContext c, Posted<Allocation> share)
    {
        ProjectView project = c.World.ProjectOf(share.Fact.ProjectId);
        return new Row(
            share.Index, share.Fact.Row, c.ProjectLink(project), project.Fact.PlaceName, project.Fact.Content, share.Fact.Amount.Fen, project.Fact.TotalInvestment?.Fen,
            project.Fact.ResponsibleUnit, share.Fact.Note);
    }

    private static Row Of(PageContext c, Posted<PassDown> sent) => new(
        sent.Index, sent.Fact.Row, Fragment.Of(page => c.Name(sent.Fact.Purpose).WriteTo(page)), sent.Fact.PlaceName, sent.Fact.Content, sent.Fact.Amount.Fen, null,
        sent.Fact.ResponsibleUnit, sent.Fact.Note);

    private sealed record Row(
        int Index, int? Number, Fragment What, FreeText? Place, FreeText? Content, long Fen, long? Investment, FreeText? Unit, FreeText? Note);
}
