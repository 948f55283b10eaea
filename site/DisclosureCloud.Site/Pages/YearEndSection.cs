using DisclosureCloud.Ledger;

namespace DisclosureCloud.Site;

/// <summary>The turn of each year: what finance confirmed, and what was recorded of a year after it was closed.</summary>
internal static class YearEndSection
{
    public static Fragment Of(PageContext c, FundView fund, IReadOnlyList<Movement> movements)
    {
        IReadOnlyList<Posted<CarryOver>> years = fund.Of<CarryOver>();
        return Fragment.When(years.Count > 0, page => page.Write($"""
            <section aria-labelledby="years"><h2 id="years">{c.Say(MoneyWords.YearEnds)}</h2>
            <p class="soft">{c.Say(MoneyWords.YearEndMeaning)}</p>
            {FactTable.Of(
                c, "years-table", new Plain(c.Say(MoneyWords.YearEndsTable)), years, _ => null,
                FactTable.Words<Posted<CarryOver>>(c.Say(MoneyWords.Year), one => AmendmentMark.After(c, one.Entry.Id, new Count(one.Fact.Year.Value))),
                FactTable.Money<Posted<CarryOver>>(c, c.Say(MoneyWords.CarriedOver), one => one.Fact.CarriedOver.Fen),
                FactTable.Money<Posted<CarryOver>>(c, c.Say(MoneyWords.Surplus), one => one.Fact.Surplus.Fen),
                FactTable.Words<Posted<CarryOver>>(c.Say(MoneyWords.UnusedYears), one => new Count(UnusedYears(fund, one.Fact))),
                FactTable.Words<Posted<CarryOver>>(c.Say(MoneyWords.ConfirmedOn), one => FactTable.With(c.Day(one.Entry.Date), FactTable.Document(c, one.Fact.DocumentNumber))),
                FactTable.Words<Posted<CarryOver>>(c.Texts.Remark, one => c.Name(one.Fact.Note)))}
            {Fragment.Each(years, (_, year) => Later(page, c, year, movements))}</section>

            """));
    }

    /// <summary>How many years the money has been unused at the end of the year stated: its own budget year is the first.</summary>
    private static int UnusedYears(FundView fund, CarryOver stated) =>
        stated.CarriedOver.IsZero && stated.Surplus.IsZero ? 0 : stated.Year.Value - fund.Fact.BudgetYear.Value + 1;

    // A closed year is changed by entries only, and every one that came after it was closed is named.
    private static void Later(PageWriter page, PageContext c, Posted<CarryOver> year, IReadOnlyList<Movement> movements)
    {
        Movement[] later = [.. movements.Where(move => move.Posted.Index > year.Index && move.Posted.Entry.Date is { } date && date.Year <= year.Fact.Year.Value)];
        if (later.Length > 0)
        {
            page.Write($"""
                <p>{c.Phrase(MoneyWords.RecordedLater).With(new Count(year.Fact.Year.Value), new Count(later.Length))}</p>
                <ul>{Fragment.Each(later, (_, move) => page.Write($"""<li><a href="#{move.Posted.Entry.Id.Value}">{move.Name(c)}</a> {c.Day(move.Posted.Entry.Date)} {move.Amount(c)}</li>"""))}</ul>

                """);
        }
    }
}
