using DisclosureCloud.Ledger;

namespace DisclosureCloud.Site;

/// <summary>A notice in the form that authorities use, fit for an A4 sheet; without emblem or letterhead, which are theirs.</summary>
internal static class NoticePage
{
    public static void Write(PageWriter page, PageContext c, Posted<Notice> posted, LongTable<NoticeRow> rows)
    {
        Texts t = c.Texts;
        Notice notice = posted.Fact;
        string id = notice.NoticeId.Value;
        FundView fund = c.World.FundOf(notice.FundId);
        var head = new PageHead($"notices/{id}/", Name.Text(notice.Title, t), [new(new Plain(t.Notices), "notices/"), new(c.Name(notice.Title), null)], DataLinks.Of("notices", id))
        {
            IsBoard = true,
            Newest = c.World.Log?.Newest(notice.NoticeId),
        };
        Layout.Write(page, c, head, Fragment.Of(main => main.Write($"""
            <article class="sheet">
            <p class="tag">{t.Form(notice.Form)}</p>
            <h1>{c.Name(notice.Title)}</h1>
            {Fragment.When(notice.DocumentNumber is not null, part => part.Write($"""<p class="number">{c.Name(notice.DocumentNumber)}</p>"""))}
            {NoticeCard.PeriodLine(c, notice)}
            <p>{t.NoticeBody.With(new Count(notice.FiscalYear.Value), c.Sum(notice.Total.Fen))}</p>
            {Sources(c, notice)}{Principles(c, notice)}{Table(c, rows)}{AsPrinted(c, notice)}{Performance(c, notice)}
            <dl class="facts">
            {Fragment.When(notice.DocumentNumber is null, part => part.Write($"<dt>{t.DocumentNumber}</dt><dd>{c.NotStated}</dd>"))}
            <dt>{t.BudgetSubject}</dt><dd>{c.Name(notice.BudgetSubject)}</dd>
            <dt>{t.SupervisionPhones}</dt><dd>{RegionPage.Phones(c, notice)}</dd>
            </dl>
            <p class="signed">{c.Name(notice.Authority)}<br>{c.Day(notice.Published)}</p>
            {ProofNote.OnPaper(c, c.World.Log?.At(posted.Index))}</article>
            {Fragment.When(notice.TranscriptionNote is not null, part => part.Write($"""
            <section class="ours" aria-labelledby="ours"><h2 id="ours">{t.OurNote}</h2><p>{Note(c, notice)}</p></section>
            """))}
            <section aria-labelledby="source"><h2 id="source">{t.SourceOfNotice}</h2>{From(c, posted)}<p>{t.OfFund.With(c.FundLink(fund))}</p></section>

            """)));
    }

    // A notice that its department posted is not a copy, wherever else it was published.
    private static Fragment From(PageContext c, Posted<Notice> posted) => World.IsCopy(posted.Entry)
        ? Fragment.Of(page => page.Write($"<p>{c.Texts.SourceExplained} {new Source(posted.Fact.SourceUrl, c.Language)}</p>"))
        : Fragment.Of(page => page.Write(
            $"<p>{c.Texts.PostedHereBy.With(c.DepartmentLink(posted.Entry.Department.Value))}{Fragment.When(posted.Fact.SourceUrl is not null, part => part.Write($" {c.Texts.PublishedAt} {new Source(posted.Fact.SourceUrl, c.Language)}"))}</p>"));

    private static Fragment Table(PageContext c, LongTable<NoticeRow> rows) => rows.Rows.Count > 0
        ? rows.First(c)
        : Fragment.Of(page => page.Write($"""<p class="note">{c.Texts.NoticeWithoutTable}</p>"""));

    /// <summary>The words of whoever copied it, in whatever language they were written: unlike a name, they are not marked as Chinese.</summary>
    private static Fragment Note(PageContext c, Notice notice) => Fragment.Of(page => page.Write($"<bdi>{notice.TranscriptionNote!.Value ?? c.Texts.Withheld}</bdi>"));

    private static Fragment Sources(PageContext c, Notice notice)
    {
        (Entry Entry, Appropriation Fact)[] given = [.. c.World.PrintedIn(notice.NoticeId).Where(one => one.Fact is Appropriation).Select(one => (one.Entry, (Appropriation)one.Fact))];
        return Fragment.When(given.Length > 0, page => page.Write($"""
            <h2>{c.Texts.Sources}</h2>
            <ul class="sources">{Fragment.Each(given, (_, one) => page.Write($"<li>{c.Name(one.Fact.SourceName)}{AmendmentMark.Of(c, one.Entry.Id)} <span>{c.Sum(one.Fact.Amount.Fen)}</span></li>"))}</ul>

            """));
    }

    /// <summary>Where something was corrected or withdrawn since, the sheet says that it shows what was printed.</summary>
    private static Fragment AsPrinted(PageContext c, Notice notice) => Fragment.When(
        c.World.PrintedIn(notice.NoticeId).Any(one => c.World.AmendmentsOf(one.Entry.Id).Any()), page => page.Write($"""
        <p class="note">{c.Say(MoneyWords.AsPrinted)}</p>

        """));

    private static Fragment Principles(PageContext c, Notice notice) => Fragment.When(notice.Principles.Length > 0, page => page.Write($"""
        <h2>{c.Texts.Principles}</h2>
        <ol>{Fragment.Each(notice.Principles, (_, principle) => page.Write($"<li>{c.Name(principle)}</li>"))}</ol>

        """));

    private static Fragment Performance(PageContext c, Notice notice) => Fragment.When(
        notice.PerformanceOutput is not null || notice.BeneficiaryHouseholds is not null || notice.BeneficiaryPersons is not null, page => page.Write($"""
        <h2>{c.Texts.Performance}</h2>
        <dl class="facts"><dt>{c.Texts.Output}</dt><dd>{c.Name(notice.PerformanceOutput)}</dd><dt>{c.Texts.Households}</dt><dd>{new Heads(notice.BeneficiaryHouseholds, c.Texts)}</dd><dt>{c.Texts.Persons}</dt><dd>{new Heads(notice.BeneficiaryPersons, c.Texts)}</dd></dl>

        """));
}
