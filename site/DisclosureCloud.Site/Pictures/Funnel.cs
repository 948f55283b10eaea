namespace DisclosureCloud.Site;

/// <summary>How far money has got, as bars and as the table that they are described by.</summary>
internal static class Funnel
{
    /// <summary>The part of a page that tells how far its money has got; nothing where there is none yet.</summary>
    /// <param name="of">As <see cref="Of"/> has it.</param>
    public static Fragment Section(PageContext c, string? of, Stages stages) => Fragment.When(IsAny(stages), page => page.Write($"""
        <section aria-labelledby="far"><h2 id="far">{c.Texts.HowFar}</h2>
        {Of(c, "funnel", of, stages)}</section>
        """));

    /// <param name="id">Unique on the page; the table's id follows from it.</param>
    /// <param name="of">Whose stages these are, as <see cref="Amount.Of"/> has it; null where no one reckons them anew.</param>
    public static Fragment Of(PageContext c, string id, string? of, Stages stages) => Fragment.When(IsAny(stages), page =>
    {
        Texts t = c.Texts;
        page.Write($"{new BarPicture(id, Finding(c, stages), $"{id}-table", Bars(c, stages))}");
        page.Write($"""
            <table id="{id}-table" class="stack stages"><caption>{t.FunnelTable}</caption>
            <thead><tr><th scope="col">{t.Stage}</th><th scope="col" class="n">{t.AmountYuan}</th><th scope="col">{t.Meaning}</th></tr></thead>
            <tbody>
            {Row(c, Mark(of, "appropriated"), t.Given, stages.Appropriated, t.GivenMeaning, stages.Appropriated > 0)}{Row(c, Mark(of, "interest"), c.Say(MoneyWords.Interest), stages.Interest, c.Say(MoneyWords.InterestMeaning), stages.Interest > 0)}{Row(c, Mark(of, "returned"), c.Say(MoneyWords.Return), stages.Returned, c.Say(MoneyWords.ReturnMeaning), stages.Returned > 0)}{Row(c, Mark(of, "passed-down"), t.PassedDown, stages.PassedDown, PassedDownMeaning(t, stages), stages.PassedDown > 0)}{Row(c, Mark(of, "lent"), c.Say(MoneyWords.Lent), stages.Lent, c.Say(MoneyWords.LentMeaning), stages.Lent > 0)}{Row(c, Mark(of, "repaid"), c.Say(MoneyWords.CameBackOfLoans), stages.Repaid, c.Say(MoneyWords.CameBackOfLoansMeaning), stages.Repaid > 0)}{Row(c, Mark(of, "allocated"), t.Allocated, stages.Allocated, t.AllocatedMeaning, stages.Allocated > 0)}{Row(c, Mark(of, "committed"), c.Say(MoneyWords.Committed), stages.IsCommittedStated ? stages.Committed : null, c.Say(stages.IsCommittedStated ? MoneyWords.CommittedMeaning : MoneyWords.CommittedNotStated), stages.Allocated > 0)}{Row(c, Mark(of, "paid"), t.Paid, stages.IsPaidStated ? stages.Paid : null, stages.IsPaidStated && stages.Paid == 0 ? t.StatedNothingPaid : t.PaidMeaning, stages.Allocated > 0)}{Fragment.When(stages.Moved + stages.Placed > 0, part => part.Write($"{Row(c, Mark(of, "moved"), c.Say(MoneyWords.Moved), stages.Moved, c.Say(MoneyWords.MovedMeaning), stages.Moved > 0)}{Row(c, Mark(of, "placed"), c.Say(MoneyWords.Placed), stages.Placed, c.Say(MoneyWords.PlacedMeaning), stages.Placed > 0)}{Row(c, Mark(of, "spent"), c.Say(MoneyWords.Spent), stages.Spent, c.Say(MoneyWords.SpentMeaning), true)}"))}{Row(c, Mark(of, "unreported"), t.Unreported, stages.Unreported, t.UnreportedMeaning, stages is { IsPaidStated: true, Unreported: > 0 })}{Row(c, Mark(of, "free"), Free(c, stages), stages.Free, IsLentAlone(stages) ? c.Say(MoneyWords.LeftToLendMeaning) : t.FreeMeaning, stages.Appropriated > 0)}{Row(c, Mark(of, "unspent"), c.Say(MoneyWords.Unspent), stages.IsUnspentStated ? stages.Unspent : null, c.Say(MoneyWords.UnspentMeaning), stages.Appropriated > 0 && stages.Allocated > 0)}</tbody></table>

            """);
    });

