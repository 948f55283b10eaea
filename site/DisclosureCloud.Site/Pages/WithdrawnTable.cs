using DisclosureCloud.Ledger;

namespace DisclosureCloud.Site;

/// <summary>What was withdrawn of a fund or project: it counts in no total and stays to be read.</summary>
internal static class WithdrawnTable
{
    public static LongTable<WithdrawnThing> Of(Thing thing, IEnumerable<WithdrawnThing> things) =>
        new(thing, "withdrawn", static c => c.Say(MoneyWords.Withdrawn), [.. things], static (c, part) => FactTable.Of(c, new Plain(c.Say(MoneyWords.WithdrawnTable)), part, Anchor, Columns(c)))
        {
            Paging = Paging.NewestFirst(30),
        };

    public static Fragment Section(PageContext c, LongTable<WithdrawnThing> table) => table.Section(c, Meaning(c));

    /// <summary>What was withdrawn of a thing of which little can be.</summary>
    public static Fragment Section(PageContext c, IReadOnlyList<WithdrawnThing> things) => Fragment.When(things.Count > 0, page => page.Write($"""
        <section aria-labelledby="withdrawn"><h2 id="withdrawn">{c.Say(MoneyWords.Withdrawn)}</h2>
        {Meaning(c)}{FactTable.Of(c, "withdrawn-table", new Plain(c.Say(MoneyWords.WithdrawnTable)), things, Anchor, Columns(c))}</section>

        """));

    private static Fragment Meaning(PageContext c) => Fragment.Of(page => page.Write($"""<p class="soft">{c.Say(MoneyWords.WithdrawnMeaning)}</p>"""));

    private static string? Anchor(WithdrawnThing one) => one.Fact is Project or Fund ? null : one.History.Id.Value;

    private static FactColumn<WithdrawnThing>[] Columns(PageContext c) =>
    [
        FactTable.Words<WithdrawnThing>(c.Texts.Kind, one => Kind(c, one)),
        FactTable.Words<WithdrawnThing>(c.Texts.When, one => c.Day(one.History.Now.Date)),
        FactTable.Words<WithdrawnThing>(c.Say(MoneyWords.Said), one => Amounts(c, one.Fact)),
        FactTable.Words<WithdrawnThing>(c.Say(MoneyWords.Reason), one => c.Name(one.By.Reason)),
    ];

    private static Fragment Kind(PageContext c, WithdrawnThing one) => Fragment.Of(page =>
    {
        KindSchema kind = KindSchema.Of(one.Fact);
        page.Write($"""{(c.Language.IsChinese ? kind.Chinese : kind.English)} <a class="mark" href="{c.Link(one.By.Path)}">{c.Say(MoneyWords.IsWithdrawn)}</a>""");
    });

    private static IMarkup Amounts(PageContext c, Fact fact)
    {
        Money[] amounts = [.. KindSchema.Of(fact).Fields.SelectMany(field => field.Values(fact)).OfType<Money>()];
        if (Goods.Of(c.World, fact) is { } goods && amounts.Length == 0)
        {
            return Fragment.Of(page => page.Write($"<del>{goods.Say(c)}</del>"));
        }

        return amounts.Length == 0 ? new Plain("–") : Fragment.Each(amounts, (page, amount) => page.Write($"<del>{c.Sum(amount.Fen)}</del> "));
    }
}
