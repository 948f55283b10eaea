using DisclosureCloud.Ledger;

namespace DisclosureCloud.Site;

/// <summary>Contracts with what may be paid in advance, what was paid, and what is retained until the warranty ends.</summary>
internal static class ContractTable
{
    /// <param name="name">Unique on the page.</param>
    /// <param name="withProject">False where all are of the one project that the page is about.</param>
    public static LongTable<Posted<ContractCommitment>> Of(Thing thing, string name, FundView fund, IReadOnlyList<Posted<ContractCommitment>> contracts, bool withProject) =>
        new(thing, name, static c => c.Say(MoneyWords.Contracts), contracts, (c, part) => FactTable.Of(
            c, new Plain(c.Say(MoneyWords.ContractsTable)), part, _ => null,
            FactTable.Words<Posted<ContractCommitment>>(c.Say(MoneyWords.Contract), one => Named(c, one, withProject)),
            FactTable.Words<Posted<ContractCommitment>>(c.Say(MoneyWords.Contractor), one => FactTable.With(c.Name(one.Fact.Contractor), new Plain(CodeWords.Of(c, one.Fact.Procurement)))),
            FactTable.Total<Posted<ContractCommitment>>(c, c.Say(MoneyWords.ContractAmount), one => one.Fact.Amount.Fen),
            new(c.Say(MoneyWords.AdvanceMax), one => Rate(c, one.Fact.AdvanceRate, one.Fact.Amount)) { IsNumber = true },
            FactTable.Total<Posted<ContractCommitment>>(c, c.Texts.Paid, one => fund.Books.Commitments[one.Entry.Id].Paid.Fen),
            new(c.Say(MoneyWords.Retained), one => Retained(c, fund.Books.Commitments[one.Entry.Id])) { IsNumber = true }))
        {
            Paging = Paging.NewestFirst(30),
        };

    private static Fragment Named(PageContext c, Posted<ContractCommitment> one, bool withProject)
    {
        Fragment name = AmendmentMark.After(c, one.Entry.Id, c.Name(one.Fact.ContractNumber));
        Fragment due = c.Phrase(MoneyWords.DueOn).With(c.Day(one.Fact.Due));
        return withProject ? FactTable.With(name, c.ProjectLink(c.World.ProjectOf(one.Fact.FundId, one.Fact.ProjectId)), due) : FactTable.With(name, due);
    }

    private static Fragment Rate(PageContext c, Percent? rate, Money amount) => Fragment.Of(page =>
    {
        if (rate is { } stated)
        {
            page.Write($"{new Amount((long)((Int128)amount.Fen * stated.Value / 100))} <small>{stated.Value}%</small>");
        }
        else
        {
            page.Write($"{c.NotStated}");
        }
    });

    private static Fragment Retained(PageContext c, CommitmentAccount contract) => Fragment.Of(page =>
    {
        if (contract.RetentionRate is { } rate)
        {
            page.Write($"{new Amount((contract.Retention - contract.Released).Fen)} <small>{c.Phrase(MoneyWords.RetainedOf).With(new Count(rate.Value), c.Sum(contract.Retention.Fen))}</small>");
        }
        else
        {
            page.Write($"{c.NotStated}");
        }
    });
}
