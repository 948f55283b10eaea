using DisclosureCloud.Ledger;

namespace DisclosureCloud.Site;

/// <summary>The project library: by year, and within it by how far the items have come.</summary>
internal static class PlanIndex
{
    public const string Folder = "plans/";

    public static void Write(PageWriter page, PageContext c, ListPage<PlanView> list)
    {
        Texts t = c.Texts;
        string title = c.Say(MoneyWords.Plans);
        var head = new PageHead(list.Path, title, [new(new Plain(title), null)], DataLinks.Tables(t, "entries"));
        Layout.Write(page, c, head, Fragment.Of(main => main.Write($"""
            <h1>{c.Say(MoneyWords.PlansTitle)}</h1>
            <p class="answer">{Answer(c)}</p>
            {Fragment.When(list.Number == 1 && c.World.Plans.Length > 0, part => part.Write($"{Counts(c)}"))}{Fragment.Each(list.Items.GroupBy(plan => (plan.Fact.Year.Value, plan.State)), (_, group) => main.Write($"""
            <section class="group"><h2>{new Count(group.Key.Value)} · {c.Say(CodeWords.Of(group.Key.State))}</h2>
            <ul class="items">{Fragment.Each(group, (_, plan) => Item(main, c, plan))}</ul></section>

            """))}
            {list.Turn(c)}
            """)));
    }

    private static Fragment Answer(PageContext c) => c.World.Plans.Length == 0
        ? c.Phrase(MoneyWords.NoPlans).With()
        : c.Phrase(MoneyWords.PlansAnswer).With(
            new Count(c.World.Plans.Length), new Count(c.World.Plans.Count(plan => plan.State == PlanItemState.InAnnualPlan)), c.Sum(Planned(c.World.Plans)));

    // What was removed is planned no more.
    private static long Planned(IEnumerable<PlanView> plans) => plans.Where(plan => plan.State != PlanItemState.Removed).Sum(plan => plan.Fact.Planned.Fen);

    private static Fragment Counts(PageContext c)
    {
        (int Year, PlanView[] Plans)[] years = [.. c.World.Plans.GroupBy(plan => plan.Fact.Year.Value).Select(ofYear => (ofYear.Key, ofYear.ToArray()))];
        return FactTable.Of(
            c, "plans-table", new Plain(c.Say(MoneyWords.PlansTable)), years, _ => null,
            [
                FactTable.Words<(int Year, PlanView[] Plans)>(c.Say(MoneyWords.Year), one => new Count(one.Year)),
                .. Enum.GetValues<PlanItemState>().Select(state => new FactColumn<(int Year, PlanView[] Plans)>(
                    c.Say(CodeWords.Of(state)), one => new Count(one.Plans.Count(plan => plan.State == state))) { IsNumber = true }),
                FactTable.Total<(int Year, PlanView[] Plans)>(c, c.Say(MoneyWords.Planned), one => Planned(one.Plans)),
            ]);
    }

    private static void Item(PageWriter page, PageContext c, PlanView plan) => page.Write($"""
        <li><div><strong>{c.PlanLink(plan)}</strong><span class="soft">{c.PlaceLink(plan.Fact.Place, plan.Fact.PlaceName)} · {c.Texts.ProjectKind(plan.Fact.Type)}</span></div><span class="sum">{new Amount(plan.Fact.Planned.Fen)}{c.Texts.YuanAfter}</span></li>

        """);
}
