namespace DisclosureCloud.Site;

/// <summary>All funds, with totals.</summary>
internal static class FundIndex
{
    public static void Write(PageWriter page, PageContext c, ListPage<FundView> list)
    {
        Texts t = c.Texts;
        var head = new PageHead(list.Path, t.Funds, [new(new Plain(t.Funds), null)], DataLinks.Tables(t, "funds", "appropriations"));
        Layout.Write(page, c, head, Fragment.Of(main => main.Write($"""
            <h1>{t.Funds}</h1>
            <p class="answer">{t.FundsAnswer.With(new Count(c.World.Funds.Length), c.Sum(c.World.Stages.Appropriated))}</p>
            {Fragment.When(c.World.Funds.Length > 0, part => Table(part, c, list))}
            {list.Turn(c)}
            """)));
    }

    private static void Table(PageWriter page, PageContext c, ListPage<FundView> list)
    {
        Texts t = c.Texts;
        page.Write($"""
            <div class="scroll" role="region" aria-labelledby="funds-caption" tabindex="0">
            <table id="funds-table" class="wide stack"><caption id="funds-caption">{t.FundsTable}</caption>
            <thead><tr><th scope="col">{t.Fund}</th><th scope="col" class="n">{t.InYuan.Plain(t.Given)}</th><th scope="col" class="n">{t.InYuan.Plain(t.PassedDown)}</th><th scope="col" class="n">{t.InYuan.Plain(t.Allocated)}</th><th scope="col" class="n">{t.InYuan.Plain(t.Paid)}</th></tr></thead>
            <tbody>{Fragment.Each(list.Items, (_, fund) => Row(page, c, FundName(c, fund), fund.Stages))}</tbody>
            <tfoot>{Fragment.When(list.Number == list.Count, part => Row(part, c, Fragment.Of(name => name.Write($"{t.Total}")), c.World.Funds.Aggregate(new Stages(), (sum, fund) => sum + fund.Stages)))}</tfoot></table>
            </div>

            """);
    }

    private static Fragment FundName(PageContext c, FundView fund) => Fragment.Of(page => page.Write(
        $"""{c.FundLink(fund)} <small>{c.Name(c.World.RegionOf(fund.Fact.Region).Name)} · {c.Texts.BudgetYear.With(new Count(fund.Fact.BudgetYear.Value))}</small>"""));

    private static void Row(PageWriter page, PageContext c, Fragment name, Stages stages) => page.Write($"""
        <tr><th scope="row">{name}</th>{c.Cell(stages.Appropriated) with { Label = c.Texts.InYuan.Plain(c.Texts.Given) }}{new Optional(stages.PassedDown, c.Texts, c.Texts.InYuan.Plain(c.Texts.PassedDown))}{new Optional(stages.Allocated, c.Texts, c.Texts.InYuan.Plain(c.Texts.Allocated))}{new PaidCell(stages, c.Texts, c.Texts.InYuan.Plain(c.Texts.Paid))}</tr>

        """);
}
