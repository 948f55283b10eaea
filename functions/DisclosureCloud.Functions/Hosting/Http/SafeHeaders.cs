using DisclosureCloud.Site;

namespace DisclosureCloud.Functions.Hosting.Http;

/// <summary>What every answer tells a browser: to take it for nothing else than it says, to show it in no frame, and to tell nobody where a reader came from.</summary>
/// <remarks>Where the site lies in a storage account, pages have their own policy in them; what only a header can say is set in front of that account.</remarks>
internal static class SafeHeaders
{
    /// <summary>An answer of the interface is data: opened in a browser it loads and runs nothing.</summary>
    private const string OfData = "default-src 'none'; frame-ancestors 'none'; sandbox";

    public static void Use(WebApplication app) => app.Use((HttpContext context, RequestDelegate next) =>
    {
        // When the answer begins, and not before: whoever answers for a fault begins with no headers at all.
        context.Response.OnStarting(Set, context);
        return next(context);
    });

    private static Task Set(object state)
    {
        var context = (HttpContext)state;
        IHeaderDictionary headers = context.Response.Headers;
        bool isSite = !context.Request.Path.StartsWithSegments("/api", StringComparison.OrdinalIgnoreCase);
        headers.XContentTypeOptions = "nosniff";
        headers.ContentSecurityPolicy = isSite ? ContentPolicy.Header : OfData;
        headers.XFrameOptions = "DENY";
        headers["Referrer-Policy"] = "no-referrer";
        headers["Cross-Origin-Opener-Policy"] = "same-origin";
        headers["Permissions-Policy"] = "camera=(), geolocation=(), microphone=(), payment=(), usb=()";
        if (!isSite && headers.CacheControl.Count == 0)
        {
            headers.CacheControl = "no-store"; // What a department or an auditor was shown is to lie in no cache.
        }

        return Task.CompletedTask;
    }
}
