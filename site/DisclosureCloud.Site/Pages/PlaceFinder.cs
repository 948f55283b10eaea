namespace DisclosureCloud.Site;

/// <summary>The list of places in which a villager finds hers. With script it narrows as she types; without, it is all there.</summary>
internal static class PlaceFinder
{
    // Keeps the home page under its limit. Where there are more places it shows the counties, and their pages show the rest: three taps.
    private const int PlacesShown = 120;

    public static Fragment Of(PageContext c) => Fragment.Of(page =>
    {
        Texts t = c.Texts;
        Region[] places = [.. c.World.Regions.Where(region => region.Projects.Count + region.Received.Count > 0)];
        bool few = places.Length <= PlacesShown;
        IEnumerable<IGrouping<Region, Region>> groups = few
            ? places.GroupBy(County)
            : places.Select(County).Distinct().Take(PlacesShown).GroupBy(county => county.Parent ?? county);
        page.Write($"""
            <section class="finder" aria-labelledby="find"><h2 id="find">{t.FindYourVillage}</h2>
            <p class="field" hidden><label for="find-text">{t.FindLabel}</label><input id="find-text" type="search" autocomplete="off" aria-describedby="find-said" data-find="places"></p>
            <p id="find-said" class="soft" role="status" data-none="{t.FindNone}">{t.FindHint}</p>
            <div id="places">
            {Fragment.Each(groups, (_, group) => Group(page, c, group, whole: !few))}</div>
            {Fragment.When(!few, part => part.Write($"""<p><a href="{c.Link("regions/")}">{t.AllRegions}</a></p>"""))}
            </section>

            """);
    });

    /// <param name="whole">True where each place stands for all that lies below it too.</param>
    private static void Group(PageWriter page, PageContext c, IGrouping<Region, Region> group, bool whole)
    {
        Region county = group.Key;
        Region[] below = [.. group.Where(region => region != county)];
        page.Write($"""
            <div class="group" data-group><h3>{c.RegionLink(county)} <small>{Way(c, county)}</small></h3>
            <ul class="places">{Fragment.Each(below, (_, region) => Place(page, c, c.RegionLink(region), whole ? region.All : [region]))}{Fragment.When(below.Length < group.Count(), _ => Place(page, c, Fragment.Of(name => name.Write($"{c.Texts.WholePlace}")), whole ? county.All : [county]))}</ul></div>

            """);
    }

    private static void Place(PageWriter page, PageContext c, Fragment name, IEnumerable<Region> regions)
    {
        Stages stages = c.World.StagesOf([.. regions]);
        page.Write($"""<li data-item>{name} <span class="sum">{new Amount(stages.Allocated + stages.PassedDown)}{c.Texts.YuanAfter}</span></li>""");
    }

    private static Fragment Way(PageContext c, Region region) => Fragment.Each(
        region.Path.SkipLast(1), (page, above) => page.Write($"{c.Name(above.Name)} "));

    /// <summary>The county that a place lies in, or the place itself where it is a county or above.</summary>
    private static Region County(Region region) => region.Path.FirstOrDefault(above => above.Code.Level == 3) ?? region;
}
