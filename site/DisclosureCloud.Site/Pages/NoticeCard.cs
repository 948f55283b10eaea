using DisclosureCloud.Ledger;

namespace DisclosureCloud.Site;

/// <summary>A notice in a list.</summary>
internal static class NoticeCard
{
    public static void Write(PageWriter page, PageContext c, Notice notice) => page.Write($"""
        <li class="card"><p class="tag">{c.Texts.Form(notice.Form)} · {c.Day(notice.Published)}</p><h3>{c.NoticeLink(notice)}</h3><p class="soft">{c.Name(notice.Authority)}</p><p>{c.Sum(notice.Total.Fen)}</p>{PeriodLine(c, notice)}</li>

        """);

    /// <summary>How long objections are taken; nothing where the notice states no period.</summary>
    public static Fragment PeriodLine(PageContext c, Notice notice) => Fragment.Of(page =>
    {
        if (World.PeriodOf(notice) is not { } period)
        {
            return;
        }

        Texts t = c.Texts;
        bool open = period.IsOpenOn(c.World.AsOf);
        page.Write($"""<p class="{(open ? "period open" : "period")}">{(period.To is null ? t.OpenForEver.With(c.Day(period.From)) : t.PeriodFromTo.With(c.Day(period.From), c.Day(period.To)))} <strong>{State(c, period)}</strong></p>""");
    });

    private static Fragment State(PageContext c, Period period) => (period.IsOpenOn(c.World.AsOf), period.DaysLeft(c.World.AsOf)) switch
    {
        (true, { } days) => c.Texts.DaysLeft.With(new Count(days)),
        (true, null) => c.Texts.IsOpen.With(),
        _ => c.World.AsOf < period.From ? c.Texts.NotYetOpen.With() : c.Texts.IsOver.With(),
    };
}
