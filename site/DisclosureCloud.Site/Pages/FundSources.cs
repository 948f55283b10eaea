using DisclosureCloud.Ledger;

namespace DisclosureCloud.Site;

/// <summary>Where a fund's money came from, and which source pays for what.</summary>
internal static class FundSources
{
    public static Fragment Of(PageContext c, FundTables tables)
    {
        IReadOnlyList<Posted<OpeningBalance>> before = [.. tables.Fund.Of<OpeningBalance>().Where(one => one.Fact.ProjectId is null)];
        return Fragment.When(tables.Given.Rows.Count + before.Count + tables.Interest.Rows.Count > 0, page => page.Write($"""
            <section aria-labelledby="sources"><h2 id="sources">{c.Texts.Sources}</h2>
            {tables.Given.First(c)}{Fragment.Each(before, (_, one) => Before(page, c, one))}{tables.Interest.First(c)}{tables.Shares.First(c)}</section>

            """));
    }

    public static LongTable<Posted<Appropriation>> GivenOf(Thing thing, FundView fund) =>
        new(thing, "sources", static c => c.Texts.Sources, fund.Appropriations, (c, part) => FactTable.Of(
            c, new Plain(c.Texts.SourcesTable), part, _ => null,
            FactTable.Words<Posted<Appropriation>>(c.Texts.SourceHead, given => FactTable.With(AmendmentMark.After(c, given.Entry.Id, c.Name(given.Fact.SourceName)), FactTable.Document(c, given.Fact.DocumentNumber), Receipt(c, given))),
            FactTable.Words<Posted<Appropriation>>(c.Texts.LevelHead, given => new Plain(c.Texts.Level(given.Fact.Level))),
            FactTable.Words<Posted<Appropriation>>(c.Texts.NatureHead, given => new Plain(c.Texts.Nature(given.Fact.Nature))),
            FactTable.Words<Posted<Appropriation>>(c.Texts.When, given => When(c, fund, given)),
            FactTable.Total<Posted<Appropriation>>(c, c.Texts.Given, given => given.Fact.Amount.Fen)))
        {
            Paging = Paging.NewestFirst(30),
        };

    // What of it counts as the receipt of a pass-down, each fen once: another fund may have acknowledged the same one before (decision 0008).
    private static IMarkup? Receipt(PageContext c, Posted<Appropriation> given)
    {
        if (given.Fact.PassDown is not { } passDown)
        {
            return null;
        }

        if (c.World.ReceiptOf(given.Entry.Id) is { } receipt)
        {
            FundView sender = c.World.FundOf(receipt.Sender);
            return receipt.Amount == given.Fact.Amount
                ? c.Phrase(MoneyWords.IsReceipt).With(c.FundLink(sender))
                : c.Phrase(MoneyWords.IsReceiptInPart).With(c.FundLink(sender), c.Sum(receipt.Amount.Fen), c.Sum((given.Fact.Amount - receipt.Amount).Fen));
        }

        return c.World.History.Find(passDown) is { IsWithdrawn: false, Now.Fact: PassDown sent } && c.World.FindFund(sent.FundId) is { } acknowledged
            ? c.Phrase(MoneyWords.IsNoReceipt).With(c.FundLink(acknowledged))
            : new Plain(c.Say(MoneyWords.PassDownNotHere));
    }

    // Money notified in advance bears the next year: its clocks start on 1 January.
    private static Fragment When(PageContext c, FundView fund, Posted<Appropriation> given) => Fragment.Of(page => page.Write(
        $"{c.Day(given.Entry.Date)}{Fragment.When(IsInAdvance(fund, given), part => part.Write($" <small>{c.Say(MoneyWords.InAdvance)}</small>"))}"));

    public static bool IsInAdvance(FundView fund, Posted<Appropriation> given) => given.Entry.Date is { } date && date.Year < fund.Fact.BudgetYear.Value;

