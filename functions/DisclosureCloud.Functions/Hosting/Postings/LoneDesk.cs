using DisclosureCloud.Functions.Hosting.Access;
using DisclosureCloud.Functions.Hosting.EvidenceFiles;
using DisclosureCloud.Functions.Hosting.Following;
using DisclosureCloud.Ledger;

namespace DisclosureCloud.Functions.Hosting.Postings;

/// <summary>A desk for who has the stores to himself: a verb, and no app beside which others would have to be woken.</summary>
internal static class LoneDesk
{
    public static PostingDesk Over(Stores stores, RuleBook rules, Approval approval, TimeProvider clock)
    {
        var salts = new SystemSalts();
        EvidenceVault vault = EvidenceServices.Vault(stores, salts, clock);
        return new PostingDesk(
            stores.Ledger,
            stores.Values,
            salts,
            new SurroundingsReader(stores.Ledger, stores.Values, rules),
            new Register(stores.Ledger),
            clock,
            new InFlight(clock),
            new Forgetting(stores.Ledger, stores.Values, vault),
            new EvidenceNaming(vault, new EvidenceUses(stores.Ledger), clock),
            approval,
            NoSignal.Instance);
    }
}
