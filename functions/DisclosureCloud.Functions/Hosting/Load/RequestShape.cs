using System.Globalization;
using DisclosureCloud.Functions.Hosting.Http;
using DisclosureCloud.Ledger;

namespace DisclosureCloud.Functions.Hosting.Load;

/// <summary>Refuses requests whose address or head is larger than any that this interface takes.</summary>
internal static class RequestShape
{
    /// <summary>Path and query, in characters. The longest of ours, every filter of a query with a Chinese text in percent signs, has about half.</summary>
    public const int AddressLengthMax = 8 << 10;

    /// <summary>Names and values together. A token with many roles has two or three kilobytes.</summary>
    public const int HeaderBytesMax = 32 << 10;

    /// <summary>A browser behind two proxies sends about thirty.</summary>
    public const int HeaderCountMax = 100;

    /// <summary>Each parameter is taken once, and no call has more than two dozen.</summary>
    public const int ParameterCountMax = 64;

    public static void Use(WebApplication app) => app.Use((HttpContext context, RequestDelegate next) =>
        Fault(context.Request) is { } fault ? fault.ExecuteAsync(context) : next(context));

    private static Problem? Fault(HttpRequest request)
    {
        string query = request.QueryString.Value ?? "";
        return request switch
        {
            _ when (request.Path.Value?.Length ?? 0) + query.Length > AddressLengthMax => new Problem(
                StatusCodes.Status414UriTooLong,
                "The address is too long.",
                new Finding("", "uri-too-long", "Path and query together are too long.", null, AtMost(AddressLengthMax, "characters"))),
            _ when query.AsSpan().Count('&') >= ParameterCountMax => new Problem(
                StatusCodes.Status414UriTooLong,
                "The address is too long.",
                new Finding("", "too-many-parameters", "The query has too many parameters.", null, AtMost(ParameterCountMax, "parameters"))),
            _ when request.Headers.Count > HeaderCountMax || BytesOf(request.Headers) > HeaderBytesMax => new Problem(
                StatusCodes.Status431RequestHeaderFieldsTooLarge,
                "The request's headers are too large.",
                new Finding("", "headers-too-large", "There are too many headers, or they are too long.", null, $"{AtMost(HeaderCountMax, "headers")}, {AtMost(HeaderBytesMax, "bytes")}")),
            _ => null,
        };
    }

    private static long BytesOf(IHeaderDictionary headers)
    {
        long bytes = 0;
        foreach ((string name, Microsoft.Extensions.Primitives.StringValues values) in headers)
        {
            foreach (string? value in values)
            {
                bytes += name.Length + (value?.Length ?? 0);
            }
        }

        return bytes;
    }

    private static string AtMost(int count, string what) => string.Create(CultureInfo.InvariantCulture, $"at most {count} {what}");
}
