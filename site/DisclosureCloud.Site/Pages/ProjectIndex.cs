namespace DisclosureCloud.Site;

/// <summary>All projects and programmes.</summary>
internal static class ProjectIndex
{
    public static void Write(PageWriter page, PageContext c)
    {
        Texts t = c.Texts;
        var head = new PageHead("projects/", t.Projects, [new(new Plain(t.Projects), null)], DataLinks.Tables(t, "projects", "allocations", "disbursements"));
        Layout.Write(page, c, head, Fragment.Of(main => main.Write($"""
            <h1>{t.Projects}</h1>
            <p class="answer">{t.ProjectsAnswer.With(new Count(c.World.Projects.Length), c.Sum(c.World.Projects.Sum(project => project.AllocatedFen)))}</p>
            {Fragment.Each(c.World.Funds.Where(fund => fund.Projects.Count > 0), (_, fund) => main.Write($"""
            <section class="group"><h2>{c.FundLink(fund)}</h2><p class="soft">{c.Name(c.World.RegionOf(fund.Fact.Region).Name)} · {t.BudgetYear.With(new Count(fund.Fact.BudgetYear.Value))}</p>
            <ol class="items">{Fragment.Each(fund.Projects, (_, project) => Item(main, c, project))}</ol></section>

            """))}
            """)));
    }

    /// <summary>A project in a list: its name, where, what, how much.</summary>
    public static void Item(PageWriter page, PageContext c, ProjectView project) => page.Write($"""
        <li><div><strong>{c.ProjectLink(project)}</strong><span class="soft">{c.RegionLink(c.World.RegionOf(project.Fact.Place))} · {c.Texts.ProjectKind(project.Fact.Type)}</span></div><span class="sum">{new Amount(project.AllocatedFen)}{c.Texts.YuanAfter}</span></li>

        """);
}
