namespace DisclosureCloud.Site;

/// <summary>A column of a table of facts.</summary>
/// <param name="Cell">What a row has in it.</param>
internal sealed record FactColumn<T>(string Head, Func<T, IMarkup> Cell)
{
    public bool IsNumber { get; init; }

    /// <summary>What a row adds to the column's total, in fen; null where the column has no total.</summary>
    public Func<T, long>? Adds { get; init; }
}

/// <summary>Rows of facts with their heads; on a phone each row stands as a list of its own. The first column names the row.</summary>
internal static class FactTable
{
    public static FactColumn<T> Words<T>(string head, Func<T, IMarkup> cell) => new(head, cell);

    /// <summary>Text with lesser things below it, so that a table keeps few columns.</summary>
    /// <param name="below">Null for what is not stated and need not be said to be so.</param>
    public static Fragment With(IMarkup text, params IMarkup?[] below) => Fragment.Of(page => page.Write(
        $"{new Held(text)}{Fragment.Each(below.OfType<IMarkup>(), (_, one) => page.Write($" <small>{new Held(one)}</small>"))}"));

    /// <summary>The number of a document, where one is stated.</summary>
    public static IMarkup? Document(PageContext c, Ledger.FreeText? number) => number is null ? null : c.Name(number);

    /// <summary>Money that is always stated, with its total at the end.</summary>
    public static FactColumn<T> Total<T>(PageContext c, string head, Func<T, long> fen) =>
        new(c.Texts.InYuan.Plain(head), row => new Amount(fen(row))) { IsNumber = true, Adds = fen };

    /// <summary>Money that may not be stated.</summary>
    public static FactColumn<T> Money<T>(PageContext c, string head, Func<T, long?> fen) =>
        new(c.Texts.InYuan.Plain(head), row => fen(row) is { } stated ? new Amount(stated) : c.NotStated) { IsNumber = true };

    /// <param name="id">Unique on the page.</param>
    /// <param name="rowId">The anchor of a row, or null where it has none.</param>
    public static Fragment Of<T>(PageContext c, string id, IMarkup caption, IReadOnlyList<T> rows, Func<T, string?> rowId, params FactColumn<T>[] columns) => Fragment.Of(page => page.Write($"""
        <div class="scroll" role="region" aria-labelledby="{id}-caption" tabindex="0">
        <table id="{id}" class="stack"><caption id="{id}-caption">{new Held(caption)}</caption>
        <thead><tr>{Fragment.Each(columns, (_, column) => page.Write($"""<th scope="col"{Numeric(column)}>{column.Head}</th>"""))}</tr></thead>
        <tbody>{Fragment.Each(rows, (_, row) => Row(page, row, rowId(row), columns))}</tbody>{Fragment.When(columns.Any(column => column.Adds is not null), part => Foot(part, c.Texts.Total, rows, columns))}</table>
        </div>

        """));

    /// <summary>Rows of a long table. Its totals are of all rows, and stand on the page of its thing alone.</summary>
    public static Fragment Of<T>(PageContext c, IMarkup caption, TablePart<T> part, Func<T, string?> rowId, params FactColumn<T>[] columns)
    {
        string id = part.Whole.TableId;
        IReadOnlyList<T> rows = part.Items;
        return Fold(c, part, Fragment.Of(page => page.Write($"""
            <div class="scroll" role="region" aria-labelledby="{id}-caption" tabindex="0">
            <table id="{id}" class="stack"><caption id="{id}-caption">{new Held(caption)}{part.Rows(c)}</caption>
            <thead><tr>{Fragment.Each(columns, (_, column) => page.Write($"""<th scope="col"{Numeric(column)}>{column.Head}</th>"""))}</tr></thead>
            <tbody>{Fragment.Each(rows, (_, row) => Row(page, row, rowId(row), columns))}</tbody>{Fragment.When(part.IsFirst && columns.Any(column => column.Adds is not null), foot => Foot(foot, part.TotalHead(c), part.Whole.Rows, columns))}</table>
            </div>
            {part.Turn(c)}
            """)));
    }

    /// <summary>Many rows beside what a page is about: on a phone they are shown on request, on paper and on a broad screen always.</summary>
    public static Fragment Fold<T>(PageContext c, TablePart<T> part, Fragment table)
    {
        int rows = part.Items.Count;
        return part.IsFirst && part.Whole.Folds && rows > LongTable.UnfoldedMax
            ? Fragment.Of(page => page.Write($"""
            <details class="fold"><summary>{c.Phrase(ListWords.ShowRows).With(new Count(rows))}</summary>
            {table}</details>

            """))
            : table;
    }

    private static void Row<T>(PageWriter page, T row, string? id, FactColumn<T>[] columns) => page.Write($"""
        <tr{Fragment.When(id is not null, part => part.Write($" id=\"{id}\""))}><th scope="row">{new Held(columns[0].Cell(row))}</th>{Fragment.Each(columns.Skip(1), (_, column) => page.Write($"""<td{Numeric(column)} data-l="{column.Head}">{new Held(column.Cell(row))}</td>"""))}</tr>

        """);

    private static void Foot<T>(PageWriter page, string head, IReadOnlyList<T> rows, FactColumn<T>[] columns)
    {
        int first = Array.FindIndex(columns, column => column.Adds is not null);
        page.Write($"""
            <tfoot><tr><th scope="row"{Fragment.When(first > 1, part => part.Write($" colspan=\"{first}\""))}>{head}</th>{Fragment.Each(columns.Skip(first), (_, column) => Sum(page, rows, column))}</tr></tfoot>
            """);
    }

    private static void Sum<T>(PageWriter page, IReadOnlyList<T> rows, FactColumn<T> column)
    {
        if (column.Adds is { } adds)
        {
            page.Write($"""<td class="n" data-l="{column.Head}">{new Amount(rows.Sum(adds))}</td>""");
        }
        else
        {
            page.Write($"""<td class="rest"></td>""");
        }
    }

    private static Fragment Numeric<T>(FactColumn<T> column) => Fragment.When(column.IsNumber, static page => page.Write($" class=\"n\""));
}
