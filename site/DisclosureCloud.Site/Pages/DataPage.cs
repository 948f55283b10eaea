using DisclosureCloud.Ledger;
using DisclosureCloud.Site.Data;
using DisclosureCloud.Site.Suppression;

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
            {Tables(c, t.TablesCaption, DataTables.ByHand, table => (t.Table(table.Name), t.TableHolds(table.Name)))}{Tables(c, c.Say(HeadcountWords.Tables), HeadcountTables.All, table => (c.Language.Of(table.Chinese, table.English), c.Say(HeadcountWords.Holds(table))))}{Tables(c, t.TablesOfKinds, DataTables.ByKind, table => OfKind(c, table))}
            <section aria-labelledby="how"><h2 id="how">{t.HowToRead}</h2>
            <ul>{Fragment.Each(t.DataRules, (_, rule) => main.Write($"<li>{rule}</li>"))}</ul>
            <p><a href="{c.Link(DictionaryIndex.Path)}">{t.Dictionary}</a> – {t.DictionarySays}</p>
            <p><a href="/data/datapackage.json">datapackage.json</a> – {t.DataPackageSays}</p>
            <p><a href="/data/manifest.json">manifest.json</a> – {t.ManifestSays}</p></section>
            """)));
    }

    private static (string Title, string Holds) OfKind(PageContext c, DataTable table)
    {
        KindSchema kind = table.Kinds[0];
        return (c.Language.Of(kind), c.Texts.TableOfKind.Plain(c.Language.Of(kind.Chinese, kind.English)));
    }

    private static Fragment Tables(
        PageContext c, string caption, IReadOnlyCollection<DataTable> tables, Func<DataTable, (string Title, string Holds)> words) => Fragment.When(tables.Count > 0, page =>
    {
        Texts t = c.Texts;
        page.Write($"""
            <table class="stack files"><caption>{caption}</caption>
            <thead><tr><th scope="col">{t.TableHead}</th><th scope="col">{t.Holds}</th><th scope="col">{t.Files}</th></tr></thead>
            <tbody>{Fragment.Each(tables, (_, table) => page.Write($"""
            <tr><th scope="row">{words(table).Title}</th><td data-l="{t.Holds}">{words(table).Holds}</td><td data-l="{t.Files}"><a href="/{table.CsvPath}">{table.Name}.csv</a> <a href="/{table.NdjsonPath}">{table.Name}.ndjson</a></td></tr>
            """))}</tbody></table>

            """);
    });
}
