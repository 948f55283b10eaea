using DisclosureCloud.Ledger;

namespace DisclosureCloud.Site;

/// <summary>A project: where, what, by whom, how much from which fund, how far it got.</summary>
internal static class ProjectPage
{
    /// <param name="registrations">The project as each of its funds registered it; most have one.</param>
    public static void Write(PageWriter page, PageContext c, IReadOnlyList<ProjectView> registrations)
    {
        Texts t = c.Texts;
        ProjectView project = registrations.MinBy(one => one.Posted.Index)!; // The first one gives the page its name.
        ProjectView[] others = [.. registrations.Where(one => one != project)];
        var head = new PageHead(
            $"projects/{project.Id}/",
            Name.Text(project.Fact.Name, t),
            [new(new Plain(t.Projects), "projects/"), new(c.Name(project.Fact.Name), null)],
            DataLinks.Of("projects", project.Id));
        Layout.Write(page, c, head, Fragment.Of(main => main.Write($"""
            <p class="tag">{t.ProjectKind(project.Fact.Type)} · {c.RegionLink(c.World.RegionOf(project.Fact.Place))}</p>
            <h1>{c.Name(project.Fact.Name)}</h1>
            <p class="answer">{Answer(c, registrations)}</p>
            <div class="cols"><div class="body">
            {Facts(c, project)}
            <section aria-labelledby="far"><h2 id="far">{t.HowFar}</h2>
            {Money(c, project, "funnel")}</section>
            {Fragment.Each(others, (_, other) => OtherFund(main, c, other))}{History(c, registrations)}</div>
            {Margin(c, project)}</div>
            """)));
    }

    private static Fragment Money(PageContext c, ProjectView project, string id) => Fragment.Of(page => page.Write(
        $"{Funnel.Of(c, id, StagesOf(project))}{Fragment.When(project.Disbursements.Count > 0, part => part.Write($"{PaymentTable.Of(c, project.Disbursements)}"))}"));

    private static void OtherFund(PageWriter page, PageContext c, ProjectView project) => page.Write($"""
        <section><h2>{c.Texts.AlsoPaidFrom} {c.FundLink(project.Fund)}</h2>
        {Facts(c, project)}
        {Money(c, project, $"funnel-{project.Fund.Id}")}</section>

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
            <dt>{t.DueWhen}</dt><dd>{c.Day(project.Fact.Due)}</dd>
            <dt>{t.PaidSoFar}</dt><dd>{Paid(c, project)}</dd>
            {Fragment.Each(project.Allocations.Where(share => share.Fact.Note is not null), (_, share) => page.Write($"<dt>{t.Remark}</dt><dd>{c.Name(share.Fact.Note)}</dd>"))}</dl>

            """);
    });

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

    private static Fragment History(PageContext c, IReadOnlyList<ProjectView> registrations)
    {
        Posted<Progress>[] steps = [.. registrations.SelectMany(one => one.Progress).OrderBy(step => step.Index)];
        Posted<Acceptance>[] acceptances = [.. registrations.SelectMany(one => one.Acceptances).OrderBy(step => step.Index)];
        return Fragment.When(steps.Length + acceptances.Length > 0, page => page.Write($"""
            <section aria-labelledby="history"><h2 id="history">{c.Texts.History}</h2><ol class="history">
            {Fragment.Each(steps, (_, step) => page.Write($"<li>{c.Day(step.Entry.Date)} <strong>{c.Texts.StageOf(step.Fact.Stage)}</strong>{Percent(step.Fact.Percent)} {c.Name(step.Fact.Done)}</li>"))}{Fragment.Each(acceptances, (_, step) => page.Write($"<li>{c.Day(step.Entry.Date)} <strong>{c.Texts.ResultOf(step.Fact.Result)}</strong> {c.Name(step.Fact.Body)}</li>"))}</ol></section>

            """));
    }

    private static Fragment Percent(Percent? percent) => Fragment.When(percent is not null, page => page.Write($" {percent!.Value.Value}%"));

    private static Fragment Margin(PageContext c, ProjectView project) => Fragment.Of(page => page.Write($"""
        <aside class="margin" aria-label="{c.Texts.Provenance}"><h2>{c.Texts.Provenance}</h2><dl>
        <dt>{c.Texts.Fund}</dt><dd>{c.FundLink(project.Fund)}</dd>
        {Fragment.Each(project.Fund.Notices, (_, notice) => page.Write($"<dt>{c.Texts.Notice}</dt><dd>{c.NoticeLink(notice.Fact)}</dd>"))}
        {Fragment.Each(project.Allocations, (_, share) => page.Write($"<dt>{c.Texts.Allocated}</dt><dd>{c.Day(share.Entry.Date)}{Fragment.When(share.Fact.Row is not null, part => part.Write($" · {c.Texts.RowOfNotice.With(new Count(share.Fact.Row!.Value))}"))}</dd>"))}
        <dt>{c.Texts.PostedBy}</dt><dd>{c.DepartmentLink(project.Posted.Entry.Department.Value)}</dd>
        <dt>{c.Texts.ProjectIdLabel}</dt><dd><code>{project.Id}</code></dd>
        </dl></aside>

        """));
}
