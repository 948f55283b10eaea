using DisclosureCloud.Ledger;

namespace DisclosureCloud.Site;

/// <summary>A project: where, what, by whom, how much from which fund, how far it got.</summary>
internal static class ProjectPage
{
    public static void Write(PageWriter page, PageContext c, ProjectTables tables)
    {
        Texts t = c.Texts;
        IReadOnlyList<ProjectView> registrations = tables.Registrations;
        ProjectView project = tables.First;
        ProjectView[] others = [.. registrations.Where(one => one != project)];
        var head = new PageHead(
            $"projects/{project.Id}/",
            Name.Text(project.Fact.Name, t),
            [new(new Plain(t.Projects), "projects/"), new(c.Name(project.Fact.Name), null)],
            DataLinks.Of("projects", project.Id))
        {
            Newest = c.World.Log?.Newest(project.Fact.ProjectId),
            GoesOnAt = project.Account.Successors is [var next] ? $"projects/{next.Value}/" : null,
        };
        Layout.Write(page, c, head, Fragment.Of(main => main.Write($"""
            <p class="tag">{t.ProjectKind(project.Fact.Type)} · {c.PlaceLink(project.Fact.Place)}</p>
            <h1>{c.Name(project.Fact.Name)}{AmendmentMark.Of(c, project.Posted.Entry.Id)}</h1>
            {Succession(c, project)}<p class="answer">{Answer(c, registrations)}</p>
            <div class="cols"><div class="body">
            {Facts(c, project)}
            {ProjectTargets.Of(c, project)}<section aria-labelledby="far"><h2 id="far">{t.HowFar}</h2>
            {Money(c, project, tables.OfFunds[project.Fund.Id], "funnel")}</section>
            {Details(c, project, tables.OfFunds[project.Fund.Id])}{Fragment.Each(others, (_, other) => OtherFund(main, c, other, tables.OfFunds[other.Fund.Id]))}{EvaluationTable.Of(c, [.. registrations.SelectMany(one => one.Of<Evaluation>()).OrderBy(one => one.Index)])}{tables.History.Section(c)}{WithdrawnTable.Section(c, tables.Withdrawn)}</div>
            {Margin(c, project)}</div>
            """)));
    }

    private static Fragment Money(PageContext c, ProjectView project, ProjectMoney money, string id) => Fragment.Of(page => page.Write(
        $"{Funnel.Of(c, id, $"fund/{project.Fund.Id}/project/{project.Id}", StagesOf(project))}{money.Allocations.First(c)}{money.Payments.First(c)}"));

    /// <summary>What one fund's registration of the project has besides its money.</summary>
    private static Fragment Details(PageContext c, ProjectView project, ProjectMoney money) => Fragment.Of(page => page.Write(
        $"{money.Contracts.Section(c)}{money.Households.Section(c)}{AssetTable.Section(c, $"assets-{project.Fund.Id}", project.Assets)}{AssetTable.Incomes(c, project.Assets)}{ChangeTable.Of(c, project)}"));

    private static Fragment Succession(PageContext c, ProjectView project) => Fragment.Of(page =>
    {
        if (!project.Account.Successors.IsEmpty)
        {
            page.Write($"""<p class="notice">{c.Say(MoneyWords.GoesOnAs)} {Fragment.Each(project.Account.Successors, (_, id) => page.Write($"{ChangeTable.Link(c, project.Fact.FundId, id)} "))}</p>""");
        }
        else if (project.Account.Closed)
        {
            page.Write($"""<p class="notice">{c.Say(MoneyWords.WasCancelled)}</p>""");
        }

        if (project.Predecessors.Any())
        {
            page.Write($"""<p class="notice">{c.Say(MoneyWords.CameFrom)} {Fragment.Each(project.Predecessors, (_, before) => page.Write($"{c.ProjectLink(before)} "))}</p>""");
        }
    });

    private static void OtherFund(PageWriter page, PageContext c, ProjectView project, ProjectMoney money) => page.Write($"""
        <section><h2>{c.Texts.AlsoPaidFrom} {c.FundLink(project.Fund)}</h2>
        {Facts(c, project)}
        {Money(c, project, money, $"funnel-{project.Fund.Id}")}</section>
        {ProjectTargets.Of(c, project)}{Details(c, project, money)}
        """);

