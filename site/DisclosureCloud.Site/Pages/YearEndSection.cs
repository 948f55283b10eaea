using DisclosureCloud.Ledger;

namespace DisclosureCloud.Site;

/// <summary>The turn of each year: what finance confirmed, and what was recorded of a year after it was closed.</summary>
internal static class YearEndSection
{
    public static Fragment Of(PageContext c, FundView fund, IReadOnlyList<LongTable<LaterMovement>> later)
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
            {Fragment.Each(later, (_, table) => page.Write($"{table.First(c)}"))}</section>

            """));
    }

    /// <summary>How many years the money has been unused at the end of the year stated: its own budget year is the first.</summary>
    private static int UnusedYears(FundView fund, CarryOver stated) =>
        stated.CarriedOver.IsZero && stated.Surplus.IsZero ? 0 : stated.Year.Value - fund.Fact.BudgetYear.Value + 1;

    // A closed year is changed by entries only, and every one that came after it was closed is named.
    public static IReadOnlyList<LongTable<LaterMovement>> Later(Thing thing, FundView fund, LongTable<Movement> movements) =>
        [.. fund.Of<CarryOver>().Select(year => Later(thing, year, movements))];

    private static LongTable<LaterMovement> Later(Thing thing, Posted<CarryOver> year, LongTable<Movement> movements)
    {
        LaterMovement[] later =
        [
            .. movements.Rows.Select((move, row) => new LaterMovement(move, row))
                .Where(one => one.Move.Posted.Index > year.Index && one.Move.Posted.Entry.Date is { } date && date.Year <= year.Fact.Year.Value),
        ];
        return new(thing, $"later-{year.Entry.Id.Value}", c => Said(c).TrimEnd('：', '.'), later, (c, part) => FactTable.Of(
            c, new Plain(Said(c)), part, _ => null,
            FactTable.Words<LaterMovement>(c.Texts.Movement, one => c.Anchor(movements.AddressOf(one.Row, one.Move.Posted.Entry.Id.Value), new Plain(one.Move.Name(c)))),
            FactTable.Words<LaterMovement>(c.Texts.When, one => c.Day(one.Move.Posted.Entry.Date)),
            new(c.Texts.AmountYuan, one => one.Move.Amount(c)) { IsNumber = true }))
        {
            Paging = Paging.NewestFirst(30),
        };

        string Said(PageContext c) => c.Phrase(MoneyWords.RecordedLater).Plain(new Count(year.Fact.Year.Value).Text, new Count(later.Length).Text);
    }
}

/// <summary>A movement of a year that was closed before it was recorded.</summary>
/// <param name="Row">Its place among all movements, from 0.</param>
internal sealed record LaterMovement(Movement Move, int Row);
