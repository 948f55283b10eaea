namespace DisclosureCloud.Site;

/// <summary>A step of the way from home to a page.</summary>
/// <param name="Path">Null for the page itself.</param>
internal readonly record struct Crumb(IMarkup Text, string? Path);

/// <summary>A file with the figures of a page.</summary>
internal readonly record struct DataLink(string Path, string Text);

/// <summary>What the frame around a page needs to know.</summary>
/// <param name="Path">The page's own path below its language's root.</param>
/// <param name="Title">Plain text.</param>
internal sealed record PageHead(string Path, string Title, IReadOnlyList<Crumb> Crumbs, IReadOnlyList<DataLink> Data)
{
    /// <summary>The page of what this page's thing goes on as, below its language's root; null for most pages.</summary>
    public string? GoesOnAt { get; init; }

    /// <summary>The page that this one goes on from, below its language's root; null for what stands alone.</summary>
    public string? Previous { get; init; }

    /// <summary>The page that goes on from this one; null where there is none.</summary>
    public string? Next { get; init; }

    /// <summary>Where what stands here is found best: in what it goes on as, and for a further page of a long table at its own address.</summary>
    public string? Canonical => GoesOnAt ?? (Previous is null ? null : Path);

    /// <summary>The newest entry about what the page shows; null where the page is about no one thing, or there is no log.</summary>
    public LoggedEntry? Newest { get; init; }

    /// <summary>Scripts of this page alone, in the order in which they run.</summary>
    public IReadOnlyList<string> Scripts { get; init; } = [];

    /// <summary>The stylesheet of pages of this kind, behind that of all; null where they need none.</summary>
    public string? Stylesheet { get => field ?? (IsBoard ? "board.css" : null); init; }

    /// <summary>Printed pages of this kind stand alone, as on a village board.</summary>
    public bool IsBoard { get; init; }
}

/// <summary>The frame around every page.</summary>
internal static class Layout
{
    public static void Write(PageWriter page, PageContext c, PageHead head, Fragment main) => page.Write($"""
        <!doctype html>
        <html lang="{c.Language.Tag}">
        <head>
        <meta charset="utf-8">
        <meta name="viewport" content="width=device-width, initial-scale=1">
        <meta http-equiv="Content-Security-Policy" content="{ContentPolicy.Page}">
        <meta name="color-scheme" content="light dark">
        <title>{(head.Path.Length == 0 ? head.Title : $"{head.Title} · {c.Texts.SiteName}")}</title>
        {Style(c, "site.css")}{Fragment.When(head.Stylesheet is not null, part => part.Write($"""{Style(c, head.Stylesheet!)}"""))}
        <link rel="icon" type="image/svg+xml" href="{c.Assets.Link("sun.svg")}">
        <link rel="alternate" hreflang="zh-Hans" href="{Language.Chinese.Link(head.Path)}">
        <link rel="alternate" hreflang="en" href="{Language.English.Link(head.Path)}">
        {Link(c, "canonical", head.Canonical)}{Link(c, "prev", head.Previous)}{Link(c, "next", head.Next)}{Script(c, "find.js")}{Fragment.Each(head.Scripts, (part, name) => part.Write($"""{Script(c, name)}"""))}
        </head>
        <body{Board(head)}>
        <a class="skip" href="#main">{c.Texts.SkipToContent}</a>
        <header class="top">
        <div class="wrap">
        <a class="brand" href="{c.Link("")}">{Mark}<span>{c.Texts.SiteName}</span></a>
        <nav aria-label="{c.Texts.MainNavigation}"><ul>{Navigation(c, head)}</ul></nav>
        <a class="lang" href="{c.Language.Other.Link(head.Path)}" hreflang="{c.Language.Other.Tag}" lang="{c.Language.Other.Tag}">{c.Language.Other.Texts.LanguageName}</a>
        </div>
        </header>
        {Whose(c)}<div class="wrap">
        {Way(c, head)}<main id="main">
        {main}
        {ProofNote.Of(c, head.Newest)}{Downloads(c, head)}</main>
        </div>
        {Foot(c, head)}
        </body>
        </html>

        """);

    private static Fragment Style(PageContext c, string name) => Fragment.Of(page => page.Write(
        $"""<link rel="stylesheet" href="{c.Assets.Link(name)}" integrity="{c.Assets.Integrity(name)}">"""));

    private static Fragment Script(PageContext c, string name) => Fragment.Of(page => page.Write(
        $"""<script src="{c.Assets.Link(name)}" integrity="{c.Assets.Integrity(name)}" defer></script>"""));

    private static Fragment Link(PageContext c, string relation, string? path) => Fragment.When(path is not null, page => page.Write($"""
        <link rel="{relation}" href="{c.Link(path!)}">

        """));

    private static Fragment Board(PageHead head) => Fragment.When(head.IsBoard, static page => page.Write($" class=\"board\""));

    /// <summary>The sun over a line of the ledger.</summary>
    private static Fragment Mark => Fragment.Of(static page => page.Write($"""
        <svg viewBox="0 0 32 32" width="30" height="30" aria-hidden="true"><path class="rays" d="M16 3v4M5.4 7.4l2.8 2.8M26.6 7.4l-2.8 2.8M2 18h3.5M26.5 18H30"/><path class="disc" d="M8.5 21a7.5 7.5 0 0 1 15 0z"/><path class="rule" d="M2 21.5h28M6 26h20"/></svg>
        """));

