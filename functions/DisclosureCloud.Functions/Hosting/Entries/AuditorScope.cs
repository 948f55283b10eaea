using DisclosureCloud.Ledger;

namespace DisclosureCloud.Functions.Hosting.Entries;

/// <summary>Keeps an auditor of one region to it: what is asked for is narrowed, and what was asked for elsewhere is refused.</summary>
/// <remarks>
/// An entry lies in a region by the place that it names itself, as the filter <c>region</c> has it. Payments name none: who wants those asks
/// for a fund, which is given whole if it is a fund of the region.
/// </remarks>
internal sealed class AuditorScope(ILedgerStore ledger)
{
    /// <summary>The filters as they hold for an auditor.</summary>
    /// <param name="region">The region of the auditor's token; null where it is good for all.</param>
    public async Task<(EntryQuery Query, Finding? Refusal)> NarrowAsync(EntryQuery query, RegionCode? region, CancellationToken cancellationToken)
    {
        if (region is not { } own)
        {
            return (query, null);
        }

        if (query.Region is { } asked)
        {
            return (query, own.Covers(asked) ? null : Outside("region", own));
        }

        return query.Fund is { } fund && Outcome.BooksOf(await ledger.ReadLastAsync(StreamName.Of(fund), cancellationToken)) is { } books
            ? (query, own.Covers(books.Region) ? null : Outside("fund", own))
            : (query with { Region = own }, null);
    }

    private static Finding Outside(string parameter, RegionCode own) =>
        new("", "other-region", "The token is good for what lies in its region alone.", null, own.Value) { Parameter = parameter };
}
