using DisclosureCloud.Ledger;

namespace DisclosureCloud.Site;

/// <summary>A fact with the entry that holds it.</summary>
/// <param name="Index">The entry's place in the ledger's order, from 0.</param>
internal sealed record Posted<TFact>(Entry Entry, TFact Fact, int Index)
    where TFact : Fact;
