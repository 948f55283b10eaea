using DisclosureCloud.Functions.Hosting.Http;
using DisclosureCloud.Functions.Hosting.Load;
using DisclosureCloud.Ledger;
using Microsoft.AspNetCore.Http.Metadata;

namespace DisclosureCloud.Functions.Hosting.Bulk;

/// <summary>The body of the call that takes a file of many postings.</summary>
internal static class BulkBody
{
    /// <summary>50 MiB: ten times a year of a large department. It is in memory while it is screened.</summary>
    public const int LengthMax = 50 << 20;

    /// <summary>Half of what Azure lets a call take, so that the rest is for screening. All fifty megabytes need four megabits a second.</summary>
    private static readonly TimeSpan TimeMax = TimeSpan.FromMinutes(2);

    public static BodyForm Form { get; } = new(LengthMax, TimeMax, "Split it, by fund or by month.", FaultOf, BodyPool.Bulk);

    public static IRequestSizeLimitMetadata ServerLimit { get; } = new SizeLimit(LengthMax + (LengthMax / 4));

    private static Problem? FaultOf(HttpRequest request) => BulkFormat.Of(request.ContentType) is not null
        ? null
        : new Problem(
            StatusCodes.Status415UnsupportedMediaType,
            $"A file of many postings is of one of these types; say which in Content-Type: {Wanted}.",
            new Finding("", "unsupported-media-type", "Only some sorts of files are taken.", null, Wanted));

    private static string Wanted => string.Join(", ", BulkFormat.MediaTypes);
}