    private static void Before(PageWriter page, PageContext c, Posted<OpeningBalance> before) => page.Write($"""
        <p class="note">{c.Phrase(MoneyWords.OpeningOfFund).With(Stated(c, before.Fact.Appropriated), Stated(c, before.Fact.Interest), Stated(c, before.Fact.Returned), Stated(c, before.Fact.PassedDown), c.Name(before.Fact.Books))}{AmendmentMark.Of(c, before.Entry.Id)}</p>

        """);

    private static IMarkup Stated(PageContext c, Money? amount) => amount is { } stated ? c.Sum(stated.Fen) : c.NotStated;

    public static LongTable<Posted<Interest>> InterestOf(Thing thing, FundView fund) =>
        new(thing, "interest", static c => c.Say(MoneyWords.InterestTable), fund.Of<Interest>(), static (c, part) => FactTable.Of(
            c, new Plain(c.Say(MoneyWords.InterestTable)), part, _ => null,
            FactTable.Words<Posted<Interest>>(c.Texts.When, one => AmendmentMark.After(c, one.Entry.Id, c.Day(one.Entry.Date))),
            FactTable.Words<Posted<Interest>>(c.Say(MoneyWords.Period), one => one.Fact.From is null && one.Fact.To is null ? c.NotStated : Fragment.Of(page => page.Write($"{c.Day(one.Fact.From)} – {c.Day(one.Fact.To)}"))),
            FactTable.Total<Posted<Interest>>(c, c.Say(MoneyWords.Interest), one => one.Fact.Amount.Fen)))
        {
            Paging = Paging.NewestFirst(30),
        };

    /// <summary>What each allocation is made up of. Where only one source is there, nothing needs to be said.</summary>
    public static LongTable<ShareOfSources> Shares(Thing thing, FundView fund)
    {
        ShareOfSources[] shares = [.. fund.Entries.Where(one => fund.Sources.ContainsKey(one.Entry.Id)).Select(one => new ShareOfSources(fund.ProjectOf(ProjectView.IdOf(one.Fact)!.Value), fund.Sources[one.Entry.Id]))];
        bool several = shares.SelectMany(share => share.Made.Shares).Select(share => share.Source).Distinct().Skip(1).Any();
        return new(thing, "shares", static c => c.Say(MoneyWords.SharesTable), several ? shares : [], (c, part) => Fragment.Of(page => page.Write($"{FactTable.Of(
            c, new Plain(c.Say(MoneyWords.SharesTable)), part, _ => null,
            FactTable.Words<ShareOfSources>(c.Texts.Project, share => FactTable.With(c.ProjectLink(share.Project), new Plain(c.Say(share.Made.IsRecorded ? MoneyWords.Recorded : MoneyWords.Computed)))),
            FactTable.Words<ShareOfSources>(c.Texts.SourceHead, share => Parts(c, fund, share.Made)),
            FactTable.Total<ShareOfSources>(c, c.Texts.Allocated, share => share.Fen))}<p class=\"soft\">{c.Say(MoneyWords.ComputedMeaning)}</p>")))
        {
            Paging = Paging.NewestFirst(40),
        };
    }

    private static Fragment Parts(PageContext c, FundView fund, AllocationSources made) => Fragment.Of(page => page.Write($"""
        <ul class="parts">{Fragment.Each(made.Shares, (_, share) => page.Write($"<li>{new Held(SourceName(c, fund, share.Source))} {new Amount(share.Amount.Fen)}</li>"))}{Fragment.When(!made.Unexplained.IsZero, part => part.Write($"<li>{c.Say(MoneyWords.OtherIncome)} {new Amount(made.Unexplained.Fen)}</li>"))}</ul>
        """));

    private static IMarkup SourceName(PageContext c, FundView fund, EntryId source) =>
        fund.FactOf(source) switch
        {
            Appropriation given => c.Name(given.SourceName),
            Interest => new Plain(c.Say(MoneyWords.Interest)),
            _ => new Plain(c.Say(MoneyWords.BeforeLog)),
        };
}

/// <summary>What an allocation of a project is made up of.</summary>
internal sealed record ShareOfSources(ProjectView Project, AllocationSources Made)
{
    public long Fen => Made.Shares.Sum(one => one.Amount.Fen) + Made.Unexplained.Fen;
}
