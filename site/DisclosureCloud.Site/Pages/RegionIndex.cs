namespace DisclosureCloud.Site;

/// <summary>All places, from the provinces down.</summary>
internal static class RegionIndex
{
    /// <summary>Above this many places the tree ends with the counties; each county's page has what lies below it.</summary>
    private const int PlacesMax = 200;

    private const int CountyLevel = 3;

    public static void Write(PageWriter page, PageContext c)
    {
        Texts t = c.Texts;
        var head = new PageHead("regions/", t.Regions, [new(new Plain(t.Regions), null)], DataLinks.Tables(t, "projects", "allocations"));
        Layout.Write(page, c, head, Fragment.Of(main => main.Write($"""
            <h1>{t.Regions}</h1>
            <p class="answer">{t.RegionsAnswer.With(new Count(c.World.Roots.Length), c.Sum(c.World.Stages.Allocated + c.World.Stages.PassedDown))}</p>
            {Fragment.When(c.World.Roots.Length > 0, part => part.Write($"""
            {RegionTable.Of(c, c.World.Roots, c.World.Stages, withWay: false)}<section aria-labelledby="tree"><h2 id="tree">{t.AllPlaces}</h2>
            <ul class="tree">{Fragment.Each(c.World.Roots, (_, root) => Branch(part, c, root))}</ul></section>
            """))}{Former(c)}
            """)));
    }

    /// <summary>Places that go on as others, so that whoever knows the old name finds the new one.</summary>
    private static Fragment Former(PageContext c)
    {
        FormerPlace[] places = [.. c.World.FormerPlaces.Where(place => place.Now is not null).Take(PlacesMax)];
        return Fragment.When(places.Length > 0, page => page.Write($"""
            <section aria-labelledby="former"><h2 id="former">{c.Say(MoneyWords.FormerPlaces)}</h2>
            <ul>{Fragment.Each(places, (_, place) => page.Write($"<li>{c.PlaceLink(place.Code)}</li>"))}</ul></section>

            """));
    }

    private static void Branch(PageWriter page, PageContext c, Region region)
    {
        Stages stages = c.World.StagesOf(region);
        page.Write($"""<li>{c.RegionLink(region)} <span class="sum soft">{new Amount(stages.Allocated + stages.PassedDown)}{c.Texts.YuanAfter}</span>""");
        if (region.Children.Count > 0 && (c.World.Regions.Length <= PlacesMax || region.Code.Level < CountyLevel))
        {
            page.Write($"<ul>{Fragment.Each(region.ChildrenByName, (_, child) => Branch(page, c, child))}</ul>");
        }

        page.Write($"</li>\n");
    }
}