    public static Fragment Finding(PageContext c, Stages stages)
    {
        Texts t = c.Texts;
        if (stages.Allocated == 0 && stages.Lent > 0)
        {
            return c.Phrase(MoneyWords.FindingLent).With(c.Sum(stages.Lent), c.Sum(stages.Appropriated));
        }

        if (stages.Allocated == 0 && stages.PassedDown == 0)
        {
            return c.Phrase(MoneyWords.FindingFree).With(c.Sum(stages.Free));
        }

        if (stages.Allocated == 0)
        {
            return stages.Awaiting switch
            {
                0 => t.FindingPassedDownReceived.With(c.Sum(stages.PassedDown)),
                var awaiting when awaiting < stages.PassedDown => c.Phrase(MoneyWords.FindingPassedDownPartly).With(c.Sum(stages.PassedDown), c.Sum(awaiting)),
                _ => t.FindingPassedDown.With(c.Sum(stages.Awaiting)),
            };
        }

        if (!stages.IsPaidStated)
        {
            return t.FindingNobodyReported.With(c.Sum(stages.Allocated));
        }

        return stages.Unreported == 0
            ? t.FindingPaid.With(c.Sum(stages.Paid), c.Sum(stages.Allocated))
            : t.FindingPaidPartly.With(c.Sum(stages.Paid), c.Sum(stages.Unreported));
    }

    private static bool IsAny(Stages stages) => stages.Appropriated + stages.PassedDown + stages.Allocated > 0;

    private static string PassedDownMeaning(Texts t, Stages stages) => stages.Awaiting switch
    {
        0 => t.PassedDownReceived,
        var awaiting when awaiting < stages.PassedDown => t.PassedDownPartly.Plain(Sum.Text(awaiting, t)),
        _ => t.PassedDownMeaning,
    };

    // A revolving fund shares nothing out: what it has left is there to be lent again.
    private static string Free(PageContext c, Stages stages) => IsLentAlone(stages) ? c.Say(MoneyWords.LeftToLend) : c.Texts.Free;

    private static bool IsLentAlone(Stages stages) => stages.Lent > 0 && stages.Allocated + stages.PassedDown == 0;

    private static List<Bar> Bars(PageContext c, Stages stages)
    {
        Texts t = c.Texts;
        var bars = new List<Bar>();
        Add(t.Given, "given", stages.Appropriated);
        Add(t.PassedDown, "down", stages.PassedDown);
        Add(c.Say(MoneyWords.Lent), "down", stages.Lent);
        Add(t.Allocated, "shared", stages.Allocated);
        if (stages.Allocated > 0)
        {
            Add(c.Say(MoneyWords.Committed), "shared", stages.Committed);
            bars.Add(new Bar(t.Paid, false, stages.IsPaidStated ? Sum.Text(stages.Paid, t) : t.NotStated, "paid", stages.Paid, stages.Unreported));
        }

        Add(c.Say(MoneyWords.Moved), "down", stages.Moved);
        Add(c.Say(MoneyWords.Placed), "down", stages.Placed);
        Add(Free(c, stages), "free", stages.Free);
        return bars;

        void Add(string label, string kind, long fen)
        {
            if (fen > 0)
            {
                bars.Add(new Bar(label, false, Sum.Text(fen, t), kind, fen));
            }
        }
    }

    private static string? Mark(string? of, string stage) => of is null ? null : $"{of}/{stage}";

    private static Fragment Row(PageContext c, string? of, string stage, long? fen, string meaning, bool exists) => Fragment.When(exists, page => page.Write($"""
        <tr><th scope="row">{stage}</th>{c.Cell(fen) with { Of = of }}<td class="soft">{meaning}</td></tr>

        """));
}
