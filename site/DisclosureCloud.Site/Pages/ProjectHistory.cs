using DisclosureCloud.Ledger;

namespace DisclosureCloud.Site;

/// <summary>The steps of a project that were reported, then what acceptance said, each in the order of the ledger.</summary>
internal static class ProjectHistory
{
    public static LongTable<Posted<Fact>> Of(Thing thing, IReadOnlyList<ProjectView> registrations) => new(
        thing,
        "history",
        static c => c.Texts.History,
        [
            .. registrations.SelectMany(one => one.Progress).OrderBy(step => step.Index).Select(step => new Posted<Fact>(step.Entry, step.Fact, step.Index)),
            .. registrations.SelectMany(one => one.Acceptances).OrderBy(step => step.Index).Select(step => new Posted<Fact>(step.Entry, step.Fact, step.Index)),
        ],
        static (c, part) => Fragment.Of(page => page.Write($"""
            {Fragment.When(part.IsCut, cut => cut.Write($"<p>{part.Rows(c)}</p>"))}<ol class="history" id="history-table">
            {Fragment.Each(part.Items, (_, step) => Step(page, c, step))}</ol>{part.Turn(c)}
            """)))
    {
        Paging = Paging.NewestFirst(30),
    };

    private static void Step(PageWriter page, PageContext c, Posted<Fact> step)
    {
        switch (step.Fact)
        {
            case Progress progress:
                page.Write($"<li>{c.Day(step.Entry.Date)} <strong>{c.Texts.StageOf(progress.Stage)}</strong>{Percent(progress.Percent)} {c.Name(progress.Done)}{AmendmentMark.Of(c, step.Entry.Id)}</li>");
                break;
            case Acceptance acceptance:
                page.Write($"<li>{c.Day(step.Entry.Date)} <strong>{c.Texts.ResultOf(acceptance.Result)}</strong> {c.Name(acceptance.Body)}{Fragment.When(acceptance.FinalCost is not null, part => part.Write($" · {c.Say(MoneyWords.FinalCost)} {c.Sum(acceptance.FinalCost!.Value.Fen)}"))}{AmendmentMark.Of(c, step.Entry.Id)}</li>");
                break;
            default:
                throw new InvalidOperationException($"{step.Fact.GetType().Name} is no step of a project.");
        }
    }

    private static Fragment Percent(Percent? percent) => Fragment.When(percent is not null, page => page.Write($" {percent!.Value.Value}%"));
}
