using System.Collections.Immutable;
using DisclosureCloud.Ledger;

namespace DisclosureCloud.Site.Suppression;

/// <summary>Small counts that enter totals together or never: the sum is told, none of them is.</summary>
/// <param name="Place">The lowest place in which enough of them had come together.</param>
/// <param name="Entries">Whose counts they are, each as it was recorded, in the order of the log.</param>
/// <param name="Sum">What they come to; null where that would narrow one of them down, and then it is never told.</param>
internal sealed record Pool(Measure Measure, int Year, RegionCode Place, ImmutableArray<EntryId> Entries, int? Sum)
{
    private const int CountMax = Headcount.LeastShown - 1;

    /// <summary>True where each of the counts could be any from 1 to 9, for all that their sum says.</summary>
    /// <remarks>
    /// One of them is 9 only if the others, at least 1 each, leave room for it, and 1 only if the others, at most 9 each, make up the rest. A sum
    /// that passes is 10 or more.
    /// </remarks>
    public static bool TellsNothing(int counts, int sum) => sum - CountMax >= counts - 1 && sum - 1 <= CountMax * (counts - 1);
}
