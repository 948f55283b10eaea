using DisclosureCloud.Ledger;

namespace DisclosureCloud.Functions.Hosting.Entries;

/// <summary>Keeps an auditor of one region to it: what is asked for is narrowed, and what was asked for elsewhere is refused.</summary>
/// <remarks>
/// An entry lies in a region by the place that it names itself, as the filter <c>region</c> has it. Payments name none: who wants those asks
/// for a fund, which is given whole if it is a fund of the region. Where a fund is of, the archive says: auditors read nothing else.
/// </remarks>
internal sealed class AuditorScope(EntrySearch search)
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

        return query.Fund is { } fund && await RegionOfAsync(fund, cancellationToken) is { } of
            ? (query, own.Covers(of) ? null : Outside("fund", own))
            : (query with { Region = own }, null);
    }

    // As its newest entry has it: a correction of where a fund is of is an entry of the same kind.
    private async Task<RegionCode?> RegionOfAsync(FundId fund, CancellationToken cancellationToken)
    {
        var request = new EntryRequest(
            new EntryQuery { Kind = "fund", Fund = fund }, AsOf: null, EntryRequest.LimitMax, Cursor: null, Format: null, Filters: "");
        (EntryPage? page, _) = await search.PageAsync(request, cancellationToken);
        return page!.Entries is [.., var newest] ? Id.Parse<RegionCode>(newest.Says.Json["region"]!.GetValue<string>()) : null;
    }

    private static Finding Outside(string parameter, RegionCode own) =>
        new("", "other-region", "The token is good for what lies in its region alone.", null, own.Value) { Parameter = parameter };
}
