using DisclosureCloud.Ledger;

namespace DisclosureCloud.Site;

/// <summary>Where the money came from and which region it went to, as a picture and as tables.</summary>
internal static class SourceSection
{
    public static Fragment Of(PageContext c) => Fragment.When(c.World.Stages.Appropriated > 0, page =>
    {
        Texts t = c.Texts;
        Given[] given = [.. c.World.Given];
        page.Write($"""
            <section aria-labelledby="whence"><h2 id="whence">{t.FromWhomToWhere}</h2>
            {Flow(c, given)}<div class="pair">
            {Table(c, "levels", t.ByLevel, t.LevelHead, given.GroupBy(one => one.Level).OrderBy(group => group.Key).Select(group => (Level(c, group.Key), group.Sum(one => one.Fen))))}
            {Table(c, "natures", t.ByNature, t.NatureHead, given.GroupBy(one => one.Nature).OrderBy(group => group.Key).Select(group => (Nature(c, group.Key), group.Sum(one => one.Fen))))}
            </div>
            </section>

            """);
    });

    private static Fragment Table(PageContext c, string id, string caption, string head, IEnumerable<(string Text, long Fen)> rows) => Fragment.Of(page =>
    {
        (string Text, long Fen)[] all = [.. rows];
        page.Write($"""
            <table id="{id}"><caption>{caption}</caption><thead><tr><th scope="col">{head}</th><th scope="col" class="n">{c.Texts.AmountYuan}</th></tr></thead>
            <tbody>{Fragment.Each(all, (_, row) => page.Write($"""<tr><th scope="row">{row.Text}</th>{c.Cell(row.Fen)}</tr>"""))}</tbody>
            <tfoot><tr><th scope="row">{c.Texts.Total}</th>{c.Cell(all.Sum(row => row.Fen))}</tr></tfoot></table>
            """);
    });

    /// <summary>From levels to regions; the smallest regions are gathered until the bands can be followed.</summary>
    private static FlowPicture Flow(PageContext c, Given[] given)
    {
        Texts t = c.Texts;
        SourceLevel?[] levels = [.. given.Select(one => one.Level).Distinct().Order()];
        Region[] regions =
        [
            .. given.GroupBy(one => c.World.RegionOf(one.Fund.Fact.Region)).OrderByDescending(group => group.Sum(one => one.Fen))
                .ThenBy(group => group.Key.Id, StringComparer.Ordinal).Select(group => group.Key),
        ];
        int kept = regions.Length;
        while (Bands(c, given, levels, regions[..kept]).Count > FlowPicture.BandsMax && kept > 0)
        {
            kept--;
        }

        List<FlowBand> bands = Bands(c, given, levels, regions[..kept]);
        List<FlowEnd> right =
        [
            .. regions[..kept].Select((region, i) => End(t, Name.Text(region.Name, t), true, bands.Where(band => band.To == i))),
        ];
        if (kept < regions.Length)
        {
            right.Add(End(t, t.Others.Plain(Amount.Text((regions.Length - kept) * 100L)), false, bands.Where(band => band.To == kept)));
        }

        SourceLevel? largest = levels.MaxBy(level => given.Where(one => one.Level == level).Sum(one => one.Fen));
        long share = given.Where(one => one.Level == largest).Sum(one => one.Fen);
        return new FlowPicture(
            "flow", t.FindingFlow.With(new Plain(Level(c, largest)), c.Sum(share), c.Sum(given.Sum(one => one.Fen))), "regions-table",
            [.. levels.Select((level, i) => End(t, level is { } known ? t.LevelShort(known) : c.Say(MoneyWords.BeforeLogShort), false, bands.Where(band => band.From == i)))], right, bands);
    }

    private static FlowEnd End(Texts t, string label, bool isName, IEnumerable<FlowBand> bands)
    {
        long fen = bands.Sum(band => band.Fen);
        string figure = fen >= t.LargeFrom ? Amount.Large(fen, t) + t.LargeAfterShort : Sum.Text(fen, t);
        return new FlowEnd(label, isName, figure, fen);
    }

    private static List<FlowBand> Bands(PageContext c, Given[] given, SourceLevel?[] levels, Region[] kept) =>
    [
        .. given.GroupBy(one => (From: Array.IndexOf(levels, one.Level), To: PlaceIn(kept, c.World.RegionOf(one.Fund.Fact.Region))))
            .OrderBy(group => group.Key.To).ThenBy(group => group.Key.From)
            .Select(group => new FlowBand(group.Key.From, group.Key.To, group.Sum(one => one.Fen))),
    ];

    private static int PlaceIn(Region[] kept, Region region)
    {
        int at = Array.IndexOf(kept, region);
        return at < 0 ? kept.Length : at;
    }

    private static string Level(PageContext c, SourceLevel? level) => level is { } known ? c.Texts.Level(known) : c.Say(MoneyWords.BeforeLogSource);

    private static string Nature(PageContext c, SourceNature? nature) => nature is { } known ? c.Texts.Nature(known) : c.Say(MoneyWords.BeforeLogSource);
}
