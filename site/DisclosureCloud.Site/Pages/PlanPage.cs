using DisclosureCloud.Ledger;

namespace DisclosureCloud.Site;

/// <summary>An item of the project library: what it is to be, how far the tiers have taken it, what became of it.</summary>
internal static class PlanPage
{
    public static void Write(PageWriter page, PageContext c, PlanView plan)
    {
        Texts t = c.Texts;
        string title = c.Say(MoneyWords.Plans);
        var head = new PageHead($"plans/{plan.Id}/", Name.Text(plan.Fact.Name, t), [new(new Plain(title), PlanIndex.Folder), new(c.Name(plan.Fact.Name), null)], DataLinks.Tables(t, "entries"));
        Layout.Write(page, c, head, Fragment.Of(main => main.Write($"""
            <p class="tag">{c.Say(MoneyWords.PlanItem)} · {new Count(plan.Fact.Year.Value)} · {c.PlaceLink(plan.Fact.Place, plan.Fact.PlaceName)}</p>
            <h1>{c.Name(plan.Fact.Name)}{AmendmentMark.Of(c, plan.Posted.Entry.Id)}</h1>
            <p class="answer">{Answer(c, plan)}</p>
            <div class="cols"><div class="body">
            {Facts(c, plan)}{Tiers(c, plan)}{Became(c, plan)}{Targets(c, plan)}{WithdrawnTable.Section(c, [.. c.World.Withdrawn.Where(one => one.Fact is PlanApproval said && said.PlanItemId == plan.Fact.PlanItemId)])}</div>
            {Margin(c, plan)}</div>
            """)));
    }

    private static Fragment Answer(PageContext c, PlanView plan) => plan.State switch
    {
        PlanItemState.Removed => c.Phrase(MoneyWords.PlanAnswerRemoved).With(c.Sum(plan.Fact.Planned.Fen)),
        _ when plan.AllocatedFen is { } allocated => c.Phrase(MoneyWords.PlanAnswerAllocated).With(c.Sum(plan.Fact.Planned.Fen), c.Sum(allocated)),
        PlanItemState.InAnnualPlan => c.Phrase(MoneyWords.PlanAnswerInPlan).With(c.Sum(plan.Fact.Planned.Fen)),
        _ => c.Phrase(MoneyWords.PlanAnswerEntered).With(c.Sum(plan.Fact.Planned.Fen)),
    };

    private static Fragment Facts(PageContext c, PlanView plan) => Fragment.Of(page => page.Write($"""
        <dl class="facts">
        <dt>{c.Say(MoneyWords.State)}</dt><dd>{c.Say(CodeWords.Of(plan.State))}</dd>
        <dt>{c.Texts.WhatIsDone}</dt><dd>{c.Name(plan.Fact.Content)}</dd>
        <dt>{c.Say(MoneyWords.Planned)}</dt><dd>{c.Sum(plan.Fact.Planned.Fen)}</dd>
        {Fragment.When(plan.Fact.PlaceName is not null, part => part.Write($"<dt>{c.Texts.Where}</dt><dd>{c.Name(plan.Fact.PlaceName)}</dd>"))}
        <dt>{c.Texts.ResponsibleUnit}</dt><dd>{c.Name(plan.Fact.ResponsibleUnit)}</dd>
        {Fragment.When(plan.Fact.Programme is not null, part => part.Write($"<dt>{c.Say(MoneyWords.ProgrammeHead)}</dt><dd>{CodeWords.Of(c, plan.Fact.Programme!.Value)}</dd>"))}{Fragment.When(plan.Fact.Category is not null, part => part.Write($"<dt>{c.Say(MoneyWords.CategoryHead)}</dt><dd>{CodeWords.Of(c, plan.Fact.Category!.Value)}</dd>"))}</dl>

        """));

