using DisclosureCloud.Ledger;

namespace DisclosureCloud.Site.Data;

/// <summary>A batch paid to a few households: the amount stays, since every fen is shown; what would turn it into a count goes.</summary>
internal static class SmallBatch
{
    public static Entry Hidden(Entry entry) => entry.Fact is HouseholdTransfer batch && IsSmall(batch)
        ? entry with { Fact = batch with { Standard = FreeText.Withheld, Persons = null, FailedHouseholds = null } }
        : entry;

    private static bool IsSmall(HouseholdTransfer batch) =>
        SmallCount.IsSmall(batch.Households) || SmallCount.IsSmall(batch.Persons) || SmallCount.IsSmall(batch.FailedHouseholds);
}
