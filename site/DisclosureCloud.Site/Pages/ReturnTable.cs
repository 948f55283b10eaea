using DisclosureCloud.Ledger;

namespace DisclosureCloud.Site;

/// <summary>Money that came back from projects, and money that went back to where it came from.</summary>
internal static class ReturnTable
{
    public static Fragment Of(PageContext c, FundView fund) => Fragment.Of(page =>
    {
        IReadOnlyList<Posted<Refund>> refunds = fund.Of<Refund>();
        IReadOnlyList<Posted<ReturnToSource>> returns = fund.Of<ReturnToSource>();
        if (refunds.Count + returns.Count > 0)
        {
            page.Write($"""
                <section aria-labelledby="returns"><h2 id="returns">{c.Say(MoneyWords.Returns)}</h2>
                {Fragment.When(refunds.Count > 0, part => part.Write($"{Refunds(c, "refunds-table", refunds)}"))}{Fragment.When(returns.Count > 0, part => part.Write($"{Returns(c, fund, returns)}"))}</section>

                """);
        }
    });

    private static Fragment Refunds(PageContext c, string id, IReadOnlyList<Posted<Refund>> refunds) => FactTable.Of(
        c, id, new Plain(c.Say(MoneyWords.RefundsTable)), refunds, _ => null,
        FactTable.Words<Posted<Refund>>(c.Texts.Project, one => AmendmentMark.After(c, one.Entry.Id, c.ProjectLink(c.World.ProjectOf(one.Fact.FundId, one.Fact.ProjectId)))),
        FactTable.Words<Posted<Refund>>(c.Texts.When, one => c.Day(one.Entry.Date)),
        FactTable.Words<Posted<Refund>>(c.Say(MoneyWords.Reason), one => c.Name(one.Fact.Reason)),
        FactTable.Total<Posted<Refund>>(c, c.Say(MoneyWords.Refund), one => one.Fact.Amount.Fen));

    private static Fragment Returns(PageContext c, FundView fund, IReadOnlyList<Posted<ReturnToSource>> returns) => FactTable.Of(
        c, "returns-table", new Plain(c.Say(MoneyWords.ReturnsTable)), returns, _ => null,
        FactTable.Words<Posted<ReturnToSource>>(c.Texts.SourceHead, one => AmendmentMark.After(c, one.Entry.Id, Source(c, fund, one.Fact.Appropriation))),
        FactTable.Words<Posted<ReturnToSource>>(c.Texts.When, one => c.Day(one.Entry.Date)),
        FactTable.Words<Posted<ReturnToSource>>(c.Say(MoneyWords.Reason), one => c.Name(one.Fact.Reason)),
        FactTable.Words<Posted<ReturnToSource>>(c.Texts.DocumentNumber, one => c.Name(one.Fact.DocumentNumber)),
        FactTable.Total<Posted<ReturnToSource>>(c, c.Say(MoneyWords.Return), one => one.Fact.Amount.Fen));

    private static IMarkup Source(PageContext c, FundView fund, EntryId? id) =>
        fund.Appropriations.FirstOrDefault(given => given.Entry.Id == id) is { } given ? c.Name(given.Fact.SourceName) : c.NotStated;
}
