using DisclosureCloud.Ledger;

namespace DisclosureCloud.Site;

/// <summary>A thing with a page of its own, below which the further pages of its tables lie.</summary>
/// <param name="Folder">Such as <c>funds</c>; its data lie under the same name.</param>
/// <param name="Above">The steps from home to the thing, without it.</param>
internal sealed record Thing(string Folder, string Id, FreeText? Name, Func<PageContext, IEnumerable<Crumb>> Above)
{
    /// <summary>Printed pages of this kind stand alone, as on a village board.</summary>
    public bool IsBoard { get; init; }

    public string Path => $"{Folder}/{Id}/";
}

/// <summary>A page with the further rows of a table.</summary>
internal sealed record FurtherPage(string Path, Action<PageWriter, PageContext> Write);

/// <summary>A table that may grow long: some of its rows stand on the page of its thing, all others once each on pages below it.</summary>
/// <param name="Name">Unique among the tables of the thing: the folder of its pages, and the id of its heading.</param>
internal abstract record LongTable(Thing Thing, string Name, Func<PageContext, string> Title)
{
    /// <summary>The id of the table, unique on the page.</summary>
    public string TableId { get; init; } = $"{Name}-table";

    /// <summary>How its rows are divided into pages.</summary>
    public Paging Paging { get; init; } = Paging.FromStart(first: 30, further: 60);

    /// <summary>True where on a phone its rows are shown only on request, if they are many. What a page is about is not.</summary>
    public bool Folds { get; init; } = true;

    /// <summary>Rows that a phone shows without being asked.</summary>
    public const int UnfoldedMax = 12;

    /// <summary>The pages below that of the thing, in the order of their turning; most tables have none.</summary>
    public abstract IEnumerable<FurtherPage> Further { get; }

    public string Folder => $"{Thing.Path}{Name}/";

    /// <summary>The address of one of its pages.</summary>
    /// <param name="number">As <see cref="Stretch.Number"/> has it.</param>
    public string PathOf(int number) => number == 0 ? Thing.Path : $"{Folder}_{new Count(number).Text}/";
}

/// <summary>A table whose rows are known.</summary>
/// <param name="Rows">All of them, in the order in which they stand.</param>
/// <param name="Table">Writes some of them, with <see cref="TablePart{T}.Rows"/> in the caption and <see cref="TablePart{T}.Turn"/> behind the table.</param>
internal sealed record LongTable<T>(Thing Thing, string Name, Func<PageContext, string> Title, IReadOnlyList<T> Rows, Func<PageContext, TablePart<T>, Fragment> Table)
    : LongTable(Thing, Name, Title)
{
    /// <summary>What a page is found by in the list of all pages, for tables in the order of their names; else null.</summary>
    public Func<T, FreeText>? NameOf { get; init; }

    public IReadOnlyList<Stretch> Stretches => Paging.Of(Rows.Count);

    public override IEnumerable<FurtherPage> Further
    {
        get
        {
            IReadOnlyList<Stretch> stretches = Stretches;
            return Enumerable.Range(1, stretches.Count - 1).Select(place =>
                new FurtherPage(PathOf(stretches[place].Number), (page, c) => WriteFurther(page, c, new TablePart<T>(this, stretches, place))));
        }
    }

    /// <summary>What of it stands on the page of its thing; nothing where it has no rows.</summary>
    public Fragment First(PageContext c) => Rows.Count == 0 ? Fragment.None : Table(c, new TablePart<T>(this, Stretches, 0));

    /// <summary>The same under its title.</summary>
    /// <param name="before">Stands between title and table.</param>
    /// <param name="after">Stands behind the table.</param>
    public Fragment Section(PageContext c, Fragment before = default, Fragment after = default) => Fragment.When(Rows.Count > 0, page => page.Write($"""
        <section aria-labelledby="{Name}"><h2 id="{Name}">{Title(c)}</h2>
        {before}{First(c)}{after}</section>

        """));

    /// <summary>Where a row stands: the page that it is on, and its anchor there.</summary>
    /// <param name="row">From 0, in the order of the rows.</param>
    public string AddressOf(int row, string anchor) =>
        $"{PathOf(Stretches.First(stretch => row >= stretch.From && row < stretch.From + stretch.Count).Number)}#{anchor}";

    private void WriteFurther(PageWriter page, PageContext c, TablePart<T> part)
    {
        var head = new PageHead(
            part.Path,
            $"{Site.Name.Text(Thing.Name, c.Texts)} · {Title(c)} · {part.RowsText(c)}",
            [.. Thing.Above(c), new(c.Name(Thing.Name), Thing.Path), new(new Plain(Title(c)), null)],
            DataLinks.Of(Thing.Folder, Thing.Id))
        {
            IsBoard = Thing.IsBoard,
            Previous = part.Previous,
            Next = part.Next,
        };
        Layout.Write(page, c, head, Fragment.Of(main => main.Write($"""
            <p class="tag">{c.Anchor(Thing.Path, c.Name(Thing.Name))}</p>
            <h1>{Title(c)}</h1>
            {Table(c, part)}
            """)));
    }
}

