using DisclosureCloud.Ledger;
using DisclosureCloud.Site.Data;

namespace DisclosureCloud.Site;

/// <summary>Every kind of entry, what every entry has whatever its kind, and the events that subscribers receive.</summary>
internal static class DictionaryIndex
{
    public const string Path = "data/dictionary/";

    private static readonly Column[] OfEveryEntry = [Common.Entry, Common.Kind, .. Common.Recorded];

    public static void Write(PageWriter page, PageContext c)
    {
        Texts t = c.Texts;
        var head = new PageHead(Path, t.Dictionary, [new(new Plain(t.Data), "data/"), new(new Plain(t.Dictionary), null)], DataLinks.Tables(t, "entries"));
        Layout.Write(page, c, head, Fragment.Of(main => main.Write($"""
            <h1>{t.Dictionary}</h1>
            <p class="answer">{t.DictionaryAnswer.With(new Count(KindSchema.All.Count))}</p>
            <table class="stack"><caption>{t.KindsCaption}</caption>
            <thead><tr><th scope="col">{t.Kind}</th><th scope="col">{t.NameInData}</th><th scope="col">{t.WhereFrom}</th><th scope="col" class="n">{t.Fields}</th></tr></thead>
            <tbody>{Fragment.Each(KindSchema.All, (_, kind) => main.Write($"""
            <tr><th scope="row"><a href="{c.Link(DictionaryPage.PathOf(kind))}">{c.Language.Of(kind)}</a></th><td data-l="{t.NameInData}"><code>{kind.Name}</code></td><td data-l="{t.WhereFrom}">{(kind.IsPosted ? t.KindIsPosted : t.KindIsMade)}</td><td class="n" data-l="{t.Fields}">{kind.Fields.Length}</td></tr>
            """))}</tbody></table>
            <section aria-labelledby="every"><h2 id="every">{t.OfEveryEntry}</h2>
            <table class="stack"><caption>{t.OfEveryEntryCaption}</caption>
            <thead><tr><th scope="col">{t.NameInData}</th><th scope="col">{t.Meaning}</th></tr></thead>
            <tbody>{Fragment.Each(OfEveryEntry, (_, column) => main.Write($"""
            <tr><th scope="row"><code>{column.Name}</code></th><td data-l="{t.Meaning}">{c.Language.Of(column.Chinese, column.English)}</td></tr>
            """))}</tbody></table></section>
            {EventSection.Of(c)}
            """)));
    }
}