    private static Fragment Navigation(PageContext c, PageHead head) => Fragment.Each(
        [
            ("regions/", c.Texts.Regions), ("funds/", c.Texts.Funds), ("projects/", c.Texts.Projects), ("plans/", c.Say(MoneyWords.Plans)), ("notices/", c.Texts.Notices),
            ("data/", c.Texts.Data), ("about/", c.Texts.About),
        ],
        (PageWriter page, (string Path, string Text) item) => page.Write(
            $"""<li><a href="{c.Link(item.Path)}"{Current(head, item.Path)}>{item.Text}</a></li>"""));

    private static Fragment Current(PageHead head, string path) => head.Path == path
        ? Fragment.Of(static page => page.Write($" aria-current=\"page\""))
        : Fragment.When(head.Path.StartsWith(path, StringComparison.Ordinal), static page => page.Write($" aria-current=\"true\""));

    /// <summary>Whose site it is. A trial says so on every page.</summary>
    private static Fragment Whose(PageContext c) => Fragment.When(c.World.Snapshot.Settings.Operator is null, page => page.Write($"""
        <aside class="whose" aria-label="{c.Texts.AboutThisSite}"><p class="wrap"><strong>{c.Texts.TrialShort}</strong>{c.Language.Of("", " ")}{c.Texts.TrialNote}{Copied(c)}</p></aside>

        """));

    // What departments posted themselves is copied from nowhere: the note says so of what was copied alone.
    private static Fragment Copied(PageContext c) => Fragment.When(
        c.World.HasCopies, page => page.Write($"{c.Language.Of("", " ")}{(c.World.IsAllCopied ? c.Texts.TrialCopied : c.Texts.TrialPartlyCopied)}"));

    private static Fragment Way(PageContext c, PageHead head) => Fragment.When(head.Crumbs.Count > 0, page => page.Write($"""
        <nav class="way" aria-label="{c.Texts.Breadcrumb}"><ol><li><a href="{c.Link("")}">{c.Texts.Home}</a></li>{Fragment.Each(head.Crumbs, (_, crumb) => Step(page, c, crumb))}</ol></nav>

        """));

    private static void Step(PageWriter page, PageContext c, Crumb crumb)
    {
        if (crumb.Path is { } path)
        {
            page.Write($"""<li><a href="{c.Link(path)}">{new Held(crumb.Text)}</a></li>""");
        }
        else
        {
            page.Write($"""<li aria-current="page">{new Held(crumb.Text)}</li>""");
        }
    }

    private static Fragment Downloads(PageContext c, PageHead head) => Fragment.When(head.Data.Count > 0, page => page.Write($"""
        <section class="downloads" aria-labelledby="downloads"><h2 id="downloads">{c.Texts.DataOfThisPage}</h2><ul>{Fragment.Each(
            head.Data, static (page, link) => page.Write($"""<li><a href="{link.Path}">{link.Text}</a></li>"""))}</ul></section>

        """));

    // Only home and status say which snapshot they are of: said on every page, one posting would change them all.
    private static Fragment Foot(PageContext c, PageHead head) => Fragment.Of(page => page.Write($"""
        <footer class="foot"><div class="wrap">
        <div>{Hotlines(c)}</div>
        <p>{new Held(WhoseLong(c))}</p>
        {Fragment.When(head.Path.Length == 0, part => part.Write($"<p>{c.Texts.AsOfLine.With(c.Day(c.World.AsOf), new Count(c.World.Snapshot.Position))}</p>"))}
        <ul class="plain"><li><a href="{c.Link("about/")}">{c.Texts.About}</a></li><li><a href="{c.Link("glossary/")}">{c.Texts.Glossary}</a></li><li><a href="{c.Link("departments/")}">{c.Texts.Departments}</a></li><li><a href="{c.Link(AmendmentView.Folder)}">{c.Say(MoneyWords.Corrections)}</a></li><li><a href="{c.Link(AdjustmentIndex.Folder)}">{c.Say(MoneyWords.Adjustments)}</a></li><li><a href="{c.Link(AssetIndex.Folder)}">{c.Say(MoneyWords.Assets)}</a></li><li><a href="{c.Link(VerifyPage.Path)}">{c.Say(VerifyWords.Title)}</a></li><li><a href="{c.Link("status/")}">{c.Texts.Status}</a></li><li><a href="{c.Link("data/")}">{c.Texts.Data}</a></li><li><a href="{c.Link(DictionaryIndex.Path)}">{c.Texts.Dictionary}</a></li></ul>
        </div></footer>
        """));

    private static IMarkup WhoseLong(PageContext c) => c.World.Snapshot.Settings.Operator is { } name
        ? c.Texts.OperatedBy.With(new Plain(name))
        : new Plain(c.Texts.TrialNote);

    /// <summary>The operator's own hotlines; a trial has none, and says where the printed ones stand.</summary>
    private static Fragment Hotlines(PageContext c) => Fragment.Of(page =>
    {
        if (c.World.Snapshot.Settings.Hotlines.IsDefaultOrEmpty)
        {
            page.Write($"<p>{c.Texts.NoHotlines}</p>");
        }
        else
        {
            page.Write($"""<p class="call">{c.Texts.Hotlines} {Fragment.Each(
                c.World.Snapshot.Settings.Hotlines, static (page, number) => page.Write($"<strong>{number}</strong> "))}</p>""");
        }
    });
}
