namespace DisclosureCloud.Site;

/// <summary>All departments that posted something, and how soon.</summary>
internal static class DepartmentIndex
{
    public static void Write(PageWriter page, PageContext c, ListPage<DepartmentView> list)
    {
        Texts t = c.Texts;
        var head = new PageHead(list.Path, t.Departments, [new(new Plain(t.Departments), null)], DataLinks.Tables(t, "entries"));
        int entries = c.World.Departments.Sum(department => department.Entries.Length);
        Layout.Write(page, c, head, Fragment.Of(main => main.Write($"""
            <h1>{t.Departments}</h1>
            <p class="answer">{t.DepartmentsAnswer.With(new Count(c.World.Departments.Length), new Count(entries))}</p>
            {Fragment.When(list.Items.Count > 0, part => Table(part, c, list))}{list.Turn(c)}
            """)));
    }

    private static void Table(PageWriter page, PageContext c, ListPage<DepartmentView> list)
    {
        Texts t = c.Texts;
        page.Write($"""
            <table class="stack"><caption>{t.DepartmentsTable}</caption>
            <thead><tr><th scope="col">{t.Department}</th><th scope="col" class="n">{t.Entries}</th><th scope="col" class="n">{t.OfWhichImported}</th><th scope="col">{t.LatestRecorded}</th><th scope="col" class="n">{t.HalfWithin}</th><th scope="col" class="n">{t.Longest}</th></tr></thead>
            <tbody>{Fragment.Each(list.Items, (_, department) => page.Write($"""
            <tr><th scope="row">{c.DepartmentLink(department.Id)}</th><td class="n" data-l="{t.Entries}">{new Count(department.Entries.Length)}</td><td class="n" data-l="{t.OfWhichImported}">{new Count(department.Imported.Entries)}</td><td data-l="{t.LatestRecorded}">{c.Day(c.World.RecordedOn(department.Entries[0].Entry))}</td><td class="n" data-l="{t.HalfWithin}">{LatenessTable.Days(c, department.Own, department.Own.MedianDays)}</td><td class="n" data-l="{t.Longest}">{LatenessTable.Days(c, department.Own, department.Own.LongestDays)}</td></tr>
            """))}</tbody></table>
            <p class="note">{t.HowLateNote.With(new Plain(c.Zone))}</p>

            """);
    }
}
