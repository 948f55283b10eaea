using DisclosureCloud.Ledger;

namespace DisclosureCloud.Site;

/// <summary>What a project is to reach and has reached, and its steps, done or due.</summary>
internal static class ProjectTargets
{
    public static Fragment Of(PageContext c, ProjectView project) => Fragment.Of(page => page.Write($"{Targets(c, project)}{Milestones(c, project)}"));

    private static Fragment Targets(PageContext c, ProjectView project) => Fragment.When(project.Fact.Targets.Length > 0, page => page.Write($"""
        <section aria-labelledby="targets-{project.Fund.Id}"><h2 id="targets-{project.Fund.Id}">{c.Say(MoneyWords.Targets)}</h2>
        {FactTable.Of(
            c, $"targets-table-{project.Fund.Id}", new Plain(c.Say(MoneyWords.TargetsTable)), [.. project.Fact.Targets.Select((target, index) => (Target: target, Number: index + 1))], _ => null,
            FactTable.Words<(Target Target, int Number)>(c.Say(MoneyWords.Indicator), one => Fragment.Of(part => part.Write($"{c.Name(one.Target.Indicator)} <small>{c.Name(one.Target.Measure)}</small>"))),
            Number<(Target Target, int Number)>(c.Say(MoneyWords.Baseline), one => one.Target.Baseline),
            Number<(Target Target, int Number)>(c.Say(MoneyWords.Wanted), one => one.Target.Wanted),
            new(c.Say(MoneyWords.Actual), one => Actual(c, project, one.Number)) { IsNumber = true },
            FactTable.Words<(Target Target, int Number)>(c.Say(MoneyWords.By), one => c.Day(one.Target.Due)))}</section>

        """));

    private static FactColumn<T> Number<T>(string head, Func<T, Quantity> quantity) => new(head, row => new Plain(quantity(row).ToString())) { IsNumber = true };

    private static Fragment Actual(PageContext c, ProjectView project, int number) => Fragment.Of(page =>
    {
        if (project.ActualOf(number) is { } actual)
        {
            page.Write($"{actual.Value.ToString()} <small>{c.Day(actual.Date)}</small>");
        }
        else
        {
            page.Write($"{c.NotStated}");
        }
    });

    private static Fragment Milestones(PageContext c, ProjectView project) => Fragment.When(project.Fact.Milestones.Length > 0, page => page.Write($"""
        <section aria-labelledby="steps-{project.Fund.Id}"><h2 id="steps-{project.Fund.Id}">{c.Say(MoneyWords.Milestones)}</h2>
        {FactTable.Of(
            c, $"steps-table-{project.Fund.Id}", new Plain(c.Say(MoneyWords.MilestonesTable)), [.. project.Fact.Milestones.Select((step, index) => (Step: step, Number: index + 1))], _ => null,
            FactTable.Words<(Milestone Step, int Number)>(c.Say(MoneyWords.Step), one => c.Name(one.Step.Name)),
            FactTable.Words<(Milestone Step, int Number)>(c.Say(MoneyWords.By), one => c.Day(one.Step.Due)),
            FactTable.Words<(Milestone Step, int Number)>(c.Say(MoneyWords.State), one => Reached(c, project, one.Step, one.Number)))}</section>

        """));

    // Nobody is called late for having said nothing: past its day and not reported is said as just that.
    private static Fragment Reached(PageContext c, ProjectView project, Milestone step, int number) => project.ReachedAt(number) switch
    {
        { } report => c.Phrase(MoneyWords.ReachedOn).With(c.Day(report.Entry.Date)),
        _ when step.Due < c.World.AsOf => c.Phrase(MoneyWords.PastAndNotReported).With(),
        _ => c.Phrase(MoneyWords.NotYetDue).With(),
    };
}
