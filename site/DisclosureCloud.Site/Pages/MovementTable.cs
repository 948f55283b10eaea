namespace DisclosureCloud.Site;

/// <summary>Every movement of a fund with the balances after it.</summary>
internal static class MovementTable
{
    public static LongTable<Movement> Of(Thing thing, FundView fund) =>
        new(thing, "movements", static c => c.Texts.Movements, Movement.Of(fund), (c, part) => Table(c, fund, part)) { Paging = Paging.NewestFirst(60), Folds = false };

    /// <remarks>What is in the account can be told only where somebody has said of every project what was paid for it.</remarks>
    private static Fragment Table(PageContext c, FundView fund, TablePart<Movement> movements) => Fragment.Of(page =>
    {
        bool cash = fund.Stages.Unreported == 0;
        string free = fund.IsRevolving ? c.Say(MoneyWords.LeftToLend) : c.Texts.Free;
        page.Write($"""
            <div class="scroll" role="region" aria-labelledby="movements-caption" tabindex="0">
            <table class="wide stack" id="movements-table"><caption id="movements-caption">{c.Say(MoneyWords.MovementsTable)}{movements.Rows(c)}</caption>
            <thead><tr><th scope="col">{c.Texts.Movement}</th><th scope="col">{c.Texts.When}</th><th scope="col" class="n">{c.Texts.AmountYuan}</th><th scope="col" class="n">{c.Texts.InYuan.Plain(free)}</th>{Fragment.When(cash, part => part.Write($"""<th scope="col" class="n">{c.Texts.InYuan.Plain(c.Say(MoneyWords.Cash))}</th>"""))}</tr></thead>
            <tbody>{Fragment.Each(movements.Items, (_, move) => page.Write($"""
            <tr id="{move.Posted.Entry.Id.Value}"><th scope="row">{move.Name(c)}{AmendmentMark.Of(c, move.Posted.Entry.Id)} <small>{move.About(c)}</small></th><td data-l="{c.Texts.When}">{c.Day(move.Posted.Entry.Date)}</td>{Amount(c, move)}{Balance(c.Texts.InYuan.Plain(free), move.Free, move.FreeChange)}{Fragment.When(cash, part => part.Write($"{Balance(c.Texts.InYuan.Plain(c.Say(MoneyWords.Cash)), move.Cash, move.CashChange)}"))}</tr>
            """))}</tbody></table>
            </div>
            {Fragment.When(!cash, part => part.Write($"""<p class="note">{c.Say(MoneyWords.CashNotStated)}</p>"""))}{movements.Turn(c)}
            """);
    });

    // The head says yuan: goods stand in a cell with their own measure and without a figure of money.
    private static Fragment Amount(PageContext c, Movement move) => Goods.Of(c.World, move.Posted.Fact) is not { } goods
        ? Fragment.Of(page => page.Write($"{c.Cell(move.AmountFen) with { Label = c.Texts.AmountYuan }}"))
        : Fragment.Of(page => page.Write(
            $"""<td class="n" data-l="{(move.AmountFen is null ? c.Say(MoneyWords.Quantity) : c.Texts.AmountYuan)}">{Fragment.When(move.AmountFen is not null, part => part.Write($"{new Amount(move.AmountFen!.Value)} "))}{goods.Say(c)}</td>"""));

    private static Fragment Balance(string head, long fen, long change) => Fragment.Of(page => page.Write(
        $"""<td class="n" data-l="{head}">{new Amount(fen)}{Fragment.When(change != 0, part => part.Write($"<small>{(change > 0 ? "+" : "")}{new Amount(change)}</small>"))}</td>"""));
}
