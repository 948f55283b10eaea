namespace DisclosureCloud.Site;

/// <summary>What can be downloaded.</summary>
internal static class DataPage
{
    public static void Write(PageWriter page, PageContext c)
    {
        Texts t = c.Texts;
        var head = new PageHead("data/", t.Data, [new(new Plain(t.Data), null)], []);
        Layout.Write(page, c, head, Fragment.Of(main => main.Write($"""
            <h1>{t.DataTitle}</h1>
            <p class="answer">{t.DataAnswer}</p>
            <table class="stack"><caption>{t.TablesCaption}</caption>
            <thead><tr><th scope="col">{t.TableHead}</th><th scope="col">{t.Holds}</th><th scope="col">{t.Files}</th></tr></thead>
            <tbody>{Fragment.Each(DataLinks.AllTables, (_, table) => main.Write($"""
            <tr><th scope="row">{t.Table(table)}</th><td data-l="{t.Holds}">{t.TableHolds(table)}</td><td data-l="{t.Files}"><a href="/data/{table}.csv">{table}.csv</a> <a href="/data/{table}.ndjson">{table}.ndjson</a></td></tr>
            """))}</tbody></table>
            <section aria-labelledby="how"><h2 id="how">{t.HowToRead}</h2>
            <ul>{Fragment.Each(t.DataRules, (_, rule) => main.Write($"<li>{rule}</li>"))}</ul>
            <p><a href="/data/datapackage.json">datapackage.json</a> – {t.DataPackageSays}</p>
            <p><a href="/data/manifest.json">manifest.json</a> – {t.ManifestSays}</p></section>
            """)));
    }
}
