namespace DisclosureCloud.Site;

/// <summary>All projects and programmes.</summary>
internal static class ProjectIndex
{
    public static void Write(PageWriter page, PageContext c, ListPage<ProjectView> list)
    {
        Texts t = c.Texts;
        var head = new PageHead(list.Path, t.Projects, [new(new Plain(t.Projects), null)], DataLinks.Tables(t, "projects", "allocations", "disbursements"));
        Layout.Write(page, c, head, Fragment.Of(main => main.Write($"""
            <h1>{t.Projects}</h1>
            <p class="answer">{t.ProjectsAnswer.With(new Count(c.World.Projects.Length), c.Sum(c.World.Projects.Sum(project => project.AllocatedFen)))}</p>
            {Fragment.Each(list.Items.GroupBy(project => project.Fund), (_, ofFund) => main.Write($"""
            <section class="group"><h2>{c.FundLink(ofFund.Key)}</h2><p class="soft">{c.Name(c.World.RegionOf(ofFund.Key.Fact.Region).Name)} · {t.BudgetYear.With(new Count(ofFund.Key.Fact.BudgetYear.Value))}</p>
            <ul class="items">{Fragment.Each(ofFund, (_, project) => Item(main, c, project))}</ul></section>

            """))}
            {list.Turn(c)}
            """)));
    }

    /// <summary>A project in a list: its name, where, what, how much.</summary>
    public static void Item(PageWriter page, PageContext c, ProjectView project) => page.Write($"""
        <li><div><strong>{c.ProjectLink(project)}</strong><span class="soft">{c.PlaceLink(project.Fact.Place)} · {c.Texts.ProjectKind(project.Fact.Type)}</span></div><span class="sum">{new Amount(project.AllocatedFen)}{c.Texts.YuanAfter}</span></li>

        """);
}
