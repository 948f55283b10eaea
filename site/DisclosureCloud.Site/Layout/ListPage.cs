namespace DisclosureCloud.Site;

/// <summary>One page of a long list, so that a cheap phone never has to load all of it.</summary>
/// <param name="Folder">Where the list's first page lies, such as <c>projects/</c>.</param>
/// <param name="Number">From 1.</param>
/// <param name="Count">How many pages the list has.</param>
internal sealed record ListPage<T>(string Folder, IReadOnlyList<T> Items, int Number, int Count)
{
    /// <summary>The address of this page.</summary>
    public string Path => ListPage.PathOf(Folder, Number);

    /// <summary>The way to the pages before and after; nothing where the list has one page.</summary>
    public Fragment Turn(PageContext c) => Fragment.When(Count > 1, page => page.Write($"""
        <nav class="turn" aria-label="{c.Texts.PagesOfTheList}">{Fragment.When(Number > 1, part => part.Write($"""<a rel="prev" href="{c.Link(ListPage.PathOf(Folder, Number - 1))}">{c.Texts.PreviousPage}</a> """))}<span>{c.Texts.PageOfPages.With(new Count(Number), new Count(Count))}</span>{Fragment.When(Number < Count, part => part.Write($""" <a rel="next" href="{c.Link(ListPage.PathOf(Folder, Number + 1))}">{c.Texts.NextPage}</a>"""))}</nav>

        """));
}

/// <summary>Divides lists into pages.</summary>
internal static class ListPage
{
    /// <summary>A row takes up to half a kilobyte of HTML, and a page with its stylesheet is to stay under 60.</summary>
    public const int ItemsMax = 60;

    /// <summary>At least one page, be it empty.</summary>
    /// <param name="max">How many items a page has, where they are larger than a row.</param>
    public static IEnumerable<ListPage<T>> Of<T>(string folder, IReadOnlyList<T> items, int max = ItemsMax)
    {
        T[][] pages = items.Count == 0 ? [[]] : [.. items.Chunk(max)];
        return pages.Select((page, index) => new ListPage<T>(folder, page, index + 1, pages.Length));
    }

    /// <summary>The address of a page of a list.</summary>
    /// <remarks>No id begins with an underscore, so that a page of the list never takes the address of a thing.</remarks>
    public static string PathOf(string folder, int number) =>
        number == 1 ? folder : string.Create(System.Globalization.CultureInfo.InvariantCulture, $"{folder}_{number}/");
}
