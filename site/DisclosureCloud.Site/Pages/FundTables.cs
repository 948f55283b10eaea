using DisclosureCloud.Ledger;

namespace DisclosureCloud.Site;

/// <summary>The tables of a fund that may grow long, each begun on the fund's page.</summary>
internal sealed class FundTables
{
    public FundTables(World world, FundView fund)
    {
        Fund = fund;
        Thing = new("funds", fund.Id, fund.Fact.Name, static c => [new(new Plain(c.Texts.Funds), "funds/")]);
        Given = FundSources.GivenOf(Thing, fund);
        Interest = FundSources.InterestOf(Thing, fund);
        Shares = FundSources.Shares(Thing, fund);
        Uses = FundUses.Table(Thing, fund);
        Contracts = ContractTable.Of(Thing, "contracts", fund, fund.Of<ContractCommitment>(), withProject: true);
        Adjustments = AdjustmentTable.Of(Thing, fund);
        PassDowns = PassDownTable.Of(Thing, fund);
        Refunds = ReturnTable.Refunds(Thing, fund);
        Returns = ReturnTable.Returns(Thing, fund);
        IReadOnlyList<LoanView> loans = fund.Loans;
        Loans = RevolvingSection.Loans(Thing, loans);
        Goods = RevolvingSection.Goods(Thing, loans);
        Movements = MovementTable.Of(Thing, fund);
        Payments = PaymentTable.Of(Thing, "payments", fund, fund.Entries, withProject: true);
        Later = YearEndSection.Later(Thing, fund, Movements);
        Withdrawn = WithdrawnTable.Of(Thing, world.Withdrawn.Where(one => one.Fact is IOfFund ofFund && ofFund.FundId == fund.Fact.FundId && FundBooks.IsOfStream(one.Fact)));
    }

    public FundView Fund { get; }

    public Thing Thing { get; }

    public LongTable<Posted<Appropriation>> Given { get; }

    public LongTable<Posted<Interest>> Interest { get; }

    public LongTable<ShareOfSources> Shares { get; }

    public LongTable<Use> Uses { get; }

    public LongTable<Posted<ContractCommitment>> Contracts { get; }

    public LongTable<Adjustment> Adjustments { get; }

    public LongTable<Posted<PassDown>> PassDowns { get; }

    public LongTable<Posted<Refund>> Refunds { get; }

    public LongTable<Posted<ReturnToSource>> Returns { get; }

    public LongTable<LoanView> Loans { get; }

    public LongTable<LoanView> Goods { get; }

    public LongTable<Movement> Movements { get; }

    public LongTable<Payment> Payments { get; }

    /// <summary>One for each year that was closed.</summary>
    public IReadOnlyList<LongTable<LaterMovement>> Later { get; }

    public LongTable<WithdrawnThing> Withdrawn { get; }

    public IEnumerable<LongTable> All => [Given, Interest, Shares, Uses, Contracts, Adjustments, PassDowns, Refunds, Returns, Loans, Goods, Movements, Payments, .. Later, Withdrawn];
}
