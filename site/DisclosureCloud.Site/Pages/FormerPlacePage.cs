using DisclosureCloud.Ledger;

namespace DisclosureCloud.Site;

/// <summary>The page of a place that goes on as another, or for which nothing counts any more: a plain page that leads on.</summary>
internal static class FormerPlacePage
{
    public static void Write(PageWriter page, PageContext c, FormerPlace place)
    {
        IMarkup name = place.Name is null ? new Plain(place.Code.Value) : c.Name(place.Name); // Its name is what people know; the code stands above it.
        var head = new PageHead(
            $"regions/{place.Code.Value}/",
            place.Name is null ? place.Code.Value : Name.Text(place.Name, c.Texts),
            [new(new Plain(c.Texts.Regions), "regions/"), new(name, null)],
            DataLinks.Tables(c.Texts, "entries"))
        {
            GoesOnAt = place.Now is { } now ? $"regions/{now.Id}/" : null,
        };
        Layout.Write(page, c, head, Fragment.Of(main => main.Write($"""
            <p class="tag">{c.Texts.Regions} · <code>{place.Code.Value}</code></p>
            <h1>{new Held(name)}</h1>
            <p class="answer">{Answer(c, place)}</p>
            {Fragment.When(place.Now is not null && place.Change is not null, part => part.Write($"""<p class="notice">{CodeWords.Of(c, place.Change!.Change)} · {c.Name(place.Change.Reason)} · {c.Name(place.Change.DocumentNumber)}</p>"""))}
            """)));
    }

    private static Fragment Answer(PageContext c, FormerPlace place) => place switch
    {
        { Now: null } => c.Phrase(MoneyWords.PlaceOfNothing).With(),
        { Since: null } => c.Phrase(MoneyWords.PlaceGoesOn).With(c.RegionLink(place.Now)),
        _ => c.Phrase(MoneyWords.PlaceGoesOnSince).With(c.RegionLink(place.Now), c.Day(place.Since)),
    };
}
