using DisclosureCloud.Ledger;

namespace DisclosureCloud.Site;

/// <summary>A row of a notice's table: a share for a project, or one passed down.</summary>
/// <param name="Index">Its place in the ledger's order, by which rows without a number stand.</param>
/// <param name="PaidFen">As the notice itself states it; later payments are no part of the notice.</param>
internal sealed record NoticeRow(
    int Index, int? Number, Fragment What, FreeText? Place, FreeText? Content, long Fen, long? PaidFen, long? InvestmentFen, long? SelfRaisedFen,
    int? Projects, DateOnly? Due, FreeText? Unit, FreeText? Note)
{
    public static IEnumerable<NoticeRow> Of(PageContext c, Notice notice, FundView fund) =>
        fund.Allocations.Where(share => share.Fact.Notice == notice.NoticeId).Select(share => Of(c, share, notice))
            .Concat(fund.PassDowns.Where(sent => sent.Fact.Notice == notice.NoticeId).Select(sent => Of(c, sent)))
            .OrderBy(row => row.Number ?? int.MaxValue).ThenBy(row => row.Index);

    private static NoticeRow Of(PageContext c, Posted<Allocation> share, Notice notice)
    {
        ProjectView project = c.World.ProjectOf(share.Fact.FundId, share.Fact.ProjectId);
        Project fact = project.Fact;
        Disbursement[] paid =
        [
            .. project.Disbursements.Select(posted => posted.Fact).Where(one => one.Allocation == share.Entry.Id && one.Notice == notice.NoticeId),
        ];
        return new NoticeRow(
            share.Index, share.Fact.Row, c.ProjectLink(project), fact.PlaceName, fact.Content, share.Fact.Amount.Fen,
            paid.Length == 0 ? null : paid.Sum(one => one.Amount.Fen), fact.TotalInvestment?.Fen, fact.SelfRaised?.Fen, fact.ProjectCount, fact.Due,
            fact.ResponsibleUnit, share.Fact.Note);
    }

    private static NoticeRow Of(PageContext c, Posted<PassDown> sent)
    {
        PassDown fact = sent.Fact;
        return new NoticeRow(
            sent.Index, fact.Row, Fragment.Of(page => c.Name(fact.Purpose).WriteTo(page)), fact.PlaceName, fact.Content, fact.Amount.Fen,
            fact.Transferred?.Fen, fact.TotalInvestment?.Fen, fact.SelfRaised?.Fen, fact.ProjectCount, fact.Due, fact.ResponsibleUnit, fact.Note);
    }
}
