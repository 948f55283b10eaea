namespace DisclosureCloud.Site;

/// <summary>The words of the site, in both languages side by side.</summary>
internal static class GlossaryPage
{
    public static void Write(PageWriter page, PageContext c)
    {
        Texts t = c.Texts;
        var head = new PageHead("glossary/", t.Glossary, [new(new Plain(t.Glossary), null)], DataLinks.Tables(t, "entries"));
        Layout.Write(page, c, head, Fragment.Of(main => main.Write($"""
            <h1>{t.Glossary}</h1>
            <p class="answer">{t.GlossaryAnswer}</p>
            <dl class="glossary">{Fragment.Each(Glossary.Entries, (_, entry) => Entry(main, c, entry))}</dl>
            """)));
    }

    private static void Entry(PageWriter page, PageContext c, GlossaryEntry entry)
    {
        (string term, string other, string text) = c.Language.IsChinese
            ? (entry.Chinese.Term, entry.English.Term, entry.Chinese.Text)
            : (entry.English.Term, entry.Chinese.Term, entry.English.Text);
        page.Write($"""
            <dt id="{entry.Id}">{term} <span lang="{c.Language.Other.Tag}">{other}</span></dt><dd>{text}</dd>

            """);
    }
}
