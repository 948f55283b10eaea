using DisclosureCloud.Ledger;

namespace DisclosureCloud.Site;

/// <summary>Money sent to lower governments: sent, received by their funds, and in between.</summary>
internal static class PassDownTable
{
    public static Fragment Of(PageContext c, FundView fund) => Fragment.When(fund.PassDowns.Count > 0, page => page.Write($"""
        <section aria-labelledby="passed"><h2 id="passed">{c.Texts.PassedDown}</h2>
        {FactTable.Of(
            c, "passed-table", new Plain(c.Say(MoneyWords.PassDownsTable)), fund.PassDowns, _ => null,
            FactTable.Words<Posted<PassDown>>(c.Texts.Place, one => AmendmentMark.After(c, one.Entry.Id, c.PlaceLink(one.Fact.Place))),
            FactTable.Words<Posted<PassDown>>(c.Say(MoneyWords.Purpose), one => c.Name(one.Fact.Purpose)),
            FactTable.Words<Posted<PassDown>>(c.Texts.When, one => c.Day(one.Entry.Date)),
            FactTable.Total<Posted<PassDown>>(c, c.Say(MoneyWords.Sent), one => one.Fact.Amount.Fen),
            FactTable.Total<Posted<PassDown>>(c, c.Say(MoneyWords.Received), one => one.Fact.Amount.Fen - c.World.AwaitingOf(one)) with { Cell = one => Received(c, one) },
            FactTable.Total<Posted<PassDown>>(c, c.Say(MoneyWords.InBetween), one => c.World.AwaitingOf(one)))}
        <p class="soft">{c.Say(MoneyWords.InBetweenMeaning)}</p></section>

        """));

    /// <summary>How much came in, and by which fund's account.</summary>
    private static Fragment Received(PageContext c, Posted<PassDown> sent) => Fragment.Of(page => page.Write(
        $"{new Amount(sent.Fact.Amount.Fen - c.World.AwaitingOf(sent))}{Fragment.Each(c.World.AcknowledgedBy(sent.Entry.Id), (_, one) => page.Write($" <small>{c.FundLink(one.Fund)} {new Amount(one.Amount.Fen)}</small>"))}"));
}
