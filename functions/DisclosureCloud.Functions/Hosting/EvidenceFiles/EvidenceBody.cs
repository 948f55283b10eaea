using System.Globalization;
using System.Net.Http.Headers;
using DisclosureCloud.Functions.Hosting.Http;
using DisclosureCloud.Functions.Hosting.Load;
using DisclosureCloud.Ledger;
using Microsoft.AspNetCore.Http.Metadata;

namespace DisclosureCloud.Functions.Hosting.EvidenceFiles;

/// <summary>The body of a call that takes an evidence file.</summary>
internal static class EvidenceBody
{
    /// <summary>10 MiB: some twenty pages scanned in colour, or three photographs of a telephone. It is in memory while it is encrypted.</summary>
    public const int LengthMax = 10 << 20;

    /// <summary>A township's line may be slow: so that ten megabytes come in it, it needs 700 kilobits a second.</summary>
    private static readonly TimeSpan TimeMax = TimeSpan.FromMinutes(2);

    public static BodyForm Form { get; } = new(LengthMax, TimeMax, "Scan it in grey or with fewer dots, or send it in parts.", FaultOf, BodyPool.Files);

    public static IRequestSizeLimitMetadata ServerLimit { get; } = new SizeLimit(2 * LengthMax);

    /// <summary>The sort of file that a request says it sends; null where it is none that is taken.</summary>
    public static EvidenceMedia? MediaOf(HttpRequest request) =>
        MediaTypeHeaderValue.TryParse(request.ContentType, out MediaTypeHeaderValue? type) && type.Parameters.Count == 0 ? EvidenceMedia.Find(type.MediaType) : null;

    private static Problem? FaultOf(HttpRequest request) => MediaOf(request) is not null
        ? null
        : new Problem(
            StatusCodes.Status415UnsupportedMediaType,
            string.Create(CultureInfo.InvariantCulture, $"An evidence file is of one of these types; say which in Content-Type: {EvidenceMedia.Wanted}."),
            new Finding("", "unsupported-media-type", "Only some sorts of files are taken.", null, EvidenceMedia.Wanted));
}