    /// <summary>Every tier, also those that have said nothing yet, from below; then what was said in the order in which it was.</summary>
    private static Fragment Tiers(PageContext c, PlanView plan) => Fragment.Of(page => page.Write($"""
        <section aria-labelledby="tiers"><h2 id="tiers">{c.Say(MoneyWords.Tiers)}</h2>
        <ol class="history">{Fragment.Each(plan.Said, (_, said) => page.Write($"""
        <li>{c.Day(said.Entry.Date)} <strong>{CodeWords.Of(c, said.Fact.Tier)} · {CodeWords.Of(c, said.Fact.Outcome)}</strong> {c.Name(said.Fact.Body)} <small>{c.Name(said.Fact.DocumentNumber)}</small>{Fragment.When(said.Fact.Note is not null, part => part.Write($" {c.Name(said.Fact.Note)}"))}{AmendmentMark.Of(c, said.Entry.Id)}</li>
        """))}{Fragment.Each(Silent(plan), (_, tier) => page.Write($"""<li class="open">{CodeWords.Of(c, tier)} {c.NotStated}</li>"""))}</ol></section>

        """));

    private static IEnumerable<Tier> Silent(PlanView plan) => plan.State == PlanItemState.Removed ? [] : plan.Rules.Tiers.Where(tier => plan.Said.All(said => said.Fact.Tier != tier));

    private static Fragment Became(PageContext c, PlanView plan) => Fragment.Of(page =>
    {
        page.Write($"""
            <section aria-labelledby="became"><h2 id="became">{c.Say(MoneyWords.WhatBecame)}</h2>

            """);
        if (plan.Projects.Count == 0)
        {
            page.Write($"""<p class="note">{c.Say(MoneyWords.NoProjectYet)}</p>""");
        }
        else
        {
            page.Write($"{FactTable.Of(
                c, "became-table", new Plain(c.Say(MoneyWords.BecameTable)), plan.Projects, _ => null,
                FactTable.Words<ProjectView>(c.Texts.Project, one => c.ProjectLink(one)),
                FactTable.Words<ProjectView>(c.Texts.Fund, one => c.FundLink(one.Fund)),
                FactTable.Total<ProjectView>(c, c.Texts.Allocated, one => one.AllocatedFen),
                FactTable.Money<ProjectView>(c, c.Texts.Paid, one => one.PaidFen))}");
        }

        page.Write($"""
            </section>

            """);
    });

    private static Fragment Targets(PageContext c, PlanView plan) => Fragment.When(plan.Fact.Targets.Length > 0, page => page.Write($"""
        <section aria-labelledby="targets"><h2 id="targets">{c.Say(MoneyWords.Targets)}</h2>
        {FactTable.Of(
            c, "targets-table", new Plain(c.Say(MoneyWords.TargetsPlanned)), plan.Fact.Targets, _ => null,
            FactTable.Words<Target>(c.Say(MoneyWords.Indicator), one => Fragment.Of(part => part.Write($"{c.Name(one.Indicator)} <small>{c.Name(one.Measure)}</small>"))),
            new(c.Say(MoneyWords.Baseline), one => new Plain(one.Baseline.ToString())) { IsNumber = true },
            new(c.Say(MoneyWords.Wanted), one => new Plain(one.Wanted.ToString())) { IsNumber = true },
            FactTable.Words<Target>(c.Say(MoneyWords.By), one => c.Day(one.Due)))}</section>

        """));

    private static Fragment Margin(PageContext c, PlanView plan) => Fragment.Of(page => page.Write($"""
        <aside class="margin" aria-label="{c.Texts.Provenance}"><h2>{c.Texts.Provenance}</h2><dl>
        <dt>{c.Say(MoneyWords.EnteredOn)}</dt><dd>{c.Day(plan.Posted.Entry.Date)}</dd>
        <dt>{c.Say(MoneyWords.PostedByHead)}</dt><dd>{c.DepartmentLink(plan.Posted.Entry.Department.Value)}</dd>
        <dt>{c.Say(MoneyWords.PlanItemId)}</dt><dd><code>{plan.Id}</code></dd>
        </dl></aside>

        """));
}
