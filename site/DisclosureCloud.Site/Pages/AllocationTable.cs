using DisclosureCloud.Ledger;

namespace DisclosureCloud.Site;

/// <summary>Each allocation of a project less what was taken back of it.</summary>
internal static class AllocationTable
{
    /// <remarks>One allocation that nothing was taken of is the sum that the project's page states already: it has no row.</remarks>
    public static LongTable<Posted<Fact>> Of(Thing thing, ProjectView project)
    {
        Posted<Fact>[] shares = [.. project.Fund.EntriesOf(project.Fact.ProjectId).Where(one => one.Fact is Allocation or OpeningBalance)];
        return new(thing, $"allocations-{project.Fund.Id}", static c => c.Say(MoneyWords.AllocationsTable), shares.Length > 1 || project.Of<AllocationReduction>().Count > 0 ? shares : [], (c, part) => FactTable.Of(
            c, new Plain(c.Say(MoneyWords.AllocationsTable)), part, _ => null,
            FactTable.Words<Posted<Fact>>(c.Texts.When, one => AmendmentMark.After(c, one.Entry.Id, c.Day(one.Entry.Date))),
            FactTable.Words<Posted<Fact>>(c.Texts.DocumentNumber, one => one.Fact is Allocation share ? c.Name(share.DocumentNumber) : new Plain(c.Say(MoneyWords.BeforeLog))),
            FactTable.Total<Posted<Fact>>(c, c.Texts.Allocated, one => Account(one).Amount.Fen),
            FactTable.Total<Posted<Fact>>(c, c.Say(MoneyWords.Reduction), one => Account(one).Reduced.Fen),
            FactTable.Total<Posted<Fact>>(c, c.Say(MoneyWords.LeftOfIt), one => Account(one).Net.Fen)))
        {
            Paging = Paging.NewestFirst(30),
        };

        AllocationAccount Account(Posted<Fact> share) => project.Fund.Books.Allocations[share.Entry.Id];
    }
}
