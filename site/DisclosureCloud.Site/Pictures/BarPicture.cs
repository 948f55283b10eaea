using System.Globalization;

namespace DisclosureCloud.Site;

/// <summary>A bar: its label and figure above it, and beside what is stated, hatched, what nobody reported.</summary>
/// <param name="Kind">Its colour by meaning: <c>given</c>, <c>down</c>, <c>shared</c>, <c>paid</c>, <c>free</c>.</param>
internal sealed record Bar(string Label, bool IsName, string Figure, string Kind, long Fen, long UnstatedFen = 0);

/// <summary>Bars at one scale, down the page. Text keeps its size at any width; only the bars stretch.</summary>
/// <param name="Id">Unique on the page.</param>
/// <param name="Finding">What the picture shows, as a sentence.</param>
/// <param name="TableId">The table with the same figures.</param>
internal sealed record BarPicture(string Id, Fragment Finding, string TableId, IReadOnlyList<Bar> Bars) : IMarkup
{
    private const int RowHeight = 56;
    private const int Baseline = 18;
    private const int BarTop = 26;
    private const int BarHeight = 18;

    // Chinese characters that fit beside a figure, on a phone of 320 pixels and from 640 on. The table has the whole name.
    private const int NarrowMax = 13;
    private const int BroadMax = 30;

    public void WriteTo(PageWriter page)
    {
        long scale = Bars.Max(bar => bar.Fen + bar.UnstatedFen);
        page.Write($"""
            <figure class="picture">
            <figcaption id="{Id}">{Finding}</figcaption>
            <svg class="bars" width="100%" height="{Bars.Count * RowHeight}" role="img" aria-labelledby="{Id}" aria-describedby="{TableId}">
            <defs>{new Hatch($"{Id}-hatch")}</defs>

            """);
        for (int i = 0; i < Bars.Count; i++)
        {
            Row(page, Bars[i], i * RowHeight, scale);
        }

        page.Write($"""
            </svg>
            </figure>

            """);
    }

    private void Row(PageWriter page, Bar bar, int top, long scale)
    {
        page.Write($"""
            {Label(bar, top + Baseline)}<text class="fig" x="100%" y="{top + Baseline}" text-anchor="end">{bar.Figure}</text>
            <rect class="track" x="0" y="{top + BarTop}" width="100%" height="{BarHeight}"/>
            """);
        if (bar.Fen > 0)
        {
            page.Write($"""<rect class="{bar.Kind}" x="0" y="{top + BarTop}" width="{Share.Percent(bar.Fen, scale)}" height="{BarHeight}"/>""");
        }

        if (bar.UnstatedFen > 0)
        {
            (string start, string width) = Share.Percent(bar.Fen, bar.UnstatedFen, scale);
            page.Write($"""<rect class="unknown" fill="url(#{Id}-hatch)" x="{start}" y="{top + BarTop}" width="{width}" height="{BarHeight}"/>""");
        }
    }

    /// <summary>A long label is there in two lengths, for phones and for wider pages; the stylesheet shows the one that fits.</summary>
    private static Fragment Label(Bar bar, int baseline) => Fragment.Of(page =>
    {
        string narrow = Shortened(bar.Label, NarrowMax);
        string broad = Shortened(bar.Label, BroadMax);
        Fragment lang = Fragment.When(bar.IsName, static part => part.Write($" lang=\"zh-Hans\""));
        if (narrow == broad)
        {
            page.Write($"""<text x="0" y="{baseline}"{lang}>{broad}</text>""");
        }
        else
        {
            page.Write($"""<text class="narrow" x="0" y="{baseline}"{lang}>{narrow}</text><text class="broad" x="0" y="{baseline}"{lang}>{broad}</text>""");
        }
    });

    /// <summary>Cut between characters and never inside one; a Chinese character is as wide as two Latin ones.</summary>
    private static string Shortened(string label, int max)
    {
        var text = new StringInfo(label);
        int fits = label.Any(c => c > '\u2E7F') ? max : max * 2;
        return text.LengthInTextElements <= fits ? label : text.SubstringByTextElements(0, fits - 1) + "…";
    }
}

/// <summary>The hatch that stands for not stated, the same in every picture.</summary>
internal readonly record struct Hatch(string Id) : IMarkup
{
    public void WriteTo(PageWriter page) => page.Write(
        $"""<pattern id="{Id}" width="7" height="7" patternUnits="userSpaceOnUse" patternTransform="rotate(45)"><path class="hatch" d="M0 0v7"/></pattern>""");
}
