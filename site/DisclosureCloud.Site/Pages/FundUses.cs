using DisclosureCloud.Ledger;

namespace DisclosureCloud.Site;

/// <summary>A project or a place that a fund went to.</summary>
/// <param name="Sent">Null where the share is a project's.</param>
internal sealed record Use(ProjectView? Project, Posted<PassDown>? Sent, long Fen)
{
    public FreeText? Label => Project is null ? Sent!.Fact.PlaceName : Project.Fact.Name;

    public Fragment What(PageContext c) => Project is null ? Fragment.Of(page => c.Name(Sent!.Fact.Purpose).WriteTo(page)) : c.ProjectLink(Project);

    public Fragment Where(PageContext c) => c.PlaceLink(Project?.Fact.Place ?? Sent!.Fact.Place);
}

/// <summary>What a fund went to, the largest share first, ties in the order of the ledger.</summary>
internal static class FundUses
{
    public static LongTable<Use> Table(Thing thing, FundView fund) => new(
        thing,
        "uses",
        static c => c.Texts.WhatItIsFor,
        [
            .. fund.Projects.Select(project => new Use(project, null, project.AllocatedFen))
                .Concat(fund.PassDowns.Select(sent => new Use(null, sent, sent.Fact.Amount.Fen)))
                .OrderByDescending(use => use.Fen),
        ],
        Table);

    public static Fragment Of(PageContext c, LongTable<Use> uses) => uses.Section(c, Fragment.When(uses.Rows.Count(use => use.Fen > 0) > 1, page => page.Write(
        $"{new BarPicture("uses-picture", c.Largest(new Name(FreeText.Of(Name.Text(uses.Rows[0].Label, c.Texts)), c.Language), [.. uses.Rows.Select(use => use.Fen)]), "uses-table", Bars(c, uses.Rows))}")));

    private static Fragment Table(PageContext c, TablePart<Use> uses) => FactTable.Fold(c, uses, Fragment.Of(page => page.Write($"""
        <div class="scroll" role="region" aria-labelledby="uses-caption" tabindex="0">
        <table id="uses-table"><caption id="uses-caption">{c.Texts.UsesTable}{uses.Rows(c)}</caption>
        <thead><tr><th scope="col">{c.Texts.ProjectOrPurpose}</th><th scope="col">{c.Texts.Place}</th><th scope="col" class="n">{c.Texts.AmountYuan}</th></tr></thead>
        <tbody>{Fragment.Each(uses.Items, (_, use) => page.Write($"""<tr><th scope="row">{use.What(c)}</th><td>{use.Where(c)}</td>{c.Cell(use.Fen)}</tr>"""))}</tbody>{Fragment.When(uses.IsFirst, part => part.Write($"""
        <tfoot><tr><th scope="row" colspan="2">{uses.TotalHead(c)}</th>{c.Cell(uses.Whole.Rows.Sum(use => use.Fen))}</tr></tfoot>
        """))}</table>
        </div>
        {uses.Turn(c)}
        """)));

    // A project without money, such as one that went into another, has a row and no bar.
    private static List<Bar> Bars(PageContext c, IReadOnlyList<Use> all)
    {
        Use[] uses = [.. all.Where(use => use.Fen > 0)];
        int shown = uses.Length > FlowPicture.BandsMax ? FlowPicture.BandsMax - 1 : uses.Length;
        List<Bar> bars = [.. uses.Take(shown).Select(use => new Bar(Name.Text(use.Label, c.Texts), true, Sum.Text(use.Fen, c.Texts), use.Project is null ? "down" : "shared", use.Fen))];
        if (uses.Length > shown)
        {
            long rest = uses.Skip(shown).Sum(use => use.Fen);
            bars.Add(new Bar(c.Texts.Others.Plain(Amount.Text((uses.Length - shown) * 100L)), false, Sum.Text(rest, c.Texts), "free", rest));
        }

        return bars;
    }
}
