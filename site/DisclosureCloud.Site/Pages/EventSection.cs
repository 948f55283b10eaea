using DisclosureCloud.Ledger;
using DisclosureCloud.Site.Data;

namespace DisclosureCloud.Site;

/// <summary>What subscribers of the deployment receive: each type of event with its fields and its schema.</summary>
internal static class EventSection
{
    private static readonly char[] Joints = ['.', '/'];

    public static Fragment Of(PageContext c) => Fragment.Of(page => page.Write($"""
        <section aria-labelledby="events"><h2 id="events">{c.Texts.Events}</h2>
        <p>{c.Texts.EventsText.With(Code("source"), Code("id"))}</p>
        {Fragment.Each(EventType.All, (_, type) => Type(page, c, type))}</section>

        """));

    /// <summary>The element of a type on the page.</summary>
    public static string IdOf(EventType type) => type.Name.Replace('.', '-');

    private static void Type(PageWriter page, PageContext c, EventType type)
    {
        Texts t = c.Texts;
        page.Write($"""
            <div class="event" id="{IdOf(type)}"><h3>{Code(type.Name)}</h3>
            <p>{c.Language.Of(type.Chinese, type.English)}</p>
            <dl class="facts"><dt>{Code("id")}</dt><dd>{Code($"{type.Name}/{{{type.About.Name}}}")}</dd><dt>{Code("subject")}</dt><dd>{Code(type.Subject)}</dd><dt>{t.EventSchema}</dt><dd><a href="/{SchemaFiles.PathOf(type)}">{Breakable($"{type.Name}.json")}</a></dd></dl>
            <table class="stack fields"><caption>{t.EventFields.With(Code("data"))}</caption>
            <thead><tr><th scope="col">{t.FieldHead}</th><th scope="col">{t.Meaning}</th><th scope="col">{t.TypeHead}</th><th scope="col">{t.StatedHead}</th></tr></thead>
            <tbody>{Fragment.Each(type.Fields, (_, field) => Field(page, c, field))}</tbody></table></div>

            """);
    }

    private static void Field(PageWriter page, PageContext c, EventField field)
    {
        Texts t = c.Texts;
        TypeWords type = TypeWords.Of(field.Type);
        page.Write($"""
            <tr><th scope="row">{Code(field.Name)}</th><td data-l="{t.Meaning}">{c.Language.Of(field.Chinese, field.English)}</td><td data-l="{t.TypeHead}">{c.Language.Of(type.Chinese, type.English)}</td><td data-l="{t.StatedHead}">{(field.IsAlwaysThere ? t.StatedAlways : t.StatedAtTimes)}</td></tr>

            """);
    }

    private static Fragment Code(string text) => Fragment.Of(page => page.Write($"<code>{Breakable(text)}</code>"));

    /// <summary>A name that a narrow screen may break where its parts meet, and only there.</summary>
    private static Fragment Breakable(string name) => Fragment.Of(page =>
    {
        for (int from = 0, end; from < name.Length; from = end)
        {
            end = name.IndexOfAny(Joints, from) is >= 0 and var joint ? joint + 1 : name.Length;
            page.Write($"{name[from..end]}{Fragment.When(end < name.Length, part => part.Write($"<wbr>"))}");
        }
    });
}
