using DisclosureCloud.Ledger;

namespace DisclosureCloud.Site;

/// <summary>The lists of a place that may grow long, each begun on the place's page.</summary>
internal sealed class RegionTables
{
    private const int CardsMax = 12; // A card has all that a villager asks: some two kilobytes.

    public RegionTables(Region region)
    {
        Region = region;
        Thing = new("regions", region.Id, region.Name, c =>
            [new(new Plain(c.Texts.Regions), "regions/"), .. region.Path.SkipLast(1).Select(above => new Crumb(c.Name(above.Name), $"regions/{above.Id}/"))]);
        Below = RegionTable.Below(Thing, region);
        Projects = new(Thing, "projects", c => region.Children.Count > 0 ? c.Texts.ProjectsOfWholePlace : c.Texts.ProjectsHere, region.Projects, static (c, part) => Cards(c, part, RegionPage.Card))
        {
            Paging = Paging.FromStart(CardsMax, CardsMax),
        };
        Received = new(Thing, "received", static c => c.Texts.PassedDownToHere, region.Received, static (c, part) => Cards(c, part, RegionPage.Card))
        {
            Paging = Paging.FromStart(CardsMax, CardsMax),
        };
    }

    public Region Region { get; }

    public Thing Thing { get; }

    public LongTable<Region> Below { get; }

    public LongTable<ProjectView> Projects { get; }

    public LongTable<Posted<PassDown>> Received { get; }

    public IEnumerable<LongTable> All => [Below, Projects, Received];

    private static Fragment Cards<T>(PageContext c, TablePart<T> part, Action<PageWriter, PageContext, T> card) => Fragment.Of(page => page.Write($"""
        <div id="{part.Whole.TableId}">{Fragment.When(part.IsCut, cut => cut.Write($"<p>{part.Rows(c)}</p>"))}
        {Fragment.Each(part.Items, (_, one) => card(page, c, one))}</div>
        {part.Turn(c)}
        """));
}
