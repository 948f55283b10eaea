namespace DisclosureCloud.Site;

/// <summary>An end of a flow.</summary>
internal sealed record FlowEnd(string Label, bool IsName, string Figure, long Fen);

/// <summary>Money from one end to another, by their places in their lists.</summary>
internal sealed record FlowBand(int From, int To, long Fen);

/// <summary>Where money came from, left, and where it went, right. A band is as thick as its money.</summary>
/// <remarks>Bands are drawn in a box that stretches with the page; labels stand outside it and keep their size.</remarks>
internal sealed record FlowPicture(
    string Id, Fragment Finding, string TableId, IReadOnlyList<FlowEnd> Left, IReadOnlyList<FlowEnd> Right, IReadOnlyList<FlowBand> Bands) : IMarkup
{
    /// <summary>More bands than these nobody can follow; the rest is gathered.</summary>
    public const int BandsMax = 12;

    // Lengths in tenths of a pixel, so that thin bands keep their proportion.
    private const int Thickness = 2_400;
    private const int SlotMin = 420;
    private const int Gap = 60;
    private const int Width = 1_000;
    private const int Seen = 12;

    private long Total => Left.Sum(end => end.Fen);

    public void WriteTo(PageWriter page)
    {
        int[] left = Tops(Left, out int leftHeight);
        int[] right = Tops(Right, out int rightHeight);
        int height = Math.Max(leftHeight, rightHeight);
        Shift(left, (height - leftHeight) / 2);
        Shift(right, (height - rightHeight) / 2);
        page.Write($"""
            <figure class="picture">
            <figcaption id="{Id}">{Finding}</figcaption>
            <svg class="flow" width="100%" height="{height / 10}" role="img" aria-labelledby="{Id}" aria-describedby="{TableId}">
            <svg x="29%" width="42%" height="{height / 10}" viewBox="0 0 {Width} {height}" preserveAspectRatio="none">
            {Fragment.Of(inner => DrawBands(inner, left, right))}</svg>

            """);
        Ends(page, Left, left, "27.6%", "26.4%", "end");
        Ends(page, Right, right, "71%", "73.6%", "start");
        page.Write($"""
            </svg>
            </figure>

            """);
    }

    private void DrawBands(PageWriter page, int[] left, int[] right)
    {
        // The finding speaks of the largest source: its bands are the ones to see first.
        int most = Enumerable.Range(0, Left.Count).MaxBy(i => Left[i].Fen);
        int[] leftUsed = new int[left.Length];
        int[] rightUsed = new int[right.Length];
        foreach (FlowBand band in Bands)
        {
            int thick = Math.Max(Seen, Thick(band.Fen));
            int from = BarTop(Left[band.From], left[band.From]) + leftUsed[band.From];
            int to = BarTop(Right[band.To], right[band.To]) + rightUsed[band.To];
            leftUsed[band.From] += Thick(band.Fen);
            rightUsed[band.To] += Thick(band.Fen);
            page.Write($"""
                <path class="{(band.From == most ? "band most" : "band")}" d="M0 {from}C500 {from} 500 {to} {Width} {to}V{to + thick}C500 {to + thick} 500 {from + thick} 0 {from + thick}z"/>

                """);
        }
    }

    private void Ends(PageWriter page, IReadOnlyList<FlowEnd> ends, int[] tops, string barX, string textX, string anchor)
    {
        for (int i = 0; i < ends.Count; i++)
        {
            FlowEnd end = ends[i];
            int middle = (tops[i] + (Slot(end) / 2)) / 10;
            page.Write($"""
                <rect class="end" x="{barX}" y="{BarTop(end, tops[i]) / 10}" width="1.4%" height="{Math.Max(Seen, Thick(end.Fen)) / 10 + 1}"/><text x="{textX}" y="{middle - 3}" text-anchor="{anchor}"{Fragment.When(end.IsName, static page => page.Write($" lang=\"zh-Hans\""))}>{end.Label}</text><text class="fig" x="{textX}" y="{middle + 14}" text-anchor="{anchor}">{end.Figure}</text>

                """);
        }
    }

    private int[] Tops(IReadOnlyList<FlowEnd> ends, out int height)
    {
        int[] tops = new int[ends.Count];
        height = 0;
        for (int i = 0; i < ends.Count; i++)
        {
            tops[i] = height;
            height += Slot(ends[i]) + Gap;
        }

        return tops;
    }

    private static void Shift(int[] tops, int by)
    {
        for (int i = 0; i < tops.Length; i++)
        {
            tops[i] += by;
        }
    }

    private int Thick(long fen) => Share.Scale(fen, Total, Thickness);

    private int Slot(FlowEnd end) => Math.Max(SlotMin, Thick(end.Fen));

    private int BarTop(FlowEnd end, int top) => top + ((Slot(end) - Thick(end.Fen)) / 2);
}
