using DisclosureCloud.Ledger;

namespace DisclosureCloud.Site;

/// <summary>Find your village; how much came, from whom, where it went, how far it got; what is open now.</summary>
internal static class HomePage
{
    private const int NoticesShown = 8;
    private const int ChangesShown = 5;

    public static void Write(PageWriter page, PageContext c)
    {
        Texts t = c.Texts;
        bool open = c.World.Open.Any();
        var head = new PageHead("", $"{t.SiteName} · {t.SiteLine}", [], DataLinks.Tables(t, "funds", "appropriations", "allocations"));
        Layout.Write(page, c, head, Fragment.Of(main =>
        {
            main.Write($"""
                <div class="hero">
                <div><h1>{t.HomeTitle}</h1>
                {Answer(c)}</div>
                {Sunrise}</div>
                {Fragment.When(c.World.Funds.Length > 0, part => part.Write($"""
                {(open ? OpenNow(c) : Fragment.None)}{PlaceFinder.Of(c)}{(open ? Fragment.None : OpenNow(c))}{Funnel.Section(c, "all", c.World.Stages)}
                {SourceSection.Of(c)}{RegionTable.Section(c)}{Fragment.When(c.World.Notices.Length > 0, _ => main.Write($"{Latest(c)}"))}{Changed(c)}
                """))}
                """);
        }));
    }

    /// <summary>The site's mark, large: the sun coming up over the lines of a ledger. It says nothing that the words do not.</summary>
    private static Fragment Sunrise => Fragment.Of(static page => page.Write($"""
        <svg class="sunrise" viewBox="0 0 240 150" width="240" height="150" aria-hidden="true"><path class="rays" d="M120 8v22M64 24l12 20M176 24l-12 20M24 66l20 11M216 66l-20 11"/><path class="disc" d="M66 112a54 54 0 0 1 108 0z"/><path class="rule" d="M4 113h232M28 129h184M60 145h120"/></svg>

        """));

    private static Fragment Answer(PageContext c) => Fragment.Of(page =>
    {
        if (c.World.Notices.Length == 0 && c.World.Funds.Length == 0)
        {
            page.Write($"""<p class="answer">{c.Texts.NothingYet}</p>""");
            return;
        }

        int governments = c.World.Awaiting;
        int allocations = governments + c.World.Funds.Sum(fund => fund.Allocations.Count);
        Phrase answer = (c.World.Notices.Length, governments) switch
        {
            (0, _) => c.Phrase(MoneyWords.HomeAnswerOfPostings), // Departments posted it all: that there is no notice is no news to lead with.
            (_, > 0) => c.Texts.HomeAnswerWithPassDowns,
            _ => c.Texts.HomeAnswer,
        };
        Sum given = c.Sum(c.World.Given.Sum(one => one.Fen));
        Sum shared = c.Sum(c.World.Stages.Allocated + c.World.Stages.PassedDown); // Each fen once: what a lower fund received counts there.
        page.Write($"""
            <p class="answer">{answer.With(new Count(c.World.Notices.Length), given, new Count(allocations), shared, new Count(governments))}</p>
            """);
    });

    private static Fragment OpenNow(PageContext c) => Fragment.Of(page =>
    {
        Posted<Notice>[] open = [.. c.World.Open];
        page.Write($"""
            <section class="now" aria-labelledby="now"><h2 id="now">{c.Texts.OpenNow}</h2>

            """);
        if (open.Length == 0)
        {
            page.Write($"""<p>{c.Texts.NothingOpen.With(c.Day(c.World.AsOf))}</p>""");
        }
        else
        {
            page.Write($"""<ul class="cards">{Fragment.Each(open, (_, notice) => NoticeCard.Write(page, c, notice.Fact))}</ul>""");
        }

        page.Write($"""
            </section>

            """);
    });

    private static Fragment Latest(PageContext c) => Fragment.Of(page => page.Write($"""
        <section aria-labelledby="latest"><h2 id="latest">{c.Texts.LatestNotices}</h2>
        <ul class="cards">{Fragment.Each(c.World.Notices.Take(NoticesShown), (_, notice) => NoticeCard.Write(page, c, notice.Fact))}</ul>
        <p><a href="{c.Link("notices/")}">{c.Texts.AllNotices.With(new Count(c.World.Notices.Length))}</a></p>
        </section>

        """));

    /// <summary>What was corrected or withdrawn last: nobody should have to look for it.</summary>
    private static Fragment Changed(PageContext c) => Fragment.When(c.World.Amendments.Length > 0, page => page.Write($"""
        <section aria-labelledby="changed"><h2 id="changed">{c.Say(MoneyWords.ChangedLately)}</h2>
        <ul class="items">{Fragment.Each(c.World.Amendments.Take(ChangesShown), (_, one) => page.Write($"""
        <li><div><strong><a href="{c.Link(one.Path)}">{CorrectionIndex.Title(c, one)}</a></strong><span class="soft">{c.Name(one.Reason)}</span></div></li>
        """))}</ul>
        <p><a href="{c.Link(AmendmentView.Folder)}">{c.Phrase(MoneyWords.AllCorrections).With(new Count(c.World.Amendments.Length))}</a></p>
        </section>

        """));
}
