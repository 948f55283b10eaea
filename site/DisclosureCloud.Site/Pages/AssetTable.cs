namespace DisclosureCloud.Site;

/// <summary>What finished projects left: value, owner, condition, income. It is no money of any fund.</summary>
internal static class AssetTable
{
    public static Fragment Section(PageContext c, string id, IReadOnlyList<AssetView> assets) => Fragment.When(assets.Count > 0, page => page.Write($"""
        <section aria-labelledby="{id}"><h2 id="{id}">{c.Say(MoneyWords.Assets)}</h2>
        {Of(c, $"{id}-table", assets, withProject: false)}</section>

        """));

    public static Fragment Of(PageContext c, string id, IReadOnlyList<AssetView> assets, bool withProject) => FactTable.Of(
        c, id, new Plain(c.Say(MoneyWords.AssetsTable)), assets, asset => $"{asset.Project.Id}-{asset.Id}",
        FactTable.Words<AssetView>(c.Say(MoneyWords.Asset), asset => Named(c, asset, withProject)),
        FactTable.Words<AssetView>(c.Say(MoneyWords.Owner), asset => FactTable.With(c.Name(asset.Now.Fact.Owner), c.Phrase(MoneyWords.CustodianIs).With(c.Name(asset.Now.Fact.Custodian)))),
        FactTable.Words<AssetView>(c.Say(MoneyWords.Condition), asset => Condition(c, asset)),
        FactTable.Total<AssetView>(c, c.Say(MoneyWords.Value), asset => asset.Now.Fact.Value.Fen),
        FactTable.Money<AssetView>(c, c.Say(MoneyWords.Income), asset => asset.IncomeFen),
        FactTable.Money<AssetView>(c, c.Say(MoneyWords.Distributed), asset => asset.DistributedFen),
        FactTable.Money<AssetView>(c, c.Say(MoneyWords.Kept), asset => asset.KeptFen));

    private static Fragment Named(PageContext c, AssetView asset, bool withProject) => Fragment.Of(page => page.Write(
        $"{c.Name(asset.Now.Fact.Name)}{AmendmentMark.Of(c, asset.Now.Entry.Id)}{Fragment.When(withProject, part => part.Write($" <small>{c.ProjectLink(asset.Project)}</small>"))}"));

    private static Fragment Condition(PageContext c, AssetView asset) => Fragment.Of(page => page.Write(
        $"{CodeWords.Of(c, asset.Now.Fact.Condition)} <small>{c.Day(asset.Now.Entry.Date)}</small>{Fragment.When(asset.Now.Fact.Disposal is not null, part => part.Write($" <small>{c.Name(asset.Now.Fact.Disposal)}</small>"))}"));

    /// <summary>Each distribution of an asset's income, with where it went.</summary>
    public static Fragment Incomes(PageContext c, IReadOnlyList<AssetView> assets) => Fragment.When(assets.Any(asset => asset.Incomes.Count > 0), page => page.Write($"""
        <ul class="incomes">{Fragment.Each(assets.SelectMany(asset => asset.Incomes.Select(income => (asset, income))), (_, pair) => page.Write($"""
        <li>{c.Name(pair.asset.Now.Fact.Name)} · {c.Day(pair.income.Entry.Date)}: {c.Phrase(MoneyWords.IncomeLine).With(Stated(c, pair.income.Fact.Income), Stated(c, pair.income.Fact.Distributed))} {Fragment.When(pair.income.Fact.Use is not null, part => part.Write($"{c.Name(pair.income.Fact.Use)}"))} <small>{c.Phrase(MoneyWords.IncomeHouseholds).With(new Heads(pair.income.Fact.Households, c.Texts))}</small>{AmendmentMark.Of(c, pair.income.Entry.Id)}</li>
        """))}</ul>

        """));

    private static IMarkup Stated(PageContext c, Ledger.Money? amount) => amount is { } stated ? c.Sum(stated.Fen) : c.NotStated;
}
