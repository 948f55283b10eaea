namespace DisclosureCloud.Site;

/// <summary>Places side by side, with totals that add up: each fen counts once.</summary>
internal static class RegionTable
{
    public static Fragment Section(PageContext c) => Fragment.Of(page => page.Write($"""
        <section aria-labelledby="where"><h2 id="where">{c.Texts.WhereItWent}</h2>
        {Of(c, c.World.Funds.Select(fund => c.World.RegionOf(fund.Fact.Region)).Distinct().Where(IsTop(c)).OrderBy(region => region.Id, StringComparer.Ordinal), c.World.Stages, withWay: true)}</section>

        """));

    /// <summary>The places right below another, by name.</summary>
    public static LongTable<Region> Below(Thing thing, Region region) => new(
        thing, "places", static c => c.Texts.WhereItWent, [.. region.ChildrenByName], (c, part) => Table(
            c, part.Items, part.IsFirst ? new Whole(part.Whole.Rows, c.World.StagesOf(region), part.TotalHead(c)) : null, withWay: false, part.Rows(c), part.Turn(c)))
    {
        TableId = "regions-table",
        Paging = Paging.FromStart(60, 60),
        NameOf = static place => place.Name,
        Folds = false,
    };

    /// <param name="places">The rows.</param>
    /// <param name="total">The last row. What no row holds, since it is for several places at once, has a row of its own before it.</param>
    /// <param name="withWay">Whether the places above a row's place stand below its name.</param>
    public static Fragment Of(PageContext c, IEnumerable<Region> places, Stages total, bool withWay)
    {
        Region[] rows = [.. places];
        return Table(c, rows, new Whole(rows, total, c.Texts.Total), withWay, Fragment.None, Fragment.None);
    }

    private static Fragment Table(PageContext c, IReadOnlyList<Region> places, Whole? whole, bool withWay, Fragment which, Fragment turn) => Fragment.Of(page =>
    {
        Texts t = c.Texts;
        page.Write($"""
            <div class="scroll" role="region" aria-labelledby="regions-caption" tabindex="0">
            <table id="regions-table" class="wide stack"><caption id="regions-caption">{t.RegionsTable}{which}</caption>
            <thead><tr><th scope="col">{t.Place}</th><th scope="col" class="n">{t.InYuan.Plain(t.ForHere)}</th><th scope="col" class="n">{t.InYuan.Plain(t.OfWhichPassedDown)}</th><th scope="col" class="n">{t.InYuan.Plain(t.Paid)}</th></tr></thead>
            <tbody>{Fragment.Each(places, (_, place) => Row(page, c, Fragment.Of(part => part.Write($"{c.RegionLink(place)} {(withWay ? Above(c, place) : Fragment.None)}")), c.World.StagesOf(place)))}{Fragment.When(whole is not null, part => Rest(part, c, whole!))}</table>
            </div>
            {turn}
            """);
    });

    // Closes the rows and adds them up; only the page that the table begins on does.
    private static void Rest(PageWriter page, PageContext c, Whole whole)
    {
        Stages rest = whole.Rows.Aggregate(whole.Total, (left, place) => left - c.World.StagesOf(place));
        page.Write($"""
            {Fragment.When(rest.Allocated + rest.PassedDown > 0, part => Row(part, c, Fragment.Of(name => name.Write($"{c.Texts.NotDivided}")), rest))}</tbody>
            <tfoot>{Fragment.Of(part => Row(part, c, Fragment.Of(name => name.Write($"{whole.Head}")), whole.Total))}</tfoot>
            """);
    }

    private static void Row(PageWriter page, PageContext c, Fragment name, Stages stages) => page.Write($"""
        <tr><th scope="row">{name}</th>{c.Cell(stages.Allocated + stages.PassedDown) with { Label = c.Texts.InYuan.Plain(c.Texts.ForHere) }}{new Optional(stages.PassedDown, c.Texts, c.Texts.InYuan.Plain(c.Texts.OfWhichPassedDown))}{new PaidCell(stages, c.Texts, c.Texts.InYuan.Plain(c.Texts.Paid))}</tr>

        """);

    private static Fragment Above(PageContext c, Region region) => Fragment.When(
        region.Parent is not null, page => page.Write($"""<small>{Fragment.Each(region.Path.SkipLast(1), (part, above) => part.Write($"{c.Name(above.Name)} "))}</small>"""));

    /// <summary>Not below another place that has a fund: its money is in that row already.</summary>
    private static Func<Region, bool> IsTop(PageContext c)
    {
        var withFunds = c.World.Funds.Select(fund => c.World.RegionOf(fund.Fact.Region).Id).ToHashSet(StringComparer.Ordinal);
        return region => !region.Path.SkipLast(1).Any(above => withFunds.Contains(above.Id));
    }

    /// <summary>All places of a table, whether or not they stand on one page, and what they come to.</summary>
    private sealed record Whole(IReadOnlyList<Region> Rows, Stages Total, string Head);
}
