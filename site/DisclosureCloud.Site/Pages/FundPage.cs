using DisclosureCloud.Ledger;

namespace DisclosureCloud.Site;

/// <summary>A fund: how much, from whom, to what, how far it got, and every movement with the balance after it.</summary>
internal static class FundPage
{
    public static void Write(PageWriter page, PageContext c, FundTables tables)
    {
        Texts t = c.Texts;
        FundView fund = tables.Fund;
        var head = new PageHead(
            tables.Thing.Path, Name.Text(fund.Fact.Name, t), [.. tables.Thing.Above(c), new(c.Name(fund.Fact.Name), null)], DataLinks.Of("funds", fund.Id))
        {
            Newest = c.World.Log?.Newest(fund.Fact.FundId),
        };
        Layout.Write(page, c, head, Fragment.Of(main => main.Write($"""
            <p class="tag">{t.Fund} · {t.BudgetYear.With(new Count(fund.Fact.BudgetYear.Value))}</p>
            <h1>{c.Name(fund.Fact.Name)}{AmendmentMark.Of(c, fund.Posted.Entry.Id)}</h1>
            <p class="answer">{Answer(c, fund)}</p>
            <div class="cols"><div class="body">
            {Funnel.Section(c, $"fund/{fund.Id}", fund.Stages)}
            {FundSources.Of(c, tables)}{FundUses.Of(c, tables.Uses)}{tables.Contracts.Section(c)}{Adjustments(c, tables)}{PassDowns(c, tables)}{ReturnTable.Of(c, tables.Refunds, tables.Returns)}{RevolvingSection.Of(c, fund, tables.Loans, tables.Goods)}{Movements(c, tables)}{YearEndSection.Of(c, fund, tables.Later)}{Plans(c, fund)}{EvaluationTable.Of(c, [.. fund.Of<Evaluation>().Where(one => one.Fact.ProjectId is null)])}{WithdrawnTable.Section(c, tables.Withdrawn)}{Principles(c, fund)}</div>
            {Margin(c, fund)}</div>
            """)));
    }

    private static Fragment Answer(PageContext c, FundView fund)
    {
        Stages stages = fund.Stages;
        int paidFor = fund.Projects.Count(project => project.AllocatedFen > 0); // One that is registered may have no money yet, or none any more.
        return stages switch
        {
            _ when fund.IsRevolving => c.Phrase(MoneyWords.RevolvingAnswer).With(c.Sum(stages.Appropriated), c.Sum(fund.Books.Lent.Fen), c.Sum(fund.Books.Outstanding.Fen)),
            { PassedDown: > 0, Allocated: 0 } => c.Texts.FundAnswerPassedDown.With(c.Sum(stages.Appropriated), new Count(fund.PassDowns.Count), c.Sum(stages.PassedDown)),
            { PassedDown: > 0 } => c.Texts.FundAnswerBoth.With(
                c.Sum(stages.Appropriated), new Count(paidFor), new Count(fund.PassDowns.Count), c.Sum(stages.Allocated), c.Sum(stages.PassedDown)),
            { Allocated: 0 } => c.Texts.FundAnswerNothing.With(c.Sum(stages.Appropriated)),
            _ => c.Texts.FundAnswer.With(c.Sum(stages.Appropriated), new Count(paidFor), c.Sum(stages.Allocated)),
        };
    }

    private static Fragment Adjustments(PageContext c, FundTables tables) =>
        tables.Adjustments.Section(c, Fragment.Of(page => page.Write($"""<p class="soft">{c.Say(MoneyWords.AdjustmentMeaning)}</p>""")));

    private static Fragment PassDowns(PageContext c, FundTables tables) =>
        tables.PassDowns.Section(c, after: Fragment.Of(page => page.Write($"""<p class="soft">{c.Say(MoneyWords.InBetweenMeaning)}</p>""")));

    private static Fragment Movements(PageContext c, FundTables tables) => Fragment.When(tables.Movements.Rows.Count + tables.Payments.Rows.Count > 0, page => page.Write($"""
        <section aria-labelledby="movements"><h2 id="movements">{c.Texts.Movements}</h2>
        {tables.Movements.First(c)}{tables.Payments.First(c)}{Fragment.When(tables.Payments.Rows.Count == 0 && tables.Fund.Stages.Allocated > 0, part => part.Write($"""<p class="note">{c.Texts.NobodyReportedPayments}</p>"""))}</section>

        """));

