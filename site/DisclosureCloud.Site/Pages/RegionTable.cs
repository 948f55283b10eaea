namespace DisclosureCloud.Site;

/// <summary>Places side by side, with totals that add up: each fen counts once.</summary>
internal static class RegionTable
{
    public static Fragment Section(PageContext c) => Fragment.Of(page => page.Write($"""
        <section aria-labelledby="where"><h2 id="where">{c.Texts.WhereItWent}</h2>
        {Of(c, c.World.Funds.Select(fund => c.World.RegionOf(fund.Fact.Region)).Distinct().Where(IsTop(c)).OrderBy(region => region.Id, StringComparer.Ordinal), c.World.Stages, withWay: true)}</section>

        """));

    /// <param name="places">The rows.</param>
    /// <param name="total">The last row. What no row holds, since it is for several places at once, has a row of its own before it.</param>
    /// <param name="withWay">Whether the places above a row's place stand below its name.</param>
    public static Fragment Of(PageContext c, IEnumerable<Region> places, Stages total, bool withWay) => Fragment.Of(page =>
    {
        Texts t = c.Texts;
        (Region Region, Stages Stages)[] rows = [.. places.Select(place => (place, c.World.StagesOf([.. place.All])))];
        Stages rest = rows.Aggregate(total, (left, row) => left - row.Stages);
        page.Write($"""
            <div class="scroll" role="region" aria-labelledby="regions-caption" tabindex="0">
            <table id="regions-table" class="wide stack"><caption id="regions-caption">{t.RegionsTable}</caption>
            <thead><tr><th scope="col">{t.Place}</th><th scope="col" class="n">{t.InYuan.Plain(t.ForHere)}</th><th scope="col" class="n">{t.InYuan.Plain(t.OfWhichPassedDown)}</th><th scope="col" class="n">{t.InYuan.Plain(t.Paid)}</th></tr></thead>
            <tbody>{Fragment.Each(rows, (_, row) => Row(page, c, Fragment.Of(part => part.Write($"{c.RegionLink(row.Region)} {(withWay ? Above(c, row.Region) : Fragment.None)}")), row.Stages))}{Fragment.When(rest.Allocated + rest.PassedDown > 0, part => Row(part, c, Fragment.Of(name => name.Write($"{t.NotDivided}")), rest))}</tbody>
            <tfoot>{Fragment.Of(part => Row(part, c, Fragment.Of(name => name.Write($"{t.Total}")), total))}</tfoot></table>
            </div>

            """);
    });

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
}