    /// <summary>What a villager asks about a project; also shown for each project on the page of its place.</summary>
    public static Fragment Facts(PageContext c, ProjectView project) => Fragment.Of(page =>
    {
        Texts t = c.Texts;
        page.Write($"""
            <dl class="facts">
            <dt>{t.WhatIsDone}</dt><dd>{c.Name(project.Fact.Content)}</dd>
            <dt>{t.HowMuch}</dt><dd>{c.Sum(project.AllocatedFen)}</dd>
            {Fragment.When(project.Fact.TotalInvestment is not null, part => part.Write($"<dt>{t.TotalInvestment}</dt><dd>{c.Sum(project.Fact.TotalInvestment!.Value.Fen)}</dd>"))}{Fragment.When(project.Fact.SelfRaised is not null, part => part.Write($"<dt>{t.SelfRaised}</dt><dd>{c.Sum(project.Fact.SelfRaised!.Value.Fen)}</dd>"))}{Fragment.When(project.Fact.ProjectCount is not null, part => part.Write($"<dt>{t.RowStandsFor}</dt><dd>{t.ProjectsCounted.With(new Count(project.Fact.ProjectCount!.Value))}</dd>"))}
            {Fragment.When(project.Fact.PlaceName?.Value is not { } place || place != c.World.RegionOf(project.Fact.Place).Name.Value, part => part.Write($"<dt>{t.Where}</dt><dd>{c.Name(project.Fact.PlaceName)}</dd>"))}
            <dt>{t.ResponsibleUnit}</dt><dd>{c.Name(project.Fact.ResponsibleUnit)}</dd>
            {Fragment.When(project.Fact.ImplementingUnit is not null, part => part.Write($"<dt>{c.Say(MoneyWords.ImplementingUnit)}</dt><dd>{c.Name(project.Fact.ImplementingUnit)}</dd>"))}{Fragment.When(project.Of<ContractCommitment>().Count > 0, part => part.Write($"<dt>{c.Say(MoneyWords.Contractor)}</dt><dd>{Contractors(c, project)}</dd>"))}
            <dt>{t.DueWhen}</dt><dd>{c.Day(project.Fact.Due)}</dd>
            <dt>{t.PaidSoFar}</dt><dd>{Paid(c, project)}</dd>
            {Fragment.Each(project.Allocations.Where(share => share.Fact.Note is not null), (_, share) => page.Write($"<dt>{t.Remark}</dt><dd>{c.Name(share.Fact.Note)}</dd>"))}</dl>

            """);
    });

    // By contract alone: who carries a project out says nothing of who built it, nor the other way round.
    private static Fragment Contractors(PageContext c, ProjectView project) => Fragment.Each(
        project.Of<ContractCommitment>().Select(one => one.Fact.Contractor).Distinct(), (page, name) => page.Write($"{c.Name(name)} "));

    public static Stages StagesOf(ProjectView project) => new()
    {
        Allocated = project.AllocatedFen,
        Committed = project.Account.Committed.Fen,
        Paid = project.PaidFen ?? 0,
        Moved = project.Account.Moved.Fen,
        Placed = project.Fact.Type == ProjectType.RiskDeposit ? (project.PaidFen ?? 0) - project.Account.Moved.Fen : 0,
        Reported = project.PaidFen is null ? 0 : project.AllocatedFen,
        PaymentsStated = project.PaidFen is not null,
    };

    // What all its funds gave and paid. As long as one of them has said nothing of payments, the sum is what was stated.
    private static Fragment Answer(PageContext c, IReadOnlyList<ProjectView> registrations)
    {
        Sum allocated = c.Sum(registrations.Sum(one => one.AllocatedFen));
        long[] paid = [.. registrations.Select(one => one.PaidFen).OfType<long>()];
        return paid switch
        {
            [] => c.Texts.ProjectAnswerUnreported.With(allocated),
            _ when paid.Sum() == 0 => c.Texts.ProjectAnswerNothingPaid.With(allocated),
            _ => c.Texts.ProjectAnswerPaid.With(allocated, c.Sum(paid.Sum())),
        };
    }

    private static Fragment Paid(PageContext c, ProjectView project) => Fragment.Of(page =>
    {
        if (project.PaidFen is not { } paid)
        {
            page.Write($"{c.NotStated}");
        }
        else
        {
            page.Write($"{c.Sum(paid)}{Fragment.When(paid == 0, part => part.Write($" <small>{c.Texts.StatedNothingPaid}</small>"))}");
        }
    });

    private static Fragment Margin(PageContext c, ProjectView project) => Fragment.Of(page => page.Write($"""
        <aside class="margin" aria-label="{c.Texts.Provenance}"><h2>{c.Texts.Provenance}</h2><dl>
        <dt>{c.Texts.Fund}</dt><dd>{c.FundLink(project.Fund)}</dd>
        {Fragment.When(project.Fact.PlanItem is not null, part => part.Write($"<dt>{c.Say(MoneyWords.PlanItem)}</dt><dd>{Plan(c, project.Fact.PlanItem!.Value)}</dd>"))}
        {Fragment.Each(project.Fund.Notices, (_, notice) => page.Write($"<dt>{c.Texts.Notice}</dt><dd>{c.NoticeLink(notice.Fact)}</dd>"))}
        {Fragment.Each(project.Allocations, (_, share) => page.Write($"<dt>{c.Texts.Allocated}</dt><dd>{c.Day(share.Entry.Date)}{Fragment.When(share.Fact.Row is not null, part => part.Write($" · {c.Texts.RowOfNotice.With(new Count(share.Fact.Row!.Value))}"))}</dd>"))}
        <dt>{c.Texts.PostedBy}</dt><dd>{c.DepartmentLink(project.Posted.Entry.Department.Value)}</dd>
        <dt>{c.Texts.ProjectIdLabel}</dt><dd><code>{project.Id}</code></dd>
        </dl></aside>

        """));

    private static Fragment Plan(PageContext c, PlanItemId id) => c.World.FindPlan(id) is { } plan ? c.PlanLink(plan) : Fragment.Of(page => page.Write($"<code>{id.Value}</code>"));
}
