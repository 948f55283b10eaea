using System.Net.Http.Headers;
using DisclosureCloud.Functions.Hosting.Load;
using DisclosureCloud.Ledger;

namespace DisclosureCloud.Functions.Hosting.Http;

/// <summary>The body of a call that takes JSON.</summary>
internal static class JsonBody
{
    /// <summary>1 MiB holds a notice of some four thousand rows.</summary>
    public const int LengthMax = 1 << 20;

    public static BodyForm Form { get; } = new(LengthMax, TimeSpan.FromSeconds(30), "Split it.", FaultOf, BodyPool.Json);

    private static Problem? FaultOf(HttpRequest request) =>
        MediaTypeHeaderValue.TryParse(request.ContentType, out MediaTypeHeaderValue? type)
        && string.Equals(type.MediaType, "application/json", StringComparison.OrdinalIgnoreCase)
        && (type.CharSet?.Trim('"') ?? "utf-8").Equals("utf-8", StringComparison.OrdinalIgnoreCase)
            ? null
            : new Problem(
                StatusCodes.Status415UnsupportedMediaType,
                "The body is application/json in UTF-8; say so in Content-Type.",
                new Finding("", "unsupported-media-type", "Only JSON in UTF-8 is taken.", null, "application/json"));
}
