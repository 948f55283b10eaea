using System.Globalization;
using DisclosureCloud.Ledger;

namespace DisclosureCloud.Site;

/// <summary>A revolving fund: its identity with its figures, how often its capital was lent, and every loan, never with who borrowed.</summary>
internal static class RevolvingSection
{
    public static Fragment Of(PageContext c, FundView fund, LongTable<LoanView> loans, LongTable<LoanView> goods) => Fragment.When(fund.IsRevolving, page => page.Write($"""
        <section aria-labelledby="revolving"><h2 id="revolving">{c.Say(MoneyWords.Revolving)}</h2>
        {Turns(c, fund.Books)}{Figures(c, fund.Books, loans.Rows)}{loans.First(c)}{goods.First(c)}</section>

        """));

    /// <summary>What the fund has to lend with: what came in and did not leave it for good. Fees are beside it.</summary>
    public static Money CapitalOf(FundBooks books) => books.Appropriated + books.Interest - books.Returned - books.PassedDown - books.NetDisbursed;

    /// <summary>How often the capital was lent, to two decimal places; what is finer is left out. Null without capital.</summary>
    public static string? TurnsOf(FundBooks books)
    {
        long capital = CapitalOf(books).Fen;
        if (capital <= 0)
        {
            return null;
        }

        Int128 hundredths = (Int128)books.Lent.Fen * 100 / capital;
        return string.Create(CultureInfo.InvariantCulture, $"{hundredths / 100}.{hundredths % 100:D2}");
    }

    private static Fragment Turns(PageContext c, FundBooks books) => TurnsOf(books) is { } turns
        ? Fragment.Of(page => page.Write($"<p>{c.Phrase(MoneyWords.Turns).With(new Plain(turns), c.Sum(books.Lent.Fen), c.Sum(CapitalOf(books).Fen))}</p>"))
        : Fragment.None;

    private static Fragment Figures(PageContext c, FundBooks books, IReadOnlyList<LoanView> money)
    {
        (Both Name, long Fen)[] rows =
        [
            (MoneyWords.Capital, CapitalOf(books).Fen), (MoneyWords.Lent, books.Lent.Fen), (MoneyWords.PrincipalRepaid, books.PrincipalRepaid.Fen),
            (MoneyWords.Fees, books.Fees.Fen), (MoneyWords.Outstanding, books.Outstanding.Fen), (MoneyWords.Overdue, OverdueFen(c, money)),
            (MoneyWords.WrittenOff, books.WrittenOff.Fen), (MoneyWords.Cash, books.Cash.Fen),
        ];
        return Fragment.Of(page => page.Write($"""
            <table id="revolving-table"><caption>{c.Say(MoneyWords.RevolvingTable)}</caption>
            <thead><tr><th scope="col">{c.Texts.Stage}</th><th scope="col" class="n">{c.Texts.AmountYuan}</th></tr></thead>
            <tbody>{Fragment.Each(rows, (_, row) => page.Write($"""<tr><th scope="row">{c.Say(row.Name)}</th>{c.Cell(row.Fen)}</tr>"""))}</tbody></table>
            <p class="identity">{c.Phrase(MoneyWords.Identity).With(new Amount(CapitalOf(books).Fen), new Amount(books.Fees.Fen), new Amount(books.Cash.Fen), new Amount(books.Outstanding.Fen), new Amount(books.WrittenOff.Fen))}</p>

            """));
    }

    private static long OverdueFen(PageContext c, IReadOnlyList<LoanView> money) =>
        money.Where(loan => loan.StateOn(c.World.AsOf) == LoanState.Overdue).Sum(loan => loan.Account.Outstanding.Fen);

    public static LongTable<LoanView> Loans(Thing thing, IReadOnlyList<LoanView> loans) =>
        new(thing, "loans", static c => c.Say(MoneyWords.LoansTable), [.. loans.Where(loan => !loan.Account.IsInKind)], static (c, part) => FactTable.Of(
            c, new Plain(c.Say(MoneyWords.LoansTable)), part, _ => null,
            [
                .. Common(c),
                FactTable.Total<LoanView>(c, c.Say(MoneyWords.Lent), loan => loan.Account.Amount.Fen),
                FactTable.Total<LoanView>(c, c.Say(MoneyWords.PrincipalRepaid), loan => loan.Account.Repaid.Fen),
                FactTable.Total<LoanView>(c, c.Say(MoneyWords.Fees), loan => loan.Account.Fees.Fen),
                FactTable.Total<LoanView>(c, c.Say(MoneyWords.WrittenOff), loan => loan.Account.WrittenOff.Fen),
                FactTable.Total<LoanView>(c, c.Say(MoneyWords.Outstanding), loan => loan.Account.Outstanding.Fen),
            ]))
        {
            Paging = Paging.NewestFirst(30),
        };

    public static LongTable<LoanView> Goods(Thing thing, IReadOnlyList<LoanView> loans) =>
        new(thing, "goods", static c => c.Say(MoneyWords.GoodsTable), [.. loans.Where(loan => loan.Account.IsInKind)], static (c, part) => Fragment.Of(page => page.Write($"""
            {FactTable.Of(
                c, new Plain(c.Say(MoneyWords.GoodsTable)), part, _ => null,
                [
                    .. Common(c),
                    Quantity(c, MoneyWords.Lent, loan => loan.Account.Quantity),
                    Quantity(c, MoneyWords.CameBack, loan => loan.Account.QuantityRepaid),
                    Quantity(c, MoneyWords.WrittenOff, loan => loan.Account.QuantityWrittenOff),
                    Quantity(c, MoneyWords.Outstanding, loan => loan.Account.QuantityOutstanding),
                ])}<p class="soft">{c.Say(MoneyWords.GoodsMeaning)}</p>

            """)))
        {
            Paging = Paging.NewestFirst(30),
        };

    // One column of words beside five of figures: a day in a column of its own would leave the purpose a word a line.
    private static FactColumn<LoanView>[] Common(PageContext c) =>
    [
        FactTable.Words<LoanView>(c.Say(MoneyWords.Purpose), loan => FactTable.With(
            AmendmentMark.After(c, loan.Posted.Entry.Id, c.Name(loan.Fact.Purpose)),
            c.Phrase(MoneyWords.LentOnFor).With(c.Day(loan.Posted.Entry.Date), new Count(loan.Fact.Term)),
            c.Phrase(MoneyWords.RateOf).With(loan.Fact.AnnualRate is { } rate ? new Plain($"{rate}%") : c.NotStated),
            c.Phrase(MoneyWords.DueBackOn).With(c.Day(loan.Account.Due), State(c, loan.StateOn(c.World.AsOf))))),
    ];

    private static Fragment State(PageContext c, LoanState state) => Fragment.Of(page => page.Write(
        $"""<span class="{(state == LoanState.Overdue ? "late" : "state")}">{c.Say(CodeWords.Of(state))}</span>"""));

    private static FactColumn<LoanView> Quantity(PageContext c, Both head, Func<LoanView, Quantity> quantity) =>
        new(c.Say(head), loan => Fragment.Of(page => page.Write($"{quantity(loan).ToString()} {c.Name(loan.Fact.Measure)}"))) { IsNumber = true };
}
