using DisclosureCloud.Ledger;

namespace DisclosureCloud.Site;

/// <summary>A row of a notice's table: a share for a project, or one passed down.</summary>
/// <param name="Index">Its place in the ledger's order, by which rows without a number stand.</param>
/// <param name="PaidFen">As the notice itself states it; later payments are no part of the notice.</param>
internal sealed record NoticeRow(
    int Index, int? Number, Func<PageContext, Fragment> What, FreeText? Place, FreeText? Content, long Fen, long? PaidFen, long? InvestmentFen, long? SelfRaisedFen,
    int? Projects, DateOnly? Due, FreeText? Unit, FreeText? Note)
{
    public static IEnumerable<NoticeRow> Of(World world, Notice notice)
    {
        Posted<Fact>[] printed = [.. world.PrintedIn(notice.NoticeId)];
        var registered = printed.Where(one => one.Fact is Project).DistinctBy(one => ((Project)one.Fact).ProjectId).ToDictionary(one => ((Project)one.Fact).ProjectId);
        var paid = printed.Select(one => one.Fact).OfType<Disbursement>().ToLookup(one => one.Allocation);
        return printed.Select(one => one.Fact switch
        {
            Allocation share => Of(one, share, registered[share.ProjectId], [.. paid[one.Entry.Id]]),
            PassDown sent => Of(one, sent),
            _ => null,
        }).OfType<NoticeRow>().OrderBy(row => row.Number ?? int.MaxValue).ThenBy(row => row.Index);
    }

    // The project as the notice printed it, whatever it was changed or corrected to since.
    private static NoticeRow Of(Posted<Fact> posted, Allocation share, Posted<Fact> registered, Disbursement[] paid)
    {
        var fact = (Project)registered.Fact;
        return new NoticeRow(
            posted.Index, share.Row, What, fact.PlaceName, fact.Content, share.Amount.Fen, paid.Length == 0 ? null : paid.Sum(one => one.Amount.Fen),
            fact.TotalInvestment?.Fen, fact.SelfRaised?.Fen, fact.ProjectCount, fact.Due, fact.ResponsibleUnit, share.Note);

        Fragment What(PageContext c) => Fragment.Of(page => page.Write(
            $"{c.Anchor($"projects/{fact.ProjectId.Value}/", c.Name(fact.Name))}{AmendmentMark.Of(c, posted.Entry.Id)}{AmendmentMark.Of(c, registered.Entry.Id)}"));
    }

    private static NoticeRow Of(Posted<Fact> posted, PassDown fact) => new(
        posted.Index, fact.Row, c => AmendmentMark.After(c, posted.Entry.Id, c.Name(fact.Purpose)), fact.PlaceName, fact.Content, fact.Amount.Fen,
        fact.Transferred?.Fen, fact.TotalInvestment?.Fen, fact.SelfRaised?.Fen, fact.ProjectCount, fact.Due, fact.ResponsibleUnit, fact.Note);
}
