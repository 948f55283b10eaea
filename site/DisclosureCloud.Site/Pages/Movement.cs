using DisclosureCloud.Ledger;

namespace DisclosureCloud.Site;

/// <summary>What changes the money that a fund has to share out, and what it has left afterwards. In the order of the ledger.</summary>
internal sealed record Movement(Entry Entry, long InFen, long OutFen, long BalanceFen)
{
    public static IReadOnlyList<Movement> Of(FundView fund)
    {
        var moves = new List<Movement>();
        long balance = 0;
        IEnumerable<(int Index, Entry Entry, long In, long Out)> all =
            fund.Appropriations.Select(given => (given.Index, given.Entry, given.Fact.Amount.Fen, 0L))
                .Concat(fund.PassDowns.Select(sent => (sent.Index, sent.Entry, 0L, sent.Fact.Amount.Fen)))
                .Concat(fund.Allocations.Select(share => (share.Index, share.Entry, 0L, share.Fact.Amount.Fen)))
                .OrderBy(one => one.Item1);
        foreach ((_, Entry entry, long given, long taken) in all)
        {
            balance = checked(balance + given - taken);
            moves.Add(new Movement(entry, given, taken, balance));
        }

        return moves;
    }

    public string Name(Texts texts) => Entry.Fact switch
    {
        Appropriation => texts.Given,
        PassDown => texts.PassedDown,
        _ => texts.Allocated,
    };

    public Fragment About(PageContext c) => Entry.Fact switch
    {
        Appropriation given => Fragment.Of(page => c.Name(given.SourceName).WriteTo(page)),
        PassDown sent => c.RegionLink(c.World.RegionOf(sent.Place)),
        Allocation share => c.ProjectLink(c.World.ProjectOf(share.FundId, share.ProjectId)),
        _ => Fragment.None,
    };
}
