namespace DisclosureCloud.Site;

/// <summary>Every adjustment over all funds: old and new amount, reason, document, tier.</summary>
internal static class AdjustmentIndex
{
    public const string Folder = "adjustments/";

    /// <summary>A row has seven cells, so that fewer fit on a page than of other lists.</summary>
    public const int ItemsMax = 30;

    public static void Write(PageWriter page, PageContext c, ListPage<Adjustment> list)
    {
        string title = c.Say(MoneyWords.Adjustments);
        int count = c.World.Funds.Sum(fund => Adjustment.Of(fund).Count());
        var head = new PageHead(list.Path, title, [new(new Plain(title), null)], DataLinks.Tables(c.Texts, "entries"));
        Layout.Write(page, c, head, Fragment.Of(main => main.Write($"""
            <h1>{title}</h1>
            <p class="answer">{(count == 0 ? c.Phrase(MoneyWords.NoAdjustments).With() : c.Phrase(MoneyWords.AdjustmentsAnswer).With(new Count(count)))}</p>
            <p class="note">{c.Say(MoneyWords.AdjustmentMeaning)}</p>
            {Fragment.When(list.Items.Count > 0, part => part.Write($"{AdjustmentTable.Of(c, list.Items)}"))}
            {list.Turn(c)}
            """)));
    }
}
