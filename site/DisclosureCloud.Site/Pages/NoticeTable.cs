using DisclosureCloud.Ledger;

namespace DisclosureCloud.Site;

/// <summary>The numbered table of a notice, in its own order, with its total. A column that no row fills is left out.</summary>
internal static class NoticeTable
{
    public static LongTable<NoticeRow> Of(World world, Notice notice)
    {
        var thing = new Thing("notices", notice.NoticeId.Value, notice.Title, static c => [new(new Plain(c.Texts.Notices), "notices/")]) { IsBoard = true };
        return new(thing, "rows", static c => c.Texts.NoticeTable, [.. NoticeRow.Of(world, notice)], (c, part) => Table(c, notice, part))
        {
            Paging = Paging.FromStart(60, 60),
            Folds = false,
        };
    }

    private static Fragment Table(PageContext c, Notice notice, TablePart<NoticeRow> part) => Fragment.Of(page =>
    {
        IReadOnlyList<NoticeRow> rows = part.Whole.Rows;
        Column[] columns = [.. Columns(c).Where(column => column.IsKept || rows.Any(row => column.Of(row) is not null))];
        int amountAt = Array.FindIndex(columns, column => column.IsAmount);
        page.Write($"""
            <table id="rows-table" class="stack"><caption>{c.Texts.NoticeTable}{part.Rows(c)}</caption>
            <thead><tr><th scope="col">{c.Texts.Number}</th><th scope="col">{c.Texts.Project}</th>{Fragment.Each(columns, (_, column) => page.Write($"""<th scope="col"{Numeric(column)}>{column.Head}</th>"""))}</tr></thead>
            <tbody>{Fragment.Each(part.Items, (_, row) => page.Write($"""
            <tr><td class="no">{Number(row)}</td><th scope="row">{row.What(c)}</th>{Fragment.Each(columns, (_, column) => Cell(page, c, column, row))}</tr>
            """))}</tbody>{Fragment.When(part.IsFirst, foot => foot.Write($"""
            <tfoot>{Total(c, part.TotalHead(c), rows.Sum(row => row.Fen), amountAt, columns.Length)}{Fragment.When(notice.Unallocated is not null, rest => rest.Write($"{Total(c, c.Texts.StatedUnallocated, notice.Unallocated!.Value.Fen, amountAt, columns.Length)}"))}</tfoot>
            """))}</table>
            {part.Turn(c)}
            """);
    });

    private static Column[] Columns(PageContext c)
    {
        Texts t = c.Texts;
        return
        [
            new(t.Place, row => Words(c, row.Place)) { IsKept = true },
            new(t.ContentHead, row => Words(c, row.Content)) { IsKept = true },
            new(t.AmountYuan, row => new Amount(row.Fen)) { IsKept = true, IsAmount = true, IsNumber = true },
            new(t.InYuan.Plain(t.PaidSoFar), row => Sum(row.PaidFen)) { IsNumber = true },
            new(t.InYuan.Plain(t.TotalInvestment), row => Sum(row.InvestmentFen)) { IsNumber = true },
            new(t.InYuan.Plain(t.SelfRaised), row => Sum(row.SelfRaisedFen)) { IsNumber = true },
            new(t.RowStandsFor, row => row.Projects is { } count ? t.ProjectsCounted.With(new Count(count)) : null),
            new(t.DueWhen, row => row.Due is { } due ? c.Day(due) : null),
            new(t.ResponsibleUnit, row => Words(c, row.Unit)) { IsKept = true },
            new(t.Remark, row => Words(c, row.Note)) { IsRemark = true },
        ];
    }

    private static IMarkup? Sum(long? fen) => fen is { } stated ? new Amount(stated) : null;

    private static IMarkup? Words(PageContext c, FreeText? text) => text is null ? null : c.Name(text);

    private static void Cell(PageWriter page, PageContext c, Column column, NoticeRow row)
    {
        if (column.IsRemark && column.Of(row) is null)
        {
            page.Write($"""<td class="rest"></td>"""); // No remark is no gap in what a notice states.
        }
        else
        {
            page.Write($"""<td{Numeric(column)} data-l="{column.Head}">{new Held(column.Of(row) ?? c.NotStated)}</td>""");
        }
    }

    private static Fragment Total(PageContext c, string head, long fen, int amountAt, int columns) => Fragment.Of(page => page.Write($"""
        <tr><th scope="row" colspan="{amountAt + 2}">{head}</th><td class="n" data-l="{c.Texts.AmountYuan}">{new Amount(fen)}</td>{Fragment.When(columns > amountAt + 1, part => part.Write($"""<td class="rest" colspan="{columns - amountAt - 1}"></td>"""))}</tr>
        """));

    private static Fragment Number(NoticeRow row) => Fragment.When(row.Number is not null, page => page.Write($"{row.Number!.Value}"));

    private static Fragment Numeric(Column column) => Fragment.When(column.IsNumber, static page => page.Write($" class=\"n\""));

    /// <param name="Of">What a row has in this column; null where the notice does not say.</param>
    private sealed record Column(string Head, Func<NoticeRow, IMarkup?> Of)
    {
        public bool IsKept { get; init; }

        public bool IsAmount { get; init; }

        public bool IsNumber { get; init; }

        public bool IsRemark { get; init; }
    }
}
