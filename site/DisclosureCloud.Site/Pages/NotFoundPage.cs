namespace DisclosureCloud.Site;

/// <summary>For an address that there is not.</summary>
internal static class NotFoundPage
{
    public static void Write(PageWriter page, PageContext c)
    {
        var head = new PageHead("404.html", c.Texts.NotFound, [], []);
        Layout.Write(page, c, head, Fragment.Of(main => main.Write($"""
            <h1>{c.Texts.NotFound}</h1>
            <p class="answer">{c.Texts.NotFoundText}</p>
            <ul><li><a href="{c.Link("")}">{c.Texts.Home}</a></li><li><a href="{c.Link("regions/")}">{c.Texts.Regions}</a></li><li><a href="{c.Link("notices/")}">{c.Texts.Notices}</a></li></ul>
            """)));
    }
}
