using DisclosureCloud.Ledger;

namespace DisclosureCloud.Site;

/// <summary>What was withdrawn and has an address of its own, which stays: a fund, a project of a fund, an item of the project library.</summary>
internal sealed record WithdrawnThing(EntryHistory History, AmendmentView By)
{
    /// <summary>What it said last.</summary>
    public Fact Fact => History.Now.Fact;
}
