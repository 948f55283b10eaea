namespace DisclosureCloud.Site;

/// <summary>The list of places in which a villager finds hers. With script it narrows as she types; without, it is all there.</summary>
internal static class PlaceFinder
{
    // Keeps the home page under its limit. Where there are more places it shows the townships or counties, and their pages show the rest.
    private const int PlacesShown = 120;
    private const int CountyLevel = 3;

    public static Fragment Of(PageContext c) => Fragment.Of(page =>
    {
        Texts t = c.Texts;
        Region[] places = [.. c.World.Regions.Where(region => region.Projects.Count + region.Received.Count > 0)];
        (HashSet<Region> shown, int? level) = Shown(places);
        page.Write($"""
            <section class="finder" aria-labelledby="find"><h2 id="find">{t.FindYourVillage}</h2>
            <p class="field" hidden><label for="find-text">{t.FindLabel}</label><input id="find-text" type="search" autocomplete="off" aria-describedby="find-said" data-find="places"></p>
            <p id="find-said" class="soft" role="status" data-none="{t.FindNone}">{t.FindHint}</p>
            <div id="places">
            {Fragment.Each(shown.GroupBy(place => Above(place, level)).OrderBy(group => group.Key.Id, StringComparer.Ordinal), (_, group) => Group(page, c, group, level))}</div>
            {Fragment.When(level is not null, part => part.Write($"""<p><a href="{c.Link("regions/")}">{t.AllRegions}</a></p>"""))}
            </section>

            """);
    });

    /// <summary>The places themselves where they are few; else those that they lie in, at the lowest level at which they are.</summary>
    private static (HashSet<Region> Places, int? Level) Shown(Region[] places)
    {
        if (places.Length <= PlacesShown)
        {
            return ([.. places], null);
        }

        for (int level = places.Max(place => place.Code.Level) - 1; level > CountyLevel; level--)
        {
            HashSet<Region> at = [.. places.Select(place => At(place, level))];
            if (at.Count <= PlacesShown)
            {
                return (at, level);
            }
        }

        return ([.. places.Select(place => At(place, CountyLevel)).Distinct().Take(PlacesShown)], CountyLevel);
    }

    /// <summary>The place of a level that a place lies in, or the place itself where it is of that level or above.</summary>
    private static Region At(Region region, int level) => region.Path.FirstOrDefault(above => above.Code.Level == level) ?? region;

    /// <summary>The county that a place stands under; where counties stand for all below them, what they lie in.</summary>
    private static Region Above(Region place, int? level) => level == CountyLevel ? place.Parent ?? place : At(place, CountyLevel);

    /// <param name="level">Places of this level stand for all that lies below them too; null where each stands for itself.</param>
    private static void Group(PageWriter page, PageContext c, IGrouping<Region, Region> group, int? level)
    {
        Region top = group.Key;
        HashSet<Region> shown = [.. group];
        page.Write($"""
            <div class="group" data-group><h3>{c.RegionLink(top)} <small>{Way(c, top)}</small></h3>
            <ul class="places">{Fragment.Each(ByName(top).Where(shown.Contains), (_, region) => Place(page, c, Named(c, top, region), Stands(region) ? region.All : [region]))}{Fragment.When(shown.Contains(top), _ => Place(page, c, Fragment.Of(name => name.Write($"{c.Texts.WholePlace}")), Stands(top) ? top.All : [top]))}</ul></div>

            """);

        bool Stands(Region region) => level is { } of && region.Code.Level >= of;
    }

    /// <summary>What lies below a place, township by township, each by name.</summary>
    private static IEnumerable<Region> ByName(Region region) => region.ChildrenByName.SelectMany(child => ByName(child).Prepend(child));

    /// <summary>A village with its township, so that a reader who knows the one finds the other.</summary>
    private static Fragment Named(PageContext c, Region top, Region region) => Fragment.Of(page => page.Write(
        $"<span>{c.RegionLink(region)}{Fragment.When(region.Parent is not null && region.Parent != top, part => part.Write($" <small>{c.Name(region.Parent!.Name)}</small>"))}</span>"));

    private static void Place(PageWriter page, PageContext c, Fragment name, IEnumerable<Region> regions)
    {
        Stages stages = c.World.StagesOf([.. regions]);
        page.Write($"""<li data-item>{name} <span class="sum">{new Amount(stages.Allocated + stages.PassedDown)}{c.Texts.YuanAfter}</span></li>""");
    }

    private static Fragment Way(PageContext c, Region region) => Fragment.Each(
        region.Path.SkipLast(1), (page, above) => page.Write($"{c.Name(above.Name)} "));
}