/// <summary>Some rows of a long table: those on the page of its thing, or those on one of the pages below it.</summary>
/// <param name="Place">In the order of turning; 0 is the page of the thing.</param>
internal sealed record TablePart<T>(LongTable<T> Whole, IReadOnlyList<Stretch> Stretches, int Place)
{
    private const int LinksMax = 60; // Of a table with more pages every second, third, ... is linked.

    private Stretch Here => Stretches[Place];

    public bool IsFirst => Place == 0;

    public bool IsCut => Stretches.Count > 1;

    public IReadOnlyList<T> Items => IsCut ? [.. Whole.Rows.Skip(Here.From).Take(Here.Count)] : Whole.Rows;

    public string Path => Whole.PathOf(Here.Number);

    /// <summary>The page before, with its anchor where it is the thing's own; null on the first.</summary>
    public string? Previous => IsFirst ? null : Place == 1 ? $"{Whole.Thing.Path}#{Whole.TableId}" : Whole.PathOf(Stretches[Place - 1].Number);

    /// <summary>The page after; null on the last.</summary>
    public string? Next => Place + 1 < Stretches.Count ? Whole.PathOf(Stretches[Place + 1].Number) : null;

    /// <summary>Which rows of how many these are; nothing where they are all.</summary>
    public Fragment Rows(PageContext c) => Fragment.When(IsCut, page => page.Write($""" <strong class="rows">{RowsText(c)}</strong>"""));

    // A page of older rows does not say how many there are by now: it would have to be written again with each new row.
    public string RowsText(PageContext c) => IsFirst || !Whole.Paging.IsNewestFirst
        ? c.Phrase(ListWords.RowsOf).Plain(First, Last, new Count(Whole.Rows.Count).Text)
        : c.Phrase(ListWords.Rows).Plain(First, Last);

    /// <summary>What the total is called: where not all rows stand above it, it says that it is of all.</summary>
    public string TotalHead(PageContext c) => IsCut ? c.Phrase(ListWords.TotalOfAll).Plain(new Count(Whole.Rows.Count).Text) : c.Texts.Total;

    /// <summary>The way to the other rows, and to all of them as data; nothing where all stand here.</summary>
    public Fragment Turn(PageContext c) => Fragment.When(IsCut, page => page.Write($"""
        <nav class="turn" aria-label="{Whole.Title(c)} · {c.Texts.PagesOfTheList}">{Fragment.When(Previous is not null, part => part.Write($"""<a rel="prev" href="{c.Link(Previous!)}">{(Whole.Paging.IsNewestFirst ? c.Say(ListWords.Newer) : c.Texts.PreviousPage)}</a> """))}<span>{RowsText(c)}</span>{Fragment.When(Next is not null, part => part.Write($""" <a rel="next" href="{c.Link(Next!)}">{(Whole.Paging.IsNewestFirst ? c.Say(ListWords.Older) : c.Texts.NextPage)}</a>"""))}</nav>
        <p class="whole">{c.Say(ListWords.AllRows)} {Fragment.Each(DataLinks.Of(Whole.Thing.Folder, Whole.Thing.Id), static (part, link) => part.Write($"""<a href="{link.Path}">{link.Text}</a> """))}</p>
        {Fragment.When(IsFirst && Stretches.Count > 2, part => AllPages(part, c))}
        """));

    private string First => new Count(Here.From + 1).Text;

    private string Last => new Count(Here.From + Here.Count).Text;

    // On the page of the thing alone, which changes with every row anyway.
    private void AllPages(PageWriter page, PageContext c)
    {
        int step = ((Stretches.Count - 2) / LinksMax) + 1;
        page.Write($"""
            <details class="pages"><summary>{c.Say(ListWords.AllPages)}</summary><ul>{Fragment.Each(Enumerable.Range(1, Stretches.Count - 1).Where(place => (place - 1) % step == 0), (part, place) => part.Write($"""<li><a href="{c.Link(Whole.PathOf(Stretches[place].Number))}">{Label(c, Stretches[place])}</a></li>"""))}</ul></details>

            """);
    }

    private Fragment Label(PageContext c, Stretch stretch) => Fragment.Of(page =>
    {
        if (Whole.NameOf is { } name)
        {
            page.Write($"{c.Name(name(Whole.Rows[stretch.From]))} – {c.Name(name(Whole.Rows[stretch.From + stretch.Count - 1]))}");
        }
        else
        {
            page.Write($"{new Count(stretch.From + 1)}–{new Count(stretch.From + stretch.Count)}");
        }
    });
}
