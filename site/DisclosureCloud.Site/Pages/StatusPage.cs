namespace DisclosureCloud.Site;

/// <summary>What this site shows: how far into the ledger, as of which date, how much of each kind.</summary>
internal static class StatusPage
{
    public static void Write(PageWriter page, PageContext c)
    {
        Texts t = c.Texts;
        World world = c.World;
        (string Text, long Count)[] counts =
        [
            (t.Entries, world.Snapshot.Position), (t.Funds, world.Funds.Length), (t.Projects, world.Projects.Length),
            (t.Allocations, world.Funds.Sum(fund => fund.Allocations.Count)), (t.PassDowns, world.Funds.Sum(fund => fund.PassDowns.Count)),
            (t.PaymentRecords, world.Funds.Sum(fund => fund.Disbursements.Count)), (t.Regions, world.Regions.Length), (t.Notices, world.Notices.Length),
            (t.Departments, world.Departments.Length),
        ];
        var head = new PageHead("status/", t.Status, [new(new Plain(t.Status), null)], DataLinks.Tables(t, "entries"));
        Layout.Write(page, c, head, Fragment.Of(main => main.Write($"""
            <h1>{t.Status}</h1>
            <p class="answer">{t.AsOfLine.With(c.Day(world.AsOf), new Count(world.Snapshot.Position))}</p>
            <table><caption>{t.StatusTable}</caption><thead><tr><th scope="col">{t.Kind}</th><th scope="col" class="n">{t.HowMany}</th></tr></thead>
            <tbody>{Fragment.Each(counts, (_, row) => main.Write($"""<tr><th scope="row">{row.Text}</th><td class="n">{row.Count}</td></tr>"""))}</tbody></table>
            <p>{c.Phrase(MoneyWords.ZoneOfDates).With(new Plain(c.Zone))}</p>
            <p>{t.StatusFile} <a href="/status.json">status.json</a></p>
            """)));
    }
}
