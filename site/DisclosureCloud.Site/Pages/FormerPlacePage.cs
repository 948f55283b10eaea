using DisclosureCloud.Ledger;

namespace DisclosureCloud.Site;

/// <summary>The page of a place that goes on as another, or for which nothing counts any more: a plain page that leads on.</summary>
internal static class FormerPlacePage
{
    public static void Write(PageWriter page, PageContext c, FormerPlace place)
    {
        FreeText? called = place.Name ?? place.Now?.Name; // Its name is what people know; the code stands above it.
        IMarkup name = called is null ? new Plain(place.Code.Value) : c.Name(called);
        var head = new PageHead(
            $"regions/{place.Code.Value}/",
            called is null ? place.Code.Value : Name.Text(called, c.Texts),
            [new(new Plain(c.Texts.Regions), "regions/"), new(name, null)],
            DataLinks.Tables(c.Texts, "entries"))
        {
            GoesOnAt = place.Now is { } now ? $"regions/{now.Id}/" : null,
        };
        Layout.Write(page, c, head, Fragment.Of(main => main.Write($"""
            <p class="tag">{c.Texts.Regions} · <code>{place.Code.Value}</code></p>
            <h1>{new Held(name)}</h1>
            <p class="answer">{(place.Now is { } next ? c.Phrase(MoneyWords.PlaceGoesOn).With(c.RegionLink(next)) : c.Phrase(MoneyWords.PlaceOfNothing).With())}</p>
            {Fragment.When(place.Now is not null && place.Change is not null, part => part.Write($"""<p class="notice">{CodeWords.Of(c, place.Change!.Change)} · {c.Name(place.Change.Reason)} · {c.Name(place.Change.DocumentNumber)}</p>"""))}
            """)));
    }
}
