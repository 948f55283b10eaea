using DisclosureCloud.Ledger;

namespace DisclosureCloud.Site;

/// <summary>Money sent to lower governments: sent, received by their funds, and in between.</summary>
internal static class PassDownTable
{
    public static LongTable<Posted<PassDown>> Of(Thing thing, FundView fund) =>
        new(thing, "passed", static c => c.Texts.PassedDown, fund.PassDowns, static (c, part) => FactTable.Of(
            c, new Plain(c.Say(MoneyWords.PassDownsTable)), part, _ => null,
            FactTable.Words<Posted<PassDown>>(c.Texts.Place, one => AmendmentMark.After(c, one.Entry.Id, c.PlaceLink(one.Fact.Place))),
            FactTable.Words<Posted<PassDown>>(c.Say(MoneyWords.Purpose), one => c.Name(one.Fact.Purpose)),
            FactTable.Words<Posted<PassDown>>(c.Texts.When, one => c.Day(one.Entry.Date)),
            FactTable.Total<Posted<PassDown>>(c, c.Say(MoneyWords.Sent), one => one.Fact.Amount.Fen),
            FactTable.Total<Posted<PassDown>>(c, c.Say(MoneyWords.Received), one => one.Fact.Amount.Fen - c.World.AwaitingOf(one)) with { Cell = one => Received(c, one) },
            FactTable.Total<Posted<PassDown>>(c, c.Say(MoneyWords.InBetween), one => c.World.AwaitingOf(one))))
        {
            Paging = Paging.NewestFirst(30),
        };

    /// <summary>How much came in, and by which fund's account.</summary>
    private static Fragment Received(PageContext c, Posted<PassDown> sent) => Fragment.Of(page => page.Write(
        $"{new Amount(sent.Fact.Amount.Fen - c.World.AwaitingOf(sent))}{Fragment.Each(c.World.AcknowledgedBy(sent.Entry.Id), (_, one) => page.Write($" <small>{c.FundLink(one.Fund)} {new Amount(one.Amount.Fen)}</small>"))}"));
}
