using DisclosureCloud.Ledger;

namespace DisclosureCloud.Site.Suppression;

/// <summary>What the public is told of a fact: all of it but the counts from 1 to 9, and what would give such a count away.</summary>
/// <remarks>This is the one place where a count is taken out. Whatever is made from a snapshot is made of what comes out of here.</remarks>
internal static class PublicFact
{
    public static Entry Of(Entry entry)
    {
        Fact shown = Of(entry.Fact);
        return ReferenceEquals(shown, entry.Fact) ? entry : entry with { Fact = shown };
    }

    public static Fact Of(Fact fact) => KindSchema.MapCounts(WithoutStandard(fact), static count => count.IsSmall ? Headcount.UnderTen : count);

    // The leaf states the amount of a batch in clear, and always has: divided by the standard it is the count. Such batches are refused today
    // (TooFewHouseholds); of one that was recorded before, what turns the amount into a count is not shown.
    private static Fact WithoutStandard(Fact fact) => fact is HouseholdTransfer batch && IsSmall(batch)
        ? batch with
        {
            Standard = FreeText.Withheld,
            Persons = batch.Persons is null ? null : Headcount.NotShown,
            FailedHouseholds = batch.FailedHouseholds is null ? null : Headcount.NotShown,
        }
        : fact;

    private static bool IsSmall(HouseholdTransfer batch) =>
        batch.Households.IsSmall || batch.Persons is { IsSmall: true } || batch.FailedHouseholds is { IsSmall: true };
}
