using DisclosureCloud.Ledger;

namespace DisclosureCloud.Site;

/// <summary>Money that came back from projects, and money that went back to where it came from.</summary>
internal static class ReturnTable
{
    public static Fragment Of(PageContext c, LongTable<Posted<Refund>> refunds, LongTable<Posted<ReturnToSource>> returns) => Fragment.When(refunds.Rows.Count + returns.Rows.Count > 0, page => page.Write($"""
        <section aria-labelledby="returns"><h2 id="returns">{c.Say(MoneyWords.Returns)}</h2>
        {refunds.First(c)}{returns.First(c)}</section>

        """));

    public static LongTable<Posted<Refund>> Refunds(Thing thing, FundView fund) =>
        new(thing, "refunds", static c => c.Say(MoneyWords.RefundsTable), fund.Of<Refund>(), static (c, part) => FactTable.Of(
            c, new Plain(c.Say(MoneyWords.RefundsTable)), part, _ => null,
            FactTable.Words<Posted<Refund>>(c.Texts.Project, one => AmendmentMark.After(c, one.Entry.Id, c.ProjectLink(c.World.ProjectOf(one.Fact.FundId, one.Fact.ProjectId)))),
            FactTable.Words<Posted<Refund>>(c.Texts.When, one => c.Day(one.Entry.Date)),
            FactTable.Words<Posted<Refund>>(c.Say(MoneyWords.Reason), one => c.Name(one.Fact.Reason)),
            FactTable.Total<Posted<Refund>>(c, c.Say(MoneyWords.Refund), one => one.Fact.Amount.Fen)))
        {
            Paging = Paging.NewestFirst(30),
        };

    public static LongTable<Posted<ReturnToSource>> Returns(Thing thing, FundView fund) =>
        new(thing, "returns", static c => c.Say(MoneyWords.ReturnsTable), fund.Of<ReturnToSource>(), (c, part) => FactTable.Of(
            c, new Plain(c.Say(MoneyWords.ReturnsTable)), part, _ => null,
            FactTable.Words<Posted<ReturnToSource>>(c.Texts.SourceHead, one => AmendmentMark.After(c, one.Entry.Id, Source(c, fund, one.Fact.Appropriation))),
            FactTable.Words<Posted<ReturnToSource>>(c.Texts.When, one => c.Day(one.Entry.Date)),
            FactTable.Words<Posted<ReturnToSource>>(c.Say(MoneyWords.Reason), one => c.Name(one.Fact.Reason)),
            FactTable.Words<Posted<ReturnToSource>>(c.Texts.DocumentNumber, one => c.Name(one.Fact.DocumentNumber)),
            FactTable.Total<Posted<ReturnToSource>>(c, c.Say(MoneyWords.Return), one => one.Fact.Amount.Fen)))
        {
            Paging = Paging.NewestFirst(30),
        };

    private static IMarkup Source(PageContext c, FundView fund, EntryId? id) =>
        fund.Appropriations.FirstOrDefault(given => given.Entry.Id == id) is { } given ? c.Name(given.Fact.SourceName) : c.NotStated;
}
