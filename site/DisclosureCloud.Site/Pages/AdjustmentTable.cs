using DisclosureCloud.Ledger;

namespace DisclosureCloud.Site;

/// <summary>An amount that changed for a reason: the old figure was right at its time.</summary>
/// <param name="Old">Before the change; of an increase what the project had, of a reduction what was left of the allocation.</param>
internal sealed record Adjustment(Posted<Fact> Posted, FundView Fund, ProjectView Project, long Old, long New, FreeText? Reason, FreeText? DocumentNumber, Tier? Tier)
{
    /// <summary>Those of a fund, in the order of the ledger.</summary>
    public static IEnumerable<Adjustment> Of(FundView fund)
    {
        return fund.Entries.Select(posted => posted.Fact switch
        {
            AllocationReduction one => new Adjustment(posted, fund, Project(one.ProjectId), one.OldAmount.Fen, one.NewAmount.Fen, one.Reason, one.DocumentNumber, one.Tier),
            Allocation { OldAmount: { } old } one => new Adjustment(posted, fund, Project(one.ProjectId), old.Fen, (old + one.Amount).Fen, one.Reason, one.DocumentNumber, one.Tier),
            _ => null,
        }).OfType<Adjustment>();

        ProjectView Project(ProjectId id) => fund.ProjectOf(id);
    }
}

/// <summary>Adjustments: old and new amount, reason, document, tier.</summary>
internal static class AdjustmentTable
{
    public static LongTable<Adjustment> Of(Thing thing, FundView fund) =>
        new(thing, "adjustments", static c => c.Say(MoneyWords.Adjustments), [.. Adjustment.Of(fund)], static (c, part) => FactTable.Of(
            c, new Plain(c.Say(MoneyWords.AdjustmentsTable)), part, _ => null, Columns(c, withFund: false)))
        {
            Paging = Paging.NewestFirst(30),
        };

    /// <summary>Those of all funds.</summary>
    public static Fragment Of(PageContext c, IReadOnlyList<Adjustment> adjustments) => FactTable.Of(
        c, "adjustments-table", new Plain(c.Say(MoneyWords.AdjustmentsTable)), adjustments, _ => null, Columns(c, withFund: true));

    private static FactColumn<Adjustment>[] Columns(PageContext c, bool withFund) =>
    [
        FactTable.Words<Adjustment>(c.Texts.Project, one => Named(c, one, withFund)),
        FactTable.Words<Adjustment>(c.Texts.When, one => c.Day(one.Posted.Entry.Date)),
        FactTable.Money<Adjustment>(c, c.Say(MoneyWords.OldAmount), one => one.Old),
        FactTable.Money<Adjustment>(c, c.Say(MoneyWords.NewAmount), one => one.New),
        FactTable.Words<Adjustment>(c.Say(MoneyWords.Reason), one => FactTable.With(
            c.Name(one.Reason), FactTable.Document(c, one.DocumentNumber), c.Phrase(MoneyWords.ApprovedBy).With(one.Tier is { } tier ? new Plain(CodeWords.Of(c, tier)) : c.NotStated))),
    ];

    private static Fragment Named(PageContext c, Adjustment one, bool withFund) => Fragment.Of(page => page.Write(
        $"{c.ProjectLink(one.Project)}{AmendmentMark.Of(c, one.Posted.Entry.Id)}{Fragment.When(withFund, part => part.Write($" <small>{c.FundLink(one.Fund)}</small>"))}"));
}
