namespace DisclosureCloud.Site;

/// <summary>How the site is made, and what it does not know, counted.</summary>
internal static class AboutPage
{
    /// <summary>Where it says why small counts are not shown, and how they enter totals.</summary>
    public const string SmallCounts = "small-counts";

    public static void Write(PageWriter page, PageContext c)
    {
        Texts t = c.Texts;
        World world = c.World;
        int projects = world.Projects.Length;
        var head = new PageHead("about/", t.About, [new(new Plain(t.About), null)], DataLinks.Tables(t, "entries"));
        Layout.Write(page, c, head, Fragment.Of(main => main.Write($"""
            <h1>{t.AboutTitle}</h1>
            <p class="answer">{t.AboutAnswer}</p>
            {Fragment.Each(t.Method, (_, section) => main.Write($"<section><h2>{section.Title}</h2>{Fragment.Each(section.Paragraphs, (_, text) => main.Write($"<p>{text}</p>"))}</section>"))}
            <section aria-labelledby="{SmallCounts}"><h2 id="{SmallCounts}">{c.Say(HeadcountWords.Small)}</h2>{Fragment.Each(HeadcountWords.Method, (_, text) => main.Write($"<p>{c.Say(text)}</p>"))}</section>
            <section aria-labelledby="limits"><h2 id="limits">{t.WhatIsMissing}</h2>
            <p>{t.WhatIsMissingIntro}</p>
            <ul>
            <li>{t.MissingPayments.With(new Count(world.Projects.Count(project => project.PaidFen is null)), new Count(projects))}</li>
            <li>{t.MissingDue.With(new Count(world.Projects.Count(project => project.Fact.Due is null)), new Count(projects))}</li>
            <li>{t.MissingUnit.With(new Count(world.Projects.Count(project => project.Fact.ResponsibleUnit is null)), new Count(projects))}</li>
            <li>{t.MissingPlace.With(new Count(world.Projects.Count(project => project.Fact.PlaceName is null)), new Count(projects))}</li>
            <li>{t.MissingDate.With(new Count(world.Notices.Count(notice => notice.Fact.Published is null)), new Count(world.Notices.Length))}</li>
            <li>{t.MissingPhone.With(new Count(world.Notices.Count(notice => notice.Fact.SupervisionPhones.Length == 0)), new Count(world.Notices.Length))}</li>
            <li>{t.MissingPeriod.With(new Count(world.Notices.Count(IsWithoutPeriod)), new Count(world.Notices.Count(notice => notice.Fact.Form == Ledger.NoticeForm.Gongshi)))}</li>
            <li>{c.Phrase(MoneyWords.MissingContracts).With(new Count(world.Projects.Count(project => project.Account.Committed.IsZero)), new Count(projects))}</li>
            <li>{c.Phrase(MoneyWords.MissingTargets).With(new Count(world.Projects.Count(project => project.Fact.Targets.IsEmpty)), new Count(projects))}</li>
            <li>{c.Phrase(MoneyWords.MissingPlans).With(new Count(world.Projects.Count(project => project.Fact.PlanItem is null)), new Count(projects))}</li>
            <li>{c.Phrase(MoneyWords.ComputedShares).With(new Count(world.Funds.Sum(fund => fund.Allocations.Count(share => share.Fact.Appropriation is null))), new Count(world.Funds.Sum(fund => fund.Allocations.Count)))}</li>
            <li><a href="{c.Link(AmendmentView.Folder)}">{c.Phrase(MoneyWords.CountCorrections).With(new Count(world.Corrections), new Count(world.Withdrawals), new Count(world.Redactions))}</a></li>
            <li>{t.MissingReceipts.With(c.Sum(world.Stages.PassedDown))}</li>
            </ul></section>
            """)));
    }

    private static bool IsWithoutPeriod(Posted<Ledger.Notice> notice) =>
        notice.Fact.Form == Ledger.NoticeForm.Gongshi && World.PeriodOf(notice.Fact) is null;
}
