namespace DisclosureCloud.Site;

/// <summary>What finished projects left, over all projects. Not at <c>/assets/</c>, which holds the stylesheet.</summary>
internal static class AssetIndex
{
    public const string Folder = "project-assets/";

    /// <summary>A row has eight cells, so that fewer fit on a page than of other lists.</summary>
    public const int ItemsMax = 30;

    public static void Write(PageWriter page, PageContext c, ListPage<AssetView> list)
    {
        string title = c.Say(MoneyWords.Assets);
        var head = new PageHead(list.Path, title, [new(new Plain(title), null)], DataLinks.Tables(c.Texts, "entries"));
        Layout.Write(page, c, head, Fragment.Of(main => main.Write($"""
            <h1>{c.Say(MoneyWords.AssetsTitle)}</h1>
            <p class="answer">{(c.World.Assets.Length == 0 ? c.Phrase(MoneyWords.NoAssets).With() : c.Phrase(MoneyWords.AssetsAnswer).With(new Count(c.World.Assets.Length), c.Sum(c.World.Assets.Sum(asset => asset.Now.Fact.Value.Fen))))}</p>
            <p class="note">{c.Say(MoneyWords.AssetsMeaning)}</p>
            {Fragment.When(list.Items.Count > 0, part => part.Write($"{AssetTable.Of(c, "assets-table", list.Items, withProject: true)}{AssetTable.Incomes(c, list.Items)}"))}
            {list.Turn(c)}
            """)));
    }
}
