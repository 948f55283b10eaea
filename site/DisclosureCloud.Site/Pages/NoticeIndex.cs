using DisclosureCloud.Ledger;

namespace DisclosureCloud.Site;

/// <summary>All notices, the latest first.</summary>
internal static class NoticeIndex
{
    public static void Write(PageWriter page, PageContext c, ListPage<Posted<Notice>> list)
    {
        Texts t = c.Texts;
        var head = new PageHead(list.Path, t.Notices, [new(new Plain(t.Notices), null)], DataLinks.Tables(t, "notices"));
        Layout.Write(page, c, head, Fragment.Of(main => main.Write($"""
            <h1>{t.Notices}</h1>
            <p class="answer">{t.NoticesAnswer.With(new Count(c.World.Notices.Length), new Count(c.World.Open.Count()))}</p>
            {Fragment.When(c.World.Notices.Length > 0, part => part.Write($"""<ul class="cards">{Fragment.Each(list.Items, (_, notice) => NoticeCard.Write(part, c, notice.Fact))}</ul>"""))}
            {list.Turn(c)}
            """)));
    }
}
