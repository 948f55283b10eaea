using DisclosureCloud.Ledger;
using DisclosureCloud.Site.Suppression;

namespace DisclosureCloud.Site;

/// <summary>How many households and persons a place's money reached, by year. What cannot be told is named as such, and why.</summary>
internal static class HeadcountTable
{
    public const string Anchor = "headcounts";

    public static Fragment Of(PageContext c, Region region)
    {
        HeadcountTotal[] totals = [.. c.World.Headcounts.Of(region.Code)];
        return Fragment.When(totals.Length > 0, page => page.Write($"""
            <section aria-labelledby="{Anchor}"><h2 id="{Anchor}">{c.Say(HeadcountWords.Title)}</h2>
            <p class="note">{c.Say(HeadcountWords.CountedTwice)}{Fragment.When(totals.Any(one => one.LeftOut > 0 || one.Pooled > 0), part => part.Write($" {c.Say(HeadcountWords.NotTold)} <a href=\"{c.Link("about/")}#{AboutPage.SmallCounts}\">{c.Say(HeadcountWords.Why)}</a>"))}</p>
            {FactTable.Of(
                c, $"{Anchor}-table", new Plain(c.Say(HeadcountWords.Caption)), totals, _ => null,
                FactTable.Words<HeadcountTotal>(c.Say(HeadcountWords.What), one => FactTable.With(new Plain(c.Say(HeadcountWords.Of(one.Measure))), [new Count(one.Year), .. Remarks(c, one)])),
                new FactColumn<HeadcountTotal>(c.Say(HeadcountWords.Count), one => CountOf(c, one)) { IsNumber = true })}</section>

            """));
    }

    private static IMarkup CountOf(PageContext c, HeadcountTotal total) =>
        total.IsNotShown ? new Heads(Headcount.NotShown, c.Texts) : new Count(total.Count);

    // What is left out is said first: it is what the figure beside it lacks.
    private static IEnumerable<IMarkup> Remarks(PageContext c, HeadcountTotal total) =>
        new (Both Words, long Count)[]
        {
            (HeadcountWords.MovedUp, total.MovedUp), (HeadcountWords.LeftOut, total.LeftOut - total.MovedUp), (HeadcountWords.Pooled, total.Pooled),
        }.Where(one => one.Count > 0).Select(one => c.Phrase(one.Words).With(new Count(one.Count))).Cast<IMarkup>();
}
