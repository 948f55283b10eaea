namespace DisclosureCloud.Site;

/// <summary>How late a department recorded, what it sent itself and what was imported side by side.</summary>
internal static class LatenessTable
{
    public static Fragment Of(PageContext c, DepartmentView department) => Fragment.Of(page =>
    {
        Texts t = c.Texts;
        (string Head, Lateness Late)[] ways = [.. new[] { (t.WayPosted, department.Own), (t.WayImported, department.Imported) }.Where(way => way.Item2.Entries > 0)];
        page.Write($"""
            <section aria-labelledby="late"><h2 id="late">{t.HowLate}</h2>
            <table id="late-table"><caption>{t.HowLateCaption}</caption>
            <thead><tr><td></td>{Fragment.Each(ways, (_, way) => page.Write($"""<th scope="col" class="n">{way.Head}</th>"""))}</tr></thead>
            <tbody>
            <tr><th scope="row">{t.Entries}</th>{Fragment.Each(ways, (_, way) => page.Write($"""<td class="n">{new Count(way.Late.Entries)}</td>"""))}</tr>
            <tr><th scope="row">{t.Undated}</th>{Fragment.Each(ways, (_, way) => page.Write($"""<td class="n">{new Count(way.Late.Undated)}</td>"""))}</tr>
            <tr><th scope="row">{t.HalfWithin}</th>{Fragment.Each(ways, (_, way) => page.Write($"""<td class="n">{Days(c, way.Late, way.Late.MedianDays)}</td>"""))}</tr>
            <tr><th scope="row">{t.Longest}</th>{Fragment.Each(ways, (_, way) => page.Write($"""<td class="n">{Days(c, way.Late, way.Late.LongestDays)}</td>"""))}</tr>
            </tbody></table>
            <p class="note">{t.HowLateNote.With(new Plain(c.Zone))}{Fragment.When(department.Imported.Entries > 0, part => part.Write($" {t.ImportedNote}"))}</p></section>

            """);
    });

    /// <summary>A dash where there is no entry to count days of, not stated where none has a date.</summary>
    public static Fragment Days(PageContext c, Lateness late, int? days) => Fragment.Of(page =>
    {
        if (days is { } stated)
        {
            page.Write($"{new Count(stated)}");
        }
        else if (late.Entries == 0)
        {
            page.Write($"–");
        }
        else
        {
            page.Write($"{c.NotStated}");
        }
    });
}