    private static Fragment Plans(PageContext c, FundView fund)
    {
        IReadOnlyList<Posted<IntegrationPlan>> plans = fund.Of<IntegrationPlan>();
        return Fragment.When(plans.Count > 0, page => page.Write($"""
            <section aria-labelledby="integration"><h2 id="integration">{c.Say(MoneyWords.IntegrationPlans)}</h2>
            <p class="soft">{c.Say(MoneyWords.IntegrationMeaning)}</p>
            {FactTable.Of(
                c, "integration-table", new Plain(c.Say(MoneyWords.IntegrationTable)), plans, _ => null,
                FactTable.Words<Posted<IntegrationPlan>>(c.Texts.DocumentNumber, one => AmendmentMark.After(c, one.Entry.Id, c.Name(one.Fact.DocumentNumber))),
                FactTable.Words<Posted<IntegrationPlan>>(c.Texts.When, one => c.Day(one.Entry.Date)),
                FactTable.Words<Posted<IntegrationPlan>>(c.Say(MoneyWords.NewPurposes), one => new Plain(string.Join(c.Say(MoneyWords.ListComma), Purposes(c, one.Fact.Programmes, one.Fact.Categories)))),
                FactTable.Words<Posted<IntegrationPlan>>(c.Say(MoneyWords.ApprovedAt), one => new Plain(CodeWords.Of(c, one.Fact.Tier))),
                FactTable.Words<Posted<IntegrationPlan>>(c.Say(MoneyWords.Body), one => c.Name(one.Fact.Body)))}</section>

            """));
    }

    private static IEnumerable<string> Purposes(PageContext c, IEnumerable<Programme> programmes, IEnumerable<PlanCategory> categories) =>
        programmes.Select(one => CodeWords.Of(c, one)).Concat(categories.Select(one => CodeWords.Of(c, one)));

    private static Fragment Principles(PageContext c, FundView fund) => Fragment.When(
        fund.Notices.Any(notice => notice.Fact.Principles.Length > 0), page => page.Write($"""
        <section aria-labelledby="principles"><h2 id="principles">{c.Texts.Principles}</h2>
        {Fragment.Each(fund.Notices, (_, notice) => page.Write($"<ol>{Fragment.Each(notice.Fact.Principles, (_, principle) => page.Write($"<li>{c.Name(principle)}</li>"))}</ol>"))}</section>

        """));

    private static Fragment Margin(PageContext c, FundView fund) => Fragment.Of(page => page.Write($"""
        <aside class="margin" aria-label="{c.Texts.Provenance}"><h2>{c.Texts.Provenance}</h2><dl>
        <dt>{c.Texts.KeptBy}</dt><dd>{c.Name(fund.Fact.Authority)}</dd>
        <dt>{c.Texts.Place}</dt><dd>{c.PlaceLink(fund.Fact.Region)}</dd>
        {Fragment.When(fund.Fact.Type is not null, part => part.Write($"<dt>{c.Say(MoneyWords.FundType)}</dt><dd>{CodeWords.Of(c, fund.Fact.Type!.Value)}</dd>"))}{Fragment.When(fund.Fact.Programmes.Length + fund.Fact.Categories.Length > 0, part => part.Write($"<dt>{c.Say(MoneyWords.MayPayFor)}</dt><dd>{string.Join(c.Say(MoneyWords.ListComma), Purposes(c, fund.Fact.Programmes, fund.Fact.Categories))}</dd>"))}
        <dt>{c.Texts.BudgetSubject}</dt><dd>{c.Name(fund.Fact.BudgetSubject)}</dd>
        {Fragment.Each(fund.Notices, (_, notice) => page.Write($"<dt>{c.Texts.Notice}</dt><dd>{c.NoticeLink(notice.Fact)}</dd><dt>{c.Texts.DocumentNumber}</dt><dd>{c.Name(notice.Fact.DocumentNumber)}</dd>"))}
        <dt>{c.Texts.PostedBy}</dt><dd>{c.DepartmentLink(fund.Posted.Entry.Department.Value)}</dd>
        <dt>{c.Texts.FundId}</dt><dd><code>{fund.Id}</code></dd>
        </dl></aside>

        """));
}
