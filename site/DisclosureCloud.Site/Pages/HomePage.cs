using DisclosureCloud.Ledger;

namespace DisclosureCloud.Site;

/// <summary>Find your village; how much came, from whom, where it went, how far it got; what is open now.</summary>
internal static class HomePage
{
    private const int NoticesShown = 8;

    public static void Write(PageWriter page, PageContext c)
    {
        Texts t = c.Texts;
        var head = new PageHead("", $"{t.SiteName} · {t.SiteLine}", [], DataLinks.Tables(t, "funds", "appropriations", "allocations"));
        Layout.Write(page, c, head, Fragment.Of(main =>
        {
            main.Write($"""
                <div class="hero">
                <h1>{t.HomeTitle}</h1>
                {Answer(c)}
                </div>
                {Fragment.When(c.World.Notices.Length > 0, part => part.Write($"""
                {OpenNow(c)}{PlaceFinder.Of(c)}<section aria-labelledby="far"><h2 id="far">{t.HowFar}</h2>
                {Funnel.Of(c, "funnel", c.World.Stages)}</section>
                {SourceSection.Of(c)}{RegionTable.Section(c)}{Latest(c)}
                """))}
                """);
        }));
    }

    private static Fragment Answer(PageContext c) => Fragment.Of(page =>
    {
        if (c.World.Notices.Length == 0 && c.World.Funds.Length == 0)
        {
            page.Write($"""<p class="answer">{c.Texts.NothingYet}</p>""");
            return;
        }

        int governments = c.World.Funds.Sum(fund => fund.PassDowns.Count);
        Phrase answer = governments > 0 ? c.Texts.HomeAnswerWithPassDowns : c.Texts.HomeAnswer;
        page.Write($"""
            <p class="answer">{answer.With(new Count(c.World.Notices.Length), c.Sum(c.World.Stages.Appropriated), new Count(c.World.Projects.Length), new Count(governments))}</p>
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
}
